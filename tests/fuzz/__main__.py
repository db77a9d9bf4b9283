"""Fuzzes the readers of what comes from outside: `python -m tests.fuzz [TARGET …] [--minutes N] [--seed N]`.

With atheris where it can be imported (`pip install atheris`), which follows the branches of the engine and of the
libraries that are written in Python; else with the mutator of `lines.py`, which needs nothing. Each target runs in a
process of its own. What reaches something new is kept in `.cache/fuzz/TARGET/corpus/`, where the next run begins; a run
of a minute or more leaves of it only what is needed. An input is a fault if its target raises what it may not, or takes
more than 2 s of CPU time or 150 MB: it is in `.cache/fuzz/TARGET/failed/`, with the reason beside it.
`python -m tests.fuzz TARGET --input FILE` runs one again.
"""

from __future__ import annotations

import argparse
import io
import sys
from contextlib import AbstractContextManager, nullcontext, redirect_stderr
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.fuzz.targets.target import Target

_CACHE: Final = Path(__file__).parents[2] / ".cache" / "fuzz"
_ENGINES: Final = ("atheris", "lines")
# Whose branches atheris follows.
_FOLLOWED: Final = [
    "pressroom", "polib", "markdown_it", "tinycss2", "tomllib", "fontTools.ttLib", "yaml", "zipfile", "PIL",
]  # fmt: skip


def main() -> int:
    """Fuzz what was asked for; 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=1.0, help="CPU time for each target (default: 1)")
    parser.add_argument("--runs", type=int, default=0, help="inputs for each target, instead of a time")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=_ENGINES, default="atheris" if find_spec("atheris") else "lines")
    parser.add_argument("--input", type=Path, help="run this file alone")
    parser.add_argument("--cache", type=Path, default=_CACHE)
    parser.add_argument("--also", action="append", default=[], metavar="MODULE", help="a module with more targets")
    wanted = parser.parse_args()
    wanted.engine = "lines" if wanted.input else wanted.engine
    targets = _loaded(wanted.engine, wanted.also)
    if unknown := {*wanted.targets} - {*targets}:
        parser.error(f"no target is called {', '.join(sorted(unknown))}; there are {', '.join(targets)}")
    chosen = {name: targets[name] for name in wanted.targets or targets}
    return _again(chosen, wanted) if wanted.input else _fuzz(chosen, wanted)


def _loaded(engine: str, also: list[str]) -> dict[str, Target]:
    """All targets, with what they import, ready to be counted."""
    counted: AbstractContextManager[Any] = nullcontext()
    if engine == "atheris":
        import atheris

        counted = atheris.instrument_imports(include=_FOLLOWED, enable_loader_override=False)
    # Atheris names each module that it follows.
    with redirect_stderr(io.StringIO()), counted:
        from tests.fuzz.all_targets import TARGETS

        for module in also:
            import_module(module)
    return TARGETS


def _again(targets: dict[str, Target], wanted: argparse.Namespace) -> int:
    from tests.fuzz.campaign import reason_of, statistics_of
    from tests.fuzz.child import Order, run_child

    ((name, target),) = targets.items()
    folder = wanted.cache / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "statistics.json").unlink(missing_ok=True)
    status, used = run_child(target, folder, Order(input=wanted.input.read_bytes()))
    statistics = statistics_of(folder)
    faults = [*statistics.get("faults", {})] or ([] if statistics.get("done") else [reason_of(status)])
    print(", ".join(faults) or "no fault", f"in {used:.1f} s")
    return 1 if faults else 0


def _fuzz(targets: dict[str, Target], wanted: argparse.Namespace) -> int:
    from tests.fuzz.campaign import fuzz
    from tests.fuzz.child import Order, run_child
    from tests.fuzz.produced import produce

    if any(name.startswith("pdf-") for name in targets):
        produce()
    print(f"with {wanted.engine}", flush=True)
    failed = False
    for name, target in targets.items():
        folder = wanted.cache / name
        seconds = float("inf") if wanted.runs else wanted.minutes * 60
        campaign = fuzz(target, folder, engine=wanted.engine, seconds=seconds, seed=wanted.seed, runs=wanted.runs)
        if seconds >= 60 and not wanted.runs:
            run_child(target, folder, Order(minimise=True))
            campaign.corpus = len(list((folder / "corpus").iterdir()))
        failed = failed or bool(campaign.faults)
        print(f"{name}: {campaign}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
