"""The print desk as files: `desk.html`, and beside it a folder with the pages of each clinic, paper and language.

The pages need no server and no network. Addresses in them are relative, so the folder works from a memory stick.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from pressroom.commands.building.desk_entries import DeskEntry, Tray
from pressroom.commands.building.desk_notes import DeskNotes
from pressroom.commands.building.desk_pieces import pieces, recall_boxes
from pressroom.commands.building.desk_view import DeskLanguage, Place, places
from pressroom.fingerprint import fingerprint

# What a page loads, beside it in the folder.
ASSETS: Final = ("css/tokens.css", "css/app.css", "css/desk.css", "js/find.js", "js/desk-folder.js", "favicon.svg")

# The project's own colours, which are written for each project.
BRAND: Final = "css/brand.css"


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

    def brand(self) -> str:
        """The style of the project's colours."""
        return self.asset(BRAND)

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


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the desk: its path from the output folder, its template, and what that shows.

    `mark` changes with everything that the page shows; it is empty for the first page, which is always written.
    """

    path: str
    template: str
    folder: DeskFolder
    notes: DeskNotes
    shown: dict[str, object]
    mark: str = ""

    def html(self) -> str:
        """The page."""
        return _page(self.template, self.path, self.notes, self.folder, **self.shown)


def desk_pages(entries: Sequence[DeskEntry], notes: DeskNotes, folder: DeskFolder) -> Iterator[DeskPage]:
    """All pages; the first page of all is the last one."""
    clinics = places(entries, notes)
    for place in clinics:
        yield from clinic_pages(place, notes, folder)
    yield first_page(clinics, notes, folder)


def first_page(clinics: Sequence[Place], notes: DeskNotes, folder: DeskFolder) -> DeskPage:
    """The page where a clinic and a paper are chosen."""
    shown = {
        "places": clinics,
        "anything": any(place.languages for place in clinics),
        "recalled": [place for place in clinics if place.to_pull],
        "place": None,
    }
    return DeskPage(f"{folder.name}.html", "desk/clinics.html", folder, notes, shown)


def clinic_pages(place: Place, notes: DeskNotes, folder: DeskFolder) -> Iterator[DeskPage]:
    """The pages of a clinic: for each paper those of its languages, then their list; and that for the print shop."""

    def page(template: str, path: str, shown: dict[str, object], of: object) -> DeskPage:
        # Of the clinic a page of a language shows the name and the settings alone.
        known = (place.clinic, of, notes.today, notes.good_until, folder.interfaces, folder.printer, pages_mark())
        return DeskPage(path, template, folder, notes, shown, fingerprint(repr(known)))

    for tray in place.trays:
        for one in place.languages:
            shown = language_values(place, tray, one)
            pictures = [folder.pictures.get(piece.looks_like.sha256) for piece in shown["pieces"] if piece.looks_like]
            english = [piece.english for piece in shown["pieces"]]
            path = language_path(folder, place, tray, one)
            yield page("desk/language.html", path, shown, (one, tray, shown["boxes"], english, pictures))
        listed = ([(one.name, one.label, one.count, one.with_english) for one in place.languages], place.pulls)
        known = (tray, listed, [one.name for one in place.most_used], bool(place.shop))
        yield page("desk/list.html", list_path(folder, place, tray), list_values(place, tray), known)
    if place.shop or folder.previews:
        path = shop_path(folder, place)
        previews = [(name, FolderLinks(folder, path).up(file)) for name, file in folder.previews]
        shown = {"place": place, "tray": place.trays[0], "previews": previews}
        yield page("desk/shop.html", path, shown, (place.shop, place.trays[0], previews))


def list_values(
    place: Place, tray: Tray, asked: str = "", found: Sequence[DeskLanguage] | None = None
) -> dict[str, object]:
    """What the list of languages of a clinic shows; `found` are those that a server found for what was `asked`."""
    to_pull = {(pull.number, pull.tag) for pull in place.to_pull}
    pulled = {one.name for one in place.languages for pull in one.pulls if (pull.number, pull.tag) in to_pull}
    listed = place.languages if found is None else found
    return {"place": place, "tray": tray, "pulled": pulled, "listed": listed, "asked": asked}


def language_values(place: Place, tray: Tray, one: DeskLanguage) -> dict[str, Any]:
    """What the page of a language shows."""
    boxes = recall_boxes(place, one, tray)
    # A document that was recalled and not released again is in its red box alone.
    gone = {box.pull.document for box in boxes if not box.replaced}
    topics = (topic for topic in one.topics if topic.entries or topic.document not in gone)
    shown = [piece for topic in topics for piece in pieces(topic, tray)]
    return {"place": place, "tray": tray, "one": one, "pieces": shown, "boxes": boxes}


@cache
def pages_mark() -> str:
    """What decides how a page looks besides what it shows: the engine's templates, words, styles and this code."""
    from pressroom.pages import pages_version

    code = sorted(Path(__file__).parent.glob("desk_*.py"))
    return fingerprint(pages_version(), *(path.read_text(encoding="utf-8") for path in code))


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
