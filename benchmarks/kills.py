"""Kills real builds and releases at random moments, and reads what a reader then finds.

    python -m benchmarks.kills [--kills 1000] [--seed 7]

A small project of invented people is signed and released once; then, again and again, its version is raised and a
build of its proofs or a release of it is forked from this process, which has all libraries loaded, and killed
(SIGKILL) somewhere between its first moment and its last, in every second round while it publishes, which takes a
hundredth of the time: it alone, its workers left over, or all of them. While it
runs and after it is dead `output/current` and `output/released` are read as anybody would read them. Ends with 1 where
a reader ever found anything but one whole edition.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.approval.evidence import evidence_of
from pressroom.publish import Store, read_manifest
from pressroom.publish.store import Channel, is_as_published
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import TODAY, Bench, make_bench

CHANNELS: tuple[Channel, Channel] = ("current", "released")
# A fresh project after so many rounds: the log of releases grows with each.
_ROUNDS = 150


@dataclass(slots=True)
class Tally:
    """What happened: moments by name, how often was read, and everything a reader should never find."""

    moments: Counter[str] = field(default_factory=Counter)
    reads: int = 0
    wrong: list[str] = field(default_factory=list)


def read(bench: Bench, tally: Tally) -> None:
    """Read both editions as anybody would: follow the link once, then its manifest and every file of it."""
    for channel in CHANNELS:
        edition = Store(bench.output, channel).current.resolve()
        manifest = read_manifest(edition)
        tally.reads += 1
        if not manifest.pieces:
            tally.wrong.append(f"{channel}: no manifest in {edition}")
        elif not is_as_published(edition, manifest):
            tally.wrong.append(f"{channel}: {edition} is not what its manifest lists")
        elif len({piece.facts.version for piece in manifest.pieces if piece.made}) != 1:
            tally.wrong.append(f"{channel}: two versions in {edition}")


def read_log(bench: Bench, tally: Tally) -> None:
    """Read the records: none is torn, and everything that is out is in the log."""
    found = Workspace(bench.project).records()
    tally.wrong += [d.message for d in found.diagnostics]
    pieces = Store(bench.output, "released").manifest().pieces
    evidence = evidence_of(found.records, TODAY)
    out = [piece for piece in pieces if evidence.entry_of(piece.id, piece.path, piece.sha256) is None]
    tally.wrong += [f"{piece.path} is out and not in the log" for piece in out]


def _work(bench: Bench, releasing: bool) -> None:
    os.setpgid(0, 0)
    if releasing:
        bench.release()
    else:
        bench.build()


def _start(bench: Bench, releasing: bool) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=_work, args=(bench, releasing))
    process.start()
    return process


def _sweep(group: int | None) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group or 0, signal.SIGKILL) if group else None


def _row(bench: Bench, releasing: bool) -> Path:
    """The folder that a new edition is started in."""
    return bench.output / ("editions" if releasing else "generations")


def _wait_for_publishing(bench: Bench, releasing: bool, process: multiprocessing.process.BaseProcess) -> None:
    row = _row(bench, releasing)
    before = row.stat().st_mtime_ns
    while process.is_alive() and row.stat().st_mtime_ns == before:
        time.sleep(0.0002)


def _version(bench: Bench, number: int) -> None:
    bench.edit(bench.source, f'version: "1.{number - 1}"', f'version: "1.{number}"')


def rounds(folder: Path, first: int, last: int, chance: random.Random, tally: Tally) -> None:
    """Kill a build or a release in each round from `first` on."""
    bench = make_bench(folder)
    bench.build()
    bench.sign_all()
    bench.release()
    lasts, tails = {}, {}
    for number, releasing in ((1, False), (2, True)):
        _version(bench, number)
        began = time.monotonic()
        process, row = _start(bench, releasing), _row(bench, releasing)
        before = row.stat().st_mtime_ns
        while process.is_alive() and row.stat().st_mtime_ns == before:
            pass
        publishing = time.monotonic()
        process.join()
        lasts[releasing], tails[releasing] = time.monotonic() - began, time.monotonic() - publishing
        read(bench, tally)
    for number in range(first, last):
        _version(bench, number - first + 3)
        releasing, alone = chance.random() < 0.5, chance.random() < 0.5
        before = Store(bench.output, CHANNELS[releasing]).current.resolve()
        moment = time.monotonic() + chance.uniform(0, 1.1) * lasts[releasing]
        process = _start(bench, releasing)
        if number % 2:
            _wait_for_publishing(bench, releasing, process)
            time.sleep(chance.uniform(0, tails[releasing]))
        else:
            while time.monotonic() < moment:
                read(bench, tally)
                time.sleep(0.05)
        done = not process.is_alive()
        process.kill()
        if not alone:
            _sweep(process.pid)
        process.join()
        read(bench, tally)
        read_log(bench, tally)
        _sweep(process.pid)
        after = Store(bench.output, CHANNELS[releasing]).current.resolve()
        when = "it had ended" if done else "before its edition" if before == after else "after its edition, cleaning up"
        tally.moments[f"{'release' if releasing else 'build'}, {when}"] += 1
        tally.moments["killed with its workers" if not alone else "killed alone"] += 0 if done else 1
    _version(bench, last - first + 3)
    bench.build()
    assert not bench.release().failed
    read(bench, tally)
    read_log(bench, tally)
    left = [p for p in bench.output.rglob(".*") if p.name != ".lock"]
    tally.wrong += [f"left lying about: {path}" for path in left]


def main() -> int:
    """Run, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    chance, tally, number = random.Random(wanted.seed), Tally(), 0
    began = time.monotonic()
    while _kills(tally) < wanted.kills:
        with tempfile.TemporaryDirectory(prefix="pressroom-kills-") as folder:
            rounds(Path(folder) / "project", number, number + min(_ROUNDS, wanted.kills), chance, tally)
        number += _ROUNDS
        print(f"{_kills(tally)} killed, {tally.reads} reads, {len(tally.wrong)} wrong", flush=True)
    for moment, count in sorted(tally.moments.items()):
        print(f"{count:6}  {moment}")
    print(f"{_kills(tally)} killed, {tally.reads} reads, {len(tally.wrong)} wrong, {time.monotonic() - began:.0f} s")
    print("\n".join(dict.fromkeys(tally.wrong)))
    return 1 if tally.wrong else 0


def _kills(tally: Tally) -> int:
    return tally.moments["killed alone"] + tally.moments["killed with its workers"]


if __name__ == "__main__":
    sys.exit(main())
