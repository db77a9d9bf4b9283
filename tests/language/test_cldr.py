from __future__ import annotations

import pytest
from babel import Locale, UnknownLocaleError

from pressroom.catalog.plurals import forms_by_number
from pressroom.language import languages

# The name of a language there, where it is another; Babel's tables are CLDR's.
THERE = {"tl": "fil", "kmr": "ku", "zh-Hans": "zh_Hans", "pa-Guru": "pa_Guru", "sr-Latn": "sr_Latn", "bs": "bs_Latn"}
# CLDR does not have them.
ABSENT = {"sm", "ksw", "mh"}
# CLDR has one form for every number; translators' tools (Weblate) have two, and a catalog must open in them.
ONE_FORM = {"nv", "rw", "rn"}
# Names of their own: what a patient calls it, where CLDR names the wider language or writes in lower case.
OWN_NAMES = {"zh-Hans", "zh-Hant", "to", "tl", "fa-AF", "ckb", "kmr", "sr-Latn", "sr-Cyrl", "pt-BR"}


def _there(tag: str) -> Locale:
    return Locale.parse(THERE.get(tag, tag.replace("-", "_")))


@pytest.mark.parametrize("tag", [tag for tag in languages() if tag not in ABSENT])
def test_agrees(tag: str) -> None:
    """Direction, plural rule up to a thousand and own name are CLDR's, but where we say why not."""
    language, locale = languages()[tag], _there(tag)
    assert language.direction == locale.text_direction
    forms = forms_by_number(language.plural)
    assert forms is not None
    pairs = {(locale.plural_form(n), forms[n + 1]) for n in range(131)}
    if tag not in ONE_FORM:
        assert len(pairs) == len({ours for _, ours in pairs}) == len({theirs for theirs, _ in pairs})
    if tag not in OWN_NAMES:
        assert locale.languages[locale.language].lower() in language.autonym.lower()


@pytest.mark.parametrize("tag", sorted(ABSENT))
def test_absent(tag: str) -> None:
    """CLDR does not know the languages that stand here by our own word alone."""
    with pytest.raises(UnknownLocaleError):
        _there(tag)
