from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

from pressroom.approval import Label
from pressroom.commands.building.desk_notes import Absence, DeskNotes, Known, Pull, known_to
from pressroom.commands.building.desk_page import DeskEntry, desk_page

ARABIC = Label(
    "Arabic", "العربية", "rtl", "Signs of a clot", "علامات", "Meadow & Co", "Wallet cards, eight to cut out",
    "US Letter, plain", "two sides, flip on the long edge", "cut at the marks",
)  # fmt: skip
CARD = DeskEntry("ar", "meadow", "clot", ARABIC, "released/ar/a b.pdf", "2027-11-30")
ON_SCREEN = replace(ARABIC, what="Page for a telephone", paper="", how="read on a screen", then="")
PAGE = replace(CARD, label=ON_SCREEN, path="released/ar/a.html")
SPANISH = replace(
    CARD,
    tag="es",
    label=replace(ARABIC, language="Spanish", autonym="Español", direction="ltr", own_title=""),
    path="released/es/a.pdf",
)
ENGLISH = replace(
    CARD,
    tag="en",
    label=replace(ARABIC, language="English", autonym="English", direction="ltr", own_title="Signs of a clot"),
    path="released/en/a.pdf",
)
NONE = DeskNotes()


class Reader(HTMLParser):
    """Notes links with their words, headings and what is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        """What begins."""
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"])
            self.names.append("")
        self.headings += [tag] if tag in ("h1", "h2", "h3", "h4") else []
        self.ids += [values["id"]] if "id" in values else []
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_data(self, data) -> None:
        """The words of a link are its name."""
        if "a" in self.open:
            self.names[-1] += data

    def handle_endtag(self, tag) -> None:
        """What was begun last ends."""
        assert self.open.pop() == tag


def read(page: str) -> Reader:
    """The page read to its end; every element is closed, every anchor is there, and no id is there twice."""
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    return reader


def files(page: str) -> list[str]:
    """The files that the page leads to, in its order."""
    return [link for link in read(page).links if not link.startswith("#")]


def test_from_language_to_file() -> None:
    """Every language is at the head by its own name, leads to its rows, and each row to its file."""
    page = desk_page((PAGE, SPANISH, CARD), NONE, released=True)
    reader = read(page)
    assert {"#ar", "#es"} <= set(reader.links)
    assert files(page) == ["released/ar/a%20b.pdf", "released/ar/a.html", "released/es/a.pdf"]
    assert page.count('<bdi lang="ar" dir="rtl">العربية</bdi>') == 2
    assert "Meadow &amp; Co" in page
    assert "until 2027-11-30" in page
    assert page.count("<td>two sides, flip on the long edge, 100\u00a0%</td>") == 2
    assert page.count("<td>cut at the marks</td>") == 2
    assert "<td>read on a screen</td>" in page
    assert reader.headings[0] == "h1"


def test_each_link_says_what_it_prints() -> None:
    """A link read alone names the product, the document, the language, the paper and the clinic; no two are alike."""
    reader = read(desk_page((PAGE, SPANISH, CARD), NONE, released=True))
    names = [name for name, link in zip(reader.names, reader.links, strict=True) if not link.startswith("#")]
    assert names[0] == (
        "Print Wallet cards, eight to cut out, Signs of a clot, Arabic, US Letter, plain, "
        "two sides, flip on the long edge, Meadow & Co"
    )
    assert names[1].startswith("Open Page for a telephone, Signs of a clot, Arabic, read on a screen")
    assert len(set(names)) == 3


def test_proofs_say_so() -> None:
    """The page of proofs says at its head and beside every file that it is a draft, and where the others are."""
    page = desk_page((CARD, SPANISH), NONE, released=False)
    assert "<h1>Proofs: not for patients</h1>" in page
    assert page.count("<b>proof</b>") == 2
    assert 'href="desk.html"' in page
    assert "<b>proof</b>" not in desk_page((CARD,), NONE, released=True)


def test_nothing_released() -> None:
    """Where nothing is released the page says so, and offers no draft instead."""
    page = desk_page((), NONE, released=True)
    assert "Nothing has been released yet" in page
    assert files(page) == []


def test_clinics_are_apart() -> None:
    """Each clinic has its own list of languages and its own files, and an anchor that staff can keep."""
    other = replace(
        SPANISH, clinic="aspen", label=replace(SPANISH.label, clinic_name="Aspen"), path="released/es/b.pdf"
    )
    page = desk_page((CARD, SPANISH, other), NONE, released=True)
    reader = read(page)
    assert [link for link in reader.links if link.startswith("#at-")][:2] == ["#at-aspen", "#at-meadow"]
    assert {"aspen.es", "meadow.es", "meadow.ar"} <= set(reader.ids)
    assert files(page) == ["released/es/b.pdf", "released/ar/a%20b.pdf", "released/es/a.pdf"]
    aspen, meadow = page.index('id="at-aspen"'), page.index('id="at-meadow"')
    assert aspen < page.index("released/es/b.pdf") < meadow < page.index("released/ar")


def test_a_missing_language_says_why_and_offers_the_english() -> None:
    """A language without a file stays on the page with the reason, and with the English of the same document."""
    absence = Absence("ar", "meadow", "clot", ARABIC, "The English changed on 2026-11-30.")
    page = desk_page((ENGLISH,), DeskNotes((absence,)), released=True)
    assert "The English changed on 2026-11-30." in page
    assert '<li class="no"><a href="#ar">' in page
    assert files(page).count("released/en/a.pdf") == 2
    assert "no current English" not in page
    assert "There is no current English either" in desk_page((), DeskNotes((absence,)), released=True)


def test_the_english_of_another_clinic_is_not_offered() -> None:
    """In the place of a missing file nobody gets the telephone number of another clinic."""
    absence = Absence("ar", "aspen", "clot", replace(ARABIC, clinic_name="Aspen"), "It expired.")
    page = desk_page((ENGLISH,), DeskNotes((absence,)), released=True)
    assert files(page) == ["released/en/a.pdf"]
    assert "There is no current English either" in page


def test_two_names_of_one_tag_are_two_languages() -> None:
    """Files that were released under another name of their language keep it, and are not mixed with the others."""
    renamed = replace(SPANISH, label=replace(SPANISH.label, autonym="Français"), path="released/es/c.pdf")
    page = desk_page((SPANISH, renamed), NONE, released=True)
    assert {"es", "es.2"} <= set(read(page).ids)
    assert page.index("Español</bdi>") < page.index("released/es/a.pdf") < page.index("released/es/c.pdf")


def test_recalled_papers_are_listed_first() -> None:
    """What staff pull from the rack is above the languages, as the small print says it."""
    pull = Pull(
        "DVT-001 · es · 1.0", "Clots", "Spanish", ("Meadow & Co",), "recalled on 2026-11-30 by Cora: 911", False
    )
    page = desk_page((SPANISH,), DeskNotes(pulls=(pull, replace(pull, replaced=True))), released=True)
    assert page.index("pull these papers from the rack") < page.index("DVT-001 · es · 1.0") < page.index('id="es"')
    assert page.count("DVT-001 · es · 1.0") == 2
    assert "replaced by a later version" in page
    assert "rack" not in desk_page((SPANISH,), NONE, released=True)


def test_the_page_remembers_what_it_knows(tmp_path: Path) -> None:
    """The page holds the mark of the records, the day it was written and the last day on which it is right."""
    day, until = date(2026, 11, 30), date(2027, 11, 30)
    page = desk_page((SPANISH,), DeskNotes(records="0a1b", clinics="c1", until=until, today=day), released=True)
    path = tmp_path / "desk.html"
    path.write_text(page, encoding="utf-8")
    assert known_to(path) == Known("0a1b", "c1", day, until)
    path.write_text(page.replace("2027-11-30", "2027-13-30"), encoding="utf-8")
    assert known_to(path) == known_to(tmp_path / "none.html") == Known()


def test_when_a_page_holds() -> None:
    """A page holds for its records, from the day it was written to the last day of its files."""
    day, until = date(2026, 11, 30), date(2027, 11, 30)
    known, after = Known("0a1b", "c1", day, until), timedelta(days=1)
    assert [known.holds("0a1b", when) for when in (day - after, day, until, until + after)] == [
        False,
        True,
        True,
        False,
    ]
    assert not known.holds("ffff", day)
    assert replace(known, until=None).holds("0a1b", until + after)
    assert not replace(known, records="").holds("", day)
    assert not Known().holds("", day)


def test_a_file_without_a_label_is_named_by_what_is_known() -> None:
    """A release of an earlier version has no label; its names are the project's, and nothing is guessed."""
    page = desk_page((replace(CARD, label=Label()),), NONE, released=True)
    assert "Print clot" in page
    assert '<bdi dir="ltr">ar</bdi>' in page


def test_written_with_a_build(minimal: Path, publish) -> None:
    """A build writes the page of its proofs, whose links lead to files that are there."""
    assert publish(minimal, "build", "--jobs", "1").exit_code == 0
    output = minimal / "output"
    links = files((output / "proofs.html").read_text(encoding="utf-8"))
    assert len(links) == 3
    assert all((output / link).is_file() for link in links if link != "desk.html")
    (output / "proofs.html").unlink()
    assert publish(minimal, "build", "--jobs", "1").exit_code == 0
    assert (output / "proofs.html").is_file()
