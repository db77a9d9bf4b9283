from __future__ import annotations

import pytest

from pressroom.compose.binding import NBSP, joints
from pressroom.compose.breaking import JOIN
from pressroom.language import find_language


def _bound(text: str, tag: str) -> str:
    return joints(text, find_language(tag), bind="text").apply(text, 0)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("a needle is put in", f"a needle is put{NBSP}in"),
        ("Leg warm to touch", f"Leg warm to{NBSP}touch"),
        ("an embolization procedure", "an embolization procedure"),
        ("word", "word"),
        ("Contrast media – or dye", f"Contrast media{NBSP}– or{NBSP}dye"),
    ],
)
def test_bind(text: str, bound: str) -> None:
    """A short last word is bound to a short one before it, and a dash to the word before."""
    assert _bound(text, "en") == bound


def test_bind_han() -> None:
    """The last three signs of Han text stay together, so that none stands alone."""
    assert _bound("腿部肿胀疼痛", "zh-Hans") == "腿部肿" + JOIN.join("胀疼痛")
    assert _bound("肿胀", "zh-Hans") == "肿胀"
