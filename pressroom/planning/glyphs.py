"""Finds letters that no font of their language has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language, font_file

# Format characters and variation selectors have no glyph, and line ends are not printed.
_INVISIBLE: Final = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")


def _signs_of(text: str) -> set[str]:
    # Looking for each of 128 signs is quicker than looking at each of many thousand letters.
    return {sign for sign in map(chr, range(128)) if sign in text} if text.isascii() else set(text)


def missing_glyphs(language: Language, texts: Iterable[tuple[str, Span]]) -> list[Diagnostic]:
    """A finding for each character that no font of the language has; none if one of its fonts is not there."""
    from pressroom.render.fonts import coverage, font_problems

    if not all(font_file(face).is_file() for family in language.fonts for face in family.faces):
        return []
    if damaged := [family for family in language.fonts if not coverage(family)]:
        return [problem for problem in font_problems(damaged, {}) if problem.code == "font-damaged"]
    texts = tuple(texts)
    missing = _signs_of("".join([text for text, _ in texts])) - _INVISIBLE
    for family in language.fonts:
        missing -= set(map(chr, filter(coverage(family).__contains__, map(ord, missing))))
    hint = f"its fonts are {', '.join(language.stack)}, and those for signs; write it in another way"
    return [
        diagnostic("glyph-missing", span, f"no font of {language.tag} has U+{ord(sign):04X} ({sign!a})", hint)
        for text, span in (texts if missing else ())
        for sign in sorted(missing.intersection(text))
    ]
