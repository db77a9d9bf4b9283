"""Small pictures of the files at the desk, each drawn once and kept beside the pages under the hash of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressroom.project.atomic import write_atomic
from pressroom.publish.store import published_bytes

if TYPE_CHECKING:
    from pressroom.commands.building.desk_entries import DeskEntry
    from pressroom.commands.building.desk_folder import Picture

FOLDER: Final = "pictures"
# The hash of the file, the page, width and height.
NAME: Final = re.compile(r"([0-9a-f]{20})-([0-9])-([0-9]{1,4})x([0-9]{1,4})\.png")
_DIGITS: Final = 20


def draw_pictures(output: Path, name: str, entries: Iterable[DeskEntry]) -> dict[str, tuple[Picture, ...]]:
    """Draw what has no picture yet, in the folder `name` of an output; the pictures of all these files by SHA-256.

    A file that can't be read or drawn has no picture.

    Raises:
        OSError: a picture can't be written.
    """
    folder = output / name / FOLDER
    there = pictures_in(folder)
    found: dict[str, tuple[Picture, ...]] = {}
    for entry in entries:
        if entry.at_desk and entry.sha256 and entry.sha256 not in found:
            key = entry.sha256[:_DIGITS]
            if key not in there:
                there[key] = _draw(output, entry, folder)
            found[entry.sha256] = there[key]
    return found


def pictures_in(folder: Path) -> dict[str, tuple[Picture, ...]]:
    """The pictures that were drawn before, by the beginning of their file's hash."""
    from pressroom.commands.building.desk_folder import Picture

    found: dict[str, tuple[Picture, ...]] = {}
    for path in sorted(folder.glob("*.png")):
        match = NAME.fullmatch(path.name)
        # Without the first page a killed command drew the others.
        if match is not None and (match[2] == "1" or match[1] in found):
            picture = Picture(f"{FOLDER}/{path.name}", int(match[3]), int(match[4]))
            found[match[1]] = (*found.get(match[1], ()), picture)
    return found


def _draw(output: Path, entry: DeskEntry, folder: Path) -> tuple[Picture, ...]:
    """Draw a file's first pages. They are written last to first: with the first picture there, all are."""
    # Imported here: where nothing is new, no library that draws is loaded.
    from pressroom.commands.building.desk_folder import Picture
    from pressroom.postpress.thumbnails import thumbnails

    # The edition is a link to its folder.
    edition, _, path = entry.path.partition("/")
    try:
        drawn = thumbnails(published_bytes((output / edition).resolve(), path))
    except OSError:
        return ()
    pictures = []
    for number, one in reversed(list(enumerate(drawn, start=1))):
        name = f"{entry.sha256[:_DIGITS]}-{number}-{one.width}x{one.height}.png"
        write_atomic(folder / name, one.png)
        pictures.append(Picture(f"{FOLDER}/{name}", one.width, one.height))
    return tuple(reversed(pictures))
