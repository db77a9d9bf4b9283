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
    texts = [(sheet.path, without_comments(sheet.text)) for sheet in sheets]
    known = {name for _, text in texts for name in _DECLARED.findall(text)}
    return tuple(
        _problem(path, text.count("\n", 0, found.start()) + 1, found[1], unset)
        for path, text in texts
        for found in _DECLARATION.finditer(text)
        if (unset := [name for name in _READ.findall(found[2]) if name not in known and not is_engines(name)])
    )


def _problem(path: str, line: int, name: str, unset: Sequence[str]) -> Diagnostic:
    message = f"{name} is not set: a var() in it has no value"
    hint = f"no style sets --{unset[0]}: write a name that layouts/brand.toml has, as var(--colour-NAME)"
    return diagnostic("css", Span(path, line), message, hint)
