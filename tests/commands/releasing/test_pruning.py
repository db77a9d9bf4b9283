"""Old editions go by number, age or size; the current ones and what they hold stay."""

from __future__ import annotations

import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.approval import ReleaseFacts
from pressroom.cli import main
from pressroom.commands.releasing.pruning import Limits, prune
from pressroom.publish import Manifest, PieceRecord, Store
from pressroom.publish.store import Channel
from tests.commands.conftest import make_bench

TODAY = date(2026, 12, 1)
MEGABYTE = 1_000_000


def _publish(store: Store, *texts: bytes, days_ago: int = 0) -> Path:
    records = [
        PieceRecord("visit", "es", "larkspur", f"p{n}", "translated", ReleaseFacts(sha256=store.add(text)), f"{n}.pdf")
        for n, text in enumerate(texts)
    ]
    edition = store.publish(Manifest(tuple(records)))
    day = (TODAY - date(1970, 1, 1)).days - days_ago
    os.utime(edition / "manifest.json", (day * 86_400, day * 86_400))
    return edition


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Four editions of proofs and two of releases, of about a megabyte each; the first file of all is shared."""
    channels: tuple[tuple[Channel, int], ...] = (("current", 4), ("released", 2))
    for channel, count in channels:
        for number in range(count):
            own = f"{channel} {number}".encode() * MEGABYTE
            _publish(Store(tmp_path, channel), b"shared", own[:MEGABYTE], days_ago=10 * (count - 1 - number))
    return tmp_path


def _left(output: Path) -> list[str]:
    return [f"{e.parent.name} {e.name[:5]}" for c in ("current", "released") for e in Store(output, c).editions()]


@pytest.mark.parametrize(
    ("limits", "left"),
    [
        (Limits(keep=2), ["generations 00003", "generations 00004", "editions 00001", "editions 00002"]),
        (Limits(keep=1), ["generations 00004", "editions 00002"]),
        (
            Limits(age=timedelta(days=15)),
            ["generations 00003", "generations 00004", "editions 00001", "editions 00002"],
        ),
        (
            Limits(age=timedelta(days=10)),
            ["generations 00003", "generations 00004", "editions 00001", "editions 00002"],
        ),
        (Limits(age=timedelta()), ["generations 00004", "editions 00002"]),
        (Limits(size=4 * MEGABYTE + 6), ["generations 00003", "generations 00004", "editions 00001", "editions 00002"]),
        (Limits(keep=3, size=4 * MEGABYTE), ["generations 00004", "editions 00001", "editions 00002"]),
        (Limits(size=0), ["generations 00004", "editions 00002"]),
        (Limits(size=10 * MEGABYTE), [*(f"generations 0000{n}" for n in "1234"), "editions 00001", "editions 00002"]),
    ],
)
def test_what_stays(output: Path, limits: Limits, left: list[str]) -> None:
    """Each limit keeps what it says, and whatever it says the current editions, with all their files."""
    said = prune(output, limits, TODAY, delete=False)
    assert len(_left(output)) == 6
    done = prune(output, limits, TODAY, delete=True)
    assert (_left(output), said) == (left, done)
    assert len(done.gone) == 6 - len(left)
    assert not list(output.rglob(".dropped-*"))
    objects = {path.name: path.stat().st_size for path in (output / "objects").iterdir()}
    assert sum(objects.values()) == done.after
    for channel in ("current", "released"):
        store = Store(output, channel)
        assert store.is_untouched(store.manifest())


def test_the_oldest_go_first(tmp_path: Path) -> None:
    """To get below a size, an old release goes before a younger proof, and of one day the lower number."""
    days_of: tuple[tuple[Channel, tuple[int, ...]], ...] = (("current", (30, 20, 0)), ("released", (40, 40, 0)))
    for channel, days in days_of:
        for number, ago in enumerate(days):
            _publish(Store(tmp_path, channel), f"{channel[0]} {number}".encode(), days_ago=ago)
    gone = prune(tmp_path, Limits(size=0), TODAY, delete=False).gone
    assert [f"{one.edition.channel} {one.edition.number}" for one in gone] == [
        "released 1", "released 2", "current 1", "current 2",
    ]  # fmt: skip
    prune(tmp_path, Limits(size=15), TODAY, delete=True)
    assert _left(tmp_path) == [
        "generations 00001",
        "generations 00002",
        "generations 00003",
        "editions 00002",
        "editions 00003",
    ]


def test_the_same_after_a_return(output: Path) -> None:
    """An old edition that is current again stays; a later build does not count on its neighbours."""
    store = Store(output)
    store.return_to(store.editions()[0])
    prune(output, Limits(keep=1), TODAY, delete=True)
    assert _left(output) == ["generations 00001", "generations 00004", "editions 00002"]


@pytest.mark.parametrize("step", ["rename", "rmtree", "unlink"])
def test_what_a_killed_one_left(output: Path, step: str) -> None:
    """After a kill the current editions are whole, and the next one finishes the work though no edition goes."""
    for store in (Store(output, "current"), Store(output, "released")):
        for edition in store.editions()[:-1]:
            dropped = edition.rename(edition.with_name(f".dropped-{edition.name}"))
            if step != "rename":
                shutil.rmtree(dropped)
        assert store.is_untouched(store.manifest())
    if step == "unlink":
        held = {record.sha256 for c in ("current", "released") for record in Store(output, c).manifest().pieces}
        next(path for path in (output / "objects").iterdir() if path.name not in held).unlink()
    done = prune(output, Limits(keep=1), TODAY, delete=True)
    assert (done.gone, done.problem) == ((), None)
    assert not list(output.rglob(".dropped-*"))
    assert sum(path.stat().st_size for path in (output / "objects").iterdir()) == done.after
    assert all(store.is_untouched(store.manifest()) for store in (Store(output), Store(output, "released")))


def test_an_edition_that_cannot_be_read(output: Path) -> None:
    """What it holds is not known, so nothing goes."""
    manifest = Store(output).editions()[1] / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text("{}", encoding="utf-8")
    done = prune(output, Limits(keep=1), TODAY, delete=True)
    assert done.problem is not None
    assert done.problem.code == "manifest-unreadable"
    assert len(_left(output)) == 6


def test_the_command(tmp_path: Path) -> None:
    """It says first what would go, and deletes when it is asked to; without a limit it asks for one."""
    project = make_bench(tmp_path / "project")

    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["--project", str(project.root), "prune", *arguments])
        return done.exit_code, done.output

    assert run()[0] == 2
    assert run("--size", "few")[0] == 2
    for text in (b"one", b"two"):
        _publish(Store(project.output), text)
    code, said = run("--keep", "1")
    assert (code, "would delete 1 edition" in said, len(Store(project.output).editions())) == (0, True, 2)
    code, said = run("--keep", "1", "--delete")
    assert (code, "deleted 1 edition" in said, len(Store(project.output).editions())) == (0, True, 1)
    assert "no edition goes" in run("--keep", "1")[1]
