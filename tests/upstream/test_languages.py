"""What `language` takes for true of Babel and of the CLDR in it."""

from __future__ import annotations

import pytest
from babel import Locale, UnknownLocaleError, localedata
from babel.core import get_global
from babel.plural import PluralRule, to_gettext

from pressroom.language import find_language
from tests.upstream.assumption import assumed_of


@pytest.mark.parametrize(
    ("tag", "forms"),
    [
        ("ar", {"zero", "one", "two", "few", "many"}),
        ("bs", {"one", "few"}),
        ("ru", {"one", "few", "many"}),
        ("es", {"one", "many"}),
        ("vi", set()),
    ],
)
@assumed_of("babel", "language/cldr.py", "language/model.py")
def test_plural_forms(tag: str, forms: set[str]) -> None:
    """A language has the plural forms that catalogs were begun with; `other` is not among a rule's."""
    assert set(Locale.parse(tag).plural_form.rules) == forms


@assumed_of("babel", "language/cldr.py")
def test_a_rule_can_be_written_as_gettext_writes_it() -> None:
    """`to_gettext` writes a rule as an expression with `nplurals`."""
    rule = to_gettext(PluralRule({"one": "n is 1"}))
    assert rule.replace(" ", "") == "nplurals=2;plural=((n==1)?0:1);"


@pytest.mark.parametrize(
    ("tag", "name"),
    [("ar", "العربية"), ("zh_Hant", "中文"), ("pt_BR", "português (Brasil)"), ("km", "ខ្មែរ"), ("uk", "українська")],
)
@assumed_of("babel", "language/cldr.py")
def test_what_a_language_calls_itself(tag: str, name: str) -> None:
    """The display name of a locale in itself is what readers of it call their language."""
    assert (Locale.parse(tag).get_display_name() or "").startswith(name.partition(" ")[0])


@assumed_of("babel", "language/cldr.py")
def test_another_script_is_answered_with_the_usual_one() -> None:
    """A tag with a script that CLDR lacks is answered with the language in its usual script, so it is compared."""
    assert str(Locale.parse("de-Arab", sep="-")) == "de"
    with pytest.raises(UnknownLocaleError):
        Locale.parse("qqq")


@assumed_of("babel", "language/cldr.py", "language/written_tag.py")
def test_tables_that_are_not_documented() -> None:
    """`likely_subtags`, `language_aliases` and `territory_aliases` are tables by code, with `_` between parts."""
    assert get_global("likely_subtags")["zh"] == "zh_Hans_CN"
    assert get_global("language_aliases")["iw"] == "he"
    assert "zh_Hant" in localedata.locale_identifiers()


@assumed_of("babel", "language/registry.py", "language/model.py")
def test_the_languages_here_keep_their_number_of_forms() -> None:
    """The languages of the first project have as many plural forms as their catalogs."""
    wanted = {
        "ar": 6,
        "bs": 3,
        "de": 2,
        "es": 2,
        "fa": 2,
        "fr": 2,
        "ja": 1,
        "km": 1,
        "ko": 1,
        "my": 1,
        "ne": 2,
        "ru": 3,
    }
    found = {tag: find_language(tag).plural for tag in wanted}
    assert {tag: int(rule[len("nplurals=")]) for tag, rule in found.items()} == wanted
