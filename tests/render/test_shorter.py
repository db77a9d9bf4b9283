"""How many letters must go: measured, told, and enough."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from pressroom.compose import Piece
from pressroom.render.too_long import shortened

MakePiece = Callable[..., Piece]
WORDS = {
    "en": "The doctor will ask you to lie down for an hour after the blood patch ",
    "ar": "سيطلب منك الطبيب الاستلقاء لمدة ساعة بعد رقعة الدم ",
    "km": "វេជ្ជបណ្ឌិតនឹងសុំឱ្យអ្នកដេករយៈពេលមួយម៉ោងបន្ទាប់ពីការព្យាបាល",
}


@pytest.mark.parametrize(
    ("text", "letters", "left"),
    [
        ("one two", 4, "one"),
        ("**one** two {phone} three", 8, "**one** tw{phone}"),
        ("[our page]{1}, or call", 99, "[our page]{1}"),
        ("ที่", 2, "ที่"),
        ("abc", 0, "abc"),
    ],
)
def test_left_out(text: str, letters: int, left: str) -> None:
    """Letters go away at the end; marks, placeholders and links stay, and no letter loses its accents."""
    assert shortened(text, letters).strip() == left


def _said(make_piece: MakePiece, tag: str, long: list[int]) -> Piece:
    english = [f"Sentence {n}." for n in range(len(long))]
    texts = {text: (WORDS[tag] * 20)[:letters] for text, letters in zip(english, long, strict=True)}
    return make_piece("\n<!-- panel: a -->\n\n" + "\n\n".join(english) + "\n", tag, texts)


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("tag", WORDS)
def test_enough_and_not_much_more(make_piece: MakePiece, tag: str) -> None:
    """Cut by what is told, its longest messages first, a panel fits; cut by two lines less it does not."""
    from pressroom.render.proof import render_piece

    long = [31, 460, 75, 320, 120, 540, 18, 250]
    (told,) = render_piece(_said(make_piece, tag, long)).diagnostics
    match = re.search(r"shorten its (\d+) letters by about (\d+)", told.hint)
    assert match is not None
    assert int(match[1]) == sum(long)
    assert render_piece(_said(make_piece, tag, _cut(long, int(match[2])))).diagnostics == ()
    two_lines = 2 * 78 / 25.4 * 72 / (7 * 0.5)
    assert render_piece(_said(make_piece, tag, _cut(long, int(match[2]) - round(two_lines)))).diagnostics != ()


def _cut(long: list[int], letters: int) -> list[int]:
    left = list(long)
    for _ in range(letters):
        left[left.index(max(left))] -= 1
    return left
