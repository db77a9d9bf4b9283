"""Writes one block of an English source for an author at the browser: no other byte of the file changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from pressroom.content.parse import parse_document
from pressroom.content.source_blocks import SourceBlock, source_blocks, with_block
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.project import Read
from pressroom.project.folder_lock import folder_lock
from pressroom.project.open_file import decoded, file_bytes
from pressroom.workspace.workspace import Workspace

# How often a file may be saved by another program between our reading and our writing of it.
_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """What an author wants a block to be: its number, the `SourceBlock.mark` that she saw, and its new Markdown."""

    number: int
    seen: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceSaved:
    """A block as it was and as it is in the file; `written` has the file if it changed. Findings stop nothing."""

    before: SourceBlock
    after: SourceBlock
    written: tuple[Path, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRefused:
    """Why nothing was written. `theirs` is the block of this number as it is now, if there is one."""

    why: Literal["changed", "gone", "unreadable", "unwritable"]
    theirs: SourceBlock | None = None
    findings: tuple[Diagnostic, ...] = ()


def source_of(workspace: Workspace, name: str) -> Path | None:
    """The file of a document; None if there is none."""
    return next((path for path in workspace.sources() if path.stem == name), None)


def read_blocks(workspace: Workspace, name: str) -> Read[tuple[SourceBlock, ...]]:
    """The blocks of a document's source, also if the document has errors; none if the file can't be read."""
    path = source_of(workspace, name)
    if path is None:
        return Read(())
    data = workspace.files.data(path)
    text, findings = decoded(data, workspace.relative(path))
    return Read(source_blocks(text) if text is not None else (), findings)


def edit_source(workspace: Workspace, name: str, edit: SourceEdit) -> SourceSaved | SourceRefused:
    """Write a block of a document's source, unless it changed since it was seen.

    What changed elsewhere in the file is no conflict. Markdown that would make a document unreadable is refused with
    the reasons; a document that has errors already may keep them.
    """
    path = source_of(workspace, name)
    if path is None:
        return SourceRefused("gone")
    try:
        with folder_lock(path.parent):
            for _ in range(_TRIES):
                done = _tried(workspace, path, edit)
                if done is not None:
                    return done
    except OSError as error:
        return SourceRefused("unwritable", findings=(_unwritable(workspace, path, error),))
    busy = OSError(11, "another program keeps saving it")
    return SourceRefused("unwritable", findings=(_unwritable(workspace, path, busy),))


def undo_source(workspace: Workspace, name: str, saved: SourceSaved) -> SourceSaved | SourceRefused:
    """Give a block the text that it had, unless it changed since it was saved."""
    return edit_source(workspace, name, SourceEdit(saved.after.number, saved.after.mark, saved.before.text))


def _tried(workspace: Workspace, path: Path, edit: SourceEdit) -> SourceSaved | SourceRefused | None:
    """One try; None if the file was saved by another program while it was changed here."""
    workspace.changed([path])
    data = file_bytes(workspace.root, path)
    text, findings = decoded(data, workspace.relative(path))
    if text is None or data.value is None:
        return SourceRefused("unreadable", findings=findings)
    raw = data.value.decode("utf-8")
    blocks = source_blocks(raw)
    block = _found(blocks, edit)
    written = "\n".join(edit.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n"))
    if block is None:
        there = next((one for one in blocks if one.number == edit.number), None)
        if there is None or there.text != written:
            return SourceRefused("changed" if there is not None else "gone", there)
        block = there
    if written == block.text:
        return SourceSaved(block, block)
    return _written(workspace, path, raw, block, written)


def _written(
    workspace: Workspace, path: Path, raw: str, block: SourceBlock, written: str
) -> SourceSaved | SourceRefused | None:
    name = workspace.relative(path)
    new = with_block(raw, block, written)
    try:
        data = new.encode("utf-8")
    except UnicodeEncodeError:
        return SourceRefused("unreadable", block, (diagnostic("file-unreadable", Span(name), "this is not UTF-8"),))
    text, findings = decoded(Read(data), name)
    problems = tuple(parse_document(text, name)[1]) if text is not None else findings
    was = decoded(Read(raw.encode("utf-8")), name)[0]
    had_errors = was is not None and parse_document(was, name)[0] is None
    if text is None or (worst(problems) is Severity.ERROR and not had_errors):
        return SourceRefused("unreadable", block, problems)
    if file_bytes(workspace.root, path).value != raw.encode("utf-8"):
        return None
    workspace.write(path, data)
    after = next((one for one in source_blocks(new) if one.line == block.line), block)
    return SourceSaved(block, after, (path,), problems)


def _found(blocks: tuple[SourceBlock, ...], edit: SourceEdit) -> SourceBlock | None:
    """The block that the author saw: at its number, or elsewhere if a block was added or taken out above it."""
    same = [block for block in blocks if block.mark == edit.seen]
    at_number = [block for block in same if block.number == edit.number]
    return at_number[0] if at_number else same[0] if len(same) == 1 else None


def _unwritable(workspace: Workspace, path: Path, error: OSError) -> Diagnostic:
    text = f"can't be written: {error.strerror or error}"
    hint = "the file is as it was; see that you may write it, then save again"
    return diagnostic("output-unwritable", Span(workspace.relative(path)), text, hint)
