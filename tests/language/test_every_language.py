"""Languages that no table lists: CLDR describes them, and the tables describe their script."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata

import pyphen
import pytest
from babel import Locale

from pressroom.data_files import data_table
from pressroom.language import (
    UnknownLanguage,
    cldr,
    engine_registry,
    every_language,
    find_language,
    languages,
    letters_of,
    sample_of,
)
from pressroom.language.registry import cldr_language

EVERY = {language.tag: language for language in every_language(engine_registry())}
NEW_SCRIPTS = ("Grek", "Hebr", "Armn", "Geor", "Taml", "Telu", "Knda", "Mlym", "Sinh")

POLISH = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
# What CLDR has: tag, script, English name, own name, plural rule, quotation marks, decimal sign and group sign.
NATIVE = [
    ("pl", "Latn", "Polish", "Polski", POLISH, "„”«»", ",", "\u00a0"),
    ("it", "Latn", "Italian", "Italiano", "nplurals=2; plural=(n != 1);", "«»“”", ",", "."),
    ("el", "Grek", "Greek", "Ελληνικά", "nplurals=2; plural=(n != 1);", "«»“”", ",", "."),
    ("he", "Hebr", "Hebrew", "עברית", "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);", "””’’", ".", ","),
    ("hy", "Armn", "Armenian", "Հայերեն", "nplurals=2; plural=(n > 1);", "«»«»", ",", "\u00a0"),
    ("ka", "Geor", "Georgian", "ქართული", "nplurals=2; plural=(n != 1);", "„“«»", ",", "\u00a0"),
    ("ta", "Taml", "Tamil", "தமிழ்", "nplurals=2; plural=(n != 1);", "“”‘’", ".", ","),
    ("te", "Telu", "Telugu", "తెలుగు", "nplurals=2; plural=(n != 1);", "“”‘’", ".", ","),
    ("kn", "Knda", "Kannada", "ಕನ್ನಡ", "nplurals=2; plural=(n > 1);", "“”‘’", ".", ","),
    ("ml", "Mlym", "Malayalam", "മലയാളം", "nplurals=2; plural=(n != 1);", "“”‘’", ".", ","),
    ("si", "Sinh", "Sinhala", "සිංහල", "nplurals=2; plural=(n > 1);", "“”‘’", ".", ","),
    ("cs", "Latn", "Czech", "Čeština", "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);", "„“‚‘", ",", "\u00a0"),
    ("hu", "Latn", "Hungarian", "Magyar", "nplurals=2; plural=(n != 1);", "„”»«", ",", "\u00a0"),
    ("mr", "Deva", "Marathi", "मराठी", "nplurals=2; plural=(n != 1);", "“”‘’", ".", ","),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "script", "english", "autonym", "plural", "quotes", "decimal", "group"), NATIVE)
def test_native_forms(tag, script, english, autonym, plural, quotes, decimal, group):
    """A language that no table names has CLDR's script, names, plural rule, quotation marks and signs of numbers."""
    language = find_language(tag)
    assert (language.tag, language.script, language.english, language.autonym) == (tag, script, english, autonym)
    assert (language.plural, language.quotes) == (plural, quotes)
    assert cldr.number_signs(tag) == (decimal, group)


def test_every_one_can_be_set():
    """Over 300 languages of 25 scripts have names, sizes, CLDR's direction, and a sample to measure by."""
    assert len(EVERY) > 300
    assert len({language.script for language in EVERY.values()}) == len(data_table("language/scripts.toml")) == 25
    for tag, language in EVERY.items():
        assert language.english != tag, tag
        assert sample_of(language), tag
        assert len(language.quotes) == 4, tag
        assert re.fullmatch(r"nplurals=[1-9]; plural=.+;", language.plural), tag
        if tag not in languages():
            assert Locale.parse(tag, sep="-").text_direction == language.direction, tag


def test_new_scripts_have_letters():
    """A specimen of each script shows its letters, and a mark on a letter that carries it."""
    for script in NEW_SCRIPTS:
        one = next(language for language in EVERY.values() if language.script == script)
        assert len(letters_of(one)) > 25, one.tag
    assert {"க்", "கொ"} <= set(letters_of(find_language("ta")))
    assert {"കൈ", "ൺ"} <= set(letters_of(find_language("ml")))
    assert "אַ" in letters_of(find_language("yi"))


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("PL", "pl"), ("pl-Latn", "pl"), ("iw", "he"), ("in", "id"), ("ji", "yi"), ("no", "nb"), ("pol", "pl"),
        ("uz_Cyrl", "uz-Cyrl"), ("uz-latn", "uz"), ("pa-Arab", "pa-Arab"), ("mo", "ro"), ("pt-pt", "pt-PT"),
        ("pt", "pt-BR"), ("sr", "sr-Cyrl"), ("pa", "pa-Guru"), ("yue", "yue"),
    ],
)  # fmt: skip
def test_old_and_long_codes(written, tag):
    """A tag in any case, an older or a longer code, and a script that goes without saying lead to one tag."""
    assert find_language(written).tag == tag
    assert tag in engine_registry()


@pytest.mark.parametrize("written", ["es-MX", "pl-PL", "zz", "de-Arab", "x-hill", "pl-", "", "../pl", "zh-Latn"])
def test_files_name_languages_exactly(written):
    """A region, a language in a script it is not written in, and what CLDR has no name for are no tags of a file."""
    assert written not in engine_registry()
    with pytest.raises(UnknownLanguage):
        find_language(written)


@pytest.mark.parametrize(("tag", "script"), [("dv", "Thaana"), ("bo", "Tibetan"), ("chr", "Cherokee")])
def test_scripts_that_cannot_be_set(tag, script):
    """A language whose script has no font is refused with its script, and the scripts there are."""
    with pytest.raises(UnknownLanguage) as caught:
        find_language(tag)
    assert script in str(caught.value)
    assert all(name in caught.value.hint for name in ("Hebrew", "Tamil", "Latin"))


def test_what_babel_leaves_out():
    """The table of CLDR's letters and quotation marks has languages that Babel knows too, and no listed one."""
    table = data_table("language/cldr.toml")
    assert len(table) > 230
    assert set(table) <= set(cldr.tags())
    assert not set(table) & set(languages())
    assert {len(row["quotes"]) for row in table.values() if "quotes" in row} == {4}


VOWELS = frozenset("aeiouyæøœəıαεηιουωаеёиоуыэюяіїєѣъ")


def _bare(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]


@pytest.mark.parametrize("tag", sorted(tag for tag, one in EVERY.items() if one.hyphenate and tag not in languages()))
def test_trusted_dictionaries(tag):
    """A dictionary is trusted if it leaves a vowel in each part of every long name that CLDR has in the language."""
    locale = Locale.parse(tag, sep="-")
    dictionary = pyphen.Pyphen(lang=pyphen.language_fallback(tag.replace("-", "_")))
    names = (*locale.languages.values(), *locale.territories.values())
    words = {word.lower() for name in names for word in re.findall(r"[^\W\d_]{12,}", name)}
    parted = 0
    for word in words:
        ends = [at for at in dictionary.positions(word) if 5 <= at <= len(word) - 5]
        parts = [word[start:end] for start, end in zip([0, *ends], [*ends, len(word)], strict=True)]
        assert all(any(_bare(letter) in VOWELS for letter in part) for part in parts), parts
        parted += bool(ends)
    assert parted >= 0.8 * len(words)


def test_babel_waits():
    """The engine's own languages are found without Babel; one of CLDR's loads it."""
    ask = (
        "import sys; from pressroom.language import engine_registry; registry = engine_registry();"
        "registry.find('es'); registry.find('zh_TW'); assert 'babel' not in sys.modules;"
        "assert registry.find('pl').tag == 'pl'; assert 'babel' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", ask], check=True)


def test_one_object():
    """A language is made once, so that findings and caches can compare it."""
    assert find_language("pl") is find_language("PL") is cldr_language("pl")
