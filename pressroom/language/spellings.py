"""The words by which people look for a language: its names, its tags, countries, and other spellings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from pressroom.data_files import data_table
from pressroom.language.model import ENGLISH, Language

# A country counts for a language that at least this share of its people use, in percent.
_SHARE: Final = 20.0
# Countries named with a language. Only widely used languages have more, and a patient's may be any of theirs.
_MOST: Final = 30


@cache
def spellings(language: Language, interface: str = ENGLISH) -> str:
    """Words to find a language by, in lower case without accents, each once.

    The names of languages and countries are in English and in the language of the interface.
    """
    entry = data_table("language/spellings.toml").get(language.tag, {})
    names = [language.tag, *language.aliases, language.english, language.autonym, *entry.get("words", ())]
    for tag in dict.fromkeys((ENGLISH, interface)):
        names.append(language_name(language, tag))
        names += [country_name(code, tag) for code in _countries(language, entry.get("countries"))]
    return " ".join(dict.fromkeys(word for name in names for word in folded(name).split()))


def folded(text: str) -> str:
    """A text as it is compared: in lower case, without accents and marks. Pages fold in the same way what is typed."""
    # In one form of Arabic letters and of full-width signs; vowel signs of Indic scripts go too, on both sides.
    flat = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in flat if unicodedata.category(sign)[0] != "M")


@cache
def language_name(language: Language, interface: str) -> str:
    """The language's name in a language of the interface; its English name if CLDR has none."""
    if interface == ENGLISH:
        return language.english
    from babel import Locale

    names = Locale.parse(interface).languages
    tag = language.cldr.replace("-", "_")
    code, _, script = tag.partition("_")
    if tag in names:
        return str(names[tag])
    if code not in names:
        return language.english
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


def _countries(language: Language, listed: Iterable[str] | None) -> tuple[str, ...]:
    """The countries in which many people use the language; none for English, which many more use."""
    if listed is not None:
        return tuple(listed)
    if language.tag == ENGLISH:
        return ()
    tag = language.cldr.replace("-", "_")
    found = sorted(_users().get(tag, {}).items(), key=lambda item: -item[1])
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
