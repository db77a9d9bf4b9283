"""Pieces rendered on all cores: prepared pieces go in, proofs come out in any order, a crash takes only its own.

A process a run of pieces, forked after WeasyPrint is imported: it costs milliseconds, and a piece that dies, hangs or
eats memory is named and loses nobody else's work, as a pool's broken worker would. Runs are for pieces that differ by
clinic alone: their fonts are loaded once. A piece that dies after others is tried again in a process of its own:
they may have used up what it needs.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import TYPE_CHECKING, Final

from pressroom.compose import Piece
from pressroom.diagnostics import Span, diagnostic
from pressroom.production.rendered import Rendered

if TYPE_CHECKING:
    pass

_SECONDS: Final = 120
_BYTES: Final = 4 << 30


@dataclass(slots=True)
class _Worker:
    """A process and the pieces it has still to make, of which it is at the first since `started`."""

    left: list[int]
    process: ForkProcess
    pipe: Connection
    started: float
    made: int = 0


Make = Callable[[int, Piece], Rendered]


def render_all(
    pieces: Sequence[Piece], make: Make, jobs: int, runs: Sequence[Sequence[int]] = ()
) -> Iterator[Rendered]:
    """Make the pieces, at most `jobs` at a time; each of `runs`, or else each piece, in a process of its own.

    To be called with fonts prepared and what `make` needs imported: the workers are forked with it.
    """
    waiting = [list(run) for run in runs or [[number] for number in range(len(pieces))]][::-1]
    running: list[_Worker] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            running.append(_start(waiting.pop(), pieces, make))
        wait([worker.pipe for worker in running], timeout=1.0)
        for worker in list(running):
            result = _result(worker, pieces, waiting)
            if not worker.left:
                running.remove(worker)
            if result is not None:
                yield result


def _start(run: list[int], pieces: Sequence[Piece], make: Make) -> _Worker:
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(send, tuple(run), pieces, make))
    process.start()
    send.close()
    return _Worker(run, process, receive, time.monotonic())


def _work(pipe: Connection, run: Sequence[int], pieces: Sequence[Piece], make: Make) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    for number in run:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(used.ru_utime + used.ru_stime) + _SECONDS, most))
        pipe.send(make(number, pieces[number]))
    pipe.close()


def _result(worker: _Worker, pieces: Sequence[Piece], waiting: list[list[int]]) -> Rendered | None:
    """The worker's next result, or a refusal where it died or ran too long; none while it works.

    A worker that is done with, or dead, has nothing left; what it had not begun waits again.
    """
    late = time.monotonic() - worker.started > _SECONDS
    if not late and not worker.pipe.poll():
        return None
    try:
        result: Rendered | None = worker.pipe.recv() if worker.pipe.poll() else None
    except (EOFError, OSError):
        result = None
    number = worker.left.pop(0)
    if result is not None:
        worker.made, worker.started = worker.made + 1, time.monotonic()
        if not worker.left:
            _end(worker)
        return result
    worker.process.kill()
    _end(worker)
    waiting += [run for run in (worker.left, [number] if worker.made and not late else []) if run]
    again, worker.left = worker.made > 0 and not late, []
    return None if again else _refused(worker, number, pieces[number], late=late)


def _end(worker: _Worker) -> None:
    worker.process.join()
    worker.pipe.close()


def _refused(worker: _Worker, number: int, piece: Piece, *, late: bool) -> Rendered:
    how = f"ran longer than {_SECONDS} s" if late else f"died with code {worker.process.exitcode}"
    message = f"the worker that made {piece.document.name} in {piece.language.tag} {how}"
    hint = "build it alone to see more; report it with the document"
    problem = diagnostic("render-crashed", Span(piece.document.path), message, hint)
    return Rendered(number, None, 0, (problem,))
