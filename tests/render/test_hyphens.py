"""Patterns that part words are read as pyphen reads them, in less time, and are kept of few languages."""

from __future__ import annotations

from pathlib import Path

import pyphen
import pytest

from pressroom.render import line_breaks
from pressroom.render.hyphens import Patterns, quick_patterns

pyphen_reads = Patterns.__base__


@pytest.mark.parametrize("tag", ["de_DE", "en_US", "uk_UA", "th_TH", "te_IN", "hu_HU"])
def test_patterns_are_those_that_pyphen_reads(tag: str) -> None:
    """Latin, Cyrillic, Thai and Indic letters, and the alternatives of Hungarian, have the same values."""
    path = pyphen.LANGUAGES[tag]
    quick, slow = Patterns(path), pyphen_reads(path)
    assert quick.patterns == slow.patterns
    assert quick.maxlen == slow.maxlen


def test_any_line_of_a_file(tmp_path: Path) -> None:
    """Remarks, blanks, letters as numbers, values of two digits, and patterns that say nothing."""
    for lines in ("% no\n#no\n\n .a1b2 \n3ä\nß4\nabc\n0a0\n12a\nLEFTHYPHENMIN 2", "a1b\n^^e41b"):
        path = tmp_path / "hyph_xx.dic"
        path.write_text(f"UTF-8\n{lines}\n", encoding="utf-8")
        assert Patterns(path).patterns == pyphen_reads(path).patterns != {}


def test_patterns_of_few_languages_are_kept() -> None:
    """The patterns of the last two languages are kept, and part words as those in their files do."""
    assert line_breaks.pyphen.HyphDict is Patterns
    quick_patterns()
    word = "Hirnhautentzündung"
    for tag in ("en_US", "fr", "es", "ru", "de_DE"):
        assert pyphen.Pyphen(lang=tag).positions(word) is not None
    assert len(pyphen.hdcache) == 2
    whole = pyphen_reads(pyphen.LANGUAGES["de_DE"])
    assert pyphen.Pyphen(lang="de_DE", left=1, right=1).positions(word) == whole.positions(word)
