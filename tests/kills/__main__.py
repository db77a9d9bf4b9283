"""Kills commands at random moments: `python -m tests.kills [--times N] [--seed N] [COMMAND …]`.

A small project of invented people is made ready for each command: update, sign, recall and build. A fork of
this process, which has all libraries loaded, runs the command on a copy and is killed (SIGKILL) between its first
moment and its last. Then each text file of the project must be as it was before or as it is after the whole command,
each edition must be what its manifest lists, no record may be torn, and the same command must work. Ends with 1 where
anything else was found. `benchmarks/kills.py` kills builds and releases of one project that lives on, while others
read it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.commands.signing.withdraw import recall
from pressroom.publish import Store, read_manifest
from pressroom.publish.store import is_as_published
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import TODAY, Bench, make_bench

_FORK = multiprocessing.get_context("fork")
# What is written again at will, or says only that somebody works here.
_PASSING = frozenset({".cache", "output"})


def _update(bench: Bench) -> None:
    bench.update()


def _sign(bench: Bench) -> None:
    bench.sign("es", "translator")


def _recall(bench: Bench) -> None:
    recall(Workspace(bench.project), "signs", "", bench.publisher, "a misprint", TODAY, bench.output)


def _build(bench: Bench) -> None:
    assert not bench.build().failed


COMMANDS: dict[str, Callable[[Bench], None]] = {
    "update": _update,
    "sign": _sign,
    "recall": _recall,
    "build": _build,
}


@dataclass(slots=True)
class Tally:
    """What happened, and everything that should not have."""

    moments: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def ready(folder: Path) -> dict[str, Bench]:
    """A project for each command to begin with."""
    built = make_bench(folder / "built")
    built.build()
    changed = _copy(built, folder / "update")
    changed.edit(changed.source, "take 2 steps back", "take 2 steps back, and sit down")
    signed = _copy(built, folder / "signed")
    signed.sign_all()
    released = _copy(signed, folder / "released")
    assert not released.release().failed
    outdated = _copy(built, folder / "outdated")
    outdated.edit(outdated.source, "Call for help", "Call for help now")
    outdated.update()
    return {"update": changed, "sign": built, "recall": released, "build": outdated}


def texts(bench: Bench) -> dict[str, bytes]:
    """Each file of the project by its path, without what is made from it."""
    paths = (path for path in bench.root.rglob("*") if path.is_file())
    named = {path.relative_to(bench.root): path for path in paths}
    return {str(name): path.read_bytes() for name, path in sorted(named.items()) if name.parts[0] not in _PASSING}


def kill_once(name: str, start: Bench, folder: Path, chance: random.Random, whole: Whole, tally: Tally) -> None:
    """Run a command on a copy, kill it, and look."""
    bench = _copy(start, folder)
    process = _FORK.Process(target=COMMANDS[name], args=(bench,))
    process.start()
    time.sleep(chance.uniform(0, 1.1 * whole.seconds))
    ended = not process.is_alive()
    process.kill()
    process.join()
    found = texts(bench)
    same = "as before" if found == whole.before else "as after" if found == whole.after else "between"
    tally.moments[f"{name}: {'it had ended' if ended else 'killed'}, texts {same}"] += 1
    tally.wrong += [f"{name}: {path} is torn" for path in _torn(found, whole)]
    tally.wrong += [f"{name}: {path} is lost" for path in whole.before.keys() - found.keys() if path in whole.after]
    tally.wrong += [f"{name}: {problem}" for problem in _broken(bench)]
    if ended:
        return
    try:
        COMMANDS[name](bench)
    except Exception as error:
        tally.wrong.append(f"{name}: the next one failed: {type(error).__name__}: {error}")
    tally.wrong += [f"{name}, after the next: {problem}" for problem in _broken(bench)]
    left = [path.name for path in bench.root.rglob(".*.tmp*")]
    tally.wrong += [f"{name}: left lying about: {path}" for path in left]


def _torn(found: dict[str, bytes], whole: Whole) -> list[str]:
    """The files that are neither as before nor as after; a temporary one, whose name begins with a dot, is no file."""
    known = [(whole.before.get(path), whole.after.get(path), path, data) for path, data in found.items()]
    return [p for old, new, p, data in known if data not in (old, new) and not Path(p).name.startswith(".")]


def _broken(bench: Bench) -> list[str]:
    """Records that can't be read, and editions that are not what their manifest lists."""
    wrong = [problem.message for problem in Workspace(bench.project).records().diagnostics]
    for channel in ("current", "released"):
        store = Store(bench.output, channel)  # type: ignore[arg-type]
        edition = store.current.resolve()
        if store.current.exists() and not is_as_published(edition, read_manifest(edition)):
            wrong.append(f"{edition.name} is not what its manifest lists")
    return wrong


@dataclass(frozen=True, slots=True)
class Whole:
    """A command that was not killed: the texts before and after, and how long it took."""

    before: dict[str, bytes]
    after: dict[str, bytes]
    seconds: float


def whole(name: str, start: Bench, folder: Path) -> Whole:
    """Run a command to its end, in a fork as the killed ones are."""
    bench = _copy(start, folder)
    before, began = texts(bench), time.monotonic()
    process = _FORK.Process(target=COMMANDS[name], args=(bench,))
    process.start()
    process.join()
    assert process.exitcode == 0, f"{name} ends with {process.exitcode}"
    return Whole(before, texts(bench), time.monotonic() - began)


def _copy(bench: Bench, folder: Path) -> Bench:
    return Bench(Path(shutil.copytree(bench.root, folder, symlinks=True)), bench.keys)


def kills(names: list[str], times: int, seed: int) -> Tally:
    """Kill each command so many times."""
    tally, chance = Tally(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="pressroom-kills-") as folder:
        starts = ready(Path(folder))
        for name in names:
            done = whole(name, starts[name], Path(folder) / f"whole-{name}")
            for number in range(times):
                copy = Path(folder) / f"{name}-{number}"
                kill_once(name, starts[name], copy, chance, done, tally)
                shutil.rmtree(copy)
    return tally


def main() -> int:
    """Kill, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("commands", nargs="*", metavar="COMMAND", help=", ".join(COMMANDS))
    parser.add_argument("--times", type=int, default=200, help="kills of each command (default: 200)")
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    tally = kills(wanted.commands or list(COMMANDS), wanted.times, wanted.seed)
    for moment, count in sorted(tally.moments.items()):
        print(f"{count:6}  {moment}")
    print(f"{len(tally.wrong)} wrong")
    print("\n".join(dict.fromkeys(tally.wrong)))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
