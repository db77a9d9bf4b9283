from itertools import pairwise
from pathlib import Path

import pytest

from pressroom.content.parse import parse_document
from pressroom.layout import (
    LOCALE,
    Layout,
    collective,
    fallbacks,
    place_panels,
    read_layout,
    read_products,
    read_sheets,
)
from pressroom.project import Files

ROOT = Path(__file__).parents[2]
PRODUCTS = read_products(Files(ROOT))
LAYOUTS = {name: read_layout(Files(ROOT), name) for name in sorted({product.layout for product in PRODUCTS.values()})}
PRINTED = [name for name, layout in LAYOUTS.items() if layout.pages]


def folds(name: str, page: str) -> list[float]:
    """The folds of a page in millimetres."""
    return [fold.mm for p in LAYOUTS[name].pages if p.name == page for fold in p.folds]


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("wallet-card", 85.6, 53.98),
        ("business-card", 88.9, 50.8),
        ("metric-card", 85, 54),
        ("folded-card", 171.2, 53.98),
        ("bilingual-card", 171.2, 53.98),
        ("bilingual-tall-card", 171.2, 107.96),
        ("trifold", 279.4, 215.9),
        ("z-fold", 279.4, 215.9),
        ("half-fold", 279.4, 215.9),
        ("bilingual-half-fold", 279.4, 215.9),
        ("bilingual-half-fold-a4", 297, 210),
        ("trifold-a4", 297, 210),
        ("z-fold-a4", 297, 210),
        ("half-fold-a4", 297, 210),
        ("flyer", 215.9, 279.4),
        ("large-print-a4", 210, 297),
    ],
)
def test_trim(name: str, width: float, height: float) -> None:
    """Every product is as large as its standard says, to 0.1 mm."""
    assert (LAYOUTS[name].width.mm, LAYOUTS[name].height.mm) == pytest.approx((width, height), abs=0.1)


@pytest.mark.parametrize(
    ("name", "page", "expected"),
    [
        ("trifold", "outside", [92.08, 185.74]),
        ("trifold", "inside", [93.66, 187.33]),
        ("trifold-a4", "outside", [97, 197]),
        ("trifold-a4", "inside", [100, 200]),
        ("z-fold", "inside", [93.13, 186.27]),
        ("z-fold-a4", "outside", [99, 198]),
        ("half-fold", "inside", [139.7]),
        ("half-fold-a4", "outside", [148.5]),
        ("bilingual-half-fold", "outside", [139.7]),
        ("bilingual-half-fold-a4", "inside", [148.5]),
        ("folded-card", "outside", [85.6]),
        ("bilingual-card", "inside", [85.6]),
        ("bilingual-tall-card", "outside", [85.6]),
    ],
)
def test_folds(name: str, page: str, expected: list[float]) -> None:
    """A sheet is folded where its kind of fold is folded, to 0.1 mm."""
    assert folds(name, page) == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("name", [name for name in PRINTED if folds(name, LAYOUTS[name].pages[0].name)])
def test_folds_register(name: str) -> None:
    """Folds seen from the one side and from the other are the same folds."""
    width = LAYOUTS[name].width.mm
    outside, inside = (folds(name, page.name) for page in LAYOUTS[name].pages)
    assert sorted(width - fold for fold in outside) == pytest.approx(inside, abs=0.1)


@pytest.mark.parametrize("name", PRINTED)
def test_no_text_crosses_a_fold(name: str) -> None:
    """Every frame stands between two folds, and inside the safe area."""
    layout = LAYOUTS[name]
    for frame in layout.frames:
        page = next(p for p in layout.pages if p.name == frame.page)
        edges = [0.0, *(fold.pt for fold in page.folds), layout.width.pt]
        left, right = frame.box.left.pt, frame.box.left.pt + frame.box.width.pt
        assert any(a - 0.1 <= left and right <= b + 0.1 for a, b in pairwise(edges)), frame.name
        assert left >= layout.safe.pt - 0.1
        assert right <= layout.width.pt - layout.safe.pt + 0.1


@pytest.mark.parametrize("name", PRINTED)
def test_no_text_crosses_a_fold_across(name: str) -> None:
    """Nor on a fold from side to side, or nearer to it than the safe area less half a millimetre."""
    layout = LAYOUTS[name]
    for frame in layout.frames:
        page = next(p for p in layout.pages if p.name == frame.page)
        top, foot = frame.box.top.mm, frame.box.top.mm + frame.box.height.mm
        for fold in page.across:
            assert foot <= fold.mm - layout.safe.mm + 0.5 or top >= fold.mm + layout.safe.mm - 0.5, frame.name


def test_tall_card_folds_to_id1() -> None:
    """The tall bilingual card is four cards of ID-1: folded twice it is one, on both its sides."""
    layout = LAYOUTS["bilingual-tall-card"]
    for page in layout.pages:
        assert [fold.mm for fold in page.folds] == pytest.approx([85.6], abs=0.1)
        assert [fold.mm for fold in page.across] == pytest.approx([53.98], abs=0.1)


@pytest.mark.parametrize("name", ["bilingual-card", "bilingual-tall-card"])
def test_each_language_is_complete(name: str) -> None:
    """What a bilingual card says in the reader's language it says in English, in the same place of its side."""
    layout = LAYOUTS[name]
    own = {frame.name: frame for frame in layout.frames if frame.language == LOCALE}
    english = {frame.name.removesuffix("-en"): frame for frame in layout.frames if frame.language == "en"}
    panels = {panel.name: panel.box for panel in layout.panels}
    assert set(own) == set(english)
    for key, frame in own.items():
        side = "front" if frame.box.left >= panels["front"].left else "back"
        mine = frame.box.left - panels[side].left, frame.box.top
        theirs = english[key].box.left - panels[f"{side}-en"].left, english[key].box.top
        assert [one.mm for one in mine] == pytest.approx([one.mm for one in theirs], abs=0.01), key


@pytest.mark.parametrize("name", PRODUCTS)
def test_otherwise(name: str) -> None:
    """What takes a product's place has another layout and the same finish; the last one gives way to nothing."""
    product = PRODUCTS[name]
    others = fallbacks(PRODUCTS, product)
    assert len({product.layout, *(other.layout for other in others)}) == 1 + len(others)
    assert all((o.sheet is None, o.inks) == (product.sheet is None, product.inks) for o in others)
    assert not (product, *others)[-1].otherwise


@pytest.mark.parametrize("name", [name for name in PRODUCTS if "flyer" in name and not PRODUCTS[name].inks])
def test_flyers_end_in_what_flows(name: str) -> None:
    """Whatever takes a flyer's place in the end has as many pages as its text needs."""
    last = fallbacks(PRODUCTS, PRODUCTS[name])[-1]
    assert LAYOUTS[last.layout].flows


@pytest.mark.parametrize("name", PRODUCTS)
def test_imposed_layouts_fit(name: str) -> None:
    """What is imposed on a sheet fits its cells."""
    product = PRODUCTS[name]
    if product.sheet is not None:
        layout = LAYOUTS[product.layout]
        assert layout.width.mm <= product.sheet.cell[0].mm + 0.03
        assert layout.height.mm <= product.sheet.cell[1].mm + 0.03


@pytest.mark.parametrize("name", read_sheets(Files(ROOT)))
def test_marked_sheets(name: str) -> None:
    """On plain paper every card stands inside what office printers reach, 6.35 mm from the edge."""
    sheet = read_sheets(Files(ROOT))[name]
    if sheet.marks:
        right = sheet.first[0].mm + (sheet.columns - 1) * sheet.pitch[0].mm + sheet.cell[0].mm
        assert sheet.first[0].mm >= 6.35
        assert sheet.width.mm - right >= 6.35


def place(name: str, layout: Layout) -> bool:
    """True where a document of the project has a place for all its panels in the layout."""
    path = next((ROOT / "source").rglob(f"{name}.md"))
    document, _ = parse_document(path.read_text(encoding="utf-8"), path.name)
    assert document is not None
    return not place_panels(document, layout)[1]


def test_one_source_for_every_brochure() -> None:
    """A brochure's text makes every fold, the flyer and the large print with no change to the source."""
    for layout in LAYOUTS.values():
        if layout.style in ("brochure", "flyer", "large-print"):
            assert place("epidural-blood-patch", layout), layout.name
            assert not place("dvt-pe", layout), layout.name


def test_cards_need_what_to_do() -> None:
    """Every card requires the panel that says what to do."""
    for layout in LAYOUTS.values():
        if layout.style == "card":
            assert any(passage.takes == "act" and passage.required for passage in layout.passages), layout.name


@pytest.mark.parametrize("name", ["bilingual-half-fold", "bilingual-half-fold-a4"])
def test_each_language_has_its_leaf(name: str) -> None:
    """Each language has a cover and, behind it on the same leaf, its text; both have the same frames."""
    layout = LAYOUTS[name]
    boxes = {panel.name: panel.box for panel in layout.panels}
    for one in ("", "-en"):
        behind = boxes[f"text{one}"].mirrored(layout.width)
        assert (behind.left.mm, behind.width.mm) == pytest.approx(
            (boxes[f"cover{one}"].left.mm, boxes[f"cover{one}"].width.mm), abs=0.1
        )
    # The reader's front cover is the right half, as one who reads from the left looks for it.
    assert boxes["cover"].left > boxes["cover-en"].left
    own = {frame.name for frame in layout.frames if frame.language == LOCALE}
    assert {f"{frame}-en" for frame in own} == {frame.name for frame in layout.frames if frame.language == "en"}


def test_called_together() -> None:
    """`press` and `gray` are the products of those inks, `all` every one; a product of such a name is itself."""
    several = collective(PRODUCTS)
    assert set(several) == {"all", "press", "gray"}
    assert set(several["all"]) == set(PRODUCTS)
    assert {PRODUCTS[name].inks for name in several["press"]} == {"cmyk"}
    assert {PRODUCTS[name].inks for name in several["gray"]} == {"gray"}
    assert "press" not in collective({**PRODUCTS, "press": PRODUCTS["flyer"]})
