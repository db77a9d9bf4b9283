"""The pages of the print desk, from invented files and notes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from pressroom.approval import Label
from pressroom.approval.releases import PRINT_SHOP
from pressroom.commands.building.desk_entries import DeskEntry
from pressroom.commands.building.desk_folder import DeskFolder, DeskPage, clinic_pages, desk_pages, first_page
from pressroom.commands.building.desk_notes import (
    Absence,
    DeskClinic,
    DeskNotes,
    Known,
    Pull,
    Pulled,
    PulledPaper,
    Sentence,
    known_to,
)
from pressroom.commands.building.desk_page import _write_page
from pressroom.commands.building.desk_pieces import pictured
from pressroom.commands.building.desk_view import places
from pressroom.language import find_language, languages
from pressroom.project.desk_settings import DeskSettings
from tests.desk_pages import links_in, offered_files, page_files

ARABIC = Label(
    "Arabic", "العربية", "rtl", "Signs of a clot", "علامات", "Meadow & Co", "Wallet cards, eight to cut out",
    "US Letter, plain", "two sides, flip on the long edge", "cut at the marks",
)  # fmt: skip
CARD = DeskEntry("ar", "meadow", "clot", ARABIC, "released/ar/a b.pdf", "2027-11-30", product="card-letter")
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
ROOT, LIST, AR, ES = (
    "desk.html",
    "desk/meadow/letter/index.html",
    "desk/meadow/letter/ar.html",
    "desk/meadow/letter/es.html",
)


def pages(entries: Sequence[DeskEntry], notes: DeskNotes = NONE, *, released: bool = True) -> dict[str, str]:
    """All pages by their path from the output folder; each is read to its end."""
    found = {page.path: page.html() for page in desk_pages(entries, notes, DeskFolder(released))}
    for path, page in found.items():
        read(page, path)
    return found


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
        if tag not in ("meta", "link", "img", "input", "path"):
            self.open.append(tag)

    def handle_data(self, data) -> None:
        """The words of a link are its name."""
        if "a" in self.open:
            self.names[-1] += data

    def handle_endtag(self, tag) -> None:
        """What was begun last ends."""
        if tag not in ("path",):
            assert self.open.pop() == tag


def read(page: str, path: str = ROOT) -> Reader:
    """The page read to its end; every element is closed, every anchor is there, and no id is there twice."""
    reader = Reader()
    reader.feed(page)
    assert reader.open == [], path
    assert len(reader.ids) == len(set(reader.ids))
    assert {link[1:] for link in reader.links if link.startswith("#")} <= set(reader.ids)
    assert reader.headings[0] == "h1"
    return reader


def targets(pages: dict[str, str], path: str) -> list[str]:
    """Where the links of a page lead, from the output folder."""
    links = [unquote(link) for link in read(pages[path]).links if not link.startswith(("#", "tel:"))]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in links]


def files(pages: dict[str, str], paths: Iterable[str] | None = None) -> list[str]:
    """The files that the pages lead to, in their order."""
    found = [target for path in (paths or pages) for target in targets(pages, path)]
    return list(dict.fromkeys(one for one in found if one.startswith(("released/", "current/"))))


def test_from_clinic_to_file() -> None:
    """The first page leads to each clinic by paper, its list to each language, and that to the files."""
    found = pages((PAGE, SPANISH, CARD))
    assert list(found)[-1] == ROOT
    assert LIST in targets(found, ROOT)
    assert {AR, ES} <= set(targets(found, LIST))
    assert files(found, [AR]) == ["released/ar/a b.pdf", "released/ar/a.html"]
    assert files(found, [ES]) == ["released/es/a.pdf"]
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in found[LIST]
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in found[AR]
    assert "Meadow &amp; Co" in found[AR]
    assert "good until 30 Nov 2027" in found[AR]
    for words in ("two-sided", "flip on the long edge", "actual size, 100 %", "cut at the marks", "Arabic script"):
        assert words in found[AR]


def test_every_page_leads_to_pages_that_are_there() -> None:
    """No link of any page leads nowhere, with one clinic or several, on each paper."""
    a4 = replace(SPANISH, label=replace(SPANISH.label, paper="A4, plain"), path="released/es/a4.pdf")
    other = replace(a4, clinic="aspen", label=replace(a4.label, clinic_name="Aspen"), path="released/es/b.pdf")
    press = replace(SPANISH, label=replace(SPANISH.label, printed_by=PRINT_SHOP), path="released/es/p.pdf")
    found = pages((CARD, SPANISH, a4, other, PAGE, press))
    for path in found:
        for target in targets(found, path):
            assert target in found or target.startswith("released/"), (path, target)


def test_each_link_says_what_it_prints() -> None:
    """A link read alone names the product, the document, the language, the paper and the clinic; no two are alike."""
    found = pages((PAGE, SPANISH, CARD))
    reader = read(found[AR])
    names = dict(zip(reader.links, reader.names, strict=True))
    assert names["../../../released/ar/a%20b.pdf"] == (
        "Print: Wallet cards, eight to cut out, Signs of a clot, Arabic, US Letter, plain, "
        "two sides, flip on the long edge, Meadow & Co (opens in a new tab)"
    )
    assert names["../../../released/ar/a.html"] == "Open on a screen: Page for a telephone, Signs of a clot, Arabic"


def test_the_paper_in_the_tray_comes_first() -> None:
    """On each paper's page the button prints the file for that paper; files for other papers are listed below it."""
    a4 = replace(CARD, label=replace(ARABIC, paper="A4, plain"), path="released/ar/a4.pdf")
    short = replace(CARD, label=replace(ARABIC, how="two sides, flip on the short edge"), path="released/ar/short.pdf")
    own = replace(CARD, label=replace(ARABIC, paper="card stock of its own size"), path="released/ar/own.pdf")
    found = pages((a4, own, short, CARD))
    assert {AR, "desk/meadow/a4/ar.html"} <= set(found)
    assert "desk/meadow/own-size/ar.html" not in found
    assert found[AR].count('class="button"') == 1
    others = ["released/ar/a4.pdf", "released/ar/short.pdf", "released/ar/own.pdf"]
    assert files(found, [AR])[0] == CARD.path
    assert sorted(files(found, [AR])[1:]) == sorted(others)
    assert files(found, ["desk/meadow/a4/ar.html"])[0] == "released/ar/a4.pdf"
    assert "Letter paper" in found[ROOT]


def test_a_paper_without_a_file_says_so() -> None:
    """Where a piece is not made for the paper in the tray, the page says so and lists those that there are."""
    a4 = replace(SPANISH, label=replace(SPANISH.label, paper="A4, plain"), path="released/es/a4.pdf")
    found = pages((CARD, a4))
    assert "Not for this paper (Letter paper)." in found[ES]
    assert files(found, [ES]) == ["released/es/a4.pdf"]


def test_proofs_say_so() -> None:
    """Every page of proofs says at its head that none is for a patient, and so does each file; nothing says Print."""
    found = pages((CARD, SPANISH), released=False)
    for page in found.values():
        assert "None of them is for a patient." in page
    assert "proof: not for patients" in found["proofs/meadow/letter/ar.html"]
    assert ">Print<" not in found["proofs/meadow/letter/ar.html"]
    assert "<h1>Which clinic is this?</h1>" in found["proofs.html"]
    assert "desk.html" in targets(found, "proofs.html")
    assert not any("proof" in page.lower() for page in pages((CARD,)).values())


def test_nothing_released() -> None:
    """Where nothing is released the page says so, and offers no draft instead."""
    found = pages(())
    assert "Nothing has been released yet" in found[ROOT]
    assert files(found) == []


def test_clinics_are_apart() -> None:
    """Each clinic has its own list of languages and its own files, and a page that staff can keep as a bookmark."""
    other = replace(
        SPANISH, clinic="aspen", label=replace(SPANISH.label, clinic_name="Aspen"), path="released/es/b.pdf"
    )
    found = pages((CARD, SPANISH, other))
    assert targets(found, ROOT) == ["desk/aspen/letter/index.html", LIST]
    assert files(found, [path for path in found if "/aspen/" in path]) == ["released/es/b.pdf"]
    assert sorted(files(found, [path for path in found if "/meadow/" in path])) == [CARD.path, SPANISH.path]


def test_every_language_is_on_the_list() -> None:
    """A language without a file is on the list too, as one for an interpreter, and its page offers today's English."""
    notes = DeskNotes(languages=tuple(map(find_language, ("en", "so", "ar"))))
    found = pages((CARD, ENGLISH), notes)
    assert '<li class="no"><a href="so.html"' in found[LIST]
    assert "Interpreter only" in found[LIST]
    page = found["desk/meadow/letter/so.html"]
    assert "Not in Somali yet." in page
    assert files(found, ["desk/meadow/letter/so.html"]) == [ENGLISH.path]


def test_the_most_used_languages_come_first() -> None:
    """The languages that the clinic names are above all others, in its order; its line for interpreters is its own."""
    clinic = DeskClinic("meadow", "?", DeskSettings("801-555-0199, any language", ("es", "ar")))
    found = pages((CARD, SPANISH), DeskNotes(places=(clinic,)))
    most = found[LIST].partition("data-most")[2].partition("</section>")[0]
    assert most.index("es.html") < most.index("ar.html")
    assert '<a class="tel" href="tel:801-555-0199">801-555-0199</a>, any language' in found[LIST]
    assert "Most used" not in pages((CARD, SPANISH))[LIST]
    assert 'class="tel"' not in pages((CARD, SPANISH))[LIST]


@pytest.mark.parametrize("asked", ["farsi", "iran", "persian", "persa", "فارسی"])
def test_a_language_is_found_by_any_spelling(asked: str) -> None:
    """The words to find a language by are on the list: other names, countries, and those of the interface."""
    notes = DeskNotes(languages=(find_language("fa"),), places=(DeskClinic("meadow", "Meadow"),))
    folder = DeskFolder(released=True, interface="es", interfaces=("es",))
    (page,) = [page for page in desk_pages((), notes, folder) if page.path == "desk/meadow/any/index.html"]
    assert asked in page.html().casefold()


def test_a_missing_language_says_why_and_offers_the_english() -> None:
    """A language without a file stays at the desk with the reason, and with the English of the same document."""
    absence = Absence("ar", "meadow", "clot", ARABIC, Sentence("The English changed on 2026-11-30."))
    found = pages((ENGLISH,), DeskNotes((absence,)))
    assert "The English changed on 2026-11-30." in found[AR]
    assert '<li class="no"><a href="ar.html"' in found[LIST]
    assert files(found, [AR]) == ["released/en/a.pdf"]
    assert "no current English" not in found[AR]
    assert "There is no current English either" in pages((), DeskNotes((absence,)))["desk/meadow/any/ar.html"]


def test_the_english_of_another_clinic_is_not_offered() -> None:
    """In the place of a missing file nobody gets the telephone number of another clinic."""
    absence = Absence("ar", "aspen", "clot", replace(ARABIC, clinic_name="Aspen"), Sentence("It expired."))
    found = pages((ENGLISH,), DeskNotes((absence,)))
    assert files(found, [path for path in found if "/aspen/" in path]) == []
    assert "There is no current English either" in found["desk/aspen/any/ar.html"]


def test_an_older_translation_is_printed_with_todays_english() -> None:
    """It says so on the list and on its page, and the English is printed first."""
    old = replace(CARD, beside_english=True)
    found = pages((old, ENGLISH))
    assert "1 piece, print with English" in found[LIST]
    assert "The English is newer than this Arabic: print both." in found[AR]
    assert files(found, [AR]) == ["released/en/a.pdf", "released/ar/a b.pdf"]


def test_two_names_of_one_tag_are_two_languages() -> None:
    """Files that were released under another name of their language keep it, and are not mixed with the others."""
    renamed = replace(SPANISH, label=replace(SPANISH.label, autonym="Français"), path="released/es/c.pdf")
    found = pages((SPANISH, renamed))
    assert files(found, [ES]) == ["released/es/a.pdf"]
    assert files(found, ["desk/meadow/letter/es.2.html"]) == ["released/es/c.pdf"]


PULL = Pull(
    "DVT-001 · es · 1.0",
    "Clots",
    "Spanish",
    ("Meadow & Co",),
    "recalled on 2026-11-30 by Cora: 911",
    replaced=False,
    number="0123456789abcdef",
    document="clot",
    tag="es",
    dated=date(2026, 11, 30),
    by="Cora",
    reason="911",
    rows=(PulledPaper("DVT-001 · es · 1.0 … 4f0a66e5", "Wallet cards", "2026-03-03", "meadow"),),
)


def test_a_recall_is_seen_on_each_page_that_leads_to_it() -> None:
    """The first page and the list say it in a band, the language first what to do for the patient, then the rack."""
    found = pages((ENGLISH,), DeskNotes(pulls=(PULL,), languages=(find_language("es"),)))
    assert 'class="band"' in found[ROOT]
    assert 'class="band"' in found[LIST]
    assert '<li class="pulled">' in found[LIST]
    page = found[ES]
    order = ["Pull from the rack", "Do not hand it out.", "For the patient in front of you", "Print the English"]
    order += ["DVT-001 · es · 1.0 … 4f0a66e5", "Shred them."]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "Recalled on 30 Nov 2026 by Cora" in page
    assert "<form" not in page
    assert "rack" not in pages((SPANISH,))[ES]


def test_a_confirmed_recall_is_quiet() -> None:
    """Once a clinic confirmed what it pulled, no band asks for it; the page says how many, by whom and when."""
    confirmed = replace(PULL, confirmed=(Pulled("meadow", 12, "Ana", date(2026, 12, 1)),))
    found = pages((ENGLISH,), DeskNotes(pulls=(confirmed,), languages=(find_language("es"),)))
    assert 'class="band"' not in found[ROOT] + found[LIST]
    assert "Pulled on 1 Dec 2026: 12 papers, by Ana." in found[ES]
    assert "Do not hand it out." in found[ES]


def test_a_recall_of_another_clinic() -> None:
    """A clinic that never had the paper is not asked to pull it."""
    aspen = replace(ENGLISH, clinic="aspen", label=replace(ENGLISH.label, clinic_name="Aspen"))
    found = pages((ENGLISH, aspen), DeskNotes(pulls=(PULL,), languages=(find_language("es"),)))
    assert 'class="band"' not in found["desk/aspen/letter/index.html"]


def test_the_page_remembers_what_it_knows(tmp_path: Path) -> None:
    """The first page holds the mark of the records, the day it was written, and the last days on which it is right."""
    day, until, good = date(2026, 11, 30), date(2027, 11, 30), date(2026, 12, 30)
    notes = DeskNotes(records="0a1b", clinics="c1", until=until, today=day, good_until=good)
    page = pages((SPANISH,), notes)[ROOT]
    path = tmp_path / "desk.html"
    path.write_text(page, encoding="utf-8")
    assert known_to(path) == Known("0a1b", "c1", day, until, good)
    path.write_text(page.replace("2027-11-30", "2027-13-30"), encoding="utf-8")
    assert known_to(path) == known_to(tmp_path / "none.html") == Known()


def test_every_page_says_its_day_and_its_end() -> None:
    """A copy knows no recall that came later: each page says when it was written and until when it is good."""
    notes = DeskNotes(today=date(2026, 11, 30), good_until=date(2026, 12, 30))
    for page in pages((SPANISH, CARD), notes).values():
        assert "As of <time>30 Nov 2026</time>." in page
        assert "This copy is good until <time>30 Dec 2026</time>" in page
        assert 'data-good-until="2026-12-30"' in page


def test_when_a_page_holds() -> None:
    """A page holds for its records, from the day it was written to the last day of its files and of the copy."""
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
    assert not replace(known, good_until=day).holds("0a1b", day + after)
    assert not replace(known, records="").holds("", day)
    assert not Known().holds("", day)


def test_a_file_without_a_label_is_named_by_what_is_known() -> None:
    """A release of an earlier version has no label; its names are the project's, and nothing is guessed."""
    found = pages((replace(CARD, label=Label()),))
    page = found["desk/meadow/any/ar.html"]
    assert '<bdi dir="ltr">ar</bdi>' in page
    assert "clot" in page


def test_the_print_shop_and_the_web_have_their_own_page() -> None:
    """Press files are on a page of their own, not among what a nurse prints; web editions are on both."""
    press = replace(
        SPANISH,
        label=replace(SPANISH.label, what="Brochure for a press", printed_by=PRINT_SHOP),
        path="released/es/p.pdf",
    )
    found = pages((CARD, press, PAGE))
    assert files(found, ["desk/meadow/shop.html"]) == [press.path, PAGE.path]
    assert press.path not in files(found, [AR, LIST])


def test_no_page_is_large_with_46_languages_and_40_clinics() -> None:
    """Each page is below 300 kB, and the first one leads to all 40 clinics. A clinic's pages know no other clinic."""
    tags = list(languages())[:46]
    entries = [
        replace(
            CARD,
            tag=tag,
            clinic=f"clinic-{number:02}",
            label=replace(ARABIC, language=find_language(tag).english, clinic_name=f"Clinic {number:02}", paper=paper),
            path=f"released/{tag}/{document}.{number}.{paper[:2]}.pdf",
            document=document,
        )
        for number in range(40)
        for tag in tags
        for document in ("clot", "services", "patch", "fibroid", "veins", "pain")
        for paper in ("US Letter, plain", "A4, plain")
    ]
    pull = replace(PULL, rows=tuple(replace(PULL.rows[0], clinic=f"clinic-{n:02}") for n in range(40)))
    notes = DeskNotes(pulls=(pull,), languages=tuple(map(find_language, tags)))
    folder = DeskFolder(released=True)
    clinics = places(entries, notes)
    assert [len(place.languages) for place in clinics] == [46] * 40
    first = first_page(clinics, notes, folder).html()
    sizes = {page.path: len(page.html().encode()) for page in clinic_pages(clinics[-1], notes, folder)}
    assert len(sizes) == 2 * 47
    assert len({link for link in read(first).links if link.endswith("index.html")}) == 80
    assert max(len(first.encode()), *sizes.values()) < 300_000


def test_a_page_is_made_again_only_if_it_says_something_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of a file makes the pages that show it; a page that somebody edited is made again; a new day all."""
    made: list[str] = []
    html = DeskPage.html

    def noted(page: DeskPage) -> str:
        made.append(page.path)
        return html(page)

    monkeypatch.setattr(DeskPage, "html", noted)

    def written(*entries: DeskEntry, notes: DeskNotes = NONE) -> list[str]:
        made.clear()
        _write_page(tmp_path, "released", entries, notes)
        return sorted(made)

    everything = written(CARD, SPANISH)
    assert everything == sorted([ROOT, LIST, AR, ES])
    assert written(CARD, SPANISH) == [ROOT]
    assert written(CARD, replace(SPANISH, until="2028-01")) == sorted([ROOT, ES])
    (tmp_path / AR).write_text("edited", encoding="utf-8")
    assert written(CARD, replace(SPANISH, until="2028-01")) == sorted([ROOT, AR])
    assert written(CARD) == sorted([ROOT, LIST])
    assert not (tmp_path / ES).exists()
    assert written(CARD, SPANISH, notes=DeskNotes(today=date(2026, 12, 1))) == everything


def test_written_with_a_build(minimal: Path, publish) -> None:
    """A build writes the pages of its proofs, whose links lead to files that are there."""
    assert publish(minimal, "build", "--jobs", "1").exit_code == 0
    output = minimal / "output"
    assert len(offered_files(output, "proofs")) == 2
    for page in page_files(output, "proofs"):
        targets = {path for path, _ in links_in(output, page) if path != "desk.html"}
        assert [path for path in targets if not (output / path).is_file()] == []
    (output / "proofs.html").unlink()
    assert publish(minimal, "build", "--jobs", "1").exit_code == 0
    assert (output / "proofs.html").is_file()


def test_a_sheet_of_cards_looks_like_a_card() -> None:
    """The picture of a sheet is that of the single card, if there is one; only such pictures are drawn."""
    single = replace(
        CARD, label=replace(ARABIC, paper="card stock of its own size"), path="released/ar/c.pdf", product="card"
    )
    clinics = places((CARD, single, SPANISH), NONE)
    assert {entry.path for entry in pictured(clinics)} == {single.path, SPANISH.path}
