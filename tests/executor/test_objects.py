"""The folder for results, in memory and on the disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.executor.objects import Objects, ObjectsError

pytest.importorskip("fsspec", reason="the extra `cluster` is not installed")


@pytest.fixture(params=["memory", "folder"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    """A folder of each kind."""
    return Objects("memory://results/one" if request.param == "memory" else str(tmp_path / "shared" / "one"))


def test_an_object_comes_back(objects: Objects) -> None:
    """The bytes of an object are read as they were written, until it is removed."""
    digest = objects.put("1", b"piece")
    assert objects.get("1", digest) == b"piece"
    objects.remove("1")
    with pytest.raises(ObjectsError, match="1 can't be read"):
        objects.get("1", digest)


def test_other_bytes_are_refused(objects: Objects) -> None:
    """An object that somebody changed is not read."""
    digest = objects.put("1", b"piece")
    objects.put("1", b"peace")
    with pytest.raises(ObjectsError, match="other bytes"):
        objects.get("1", digest)


def test_nothing_is_left(objects: Objects) -> None:
    """A folder is removed with what is in it."""
    digest = objects.put("1", b"piece")
    objects.remove_all()
    with pytest.raises(ObjectsError):
        objects.get("1", digest)


def test_an_unknown_kind_of_folder() -> None:
    """An address that no library knows is one reason, and no traceback."""
    with pytest.raises(ObjectsError, match="nowhere://results: 1 can't be written"):
        Objects("nowhere://results").put("1", b"")
