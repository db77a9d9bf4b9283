from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.layout import LayoutError, read_brand, read_layout, read_products
from pressroom.project import Files
from pressroom.units import mm

Edit = Callable[[Path, str, str], None]
LAYOUT = "layouts/slip/layout.toml"


def test_whole(minimal: Path) -> None:
    """A layout is read with its sheet, its frames on the sheet, and what is printed with them."""
    layout = read_layout(Files(minimal), "slip")
    assert (layout.width, layout.height, layout.safe) == (mm(90), mm(60), mm(4))
    assert [frame.name for frame in layout.frames] == ["text", "control"]
    assert [(group.name, group.floor, group.preferred) for group in layout.groups] == [
        ("text", None, None),
        ("control", 5.5, 6),
    ]
    assert layout.template_paths == {"template.html": "layouts/slip/template.html"}
    assert [sheet.path for sheet in layout.stylesheets] == ["layouts/slip/style.css"]
    assert read_products(Files(minimal))["slip"].layout == "slip"
    assert read_brand(Files(minimal)) == {"colour-ink": "#000"}


def test_frames_stand_on_panels(other_clinic: Path) -> None:
    """A frame is measured from its panel and told from the sheet; what is shared comes before a layout's own."""
    layout = read_layout(Files(other_clinic), "leaflet")
    left = {frame.name: round(frame.box.left.mm, 3) for frame in layout.frames}
    assert left == {"front-text": 115, "left-text": 10, "right-text": 115, "back-text": 10, "imprint": 10}
    assert [sheet.path for sheet in layout.stylesheets] == ["layouts/shared/lists.css", "layouts/leaflet/style.css"]
    assert layout.page_number("inside") == 2


def test_bleeds_at_a_fold(other_clinic: Path, edit: Edit) -> None:
    """A field may bleed where the sheet is cut; where it is folded, it is refused."""
    path = "layouts/leaflet/layout.toml"
    edit(other_clinic / path, 'name = "front-text"', 'name = "front-text"\nbleeds = ["right", "top"]')
    frame = next(f for f in read_layout(Files(other_clinic), "leaflet").frames if f.name == "front-text")
    assert frame.bleeds == ("right", "top")
    edit(other_clinic / path, 'bleeds = ["right", "top"]', 'bleeds = ["right", "left"]')
    with pytest.raises(LayoutError, match="bleeds at the left of its panel, where the sheet is folded"):
        read_layout(Files(other_clinic), "leaflet")


def test_mirrored(other_clinic: Path) -> None:
    """For right-to-left readers a box stands as far from the right edge as it stood from the left."""
    layout = read_layout(Files(other_clinic), "leaflet")
    box = layout.frames[0].box
    mirrored = box.mirrored(layout.width)
    assert mirrored.left.mm == pytest.approx(210 - 115 - 85)
    assert mirrored.mirrored(layout.width).left.mm == pytest.approx(box.left.mm)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"78mm", "38mm"', '"78cm", "38mm"', 25, "'78cm' is not a length"),
        ('"78mm", "38mm"', '"78mm"', 25, "list of 4 lengths"),
        ('"78mm", "38mm"', '"0mm", "38mm"', 25, "no width or no height"),
        ('"78mm", "38mm"', '"178mm", "38mm"', 25, "outside the sheet"),
        ('width = "90mm"', "width = 90", 4, "lacks the text 'width'"),
        ('width = "90mm"', 'width = "0mm"', 4, "width is 0 mm"),
        ('height = "60mm"\nsafe', 'height = "60in"\nsafe', 5, ""),
        ('fit = "control"\n', "", 27, "lacks the text 'fit'"),
        ('fit = "control"', 'fit = "contol"', 30, "no fit group called 'contol'"),
        ('passage = "text"', 'passage = "txt"', 23, "no passage called 'txt'"),
        ('fit = "control"', 'fit = "control"\nalign = "centre"', 31, "at no place called 'centre'"),
        ('name = "text"\npanel = "front"\n\n', 'name = "text"\npanel = "frnt"\n\n', 18, "no panel called 'frnt'"),
        ('page = "front"', 'page = "frnt"', 13, "no page called 'frnt'"),
        ('name = "control"', 'name = "text"', 28, "is there twice"),
        ('name = "control"', 'name = "a b"', 28, "can't be called 'a b'"),
        ("floor = 5.5", "floor = 7", 37, "above preferred"),
        ("floor = 5.5", 'floor = "5.5pt"', 37, "not a number"),
        ("floor = 5.5", "gap = [1]", 37, "list of 2 numbers"),
        ("[fit.text]", "[fit.text]\nstaff = true", 24, "a patient's words in the small type of staff"),
        ("[fit.text]", "fit.text = 3", 33, "there twice"),
        ('fit = "control"', 'fit = "control"\nbleeds = ["rihgt"]', 31, "at no edge called 'rihgt'"),
        ("[sheet]", "[sheet", 3, "not TOML"),
        ('class = "card"', "class = 3", 1, "lacks the text 'class'"),
    ],
)
def test_refused(old: str, new: str, line: int, said: str, minimal: Path, edit: Edit) -> None:
    """What a layout lacks, or names and has not, is told at its own line."""
    edit(minimal / LAYOUT, old, new)
    if not said:
        assert read_layout(Files(minimal), "slip").height.mm == pytest.approx(1524)
        return
    with pytest.raises(LayoutError) as caught:
        read_layout(Files(minimal), "slip")
    problem = caught.value.problem
    assert said in problem.message
    assert (problem.span.path, problem.span.line) == (LAYOUT, line)
    assert problem.hint


def _like_slip(minimal: Path, text: str) -> None:
    folder = minimal / "layouts" / "wide-slip"
    folder.mkdir()
    (folder / "layout.toml").write_text(f'like = "slip"\n{text}', encoding="utf-8")


def test_like_another(minimal: Path) -> None:
    """A layout that is like another may change one key of one of its frames, and takes the rest as it is."""
    _like_slip(minimal, '\n[frames.control]\nbox = ["6mm", "50mm", "40mm", "4mm"]\n')
    slip, wide = read_layout(Files(minimal), "slip"), read_layout(Files(minimal), "wide-slip")
    assert [frame.name for frame in wide.frames] == ["text", "control"]
    assert wide.frames[0] == slip.frames[0]
    assert wide.frames[1].box.left == mm(6)
    assert (wide.frames[1].fit, wide.groups, wide.panels) == (slip.frames[1].fit, slip.groups, slip.panels)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('\n[frames.cntrol]\nbox = ["6mm", "50mm", "40mm", "4mm"]\n', 3, "changes what is not there"),
        ('\n[frames.control]\nbox = ["6mm", "50mm"]\n', 4, "list of 4 lengths"),
        ("\nframes.control = 4\n", 3, "not made of tables"),
    ],
)
def test_like_another_refused(text: str, line: int, said: str, minimal: Path) -> None:
    """A change to a frame that the other layout has not, or that is none, is told at its own line."""
    _like_slip(minimal, text)
    with pytest.raises(LayoutError) as caught:
        read_layout(Files(minimal), "wide-slip")
    assert said in caught.value.problem.message
    assert caught.value.problem.span.line == line


@pytest.mark.parametrize("name", ["layout.toml", "template.html"])
def test_file_missing(name: str, minimal: Path) -> None:
    """A folder without its layout or its template is no layout."""
    (minimal / "layouts" / "slip" / name).unlink()
    with pytest.raises(LayoutError):
        read_layout(Files(minimal), "slip")


def test_files_that_are_none(minimal: Path) -> None:
    """A folder called style.css, or a style that is not UTF-8, is refused by its name."""
    (minimal / "layouts" / "slip" / "more.css").mkdir()
    with pytest.raises(LayoutError) as caught:
        read_layout(Files(minimal), "slip")
    assert caught.value.problem.span.path == "layouts/slip/more.css"


@pytest.mark.parametrize("value", ['["#000"]', '"red; } body { display: none"', '"</style>"', "{a = 1}"])
def test_brand(value: str, minimal: Path, edit: Edit) -> None:
    """A token is one value of CSS, and can't end the rule it stands in."""
    edit(minimal / "layouts" / "brand.toml", '"#000"', value)
    with pytest.raises(LayoutError) as caught:
        read_brand(Files(minimal))
    assert caught.value.problem.span.line == 2


@pytest.mark.parametrize(
    ("colour", "inks", "line", "said"),
    [
        ("purple", "92 50 40 40", 2, "six digits"),
        ("#0f4c5c", "92, 50, 40, 40", 5, "four inks"),
        ("#0f4c5c", "92 50 40", 5, "four inks"),
    ],
)
def test_inks(colour: str, inks: str, line: int, said: str, tmp_path: Path) -> None:
    """A colour with inks is written in digits, and its inks are four numbers; anything else is told at its line."""
    (tmp_path / "layouts").mkdir()
    text = f'[colour]\nflow = "{colour}"\n\n[press]\nflow = "{inks}"\n'
    (tmp_path / "layouts" / "brand.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError, match=said) as caught:
        read_brand(Files(tmp_path))
    assert caught.value.problem.span.line == line


def test_products(minimal: Path, edit: Edit) -> None:
    """A product names a folder of layouts/, and not a way out of it."""
    edit(minimal / "layouts" / "products.toml", 'layout = "slip"', 'layout = "../../slip"')
    with pytest.raises(LayoutError) as caught:
        read_products(Files(minimal))
    assert caught.value.problem.span.line == 2


def test_without_a_drawing(minimal: Path, edit: Edit) -> None:
    """A document without a drawing has the drawing's room for its text; a document with one has not."""
    edit(minimal / LAYOUT, '"78mm", "38mm"]', '"78mm", "38mm"]\ninset-without-art = ["4mm", "4mm", "4mm", "4mm"]')
    layout = read_layout(Files(minimal), "slip")
    drawn, undrawn = layout.with_drawing("seal"), layout.with_drawing("")
    assert drawn.frames == layout.frames
    assert undrawn.frames[0].box.width.mm == pytest.approx(82)
    assert undrawn.frames[0].box.height.mm == pytest.approx(52)
    assert undrawn.frames[1:] == layout.frames[1:]


def test_no_room_without_a_drawing(minimal: Path, edit: Edit) -> None:
    """A faulty inset is named by its own key, at its line."""
    edit(minimal / LAYOUT, '"78mm", "38mm"]', '"78mm", "38mm"]\ninset-without-art = ["4mm", "4mm", "4mm", "60mm"]')
    with pytest.raises(LayoutError) as error:
        read_layout(Files(minimal), "slip")
    assert error.value.problems[0].span.line == 26
