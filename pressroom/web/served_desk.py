"""The print desk as the server shows it: what is at the desk now, and the addresses of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request

from pressroom.commands.building.desk_entries import DeskEntry, Tray
from pressroom.commands.building.desk_files import unique_files
from pressroom.commands.building.desk_folder import Picture
from pressroom.commands.building.desk_notes import DeskNotes
from pressroom.commands.building.desk_pictures import FOLDER, pictures_in
from pressroom.commands.building.desk_view import DeskLanguage, Place, places
from pressroom.commands.signing.desk import desk_today
from pressroom.pages import static_version
from pressroom.publish.store import sha256_of
from pressroom.web.respond import BRAND, project_of, settings_of
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ServedDesk:
    """The desk as it is at a mark of the project's files, on a day."""

    mark: int
    today: date
    output: Path
    clinics: tuple[Place, ...]
    notes: DeskNotes
    files: dict[str, DeskEntry]
    pictures: dict[str, tuple[Picture, ...]]

    def place(self, clinic: str) -> Place:
        """A clinic by its id."""
        found = next((place for place in self.clinics if place.clinic.id == clinic), None)
        if found is None:
            raise HTTPException(404)
        return found


@dataclass(frozen=True, slots=True)
class ServedLinks:
    """The addresses of the desk's pages; `pictures_of` are the pictures by the beginning of a file's hash."""

    pictures_of: dict[str, tuple[Picture, ...]]

    def asset(self, path: str) -> str:
        """A style or a script."""
        return f"/static/{static_version()}/{path}"

    def up(self, path: str) -> str:
        """A page of another face."""
        return f"/{path}"

    def brand(self) -> str:
        """The style of the project's colours."""
        return BRAND

    def start(self) -> str:
        """Where a clinic and a paper are chosen."""
        return "/desk/?choose"

    def any_printer(self) -> str:
        """The desk for any printer: this one."""
        return "/desk/"

    def list(self, place: Place, tray: Tray) -> str:
        """The languages at a clinic."""
        return f"/desk/{place.clinic.id}/{tray.slug}/"

    def language(self, place: Place, tray: Tray, one: DeskLanguage) -> str:
        """The pieces in a language."""
        return f"/desk/{place.clinic.id}/{tray.slug}/{quote(one.name)}"

    def shop(self, place: Place) -> str:
        """The files for a print shop and for the web."""
        return f"/desk/{place.clinic.id}/shop"

    def confirm(self, place: Place, number: str) -> str:
        """Where the form of a recall is sent."""
        return f"/desk/{place.clinic.id}/recalls/{number}"

    def file(self, entry: DeskEntry) -> str:
        """A file to print or to show."""
        return f"/desk/-/{quote(entry.path)}"

    def pictures(self, entry: DeskEntry | None) -> tuple[Picture, ...]:
        """The pictures of a file."""
        found = self.pictures_of.get(entry.sha256[:20], ()) if entry is not None else ()
        return tuple(Picture(f"/desk/-/{one.address}", one.width, one.height) for one in found)


class FileHashes:
    """The hashes of published files; one is read again only if its size, its time or its inode changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, int, int], str]] = {}

    def of(self, path: Path) -> str:
        """The SHA-256 of a file; empty if it can't be read."""
        try:
            found = path.stat()
        except OSError:
            return ""
        mark, known = (found.st_size, found.st_mtime_ns, found.st_ino), self._known.get(path)
        if known is None or known[0] != mark:
            known = (mark, sha256_of(path))
            self._known[path] = known
        return known[1]


async def served_desk(request: Request) -> ServedDesk:
    """The desk as of now; read again only if a file of the project changed."""
    project, today = project_of(request), settings_of(request).today()
    mark = project.mark
    known: ServedDesk | None = getattr(request.app.state, "served_desk", None)
    if known is not None and (known.mark, known.today) == (mark, today):
        return known

    hashes: FileHashes = getattr(request.app.state, "desk_hashes", None) or FileHashes()
    request.app.state.desk_hashes = hashes

    def read(workspace: Workspace) -> ServedDesk:
        output = workspace.output
        entries, notes = desk_today(workspace, output, today, hashes.of)
        files = unique_files(entries)
        pictures = pictures_in(output / "desk" / FOLDER)
        by_path = {entry.path: entry for entry in files}
        return ServedDesk(mark, today, output, places(files, notes), notes, by_path, pictures)

    desk = await project.ask(read)
    request.app.state.served_desk = desk
    return desk
