"""Fuzzes one target in a fork of this process, which an input may end."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fuzz import lines
from tests.fuzz.targets.target import Target
from tests.fuzz.watch import Watch, keep, limit_process

# Atheris counts branches; a reader that is counted takes about three times as long.
_SLOWER: Final = {"atheris": 3.0, "lines": lines.SLOWER}


@dataclass(frozen=True, slots=True)
class Order:
    """What a child is to do: fuzz with an engine for so many seconds, or so many inputs if `runs` is not 0.

    With an `input` it runs this one alone, as fast as a command does; with `minimise` it makes the corpus smaller.
    """

    engine: str = "lines"
    seconds: float = 60.0
    runs: int = 0
    seed: int = 1
    input: bytes | None = None
    minimise: bool = False


def run_child(target: Target, folder: Path, order: Order) -> tuple[int, float]:
    """The status of a child that did this, as `os.waitpid` has it, and its CPU seconds; its words are in `log`."""
    scratch = Path(tempfile.mkdtemp(prefix="fuzz-"))
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _in_child(target, folder, order, scratch)
    _, status, used = os.wait4(child, 0)
    shutil.rmtree(scratch, ignore_errors=True)
    return status, used.ru_utime + used.ru_stime


def _in_child(target: Target, folder: Path, order: Order, scratch: Path) -> None:
    """Do the order and end this process."""
    try:
        tempfile.tempdir = str(scratch)
        for stream in (1, 2):
            os.dup2(os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND), stream)
        _work(target, folder, order)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    # What libraries do at the end of a process is not looked at.
    os._exit(0)


def _work(target: Target, folder: Path, order: Order) -> None:
    kept = folder / "corpus"
    kept.mkdir(parents=True, exist_ok=True)
    seeds = target.seeds()
    with suppress(Exception):
        # What a target reads once is not counted against its first input.
        target.run(seeds[0])
    limit_process()
    watch = Watch(target, folder, slower=1.0 if order.input is not None else _SLOWER[order.engine])
    corpus = list(dict.fromkeys([*seeds, *(path.read_bytes() for path in sorted(kept.iterdir()))]))
    if order.input is not None:
        watch.run(order.input)
    elif order.minimise:
        needed = {*lines.smallest(watch.run, corpus)} - {*seeds}
        for path in kept.iterdir():
            path.unlink()
        for data in needed:
            keep(kept, data)
    elif order.engine == "atheris":
        _with_atheris(watch, target, corpus, folder, order)
    else:
        lines.fuzz(watch, corpus, kept, seconds=order.seconds, runs=order.runs, seed=order.seed)
    watch.write(done=True)


def _with_atheris(watch: Watch, target: Target, corpus: list[bytes], folder: Path, order: Order) -> None:
    """Let libFuzzer mutate; it ends with this process."""
    import atheris

    seeds = folder / "seeds"
    shutil.rmtree(seeds, ignore_errors=True)
    seeds.mkdir()
    for data in corpus:
        keep(seeds, data)

    def one(data: bytes) -> None:
        watch.run(data)
        done = watch.seconds() > order.seconds or watch.statistics.runs == order.runs
        if done or watch.statistics.runs % 256 == 0:
            watch.write(done=done)
        if done:
            # libFuzzer takes any exit for a fault.
            os.kill(os.getpid(), signal.SIGKILL)

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    options = [
        f"-seed={order.seed}", f"-max_len={target.longest}", "-timeout=100000", "-rss_limit_mb=0", "-detect_leaks=0",
        "-reload=0", f"-artifact_prefix={folder / 'failed'}/", "-report_slow_units=1000000",
    ]  # fmt: skip
    atheris.Setup(["fuzz", *options, str(folder / "corpus"), str(seeds)], one)
    atheris.Fuzz()
