"""Kills commands (SIGKILL): `python -m tests.kills [--times N] [--seed N] [COMMAND …]`.

A fork of this process, which has all libraries loaded, runs the command on a copy of a small project. It is killed in
every second round at a moment by chance, else right before a step that changes the disk; each step has its turn. Then
each text file of the project must be as it was before or as it is after the whole command, each edition must be what
its manifest lists, no record may be torn, nothing may be out that the log lacks, and the same command must work and
sweep. Ends with 1 where anything else was found. `benchmarks/kills.py` kills builds and releases of one project that
lives on, while others read it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pressroom.approval.evidence import evidence_of
from pressroom.catalog.read import read_catalog
from pressroom.diagnostics import Severity, worst
from pressroom.language import find_language
from pressroom.publish import Store, read_manifest
from pressroom.publish.store import is_as_published
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import TODAY, Bench
from tests.kills.commands import CHANNELS, COMMANDS, copy_of, ready
from tests.kills.moments import count_steps, kill_at

_FORK = multiprocessing.get_context("fork")
# What is written again at will, or says only that somebody works here.
_PASSING = frozenset({".cache", "output"})


@dataclass(slots=True)
class Tally:
    """What happened, and everything that should not have."""

    moments: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    killed: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A command that was not killed: the texts before and after, how long it took, and its steps."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    seconds: float
    steps: int


def texts(bench: Bench) -> dict[str, bytes]:
    """Each file of the project by its path, without what is made from it."""
    paths = (path for path in bench.root.rglob("*") if path.is_file())
    named = {path.relative_to(bench.root): path for path in paths}
    return {str(name): path.read_bytes() for name, path in sorted(named.items()) if name.parts[0] not in _PASSING}


def kill_once(name: str, bench: Bench, chance: random.Random, whole: Whole, step: int | None, tally: Tally) -> None:
    """Run a command on a copy, kill it, and look."""
    run = partial(COMMANDS[name].run, bench)
    process = _FORK.Process(target=run if step is None else partial(kill_at, run, step))
    process.start()
    if step is None:
        time.sleep(chance.uniform(0, 1.1 * whole.seconds))
        ended = not process.is_alive()
        process.kill()
    process.join()
    ended = process.exitcode == 0 if step is not None else ended
    found = texts(bench)
    same = "as before" if found == whole.before else "as after" if found == whole.after else "between"
    how = "it had ended" if ended else "killed by chance" if step is None else "killed before a step"
    tally.moments[f"{name}: {how}, texts {same}"] += 1
    tally.killed += not ended
    where = f"{name}, killed before step {step}" if step is not None else f"{name}, killed by chance"
    tally.wrong += [f"{where}: {problem}" for problem in (*_torn(found, whole), *_lost(found, whole), *_broken(bench))]
    if not ended:
        tally.wrong += [f"{where}: {problem}" for problem in _next(name, bench, whole, same)]


def _next(name: str, bench: Bench, whole: Whole, same: str) -> list[str]:
    """What is wrong after the same command ran again; one that had done its work may refuse to do it twice."""
    for path in (*Path(tempfile.gettempdir()).glob("*"), *bench.root.rglob(".part-*")):
        os.utime(path, (0, 0))  # what was left long ago
    wrong = []
    try:
        COMMANDS[name].run(bench)
    except Exception as error:
        if same != "as after":
            wrong.append(f"the next one failed: {type(error).__name__}: {error}")
    found = texts(bench)
    torn = () if COMMANDS[name].adds else _changed(found, whole.after)
    wrong += [f"after the next: {problem}" for problem in (*torn, *_broken(bench))]
    missing = whole.after.keys() - found.keys()
    wrong += [f"after the next: {path} is not there" for path in sorted(missing)]
    left = [path for path in bench.root.rglob(".*") if path.name.startswith((".part-", ".dropped-", ".tmp"))]
    left += list(Path(tempfile.gettempdir()).iterdir())
    return wrong + [f"left lying about: {path.name}" for path in left]


def _torn(found: dict[str, bytes], whole: Whole) -> list[str]:
    """The files that are neither as before nor as after; a temporary one, whose name begins with a dot, is no file.

    A command may write a catalog twice; each time it is one that can be read to its end.
    """
    known = {*whole.before.values(), *whole.after.values()}
    torn = [path for path, data in found.items() if data not in known and not Path(path).name.startswith(".")]
    return [f"{path} is torn" for path in torn if not _is_catalog(path, found[path])]


def _is_catalog(path: str, data: bytes) -> bool:
    if Path(path).suffix not in (".po", ".pot"):
        return False
    language = find_language("es" if path.endswith(".po") else "en")
    catalog, problems = read_catalog(data, path, language)
    return catalog is not None and worst(problems) is not Severity.ERROR


def _changed(found: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The files that are not as after the whole command."""
    return [f"{path} is not as it should be" for path, data in after.items() if found.get(path, data) != data]


def _lost(found: dict[str, bytes], whole: Whole) -> list[str]:
    """The files that were there, whose path or bytes are nowhere now, and that the command does not delete."""
    there = set(found.values())
    gone = [path for path, data in whole.before.items() if path not in found and data not in there]
    return [f"{path} is lost" for path in gone if path in whole.after or whole.before[path] in whole.after.values()]


def _broken(bench: Bench) -> list[str]:
    """Records that can't be read, editions that are not what their manifest lists, and files that the log lacks."""
    records = Workspace(bench.project).records()
    wrong = [problem.message for problem in records.diagnostics]
    for channel in CHANNELS:
        store = Store(bench.output, channel)
        edition = store.current.resolve()
        if store.current.exists() and not is_as_published(edition, read_manifest(edition)):
            wrong.append(f"{edition.name} is not what its manifest lists")
    evidence = evidence_of(records.records, TODAY)
    out = Store(bench.output, "released").manifest().pieces
    return wrong + [
        f"{piece.path} is out and not in the log"
        for piece in out
        if piece.made and evidence.entry_of(piece.id, piece.path, piece.sha256) is None
    ]


def whole(name: str, bench: Bench, counted: Bench) -> Whole:
    """Run a command to its end, in a fork as the killed ones are; once more to count its steps."""
    before, began = texts(bench), time.monotonic()
    _run_whole(name, partial(COMMANDS[name].run, bench))
    seconds, after = time.monotonic() - began, texts(bench)
    here, there = _FORK.Pipe(duplex=False)
    _run_whole(name, partial(count_steps, partial(COMMANDS[name].run, counted), there))
    return Whole(before, after, seconds, here.recv())


def _run_whole(name: str, run: Callable[[], None]) -> None:
    process = _FORK.Process(target=run)
    process.start()
    process.join()
    assert process.exitcode == 0, f"{name} ends with {process.exitcode}"


def kills(names: Iterable[str], times: int, seed: int, report: Callable[[Tally], None] = lambda tally: None) -> Tally:
    """Kill each command so many times; `report` gets what happened to each."""
    whole_tally, chance, usual = Tally(), random.Random(seed), tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="pressroom-kills-") as folder:
        root = Path(folder)
        starts = ready(root / "starts")
        (root / "tmp").mkdir()
        tempfile.tempdir = str(root / "tmp")
        try:
            for name in names:
                tally = Tally()
                _kill(name, starts[COMMANDS[name].start], root / name, times, chance, tally)
                report(tally)
                whole_tally.killed += tally.killed
                whole_tally.wrong += tally.wrong
        finally:
            tempfile.tempdir = usual
    return whole_tally


def _kill(name: str, start: Bench, folder: Path, times: int, chance: random.Random, tally: Tally) -> None:
    temporary = Path(tempfile.gettempdir())
    done = whole(name, copy_of(start, folder / "a" / "whole"), copy_of(start, folder / "b" / "counted"))
    steps = list(range(done.steps))
    chance.shuffle(steps)
    for number in range(times):
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        # Where a command has few steps, chance has more turns.
        step = steps[number // 2] if number % 2 and number // 2 < len(steps) else None
        bench = copy_of(start, folder / "c" / str(number))
        kill_once(name, bench, chance, done, step, tally)
        shutil.rmtree(folder / "c")
    shutil.rmtree(folder)


def main() -> int:
    """Kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(COMMANDS))
    parser.add_argument("--times", type=int, default=75, help="kills of each command (default: 75)")
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    if unknown := [name for name in wanted.commands if name not in COMMANDS]:
        parser.error(f"no command to kill is called {unknown[0]!r}: there are {', '.join(COMMANDS)}")
    tally = kills(wanted.commands or list(COMMANDS), wanted.times, wanted.seed, _print)
    print(f"{tally.killed} killed, {len(tally.wrong)} wrong")
    return 1 if tally.wrong else 0


def _print(tally: Tally) -> None:
    for moment, count in sorted(tally.moments.items()):
        print(f"{count:6}  {moment}")
    print("".join(f"        {line}\n" for line in dict.fromkeys(tally.wrong)), end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
