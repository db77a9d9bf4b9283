from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale, localedata

from pressroom.catalog.headers import forms_by_number
from pressroom.data_files import data_table
from pressroom.language import cldr, languages

FACTS = Path(__file__).parents[1] / "facts" / "languages.tsv"
ABSENT = {"sm", "ksw", "mh"}
TAGS = [tag.replace("_", "-") for tag in localedata.locale_identifiers()]


def test_printed_names() -> None:
    """Names, directions and plural rules are those that pages and catalogs have; a new Babel must not change them."""
    rows = [line.split("\t") for line in FACTS.read_text(encoding="utf-8").splitlines()]
    known = [[one.tag, one.direction, one.english, one.autonym, one.plural] for one in languages().values()]
    assert known == rows


def test_absent() -> None:
    """The tables name and count only what CLDR lacks, and what is set otherwise has its reason beside it."""
    assert {tag for tag in languages() if cldr.english_name(tag) is None} == ABSENT
    for tag, table in data_table("language/languages.toml").items():
        answers = {"english": cldr.english_name, "autonym": cldr.autonym, "plural": cldr.plural_rule}
        assert not [key for key, answer in answers.items() if key in table and table[key] == answer(tag)], tag


def test_plural_rules() -> None:
    """Every language of CLDR but Cornish has a rule that catalogs take, with CLDR's form for every whole number."""
    refused = set()
    for tag in TAGS:
        forms = forms_by_number(cldr.plural_rule(tag) or "")
        if forms is None:
            refused.add(tag)
            continue
        plural_form = Locale.parse(tag, sep="-").plural_form
        pairs = {(plural_form(number), forms[number + 1]) for number in range(131)}
        ours, theirs = {form for _, form in pairs}, {form for form, _ in pairs}
        assert len(pairs) == len(ours) == len(theirs) == forms[0], tag
    assert refused == {"kw", "kw-GB"}


def test_directions() -> None:
    """A script's direction is that of every language CLDR knows to be written in it."""
    scripts = data_table("language/scripts.toml")
    for tag in TAGS:
        if cldr.script_of(tag) in scripts:
            direction = scripts[cldr.script_of(tag)].get("direction", "ltr")
            assert Locale.parse(tag, sep="-").text_direction == direction, tag


@pytest.mark.parametrize("tag", sorted(set(languages()) - ABSENT))
def test_scripts(tag: str) -> None:
    """A language of the registry is set in the script that CLDR has for it."""
    assert cldr.script_of(tag) == languages()[tag].script


@pytest.mark.parametrize("tag", ["sm", "x-hill", "de-Arab", "en-XA", "../es", ""])
def test_unknown(tag: str) -> None:
    """CLDR knows nothing of an invented tag, nor of a language in a script it is not written in."""
    assert (cldr.english_name(tag), cldr.plural_rule(tag), cldr.script_of(tag)) == (None, None, None)
    assert (cldr.number_signs(tag), cldr.unit_patterns(tag)) == ((".", ","), {})


def test_babel_is_lazy() -> None:
    """The registry is read without Babel, until a name is needed."""
    ask = (
        "import sys; from pressroom.language import languages; spanish = languages()['es'];"
        "assert 'babel' not in sys.modules; assert spanish.autonym == 'Español'; assert 'babel' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", ask], check=True)
