"""Disks that are full, read-only, or more than one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pressroom.publish import Store, read_manifest
from pressroom.publish.store import is_as_published
from tests.faults.conftest import texts

# Commands that write, and what of it can't be written.
WRITES = {
    "update": "locales/signs.pot",
    "build signs --locale en --jobs 1": "",
    "review signs --locale es": "signs.es.review.html",
    "recall signs --reason misprint --name Paula": "recalls/signs-",
    "rename signs alarm": "renames/signs.toml",
    "remove-document nothing": "",
    "lengths": "",
}
_FULL = (
    "mkdir ../full && mount -t tmpfs -o size=4m none ../full && cp -a . ../full && cd ../full"
    " && { dd if=/dev/zero of=fill bs=4k 2>/dev/null; true; }; "
)
# What is on the full disk afterwards, copied to where the test can read it.
_KEEP = "; code=$?; rm fill; cp -a . ../after; exit $code"


@pytest.mark.parametrize("command", [name for name in WRITES if not name.startswith("remove")])
def test_a_full_disk(bench, shell, command: str) -> None:
    """Where no byte can be written a command names the file and what to do, and every file is as it was."""
    before = texts(bench.root)
    done = shell(bench.root, f"{_FULL} $RUN {command}{_KEEP}", mounts=True)
    named = done.refused()
    assert named
    assert all(WRITES[command] in path for path in named[:1])
    assert "no space left on device" in done.said.lower()
    assert texts(bench.root.parent / "after") == before
    edition = Store(bench.root.parent / "after" / "output", "released").current.resolve()
    assert is_as_published(edition, read_manifest(edition))


@pytest.mark.parametrize("command", ["update", "build signs --locale en --jobs 1", "recall signs --reason a --name P"])
def test_a_read_only_project(bench, shell, command: str) -> None:
    """A project that can't be written is named with the file, and nothing changes; it can still be read."""
    lines = f"mount --bind . . && mount -o remount,ro,bind . && cd . && cd $PWD && $RUN {command}"
    assert shell(bench.root, lines, mounts=True).refused()
    done = shell(bench.root, lines.replace(command, "check"), mounts=True)
    assert done.code == 0, done.said


def test_a_read_only_project_with_another_output(bench, shell, tmp_path: Path) -> None:
    """The file that can't be written is named, not the output, and no hint to change what is right."""
    lines = "mount --bind . . && mount -o remount,ro,bind . && cd $PWD && $RUN build signs --locale en --output ../out"
    (named,) = shell(bench.root, lines, mounts=True).refused()
    assert ".cache" in named


def test_an_output_that_is_read_only(bench, shell) -> None:
    """A recall is on record though the output can't be written, and says that the files are still there."""
    lines = "mount --bind output output && mount -o remount,ro,bind output && $RUN recall signs --reason a --name P"
    done = shell(bench.root, lines, mounts=True)
    assert [path for path in done.refused() if path.endswith("output")]
    assert "the files are still in the edition" in done.said
    assert list((bench.root / "source" / "recalls").glob("signs-*.toml"))


def test_several_file_systems(bench, shell) -> None:
    """Editions and caches may be on other disks than the objects, where nothing can be linked or renamed across."""
    lines = (
        "mount -t tmpfs none output/generations && mkdir -p .cache && mount -t tmpfs none .cache &&"
        " $RUN build signs --locale en --jobs 1 && ls output/current/en && cp -aL output/current ../seen"
    )
    done = shell(bench.root, lines, mounts=True)
    assert done.code == 0, done.said
    seen = bench.root.parent / "seen"
    assert is_as_published(seen, read_manifest(seen))


@pytest.mark.parametrize("number", [1, 18, 31], ids=["EPERM", "EXDEV", "EMLINK"])
def test_no_hard_links(bench, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Where a file system makes no hard link, an edition has copies of its files."""

    def refuse(source: str, target: str) -> None:
        raise OSError(number, "refused", source)

    store = Store(bench.output)
    manifest = store.manifest()
    monkeypatch.setattr(os, "link", refuse)
    edition = store.publish(manifest)
    assert is_as_published(edition, manifest)
    assert [path.name for path in edition.rglob(".*")] == []
