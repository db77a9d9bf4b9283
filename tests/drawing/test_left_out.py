"""What is left out of a drawing, mark by mark: what is not exactly as expected stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.drawing import Code, Control, LeftOut
from pressroom.drawing.colours import BLACKS
from pressroom.drawing.content import UnknownError
from pressroom.drawing.left_out import without
from pressroom.drawing.letters import font_letters
from pressroom.drawing.model import Copy, Glyph, Item, Rectangle, Shape
from pressroom.language import families, font_file

BLACK = f"path fill={BLACKS[0]} "
# A code of four modules, 2 points each, whose first row has two dark ones and whose last row one.
BOX: Rectangle = (10.0, 10.0, 18.0, 18.0)
CODE = Code(0, BOX, "https://example.org/a", 4, ((0, 0, 2), (3, 1, 1)))
RUNS = ((10.0, 16.0, 14.0, 18.0), (12.0, 10.0, 14.0, 12.0))
DRAWN = Shape(f"{BLACK}a code", BOX, RUNS)
MARKED = Shape("code https://example.org/a", BOX)


def left(items: list[Item], page: int = 0, **more: object) -> tuple[Item, ...]:
    """What is left of a page."""
    return without(items, page, LeftOut(**more))  # type: ignore[arg-type]


def test_the_code_of_the_address() -> None:
    """The code of the signed address, in black, is one mark that names it; on another page it stays."""
    assert left([DRAWN], codes=(CODE,)) == (MARKED,)
    assert left([DRAWN], page=1, codes=(CODE,)) == (DRAWN,)
    turned = DRAWN._replace(geometry=RUNS[::-1])
    assert left([turned], codes=(CODE,)) == (MARKED,)


@pytest.mark.parametrize(
    "other",
    [
        DRAWN._replace(geometry=RUNS[:1]),
        DRAWN._replace(geometry=()),
        DRAWN._replace(geometry=(*RUNS, (16.0, 10.0, 18.0, 12.0))),
        DRAWN._replace(geometry=((10.0, 16.0, 16.0, 18.0), RUNS[1])),
        DRAWN._replace(geometry=(RUNS[0], (12.0, 10.0, 14.0, 12.03))),
        DRAWN._replace(line="path fill=red a code"),
        DRAWN._replace(line=f"{BLACK}mask=x a code"),
        DRAWN._replace(box=(9.0, 10.0, 18.0, 18.0)),
    ],
)
def test_another_code_stays(other: Shape) -> None:
    """A code with a module more, less or elsewhere, in another colour, behind a mask or elsewhere stays."""
    assert left([other], codes=(CODE,)) == (other,)


def test_something_over_a_code_stays() -> None:
    """A second shape within the code's place, and the code twice, stay."""
    spot = Shape("path fill=red spot", (11.0, 11.0, 12.0, 12.0))
    assert left([DRAWN, spot], codes=(CODE,)) == (DRAWN, spot)
    assert left([DRAWN, DRAWN], codes=(CODE,)) == (DRAWN, DRAWN)


def test_a_proof_has_a_box_in_place_of_its_code() -> None:
    """On a proof one stroked shape is the code's place; a filled one stays."""
    proof = replace(CODE, dark=())
    crossed = Shape("path stroke=black box", BOX)
    assert left([crossed], codes=(proof,)) == (MARKED,)
    filled = Shape("path fill=black box", BOX)
    assert left([filled], codes=(proof,)) == (filled,)


def glyph(text: str, x: float, y: float = 50.0, width: float = 5.0) -> Glyph:
    """A letter."""
    return Glyph(x, y, "size=8", f"outline of {text}", text, (x, y, x + width, y + 6), x + width)


LINE: Rectangle = (5.0, 45.0, 100.0, 65.0)
CONTROL = Control(0, LINE, LINE, "D-1 PROOF", "D-1")
WORDS = [glyph(sign, 10 + 6 * at) for at, sign in enumerate("D-1PROOF")]


def test_the_words_of_a_control_line() -> None:
    """A control line is one mark of what is signed of it, its baseline and its style, where its first letter is."""
    before, after = Shape("path before", (0, 0, 1, 1)), Shape("path after", (0, 0, 1, 1))
    kept = left([before, *WORDS, after], controls=(CONTROL,))
    assert kept == (before, Shape("control 'D-1' on 50.00 size=8", LINE), after)
    assert left(list(WORDS), page=1, controls=(CONTROL,)) == tuple(WORDS)


def test_the_end_of_another_frames_letters_in_a_control_line() -> None:
    """What draws and says nothing stays where it was painted, so the control line is where its own first letter is."""
    end = glyph("", 20)._replace(outline="")
    above = glyph("A", 20, y=90)
    kept = left([end, above, *WORDS], controls=(CONTROL,))
    assert kept == (end, above, Shape("control 'D-1' on 50.00 size=8", LINE))


@pytest.mark.parametrize(
    "words",
    [
        WORDS[:-1],
        [*WORDS, glyph("!", 80)],
        [glyph("E", 10), *WORDS[1:]],
        WORDS[::-1],
        [glyph("D", 10, y=90), *WORDS[1:]],
        [],
    ],
)
def test_other_words_in_a_control_line_stay(words: list[Item]) -> None:
    """A letter more, less, another or elsewhere: then the whole line stays as it is drawn."""
    assert left(words, controls=(CONTROL,)) == tuple(words)


def test_a_control_line_in_another_font_stays(tmp_path: Path) -> None:
    """Where fonts are given, the words stay if none of these draws them: a font can show other words."""
    no_font = tmp_path / "no.ttf"
    no_font.write_bytes(b"")
    known = font_file(families(["Noto Sans"])[0].faces[0])
    for fonts in ((no_font,), (known,), (no_font, known)):
        assert left(list(WORDS), controls=(CONTROL,), fonts=fonts) == tuple(WORDS)


def test_a_control_line_in_the_font_that_is_given(tmp_path: Path) -> None:
    """Words that one of the fonts draws are left out, and the mark says how it draws what changes until the release."""
    no_font = tmp_path / "no.ttf"
    no_font.write_bytes(b"")
    known = font_file(families(["Noto Sans"])[0].faces[0])
    letters = font_letters(known)
    assert letters is not None
    words = [word._replace(outline=letters.outline(word.text)) for word in WORDS]
    (mark,) = left(list(words), controls=(CONTROL,), fonts=(no_font, known))
    assert mark == Shape(f"control 'D-1' on 50.00 size=8 {letters.hash}", LINE)


def test_other_shapes_in_a_control_line_stay() -> None:
    """A box without a letter gets no mark, and a shape within it stays: only letters are left out."""
    shape = Shape("path rule", (10.0, 50.0, 20.0, 51.0))
    assert left([shape], controls=(replace(CONTROL, text=""),)) == (shape,)
    assert shape in left([*WORDS, shape], controls=(CONTROL,))


def test_letters_over_a_code_stay() -> None:
    """A letter within the code's place is no code, and it stays."""
    letter = glyph("A", 11.0, y=11.0)
    assert left([letter, DRAWN], codes=(CODE,)) == (letter, MARKED)
    assert left([letter], codes=(CODE,)) == (letter,)


@pytest.mark.parametrize("edge", range(4))
def test_a_proof_mark_ends_at_its_box(edge: int) -> None:
    """On each side half a point is within the box, and more is not."""
    box = (10.0, 10.0, 40.0, 20.0)
    sign = -1 if edge < 2 else 1
    within = Shape("path mark", tuple(at + sign * 0.5 * (n == edge) for n, at in enumerate(box)))  # type: ignore[arg-type]
    beyond = Shape("path mark", tuple(at + sign * 0.6 * (n == edge) for n, at in enumerate(box)))  # type: ignore[arg-type]
    assert left([within, beyond], draft=((0, box),)) == (beyond,)


def test_a_proof_mark_is_left_out_in_its_box() -> None:
    """Shapes and letters within the box of a proof's mark are left out; what is outside, or on another page, stays."""
    box: Rectangle = (0.0, 0.0, 200.0, 10.0)
    hatch, out = Shape("path hatch", (0.0, -0.4, 200.0, 10.4)), Shape("path other", (0.0, 0.0, 200.0, 10.6))
    label = glyph("D", 20, y=2)
    assert left([hatch, label, out], draft=((0, box),)) == (out,)
    assert left([hatch, label], draft=((1, box),)) == (hatch, label)


def test_a_proof_mark_over_a_letter_is_refused() -> None:
    """A mark that hides more than a hair of a letter is an error: nobody saw the letter that they sign."""
    letter = glyph("A", 20, y=50)
    with pytest.raises(UnknownError, match="over letters"):
        left([letter], draft=((0, (18.0, 55.0, 40.0, 80.0)),))
    hair = (18.0, 55.5, 40.0, 80.0)
    assert left([letter], draft=((0, hair),)) == (letter,)
    blank = letter._replace(outline="")
    assert left([blank], draft=((0, (18.0, 55.0, 40.0, 80.0)),)) == (blank,)


def test_each_card_of_a_sheet() -> None:
    """On a sheet the same is left out of each card, and nothing around them."""
    card = Copy("card at 0 0", (DRAWN,))
    assert left([card, DRAWN], codes=(CODE,)) == (Copy("card at 0 0", (MARKED,)), DRAWN)
