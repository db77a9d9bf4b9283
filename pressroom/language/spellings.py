"""The words by which people look for a language: its names, its tags, countries, and other spellings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from pressroom.data_files import data_table
from pressroom.language.model import ENGLISH, Language

# Words of a name, without brackets and commas. Vowel signs are gone before; the rest of a script is not cut.
_WORD: Final = re.compile(r"[^\s(),;&/]+")
# A country counts for a language that at least this share of its people use, in percent.
_SHARE: Final = 20.0
# Countries named with a language. Only widely used languages have more, and a patient's may be any of theirs.
_MOST: Final = 30
# How many countries are named in the language itself too: Deutschland.
_OWN: Final = 4


def spellings(language: Language, interface: str = ENGLISH) -> str:
    """Words to find a language by, in lower case without accents, each once.

    The names of languages and countries are in English and in the language of the interface.
    """
    names = (language.tag, *language.aliases, language.english, language.autonym)
    return _spellings(language.tag, language.cldr, (*names, language_name(language, interface)), interface)


@cache
def _spellings(tag: str, in_cldr: str, known: tuple[str, ...], interface: str) -> str:
    entry = data_table("language/spellings.toml").get(tag, {})
    countries = _countries(tag, in_cldr, entry.get("countries"))
    names = [*known, *entry.get("words", ())]
    names += [country_name(code, other) for other in dict.fromkeys((ENGLISH, interface)) for code in countries]
    names += [name for code in countries[:_OWN] if (name := _in_own_words(code, in_cldr))]
    return " ".join(dict.fromkeys(word for name in names for word in _WORD.findall(folded(name))))


def folded(text: str) -> str:
    """A text as it is compared: in lower case, without accents and marks. Pages fold in the same way what is typed."""
    # In one form of Arabic letters and of full-width signs; vowel signs of Indic scripts go too, on both sides.
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in flat if unicodedata.category(sign)[0] != "M")


def language_name(language: Language, interface: str) -> str:
    """The language's name in a language of the interface; its English name if CLDR has none."""
    return language.english if interface == ENGLISH else _name_in(interface, language.cldr) or language.english


@cache
def _name_in(interface: str, in_cldr: str) -> str:
    from babel import Locale

    names = Locale.parse(interface).languages
    tag = in_cldr.replace("-", "_")
    code, _, script = tag.partition("_")
    if tag in names:
        return str(names[tag])
    if code not in names:
        return ""
    scripts, regions = Locale.parse(interface).scripts, Locale.parse(interface).territories
    more = scripts.get(script) or regions.get(script)
    return f"{names[code]} ({more})" if more else str(names[code])


@cache
def script_name(script: str, interface: str) -> str:
    """The name of a script (ISO 15924) in a language of the interface; its code if CLDR has none."""
    from babel import Locale

    return str(Locale.parse(interface).scripts.get(script, script))


@cache
def country_name(code: str, interface: str) -> str:
    """The name of a country (ISO 3166) in a language of the interface; its code if CLDR has none."""
    from babel import Locale

    return str(Locale.parse(interface).territories.get(code, code))


@cache
def _in_own_words(code: str, in_cldr: str) -> str:
    """The name of a country in a language; empty if CLDR does not have the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(in_cldr, sep="-").territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""


def _countries(tag: str, in_cldr: str, listed: Iterable[str] | None) -> tuple[str, ...]:
    """The countries in which many people use the language; none for English, which many more use."""
    if listed is not None:
        return tuple(listed)
    if tag == ENGLISH:
        return ()
    found = sorted(_users().get(in_cldr.replace("-", "_"), {}).items(), key=lambda item: -item[1])
    return tuple(code for code, _ in found[:_MOST])


@cache
def _users() -> dict[str, dict[str, float]]:
    """By language the countries that use it, each with the percentage of its people."""
    from babel.core import get_global

    users: dict[str, dict[str, float]] = {}
    for country, spoken in get_global("territory_languages").items():
        for tag, facts in spoken.items():
            if facts["population_percent"] >= _SHARE:
                users.setdefault(tag, {})[country] = facts["population_percent"]
    return users
