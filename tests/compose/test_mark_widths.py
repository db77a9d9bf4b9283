from __future__ import annotations

import pytest

from pressroom.compose.mark_widths import mark_classes
from pressroom.language import find_language


@pytest.mark.parametrize(
    ("tag", "text", "half", "may_be"),
    [
        ("zh-Hans", "（甲“乙”），丙。", "（”）", "“，。"),
        ("zh-Hans", "甲。（乙）丙", "。", "（）"),
        ("zh-Hans", "甲（“乙", "“", "（"),
        ("zh-Hant", "甲（乙），丙。", "）", "（"),
        ("ja", "甲（「乙」）を、丙", "「」", "（）、"),
        ("ja", "甲」「乙」・「丙」！", "」」「」", "「"),
        ("ja", "甲\n「乙」", "「", "」"),
        ("ja", "“甲”", "", ""),
        ("ko", "（갑），", "", ""),
        ("en", "(a).", "", ""),
    ],
)
def test_classes(tag: str, text: str, half: str, may_be: str) -> None:
    """Of two marks side by side one gives up its blank; others may, where a line begins or ends."""
    found = mark_classes(text, find_language(tag))
    assert "".join(text[at] for at, kind in sorted(found.items()) if kind == "half") == half
    assert "".join(text[at] for at, kind in sorted(found.items()) if kind == "mark") == may_be
