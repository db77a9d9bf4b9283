"""What comes out of the printer and goes to the press: codes that telephones read, plates, bleed, pages that flow."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from pressroom.compose import Piece, compose
from pressroom.compose.art import CODE, MODULE, code_svg
from pressroom.compose.geometry import PRESS_MARGIN
from pressroom.diagnostics import Severity, Span
from pressroom.postpress.icc_profile import Profile
from pressroom.postpress.press_pdf import PressJob, press_file
from pressroom.preflight.check import Expected, examine
from pressroom.preflight.letters import box_of
from pressroom.units import mm

ROOT = Path(__file__).parents[2]
ADDRESS = "https://clinic.example/epidural-blood-patch-zh-Hans"
RGB = {"rg", "RG", "g", "G", "sc", "SC"}
BLACK, PAPER = (0, 0, 0, 1), (0, 0, 0, 0)

Make = Callable[..., Piece]


@pytest.fixture
def brochure(fonts: None, make_piece: Make) -> Callable[[str], Piece]:
    """The project's own brochure in English, in a layout, as a release: an invented clinic's, never kept."""
    _, head, body = (ROOT / "source/brochures/epidural-blood-patch.md").read_text(encoding="utf-8").split("---\n", 2)

    def make(layout: str, tag: str = "en") -> Piece:
        whole = {"head": f"---\n{head}---\n", "project": "../..", "layout": layout, "marking": "release"}
        english = make_piece(body, **whole)
        if tag == "en":
            return english
        # A word for every text: where things stand is the question, not what they say.
        return make_piece(body, tag, {m.msgid: "كلمة" for m in english.document.messages}, **whole)

    return make


def rendered(piece: Piece) -> bytes:
    """The piece's PDF, which must be made without a word."""
    from pressroom.render.proof import render_piece

    proof = render_piece(piece)
    assert proof.diagnostics == ()
    assert proof.pdf is not None
    return proof.pdf


def pictures(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil() for page in document]


def test_module_size() -> None:
    """A module is at least 0.4 mm, and the code of an address of 51 letters is 22 mm wide without its quiet zone."""
    assert mm(0.4) <= MODULE
    assert b'viewBox="0 0 41 41"' in code_svg(ADDRESS)


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("layout", ["trifold", "z-fold-a4", "half-fold", "flyer", "large-print"])
def test_code_decodes(brochure: Callable[..., Piece], layout: str, tag: str) -> None:
    """The code on a released page says its address at 150 and 300 dpi: in colour, gray, and from a photocopier."""
    found, pdf = [], rendered(replace(brochure(layout, tag), address=ADDRESS))
    for page in (page for dpi in (150, 300) for page in pictures(pdf, dpi)):
        gray = page.convert("L")
        for seen in (page, gray, copied(gray)):
            found += [code.text for code in zxingcpp.read_barcodes(seen)]
    assert found == [ADDRESS] * 6


def copied(gray: Image.Image) -> Image.Image:
    """What a photocopier leaves of a picture."""
    return gray.point(lambda value: 255 if value > 127 else 0)


CARDS = ["wallet-card", "business-card", "folded-card", "bilingual-tall-card"]


@pytest.fixture
def card(fonts: None, make_piece: Make) -> Callable[[str], Piece]:
    """The project's own card in English, in a layout, as a release: an invented clinic's, never kept."""
    text = (ROOT / "source/cards/dvt-pe.md").read_text(encoding="utf-8")
    return lambda layout: make_piece(text, head="", project="../..", layout=layout, marking="release")


@pytest.mark.parametrize("layout", CARDS)
def test_card_photocopied(card: Callable[[str], Piece], layout: str) -> None:
    """After a photocopier's threshold every letter of a card still stands out of its ground, on the band too."""
    pdf = rendered(card(layout))
    scale = 600 / 72
    seen = 0
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            picture = copied(page.render(scale=scale).to_pil().convert("L"))
            text = page.get_textpage()
            for index, sign in enumerate(text.get_text_range()):
                left, bottom, right, top = (value * scale for value in text.get_charbox(index))
                if sign.isspace() or right - left < 1:
                    continue
                box = (int(left) - 2, picture.height - int(top) - 3, int(right) + 3, picture.height - int(bottom) + 2)
                black = picture.crop(box).histogram()[0] / ((box[2] - box[0]) * (box[3] - box[1]))
                assert 0.02 < black < 0.98, (sign, page)
                seen += 1
    assert seen > 400


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("layout", ["trifold", "half-fold", "flyer", "large-print"])
def test_a_proof_has_the_room_of_the_code(brochure: Callable[..., Piece], layout: str, tag: str, letters) -> None:
    """A proof has the address where its release has it, a crossed box as large as the code, and no code."""
    release = replace(brochure(layout, tag), address=ADDRESS)
    pdf, proof = rendered(release), rendered(replace(release, marking="proof"))
    pages = list(zip(pictures(pdf, 300), pictures(proof, 300), strict=True))
    assert [zxingcpp.read_barcodes(drawn) for _, drawn in pages] == [[] for _ in pages]
    for number, (page, drawn) in enumerate(pages):
        # The same letters in the same places, on a proof those of its marks besides.
        assert not placed(letters(pdf, number)) - placed(letters(proof, number))
        for code in zxingcpp.read_barcodes(page):
            place = code.position
            for corner in (place.top_left, place.top_right, place.bottom_left, place.bottom_right):
                around = (corner.x - 12, corner.y - 12, corner.x + 12, corner.y + 12)
                assert drawn.convert("L").crop(around).getextrema()[0] < 64


def placed(letters: Iterable[tuple[str, float, float, float]]) -> Counter[tuple[object, ...]]:
    """The letters with their places and sizes to a hundredth of a point."""
    return Counter((sign, round(x, 2), round(y, 2), round(size, 2)) for sign, x, y, size in letters if sign.strip())


@pytest.mark.parametrize("layout", ["trifold", "half-fold", "flyer"])
def test_a_proof_is_measured_like_its_release(brochure: Callable[..., Piece], layout: str) -> None:
    """Every frame of a proof is as tall as on its release, the one with the code among them."""
    from pressroom.render.copyfit import Sizes
    from pressroom.render.engine import Engine
    from pressroom.render.measure import Gauge

    heights = []
    for marking in ("release", "proof"):
        piece = replace(brochure(layout), address=ADDRESS, marking=marking)
        made = compose(piece)
        sizes = Sizes({group.name: group.preferred or 10.0 for group in piece.layout.groups})
        heights.append(Gauge(Engine(made.page, "x"), piece.layout, made, piece.language)(sizes))
        coded = {part.frame for sheet in made.sheets for part in sheet.parts if CODE in part.html}
        assert len(coded) == 1
        assert coded <= set(heights[-1])
    assert heights[0] == heights[1]


def test_large_print(brochure: Callable[[str], Piece]) -> None:
    """Large print goes on over pages, and its text is 18 pt."""
    pdf = rendered(brochure("large-print"))
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) >= 3
        assert "An epidural blood patch is a minimally" in document[0].get_textpage().get_text_range()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        rows = pikepdf.parse_content_stream(document.pages[0])
    # CSS pixels: 18 pt are 24, and the page is drawn at three quarters.
    assert 24.0 in {float(operands[1]) for operands, operator in rows if str(operator) == "Tf"}


@pytest.mark.parametrize("layout", ["large-print", "large-print-a4"])
def test_a_section_a_page(brochure: Callable[[str], Piece], layout: str) -> None:
    """Large print of the blood patch has a section a page with its window, then what to do, then whom to call."""
    with pypdfium2.PdfDocument(rendered(brochure(layout))) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    openings = ["What is an", "How is an", "How does an", "Key facts", "Schedule an"]
    assert [[name for name in openings if name in page] for page in pages] == [[name] for name in openings]
    assert [name in page for name, page in zip(["Leak", "Injection", "Seal"], pages, strict=False)] == [True] * 3


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("count", range(1, 7))
def test_whom_to_call(brochure: Callable[[str], Piece], count: int, tag: str) -> None:
    """However many places large print lists, two stand below their heading, and no page has none but what ends it."""
    piece = brochure("large-print", tag)
    places = tuple(replace(piece.clinic, name=f"Place{number}") for number in range(count))
    with pypdfium2.PdfDocument(rendered(replace(piece, places=places))) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    said = [[f"Place{number}" in page for page in pages] for number in range(count)]
    assert [sum(places) for places in said] == [1] * count
    assert len({places.index(True) for places in said[:2]}) == 1
    assert said[-1][-1]
    if tag == "en":
        assert "Schedule an initial" in pages[said[0].index(True)]


@pytest.fixture
def pressed(brochure: Callable[[str], Piece]) -> bytes:
    piece = replace(brochure("trifold"), bleed=mm(3))
    job = PressJob(piece.layout, piece.brand, gray=False, mirrored=False, bleed=mm(3), profile=Profile("Shop", b"ICC"))
    return press_file(rendered(piece), job)


def test_press_boxes(pressed: bytes) -> None:
    """A press file's trim is exact, its bleed 3 mm outside it, its origin the corner of the paper."""
    with pikepdf.open(io.BytesIO(pressed)) as document:
        for page in document.pages:
            trim, bleed, media = ([float(v) for v in box] for box in (page.trimbox, page.obj.BleedBox, page.mediabox))
            assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx((792, 612), abs=0.01)
            assert [abs(a - b) for a, b in zip(trim, bleed, strict=True)] == pytest.approx([mm(3).pt] * 4, abs=0.01)
            assert media[:2] == [0, 0]


def test_press_marks_folds_across(card: Callable[[str], Piece]) -> None:
    """A fold from side to side is marked at both edges, outside the bleed, at its height."""
    piece = replace(card("bilingual-tall-card"), bleed=mm(3))
    job = PressJob(piece.layout, piece.brand, gray=False, mirrored=False, bleed=mm(3))
    with pikepdf.open(io.BytesIO(press_file(rendered(piece), job))) as document:
        for page in document.pages:
            left, _, right, top = (float(v) for v in page.trimbox)
            rows = list(pikepdf.parse_content_stream(page))
            starts = [tuple(float(v) for v in operands) for operands, operator in rows if str(operator) == "m"]
            level = [(x, y) for x, y in starts if abs(y - (top - mm(53.98).pt)) < 0.1]
            assert len(level) == 2
            assert all(x < left - mm(3).pt or x > right + mm(3).pt for x, _ in level)
            assert [x for x, y in starts if y > top and abs(x - (left + mm(85.6).pt)) < 0.1]


def test_press_plates(pressed: bytes) -> None:
    """A press file has no RGB and no link, its text is the black plate or the paper, and it has the shop's profile."""
    with pikepdf.open(io.BytesIO(pressed)) as document:
        streams = [*document.pages, *(o for o in document.objects if isinstance(o, pikepdf.Stream) and "/BBox" in o)]
        rows = [row for stream in streams for row in pikepdf.parse_content_stream(stream)]
        assert not {str(operator) for _, operator in rows} & RGB
        plates = {tuple(float(v) for v in operands) for operands, operator in rows if str(operator) == "k"}
        flow, dot, bone, alarm = (
            (0.92, 0.5, 0.4, 0.4),
            (0.25, 1, 0.75, 0.35),
            (0.12, 0.05, 0.06, 0.04),
            (0, 1, 0.9, 0.35),
        )
        assert plates == {BLACK, PAPER, flow, dot, bone, alarm}
        # White words are on the band of the emergency number.
        assert text_inks(document.pages[0]) == {BLACK, PAPER}
        assert text_inks(document.pages[1]) == {BLACK}
        assert not any("/Annots" in page.obj for page in document.pages)
        assert document.Root.OutputIntents[0].DestOutputProfile.read_bytes() == b"ICC"
        assert document.Root.OutputIntents[0].Info == "Shop"
        assert not any("/URI" in item for item in document.objects if isinstance(item, pikepdf.Dictionary))


def text_inks(page: pikepdf.Page) -> set[tuple[float, ...]]:
    """The plates, as CMYK from 0 to 1, that the words of a page are filled with."""
    ink: tuple[float, ...] = ()
    kept, inks = [], set()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "k":
            ink = tuple(float(v) for v in operands)
        elif str(operator) == "q":
            kept.append(ink)
        elif str(operator) == "Q":
            ink = kept.pop()
        elif str(operator) in {"Tj", "TJ"}:
            inks.add(ink)
    return inks


def test_press_claims_nothing(pressed: bytes) -> None:
    """A press file says of itself that it keeps no standard, and what was verified of it says so too."""
    examined = examine(pressed, Expected(), Span("a.pdf"))
    assert examined.facts is not None
    assert examined.facts.claims == ()
    assert [d for d in examined.diagnostics if d.severity == Severity.ERROR] == []
    assert examined.press[0] == "trim 279.40 × 215.90 mm, bleed 3.0 mm, boxes from the paper's corner"
    assert "output intent 'Shop'" in examined.press
    assert examined.press[-1] == "not checked against PDF/X"


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
@pytest.mark.parametrize("gray", [False, True])
@pytest.mark.parametrize("layout", ["wallet-card", "bilingual-tall-card"])
def test_plates_of_cards(card: Callable[[str], Piece], layout: str, tmp_path: Path, gray: bool) -> None:
    """A card's press file has its band on three plates and its text on the black one; the gray edition has no other."""
    piece = replace(card(layout), bleed=mm(3))
    job = PressJob(piece.layout, piece.brand, gray=gray, mirrored=False, bleed=mm(3))
    path = tmp_path / "a.pdf"
    path.write_bytes(press_file(rendered(piece), job))
    plates = ink_coverage(path)
    assert len(plates) == 2
    assert all(cyan == 0 and magenta == yellow < black for cyan, magenta, yellow, black in plates)
    assert any(magenta > 0 for _, magenta, _, _ in plates) != gray


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
@pytest.mark.parametrize("gray", [False, True])
def test_press_plates_by_ghostscript(brochure: Callable[[str], Piece], tmp_path: Path, gray: bool) -> None:
    """Another program finds ink where it should be: on four plates, or in the gray edition on the black one alone."""
    piece = replace(brochure("trifold"), bleed=mm(3))
    job = PressJob(piece.layout, piece.brand, gray=gray, mirrored=False, bleed=mm(3))
    path = tmp_path / "a.pdf"
    path.write_bytes(press_file(rendered(piece), job))
    outside, inside = ink_coverage(path)
    assert all(0.02 < black < 0.3 for *_, black in (outside, inside))
    if gray:
        assert outside[:3] == inside[:3] == [0, 0, 0]
        return
    # Drawings are on all four, the band of the emergency number on all but cyan; text, most of the black, on no other.
    cyan, magenta, yellow, black = inside
    assert 0 < cyan == magenta == yellow < black
    cyan, magenta, yellow, black = outside
    assert 0 < cyan < magenta == yellow < black


def ink_coverage(path: Path) -> list[list[float]]:
    """How much of each page's paper each plate covers, by Ghostscript."""
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=inkcov", "-o", "-", str(path)]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return [[float(part) for part in line.split()[:4]] for line in lines if line.endswith("CMYK OK")]


def test_press_bleeds(fonts: None, make_piece: Make) -> None:
    """What touches the edge of the sheet runs 3 mm over it, and not further."""
    text = (ROOT / "tests/projects/other-clinic/source/leaflets/after-your-visit.md").read_text(encoding="utf-8")
    leaflet = make_piece(text, head="", project="other-clinic", layout="leaflet", marking="release")
    wall = '[line]\nlength = 595\ndown = 200\nshapes = [{ draw = "wall", seals = [] }]'
    layout, brand = replace(leaflet.layout, art={"shore.toml": wall}), leaflet.brand | {"press-flow": "92 50 40 40"}
    piece = replace(leaflet, layout=layout, bleed=mm(3), brand=brand)
    job = PressJob(piece.layout, piece.brand, gray=False, mirrored=False, bleed=mm(3))
    page = pictures(press_file(rendered(piece), job), 254)[0].convert("L")
    # The wall stands 200 pt below the trim; at 10 pixels a millimetre the paper's margin is 100.
    y = 100 + round(200 / 72 * 254)
    dark = [x for x in range(page.width) if page.getpixel((x, y)) < 128]
    assert (dark[0], dark[-1]) == pytest.approx((70, 100 + 2100 + 30 - 1), abs=1)
    assert len(dark) == dark[-1] + 1 - dark[0]


@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize("layout", ["trifold", "half-fold"])
def test_cover_bleeds(brochure: Callable[..., Piece], layout: str, tag: str) -> None:
    """A cover's field runs over the outer edge of a press file, the left one in Arabic; all that it holds stays."""
    office = brochure(layout, tag)
    piece = replace(office, bleed=mm(3))
    job = PressJob(piece.layout, piece.brand, gray=False, mirrored=tag == "ar", bleed=mm(3))
    whole = press_file(rendered(piece), job)
    page = pictures(whole, 127)[0].convert("L")
    # 5 pixels a millimetre: the trim is 50 from the paper's edge, the bleed 35; half an inch below the field's middle.
    y = 50 + round(0.6 * piece.layout.height.mm * 5)
    dark = [x for x in range(page.width) if page.getpixel((x, y)) < 128]
    assert (dark[0] if tag == "ar" else page.width - 1 - dark[-1]) == pytest.approx(35, abs=1)
    in_press = places_of(whole, PRESS_MARGIN.pt)
    assert all(any(near(place, other) for other in in_press) for place in places_of(rendered(office), 0))
    examined = examine(whole, Expected(), Span("a.pdf"))
    assert [d for d in examined.diagnostics if d.severity == Severity.ERROR] == []
    assert "what touches the trim bleeds" in examined.press


def places_of(pdf: bytes, over: float) -> list[tuple[float, ...]]:
    """The kind and place of whatever is on the first page, from the trim's corner."""
    with pypdfium2.PdfDocument(pdf) as document:
        things = document[0].get_objects(max_depth=5)
        return [(thing.type, *(v - over for v in box_of(thing))) for thing in things if thing.type != 5]


def near(place: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """True for one thing in two files, whose numbers are rounded."""
    return max(abs(one - two) for one, two in zip(place, other, strict=True)) < 0.1


def test_two_languages_in_one_sheet(make_piece: Make) -> None:
    """Each leaf is in its language: for Arabic the left cover is the reader's, and the right one is English."""
    _, head, body = (ROOT / "source/brochures/epidural-blood-patch.md").read_text(encoding="utf-8").split("---\n", 2)
    english = make_piece(body, head=f"---\n{head}---\n", project="../..", layout="bilingual-half-fold")
    said = {message.msgid: "مرحبا" for message in english.document.messages}
    piece = make_piece(
        body, "ar", said, head=f"---\n{head}---\n", project="../..", layout="bilingual-half-fold", marking="release"
    )
    from pressroom.render.proof import render_piece

    proof = render_piece(piece)
    assert proof.pdf is not None
    with pypdfium2.PdfDocument(proof.pdf) as document:
        for number, english_at in ((0, 1), (1, 0)):
            text, half = document[number].get_textpage(), 792 / 2
            halves = [text.get_text_bounded(left=half * side, right=half * (side + 1)) for side in (0, 1)]
            assert "epidural blood patch" in halves[english_at].lower()
            assert "epidural" not in halves[1 - english_at].lower().replace("epidural blood patch / arabic", "")
    examined = examine(proof.pdf, Expected(), Span("a.pdf"))
    assert [d for d in examined.diagnostics if d.severity is Severity.ERROR] == []
