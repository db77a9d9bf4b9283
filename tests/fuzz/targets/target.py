"""What a target is: a reader of what comes from outside, as a function of bytes, and what its mutations begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.hostile.case import HERE, copy_of_project, read_index

PROJECT: Final = HERE / "project"
Seeds = Callable[[], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader. It may return, or raise the errors that its callers know; whatever else it does is a finding.

    Its seeds are the `files` of the hostile project, what `made` returns, and the inputs of the hostile index at the
    places in `cases`. `longest` is how many bytes an input may have, `memory` how many megabytes it may take: what is
    read in a worker process may take more.
    """

    run: Callable[[bytes], object]
    files: tuple[str, ...] = ()
    made: Seeds = tuple
    cases: tuple[str, ...] = ()
    longest: int = 20_000
    memory: int = 150

    def seeds(self) -> list[bytes]:
        """Small inputs for a mutation to begin with, the right ones first."""
        right = [*((PROJECT / path).read_bytes() for path in self.files), *self.made()]
        known = dict.fromkeys([*right, *(data for place in self.cases for data in _inputs(place))])
        return [data for data in known if len(data) <= self.longest]


TARGETS: dict[str, Target] = {}


def target(
    *,
    files: tuple[str, ...] = (),
    made: Seeds = tuple,
    cases: tuple[str, ...] = (),
    longest: int = 20_000,
    memory: int = 150,
) -> Callable[[Callable[[bytes], object]], Callable[[bytes], object]]:
    """Registers a function as a target under its name, with hyphens."""

    def register(run: Callable[[bytes], object]) -> Callable[[bytes], object]:
        TARGETS[run.__name__.replace("_", "-")] = Target(run, files, made, cases, longest, memory)
        return run

    return register


def allowing(error: type[Exception], read: Callable[..., object], *given: object, **named: object) -> None:
    """Read; the error is the reader's declared refusal."""
    try:
        read(*given, **named)
    except error:
        return


def text_of(data: bytes) -> str:
    """The bytes as a text that a reader may get: always UTF-8."""
    return data.decode(errors="replace")


@cache
def scratch() -> Path:
    """A copy of the hostile project that targets write into; the folder goes when the process ends."""
    _KEPT.append(folder := TemporaryDirectory(prefix="fuzz-"))
    return copy_of_project(Path(folder.name) / "project")


_KEPT: Final[list[TemporaryDirectory[str]]] = []
_INPUTS_OF_FILES: Final = ("edit", "append", "text", "bytes", "make")


@cache
def _inputs(place: str) -> list[bytes]:
    """The inputs of the hostile index that are put into this place as bytes."""
    found = []
    with TemporaryDirectory() as folder:
        project = copy_of_project(Path(folder) / "project")
        for case in read_index():
            kind = case.input.partition(" ")[0]
            there = PROJECT / case.path
            if case.where != place or kind not in _INPUTS_OF_FILES or (kind == "edit" and not there.is_file()):
                continue
            (project / "case.bytes").write_bytes(there.read_bytes() if there.is_file() else b"")
            replace(case, where="case.bytes").put(project)
            found.append((project / "case.bytes").read_bytes())
    return found
