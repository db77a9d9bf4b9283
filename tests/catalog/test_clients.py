"""Files as real tools saved them: after an update the difference is the translator's words.

`clients/before.po` was opened in each tool, a message or two were translated where the tool let one, and saved: Poedit
3.2.2 and Lokalize 22.12 (by hand), OmegaT 3.6 (console), a Weblate 5.14 server (its REST API, then its commit),
gettext 0.21's msgcat, msgattrib and msgmerge with wrapping on, polib, Babel, translate-toolkit's storage, and its
po2xliff and back.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.catalog import Catalog
from pressroom.catalog.merge import merge
from pressroom.catalog.read import read_catalog
from pressroom.catalog.returned_words import apply_returned
from pressroom.catalog.write import write_catalog
from pressroom.language import find_language

ES = find_language("es")
CLIENTS = Path(__file__).parent / "clients"
BRING, FAST = "Bring 2 questions or more", "Do not eat or drink after midnight."
ONE = {BRING: "Traiga 2 preguntas"}
BOTH = {**ONE, FAST: "No coma ni beba nada tras medianoche."}
# What a tool dropped or put into the header itself, and no update can know was otherwise.
LOST = {
    "babel": ['"X-Ours: kept\\n"', '"Project-Id-Version: visit\\n"'],
    "lokalize": ['"Language-Team: Clinic <team@clinic.example>\\n"'],
    "msgattrib": [
        "#, no-wrap, x-odd",
        '#~ msgid "This paragraph will go away."',
        '#~ msgstr "«ES» This paragraph will go away."',
    ],
    "msgcat": ["#, no-wrap, x-odd"],
    "poedit": ["#, no-wrap, x-odd"],
    "weblate": ['"Language-Team: Clinic <team@clinic.example>\\n"', '"Last-Translator: Ana <ana@clinic.example>\\n"'],
}
WORDS = {
    "babel": ONE,
    "lokalize": {"Your visit": "«ES» Your visit nueva"},
    "msgattrib": {},
    "msgcat": {},
    "msgmerge": {},
    "omegat": ONE,
    "poedit": BOTH,
    "polib": ONE,
    "translate-toolkit": ONE,
    "weblate": BOTH,
    "xliff2po": {},
}


def of(name: str) -> Catalog:
    """A recorded file."""
    path, tag = ("locales/visit.pot", "en") if name == "template.pot" else ("locales/es/LC_MESSAGES/visit.po", "es")
    catalog, _ = read_catalog((CLIENTS / name).read_bytes(), path, find_language(tag))
    assert catalog is not None
    return catalog


def words(catalog: Catalog) -> dict[tuple[str | None, str], tuple[str, bool]]:
    """What a catalog says, and whether it waits."""
    return {entry.key: (entry.msgstr, entry.fuzzy) for entry in catalog.active}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_taken_back_only_the_words_differ(name: str) -> None:
    """As a hand-off comes back: everything but the words, their marks and dates is as it was."""
    before, template = of("before.po"), of("template.pot")
    made, _ = merge(template, apply_returned(before, of(f"{name}.po")), ES)
    expected = words(before) | {(None, msgid): (text, False) for msgid, text in WORDS[name].items()}
    assert words(made) == expected
    lost = set(write_catalog(before).decode().split("\n")) - set(write_catalog(made).decode().split("\n"))
    dealt_with = ("#. ", "#| ", "msgstr ", "#, fuzzy") if FAST in WORDS[name] else ("msgstr ",)
    assert all(line.startswith((*dealt_with, '"PO-Revision-Date', '"Last-Translator')) for line in lost), lost


@pytest.mark.parametrize("name", sorted(WORDS.keys() - {"msgmerge", "xliff2po"}))
def test_saved_over_ours_only_the_words_differ(name: str) -> None:
    """Saved over the catalog and updated, the words differ, and what the tool itself had dropped or renamed."""
    before, template = of("before.po"), of("template.pot")
    made, _ = merge(template, of(f"{name}.po"), ES)
    expected = words(before) | {(None, msgid): (text, False) for msgid, text in WORDS[name].items()}
    assert words(made) == expected
    lost = set(write_catalog(before).decode().split("\n")) - set(write_catalog(made).decode().split("\n"))
    dealt_with = ("#. ", "#| ", "msgstr ", "#, fuzzy") if FAST in WORDS[name] else ("msgstr ",)
    unexplained = [line for line in lost - set(LOST.get(name, ())) if not line.startswith((*dealt_with, '"PO-Rev'))]
    assert not unexplained


@pytest.mark.parametrize("name", ["msgmerge", "xliff2po"])
def test_a_tool_that_drops_context_or_memory_loses_no_word(name: str) -> None:
    """Our notes emptied (msgmerge), contexts made up (xliff2po): every word is still there, at worst with a mark."""
    before, template = of("before.po"), of("template.pot")
    made, _ = merge(template, of(f"{name}.po"), ES)
    assert {key: text for key, (text, _) in words(made).items()} == {k: text for k, (text, _) in words(before).items()}


def test_the_recorded_original_is_in_our_form() -> None:
    """What the tools were given is what an update writes."""
    before = (CLIENTS / "before.po").read_bytes()
    assert write_catalog(merge(of("template.pot"), of("before.po"), ES)[0]) == before
