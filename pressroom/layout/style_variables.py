"""Finds what a style reads by var() and no style sets: WeasyPrint drops it, of a shorthand property without a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.model import Stylesheet
from pressroom.layout.style_rules import is_engines
from pressroom.plain_style import without_comments

_DECLARED: Final = re.compile(r"--([\w-]+)\s*:")
_DECLARATION: Final = re.compile(r"([\w-]+)\s*:([^;{}]*)")
# Without a value to fall back on.
_READ: Final = re.compile(r"var\(\s*--([\w-]+)\s*\)")


@lru_cache(maxsize=64)
def unset_variables(sheets: Sequence[Stylesheet]) -> tuple[Diagnostic, ...]:
    """Each declaration with a var() whose custom property none of these styles sets, at its line."""
    styles = [(sheet.path, *_variables(sheet.text)) for sheet in sheets]
    known = frozenset[str]().union(*(declared for _, declared, _ in styles))
    return tuple(
        _problem(path, line, name, unset)
        for path, _, reads in styles
        for line, name, wanted in reads
        if (unset := [one for one in wanted if one not in known and not is_engines(one)])
    )


# Most styles are those of other languages and documents, too.
@lru_cache(maxsize=64)
def _variables(style: str) -> tuple[frozenset[str], list[tuple[int, str, list[str]]]]:
    """The custom properties that a style sets; the line of each declaration that reads some, its name, and theirs."""
    text = without_comments(style)
    reads = ((found, _READ.findall(found[2])) for found in _DECLARATION.finditer(text))
    lines = [(text.count("\n", 0, found.start()) + 1, found[1], wanted) for found, wanted in reads if wanted]
    return frozenset(_DECLARED.findall(text)), lines


def _problem(path: str, line: int, name: str, unset: Sequence[str]) -> Diagnostic:
    message = f"{name} is not set: a var() in it has no value"
    hint = f"no style sets --{unset[0]}: write a name that layouts/brand.toml has, as var(--colour-NAME)"
    return diagnostic("css", Span(path, line), message, hint)
