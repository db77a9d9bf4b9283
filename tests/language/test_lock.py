from __future__ import annotations

import pytest

from pressroom.language import FontLockError, LockedFont, font_lock_text, read_font_lock

FONT = LockedFont("Some-Regular.ttf", "Some", "fonts-some", "2.004", "0" * 64)


def test_round_trip() -> None:
    """What is written is read again."""
    assert read_font_lock(font_lock_text([FONT])) == {FONT.file: FONT}


@pytest.mark.parametrize("text", ["[", '["a.ttf"]\nfamily = "A"\n', 'a = "b"\n'])
def test_broken(text: str) -> None:
    """A lock that is no TOML or lacks something locks nothing, and says so."""
    with pytest.raises(FontLockError):
        read_font_lock(text)
