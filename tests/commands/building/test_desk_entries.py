from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from pressroom.commands.building.desk_page import DeskEntry, desk_page

CARD = DeskEntry(
    "ar", "Arabic", "العربية", "rtl", "Signs of a clot", "Wallet cards, eight to cut out", "US Letter, plain",
    "two sides, flip on the long edge", "Meadow & Co", "released/ar/a b.pdf", "2027-11-30", "cut at the marks",
)  # fmt: skip
PAGE = replace(CARD, what="Page for a telephone", paper="", how="read on a screen", then="", path="released/ar/a.html")
SPANISH = replace(CARD, tag="es", english="Spanish", autonym="Español", direction="ltr", path="released/es/a.pdf")


class Reader(HTMLParser):
    """Notes links, headings and what is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        """What begins."""
        values = dict(attrs)
        self.links += [values["href"]] if tag == "a" else []
        self.headings += [tag] if tag in ("h1", "h2") else []
        self.ids += [values["id"]] if "id" in values else []
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag) -> None:
        """What was begun last ends."""
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    """The page read to its end; every element is closed."""
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    return reader


def test_from_language_to_file() -> None:
    """Every language is at the head by its own name, leads to its rows, and each row to its file."""
    page = desk_page((PAGE, SPANISH, CARD), released=True)
    reader = read(page)
    assert reader.links == ["#ar", "#es", "released/ar/a%20b.pdf", "released/ar/a.html", "released/es/a.pdf"]
    assert {"ar", "es"} <= set(reader.ids)
    assert '<span lang="ar" dir="rtl">العربية</span>' in page
    assert "Meadow &amp; Co" in page
    assert "until 2027-11-30" in page
    assert page.count("<td>two sides, flip on the long edge, 100 %</td>") == 2
    assert page.count("<td>cut at the marks</td>") == 2
    assert "<td>read on a screen</td>" in page
    assert reader.headings[0] == "h1"


def test_drafts_say_so() -> None:
    """The page of proofs says at its head and beside every file that it is a draft, and where the others are."""
    page = desk_page((CARD, SPANISH), released=False)
    assert "<h1>Drafts: not for patients</h1>" in page
    assert page.count("<b>draft</b>") == 2
    assert 'href="desk.html"' in page
    assert "<b>draft</b>" not in desk_page((CARD,), released=True)


def test_nothing_released() -> None:
    """Where nothing is released the page says so, and offers no draft instead."""
    page = desk_page((), released=True)
    assert "Nothing has been released yet" in page
    assert read(page).links == []


def test_written_with_a_build(minimal: Path, publish) -> None:
    """A build writes the page of its proofs, whose links lead to files that are there."""
    assert publish(minimal, "build", "--jobs", "1").exit_code == 0
    output = minimal / "output"
    links = [link for link in read((output / "proofs.html").read_text(encoding="utf-8")).links if link[0] != "#"]
    assert len(links) == 3
    assert all((output / link).is_file() for link in links if link != "desk.html")
    (output / "proofs.html").unlink()
    assert publish(minimal, "build", "--jobs", "1").exit_code == 0
    assert (output / "proofs.html").is_file()
