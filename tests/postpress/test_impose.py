import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from pressroom.layout import Flip, Sheet, read_sheets
from pressroom.postpress.impose import fits, impose, places
from pressroom.postpress.printer import Printer, calibration, for_printer
from pressroom.preflight.page_content import read_content
from pressroom.project import Files
from pressroom.units import ZERO, mm

ROOT = Path(__file__).parents[2]
SHEETS = read_sheets(Files(ROOT))
FLIPS: tuple[Flip, Flip] = ("long-edge", "short-edge")


def card(sheet: Sheet, gray: float = 0) -> bytes:
    """Two sides of one solid shade each, as large as the sheet's cells."""
    width, height = (side.pt for side in sheet.cell)
    with pikepdf.new() as document:
        for _ in range(2):
            page = document.add_blank_page(page_size=(width, height))
            page.obj.Contents = document.make_stream(f"{gray} g 0 0 {width} {height} re f".encode())
            page.obj.Resources = pikepdf.Dictionary()
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def pictures(pdf: bytes, dpi: int = 100) -> list[Image.Image]:
    """The pages in gray."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72, draw_annots=False).to_pil().convert("L") for page in document]


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("name", SHEETS)
def test_register(name: str, flip: Flip) -> None:
    """Held to the light, every back lies exactly behind its front, on every sheet and for both kinds of printer."""
    sheet = SHEETS[name]
    front, back = pictures(impose([card(sheet)], sheet, flip))
    turned = back.transpose(Image.Transpose.FLIP_LEFT_RIGHT if flip == "long-edge" else Image.Transpose.FLIP_TOP_BOTTOM)
    difference = ImageChops.difference(front, turned).point(lambda value: 255 if value > 128 else 0)
    # A pixel is a quarter of a millimetre: only rounding at the edges may differ.
    assert sum(difference.histogram()[128:]) < 0.002 * front.width * front.height


@pytest.mark.parametrize(
    ("name", "left", "top"),
    [("avery-5371", 19.05, 12.7), ("avery-8373", 12.7, 19.05), ("avery-c32011", 15, 13.5), ("avery-32015", 17, 31.5)],
)
def test_perforated_positions(name: str, left: float, top: float) -> None:
    """The first and the last card of a perforated sheet stand where its maker's template has them, to 0.1 mm."""
    sheet = SHEETS[name]
    size = (sheet.cell[0].pt, sheet.cell[1].pt)
    first, last = (places(sheet, size, "long-edge", 0)[number] for number in (0, -1))
    assert mm(left).pt == pytest.approx(first.x, abs=mm(0.1).pt)
    assert sheet.height.pt - first.y - size[1] == pytest.approx(mm(top).pt, abs=mm(0.1).pt)
    # All four are symmetrical: what is left at one edge is left at the other.
    assert sheet.width.pt - last.x - size[0] == pytest.approx(first.x, abs=mm(0.1).pt)
    assert last.y == pytest.approx(sheet.height.pt - first.y - size[1], abs=mm(0.1).pt)


def test_mixed_languages() -> None:
    """Two languages share the cells, and each back is of the language of its front."""
    sheet = SHEETS["avery-5371"]
    front, back = pictures(impose([card(sheet, 0), card(sheet, 0.5)], sheet, "short-edge"), dpi=36)
    middles = [(place.x + 90, sheet.height.pt - place.y - 60) for place in places(sheet, (252, 144), "short-edge", 0)]
    seen = [front.getpixel((round(x / 2), round(y / 2))) for x, y in middles]
    behind = [back.getpixel((round(x / 2), round((sheet.height.pt - y) / 2))) for x, y in middles]
    assert seen == behind
    assert seen[:5] == [0] * 5
    assert all(100 < value < 150 for value in seen[5:])


def test_asks_for_actual_size() -> None:
    """A sheet asks to be printed unscaled, and turned on the edge it was imposed for."""
    sheet = SHEETS["letter-id1"]
    with pikepdf.open(io.BytesIO(impose([card(sheet)], sheet, "short-edge"))) as document:
        assert document.Root.ViewerPreferences.PrintScaling == "/None"
        assert document.Root.ViewerPreferences.NumCopies == 1
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert [float(v) for v in document.pages[1].mediabox] == pytest.approx([0, 0, 612, 792])


def test_printer_offset() -> None:
    """A printer that prints too far left gets everything moved right, on the side it is off."""
    sheet = SHEETS["avery-8373"]
    straight, moved = (
        pictures(impose([card(sheet)], sheet, "long-edge", printer), dpi=254)
        for printer in (None, Printer(front=(mm(2), ZERO)))
    )
    assert moved[0].point(lambda v: 255 - v).getbbox()[0] - straight[0].point(lambda v: 255 - v).getbbox()[0] == 20
    assert moved[1].tobytes() == straight[1].tobytes()


def test_cards_of_two_sizes() -> None:
    """Cards that differ in size are not put on one sheet."""
    sheet = SHEETS["letter-id1"]
    with pytest.raises(ValueError, match="one size"):
        impose([card(sheet), card(SHEETS["avery-5371"])], sheet, "long-edge")


def test_id1_does_not_fit_metric_cells() -> None:
    """ID-1 is too wide for a cell of 85 × 54 mm."""
    assert not fits(SHEETS["avery-c32011"], mm(85.6), mm(53.98))


def test_calibration() -> None:
    """The calibration page has a frame 10 mm inside the paper."""
    front, _ = pictures(calibration(SHEETS["a4-id1"], Printer()), dpi=254)
    box = front.point(lambda v: 255 if v < 200 else 0).getbbox()
    assert box == pytest.approx((100, 100, front.width - 100, front.height - 100), abs=2)


def test_copies_are_seen_where_they_stand() -> None:
    """The text of every copy on a sheet is held against the paper it stands on, not against the sheet's corner."""
    sheet = SHEETS["avery-5371"]
    width, height = (side.pt for side in sheet.cell)
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(width, height))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        band = f"0 g 0 0 {width} {height} re f 1 g BT /F 20 Tf 20 60 Td (911) Tj ET"
        page.obj.Contents = document.make_stream(band.encode())
        out = io.BytesIO()
        document.save(out)
    seen = read_content(impose([out.getvalue()], sheet, "long-edge"))
    assert len(seen.runs) == 10
    assert min(run.contrast for run in seen.runs) > 20


def test_no_stream_is_misread() -> None:
    """No stream of a sheet ends in a carriage return, which validators read as the end of its line."""
    for gray in range(60):
        assert b"\r\nendstream" not in impose(
            [card(SHEETS["avery-5371"], gray / 60)], SHEETS["avery-5371"], "long-edge"
        )


def corners(name: str, flip: Flip) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The corners of every card's solid shade in millimetres from the top left, front and back, by pixels."""
    sheet = SHEETS[name]
    made = pictures(impose([card(sheet)], sheet, flip), dpi=508)
    found = []
    for side in made:
        places_of = []
        for row in range(sheet.rows):
            for column in range(sheet.columns):
                x = sheet.first[0].mm + column * sheet.pitch[0].mm
                y = sheet.first[1].mm + row * sheet.pitch[1].mm
                # The gap between cells is looked into half a millimetre; cells that touch are one shade.
                places_of += [(x, y), (x + sheet.cell[0].mm, y + sheet.cell[1].mm)]
        found.append([_edge(side, x, y) for x, y in places_of])
    return found[0], found[1]


def _edge(page: Image.Image, x: float, y: float) -> tuple[float, float]:
    """Where the shade begins or ends nearest to a point, across and down; the point itself inside a shade."""
    across = page.crop((round((x - 2) * 20), round((y - 2) * 20), round((x + 2) * 20), round((y + 2) * 20)))
    box = across.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return x - 2 + box[0] / 20, y - 2 + box[1] / 20


@pytest.mark.parametrize("name", [name for name, sheet in SHEETS.items() if not sheet.marks])
@pytest.mark.parametrize("flip", FLIPS)
def test_corners_behind_each_other(name: str, flip: Flip) -> None:
    """Every corner of every card's back lies behind its front's to 0.1 mm once the paper is turned, at 508 dpi.

    The sheets are symmetrical, so a back stands where a front does when both are looked at.
    """
    front, back = corners(name, flip)
    assert front == [pytest.approx(corner, abs=0.1) for corner in back]


@pytest.mark.parametrize("name", SHEETS)
def test_a_printer_that_turns_on_the_other_edge(name: str) -> None:
    """A sheet for the long edge, corrected for a printer of the short edge, is the sheet made for the short edge."""
    sheet = SHEETS[name]
    made = pictures(for_printer(impose([card(sheet)], sheet, "long-edge"), Printer(flip="short-edge"), "long-edge"))
    meant = pictures(impose([card(sheet)], sheet, "short-edge"))
    for one, other in zip(made, meant, strict=True):
        difference = ImageChops.difference(one, other).point(lambda value: 255 if value > 128 else 0)
        assert sum(difference.histogram()[128:]) < 0.002 * one.width * one.height


def test_a_file_for_one_printer() -> None:
    """What is corrected after it was made stands where it stands when it is made corrected."""
    sheet = SHEETS["avery-8373"]
    printer = Printer(front=(mm(2), mm(-1)), back=(mm(-1), ZERO), scale=1.01)
    after = pictures(for_printer(impose([card(sheet)], sheet, "long-edge"), printer, "long-edge"))
    before = pictures(impose([card(sheet)], sheet, "long-edge", printer))
    assert [page.tobytes() for page in after] == [page.tobytes() for page in before]
