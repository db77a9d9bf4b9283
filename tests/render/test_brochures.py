"""The project's own brochure as it is set: which way things run, and the grid that the lines of its panels stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from pressroom.catalog import Translated, Translation
from pressroom.compose import Piece, compose
from pressroom.diagnostics import Span
from pressroom.language import find_language
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.preflight.page_content import read_content
from pressroom.render.copyfit import Sizes
from pressroom.render.proof import Proof
from pressroom.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
INSIDE = 1
BARS = str.maketrans("()", "||")
# A word of each right-to-left language; what they say together does not matter, where it stands does.
RTL_WORDS = {"ar": "اتصل", "fa": "تماس", "fa-AF": "تماس", "ps": "زنګ", "ckb": "پەیوەندی", "ur": "رابطہ"}
MIXED = (
    "{word} 801-555-0100 {word}",
    "{word} 10–20 mL {word}",
    "{word} 2026-11-23 – 2026-12-01 {word}",
    "{word} https://example.org/a {word}",
    "{word} 8:00–17:30 {word}",
    "{word} (CSF).",
    "{word} COVID-19 {word} 37.5 °C.",
)
SEEN = (
    *("·801-555-0100·", "·10–20mL·", "·2026-11-23–2026-12-01·", "https://example.org/a", "·8:00–17:30·"),
    *(".|CSF|·", "·COVID-19·", ".37.5·C·"),
)


@cache
def _piece(tag: str, document: str = "epidural-blood-patch", product: str = "trifold") -> Piece:
    """A brochure, the letter-fold one, with the project's own texts in this language, for its first clinic."""
    project = Workspace.open(ROOT)
    plan = make_plan(project, Request((document,), (tag,), products=(product,)))
    job = next(job for job in plan.jobs if job.requested)
    piece = prepare(job).piece
    assert piece is not None
    return piece


@cache
def _proof(tag: str) -> Proof:
    from pressroom.render.proof import render_piece

    return render_piece(_piece(tag))


def _saying(tag: str, lines: tuple[str, ...]) -> Piece:
    """The brochure without pictures, in a language: its headings a word, its other messages one of these lines each."""
    english = _without_pictures(_piece("en"))
    # Each line of text is one line on the page at the usual size.
    language = replace(find_language(tag).set_for("brochure"), ceiling={})
    word, wanted = RTL_WORDS[tag], cycle(lines)
    said = [(m, "{word}" if m.role.startswith("heading") else next(wanted)) for m in english.document.messages]
    known = {m.key: Translated(text.format(word=word), "translated", Span("a.po", 1)) for m, text in said}
    return replace(english, language=language, translation=Translation(tag, "a.po", known))


def _without_pictures(piece: Piece) -> Piece:
    panels = piece.document.panels
    words = [replace(panel, blocks=tuple(b for b in panel.blocks if b.kind != "image")) for panel in panels]
    # Text alone would be larger.
    groups = tuple(replace(group, grow_alone=None, widen_alone=None) for group in piece.layout.groups)
    document, layout = replace(piece.document, panels=tuple(words)), replace(piece.layout, groups=groups)
    return replace(piece, document=document, layout=layout)


@pytest.mark.parametrize("tag", RTL_WORDS)
def test_right_to_left(tag: str, as_seen: Callable[..., list[str]]) -> None:
    """Telephones, ranges, dates, addresses and Latin words run from left to right, a full stop stands to their left."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_saying(tag, MIXED))
    assert proof.diagnostics == ()
    # The file names a bracket and its mirror alike.
    seen = "\n".join(as_seen(proof.pdf, INSIDE)).translate(BARS)
    assert [whole for whole in SEEN if whole not in seen] == []


@pytest.mark.parametrize("tag", ["ar", "ur"])
def test_numbers_of_a_list(tag: str, letters: Callable[..., Iterator[tuple[str, float, float, float]]]) -> None:
    """The numbers of a list hang at the right edge of their column, one below another."""
    from pressroom.render.proof import render_piece

    piece = _saying(tag, ("{word} {word}",))
    frame = next(frame for frame in compose(piece).frames if frame.name == "two-text")
    right = (frame.box.left + frame.box.width).pt
    found = [(sign, x, y) for sign, x, y, _ in letters(render_piece(piece).pdf, INSIDE) if sign in "1234"]
    column = [(sign, x, y) for sign, x, y in found if right - 20 < x < right]
    assert "".join(sign for sign, _, _ in sorted(column, key=lambda one: one[2])) == "1234"
    assert max(x for _, x, _ in column) - min(x for _, x, _ in column) < 1


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_code_is_on_the_back(tag: str) -> None:
    """The code of the document's address is in the frame of the back, also where the page is read from the right."""
    from pressroom.render.proof import render_piece

    piece = replace(_piece(tag), address="https://clinic.example/patients/a")
    proof = render_piece(piece)
    back = next(frame for frame in compose(piece).frames if frame.name == "back-text")
    (code,) = proof.left_out.codes
    middle = (code.box[0] + code.box[2]) / 2
    assert back.box.left.pt < middle < (back.box.left + back.box.width).pt


def test_the_words_of_a_code() -> None:
    """The address begins 12 points after its code, however many modules that has, and its lines end after a stroke."""
    from pressroom.render.proof import render_piece

    address = "https://clinic.example/patients/a-b-c-and-more/english-and-more"
    proof = render_piece(replace(_piece("en"), address=address))
    (code,) = proof.left_out.codes
    with pypdfium2.PdfDocument(proof.pdf) as document:
        text = document[0].get_textpage()
        said = text.get_text_range()
        start = text.get_charbox(said.index("clinic.example/"))[0]
    lines = said.splitlines()
    first = lines.index("clinic.example/")
    assert lines[first + 1 : first + 3] == ["patients/", "a-b-c-and-more/"]
    # Four modules around the code are white; a letter has a little white before it.
    assert start == pytest.approx(code.box[2] - 6.8 + 12, abs=1.5)


@pytest.mark.parametrize("tag", ["bs", "en", "es"])
def test_no_text_ends_in_a_lone_word(tag: str) -> None:
    """A last word stands alone at most once, where it would leave a hole above it: of texts, and of headings inside."""
    piece = _piece(tag)
    words = {
        piece.translation.of(message).text.split()[-1]
        for message in piece.document.messages
        if message.role in {"paragraph", "list item"}
        or (message.role.startswith("heading") and message.panel in {"what", "how", "work"})
    }
    with pypdfium2.PdfDocument(_proof(tag).pdf) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_range().splitlines()]
    assert len(lines) > 60
    assert len([line for line in lines if line.strip() in words]) <= 1


@pytest.mark.parametrize("tag", ["en", "ur"])
def test_one_baseline_phase(tag: str) -> None:
    """As it is fitted, the lines of running text of all three panels inside stand on one grid of half leads."""
    piece = _piece(tag)
    sizes = _proof(tag).sizes
    assert sizes is not None
    assert max(_off_the_grid(piece, sizes, {"p", "li"})) < 0.1


@pytest.mark.parametrize("tag", ["en", *Workspace.open(ROOT).project.locales])
def test_headings_stand_on_the_grid(tag: str) -> None:
    """In every language that is drafted, the headings among the text stand on the grid of the text's lines as well."""
    piece = _piece(tag, "services")
    leading = piece.language.leading(0)
    usual = {group.name: group.preferred or piece.language.sizes["brochure"][1] for group in piece.layout.groups}
    sizes = Sizes(usual, slot={"heading": 3 * usual["reading"] * leading["line-height"]}, leading=leading)
    assert max(_off_the_grid(piece, sizes, {"p", "li", "h3"})) < 0.1


def _off_the_grid(piece: Piece, sizes: Sizes, elements: set[str]) -> list[float]:
    """How far the lines of these elements inside are from a grid of half leads that the first stands on, in points."""
    from pressroom.render.engine import Engine

    page = Engine(compose(piece).page, "x").lay_out(sizes.css()).pages[INSIDE]
    lines = [(frame, y) for frame, element, y in _baselines(page._page_box) if element in elements]
    assert {frame for frame, _ in lines} == {"frame-one-text", "frame-two-text", "frame-three-text"}
    half = sizes.body["reading"] * sizes.leading["line-height"] / 2
    rows = [(y - lines[0][1]) / half for _, y in lines]
    return [abs(row - round(row)) * half for row in rows]


def _baselines(box: Any, frame: str = "") -> Iterator[tuple[str, str, float]]:
    """Each line of the frames of text: its frame, its element and its baseline in points from the head of the page."""
    from weasyprint.formatting_structure.boxes import LineBox

    names = (box.element.get("class") or "").split() if box.element is not None else []
    if {"illustrated", "slot", "by-hand"} & set(names):
        return  # labels are at the heights of what they name, headings in slots are larger, as are lines to write on
    frame = next((name for name in names if name.startswith("frame-") and name.endswith("-text")), frame)
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox) and frame and child.height:
            yield frame, child.element_tag, (child.position_y + child.baseline) * 0.75
        else:
            yield from _baselines(child, frame)


@pytest.mark.parametrize("tag", ["ja", "my"])
def test_labels_have_room_in_their_window(tag: str) -> None:
    """A Japanese label breaks as text does; a window is as tall as Burmese labels of five lines, which stay in it."""
    from pressroom.render.proof import render_piece

    codes = {one.code for one in render_piece(_piece(tag, "services")).diagnostics if one.severity == "error"}
    assert codes == set()


@pytest.mark.parametrize(
    ("tag", "product"), [("en", "trifold"), ("zh-Hans", "trifold"), ("ar", "trifold"), ("ar", "half-fold")]
)
def test_a_clinics_name_leaves_text_as_large_as_it_was(tag: str, product: str) -> None:
    """A name of two lines on the cover is smaller itself; the reader's text is as large as beside a short one."""
    from pressroom.render.proof import render_piece

    piece = _piece(tag, "services", product)
    sizes = []
    for name in ("Clinic", "A Regional Medical Center of Two Lines"):
        named = replace(piece, clinic=replace(piece.clinic, name=name))
        found = render_piece(named).sizes
        assert found is not None
        sizes.append(found.body)
    assert sizes[0]["reading"] == sizes[1]["reading"]
    assert sizes[0]["clinic"] >= sizes[1]["clinic"]


@pytest.mark.parametrize("tag", ["en", "ur", "my"])
def test_text_keeps_clear_of_the_line_at_the_foot(tag: str) -> None:
    """Text that fills its panel ends a quarter of a lead above the line that the panels stand on."""
    from pressroom.render.proof import render_piece

    proof = render_piece(_piece(tag, "services"))
    assert proof.sizes is not None
    assert [one.code for one in proof.diagnostics if one.severity == "error"] == []
    lead = proof.sizes.body["reading"] * proof.sizes.leading["line-height"]
    assert _foot_of("frame-one-text", _piece(tag, "services"), proof.sizes) <= 612 - 36 - lead / 4 + 0.1


def _foot_of(frame: str, piece: Piece, sizes: Sizes) -> float:
    """Where the last line of a frame inside ends, in points from the head of the page."""
    from weasyprint.formatting_structure.boxes import LineBox

    from pressroom.render.engine import Engine

    def feet(box: Any, inside: bool) -> Iterator[float]:
        names = (box.element.get("class") or "").split() if box.element is not None else []
        if "by-hand" in names:
            return  # lines to write on are not on this page: it has no room for them
        if isinstance(box, LineBox):
            yield (box.position_y + box.height) * 0.75 if inside else 0.0
        else:
            for child in getattr(box, "children", ()):
                yield from feet(child, inside or frame in names)

    page = Engine(compose(piece).page, "x").lay_out(sizes.css()).pages[INSIDE]
    return max(feet(page._page_box, inside=False))


def test_no_mark_of_a_proof_is_on_the_tallest_letters() -> None:
    """The long strokes of Nastaliq rise above the first line of a panel, up to the mark at its head, not under it."""
    pdf = _proof("ur").pdf
    assert pdf is not None
    assert [fault for fault in read_content(pdf).faults if fault.kind == "covered"] == []


@pytest.mark.parametrize("tag", ["ar", "zh-Hans"])
def test_a_bilingual_half_fold_has_its_code_or_room_for_an_appointment(tag: str) -> None:
    """Below the places of both languages is the code of the document's address, in its frame; without one, lines."""
    from pressroom.render.proof import render_piece

    plan = make_plan(
        Workspace.open(ROOT), Request(("epidural-blood-patch",), (tag,), products=("bilingual-half-fold",))
    )
    piece = prepare(next(job for job in plan.jobs if job.requested)).piece
    assert piece is not None
    coded = replace(piece, address="https://clinic.example/patients/a")
    proof = render_piece(coded)
    assert [finding.code for finding in proof.diagnostics if finding.code == "overset"] == []
    assert len(proof.left_out.codes) == 2
    assert [frame.by_hand for frame in compose(piece).frames if frame.name.startswith("places")] == [1, 1]
    assert [frame.by_hand for frame in compose(coded).frames if frame.name.startswith("places")] == [0, 0]
