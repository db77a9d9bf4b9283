"""A brochure of an invented clinic with every kind of block: what is on its pages, in its tags and on its web page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from tests.conftest import Publish

ROOT = Path(__file__).parents[3]
PRODUCTS = ["trifold", "large-print", "web-page"]
# Half of the light or less is black on a photocopy.
THRESHOLD = 128
DPI = 144


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, fonts: None) -> Path:
    """The brochure in English, Arabic and Chinese, in this project's own layouts and their words."""
    from pressroom.cli import main

    project = tmp_path_factory.mktemp("walks") / "walking-group"
    shutil.copytree(ROOT / "tests" / "projects" / "walking-group", project)
    shutil.copytree(ROOT / "layouts", project / "layouts")
    for locale in ("ar", "zh_Hans"):
        words = f"locales/{locale}/LC_MESSAGES/layouts.po"
        shutil.copy(ROOT / words, project / words)
    products = [option for name in PRODUCTS for option in ("--product", name)]
    locales = [option for tag in ("en", "ar", "zh-Hans") for option in ("--locale", tag)]
    result = CliRunner().invoke(main, ["--project", str(project), "build", "walking-group", *locales, *products])
    assert result.exit_code == 0, result.output
    assert "error" not in result.output
    return project / "output" / "current"


def _file(built: Path, tag: str, product: str) -> Path:
    return next((built / tag).glob(f"walking-group.{tag}.{product}.*"))


def _tags(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    inside = element.get("/K", [])
    for kid in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _tags(kid)


def _roles(element: pikepdf.Object) -> list[str]:
    return [str(kid.S) for kid in _tags(element)][1:]


@pytest.mark.parametrize("product", ["trifold", "large-print"])
@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_tags(built: Path, tag: str, product: str) -> None:
    """Tables have header cells of their columns, boxes a heading, and what people fill in is a field with a name."""
    with pikepdf.open(_file(built, tag, product)) as pdf:
        every = list(_tags(pdf.Root.StructTreeRoot.K[0]))
        tables = [element for element in every if element.S == "/Table"]
        assert [_roles(table).count("/TR") for table in tables] == [4, 3]
        assert [_roles(table).count("/TD") for table in tables] == [6, 4]
        heads = [element for element in every if element.S == "/TH"]
        assert [str(head.A.Scope) for head in heads] == ["/Column"] * 4
        lists = [element for element in every if element.S == "/L"]
        assert [str(one.A.ListNumbering) for one in lists] == ["/None"]
        assert _roles(lists[0])[:4] == ["/LI", "/Lbl", "/Form", "/LBody"]
        fields = [element for element in every if element.S == "/Form"]
        # In large print the flap's panel, with two lines to write on, comes after the sections.
        before, after = ([], ["/tv"] * 2) if product == "large-print" else (["/tv"] * 2, [])
        assert [str(field.A.Role) for field in fields] == [*before, *["/cb"] * 3, *["/tv"] * 3, *after]
        assert all(str(field.A.Desc) == str(field.Alt) and str(field.Alt) for field in fields)
        names = [str(field.Alt) for field in fields]
        boxes = [e for e in every if e.S == "/Div" and _roles(e)[:2] == ["/Div", "/H3"]]
    assert len(boxes) == 3
    expected = {
        "en": ["Box to tick", "Room to write a date", "Room to write a time", "Room to write a place"],
        "ar": ["مربع لوضع علامة", "مكان لكتابة التاريخ", "مكان لكتابة الوقت", "مكان لكتابة المكان"],
        "zh-Hans": ["可勾选的方框", "填写日期处", "填写时间处", "填写地点处"],
    }
    last_box = 2 + len(before)
    assert names[last_box : last_box + 4] == expected[tag]


class Inside:
    """The inside of the folded brochure as a photocopier draws it, and where its words are, in points from the top."""

    def __init__(self, path: Path) -> None:
        with pypdfium2.PdfDocument(path) as pdf:
            page = pdf[1]
            self.height = page.get_height()
            text = page.get_textpage()
            self.letters = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
            picture: Image.Image = page.render(scale=DPI / 72, grayscale=True).to_pil()
        self.copy = picture.point(lambda light: 255 if light > THRESHOLD else 0)

    def find(self, words: str) -> tuple[float, float, float, float]:
        """The box around these words: left, top, right, bottom."""
        signs = "".join(sign for sign, _ in self.letters)
        at = signs.index(words)
        boxes = [box for sign, box in self.letters[at : at + len(words)] if not sign.isspace()]
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        return left, self.height - max(box[3] for box in boxes), right, self.height - min(box[1] for box in boxes)

    def dark(self, left: float, top: float, right: float, bottom: float) -> float:
        """The share of a rectangle that is black."""
        scale = DPI / 72
        part = self.copy.crop((round(left * scale), round(top * scale), round(right * scale), round(bottom * scale)))
        return part.histogram()[0] / (part.width * part.height)


@pytest.fixture(scope="module")
def english(built: Path) -> Inside:
    return Inside(_file(built, "en", "trifold"))


def test_ranks_differ_in_black_and_white(english: Inside) -> None:
    """On a photocopy an emergency is white on a solid band, a call has a round frame, information a bar at its edge."""
    left, top, right, bottom = english.find("Emergency")
    assert english.dark(left, top - 6, right, top - 2) == 1
    assert english.dark(left, top, right, bottom) > 0.5
    number = english.find("911")
    assert english.dark(number[0] - 5, number[1], number[0] - 1, number[3]) == 0
    left, top, right, bottom = english.find("When to call us")
    assert english.dark(left, top - 2, right, top - 1) == 0
    # The frame's line above the heading, and at both sides of it.
    above = [english.dark(left, top - at, right, top - at + 1.5) for at in range(4, 24)]
    assert max(above) > 0.6
    left, top, right, bottom = english.find("Good to know")
    above = [english.dark(left, top - at, right, top - at + 1.5) for at in range(2, 10)]
    assert max(above) == 0
    beside = [english.dark(left - at, top, left - at + 1, bottom + 20) for at in range(30, 50)]
    assert max(beside) == 1


def test_icons_differ_in_black_and_white(english: Inside) -> None:
    """The ringed i is mostly white and the handset mostly black, both before their words."""
    for words, low, high in (("Good to know", 0.15, 0.5), ("When to call us", 0.55, 0.9)):
        left, top, _, bottom = english.find(words)
        middle = (top + bottom) / 2
        share = english.dark(left - 24, middle - 7, left - 9, middle + 8)
        assert low < share < high, words


def test_room_to_write(english: Inside) -> None:
    """A row to write in is at least 22 pt high, and a line that fills its line ends at the column's edge."""
    left, _, right, bottom = english.find("How I felt")
    rules = [at for at in range(round(bottom), round(bottom) + 80) if english.dark(left, at, right + 60, at + 1) > 0.4]
    starts = [at for at, before in zip(rules, [0, *rules], strict=False) if at - before > 1]
    assert len(starts) >= 3
    assert all(later - earlier >= 22 for earlier, later in pairwise(starts[:3]))
    place = english.find("We meet here:")
    edge = 792 - 27
    assert max(english.dark(place[2] + 6, place[3] + at, edge, place[3] + at + 0.5) for at in range(6)) > 0.9


def test_right_to_left(built: Path, english: Inside) -> None:
    """In Arabic columns begin at the right, and the number is at the left of its band."""
    arabic = Inside(_file(built, "ar", "trifold"))
    width = 792.0
    # The first panel inside is the right one, and the table's first column its right column.
    digits = [box[0] for sign, box in arabic.letters if sign in "135"]
    assert len([left for left in digits if width - 90 < left < width - 27]) >= 3
    number, band = arabic.find("911"), english.find("911")
    assert number[0] < width / 2 < band[0] + 60
    assert number[0] - width / 3 < 60
    # Its box begins at the panel's left edge: the band goes on to the right of the number, not to the left.
    assert arabic.dark(number[2] + 20, number[1], number[2] + 34, number[3]) > 0.9
    assert english.dark(band[0] - 40, band[1], band[0] - 16, band[3]) > 0.9


def test_web_page(built: Path) -> None:
    """On a screen a box is an aside, a table has headings of columns, and each field says what it is."""
    html = _file(built, "en", "web-page").read_text(encoding="utf-8")
    body = html.partition("<main>")[2]
    assert re.findall(r'<aside class="notice-box notice-(\w+)">', body) == ["note", "warning", "important"]
    assert body.count('<th scope="col">') == 4
    assert body.count('role="img" aria-label="Box to tick"') == 3
    assert re.findall(r'aria-label="(Room to write a \w+)"', body) == [
        f"Room to write a {w}" for w in ("date", "time", "place")
    ]
    assert '<a href="tel:911">' in body
    arabic = _file(built, "ar", "web-page").read_text(encoding="utf-8")
    assert 'aria-label="مكان لكتابة التاريخ"' in arabic


def test_table_on_a_telephone(built: Path) -> None:
    """No word of a table is broken on a narrow screen: the table scrolls in a room of its own."""
    page = _file(built, "en", "web-page").read_text(encoding="utf-8")
    cells = re.search(r"\.grid th, \.grid td \{([^}]*)\}", page)
    assert cells is not None
    assert "overflow-wrap: break-word" in cells[1]
    assert re.search(r"\.grid-room \{[^}]*overflow-x: auto", page)
    assert (
        page.count('<table class="grid')
        == len(re.findall(r'<div class="grid-room" tabindex="0">\s*<table class="grid', page))
        > 0
    )


def test_words_of_blocks_are_signed(built: Path) -> None:
    """A signature covers the layouts' words that the document's boxes and fields print."""
    from pressroom.commands.signing.cases import printed_words
    from pressroom.layout.block_words import missing_words
    from pressroom.planning.plan import Request, make_plan
    from pressroom.workspace.workspace import Workspace

    workspace = Workspace.open(built.parents[1])
    plan = make_plan(workspace, Request(("walking-group",), ("ar",), (), ("trifold",)))
    job = next(job for job in plan.jobs if job.requested)
    said = [message.msgid for message in printed_words(workspace, job)]
    assert said == [
        "Phone",
        "Good to know",
        "When to call us",
        "Emergency",
        "Box to tick",
        "Line to write on",
        "Room to write a date",
        "Room to write a time",
        "Room to write a place",
        "My appointment",
        "Date",
        "Time",
        "Place",
        "My questions",
        "My notes",
        "More information:",
    ]
    document = workspace.document(job.path).value
    assert document is not None
    missing = missing_words(document, {})
    assert [(d.code, d.severity.value) for d in missing] == [("layout-words", "error")] * 8
    assert missing[0].span.path == "source/brochures/walking-group.md"


@pytest.mark.usefixtures("fonts")
def test_facts_of_any_kind_on_a_flyer(publish: Publish, tmp_path: Path) -> None:
    """A flyer prints facts that are a list, paragraphs, key facts or headings, and what `new-document` writes."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "walking-group", tmp_path / "walks"))
    shutil.copytree(ROOT / "layouts", project / "layouts")
    source = project / "source" / "brochures" / "walking-group.md"
    text = source.read_text(encoding="utf-8")
    head, rest = text.split("<!-- panel: facts -->")
    contact = "<!-- panel: contact -->" + rest.split("<!-- panel: contact -->")[1].split("| Week")[0]
    contact += "<!-- panel: two -->\n\n## Two\n\nWords.\n\n<!-- panel: three -->\n\n## Three\n\nWords.\n"
    facts = "- Walk each day.\n- Drink water.\n\nOne.\n\nTwo.\n\n### 6 weeks\n\nof walks\n\nin spring\n"
    facts += "\n> [!FACT]\n> **1** bag\n"
    source.write_text(f"{head}<!-- panel: facts -->\n\n## In short\n\n{facts}\n{contact}", encoding="utf-8")
    assert publish(project, "new-document", "home-care").exit_code == 0
    result = publish(project, "build", "walking-group", "home-care", "--locale", "en", "--product", "flyer")
    assert result.exit_code == 0, result.output
    made = sorted(path.name.split(".")[2] for path in (project / "output" / "current" / "en").glob("*.pdf"))
    assert made == ["flyer", "flyer"], result.output
    with pypdfium2.PdfDocument(next((project / "output/current/en").glob("walking-group.*.pdf"))) as pdf:
        words = " ".join(pdf[0].get_textpage().get_text_range().split())
    assert all(text in words for text in ("Walk each day. Drink water.", "One. Two. 6 weeks of walks in spring 1 bag"))
