"""Standards held by a checker that others wrote: a PDF's bytes go in, every breach of PDF/UA-1 and PDF/A-2a comes out.

The checker is the package `page-validation`: a program of its own in Rust, which passes the
test files of veraPDF and Isartor and needs nothing else on the machine.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import Final

PROFILES: Final = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule of a standard that a file does not keep: the checker's own name and words for it, and how often."""

    standard: str
    rule: str
    message: str
    count: int


def can_check() -> bool:
    """True where the checker is installed.

    It is loaded now, which starts no thread: a worker that is forked later has it, and would take longer to load it
    than to check a file.
    """
    return find_spec("page") is not None and bool(import_module("page"))


def breaches(pdf: bytes) -> list[Breach]:
    """Every breach of both standards, each rule once.

    The checker is run in a process of its own: it starts threads, and a process that is forked from one with threads
    waits for them for ever. A worker, from which nobody forks and which dies for one piece alone, runs it itself.

    Raises:
        ImportError: the checker is not installed.
        RuntimeError: the checker died of the file.
    """
    if not can_check():
        raise ImportError("the checker is not installed: pip install 'pressroom[preflight]'")
    if multiprocessing.parent_process() is not None:
        return _breaches(pdf)
    context = multiprocessing.get_context("fork")
    receive, send = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(send, pdf))
    process.start()
    send.close()
    try:
        found: list[Breach] = receive.recv()
    except EOFError:
        raise RuntimeError("the checker of PDF/UA-1 and PDF/A-2a died") from None
    finally:
        process.join()
        receive.close()
    return found


def _send(pipe: Connection, pdf: bytes) -> None:
    pipe.send(_breaches(pdf))
    pipe.close()


def _breaches(pdf: bytes) -> list[Breach]:
    import page  # the extra may be absent

    found: dict[tuple[str, str], list[str]] = {}
    for standard, profile in PROFILES.items():
        try:
            failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        except page.PageError as error:
            found.setdefault((standard, "unreadable"), []).append(str(error))
            continue
        for failure in failures:
            found.setdefault((standard, failure.rule_id), []).append(failure.message)
    return [Breach(standard, rule, said[0], len(said)) for (standard, rule), said in found.items()]
