"""A font that was cut down to the same glyphs before has the same bytes."""

from __future__ import annotations

from weasyprint.pdf import fonts as weasyprint_fonts

from pressroom.compose import HtmlPage
from pressroom.layout import Stylesheet
from pressroom.render import kept_subsets as kept
from pressroom.render.engine import Engine

_STYLE = Stylesheet("test.css", 'html { font-family: "Noto Sans" }')


def _file(words: str) -> bytes:
    html = f'<html lang="en"><head><title>T</title></head><body><p>{words}</p></body></html>'
    engine = Engine(HtmlPage(html, (_STYLE,), {}), "test.md", is_like_others=True)
    return engine.write(engine.lay_out(""))


def test_a_kept_subset_is_the_one_that_is_made(fonts, monkeypatch):
    """Files that use the same glyphs, and others between them, are the same with kept subsets and without."""
    words = ("abc 123", "abc 124", "cab 321", "abc 123")
    monkeypatch.setattr(kept, "_subsets", {})
    with_kept = [_file(one) for one in words]
    assert len(kept._subsets) == 2
    alone = []
    for one in words:
        monkeypatch.setattr(kept, "_subsets", {})
        alone.append(_file(one))
    assert with_kept == alone


def test_few_subsets_are_kept(fonts, monkeypatch):
    """The one that was used least lately goes first."""
    monkeypatch.setattr(kept, "_subsets", {})
    monkeypatch.setattr(kept, "_KEPT", 2)
    for words in ("ab", "cd", "ab", "ef"):
        _file(words)
    assert len(kept._subsets) == 2
    before = list(kept._subsets)
    _file("ab")
    assert sorted(kept._subsets, key=str) == sorted(before, key=str)


def test_fonts_are_cut_down_as_before_outside(fonts):
    """Outside of the context WeasyPrint's own way is in its place."""
    with kept.kept_subsets():
        assert weasyprint_fonts.Font._harfbuzz_subset is kept._subset
    assert weasyprint_fonts.Font._harfbuzz_subset is kept._make
