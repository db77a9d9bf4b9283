"""The print desk as files: `desk.html`, and beside it a folder with the pages of each clinic, paper and language.

The pages need no server and no network. Addresses in them are relative, so the folder works from a memory stick.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from pressroom.commands.building.desk_entries import DeskEntry, Tray
from pressroom.commands.building.desk_notes import DeskNotes
from pressroom.commands.building.desk_view import DeskLanguage, Place, pieces, places, recall_boxes

# What a page loads, beside it in the folder.
ASSETS: Final = ("css/tokens.css", "css/app.css", "css/desk.css", "js/find.js", "js/desk-folder.js")


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture of a page: its address and its size in pixels."""

    address: str
    width: int
    height: int


# The pictures of files by SHA-256: the name of each below the folder's `pictures/`, and its size.
Pictures = Mapping[str, tuple[Picture, ...]]


@dataclass(frozen=True, slots=True)
class DeskFolder:
    """Which desk is written: of releases or of proofs, for one printer or for any, in a language of the interface.

    `interfaces` are all that are written, this one among them. `previews` are pictures of pages for the web: a name and
    the path from the output folder.
    """

    released: bool
    printer: str = ""
    interface: str = "en"
    interfaces: tuple[str, ...] = ("en",)
    pictures: Pictures = field(default_factory=dict)
    previews: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The name of its first page, without `.html`, and of its folder."""
        return self.named(self.interface)

    @property
    def shared(self) -> str:
        """The folder of what all its pages load."""
        return self.named(self.interfaces[0])

    def named(self, interface: str) -> str:
        """The same in another language of the interface."""
        name = "desk" if self.released else "proofs"
        return name if interface == self.interfaces[0] else f"{name}.{interface}"


@dataclass(frozen=True, slots=True)
class FolderLinks:
    """The addresses that the page at `page` has, a path from the output folder."""

    folder: DeskFolder
    page: str

    def up(self, path: str) -> str:
        """The address of a path from the output folder."""
        return quote(posixpath.relpath(path, posixpath.dirname(self.page) or "."))

    def asset(self, path: str) -> str:
        """A style or a script."""
        return self.up(f"{self.folder.shared}/static/{path}")

    def start(self) -> str:
        """The page where a clinic and a paper are chosen."""
        return self.up(f"{self.folder.name}.html")

    def any_printer(self) -> str:
        """The first page of the desk for any printer, from that of one printer."""
        return self.up(f"../../{self.folder.name}.html")

    def list(self, place: Place, tray: Tray) -> str:
        """The languages at a clinic."""
        return self.up(list_path(self.folder, place, tray))

    def language(self, place: Place, tray: Tray, one: DeskLanguage) -> str:
        """The pieces in a language."""
        return self.up(language_path(self.folder, place, tray, one))

    def shop(self, place: Place) -> str:
        """The files for a print shop and for the web."""
        return self.up(shop_path(self.folder, place))

    def file(self, entry: DeskEntry) -> str:
        """A file to print or to show."""
        return self.up(entry.path)

    def pictures(self, entry: DeskEntry | None) -> tuple[Picture, ...]:
        """The pictures of a file."""
        found = self.folder.pictures.get(entry.sha256, ()) if entry is not None else ()
        return tuple(Picture(self.up(f"{self.folder.shared}/{one.address}"), one.width, one.height) for one in found)


def list_path(folder: DeskFolder, place: Place, tray: Tray) -> str:
    """The path of a clinic's list of languages."""
    return f"{folder.name}/{place.clinic.id}/{tray.slug}/index.html"


def language_path(folder: DeskFolder, place: Place, tray: Tray, one: DeskLanguage) -> str:
    """The path of the page of a language."""
    return f"{folder.name}/{place.clinic.id}/{tray.slug}/{one.name}.html"


def shop_path(folder: DeskFolder, place: Place) -> str:
    """The path of a clinic's page for the print shop and the web."""
    return f"{folder.name}/{place.clinic.id}/shop.html"


def desk_pages(entries: Sequence[DeskEntry], notes: DeskNotes, folder: DeskFolder) -> Iterator[tuple[str, str]]:
    """Each page's path from the output folder, and its HTML; the first page of all is the last one."""
    clinics = places(entries, notes)
    for place in clinics:
        yield from clinic_pages(place, notes, folder)
    yield f"{folder.name}.html", first_page(clinics, notes, folder)


def first_page(clinics: Sequence[Place], notes: DeskNotes, folder: DeskFolder) -> str:
    """The page where a clinic and a paper are chosen."""
    shown = {
        "places": clinics,
        "anything": any(place.languages for place in clinics),
        "recalled": [place for place in clinics if place.to_pull],
        "place": None,
    }
    return _page("desk/clinics.html", f"{folder.name}.html", notes, folder, **shown)


def clinic_pages(place: Place, notes: DeskNotes, folder: DeskFolder) -> Iterator[tuple[str, str]]:
    """The pages of a clinic: for each paper those of its languages, then their list; and that for the print shop."""
    for tray in place.trays:
        for one in place.languages:
            path = language_path(folder, place, tray, one)
            yield path, _page("desk/language.html", path, notes, folder, **language_values(place, tray, one))
        path = list_path(folder, place, tray)
        yield path, _page("desk/list.html", path, notes, folder, **list_values(place, tray))
    if place.shop or folder.previews:
        path = shop_path(folder, place)
        previews = [(name, FolderLinks(folder, path).up(file)) for name, file in folder.previews]
        shown = {"place": place, "tray": place.trays[0], "previews": previews}
        yield path, _page("desk/shop.html", path, notes, folder, **shown)


def list_values(
    place: Place, tray: Tray, asked: str = "", found: Sequence[DeskLanguage] | None = None
) -> dict[str, object]:
    """What the list of languages of a clinic shows; `found` are those that a server found for what was `asked`."""
    to_pull = {(pull.number, pull.tag) for pull in place.to_pull}
    pulled = {one.name for one in place.languages for pull in one.pulls if (pull.number, pull.tag) in to_pull}
    listed = place.languages if found is None else found
    return {"place": place, "tray": tray, "pulled": pulled, "listed": listed, "asked": asked}


def language_values(place: Place, tray: Tray, one: DeskLanguage) -> dict[str, object]:
    """What the page of a language shows."""
    boxes = recall_boxes(place, one, tray)
    # A document that was recalled and not released again is in its red box alone.
    gone = {box.pull.document for box in boxes if not box.replaced}
    topics = (topic for topic in one.topics if topic.entries or topic.document not in gone)
    shown = [piece for topic in topics for piece in pieces(topic, tray)]
    return {"place": place, "tray": tray, "one": one, "pieces": shown, "boxes": boxes}


def _page(template: str, path: str, notes: DeskNotes, folder: DeskFolder, **shown: object) -> str:
    # Imported here: a build with nothing to do writes no page.
    from pressroom.commands.building.desk_words import DeskWords
    from pressroom.pages import render
    from pressroom.pages.words import autonym, translations

    links, gettext = FolderLinks(folder, path), translations(folder.interface).gettext
    return render(
        template,
        folder.interface,
        at=links,
        words=DeskWords(folder.interface),
        notes=notes,
        in_folder=True,
        released=folder.released,
        printer=folder.printer,
        heading=gettext("Print desk") if folder.released else gettext("Proofs: not for patients"),
        as_of=notes.today,
        good_until=notes.good_until,
        interfaces=[
            (tag, autonym(tag), links.up(path.replace(folder.name, folder.named(tag), 1))) for tag in folder.interfaces
        ],
        **shown,
    )
