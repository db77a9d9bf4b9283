"""Remembers that a build has nothing to do: the next one looks at marks of files, and reads none if they are the same.

What is remembered is the answer of a build that has nothing to do, with the marks of everything that the answer depends
on: each file and folder of the project that was read, the program, its libraries and fonts, and the edition. The
contents are compared once more when the marks are taken, see `project.file_marks`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pressroom.diagnostics import Diagnostic, Severity, Span
from pressroom.project.atomic import refuse_links
from pressroom.project.file_marks import TICK, Watched, is_past, mark_of, sorted_paths
from pressroom.project.kept import FOLDER, Kept

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace

_FORMAT: Final = 1
_ENGINE: Final = Path(__file__).parents[2]
# What the loader of libraries decides by.
_LOADER: Final = "/etc/ld.so.cache"
_ENVIRONMENT: Final = ("LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONPATH")
_NANOSECONDS: Final = 1e9


@dataclass(frozen=True, slots=True)
class Answer:
    """What a build with nothing to do says: its findings, a table, a summary, the file to open, and the exit code."""

    findings: tuple[Diagnostic, ...]
    rows: tuple[tuple[str, ...], ...]
    summary: str
    page: str
    failed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What a build was asked for: the project, the output, the names, how many editions to keep, and the day."""

    root: str
    output: str
    names: tuple[tuple[str, ...], ...]
    keep: int
    day: str

    @property
    def name(self) -> str:
        """The name that the answer is kept under; the day is in the answer, so that yesterday's is replaced."""
        return f"settled {json.dumps([self.root, self.output, self.names, self.keep])}"


def settled_answer(question: Question) -> Answer | None:
    """The answer to a build of the same question, if nothing changed since; None if that is not certain."""
    data = Kept.of(Path(question.root)).get(question.name)
    if data is None:
        return None
    try:
        note = json.loads(data)
        same = (note["format"], note["day"], note["circumstances"]) == (_FORMAT, question.day, _circumstances())
        watched = Watched(*map(tuple, note["watched"]))
        if not same or _whole(mark_of(watched).digest, program_mark()) != note["mark"]:
            return None
        return _answer(note["answer"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


@cache
def program_mark() -> str:
    """The mark of the program and the packages that it runs with, at the first call."""
    return mark_of(_program()).digest


def settle(workspace: Workspace, question: Question, answer: Answer, edition: Path) -> None:
    """Remember an answer, if everything that it depends on is known and is still what it was made from."""
    libraries = _loaded_libraries()
    if not libraries or not edition.is_symlink():
        return
    files, folders = workspace.files.seen()
    outputs = {Path(question.output), workspace.root / "output"}
    watched = Watched(
        sorted_paths(
            [*files, *libraries, *_fonts(workspace), *(path for output in outputs for path in _pages(output))]
        ),
        sorted_paths(folders),
        sorted_paths([edition.resolve()]),
    )
    try:
        mark = _settled_mark(workspace, watched)
    except OSError:
        return
    if mark is None:
        return
    note = {
        "format": _FORMAT,
        "day": question.day,
        "circumstances": _circumstances(),
        "watched": astuple(watched),
        "mark": mark,
        "answer": _plain_answer(answer),
    }
    Kept.of(workspace.root).put(question.name, json.dumps(note).encode())


def _settled_mark(workspace: Workspace, watched: Watched) -> str | None:
    """The mark, if the clock of the files went on since the last write, and all that was read is still the same."""
    folder = workspace.root / FOLDER
    refuse_links(workspace.root, folder / "any")
    folder.mkdir(parents=True, exist_ok=True)
    before, program = mark_of(watched), mark_of(_program())
    newest = max(before.newest, program.newest)
    if not is_past(newest, folder):
        time.sleep(2 * TICK / _NANOSECONDS)
    if not is_past(newest, folder) or program.digest != program_mark() or not workspace.files.are_as_read():
        return None
    # Only the manifest has no second name. Of a file that is a copy, the object would have to be looked at too.
    is_linked = before.single == 1
    return _whole(before.digest, program.digest) if is_linked and mark_of(watched).digest == before.digest else None


def _whole(project: str, program: str) -> str:
    return f"{project} {program}"


def _program() -> Watched:
    """The engine, and what decides which packages and libraries it loads.

    Of a folder of packages its own names count: an update renames the folder with a package's version.
    """
    packages = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    return Watched(sorted_paths([sys.executable, _LOADER, *packages]), trees=(str(_ENGINE),))


def _circumstances() -> list[str]:
    return [sys.version, sys.prefix, *(os.environ.get(name, "") for name in _ENVIRONMENT)]


def _loaded_libraries() -> list[Path]:
    """The files of the libraries that place letters, as the loader found them; none if one is unknown."""
    from pressroom.planning.versions import LIBRARY_FILES, library_versions

    library_versions()
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    loaded = {Path(line.split(maxsplit=5)[5]) for line in lines if "/" in line}
    found: list[Path] = []
    for name in LIBRARY_FILES:
        files = [path for path in loaded if path.name.startswith(f"{name.partition('.so')[0]}.so")]
        if not files:
            return []
        # The loader's own name for it is a link to the file.
        found += [link for path in files for link in (path, path.parent / name)]
    return found


def _fonts(workspace: Workspace) -> Iterator[Path]:
    from pressroom.language import font_file
    from pressroom.planning.fonts import all_families

    for family in all_families(workspace.languages().value):
        yield from (font_file(face) for face in family.faces)


def _pages(output: Path) -> tuple[Path, ...]:
    """What a build looks at in an output besides the edition's files."""
    names = ("current", "released", "released/manifest.json", "objects")
    pages = ("proofs.html", "proofs/files.json", "desk.html", "desk/files.json")
    return tuple(output / name for name in (*names, *pages))


def _plain_answer(answer: Answer) -> dict[str, Any]:
    findings = [[f.severity, f.code, f.span.path, f.span.line, f.message, f.hint] for f in answer.findings]
    return {
        "findings": findings,
        "rows": answer.rows,
        "summary": answer.summary,
        "page": answer.page,
        "failed": answer.failed,
    }


def _answer(table: dict[str, Any]) -> Answer:
    findings = tuple(
        Diagnostic(Severity(severity), code, Span(path, line), message, hint)
        for severity, code, path, line, message, hint in table["findings"]
    )
    rows = tuple(tuple(row) for row in table["rows"])
    return Answer(findings, rows, table["summary"], table["page"], table["failed"])
