"""A clinic's imprint: its map, its logo, the places it lists, and the brand in one place."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pressroom.compose import Piece, compose_web
from pressroom.diagnostics import Severity, Span
from pressroom.language import find_language
from pressroom.planning.assets import clinic_logo
from pressroom.planning.plan import Request, make_plan
from pressroom.preflight.check import Expected, examine
from pressroom.project import Clinic, Logo, read_clinics
from pressroom.render.proof import render_piece
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 0h90v30h-90z" fill="#0f4c5c"/></svg>'
MEADOW = Clinic(
    "meadow", "Meadow Test Clinic", ("1 Meadow Lane", "Larkspur"), "911", "801-555-0142", map="https://maps.example/m"
)
LOGO = Logo("source/logos/meadow.svg", "Meadow: a flower")

Make = Callable[..., Piece]


@pytest.fixture
def with_imprint(make_piece: Make) -> Callable[[str, str], Piece]:
    """The project's brochure or card for an invented clinic with a map and a logo."""

    def make(name: str, layout: str) -> Piece:
        _, head, body = (ROOT / "source" / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
        piece = make_piece(
            body, head=f"---\n{head}---\n", project="../..", layout=layout, clinic=MEADOW, marking="release"
        )
        return replace(piece, logo=LOGO, images=piece.images | {LOGO.path: SVG.encode()})

    return make


def links(pdf: bytes) -> list[str]:
    """Where the areas of a PDF lead."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [str(area.A.URI) for page in document.pages for area in page.obj.get("/Annots", ())]


def alternatives(pdf: bytes) -> set[str]:
    """What pictures say."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return {str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item}


PIECES = [
    ("brochures/epidural-blood-patch", "trifold"),
    ("brochures/epidural-blood-patch", "half-fold"),
    ("brochures/epidural-blood-patch", "flyer"),
    ("brochures/epidural-blood-patch", "large-print"),
    ("cards/dvt-pe", "wallet-card"),
]


@pytest.mark.parametrize(("name", "layout"), PIECES)
def test_logo_and_map(with_imprint: Callable[[str, str], Piece], name: str, layout: str) -> None:
    """In every layout the address leads to the map, the logo says what it shows, and both standards are kept."""
    proof = render_piece(with_imprint(name, layout))
    assert proof.diagnostics == ()
    assert proof.pdf is not None
    # Numbers can be pressed as well.
    assert {link for link in links(proof.pdf) if not link.startswith("tel:")} == {MEADOW.map}
    assert LOGO.text in alternatives(proof.pdf)
    found = examine(proof.pdf, Expected(), Span("a.pdf")).diagnostics
    assert [d for d in found if d.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("name", "layout"), [PIECES[0], PIECES[4]])
def test_nothing_takes_no_room(with_imprint: Callable[[str, str], Piece], name: str, layout: str) -> None:
    """Without a logo and a map every letter stands where it stands with them; on a card the name's line moves alone."""
    whole = with_imprint(name, layout)
    bare = replace(whole, logo=None, images={name: data for name, data in whole.images.items() if name != LOGO.path})
    letters = [sorted(_letters(render_piece(piece).pdf or b"")) for piece in (whole, bare)]
    moved = {a[1] for a, b in zip(*letters, strict=True) if a != b}
    assert len(letters[0]) > 300
    assert moved <= (set(MEADOW.name) if layout == "wallet-card" else set())
    plain = replace(MEADOW, map="")
    first, second = (
        _pictures(render_piece(piece).pdf or b"") for piece in (bare, replace(bare, clinic=plain, places=(plain,)))
    )
    assert first == second


def _pictures(pdf: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=2, draw_annots=False).to_pil().tobytes() for page in document]


def _letters(pdf: bytes) -> Iterator[tuple[int, str, int, int]]:
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            signs = text.get_text_range()
            for index in range(text.count_chars()):
                left, bottom, _, _ = text.get_charbox(index)
                if index < len(signs) and not signs[index].isspace():
                    yield number, signs[index], round(left), round(bottom)


def test_on_the_web(with_imprint: Callable[[str, str], Piece]) -> None:
    """The page shows the logo from its own bytes, and the address leads to the map."""
    html = compose_web(with_imprint("brochures/epidural-blood-patch", "web-page"))
    assert 'alt="Meadow: a flower"' in html
    assert 'src="data:image/svg+xml;base64,' in html
    assert f'<a href="{MEADOW.map}">' in html


WHOLE = '[a]\nname = "A"\naddress = ["1 Road"]\nphone = "555-0100"\nemergency = "112"\n'


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('map = "http://a.example"', "map of a is not an https address"),
        ('map = "https://me@a.example"', "map of a is not an https address"),
        ('map = "https://a.example/a b"', "map of a is not an https address"),
        ('logo = "logo.svg"', "the logo of a does not say what it shows"),
        ('logo = "../logo.svg"\nlogo-text = "A"', "not a picture beside the clinics"),
        ('logo = "logo.tiff"\nlogo-text = "A"', "not a picture beside the clinics"),
        ('locations = ["a", "b"]', "lists a location 'b', which is not a clinic here"),
    ],
)
def test_refused(line: str, said: str) -> None:
    """A map, a logo or a list that can't be used leaves the clinic out, and is reported."""
    clinics, problems = read_clinics(WHOLE + line, "source/clinics.toml")
    assert clinics == ()
    assert said in " ".join(problem.message for problem in problems)


def test_unsafe_logo(minimal: Path) -> None:
    """A logo that fetches, or is not there, refuses the pieces that would bear it."""
    clinic = replace(MEADOW, logo=LOGO)
    assert clinic_logo(Workspace.open(minimal), clinic).findings[0].code == "image-missing"
    path = minimal / LOGO.path
    path.parent.mkdir()
    path.write_text(SVG.replace("<path", '<image href="https://a.example/a.png"/><path'), encoding="utf-8")
    assert clinic_logo(Workspace.open(minimal), clinic).findings[0].code == "image-unsafe"


def test_a_clinic_changes_its_own_pieces(other_clinic: Path, edit) -> None:
    """A line more in one clinic changes no key of another, unless that one's pieces list it."""

    def keys() -> dict[tuple[str, str, str, str], str]:
        return {job.id: job.key for job in make_plan(Workspace.open(other_clinic), Request()).jobs}

    clinics = other_clinic / "source" / "clinics.toml"
    before = keys()
    edit(clinics, 'url = "https://lindenhof.example"', 'url = "https://lindenhof.example"\nmap = "https://m.example"')
    assert {id[2] for id, key in keys().items() if key != before[id]} == {"praxis-lindenhof"}
    edit(clinics, 'name = "Praxis am See"', 'name = "Praxis am See"\nlocations = ["praxis-am-see", "praxis-lindenhof"]')
    before = keys()
    edit(clinics, "https://m.example", "https://n.example")
    assert {id[2] for id, key in keys().items() if key != before[id]} == {"praxis-lindenhof"}
    edit(other_clinic / "layouts/leaflet/template.html", "imprint(word_hours", "imprint(places, word_hours")
    before = keys()
    edit(clinics, "https://n.example", "https://o.example")
    assert {id[2] for id, key in keys().items() if key != before[id]} == {"praxis-lindenhof", "praxis-am-see"}


def test_brand_in_one_place(minimal: Path, edit) -> None:
    """A colour, a font and a logo are changed in brand.toml alone, and every clinic's pieces have them."""
    brand = minimal / "layouts" / "brand.toml"
    (minimal / "layouts" / "logo.svg").write_text(SVG, encoding="utf-8")
    text = brand.read_text(encoding="utf-8")
    brand.write_text(text + '\n[logo]\nfile = "logo.svg"\ntext = "A mark"\n[font]\nLatn = "Noto Serif"\n', "utf-8")
    edit(minimal / "pyproject.toml", "locales = [", 'locales = ["ar", ')
    workspace = Workspace.open(minimal)
    assert clinic_logo(workspace, MEADOW) == ((Logo("layouts/logo.svg", "A mark"), SVG.encode()), ())
    languages, findings = workspace.languages()
    assert findings == ()
    by_tag = {language.tag: language for language in languages}
    assert by_tag["es"].stack == ("Noto Serif", "Noto Sans")
    assert by_tag["ar"] == find_language("ar")
    edit(brand, "Noto Serif", "Comic Sans")
    workspace.changed([brand])
    languages, findings = workspace.languages()
    assert find_language("es") in languages
    assert [finding.code for finding in findings] == ["brand-font"]


def test_a_build_for_one_printer(minimal: Path, publish, edit) -> None:
    """A build for a printer writes its files beside the edition, moved as its profile says; the edition stays."""
    settings = '[tool.pressroom]\nprinters.desk = { front = [2.0, 0.0], flip = "short-edge" }\n'
    edit(minimal / "pyproject.toml", "[tool.pressroom]\n", settings)
    assert publish(minimal, "build", "--printer", "desk", "--locale", "es").exit_code == 0
    (corrected,) = (minimal / "output" / "printers" / "desk").rglob("*.pdf")
    made = minimal / "output" / "current" / corrected.relative_to(minimal / "output" / "printers" / "desk")
    with pikepdf.open(made) as edition, pikepdf.open(corrected) as moved:
        assert edition.Root.ViewerPreferences.PrintScaling == "/None"
        start = moved.pages[0].Contents.read_bytes().split()[:8]
        assert start[:1] + start[7:] == [b"q", b"cm"]
        assert float(start[5]) == pytest.approx(2 / 25.4 * 72, abs=0.01)
        assert b"5.6693" not in edition.pages[0].Contents.read_bytes()[:60]
    edit(minimal / "pyproject.toml", "short-edge", "left-edge")
    assert publish(minimal, "build", "--printer", "desk").exit_code == 2


@pytest.mark.parametrize("layout", ["wallet-card", "business-card", "folded-card", "bilingual-tall-card"])
@pytest.mark.parametrize(("tag", "phone"), [("ar", "الهاتف"), ("vi", "Điện thoại")])
def test_number_beside_its_label(make_piece: Make, layout: str, tag: str, phone: str) -> None:
    """A card's telephone number stands clear of every other letter, also where its label is long or right of it."""
    text = (ROOT / "source/cards/dvt-pe.md").read_text(encoding="utf-8")
    options = {"head": "", "project": "../..", "layout": layout, "clinic": MEADOW, "marking": "release"}
    english = make_piece(text, **options)
    # A few letters for every text: where the number stands is the question.
    said = {message.msgid: phone for message in english.document.messages} | {"Call {emergency}": "{emergency}"}
    said |= {"Phone": phone, "See other side": phone, "Look inside": phone}
    proof = render_piece(make_piece(text, tag, said, **options))
    assert not [d for d in proof.diagnostics if d.code == "overset"]
    assert proof.pdf is not None
    numbers = 0
    with pypdfium2.PdfDocument(proof.pdf) as document:
        for page in document:
            boxes = _boxes(page.get_textpage())
            signs = "".join(sign for sign, _ in boxes)
            number = MEADOW.phone.replace(" ", "")
            at = signs.find(number)
            if at >= 0:
                numbers += 1
                own, others = boxes[at : at + len(number)], boxes[:at] + boxes[at + len(number) :]
                assert not [(a, b) for a, one in own for b, other in others if _touch(one, other)]
    assert numbers == (2 if english.layout.bilingual else 1)


Box = tuple[float, float, float, float]


def _boxes(text: pypdfium2.PdfTextPage) -> list[tuple[str, Box]]:
    signs = text.get_text_range()
    return [(sign, text.get_charbox(index)) for index, sign in enumerate(signs) if not sign.isspace()]


def _touch(one: Box, other: Box) -> bool:
    return all(one[k] < other[k + 2] and other[k] < one[k + 2] for k in (0, 1))


def test_a_brand_logo_without_words(tmp_path: Path) -> None:
    """A brand's logo that lacks what is read aloud for it is reported at its table, and no piece has it."""
    (tmp_path / "layouts").mkdir()
    text = '[colour]\nink = "#000"\n\n[logo]\nfile = "art/logo.svg"\n'
    (tmp_path / "layouts" / "brand.toml").write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.pressroom]\nlocales = []\n", encoding="utf-8")
    logo, (found,) = clinic_logo(Workspace.open(tmp_path), MEADOW)
    assert logo is None
    assert "logo lacks the text 'text'" in found.message
    assert found.span.path == "layouts/brand.toml"
