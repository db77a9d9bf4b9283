"""All of a locale's catalogs updated together: what one document brings back is offered to the others at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pressroom.catalog import Catalog
from pressroom.catalog.merge import merge_locale
from pressroom.catalog.template import template_catalog
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import find_language

ES = find_language("es")
Make = Callable[..., Catalog]


def test_what_one_document_brings_back_another_has_at_once(template: Make, catalog: Make) -> None:
    """A reverted English loses its mark in one document, and the other gets the text in the same update."""
    waiting = '#, fuzzy\n#| msgid "Rest."\nmsgid "Rest a lot."\nmsgstr "Descanse."\n'
    card = catalog(waiting, name="card")
    templates = {name: template("Rest.", name=name) for name in ("guide", "card")}
    merged = merge_locale(templates, {"guide": None, "card": card}, ES)
    assert [catalog.active[0].msgstr for catalog, _ in merged.values()] == ["Descanse.", "Descanse."]
    assert [(summary.given, summary.untranslated) for _, summary in merged.values()] == [(1, 0), (0, 0)]
    again = merge_locale(templates, {name: catalog for name, (catalog, _) in merged.items()}, ES)
    assert [catalog for catalog, _ in again.values()] == [catalog for catalog, _ in merged.values()]


def test_a_change_dealt_with_in_one_document_is_dealt_with_in_the_other(template: Make, catalog: Make) -> None:
    """The same edit waits in two documents; the translation of one is given to the other, and the old pair kept."""
    body = 'msgid "Rest."\nmsgstr "Descanse."\n'
    olds: dict[str, Catalog | None] = {name: catalog(body, name=name) for name in ("guide", "card")}
    templates = {name: template("Rest a lot.", name=name) for name in olds}
    waiting = {name: catalog for name, (catalog, _) in merge_locale(templates, olds, ES).items()}
    assert all(catalog.active[0].fuzzy for catalog in waiting.values())
    done = replace(waiting["card"].active[0], msgstr="Descanse mucho.", flags=(), previous_msgid=None)
    waiting["card"] = replace(waiting["card"], entries=(done,))
    merged = {name: catalog for name, (catalog, _) in merge_locale(templates, {**waiting}, ES).items()}
    assert [entry.msgstr for entry in merged["guide"].active if entry.translated] == ["Descanse mucho."]
    assert [entry.msgstr for entry in merged["guide"].obsolete] == ["Descanse."]


def test_work_begun_is_not_replaced_by_another_documents(template: Make, catalog: Make) -> None:
    """Where a translator has typed into the waiting entry, the other document's text is not put over it."""
    old = catalog('msgid "Rest."\nmsgstr "Descanse."\n', name="guide")
    card = catalog('msgid "Rest a lot."\nmsgstr "Descanse mucho."\n', name="card")
    templates = {name: template("Rest a lot.", name=name) for name in ("guide", "card")}
    guide, _ = merge_locale({"guide": templates["guide"]}, {"guide": old}, ES)["guide"]
    begun = replace(guide, entries=(replace(guide.active[0], msgstr="Repose"),))
    merged = merge_locale(templates, {"guide": begun, "card": card}, ES)["guide"][0]
    assert (merged.active[0].msgstr, merged.active[0].fuzzy) == ("Repose", True)


KEEP = "Keep it open all day"


def test_what_the_same_run_frees_is_offered_in_it(template: Make, catalog: Make) -> None:
    """A fuzzy entry remembers the pair that another document now needs; the pair decides, not a like text elsewhere."""
    waiting = (
        f"#. The English was: {KEEP}\n#. Its context was: card\n#. Translated as: Abralo\n#, fuzzy\n"
        f'#| msgctxt "card"\n#| msgid "{KEEP}"\nmsgctxt "card"\nmsgid "{KEEP} long"\nmsgstr "Abralo"\n\n'
        f'msgid "{KEEP}"\nmsgstr "Siga abierto"\n'
    )
    card = Message(KEEP, Span("source/beta.md", 10), context="card")
    templates = {"gamma": template(KEEP, name="gamma"), "beta": template_catalog("beta", [card], None, "")}
    olds: dict[str, Catalog | None] = {"gamma": catalog(waiting, name="gamma"), "beta": None}
    merged = {name: catalog for name, (catalog, _) in merge_locale(templates, olds, ES).items()}
    assert [(e.key, e.msgstr, e.fuzzy) for e in merged["beta"].entries] == [(("card", KEEP), "Abralo", False)]
    assert [catalog for catalog, _ in merge_locale(templates, {**merged}, ES).values()] == [*merged.values()]


def test_documents_that_leave_a_translation_make_no_doubt(template: Make, catalog: Make) -> None:
    """Two documents had a text otherwise, and one drops it now: the one that keeps it decides for a third."""
    olds: dict[str, Catalog | None] = {
        "a": catalog('msgid "Rest."\nmsgstr "Repose."\n', name="a"),
        "b": catalog('msgid "Rest."\nmsgstr "Descanse."\n', name="b"),
        "c": None,
    }
    templates = {name: template(text, name=name) for name, text in (("a", "Sit."), ("b", "Rest."), ("c", "Rest."))}
    merged = merge_locale(templates, olds, ES)
    assert [(e.msgstr, e.fuzzy) for e in merged["c"][0].active] == [("Descanse.", False)]
