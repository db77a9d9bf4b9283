"""Writes the letters of right-to-left lines beside their glyphs, where programs that copy text find them.

Those programs read glyphs from left to right and then reverse what is right-to-left, letter by letter. So they put a
mark before its letter, lose joiners, turn ligatures around, and get no word of Nastaliq, whose glyphs are parts of
letters, each at a height of its own. Therefore each piece of such a line begins with its letters in the order that
they are seen in, as wide as the glyphs that follow, in a font that draws nothing. The glyphs then say nothing
themselves. Like the hook, this is written against one version of WeasyPrint.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, Final

import weasyprint.draw
import weasyprint.draw.text
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import get_pango_font_key
from weasyprint.text.ffi import ffi

from pressroom.render.tags.letter_font import WIDTH, LetterFont
from pressroom.render.tags.model import GUIDES, JOINED, RIGHT_TO_LEFT, SILENT
from pressroom.render.tags.segments import MIRRORED, segments

_FONT: Final = "letters"
_SILENT: Final = (b"/Span", SILENT, b"BDC")
# How far the letters of every second piece of a line are raised: in CSS pixels, and in em. PDFium then reads each piece
# by itself, in the order of the file. In one line it would turn `10–20` around, which runs the other way.
_RAISED: Final = (2.5, 0.16)
# How far above its line, in em, a blank glyph ends what PDFium sorts from left to right.
_AWAY: Final = 1.5
# Baselines of one line, in CSS pixels, differ with the fonts.
_SAME_LINE: Final = 2.0
# pdf.js, which reads the glyphs, drops a plain space at the edge of a piece.
_KEPT_SPACE: Final = "\u200f "
_WORD_END: Final = re.compile(r"[^\w\s]+(?=\s|$)")
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class _Part:
    """The piece of a line that a box of text is: the letters that move to the box before, and those it gets.

    If it is `level`, its line runs left to right, and its letters are on the baseline.
    """

    given: int = 0
    taken: str = ""
    level: bool = False


@dataclass(slots=True)
class _Writer:
    """What is kept while a document is drawn: the parts of lines that get letters, and where the last one was."""

    parts: dict[Any, _Part] = field(default_factory=dict)
    baseline: float = -1.0
    raised: bool = False

    def is_raised(self, baseline: float) -> bool:
        """True for every second piece of one line."""
        self.raised = not self.raised and abs(baseline - self.baseline) < _SAME_LINE
        self.baseline = baseline
        return self.raised


@contextmanager
def letters_beside_glyphs() -> Iterator[None]:
    """Inside this context, what is drawn of right-to-left lines has its letters beside it."""
    draw_inline, draw_line = weasyprint.draw.draw_inline_level, weasyprint.draw.text.draw_first_line
    writer = _Writer()

    def inline(stream: Any, page: Any, box: Any, *rest: Any, **named: Any) -> None:  # noqa: ANN401
        if isinstance(box, boxes.LineBox):
            writer.parts |= _parts(box)
        draw_inline(stream, page, box, *rest, **named)

    def line(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:  # noqa: ANN401
        def glyphs() -> Any:  # noqa: ANN401
            return draw_line(stream, box, overflow, ellipsis, matrix)

        if not _says_something(box):
            # A font with nothing drawn in it would be embedded whole.
            return []
        part = writer.parts.get(box)
        if part is None or stream._tags is None:
            return glyphs()
        return _with_letters(stream, box, matrix, part, writer, glyphs)

    weasyprint.draw.draw_inline_level, weasyprint.draw.text.draw_first_line = inline, line
    try:
        yield
    finally:
        weasyprint.draw.draw_inline_level, weasyprint.draw.text.draw_first_line = draw_inline, draw_line


def _parts(line: Any) -> dict[Any, _Part]:  # noqa: ANN401  WeasyPrint publishes no types
    """The boxes of text of a line in which something runs right to left; of other lines those of joined scripts."""
    texts = list(filter(_says_something, _texts(line)))
    if not any(RIGHT_TO_LEFT.search(box.text) for box in texts):
        return {box: _Part(level=True) for box in texts if JOINED.search(box.text)}
    parts = {box: _Part() for box in texts}
    for box, after in pairwise(texts):
        # A sign that ends a word in another piece is read with the word.
        ending = _WORD_END.match(after.text)
        if ending is not None and not box.text[-1].isspace():
            parts[box] = replace(parts[box], taken=ending[0].translate(GUIDES))
            parts[after] = _Part(given=ending.end())
    return parts


def _says_something(box: Any) -> bool:  # noqa: ANN401
    return bool(box.text.translate(GUIDES).strip())


def _texts(box: Any) -> Iterator[Any]:  # noqa: ANN401
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)


def _with_letters(
    stream: Any,  # noqa: ANN401
    box: Any,  # noqa: ANN401
    matrix: Any,  # noqa: ANN401
    part: _Part,
    writer: _Writer,
    draw: Callable[[], Any],
) -> Any:  # noqa: ANN401
    seen = list(_as_seen(box.pango_layout, part))
    if seen:
        _write(
            stream, box, matrix, seen, level=part.level, raised=not part.level and writer.is_raised(matrix.values[5])
        )
    stream.stream += _SILENT
    add_font, stream.add_font = stream.add_font, lambda font: _silent_font(stream._fonts, font)
    try:
        drawn = draw()
    finally:
        stream.add_font = add_font
    stream.end_marked_content()
    return drawn


def _as_seen(layout: Any, part: _Part) -> Iterator[tuple[str, bool]]:  # noqa: ANN401
    """The letters of a piece from left to right, each with True if it runs right to left."""
    line, _ = layout.get_first_line()
    data, run = layout.text.encode(), line.runs[0]
    start = len(layout.text[: part.given].encode())
    rtl = bool(RIGHT_TO_LEFT.search(layout.text))
    yield from ((sign, True) for sign in reversed(part.taken) if rtl)
    while run != ffi.NULL:
        item = run.data.item
        backward = bool(item.analysis.level % 2)
        text = data[max(item.offset, start) : item.offset + item.length].decode()
        yield from ((sign, backward) for sign in (reversed(text) if backward else text) if ord(sign) not in GUIDES)
        run = run.next
    yield from ((sign, False) for sign in part.taken if not rtl)


def _write(stream: Any, box: Any, matrix: Any, seen: Sequence[tuple[str, bool]], *, level: bool, raised: bool) -> None:  # noqa: ANN401
    """The letters in their font, stretched to the width of the box, above its baseline."""
    font = stream._fonts.setdefault(_FONT, LetterFont())
    size = box.style["font_size"]
    stream.set_font_size(font.hash, size)
    stream.stream.append(b"%.3f Tz" % (100 * box.width / (len(seen) * size * WIDTH / 1000)))
    stream.set_text_rise(-max(_RAISED[0], _RAISED[1] * size) if raised else 0)
    a, b, c, d, left, baseline = matrix.values
    end = len(seen)
    # From the right, so that a reader that goes by the order of the file has the words in theirs.
    for signs, is_mirrored, mark in reversed(list(segments(seen, level=level))):
        end -= len(signs)
        stream.set_text_matrix(a, b, c, d, left + box.width * end / len(seen), baseline)
        if is_mirrored or mark or len(signs) == 1:
            stream.stream += _said(font, signs, mark, mirrored=is_mirrored)
        else:
            stream.show_text(font.string(signs))
    stream.stream += [*_SILENT, b"%.3f Ts" % (-_AWAY * size)]
    stream.show_text(font.string(["", ""]))
    stream.stream += [b"EMC", b"0 Ts", b"100 Tz"]


def _said(font: LetterFont, signs: str, mark: str, *, mirrored: bool) -> list[bytes]:
    """Signs with their text: for Poppler in the order that they are seen in, for PDFium in their own and mirrored.

    Poppler takes the text of Spans alone, PDFium the innermost. PDFium passes over a single glyph that draws nothing,
    so such a one is followed by another, without width.
    """
    glyphs = [_KEPT_SPACE] if signs == " " else [*signs]
    shown = b"[" + font.string([*glyphs, *([None] if len(signs) == 1 else [])]).encode() + b"] TJ"
    instead = "".join(MIRRORED.get(sign, sign) for sign in reversed(signs)) if mirrored else signs
    inner = [b"/NonStruct", _actual(instead), b"BDC", shown, b"EMC"]
    return [b"/Span", _actual(signs + mark), b"BDC", *inner, b"EMC"]


def _actual(text: str) -> bytes:
    return b"<</ActualText <FEFF%b>>>" % text.encode("utf-16-be").hex().upper().encode()


def _silent_font(fonts: dict[Any, Any], pango_font: Any) -> tuple[Any, float]:  # noqa: ANN401
    """A font whose glyphs say nothing, beside the one whose glyphs say their letters."""
    key, description, size = get_pango_font_key(pango_font)
    if (_SILENT, key) not in fonts:
        font = Font(pango_font, description, size)
        other = "".join(chr((ord(letter) - ord("A") + _LETTERS // 2) % _LETTERS + ord("A")) for letter in font.hash)
        font.name, font.hash = font.name.replace(font.hash.encode(), other.encode(), 1), other
        font.to_unicode = _Nothing()
        fonts[_SILENT, key] = font
    return fonts[_SILENT, key], size


class _Nothing(dict[int, str]):
    """Says nothing for each glyph."""

    def __setitem__(self, glyph: int, _: str) -> None:
        super().__setitem__(glyph, "")
