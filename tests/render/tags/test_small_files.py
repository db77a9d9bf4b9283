from __future__ import annotations

import io

import pikepdf
import pydyf
from fontTools.ttLib import TTFont

from pressroom.render.tags.letter_font import blank_font
from pressroom.render.tags.same_once import first_of_each


def test_what_is_drawn_the_same_is_in_a_file_once(engine_of):
    """Three boxes with one tiled background have one pattern where they begin alike, and one tile."""
    box = '<div class="{}" style="left: {}px"></div>'
    boxes = box.format("a", 0) + box.format("a", 0) + box.format("a", 50)
    css = """div { position: absolute; width: 20px; height: 20px }
    .a { background: repeating-linear-gradient(45deg, #000 0, #000 2px, #fff 2px, #fff 4px);
    background-size: 8px 8px }"""
    engine = engine_of(f'<html lang="en"><head><title>Boxes</title></head><body><p>x</p>{boxes}</body></html>', css)
    with pikepdf.open(io.BytesIO(engine.write(engine.lay_out("")))) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert sum("/PatternType" in one for one in streams) == 2
    assert sum(one.get("/Subtype") == "/Form" for one in streams) == 1


def test_objects_that_differ_in_what_they_lead_to_are_not_the_same():
    """Two equal dictionaries with other streams stay two; an object that leads to itself is like no other."""
    pdf = pydyf.PDF()

    def added(item: pydyf.Object) -> pydyf.Object:
        pdf.add_object(item)
        return item

    ones = [added(pydyf.Stream([data])) for data in (b"q Q", b"q Q", b"q q Q Q")]
    outer = [added(pydyf.Dictionary({"Inner": one.reference})) for one in ones]
    circles = [added(pydyf.Dictionary()) for _ in range(2)]
    for circle in circles:
        circle["Own"] = circle.reference
    named = {f"x{at}": one.reference for at, one in enumerate([*outer, *circles])}
    firsts = first_of_each(pdf, {"XObject": named})
    numbers = [one.number for one in (*outer, *circles)]
    assert [firsts[number] for number in numbers] == [numbers[0], numbers[0], numbers[2], numbers[3], numbers[4]]


def test_a_file_names_only_the_places_that_its_links_lead_to(engine_of):
    """A frame's end is a named place while it is laid out; a finished file has it only if a link leads there."""
    body = '<p id="a">a</p><p id="b">b <a href="#a">c</a></p>'
    html = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    engine = engine_of(html, "")
    pages = engine.lay_out("")
    with pikepdf.open(io.BytesIO(engine.write(pages))) as pdf:
        assert list(pdf.Root.Names.Dests.Names)[::2] == ["a"]
    assert set(pages.pages[0].anchors) == {"a", "b"}


def test_a_font_that_draws_nothing_is_bare():
    """The font of letters that are only read has the tables that a PDF needs, and no others."""
    tables = TTFont(io.BytesIO(blank_font((100, 0)))).reader.keys()
    assert sorted(tables) == ["glyf", "head", "hhea", "hmtx", "loca", "maxp"]
