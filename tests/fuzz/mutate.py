"""Mutations of bytes: what a broken copy, a wrong editor or an attacker does, by a seeded chance."""

from __future__ import annotations

import random
from collections.abc import Sequence

# Signs that some reader gives a meaning to.
_SIGNS = (
    b"\x00", b"\n", b'"', b"\\", b"{", b"}", b"[", b"]", b"*", b"<", b">", b"&", b"%", b"#~", b"---", b"|", b"\xff",
    b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xcc\x81", b"9" * 40, b"{phone}", b"msgid", b"<!DOCTYPE", b"1e999",
)  # fmt: skip


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> bytes:
    """The input with one to six changes; `others` are inputs that a part may come from."""
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randint(0, len(data)), chance.randint(1, 24)
        change = chance.randrange(7)
        if change == 0:
            data = data[:at] + data[at + size :]
        elif change == 1:
            data = data[:at] + chance.choice(_SIGNS) * chance.choice((1, 1, 2, 30)) + data[at:]
        elif change == 2 and data:
            at = min(at, len(data) - 1)
            data = data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]
        elif change == 3:
            other = chance.choice(others)
            start = chance.randint(0, len(other))
            data = data[:at] + other[start : start + size * 8] + data[at:]
        elif change == 4:
            data = data[:at] + data[at : at + size] * chance.choice((2, 3, 50)) + data[at + size :]
        elif change == 5:
            data = data[:at] + chance.randbytes(size) + data[at + size :]
        else:
            data = data[:at]
    return data[:20_000]
