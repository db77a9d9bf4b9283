"""The update, one rule at a time: what is kept, marked, revived, given and suggested."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pressroom.catalog import Catalog, Entry, Header
from pressroom.catalog.merge import MergeSummary, merge
from pressroom.catalog.write import write_catalog
from pressroom.language import find_language

ES = find_language("es")
Make = Callable[..., Catalog]
SWELLING = "Swelling, usually in one leg or arm"


def of(catalog: Catalog, msgid: str, context: str | None = None) -> Entry:
    """The active entry of this message."""
    return catalog.by_key()[context, msgid]


def updated(template: Catalog, existing: Catalog | None, *donors: Catalog) -> tuple[Catalog, MergeSummary]:
    """Update, and hold that a second update changes nothing."""
    made, summary = merge(template, existing, ES, donors)
    again, _ = merge(template, made, ES, donors)
    assert write_catalog(again) == write_catalog(made)
    return made, summary


def test_a_new_catalog_has_the_registrys_header(template: Make) -> None:
    """The path names the locale; Language and Plural-Forms are the registry's."""
    made, summary = updated(template("One", "Two"), None)
    assert made.path == "locales/es/LC_MESSAGES/dvt-pe.po"
    assert made.header.get("Language") == "es"
    assert made.header.get("Plural-Forms") == "nplurals=2; plural=(n != 1);"
    assert summary == MergeSummary(untranslated=2)


def test_what_is_the_translators_stays(template: Make, catalog: Make) -> None:
    """Comments, unknown flags, unknown header fields, PO-Revision-Date and Last-Translator are left alone."""
    existing = catalog('# check with Ana\n#, md-text\nmsgid "One"\nmsgstr "Uno"\n')
    fields = (("PO-Revision-Date", "yesterday"), ("Last-Translator", "Ana"), ("X-Custom", "kept"))
    existing = replace(existing, header=Header(fields, ("written by Ana",)))
    made, _ = updated(template("One"), existing)
    assert of(made, "One").comments == ("check with Ana",)
    assert of(made, "One").flags == ("md-text",)
    assert set(fields) <= set(made.header.fields)
    assert made.header.comments == ("written by Ana",)


def test_the_project_owns_references_limits_and_language(template: Make, catalog: Make) -> None:
    """What a translator's tool dropped or changed of the project's own is put back."""
    existing = catalog('#. stale\n#: old.md:7\n#, max-length:9\nmsgid "One"\nmsgstr "Uno"\n')
    existing = replace(existing, header=Header((("Language", "es_XX"), ("Plural-Forms", "nplurals=9; plural=0;"))))
    made, _ = updated(template("One"), existing)
    assert of(made, "One").references == ("source/cards/dvt-pe.md",)
    assert of(made, "One").flags == ()
    assert of(made, "One").extracted == ("paragraph in dvt-pe",)
    assert (made.header.get("Language"), made.header.get("Plural-Forms")) == ("es", ES.plural)


def test_an_edited_message_is_fuzzy_with_its_previous_text(template: Make, catalog: Make) -> None:
    """The translation stays beside the new English, marked, with the English it was made for."""
    existing = catalog(f'msgid "{SWELLING}"\nmsgstr "Hinchazón"\n')
    made, summary = updated(template("Swelling, often in one leg or arm"), existing)
    entry = of(made, "Swelling, often in one leg or arm")
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Hinchazón", True, SWELLING)
    assert summary == MergeSummary(fuzzy=1)
    assert not made.obsolete


def test_a_reverted_english_loses_the_mark(template: Make, catalog: Make) -> None:
    """When the English is again what was translated, the mark the update had set goes, and no byte differs."""
    existing, _ = updated(template(SWELLING), catalog(f'msgid "{SWELLING}"\nmsgstr "Hinchazón"\n'))
    edited, _ = updated(template("Swelling, often in one leg or arm"), existing)
    back, summary = updated(template(SWELLING), edited)
    assert write_catalog(back) == write_catalog(existing)
    assert summary == MergeSummary(reverted=1)


def test_a_mark_of_another_tool_goes_too(template: Make, catalog: Make) -> None:
    """Where msgmerge had set the mark, its previous text is enough."""
    body = f'#, fuzzy\n#| msgid "{SWELLING}"\nmsgid "Swelling in a leg"\nmsgstr "Hinchazón"\n'
    made, _ = updated(template(SWELLING), catalog(body))
    assert of(made, SWELLING).translated
    assert of(made, SWELLING).previous_msgid is None


def test_a_translators_own_mark_stays(template: Make, catalog: Make) -> None:
    """A mark without previous text is a translator's doubt: no edit and no revert removes it."""
    existing = catalog(f'#, fuzzy\nmsgid "{SWELLING}"\nmsgstr "¿Hinchazón?"\n')
    edited, _ = updated(template("Swelling, often in one leg or arm"), existing)
    back, _ = updated(template(SWELLING), edited)
    assert of(back, SWELLING).fuzzy
    assert of(back, SWELLING).msgstr == "¿Hinchazón?"


def test_work_begun_on_an_edit_never_passes_for_the_old_english(template: Make, catalog: Make) -> None:
    """Typed over and left marked, then reverted: the old translation is back, and the begun one is kept as obsolete."""
    edited, _ = updated(
        template("Take two tablets today"), catalog('msgid "Take one tablet today"\nmsgstr "Tome una"\n')
    )
    begun = replace(edited, entries=(replace(edited.entries[0], msgstr="Tome dos"),))
    back, _ = updated(template("Take one tablet today"), begun)
    assert (of(back, "Take one tablet today").msgstr, of(back, "Take one tablet today").fuzzy) == ("Tome una", False)
    assert [(entry.msgid, entry.msgstr) for entry in back.obsolete] == [("Take two tablets today", "Tome dos")]


def test_a_finished_edit_keeps_what_it_replaced(template: Make, catalog: Make) -> None:
    """Once the translator has dealt with an edit, the pair from before is obsolete, and a revert revives it."""
    edited, _ = updated(template("Swelling, often in one leg or arm"), catalog(f'msgid "{SWELLING}"\nmsgstr "A"\n'))
    done = replace(edited, entries=(replace(edited.entries[0], msgstr="B", flags=(), previous_msgid=None),))
    for between in (done, updated(template("Swelling, often in one leg or arm"), done)[0]):
        back, _ = updated(template(SWELLING), between)
        assert (of(back, SWELLING).msgstr, of(back, SWELLING).fuzzy) == ("A", False)
        assert [entry.msgstr for entry in back.obsolete] == ["B"]


def test_a_chain_of_edits_keeps_the_text_that_was_translated(template: Make, catalog: Make) -> None:
    """Edited twice before a translator looked, the previous text is the one the translation was made for."""
    one, two, three = SWELLING, "Swelling, often in one leg or arm", "Swelling, often in one leg or foot"
    first, _ = updated(template(two), catalog(f'msgid "{one}"\nmsgstr "Hinchazón"\n'))
    second, _ = updated(template(three), first)
    assert of(second, three).previous_msgid == one
    back, _ = updated(template(one), second)
    assert of(back, one).translated
    halfway, _ = updated(template(two), second)
    assert of(halfway, two).fuzzy


def test_an_obsolete_message_is_revived_and_never_both(template: Make, catalog: Make) -> None:
    """Deleted and restored, a message has its translation again, and stands once in the file."""
    existing = catalog('# note\nmsgid "One"\nmsgstr "Uno"\n\nmsgid "Two"\nmsgstr "Dos"\n')
    without, summary = updated(template("Two"), existing)
    assert summary == MergeSummary(kept=1, obsolete=1)
    assert [(e.msgid, e.comments) for e in without.obsolete] == [("One", ("note",))]
    restored, summary = updated(template("One", "Two"), without)
    assert summary == MergeSummary(kept=1, revived=1)
    assert of(restored, "One").msgstr == "Uno"
    assert not restored.obsolete


def test_files_with_a_message_twice_are_mended_without_loss(template: Make, catalog: Make) -> None:
    """Of a message in use and obsolete, the one in use stays, and the other words become a comment."""
    existing = replace(
        catalog('msgid "One"\nmsgstr "Uno"\n'), entries=(Entry("One", "Uno"), Entry("One", "1", obsolete=True))
    )
    made, _ = updated(template("One"), existing)
    assert made.entries[0].msgstr == "Uno"
    assert made.entries[0].comments == ("another translation: 1",)
    assert len(made.entries) == 1


def test_a_text_translated_in_another_document_is_given(template: Make, catalog: Make) -> None:
    """The same words need no second translation."""
    donor = catalog('msgid "One"\nmsgstr "Uno"\n', name="services")
    made, summary = updated(template("One"), None, donor)
    assert of(made, "One").translated
    assert of(made, "One").msgstr == "Uno"
    assert summary == MergeSummary(given=1)


def test_a_text_of_another_context_is_given_with_a_mark(template: Make, catalog: Make) -> None:
    """Where the context differs the translation is offered, fuzzy, with a comment that says where it is from."""
    donor = catalog('msgctxt "card"\nmsgid "One"\nmsgstr "Uno"\n', name="services")
    made, _ = updated(template("One"), None, donor)
    entry = of(made, "One")
    assert entry.fuzzy
    assert entry.previous_context == "card"
    assert "Translated so in locales/es/LC_MESSAGES/services.po: there its context is another" in entry.extracted


def test_documents_that_disagree_give_with_a_mark(template: Make, catalog: Make) -> None:
    """Two translations of one text are offered as a question, not chosen between."""
    donors = [catalog(f'msgid "One"\nmsgstr "{word}"\n', name=name) for word, name in (("Uno", "a"), ("Una", "b"))]
    made, _ = updated(template("One"), None, *donors)
    assert of(made, "One").fuzzy


def test_fuzzy_and_plural_texts_are_never_given(template: Make, catalog: Make) -> None:
    """A donor's doubt is not passed on as a certainty."""
    donor = catalog(
        '#, fuzzy\nmsgid "One"\nmsgstr "Uno"\n\nmsgid "Two"\nmsgid_plural "Twos"\nmsgstr[0] "x"\nmsgstr[1] "y"\n'
    )
    made, _ = updated(template("One", "Two", name="services"), None, donor)
    assert [entry.msgstr for entry in made.entries] == ["", ""]


def test_dangerous_differences_are_marked(template: Make, catalog: Make) -> None:
    """An edit that changes a number or a negation keeps its old translation only with a warning of what turned."""
    existing = catalog('msgid "Do not take 5 mg of aspirin"\nmsgstr "No tome 5 mg de aspirina"\n')
    made, summary = updated(template("Do take 50 mg of aspirin"), existing)
    warning = of(made, "Do take 50 mg of aspirin").extracted[-1]
    assert warning.startswith("DANGER")
    assert warning.endswith("Changed: −5 −not +50")
    assert of(made, "Do take 50 mg of aspirin").fuzzy
    assert summary == MergeSummary(dangerous=1)


def test_a_dangerous_likeness_is_not_suggested(template: Make, catalog: Make) -> None:
    """A new message beside an old one that stays gets no suggestion where they differ in digits or a negation."""
    existing = catalog('msgid "Do not take aspirin today"\nmsgstr "No tome aspirina hoy"\n')
    made, _ = updated(template("Do not take aspirin today", "Do take aspirin today"), existing)
    assert of(made, "Do take aspirin today").msgstr == ""


def test_a_question_beside_an_untranslated_message_stays(template: Make, catalog: Make) -> None:
    """A translator's comment is kept though there is no translation yet."""
    made, _ = updated(template("One"), catalog('# ?: which one\nmsgid "One"\nmsgstr ""\n'))
    assert of(made, "One").comments == ("?: which one",)


def test_a_comment_beside_an_untranslated_message_comes_back_with_it(template: Make, catalog: Make) -> None:
    """A question outlives its message: obsolete in between, it stands beside the message again."""
    gone, _ = updated(template("Other."), catalog('# ?: which leg?\nmsgid "Raise the leg."\nmsgstr ""\n'))
    back, _ = updated(template("Other.", "Raise the leg."), gone)
    assert of(back, "Raise the leg.").comments == ("?: which leg?",)


def test_a_comment_beside_a_waiting_message_is_never_lost(template: Make, catalog: Make) -> None:
    """An editor dropped the previous text, and the English goes back: the comment goes along with the old pair."""
    body = "# see Ana\n#. The English was: Rest.\n#. Translated as: Descanse.\n"
    body += '#, fuzzy\nmsgid "Rest a lot."\nmsgstr "Descanse."\n'
    back, _ = updated(template("Rest."), catalog(body))
    assert (of(back, "Rest.").msgstr, of(back, "Rest.").comments) == ("Descanse.", ("see Ana",))


def test_a_suggestion_that_came_back_empty_is_there_again(template: Make, catalog: Make) -> None:
    """OmegaT empties what is fuzzy and keeps the comments: the old words wait again, and go back with the English."""
    before = catalog('msgid "Rest."\nmsgstr "Descanse."\n')
    waiting, _ = updated(template("Rest a lot."), before)
    emptied = replace(waiting, entries=(replace(waiting.active[0], msgstr="", flags=(), previous_msgid=None),))
    again, _ = updated(template("Rest a lot."), emptied)
    assert again.entries == waiting.entries
    back, _ = updated(template("Rest."), emptied)
    assert of(back, "Rest.").msgstr == "Descanse."
    assert of(back, "Rest.").translated


def test_a_warning_follows_from_what_is_remembered(template: Make, catalog: Make) -> None:
    """A mark of the translator's own, then two edits of a number: the warning is the same after a second update."""
    doubted = catalog('#, fuzzy\nmsgid "Walk 3 days."\nmsgstr "Camine 3 días."\n')
    once, _ = updated(template("Walk 5 days."), doubted)
    twice, _ = updated(template("Walk 7 days."), once)
    again, _ = updated(template("Walk 7 days."), twice)
    assert again == twice
    assert of(twice, "Walk 7 days.").extracted[-1].endswith("Changed: −3 +7")


def test_a_plural_entry_becomes_a_question(template: Make, catalog: Make) -> None:
    """The first form is kept as a fuzzy translation: documents have no plural forms."""
    made, _ = updated(template("day"), catalog('msgid "day"\nmsgid_plural "days"\nmsgstr[0] "día"\nmsgstr[1] "días"\n'))
    assert of(made, "day").fuzzy
    assert of(made, "day").plural is None
    assert of(made, "day").comments == ("another form: días",)


def test_an_editors_headers_make_no_diff(template: Make, catalog: Make) -> None:
    """Saved by Poedit, with its own order and name, the header comes out of an update as it was."""
    before, _ = updated(template("One"), catalog('msgid "One"\nmsgstr "Uno"\n'))
    fields = [field for field in reversed(before.header.fields) if field[0] not in ("Language", "Report-Msgid-Bugs-To")]
    saved = replace(before, header=replace(before.header, fields=(*fields, ("X-Generator", "Poedit 3.2.2"))))
    assert write_catalog(updated(template("One"), saved)[0]) == write_catalog(before)
