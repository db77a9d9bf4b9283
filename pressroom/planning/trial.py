"""Composes pieces without setting their pages, and says what of their layouts a build would refuse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pressroom.compose import ComposeError, Piece, compose, compose_web
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.layout import Stylesheet
from pressroom.layout.style_rules import is_engines
from pressroom.planning.plan import Job
from pressroom.planning.prepare import prepare

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARED: Final = re.compile(r"--([\w-]+)\s*:")
# A var() without a value to fall back on, and the property that it is in.
_READ: Final = re.compile(r"([\w-]+)\s*:[^;{}]*?var\(\s*--([\w-]+)\s*\)")


def trials(jobs: Iterable[Job]) -> dict[str, list[Job]]:
    """The jobs to try of each document: one for each layout, in English if it is asked for, for one clinic."""
    chosen: dict[str, dict[str, Job]] = {}
    for job in (job for job in jobs if job.requested):
        of_document = chosen.setdefault(job.document, {})
        before = of_document.get(job.product.layout)
        if before is None or job.language.tag == ENGLISH != before.language.tag:
            of_document[job.product.layout] = job
    return {document: list(layouts.values()) for document, layouts in chosen.items()}


def trial_findings(jobs: Iterable[Job]) -> Iterator[Diagnostic]:
    """What bars the proof of each of these jobs before its pages are set."""
    for job in jobs:
        prepared = prepare(job)
        yield from (finding for finding in prepared.diagnostics if finding.bars == "proof")
        if prepared.piece is not None:
            yield from _composed(prepared.piece)


def _composed(piece: Piece) -> Iterator[Diagnostic]:
    try:
        if piece.layout.file_kind == "html":
            compose_web(piece)
        else:
            yield from unset_variables(compose(piece).stylesheets)
    except ComposeError as error:
        yield from error.problems


def unset_variables(sheets: Iterable[Stylesheet]) -> Iterator[Diagnostic]:
    """Each var() of a style whose custom property none of the styles sets; WeasyPrint drops its declaration."""
    texts = {sheet.path: _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), sheet.text) for sheet in sheets}
    known = {name for text in texts.values() for name in _DECLARED.findall(text)}
    for path, text in texts.items():
        for match in _READ.finditer(text):
            if match[2] not in known and not is_engines(match[2]):
                line = text.count("\n", 0, match.start(1)) + 1
                message = f"{match[1]} is not set: a var() in it has no value"
                hint = "write a name that layouts/brand.toml has, as var(--colour-NAME)"
                yield diagnostic("css", Span(path, line), message, hint)
