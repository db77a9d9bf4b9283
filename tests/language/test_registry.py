from __future__ import annotations

import re

import pytest

from pressroom.language import UnknownLanguage, find_invented, find_language, invented_languages, languages
from pressroom.language.fonts import registered_fonts


def test_invented_languages_are_not_registered() -> None:
    """They are found by their own name alone, and have the letters of the language they are like."""
    assert [(one.tag, one.direction, one.invented) for one in invented_languages().values()] == [
        ("en-XA", "ltr", True),
        ("ar-XB", "rtl", True),
    ]
    assert not {"en-XA", "ar-XB"} & set(languages())
    assert find_invented("ar_xb") is invented_languages()["ar-xb"]
    assert find_invented("ar") is None
    with pytest.raises(UnknownLanguage):
        find_language("en-XA")


def test_all() -> None:
    """The registry has its 46 languages, and each is found by its tag in either form and any case."""
    assert len(languages()) == 46
    for tag, language in languages().items():
        assert find_language(tag) is language
        assert find_language(language.posix) is language
        assert find_language(tag.upper()) is language
        assert "-" not in language.posix


@pytest.mark.parametrize(
    ("written", "tag"), [("zh-CN", "zh-Hans"), ("zh", "zh-Hans"), ("zh_TW", "zh-Hant"), ("zh-hans", "zh-Hans")]
)
def test_aliases(written: str, tag: str) -> None:
    """What people write for a language leads to it."""
    assert find_language(written).tag == tag


def test_unknown() -> None:
    """An unknown tag is refused with the nearest one, and a path is no tag."""
    with pytest.raises(UnknownLanguage) as caught:
        find_language("zh-Hanss")
    assert caught.value.near == "zh-Hans"
    for written in ("", "../es", "es/..", "x-klingon"):
        with pytest.raises(UnknownLanguage):
            find_language(written)


def test_facts() -> None:
    """Every language has fonts of the private list, a plural rule, legible sizes and room between its lines."""
    for language in languages().values():
        assert set(language.stack) <= set(registered_fonts()), language.tag
        assert re.fullmatch(r"nplurals=[1-9]; plural=.+;", language.plural), language.tag
        for least, usual in (language.tight, language.line_height):
            assert 1.1 <= least <= usual <= 3, language.tag
        for floor, preferred in language.sizes.values():
            assert 7 <= floor <= preferred <= 14, language.tag
        assert language.autonym
        assert language.english


def test_directions() -> None:
    """The right-to-left languages are those of right-to-left scripts."""
    rtl = {tag for tag, language in languages().items() if language.direction == "rtl"}
    assert {"ar", "fa", "ur"} <= rtl
    assert {languages()[tag].script for tag in rtl} <= {"Arab", "Aran", "Hebr", "Syrc", "Thaa"}


def test_floors() -> None:
    """The smallest sizes are those that print asks for: brochures 11 pt at least, cards 7, Han 8, Arabic 9."""
    assert min(language.sizes["brochure"][0] for language in languages().values()) == 11
    floors = {tag: languages()[tag].sizes["card"][0] for tag in ("en", "es", "ru", "zh-Hans", "ar")}
    assert floors == {"en": 7, "es": 7, "ru": 7, "zh-Hans": 8, "ar": 9}


def test_fonts() -> None:
    """A family has a regular and a bold face, each told by the hash of its file."""
    for family in registered_fonts().values():
        assert [face.weight for face in family.faces] == [400, 700]
        known = [digest for face in family.faces for digest in face.known]
        assert len(known) >= 2, family.name
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in known), family.name
        assert family.package.startswith("fonts-")
