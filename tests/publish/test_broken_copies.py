"""Copies of a manifest that broke off, and copies in which one bit is another."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressroom.approval import ReleaseFacts
from pressroom.publish import Manifest, ManifestError, PieceRecord, Store, read_manifest
from pressroom.publish.manifest import NAME
from pressroom.publish.store import is_as_published

FACTS = ReleaseFacts(key="k", sha256="0" * 64, version="1.0")
TEXT = Manifest((PieceRecord("visit", "es", "larkspur", "slip", "ok", FACTS, "es/visit.pdf", 2),)).to_bytes()
quick = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(folder: Path, data: bytes) -> Manifest | None:
    """The manifest of these bytes; None if it is refused."""
    (folder / NAME).write_bytes(data)
    try:
        return read_manifest(folder, required=True)
    except ManifestError:
        return None


def test_every_beginning_of_a_manifest_is_refused(tmp_path: Path) -> None:
    """Wherever a copy of a manifest broke off, it is refused, or nothing but the end of its last line is missing."""
    whole = read(tmp_path, TEXT)
    assert whole is not None
    assert all(read(tmp_path, TEXT[:end]) in (None, whole) for end in range(len(TEXT)))
    assert read(tmp_path, TEXT[: len(TEXT) // 2]) is None


@quick
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 7))
def test_one_other_bit_in_a_manifest(tmp_path: Path, at: int, bit: int) -> None:
    """With one bit turned a manifest is refused or read, and never ends the program."""
    read(tmp_path, TEXT[:at] + bytes([TEXT[at] ^ 1 << bit]) + TEXT[at + 1 :])


@quick
@given(st.data())
def test_one_other_bit_in_an_object_is_noticed(tmp_path: Path, data: st.DataObject) -> None:
    """A disk that loses one bit of a published file is noticed, and the edition is no longer as published."""
    content = data.draw(st.binary(min_size=1, max_size=60))
    store = Store(tmp_path / data.draw(st.uuids()).hex)
    digest = store.add(content)
    manifest = Manifest((PieceRecord("a", "es", "b", "c", "ok", ReleaseFacts(key="k", sha256=digest), "es/a.pdf", 1),))
    edition = store.publish(manifest)
    assert is_as_published(edition, manifest)
    path = store.root / "objects" / digest
    path.chmod(0o644)
    at, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 7))
    path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
    assert not store.holds(digest)
    assert not is_as_published(edition, manifest)
    with pytest.raises(OSError, match="changed"):
        store.text(digest)
