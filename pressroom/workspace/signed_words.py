"""What lies beside a sign-off: the words that were signed, and what the signed drawings paint.

Neither decides anything: they show what changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pressroom.approval import SignOff, WordingLine
from pressroom.approval.wording import SIGNED_WORDS, SignedWords
from pressroom.drawing.lines import text_hash
from pressroom.project import Project
from pressroom.workspace.records import signoff_folder
from pressroom.workspace.workspace import Workspace


def last_words(workspace: Workspace, records: Sequence[SignOff]) -> tuple[SignOff, tuple[WordingLine, ...]] | None:
    """The last of these records whose signed words can still be read, with the words."""
    return next(((record, words) for record in reversed(records) if (words := signed_words(workspace, record))), None)


def signed_words(workspace: Workspace, record: SignOff) -> tuple[WordingLine, ...]:
    """The words that were signed; none if they can't be read."""
    path = _texts_folder(workspace.project, record) / f"{record.texts}.toml"
    with suppress(ValueError):
        return SIGNED_WORDS.read_file(workspace.files, path).message
    return ()


def write_words(workspace: Workspace, record: SignOff, lines: tuple[WordingLine, ...]) -> None:
    """Write the signed words beside the record; several records on the same words share one file."""
    name, text = SIGNED_WORDS.write(SignedWords(lines))
    workspace.write(_texts_folder(workspace.project, record) / name, text.encode())


def write_marks(workspace: Workspace, record: SignOff, marks: Mapping[str, str]) -> None:
    """Write what the signed drawings paint beside the record, one mark a line, each named by its hash."""
    folder = _marks_folder(workspace.project, record)
    for name, text in marks.items():
        workspace.write(folder / f"{name}.txt", text.encode())


def signed_marks(workspace: Workspace, record: SignOff, name: str) -> str:
    """What a signed drawing paints, by its hash; empty if its file is missing or changed."""
    text, _ = workspace.files.text(_marks_folder(workspace.project, record) / f"{name}.txt", optional=True)
    return text if text is not None and text_hash(text.splitlines()) == name else ""


def _marks_folder(project: Project, record: SignOff) -> Path:
    return _texts_folder(project, record).with_name("drawings")


def _texts_folder(project: Project, record: SignOff) -> Path:
    return signoff_folder(project, record.locale.replace("-", "_"), record.document) / "texts"
