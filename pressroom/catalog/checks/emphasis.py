"""Checks bold and italic: markers in pairs, and no passages that the English does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.content.inline import Inline
from pressroom.diagnostics import Diagnostic

# Not `1. `: in German and Turkish that is how "first" is written.
_OTHERS: Final = re.compile(r"`+|__|^(?:#{1,6}|[-+•>]) +(?=\S)", re.MULTILINE)


def check_markup(pair: Pair) -> Iterator[Diagnostic]:
    """Every `**` and `*` has its partner, and no brace stands alone."""
    problems = dict.fromkeys(problem for problem in pair.target.problems if problem not in pair.source.problems)
    if problems:
        hint = "write markers in pairs, \\* for an asterisk to be printed, and placeholders as in the English"
        yield pair.finding("markup-broken", " and ".join(problems), hint)


def check_literal(pair: Pair) -> Iterator[Diagnostic]:
    """No sign of a larger Markdown (`code`, a heading, a bullet): it would be printed as it stands."""
    found = dict.fromkeys(sign.strip() for sign in _OTHERS.findall(pair.text))
    if extra := [sign for sign in found if sign not in pair.english]:
        hint = "take it out; the block around the text is the program's"
        yield pair.finding("markup-literal", f"has {' '.join(extra)}, which would be printed as it stands", hint)


def check_bold(pair: Pair) -> Iterator[Diagnostic]:
    """Bold carries meaning (a sign to look for): as many passages as in the English, wherever they stand."""
    wanted, found = pair.source.tokens["**bold**"], pair.target.tokens["**bold**"]
    if wanted != found and not pair.target.problems:
        hint = "choose the words that say the same, and write them **so**"
        yield pair.finding("bold-changed", f"has {found} bold passages, not {wanted}", hint)


def check_italic(pair: Pair) -> Iterator[Diagnostic]:
    """Italics may go (many scripts have none), but none may come."""
    wanted, found = _italics(pair.source), _italics(pair.target)
    if found > wanted and not pair.target.problems:
        hint = "take the single * out, or write \\* for one to be printed"
        yield pair.finding("italic-added", f"has {found} passages in italics, not {wanted}", hint)


def _italics(inline: Inline) -> int:
    italic = [run.italic for run in inline.runs if run.text or run.placeholder]
    return sum(1 for before, now in zip([False, *italic], italic, strict=False) if now and not before)
