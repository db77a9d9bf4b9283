"""Copies of a zip that broke off, and copies in which one bit is another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.commands.handoff.archive import ArchiveError, pack, unpack

FILES = {"es/card.po": b'msgid "Take 20 mL"\nmsgstr "Tome 20 mL"\n', "es/other.po": b"x" * 200}
WHOLE = pack(FILES)


def unpacked(data: bytes) -> dict[str, bytes] | None:
    """The files of a zip; None if it is refused."""
    try:
        return unpack(data, lambda name: True)
    except ArchiveError:
        return None


def test_every_beginning_of_a_zip_is_refused() -> None:
    """Wherever a download broke off, the zip is refused whole."""
    assert [end for end in range(len(WHOLE)) if unpacked(WHOLE[:end]) is not None] == []


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 7))
def test_one_other_bit_in_a_zip(at: int, bit: int) -> None:
    """With one bit turned a zip is refused, or each file in it has its own bytes: checksums cover them."""
    files = unpacked(WHOLE[:at] + bytes([WHOLE[at] ^ 1 << bit]) + WHOLE[at + 1 :])
    assert files is None or set(files.values()) <= set(FILES.values())
