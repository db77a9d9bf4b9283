"""Facts of the finished PDFs: each document is made once a session, in four languages and two clinics' projects."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pressroom.catalog import Translation
from pressroom.content import Document, Message, messages_of
from pressroom.content.inline import parse_inline
from pressroom.content.model import ALTERNATIVE
from pressroom.language import Language, find_language
from pressroom.layout import Box, Layout, place_panels, read_layout
from pressroom.preflight.facts import Facts, read_facts
from pressroom.project import Files
from pressroom.publish import read_manifest
from pressroom.render.tags.letter_font import NAME as LETTERS
from pressroom.units import Length, mm
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
TAGS = ("en", "es", "ar", "zh-Hans")
DOCUMENTS = {"dvt-pe": "wallet-card", "epidural-blood-patch": "trifold", "services": "trifold"}
TOLERANCE = mm(0.5).pt


@dataclass(frozen=True)
class Letter:
    """A printed letter; points from the left and from the top of its page, `base` its line's, `size` its type's."""

    text: str
    left: float
    right: float
    middle: float
    base: float
    size: float


@dataclass
class Made:
    """One file, and what it was made from."""

    pdf: bytes
    layout: Layout
    language: Language
    document: Document
    said: Translation
    draft: str

    @cached_property
    def facts(self) -> Facts:
        """What the file says of itself."""
        return read_facts(self.pdf)

    @cached_property
    def pages(self) -> list[list[Letter]]:
        """The letters of each page, in the order of the file."""
        with pypdfium2.PdfDocument(self.pdf) as document:
            return [list(_letters(page)) for page in document]

    def box(self, box: Box) -> Box:
        """Where a box of the layout stands on this paper."""
        return box.mirrored(self.layout.width) if self.language.direction == "rtl" else box

    def within(self, page: str, box: Box) -> list[Letter]:
        """The letters whose middle stands in a box of a page, the box as the layout has it."""
        box = self.box(box)
        return [
            letter
            for letter in self.pages[self.layout.page_number(page) - 1]
            if box.left.pt <= (letter.left + letter.right) / 2 <= box.left.pt + box.width.pt
            and box.top.pt <= letter.middle <= box.top.pt + box.height.pt
        ]

    def printed(self, message: Message) -> str:
        """The words of a message in this file's language."""
        return parse_inline(self.said.of(message).text).plain


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    import ctypes

    text, height = page.get_textpage(), page.get_height()
    for index in range(text.count_chars()):
        sign = chr(pdfium.FPDFText_GetUnicode(text, index))
        left, bottom, right, top = text.get_charbox(index)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if right > left and not sign.isspace() and sign not in "\u200b\u2060\xad":
            size = pdfium.FPDFText_GetFontSize(text, index)
            yield Letter(sign, left, right, height - (top + bottom) / 2, height - y.value, size)


def _count(text: str) -> Counter[str]:
    """The letters of a text in any order: in Arabic files they stand in other forms, and from right to left."""
    folded = unicodedata.normalize("NFKC", text)
    return Counter(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def _publish(output: Path, product: str, documents: list[str]) -> None:
    """In a process of its own: fontconfig and WeasyPrint settle on their fonts once a process."""
    asked = ["--clinic", "utah-vascular-clinic", *(word for tag in TAGS for word in ("--locale", tag))]
    asked += ["--product", product, "--output", str(output), *documents]
    command = [sys.executable, str(ROOT / "publish.py"), "--project", str(ROOT), "build", *asked]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert ran.returncode in (0, 1), ran.stderr


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Made]:
    """Every document of the project in four languages, for one clinic."""
    workspace, output = Workspace.open(ROOT), tmp_path_factory.mktemp("edition")
    for product in ("wallet-card", "trifold"):
        _publish(output, product, [name for name, usual in DOCUMENTS.items() if usual == product])
    draft = workspace.words().value["draft"]
    files: dict[tuple[str, str], Made] = {}
    for piece in read_manifest(output / "current").pieces:
        assert piece.made, piece.diagnostics
        language = find_language(piece.locale)
        (path,) = (path for path in workspace.sources() if path.stem == piece.document)
        document = workspace.document(path).value
        assert document is not None
        said = workspace.text(document.name, language).translation
        words = workspace.text("layouts", language).translation
        assert said is not None
        assert words is not None
        files[piece.document, piece.locale] = Made(
            (output / "current" / piece.path).read_bytes(),
            read_layout(Files(ROOT), DOCUMENTS[piece.document]),
            language,
            document,
            said,
            words.of(draft).text,
        )
    return files


@pytest.fixture(params=[(name, tag) for name in DOCUMENTS for tag in TAGS], ids="-".join)
def piece(request: pytest.FixtureRequest, made: dict[tuple[str, str], Made]) -> Made:
    return made[request.param]


def test_file(piece: Made) -> None:
    """A file has its two pages of the trim, its language and title, and only its language's fonts, embedded."""
    facts = piece.facts
    width, height = (85.6, 53.98) if piece.layout.name == "wallet-card" else (279.4, 215.9)
    assert facts.pages == 2
    for left, bottom, right, top in facts.boxes:
        assert (Length(right - left).mm, Length(top - bottom).mm) == pytest.approx((width, height), abs=0.05)
    assert facts.language == piece.language.tag
    assert facts.title == piece.printed(piece.document.front.title)
    families = (LETTERS, *(family.replace(" ", "-") for family in piece.language.stack))
    assert {name for name in facts.fonts if not name.removesuffix("-Bold").startswith(families)} == set()
    assert len(facts.fonts) >= 2
    assert (facts.unembedded, facts.active, facts.tagged) == (frozenset(), (), True)


def test_every_panel_is_a_draft(piece: Made) -> None:
    """Every panel says that it is a draft and not for patients, in English and in the locale's words."""
    for panel in piece.layout.panels:
        text = "".join(letter.text for letter in piece.within(panel.page, panel.box))
        assert "DRAFT:NOTFORPATIENTS" in text
        if piece.language.tag != "en":
            assert not _count(piece.draft) - _count(text)
            assert piece.draft != "Draft: not for patients"


def test_text_stands_in_its_panel(piece: Made) -> None:
    """Every letter of a passage is printed on the panel of the paper that the layout gives it."""
    placed, problems = place_panels(piece.document, piece.layout)
    assert problems == []
    panels = {panel.name: panel for panel in piece.layout.panels}
    for passage in piece.layout.passages:
        panel = panels[passage.panel]
        there = _count("".join(letter.text for letter in piece.within(panel.page, panel.box)))
        wanted: Counter[str] = Counter()
        messages = (m for panel in placed[passage.name] for m in messages_of(panel.blocks))
        # What is read aloud for a picture is not printed.
        for message in (message for message in messages if message.role != ALTERNATIVE):
            text = piece.printed(message).replace("{emergency}", "911")
            assert "{" not in text
            wanted += _count(text)
        assert not wanted - there, passage.name


def test_safe_area(piece: Made) -> None:
    """No letter stands nearer to the edge than the safe area, but for the labels that make a proof of it."""
    safe, width, height = piece.layout.safe.pt, piece.layout.width.pt, piece.layout.height.pt
    labels = _count("DRAFT NOT FOR PATIENTS dotted words await a clinician" + piece.draft)
    for letters in piece.pages:
        outside = [a for a in letters if not safe - TOLERANCE <= a.middle <= height - safe + TOLERANCE]
        assert set(_count("".join(letter.text for letter in outside))) <= set(labels)
        inside = [letter for letter in letters if letter not in outside]
        assert min(letter.left for letter in inside) >= safe - TOLERANCE
        assert max(letter.right for letter in inside) <= width - safe + TOLERANCE


def test_no_text_crosses_a_fold(piece: Made) -> None:
    """No letter stands on a fold."""
    for page, letters in zip(piece.layout.pages, piece.pages, strict=True):
        for fold in page.folds:
            at = (piece.layout.width - fold if piece.language.direction == "rtl" else fold).pt
            assert [letter for letter in letters if letter.left < at < letter.right] == []


def test_folds() -> None:
    """The panel that folds in is a sixteenth of an inch narrower, and the folds lie between the panels."""
    layout = read_layout(Files(ROOT), "trifold")
    folds = {page.name: tuple(round(fold.pt / 72, 4) for fold in page.folds) for page in layout.pages}
    assert folds == {"outside": (3.625, 7.3125), "inside": (3.6875, 7.375)}
    for page in layout.pages:
        edges = {round(p.box.left.pt, 3) for p in layout.panels if p.page == page.name} - {0.0}
        assert edges == {round(fold.pt, 3) for fold in page.folds}
    widths = {panel.name: round(panel.box.width.pt / 72, 4) for panel in layout.panels}
    assert widths["flap"] == widths["three"] == 3.625
    assert {widths[name] for name in ("cover", "back", "one", "two")} == {3.6875}


@pytest.mark.parametrize("name", ["epidural-blood-patch", "services"])
def test_mirrored(name: str, made: dict[tuple[str, str], Made]) -> None:
    """The cover opens where its readers begin: at the right edge of the outside, in Arabic at the left."""
    for tag in TAGS:
        piece = made[name, tag]
        title = max(piece.pages[0], key=lambda letter: letter.size)
        third = piece.layout.width.pt / 3
        assert (title.right < third) == (tag == "ar")
        assert (title.left > 2 * third) == (tag != "ar")


@pytest.mark.parametrize("name", ["epidural-blood-patch", "services"])
@pytest.mark.parametrize("tag", TAGS)
def test_inside_texts_begin_on_one_line(name: str, tag: str, made: dict[tuple[str, str], Made]) -> None:
    """Below the headings the texts of the three inside panels begin on one line."""
    piece = made[name, tag]
    frames = [frame for frame in piece.layout.frames if frame.name in ("one-text", "two-text", "three-text")]
    first = []
    for frame in frames:
        letters = piece.within("inside", frame.box)
        body = Counter(letter.size for letter in letters).most_common(1)[0][0]
        bases = [letter.base for letter in letters if 0.8 * body < letter.size < 1.3 * body]
        # Arabic dots and joins have origins of their own, above and below the line's.
        line = Counter(round(base, 1) for base in bases if base < min(bases) + body / 2)
        first.append(line.most_common(1)[0][0])
    assert max(first) - min(first) < 1


def _left_to_right(letters: list[Letter], digits: str) -> bool:
    """True where signs stand side by side in this order, however the file lists them."""
    lines: dict[int, list[Letter]] = {}
    for letter in letters:
        if letter.text in digits:
            lines.setdefault(round(letter.base), []).append(letter)
    texts = ["".join(a.text for a in sorted(line, key=lambda letter: letter.left)) for line in lines.values()]
    return any(digits in text for text in texts)


@pytest.mark.parametrize("tag", TAGS)
def test_numbers_run_left_to_right(tag: str, made: dict[tuple[str, str], Made]) -> None:
    """The emergency number and a range of millilitres stand left to right on paper, in Arabic too."""
    card = made["dvt-pe", tag]
    assert _left_to_right([letter for letter in card.pages[1] if letter.size > 12], "911")
    assert _left_to_right(made["epidural-blood-patch", tag].pages[1], "10–20")


def _bullets(pdf: bytes, page: int) -> list[tuple[float, float]]:
    """Where the small filled shapes of a page have their middles, in points from left and top."""
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        found = []
        for shape in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = shape.get_bounds()
            if 2 < right - left < 6 and abs((right - left) - (top - bottom)) < 0.2:
                found.append(((left + right) / 2, sheet.get_height() - (top + bottom) / 2))
        return found


@pytest.mark.parametrize("tag", TAGS)
def test_bullets(tag: str, made: dict[tuple[str, str], Made]) -> None:
    """A bullet stands before its line: at the left, and in Arabic at the right."""
    piece = made["dvt-pe", tag]
    for page in (0, 1):
        bullets = _bullets(piece.pdf, page)
        assert len(bullets) == 4
        for x, y in bullets:
            line = [letter for letter in piece.pages[page] if abs(letter.middle - y) < 4]
            assert line
            if tag == "ar":
                assert x > max(letter.right for letter in line)
            else:
                assert x < min(letter.left for letter in line)
