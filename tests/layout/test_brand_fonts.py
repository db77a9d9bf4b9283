"""The brand's fonts: of the list, or the project's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.diagnostics import Span
from pressroom.layout import LayoutError, read_brand_fonts
from pressroom.project import Files

OWN = '[font.Latn]\nfamily = "Own Sans"\nregular = "fonts/R.ttf"\nbold = "fonts/B.ttf"\n'


def _read(tmp_path: Path, text: str):
    (tmp_path / "layouts").mkdir(exist_ok=True)
    (tmp_path / "layouts" / "brand.toml").write_text(text, encoding="utf-8")
    return read_brand_fonts(Files(tmp_path))


def test_listed_and_own(tmp_path: Path) -> None:
    """A script has a family of the list, or one with its two files; each has its line."""
    fonts = _read(tmp_path, f'[font]\nGrek = "Noto Serif"\n\n{OWN}')
    assert fonts.by_script["Grek"] == ("Noto Serif", Span("layouts/brand.toml", 2))
    assert fonts.by_script["Latn"] == ("Own Sans", Span("layouts/brand.toml", 5))
    own = fonts.own["Own Sans"]
    assert own.regular == ("layouts/fonts/R.ttf", Span("layouts/brand.toml", 6))
    assert own.bold == ("layouts/fonts/B.ttf", Span("layouts/brand.toml", 7))


def test_on_one_line(tmp_path: Path) -> None:
    """A table on one line is the same, and two scripts may share a family."""
    row = '{ family = "Own", regular = "R.ttf", bold = "B.ttf" }'
    fonts = _read(tmp_path, f"[font]\nLatn = {row}\nCyrl = {row}\n")
    assert list(fonts.own) == ["Own"]
    assert fonts.by_script["Cyrl"] == ("Own", Span("layouts/brand.toml", 3))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (OWN.replace('bold = "fonts/B.ttf"\n', ""), 1, "lacks 'bold'"),
        (OWN.replace("fonts/B.ttf", "../B.ttf"), 4, "outside layouts/"),
        (OWN.replace("fonts/B.ttf", "/B.ttf"), 4, "outside layouts/"),
        (OWN.replace("Own Sans", 'A\\"; x: '), 2, "family is"),
        (OWN + 'italic = "I.ttf"\n', 5, "unknown key 'italic'"),
        (OWN + OWN.replace("Latn", "Cyrl").replace("B.ttf", "C.ttf"), 6, "other files than line 2"),
    ],
)
def test_wrong(tmp_path: Path, text: str, line: int, says: str) -> None:
    """What a table lacks, or has too much, is an error at its line."""
    with pytest.raises(LayoutError) as caught:
        _read(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.span == Span("layouts/brand.toml", line)
    assert says in problem.message
