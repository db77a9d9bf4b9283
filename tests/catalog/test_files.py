"""Catalogs on disk: whole or as they were, and nothing left beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.catalog.files import sweep, write_if_changed


def test_a_write_that_fails_leaves_the_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last step can't be taken, as on a full disk, the old bytes stand and the new copy is gone."""
    path = tmp_path / "card.po"
    path.write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(OSError, match="No space"):
        write_if_changed(path, b"new")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"card.po": b"old"}


def test_what_a_killed_update_left_is_swept(tmp_path: Path) -> None:
    """A half-written copy goes; catalogs, and files that only look a little alike, stay."""
    kept = ["card.po", "card.pot", ".card.po", ".gitignore", "card.po-abcdefgh", ".card.po-old"]
    for name in (*kept, ".card.po-a_b1c2d3", ".dvt-pe.pot-00000000", ".card.txt-zzzzzzzz"):
        (tmp_path / name).touch()
    sweep(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(kept)
    sweep(tmp_path / "nowhere")


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")
