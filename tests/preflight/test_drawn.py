from __future__ import annotations

import io

import pikepdf

from pressroom.preflight import as_drawn


def test_nothing_is_told_in_place_of_letters() -> None:
    """In the copy no tag and no marked content says other words than are drawn; all else is as it was."""
    with pikepdf.new() as document:
        page = document.add_blank_page()
        content = b"/Span << /ActualText <FEFF0041> /Lang (en) >> BDC\nBT\nET\nEMC"
        page.Contents = document.make_stream(content)
        document.Root.StructTreeRoot = document.make_indirect(pikepdf.Dictionary(ActualText="A", S=pikepdf.Name.Span))
        file = io.BytesIO()
        document.save(file)
    with pikepdf.open(io.BytesIO(as_drawn(file.getvalue()))) as drawn:
        assert drawn.pages[0].Contents.read_bytes() == b"/Span << /Lang (en) >> BDC\nBT\nET\nEMC"
        assert "/ActualText" not in drawn.Root.StructTreeRoot
        assert str(drawn.Root.StructTreeRoot.S) == "/Span"
