"""Pieces rendered on all cores: prepared pieces go in, proofs come out in any order, a crash takes only its own.

A process a piece, forked after WeasyPrint is imported: it costs milliseconds, and a piece that dies, hangs or eats
memory is named and loses nobody else's work, as a pool's broken worker would.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import TYPE_CHECKING, Final

from pressroom.compose import Piece
from pressroom.diagnostics import Diagnostic, Span, diagnostic

if TYPE_CHECKING:
    from pressroom.render import Memo

_SECONDS: Final = 120
_BYTES: Final = 4 << 30


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came back from a worker: which piece (its place in the sequence), its bytes, pages and findings.

    `pdf` holds the bytes of whatever file it is; `kind` is the ending of its name, `made_as` the product it is. `memo`
    is what was measured of it, for the same piece of another clinic.
    """

    number: int
    pdf: bytes | None
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    kind: str = "pdf"
    made_as: str = ""
    memo: Memo | None = None


@dataclass(slots=True)
class _Worker:
    number: int
    process: ForkProcess
    pipe: Connection
    started: float


Make = Callable[[int, Piece], Rendered]


def render_all(pieces: Sequence[Piece], make: Make, jobs: int) -> Iterator[Rendered]:
    """Make the pieces, at most `jobs` at a time, each in a process of its own.

    To be called with fonts prepared and what `make` needs imported: the workers are forked with it.
    """
    waiting = list(enumerate(pieces))[::-1]
    running: list[_Worker] = []
    while waiting or running:
        while waiting and len(running) < jobs:
            running.append(_start(*waiting.pop(), make))
        wait([worker.pipe for worker in running], timeout=1.0)
        for worker in list(running):
            result = _result(worker, pieces[worker.number])
            if result is not None:
                running.remove(worker)
                yield result


def _start(number: int, piece: Piece, make: Make) -> _Worker:
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(send, number, piece, make))
    process.start()
    send.close()
    return _Worker(number, process, receive, time.monotonic())


def _work(pipe: Connection, number: int, piece: Piece, make: Make) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    pipe.send(make(number, piece))
    pipe.close()


def _result(worker: _Worker, piece: Piece) -> Rendered | None:
    """The worker's result, or a refusal where it died or ran too long; none while it works."""
    late = time.monotonic() - worker.started > _SECONDS
    if not late and not worker.pipe.poll():
        return None
    try:
        result: Rendered | None = worker.pipe.recv() if worker.pipe.poll() else None
    except (EOFError, OSError):
        result = None
    if result is None:
        worker.process.kill()
    worker.process.join()
    worker.pipe.close()
    if result is not None:
        return result
    how = f"ran longer than {_SECONDS} s" if late else f"died with code {worker.process.exitcode}"
    message = f"the worker that made {piece.document.name} in {piece.language.tag} {how}"
    hint = "build it alone to see more; report it with the document"
    problem = diagnostic("render-crashed", Span(piece.document.path), message, hint)
    return Rendered(worker.number, None, 0, (problem,))
