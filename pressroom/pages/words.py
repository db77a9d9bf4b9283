"""The words of the interface: English in the templates, other languages in gettext catalogs beside them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_FOLDER: Final = Path(__file__).with_name("locales")
# The languages of the interface by tag, with the catalog of each; English is in the templates.
LANGUAGES: Final = ("en", "es", "ar")


def marked(word: str) -> str:
    """The word itself: its place in a table of the code puts it into the catalogs, and a template translates it."""
    return word


def catalog_file(tag: str) -> Path:
    """The catalog of a language of the interface; English has none."""
    return _FOLDER / tag / "LC_MESSAGES" / "pages.po"


@cache
def translations(tag: str) -> NullTranslations:
    """The words in a language of `LANGUAGES`; what has no translation stays English."""
    path = catalog_file(tag)
    if not path.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        # A fuzzy entry is a machine draft: an interface may show it, paper for patients never does.
        write_mo(compiled, read_po(file, locale=tag), use_fuzzy=True)
    compiled.seek(0)
    return GNUTranslations(compiled)


def chosen_language(wanted: Iterable[str]) -> str:
    """The first language of the interface that a visitor wants, of tags as browsers send them; else English."""
    return negotiate_locale([tag.replace("-", "_") for tag in wanted], LANGUAGES) or LANGUAGES[0]


def direction(tag: str) -> str:
    """`ltr` or `rtl`."""
    return str(Locale.parse(tag).text_direction)


def autonym(tag: str) -> str:
    """A language's own name: `español`."""
    return Locale.parse(tag).get_display_name(tag) or tag


def language_name(tag: str, interface: str, english: str) -> str:
    """A language's name in a language of the interface; `english` in English, and where CLDR has no name."""
    if interface == LANGUAGES[0]:
        return english
    try:
        return Locale.parse(tag, sep="-").get_display_name(interface) or english
    except (UnknownLocaleError, ValueError):
        return str(Locale.parse(interface).languages.get(tag, english))


def day(value: date, tag: str) -> str:
    """A day in a language of the interface: `30 Nov 2026`."""
    return format_date(value, "d MMM y", locale=tag)


def from_now(value: date, today: date, tag: str) -> str:
    """How far a day is from today, in words: `in 4 months`."""
    return format_timedelta(value - today, granularity="day", add_direction=True, locale=tag)


def listed(items: Iterable[str], tag: str) -> str:
    """Several things in a row: `Spanish and French`."""
    return format_list(list(items), style="standard", locale=tag)
