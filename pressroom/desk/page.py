"""The page for the staff who print: every language by its own name, and how to print each file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pressroom.data_files import data_text


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One file to print or to show: its language, what it is, and the settings of the printer.

    `paper` goes into the tray, `how` is what to choose in the print window beside the actual size, `then` what to do
    with the paper; a file to read on a screen has no paper. `until` is the last month it may be handed out, or empty.
    `path` leads from the page to the file.
    """

    tag: str
    english: str
    autonym: str
    direction: str
    title: str
    what: str
    paper: str
    how: str
    clinic: str
    path: str
    until: str = ""
    then: str = ""


def desk_page(entries: Sequence[DeskEntry], *, released: bool) -> str:
    """The page in HTML. A page of drafts says at its head and beside every file that they are not for patients."""
    # Imported here: a build with nothing to do writes no page.
    from markupsafe import Markup

    from pressroom.compose.template import render_page

    ordered = sorted(entries, key=lambda e: (e.english, e.title, not e.paper, e.paper, e.how, e.what, e.clinic))
    languages = [
        [list(files) for _, files in groupby(rows, key=lambda e: e.title)]
        for _, rows in groupby(ordered, key=lambda e: e.tag)
    ]
    title = "Print at the desk" if released else "Drafts: not for patients"
    style = Markup(data_text("desk/page.css"))
    return render_page("desk.html", title=title, style=style, languages=languages, released=released) + "\n"
