"""The whole preflight of one PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pikepdf
import pypdfium2

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.check import Expected, check_pdf
from pressroom.preflight.contrast import check_sight
from pressroom.preflight.facts import Facts, read_facts
from pressroom.preflight.page_content import PageContent, look
from pressroom.preflight.press_pdf import check_press, verified
from pressroom.preflight.profiles import breaches, can_check
from pressroom.preflight.separations import read_press


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen of one PDF; no facts and no sight if it can't be read. `profiles`: both standards were checked.

    `press` is what was verified of a press file, which no screen reader reads; empty for other files.
    """

    facts: Facts | None
    sight: PageContent | None
    profiles: bool
    diagnostics: tuple[Diagnostic, ...]
    press: tuple[str, ...] = ()


def examine(pdf: bytes, expected: Expected, span: Span) -> Examined:
    """Everything there is to say about a PDF from any program; findings are reported at `span`."""
    try:
        facts, sight, press = read_facts(pdf), look(pdf), read_press(pdf)
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        hint = "make it again, or save it without a password"
        unreadable = diagnostic("preflight-unreadable", span, f"this is no PDF that can be read: {error}", hint)
        return Examined(None, None, False, (unreadable,))
    if press is not None and not facts.tagged:
        problems = [*check_press(press, sight, span), *check_pdf(facts, replace(expected, press=True), span)]
        return Examined(facts, sight, False, tuple(problems), () if problems else verified(press, sight))
    findings = [*check_pdf(facts, expected, span), *check_sight(sight, span)]
    if can_check():
        findings += breaches(pdf, span)
    return Examined(facts, sight, can_check(), tuple(findings))
