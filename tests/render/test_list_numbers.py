"""The numbers of a list in every script: they hang beside their items, on the same line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from pressroom.compose import Piece
from pressroom.language import find_language

pytestmark = pytest.mark.usefixtures("fonts")
# One language for each script and each family of fonts; the digits of many come from a second family.
LANGUAGES = (
    *("am", "ar", "bn", "en", "gu", "hi", "ja", "km", "ko", "ksw", "lo", "my", "pa-Guru", "ru", "th", "ur"),
    *("zh-Hans", "zh-Hant"),
)
# Letters of Nastaliq step down to their line; its Latin words stand on it.
STEPPING = {"ur"}


PANELS = ("cover", "facts", "contact", "what", "how", "work")


def _piece(make_piece: Callable[..., Piece], tag: str, layout: str) -> Piece:
    """A document of the project's own panels: a word in each, and in one a list of three items."""
    word = find_language(tag).set_for("brochure").autonym
    items = [f"{word} {letter} {word}" for letter in "QXZ"]
    said = {name: f"# {word}" if name == "cover" else word for name in PANELS}
    said["how"] = "\n".join(f"1. {item}" for item in items)
    body = "".join(f"\n<!-- panel: {name} -->\n\n{text}\n" for name, text in said.items())
    return make_piece(body, tag, {text: text for text in (*items, word)}, project="../..", layout=layout)


@pytest.mark.parametrize(
    ("tag", "layout"),
    [(tag, "large-print") for tag in LANGUAGES]
    + [(tag, style) for tag in ("ar", "my") for style in ("flyer", "trifold")],
)
def test_a_number_stands_on_the_line_of_its_item(
    tag: str,
    layout: str,
    make_piece: Callable[..., Piece],
    letters: Callable[..., Iterator[tuple[str, float, float, float]]],
) -> None:
    """The baseline of a list's number is that of the first line of its item, to a twentieth of a point."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(make_piece, tag, layout))
    assert proof.diagnostics == ()
    drawn = list(letters(proof.pdf, 1 if layout == "trifold" else 0))
    for number, letter in zip("123", "QXZ", strict=True):
        ((x, y, size),) = [(x, y, size) for sign, x, y, size in drawn if sign == letter and size > 8]
        beside = [(abs(own - x), at) for sign, own, at, _ in drawn if sign == number and abs(at - y) < size / 2]
        assert [round(at, 1) for _, at in beside] == [round(y, 1)]
        text = {round(at, 1) for sign, _, at, _ in drawn if not sign.isascii() and abs(at - y) < size / 3}
        assert tag in {"en", *STEPPING} or round(y, 1) in text
