"""A language is found by the words by which people call it."""

from __future__ import annotations

import pytest

from pressroom.language import find_language, languages
from pressroom.language.spellings import folded, language_name, script_name, spellings


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("fa", "farsi persian iran فارسی ایران fa"),
        ("zh-Hant", "cantonese taiwan hong zh-tw 繁體中文"),
        ("bs", "serbian croatian sh bosnia bosanski"),
        ("de", "german deutsch austria deutschland"),
        ("es", "spanish espanol castilian mexico colombia"),
        ("tl", "filipino pilipino philippines fil"),
        ("my", "burmese burma myanmar"),
        ("ksw", "karen myanmar"),
    ],
)
def test_words(tag: str, words: str) -> None:
    """Names, other names, tags and countries, in lower case and without accents."""
    found = spellings(find_language(tag)).split()
    assert {folded(word) for word in words.split()} <= set(found)
    assert len(found) == len(set(found))


def test_words_of_the_interface() -> None:
    """In another interface its own names of the language and the countries count too."""
    assert {"italien", "aleman", "alemania"} & set(spellings(find_language("de"), "es").split()) == {
        "aleman",
        "alemania",
    }
    assert language_name(find_language("de"), "ar") == "الألمانية"
    assert script_name("Cyrl", "es") == "cirílico"


def test_folded() -> None:
    """Accents, vowel marks, case and width make no difference."""
    assert folded("ESPAÑOL") == folded("espanol")
    assert folded("Tiếng Việt") == folded("tieng viet")
    assert folded("العَرَبِيَّة") == folded("العربية")
    assert folded("ＦＡＲＳＩ") == "farsi"


def test_every_language_has_its_own_words() -> None:
    """Each language that the engine lists is found by its tag, its own name and its English name."""
    for tag, language in languages().items():
        found = f" {spellings(language)} "
        assert f" {tag.lower()} " in found
        for name in (language.autonym, language.english):
            assert folded(name).replace("(", "").replace(")", "").replace(",", "").split()[0] in found
