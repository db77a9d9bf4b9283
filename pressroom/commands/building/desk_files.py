"""What is in a desk's folder besides its pages: the lists that the next writer reads; and the files at the desk."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from pressroom.border import BorderError, border
from pressroom.commands.building.desk_entries import DeskEntry
from pressroom.commands.building.desk_folder import DeskFolder
from pressroom.commands.building.desk_notes import DeskNotes
from pressroom.project import file_text
from pressroom.publish import PieceRecord
from pressroom.publish.store import Channel

# The paths of all files that the pages lead to.
FILES: Final = "files.json"
# The marks of the pages: one that would say the same is not made again.
MARKS: Final = "pages.json"


def desk_entries(channel: Channel, offered: Iterable[PieceRecord], notes: DeskNotes) -> Iterator[DeskEntry]:
    """The files of these pieces, as their labels and the notes say."""
    for record in offered:
        facts, number = record.facts, notes.numbers.get(record.path, "")
        yield DeskEntry(
            record.locale,
            record.clinic,
            record.document,
            facts.label,
            f"{channel}/{record.path}",
            facts.review_by,
            small_print=f"{number} · {record.locale} · {facts.version} … {facts.inputs}" if number else "",
            product=record.product,
            sha256=record.sha256,
            beside_english=record.path in notes.beside,
        )


def unique_files(entries: Iterable[DeskEntry]) -> tuple[DeskEntry, ...]:
    """The files without a second one that is the same for people."""
    # Two products may give way to the same one in a language: their entries differ only in the file.
    unique: dict[DeskEntry, DeskEntry] = {}
    for entry in entries:
        unique.setdefault(replace(entry, path="", product="", sha256=""), entry)
    return tuple(unique.values())


def marks(folder: Path) -> dict[str, tuple[str, str]]:
    """By the path of a page its mark and the SHA-256 of its file, when they were last written; empty if unknown."""
    text, _ = file_text(folder, MARKS, optional=True)
    with suppress(BorderError), border():
        return {path: (mark, sha256) for path, (mark, sha256) in json.loads(text or "{}").items()}
    return {}


def listed_files(folder: Path, channel: Channel) -> frozenset[str]:
    """The paths that the pages of a desk lead to, from their list; none if it can't be read."""
    text, _ = file_text(folder / DeskFolder(channel == "released").name, FILES, optional=True)
    with suppress(BorderError), border():
        paths = json.loads(text or "[]")
        if isinstance(paths, list) and all(isinstance(path, str) for path in paths):
            return frozenset(paths)
    return frozenset()


def previews_of(folder: Path, entries: Iterable[DeskEntry]) -> Iterator[tuple[str, str]]:
    """The pictures of pages that `build --previews` wrote of these files: their names and paths."""
    known = {(entry.tag, f"{entry.document}.{entry.product}.PROOF") for entry in entries}
    for path in sorted((folder / "previews").glob("*/*.png")):
        if (path.parent.name, path.stem.rpartition("-")[0]) in known:
            yield path.name, path.relative_to(folder).as_posix()


def forget(folder: Path, desk: DeskFolder, wanted: Collection[str]) -> None:
    """Delete the pages and pictures of what is no longer at the desk."""
    for name in (desk.named(interface) for interface in desk.interfaces):
        for file in sorted((folder / name).rglob("*"), reverse=True):
            if file.is_dir() and not file.is_symlink():
                with suppress(OSError):
                    file.rmdir()
            elif file.relative_to(folder).as_posix() not in wanted and file.name not in (FILES, MARKS):
                file.unlink()
