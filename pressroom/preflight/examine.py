"""The whole preflight of one PDF, with the standards PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Final

import pikepdf
import pypdfium2

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.preflight.check import Expected, check_pdf, check_sight
from pressroom.preflight.facts import Facts, read_facts
from pressroom.preflight.page_content import PageContent, look
from pressroom.preflight.press_pdf import check_press, verified
from pressroom.preflight.separations import read_press

PROFILES: Final = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}


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


def can_check() -> bool:
    """True if the checker is installed."""
    return find_spec("page") is not None


def breaches(pdf: bytes, span: Span) -> list[Diagnostic]:
    """Every breach of both standards, each rule once, in the checker's words.

    Raises:
        ImportError: the checker is not installed.
    """
    if not can_check():
        raise ImportError("the checker is not installed: pip install 'pressroom[preflight]'")
    import page  # the extra may be absent

    messages: dict[tuple[str, str], list[str]] = {}
    for standard, profile in PROFILES.items():
        try:
            failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        except page.PageError as error:
            messages.setdefault((standard, "unreadable"), []).append(str(error))
            continue
        for failure in failures:
            messages.setdefault((standard, failure.rule_id), []).append(failure.message)
    hint = "correct the layout's template, or the program that made it"
    findings = []
    for (standard, rule), texts in messages.items():
        times = f" ({len(texts)} times)" if len(texts) > 1 else ""
        message = f"{standard} is not kept: {texts[0]}{times} [{rule}]"
        findings.append(diagnostic("preflight-profile", span, message, hint))
    return findings
