from __future__ import annotations

import hashlib
from io import BufferedReader, BytesIO
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from pressroom.fingerprint import content_hash, fingerprint

_PARTS = st.lists(st.text(st.characters(exclude_categories=()), max_size=4), max_size=5)


@given(_PARTS, _PARTS)
def test_injective(parts: list[str], others: list[str]) -> None:
    """Two sequences of texts have one fingerprint only if they are the same sequence."""
    assert (fingerprint(*parts) == fingerprint(*others)) == (parts == others)


@given(_PARTS, st.integers(0, 5), st.sampled_from(["", ":", "0:", "\x00", "\n", "1:a"]))
def test_parts_do_not_run_together(parts: list[str], cut: int, separator: str) -> None:
    """Joining two neighbours, with whatever is between them, is another sequence."""
    head, tail = parts[:cut], parts[cut:]
    whole = [separator.join(parts)]
    assert (fingerprint(*head, *tail) == fingerprint(*whole)) == (parts == whole)


def test_shape() -> None:
    """A fingerprint is 64 lower-case hex digits, and lone surrogates have one too."""
    assert len(fingerprint()) == 64
    assert set(fingerprint("a", "\ud800")) <= set("0123456789abcdef")


def test_content() -> None:
    """A file's content hash is its SHA-256, whether it comes as bytes or as an open file."""
    expected = hashlib.sha256(b"page").hexdigest()
    assert content_hash(b"page") == expected
    assert content_hash(BufferedReader(cast("object", BytesIO(b"page")))) == expected
