from pathlib import Path

import pikepdf
import pytest

from pressroom.layout import read_brand
from pressroom.postpress.inks import InkError, brand_inks, operators
from pressroom.project import Files

BRAND = read_brand(Files(Path(__file__).parents[2]))


def recoloured(content: bytes, *, gray: bool = False) -> bytes:
    """The content with inks for colours."""
    with pikepdf.new() as document:
        rows = operators(pikepdf.parse_content_stream(document.make_stream(content)), brand_inks(BRAND, gray=gray))
    return pikepdf.unparse_content_stream(rows)


def test_black_text() -> None:
    """Black is the black plate alone, however it was written."""
    for black in (b"0 0 0 rg", b"0 g", b"/screen cs 0 0 0 scn"):
        assert recoloured(black).split() == [b"0", b"0", b"0", b"1", b"k"]


def test_brand_colour() -> None:
    """A brand colour is printed with the inks that the brand says."""
    assert [float(v) for v in recoloured(b"0.650980 0 0.062745 RG").split()[:4]] == [0, 1, 0.9, 0.35]


def test_unknown_colour() -> None:
    """A colour nobody has given inks is refused by its name."""
    with pytest.raises(InkError, match="#00ff00"):
        recoloured(b"0 1 0 rg")


def test_gray_edition() -> None:
    """In the gray edition everything is the black plate."""
    assert recoloured(b"0 1 0 rg", gray=True).split()[:3] == [b"0", b"0", b"0"]


def test_ink_total() -> None:
    """No brand colour needs more ink than dries."""
    inks = brand_inks(BRAND, gray=False)
    assert {name for name in BRAND if name.startswith("press-")} == {
        f"press-{name}" for name in ("flow", "dot", "bone", "alarm")
    }
    assert all(sum(plates) <= 2.8 for plates in inks.brand.values())
