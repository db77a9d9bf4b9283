"""The page for whoever stands at the printer: entries go in, one page of HTML with every language by its own name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """One file to print or to show: its language, what it is, and what the printer must be told.

    `paper` goes into the tray, `how` is what to choose in the print window beside the actual size, `then` what is done
    with the paper; what is read on a screen has no paper.
    `until` is the last month it may be handed out, or empty. `path` leads from the page to the file.
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
    """The page. Of drafts it says at the head and beside every file that they are not for patients."""
    ordered = sorted(entries, key=lambda e: (e.english, e.title, not e.paper, e.paper, e.how, e.what, e.clinic))
    languages = [(tag, list(rows)) for tag, rows in groupby(ordered, key=lambda e: e.tag)]
    title = "Print at the desk" if released else "Drafts: not for patients"
    parts = [
        f'<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<style>\n{_style()}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n{_how(released=released)}</header>\n",
        '<nav aria-label="Languages">\n<h2>Which language does the patient read?</h2>\n<ul>\n',
        *(_choice(rows[0]) for _, rows in languages),
        "</ul>\n</nav>\n<main>\n",
        *("".join(_language(rows, released=released)) for _, rows in languages),
        "" if languages else f"<p>{_NOTHING[released]}</p>\n",
        f"</main>\n{_EXPIRE if released else ''}</body>\n</html>\n",
    ]
    return "".join(parts)


# The page may lie on a desk for a year: what is past its day is not offered, whenever the page is opened.
_EXPIRE = """<script>
const today = new Date().toISOString();
for (const row of document.querySelectorAll("tr[data-until]")) {
  const until = row.dataset.until;
  if (today.slice(0, until.length) > until) row.querySelector("a").replaceWith("EXPIRED: do not print");
}
</script>
"""
_NOTHING = {
    True: "Nothing has been released yet: there is nothing to hand out.",
    False: "No drafts have been made yet. Run: publish.py build",
}


def _how(*, released: bool) -> str:
    if not released:
        return (
            "<p>These are proofs for those who check them. <b>None of them is for a patient.</b> "
            'What may be handed out is on <a href="desk.html">the page at the desk</a>.</p>\n'
        )
    return (
        "<ol>\n<li>Choose the patient’s language.</li>\n"
        "<li>Choose a row by the paper that is in the tray, and open the file.</li>\n"
        "<li>Print it as the row says, always at <b>actual size (100 %)</b>, never “Fit”.</li>\n"
        "<li>Hold the first sheet to the light: every back lies behind its front. Where not, the printer turned "
        "the paper on the other edge: change that in the print window, or take the row for the other edge.</li>\n"
        "<li>Cut or fold as the row says.</li>\n</ol>\n"
    )


def _choice(entry: DeskEntry) -> str:
    own = f'<span lang="{entry.tag}" dir="{entry.direction}">{escape(entry.autonym)}</span>'
    return f'<li><a href="#{entry.tag}">{own} <span class="english">{escape(entry.english)}</span></a></li>\n'


def _language(rows: Sequence[DeskEntry], *, released: bool) -> Iterator[str]:
    first = rows[0]
    own = f'<span lang="{first.tag}" dir="{first.direction}">{escape(first.autonym)}</span>'
    yield f'<section id="{first.tag}" aria-labelledby="of-{first.tag}">\n<h2 id="of-{first.tag}">{own} '
    yield f'<span class="english">{escape(first.english)}</span></h2>\n'
    for title, files in groupby(rows, key=lambda e: e.title):
        yield f"<table>\n<caption>{escape(title)}</caption>\n<thead><tr>"
        heads = ("In the tray", "In the print window", "What comes out", "Then", "Clinic", "File")
        yield "".join(f'<th scope="col">{head}</th>' for head in heads)
        yield "</tr></thead>\n<tbody>\n"
        yield from (_row(entry, released=released) for entry in files)
        yield "</tbody>\n</table>\n"
    yield "</section>\n"


def _row(entry: DeskEntry, *, released: bool) -> str:
    mark = "" if released else "<b>draft</b> "
    until = f' <span class="until">until {escape(entry.until)}</span>' if entry.until else ""
    verb, size = ("print", ", 100 %") if entry.paper else ("open", "")
    # Read alone by a screen reader, a link says which file it is.
    said = (entry.title, entry.english, entry.what, entry.paper, entry.how, entry.clinic)
    label = escape(f"{verb}: {', '.join(filter(None, said))}", quote=True)
    link = f'<a href="{quote(entry.path)}" aria-label="{label}">{verb}</a>'
    return (
        f'<tr{_until(entry)}><th scope="row">{escape(entry.paper or "nothing: on a screen")}</th>'
        f"<td>{escape(entry.how)}{size}</td>"
        f"<td>{escape(entry.what)}</td><td>{escape(entry.then)}</td><td>{escape(entry.clinic)}</td><td>{mark}{link}{until}</td></tr>\n"
    )


def _until(entry: DeskEntry) -> str:
    return f' data-until="{escape(entry.until, quote=True)}"' if entry.until else ""


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")
