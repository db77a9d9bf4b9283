"""What a PDF draws: the same page written in another way has the same drawing, any other page has another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from pressroom.drawing import Control, DrawingError, Frame, LeftOut, PieceDrawing
from pressroom.drawing.lines import item_lines
from pressroom.drawing.model import Glyph
from pressroom.drawing.objects import canonical
from pressroom.drawing.read import read_drawing
from tests.drawing.pdfs import font_file, page_pdf, text

SQUARE = "0 0 1 rg 20 20 40 30 re f\n"
PAGE = text("AB") + SQUARE


def hashes(pdf: bytes, left_out: LeftOut | None = None) -> PieceDrawing:
    """What a signature would name."""
    return read_drawing(pdf, left_out or LeftOut()).drawn.hashes


def test_a_page_that_is_written_in_another_way_has_the_same_drawing() -> None:
    """Compression, object streams, subset tags and glyph numbers are not painted."""
    drawing = hashes(page_pdf(PAGE))
    assert drawing.known
    assert hashes(page_pdf(PAGE, compress_streams=False)) == drawing
    assert hashes(page_pdf(PAGE, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)) == drawing
    assert hashes(page_pdf(PAGE, tag="QWERTY")) == drawing
    assert hashes(page_pdf(text("AB", order="NBA") + SQUARE, order="NBA")) == drawing


@pytest.mark.parametrize(
    "content",
    [
        f"q {PAGE} Q",
        "BT /F 10 Tf 1 0 0 1 10 50 Tm <0001> Tj <0002> Tj ET\n" + SQUARE,
        "BT /F 10 Tf 10 50 Td [<0001> 0 <0002>] TJ ET\n" + SQUARE,
        "q 2 0 0 2 0 0 cm BT /F 5 Tf 5 25 Td <00010002> Tj ET Q\n" + SQUARE,
        text("AB") + "0 0 1 rg 20 20 m 60 20 l 60 50 l 20 50 l h f\n",
        text("AB") + "/Artifact BMC q 0 0 1 rg 20 20 40 30 re f Q EMC\n",
    ],
)
def test_the_same_marks_by_other_operators_are_the_same_drawing(content: str) -> None:
    """A run may be split, and a space may be scaled: only what is painted counts."""
    assert hashes(page_pdf(content)) == hashes(page_pdf(PAGE))


@pytest.mark.parametrize(
    "content",
    [
        text("AB", x=10.02) + SQUARE,
        text("AB", size=10.1) + SQUARE,
        text("AN") + SQUARE,
        text("ABA") + SQUARE,
        text("AB") + SQUARE.replace("0 0 1", "0 0 0.9"),
        text("AB") + SQUARE.replace("re f", "re S"),
        text("AB") + SQUARE.replace("20 20", "20.02 20"),
        text("AB") + f"q 0 0 30 30 re W n {SQUARE} Q",
        SQUARE + text("AB"),
        PAGE + "1 1 1 rg 10 48 12 12 re f\n",
        "0.5 g " + PAGE,
        "1 Tr " + PAGE,
        "3 Tr " + PAGE,
    ],
    ids=[
        "moved", "larger", "another letter", "one more letter", "another colour", "stroked", "moved path", "clipped",
        "another order", "white over a word", "gray", "outlined", "invisible",
    ],
)  # fmt: skip
def test_any_other_mark_is_another_drawing(content: str) -> None:
    """Whatever changes what is seen changes the hash of the base."""
    assert hashes(page_pdf(content)).base != hashes(page_pdf(PAGE)).base


def test_a_changed_outline_under_the_same_glyph_is_another_drawing() -> None:
    """A font file can be changed so that the same codes look like other letters."""
    assert hashes(page_pdf(PAGE, font=font_file(wide=401))).base != hashes(page_pdf(PAGE)).base


def test_a_text_that_is_only_read_aloud_does_not_change_the_drawing() -> None:
    """The table of texts depends on what else is in the file; what is painted is the outline."""
    drawn = read_drawing(page_pdf(PAGE), LeftOut()).drawn
    (line,) = [line for line in drawn.base.splitlines() if " text " in line]
    assert line.endswith(" # AB")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (text("A") + text("B", x=15), "AB"),
        (text("A") + text("B", x=17.6), "A B"),
        (text("A", x=40) + text("BN", x=20), "A BN"),
        (text("A", x=40) + text("B", x=35), "AB"),
    ],
    ids=["goes on", "after a space", "after a space, to the left", "goes on, to the left"],
)
def test_a_gap_between_boxes_of_text_is_a_space_for_people(content: str, words: str) -> None:
    """A box of text may end in a space that the file does not have as a glyph: `Call` and `801-555-0142`."""
    (line,) = read_drawing(page_pdf(content), LeftOut()).split()[0][1:]
    assert line.endswith(f" # {words}")


def test_a_mark_on_a_letter_is_no_word_of_its_own() -> None:
    """Right-to-left text is written from the left, and a mark before the letter that it is on."""
    style, box = "size=(10.000 0.000 0.000 10.000)", (0.0, 0.0, 5.0, 5.0)
    places = (("\u0633", 0.0, 5.0), ("\u0651", 8.0, 8.0), ("\u0641", 5.0, 10.0))
    (line,) = item_lines([Glyph(x, 0.0, style, "drawn", sign, box, end) for sign, x, end in places])
    assert line.endswith(" # \u0633\u0651\u0641")


def picture(value: int, mask: int | None = None) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """Adds a picture of two pixels, the second as bright or as opaque as asked."""

    def add(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        facts = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 2, "Height": 1, "BitsPerComponent": 8}
        if mask is not None:
            facts["SMask"] = pdf.make_stream(bytes([255, mask]), **facts, ColorSpace=Name.DeviceGray)
        image = pdf.make_stream(bytes([0, value]), **facts, ColorSpace=Name.DeviceGray)
        page.obj.Resources.XObject = Dictionary(I=image)

    return add


def test_one_pixel_of_a_picture_or_of_its_mask_counts() -> None:
    """Pictures are compared by what they show, however they are compressed."""
    content = "q 20 0 0 10 5 5 cm /I Do Q"
    drawing = hashes(page_pdf(content, more=picture(9)))
    assert hashes(page_pdf(content, more=picture(9), compress_streams=False)) == drawing
    assert hashes(page_pdf(content, more=picture(8))) != drawing
    assert hashes(page_pdf(content, more=picture(9, 255))) != hashes(page_pdf(content, more=picture(9, 254)))


def form(content: str, **facts: object) -> Callable[[pikepdf.Pdf, pikepdf.Page], None]:
    """Adds a form with this content."""

    def add(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        resources = page.obj.Resources
        made = pdf.make_stream(
            content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 100]), Resources=resources,
            **facts,
        )  # fmt: skip
        page.obj.Resources = Dictionary(Font=resources.Font, XObject=Dictionary(X=made))

    return add


def test_a_form_is_what_it_paints_where_it_is_placed() -> None:
    """A form counts as if its content were on the page, limited to its box."""
    clipped = f"q 0 0 200 100 re W n {PAGE} Q"
    assert hashes(page_pdf("/X Do", more=form(PAGE))) == hashes(page_pdf(clipped))
    moved = hashes(page_pdf("q 1 0 0 1 0 1 cm /X Do Q", more=form(PAGE)))
    assert moved.base != hashes(page_pdf(clipped)).base


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("/x y", None),
        ("1 1 1 (a) wrong", None),
        ("/OC /x BDC EMC", None),
        ("7 Tr " + text("A"), None),
        ("BT /G 10 Tf <0001> Tj ET", None),
        ("BT /F 10 Tf <000100> Tj ET", None),
        ("q " + SQUARE, None),
        ("Q", None),
        ("/X Do", form("/X Do")),
        ("/X Do", form(SQUARE, OC=Name.Layer)),
        (SQUARE, lambda pdf, page: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript))),
        (SQUARE, lambda pdf, page: pdf.Root.__setitem__("/AcroForm", Dictionary())),
        (SQUARE, lambda pdf, page: page.obj.__setitem__("/Annots", Array([Dictionary(Subtype=Name.Stamp)]))),
        (text("A"), lambda pdf, page: page.obj.Resources.Font.F.__setitem__("/Subtype", Name.Type3)),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI", None),
    ],
)  # fmt: skip
def test_what_the_reader_does_not_know_is_not_signed(
    content: str, more: Callable[[pikepdf.Pdf, pikepdf.Page], None] | None
) -> None:
    """An operator, a font or an action that is not known is refused, never ignored."""
    with pytest.raises(DrawingError):
        read_drawing(page_pdf(content, more=more), LeftOut())


CONTROL = LeftOut(controls=(Control(0, (5, 45, 100, 65), (5, 45, 100, 65), "AB", "A"),))


def other(words: str) -> LeftOut:
    """The same place for a control line of other words."""
    return LeftOut(controls=(Control(0, (5, 45, 100, 65), (5, 45, 100, 65), words, "A"),))


def test_the_words_of_a_control_line_do_not_count_but_its_look_does() -> None:
    """A release has another version and hash, in the same size on the same line."""
    drawing = hashes(page_pdf(text("AB")), CONTROL)
    assert hashes(page_pdf(text("ABBA", x=12)), other("ABBA")) == drawing
    assert hashes(page_pdf(text("ABBA", size=11)), other("ABBA")) != drawing
    assert hashes(page_pdf(text("ABBA", y=51)), other("ABBA")) != drawing


@pytest.mark.parametrize("words", ["NAB", "ABN", "NA", "A"])
def test_other_words_in_the_place_of_a_control_line_count(words: str) -> None:
    """Only exactly the engine's line is left out; a word before it is part of the drawing."""
    assert hashes(page_pdf(text(words)), CONTROL).base != hashes(page_pdf(text("AB")), CONTROL).base


def test_the_letters_of_a_control_line_must_look_like_letters(tmp_path: Path) -> None:
    """A font in which the version is drawn as other words is no control line."""
    file, other = tmp_path / "a.ttf", tmp_path / "b.ttf"
    file.write_bytes(font_file())
    other.write_bytes(font_file(wide=401))
    page = page_pdf(text("AB"))
    plain, same, changed = (
        hashes(page, LeftOut(controls=CONTROL.controls, fonts=fonts)) for fonts in ((), (file,), (other,))
    )
    assert len({plain, same, changed}) == 3
    # With another outline it is text like any other.
    assert changed == hashes(page)


def test_a_proofs_marks_do_not_count_in_the_proof_alone() -> None:
    """What is in the box of a mark is left out of the proof; if the release draws it too, they differ."""
    draft = LeftOut(draft=((0, (0, 40, 100, 70)),))
    marked = page_pdf(SQUARE + text("NN"))
    assert hashes(marked, draft) == hashes(page_pdf(SQUARE))
    assert hashes(marked) != hashes(page_pdf(SQUARE))


def test_a_clinics_frame_is_the_imprint_and_everything_else_the_base() -> None:
    """Another clinic's words change the imprint alone; what covers them is in both."""
    frame = LeftOut(frames=(Frame(0, (5, 45, 100, 65), of_clinic=True),))
    one, two = (hashes(page_pdf(text(words) + SQUARE), frame) for words in ("AB", "BA"))
    assert one.base == two.base
    assert one.imprint != two.imprint
    over, under = "1 1 1 rg 0 40 150 40 re f\n", text("AB")
    covered, shown = (hashes(page_pdf(content), frame) for content in (under + over, over + under))
    assert covered.imprint != shown.imprint


def with_root(**facts: object) -> bytes:
    """The page in a file that says this of itself."""
    return page_pdf(PAGE, more=lambda pdf, _: [pdf.Root.__setattr__(key, value) for key, value in facts.items()])


def test_what_the_file_asks_of_a_viewer_or_a_press() -> None:
    """The profile of its colours counts; what would leave out pages or parts of them is refused."""
    assert hashes(with_root(OutputIntents=Array([Dictionary(S=Name.GTS_PDFX)]))) != hashes(page_pdf(PAGE))
    assert hashes(with_root(ViewerPreferences=Dictionary(NumCopies=1))) == hashes(page_pdf(PAGE))
    with pytest.raises(DrawingError):
        hashes(with_root(ViewerPreferences=Dictionary(PrintPageRange=Array([0, 0]))))


@pytest.mark.parametrize(("y", "known"), [(90, True), (52, False)])
def test_a_note_is_beside_the_cards(y: int, known: bool) -> None:
    """The note of a sheet is in no signature, so one that meets a card's words is refused."""
    drawn = f"0 {y} 50 2 re f\n".encode()

    def add(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.obj.Resources.XObject = Dictionary(
            N=pdf.make_stream(drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 100]))
        )

    place = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    pdf = page_pdf(f"q 1 0 0 1 0 0 cm {PAGE} Q q /N Do Q", more=add)
    left_out = LeftOut(copies=((place,),), notes={drawn: "slip"})
    if known:
        assert hashes(pdf, left_out).known
    else:
        with pytest.raises(DrawingError):
            hashes(pdf, left_out)


def test_letters_that_are_read_and_not_seen_are_refused() -> None:
    """A blank glyph that says something has something drawn beside it; a space alone says nothing."""
    blank = {"order": "ABN ", "font": font_file(order="ABN ")}
    beside = "BT /F 10 Tf 10 50 Td <{}> Tj ET BT /F 10 Tf {} 50 Td <0001> Tj ET\n"
    said = "<0004> <0058>"

    def renamed(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        table = page.obj.Resources.Font.F.ToUnicode
        table.write(table.read_bytes().replace(b"<0004> <0020>", said.encode()))

    read_drawing(page_pdf(beside.format("0004", 150), **blank), LeftOut())
    read_drawing(page_pdf(beside.format("0004", 10), more=renamed, **blank), LeftOut())
    for content in (beside.format("0004", 150), "BT /F 10 Tf 10 50 Td <0004> Tj ET"):
        with pytest.raises(DrawingError, match="'X' is read where nothing is drawn"):
            read_drawing(page_pdf(content, more=renamed, **blank), LeftOut())


def test_equal_objects_have_one_text_and_others_their_own():
    """What was read before is known by its bytes: a number that differs, or an object that is referred to, is read."""
    pdf = pikepdf.new()
    shared = pdf.make_indirect(pikepdf.Dictionary(C0=[0, 1]))
    tables = [pikepdf.Dictionary(N=1, C=[0, 0.5]), pikepdf.Dictionary(N=1, C=[0, 0.25]), pikepdf.Dictionary(F=shared)]
    first = [canonical(table) for table in tables]
    assert first == [canonical(table) for table in tables]
    assert len(set(first)) == 3
    shared.C0 = pikepdf.Array([1, 1])
    assert canonical(tables[2]) != first[2]
