"""The glossary: how terms are written down, shown to translators, and checked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pressroom.catalog import Catalog
from pressroom.catalog.checks.terms import check_terms
from pressroom.catalog.merge import merge
from pressroom.catalog.terms import Term, read_terms
from pressroom.content import Message
from pressroom.language import find_language

ES = find_language("es")
GLOSSARY = """
msgid "clot"
msgstr "coágulo"

# forbidden: trombo, cuajo
msgid "blood clot"
msgstr "coágulo de sangre"

#. do not translate
msgid "DVT"
msgstr ""

#, read-only
msgid "Utah Vascular Clinic"
msgstr "Utah Vascular Clinic"

#, forbidden
msgctxt "wrong"
msgid "leg"
msgstr "pata"

#, fuzzy
msgid "arm"
msgstr "brazo"
"""


@pytest.fixture
def terms(catalog: Callable[..., Catalog]) -> tuple[Term, ...]:
    """The terms of a small Spanish glossary."""
    return read_terms(catalog(GLOSSARY, name="glossary"))


def test_terms_are_read_from_flags_and_from_comments(terms: tuple[Term, ...]) -> None:
    """Both ways of saying so count, because some tools delete flags; a fuzzy term is no term yet."""
    said = {term.english: (term.translation, term.keep, term.never) for term in terms}
    assert said == {
        "Utah Vascular Clinic": ("Utah Vascular Clinic", True, ()),
        "blood clot": ("coágulo de sangre", False, ("trombo", "cuajo")),
        "clot": ("coágulo", False, ()),
        "DVT": ("", True, ()),
        "leg": ("", False, ("pata",)),
    }


FOUND = [
    ("A blood clot (DVT)", "Un coágulo (TVP)", ["term-kept", "term-missing"]),
    ("A blood clot", "Un trombo", ["term-forbidden", "term-missing"]),
    ("Swelling of the leg", "Hinchazón de la pata", ["term-forbidden"]),
    ("A clot", "Una masa", ["term-missing"]),
]
PASSED = [
    ("A blood clot (DVT)", "Un coágulo de sangre (DVT)"),
    ("Blood clots", "Coágulos de la sangre"),
    ("A dvt of no glossary", "Una tvp"),
    ("Clotting", "Coagulación"),
    ("Legally", "Una pata legal"),
]


@pytest.mark.parametrize(("english", "spanish", "codes"), FOUND)
def test_a_translation_that_leaves_the_glossary_is_told(
    english: str,
    spanish: str,
    codes: list[str],
    terms: tuple[Term, ...],
    messages: Callable[..., list[Message]],
    catalog: Callable[..., Catalog],
) -> None:
    """A term not used, not kept, or forbidden is told, with the glossary's line."""
    made = catalog(f'msgid "{english}"\nmsgstr "{spanish}"\n')
    problems = check_terms(messages(english), made, ES, terms)
    assert sorted(problem.code for problem in problems) == sorted(codes)
    assert all("locales/es/LC_MESSAGES/glossary.po:" in problem.hint for problem in problems)


@pytest.mark.parametrize(("english", "spanish"), PASSED)
def test_inflected_and_longer_terms_pass(
    english: str,
    spanish: str,
    terms: tuple[Term, ...],
    messages: Callable[..., list[Message]],
    catalog: Callable[..., Catalog],
) -> None:
    """Plurals, other endings, and a term inside a longer one or inside another word are no findings."""
    made = catalog(f'msgid "{english}"\nmsgstr "{spanish}"\n')
    assert check_terms(messages(english), made, ES, terms) == []


def test_translators_see_the_terms_of_a_message(terms: tuple[Term, ...], template: Callable[..., Catalog]) -> None:
    """An update writes them as extracted comments, and a second one changes nothing."""
    made, _ = merge(template("A blood clot (DVT)"), None, ES, (), terms)
    assert made.entries[0].extracted == (
        "paragraph in dvt-pe",
        "Glossary: “blood clot” is “coágulo de sangre”",
        "Glossary: “blood clot” is never “trombo”",
        "Glossary: “blood clot” is never “cuajo”",
        "Glossary: “DVT” stays as it is",
    )
    assert merge(template("A blood clot (DVT)"), made, ES, (), terms)[0] == made
