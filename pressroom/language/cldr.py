"""CLDR's facts about languages, read through Babel.

Babel is imported only when a fact is needed, and it loads one language at a time. A build with nothing to do never
imports it.
"""

from __future__ import annotations

import gettext
import pickle
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pressroom.data_files import data_table
from pressroom.recent import Recent

if TYPE_CHECKING:
    from babel import Locale
    from babel.plural import PluralRule

# Languages whose data of Babel a worker keeps, with what they inherit from.
_FEW: Final = 6
_FORMS: Final[tuple[str, ...]] = ("zero", "one", "two", "few", "many", "other")
_NUMBERS: Final = range(201)
_MARKS: Final = re.compile("[\u200e\u200f\u061c]")


@cache
def _locale(tag: str) -> Locale | None:
    """Babel's data for a BCP 47 tag, or None if CLDR lacks the language or has it only in another script."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    scripts = [part for part in tag.split("-")[1:] if len(part) == 4]
    # Babel answers `de-Arab` with German in Latin letters.
    return locale if not scripts or scripts[0] == _script(locale) else None


def keep_few_locales() -> None:
    """From now on keep Babel's data of the languages that were asked for last: a worker meets twenty, one by one."""
    from babel import localedata

    if not isinstance(localedata._cache, Recent):
        localedata._cache = Recent(_FEW)
    # These keep their data too.
    _locale.cache_clear()


def _script(locale: Locale) -> str | None:
    return locale.script or _likely_script(locale.language)


def _likely_script(language: str) -> str | None:
    from babel.core import get_global

    likely = get_global("likely_subtags").get(language, "")
    return next((part for part in likely.split("_") if len(part) == 4), None)


@cache
def tags() -> tuple[str, ...]:
    """The tag of every language that CLDR has data of, and of each script that it is written in; no regions."""
    from babel import localedata

    found = (name.split("_") for name in localedata.locale_identifiers())
    written = {tuple(parts[:2]) if len(parts) > 1 and len(parts[1]) == 4 else (parts[0],) for parts in found}
    return tuple(sorted("-".join(parts) for parts in written if parts[-1] != _likely_script(parts[0])))


def canonical_tag(written: str) -> str | None:
    """CLDR's tag for a BCP 47 tag in any case, without a script that goes without saying; None if it has none.

    Old and three-letter codes of a language lead to its code today: `iw` and `heb` to `he`. A region makes no tag.
    """
    from babel.core import get_global

    code, *rest = written.replace("_", "-").lower().split("-")
    newer: str = _NEWER.get(code) or get_global("language_aliases").get(code, code).replace("_", "-")
    script = [part.title() for part in rest]
    tag = "-".join([newer, *(part for part in script if part != _likely_script(newer))])
    return tag if tag in tags() else None


# Norwegian is written as Bokmål unless it says otherwise; CLDR's data of `no` are those of `nb`.
_NEWER: Final = {"no": "nb", "nor": "nb", "nob": "nb"}


@cache
def english_names() -> Mapping[str, str]:
    """The English name of every language by its tag, read at once."""
    from babel import Locale

    names = Locale("en").languages
    whole = {tag: names.get(tag.replace("-", "_")) or _in_script(tag, names) for tag in tags()}
    return {tag: name for tag, name in whole.items() if name}


def _in_script(tag: str, names: Mapping[str, str]) -> str:
    from babel import Locale

    language, _, script = tag.partition("-")
    return f"{names[language]} ({Locale('en').scripts[script]})" if script and language in names else ""


@cache
def delimiters(tag: str) -> str | None:
    """The outer and inner quotation marks of a language, or None where they are the usual ones."""
    quotes: str | None = data_table("language/cldr.toml").get(tag, {}).get("quotes")
    return quotes


def letters(tag: str) -> tuple[str, ...]:
    """The letters of a language's alphabet, capitals first; empty if CLDR lists none."""
    return tuple(data_table("language/cldr.toml").get(tag, {}).get("letters", "").split())


def script_of(tag: str) -> str | None:
    """The script (ISO 15924) the language is usually written in, or None if CLDR does not know it."""
    locale = _locale(tag)
    return _script(locale) if locale else None


@cache
def script_name(script: str) -> str:
    """The English name of a script (ISO 15924), or its code if CLDR has none."""
    from babel import Locale

    name: str = Locale("en").scripts.get(script, script)
    return f"{name} Han" if script in ("Hans", "Hant") else name


@cache
def english_name(tag: str) -> str | None:
    """The language's English name, or None if CLDR does not know it."""
    locale = _locale(tag)
    return locale.get_display_name("en") if locale else None


@cache
def autonym(tag: str) -> str | None:
    """The language's name in itself, with a capital as a heading has it, or None if CLDR does not know it."""
    locale = _locale(tag)
    name = locale.get_display_name() if locale else None
    # In title case: Georgian has capitals, and no word begins with one.
    return name[:1].title() + name[1:] if name else None


@cache
def plural_rule(tag: str) -> str | None:
    """The value of gettext's Plural-Forms header for whole numbers, or None if CLDR does not know the language."""
    locale = _locale(tag)
    if locale is None:
        return None
    return _gettext_rule(tuple(_plural_form(locale).rules.items()))


@cache
def _gettext_rule(rules: tuple[tuple[str, str], ...]) -> str:
    """The rule in gettext's form. Many languages share one, and 201 numbers take a while."""
    from babel.plural import PluralRule, to_gettext

    choose = PluralRule(rules)
    chosen: list[str] = [choose(number) for number in _NUMBERS]
    forms: list[str] = [form for form in _FORMS if form in chosen]
    form_numbers = [forms.index(form) for form in chosen]
    for rule, numbers in _common_rules().items():
        if numbers == form_numbers:
            return rule
    # The last form is the one that is left when no condition holds.
    return to_gettext(PluralRule([(form, rule) for form, rule in rules if form in forms[:-1]]))


def _plural_form(locale: Locale) -> PluralRule:
    """Babel's rule, read without the rest: `locale.plural_form` merges all data of the language, three times slower."""
    from babel import localedata

    with Path(localedata.resolve_locale_filename(str(locale))).open("rb") as file:
        rule: PluralRule | None = pickle.load(file).get("plural_form")
    return rule or locale.plural_form


@cache
def _common_rules() -> dict[str, list[int]]:
    """Each rule of `plurals.toml` with the form it chooses for every sample number."""
    choices = {
        rule: gettext.c2py(rule.partition("plural=")[2].rstrip(";"))
        for rule in data_table("language/plurals.toml")["rules"]
    }
    return {rule: [int(choose(number)) for number in _NUMBERS] for rule, choose in choices.items()}


@cache
def number_signs(tag: str) -> tuple[str, str]:
    """The decimal sign and the group sign beside ASCII digits; English ones if CLDR does not know the language."""
    locale = _locale(tag)
    signs: dict[str, str] = locale.number_symbols.get("latn", {}) if locale else {}
    return signs.get("decimal", "."), signs.get("group", ",")


@cache
def unit_patterns(tag: str) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """By CLDR's name of a unit, its patterns without marks of direction: (`short`, plural form or `per`, `{0} g`)."""
    # Babel formats a number with a unit, but does not publish the words alone.
    data = _language_data(tag)
    return {
        unit: tuple(
            (length, form, _MARKS.sub("", pattern))
            for length in ("long", "short", "narrow")
            for form, pattern in _at(data, lengths, length).items()
        )
        for unit, lengths in _data(tag, "unit_patterns").items()
    }


def _data(tag: str, *path: str) -> dict[str, Any]:
    """CLDR's data at this path, aliases resolved; empty if there is none."""
    data = _language_data(tag)
    return _at(data, data, *path)


def _language_data(tag: str) -> Mapping[str, Any]:
    """All of CLDR's data of a language, with aliases; empty if there is none.

    Babel's own mapping writes what it resolves into data that languages share: what one of them finds then depends on
    which were read before.
    """
    from babel import localedata

    locale = _locale(tag)
    return localedata.load(str(locale)) if locale else {}


def _at(data: Mapping[str, Any], start: object, *path: str) -> dict[str, Any]:
    """What is at this path below `start`, a part of a language's data, aliases resolved."""
    found = _resolved(start, data)
    for key in path:
        found = _resolved(found.get(key), data)
    return found


def _resolved(value: Any, base: Any) -> dict[str, Any]:  # noqa: ANN401  Babel publishes no types of its data
    from babel.localedata import Alias, LocaleDataDict

    if isinstance(value, LocaleDataDict):
        value = value._data
    if isinstance(value, Alias):
        return _resolved(value.resolve(base), base)
    if isinstance(value, tuple):
        alias, others = value
        merged: dict[str, Any] = _resolved(alias.resolve(base), base) | others
        return merged
    found: dict[str, Any] = value if isinstance(value, dict) else {}
    return found


@cache
def month_names(tag: str) -> dict[str, int]:
    """The names of the months, whole and short, as they are written alone and in a date, with their numbers."""
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            found = _data(tag, "months", context, width)
            names |= {name: number for number, name in found.items() if width == "wide" or _is_abbreviation(name)}
    names = {name: number for name, number in names.items() if not _NUMBERED.match(name)}
    return names


def _is_abbreviation(name: str) -> bool:
    """False for a few letters of a script without spaces, which begin other words, too."""
    return name[0] < "\u0e00" or "." in name


# 7月, tháng 7 and 1월 are a number and a word for a month.
_NUMBERED: Final = re.compile(r"^\D{0,8}\d+\D{0,4}$|^.{0,2}$")


@cache
def date_order(tag: str) -> str:
    """The order of a date's parts in figures: `dmy`, `mdy` or `ymd`."""
    locale = _locale(tag)
    pattern = str(locale.date_formats["short"].pattern) if locale else "y-M-d"
    return "".join(dict.fromkeys(sign.lower() for sign in pattern if sign in "dMy"))


@cache
def calendar_words(tag: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the days from Monday and of the months from January, as they are written alone; empty without."""
    both = []
    for kind in ("days", "months"):
        names = _data(tag, kind, "stand-alone", "wide") or _data(tag, kind, "format", "wide")
        both.append(tuple(names[number] for number in sorted(names)))
    return both[0], both[1]


# CLDR's names of units that a patient reads, each with a number that a dose or a measure may have.
_MEASURES: Final = {
    "mass-milligram": "10", "volume-milliliter": "250", "mass-kilogram": "72", "length-centimeter": "15",
    "temperature-celsius": "38",
}  # fmt: skip


@cache
def measures(tag: str) -> tuple[str, ...]:
    """Numbers with their unit in words, in the plural form that CLDR has for them: 10 milligrams, 15 centimeters."""
    locale, patterns = _locale(tag), unit_patterns(tag)
    if locale is None:
        return ()
    form_of = _plural_form(locale)
    wanted = ((patterns.get(unit, ()), form_of(int(number)), number) for unit, number in _MEASURES.items())
    return tuple(
        pattern.replace("{0}", number)
        for rows, wanted_form, number in wanted
        for length, form, pattern in rows
        if (length, form) == ("long", wanted_form)
    )


_PERIODS: Final = {"am": (0, 12), "pm": (12, 24), "noon": (11, 14), "midnight": (23, 1)}


@cache
def day_periods(tag: str) -> dict[str, tuple[int, int]]:
    """The names of the day's parts, with the hours from and to which they reach."""
    locale = _locale(tag)
    if locale is None:
        return {}
    rules: dict[str, Any] = locale.day_period_rules.get(None) or {}
    found: dict[str, set[tuple[int, int]]] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated", "narrow"):
            for key, name in _data(tag, "day_periods", context, width).items():
                hours = _PERIODS.get(key) or _hours(rules.get(key, ()))
                if hours and len(name) > 1:
                    found.setdefault(_MARKS.sub("", name), set()).add(hours)
    return {name: _joined(sorted(hours)) for name, hours in found.items()}


def _hours(rules: Any) -> tuple[int, int] | None:  # noqa: ANN401  Babel publishes no type of it
    for rule in rules:
        if "from" in rule and "before" in rule:
            return rule["from"] // 3600, rule["before"] // 3600
    return None


def _joined(hours: list[tuple[int, int]]) -> tuple[int, int]:
    """The span of a name of two parts of the day that follow each other; of two that don't, the first."""
    first, last = hours[0]
    for start, end in hours[1:]:
        if start == last:
            last = end
        elif end % 24 == first:
            first = start
    return first, last
