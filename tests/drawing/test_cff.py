from __future__ import annotations

import pytest
import uharfbuzz

from pressroom.drawing.cff import Cff
from pressroom.drawing.outlines import FontError
from pressroom.language import families, font_file
from pressroom.render.fonts import subset_face

(HAN,) = families(["Noto Sans CJK SC"])


def test_a_glyph_with_another_cid_is_no_drawing() -> None:
    """HarfBuzz numbers glyphs again and keeps their CIDs: programs then disagree about what a page shows."""
    face = HAN.faces[0]
    source = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_file(face))), face.number)
    subset = uharfbuzz.SubsetInput()
    subset.unicode_set.update(map(ord, "血栓腿"))
    font = Cff(uharfbuzz.subset(source, subset).blob.data)
    with pytest.raises(FontError, match="another CID"):
        font.outline(1)


def test_a_subset_is_a_drawing(tmp_path) -> None:
    """The fonts that pages are set in have each glyph's number as its CID."""
    font = Cff(subset_face(HAN, HAN.faces[0], frozenset("血栓腿"), tmp_path).read_bytes())
    assert font.outline(1) != font.outline(2)
