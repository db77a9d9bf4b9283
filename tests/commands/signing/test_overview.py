"""The overview of a project: how far each text is, who is next, and what holds up what."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from pressroom.approval.confirmations import recall_number
from pressroom.cli import main
from pressroom.commands.signing.cell import Cell
from pressroom.commands.signing.confirm import confirm_pulled
from pressroom.commands.signing.overview import Overview, overview_cell, overview_of
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from tests.commands.conftest import PEOPLE, TODAY, Bench


def seen(bench: Bench, today: date = TODAY, clinic: str = "") -> Overview:
    """The overview of the project as its files are now."""
    return overview_of(bench.workspace, today, clinic)


def cell(bench: Bench, locale: str = "es", today: date = TODAY) -> Cell:
    """The cell of the one document."""
    return seen(bench, today).cells["signs", locale]


def test_a_text_passes_four_hands(built: Bench) -> None:
    """It is translated, reviewed, approved once the English is, and released; each time somebody else is next."""
    assert (cell(built).step, cell(built).seat) == ("translated", ("translator",))
    built.sign("es", "translator")
    assert (cell(built).step, cell(built).seat) == ("translated", ("reviewer",))
    built.sign("es", "reviewer")
    assert (cell(built).step, cell(built).seat, cell(built).held) == ("reviewed", ("clinician",), ("english",))
    built.sign("es", "clinician")
    built.sign("en", "author")
    assert (cell(built).step, cell(built).seat, cell(built).needs) == ("reviewed", (), False)
    built.sign("en", "clinician")
    assert (cell(built).step, cell(built).seat, cell(built).held) == ("approved", ("releaser",), ())
    assert not built.release().failed
    released = cell(built)
    assert (released.step, released.trouble, released.needs) == ("released", "", False)
    assert released.lowest is not None
    assert released.lowest.version == "1.0"


def test_a_translation_that_is_not_finished_counts_its_messages(built: Bench) -> None:
    """Some messages are missing, or all."""
    built.edit(built.catalog, 'msgstr "Pida ayuda"', 'msgstr ""')
    assert cell(built).step == "unfinished"
    built.fill(
        dict.fromkeys(("Warning signs", "If your leg is **swollen**, take 2 steps back.", "Call {emergency}"), "")
    )
    built.fill({"Draft: not for patients": ""})
    assert cell(built).step == "missing"


def test_what_time_and_people_do(released: Bench) -> None:
    """A release expires soon, has expired, is of older English, is recalled: each is said before the state."""
    assert cell(released, today=date(2027, 11, 1)).trouble == "soon"
    late = cell(released, today=date(2027, 12, 1))
    assert (late.trouble, late.seat, late.needs) == ("expired", ("clinician",), True)
    released.edit(released.source, "take 2 steps back", "take 2 big steps back")
    released.update()
    older = seen(released)
    assert older.cells["signs", "es"].trouble == "english-changed"
    assert ("english-changed", "signs") in {(one.code, one.document) for one in older.holdups}
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert cell(released).trouble == "recalled"


def test_a_changed_translation_is_no_changed_english(released: Bench) -> None:
    """The English is the same: the translation begins again."""
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    assert (cell(released).step, cell(released).trouble) == ("translated", "")


def test_it_says_what_status_says(built: Bench) -> None:
    """State, messages, words left, errors and questions are those of the command."""
    built.edit(built.catalog, "dé 2 pasos", "dé 3 pasos")
    built.edit(built.catalog, 'msgid "Call for help"', '# ?: Which number?\n#, fuzzy\nmsgid "Call for help"')
    said = json.loads(CliRunner().invoke(main, ["--project", str(built.root), "status", "--format", "json"]).stdout)
    rows = {(row["document"], row["locale"]): row for row in said["data"]["documents"] if row["document"] != "layouts"}
    cells = seen(built).cells
    assert rows.keys() == cells.keys()
    for key, row in rows.items():
        text, state = cells[key].text, cells[key].text.checked.state
        assert state is not None
        assert (text.state, text.checked.words_left, text.checked.errors) == (
            row["state"],
            row["words left"],
            row["errors"],
        )
        assert (state.messages, state.untranslated, state.fuzzy) == (row["messages"], row["untranslated"], row["fuzzy"])
        assert [one.text for one in text.questions] == [one["question"] for one in row["questions"]]
    assert rows["signs", "es"]["errors"] > 0


def test_who_is_needed_is_named(built: Bench) -> None:
    """Each person of the list has what waits for them; without a list it is anybody in the role."""
    assert {(need.name, need.role) for need in seen(built).needs} == {("", "author"), ("", "translator")}
    listed = built.with_people(None)
    needs = {(need.name, need.role): [one.locale for one in need.cells] for need in seen(listed).needs}
    assert needs == {
        (PEOPLE["en", "author"], "author"): ["en"],
        (PEOPLE["es", "translator"], "translator"): ["es"],
    }


def test_a_role_that_nobody_has_is_a_holdup(built: Bench) -> None:
    """A list of people without a translator of Spanish holds up the Spanish."""
    listed = built.with_people(None)
    listed.edit("source/people.toml", 'translator = ["es"]', 'translator = ["de"]')
    overview = seen(listed)
    assert "no-person" in overview.cells["signs", "es"].held
    assert [(one.locale, one.details) for one in overview.holdups if one.code == "no-person"] == [
        ("es", ("translator",))
    ]


def test_sentences_that_a_clinician_must_write_hold_all_languages(built: Bench) -> None:
    """A slot and a block that is pending are counted."""
    built.edit(built.source, "Call for help", "Call for help\n\n<!-- slot: clinician -->")
    overview = seen(built)
    assert overview.cells["signs", "en"].sentences == 1
    assert "sentences" in overview.cells["signs", "es"].held


def test_after_a_save_one_text_is_computed(built: Bench) -> None:
    """A changed catalog leaves all other cells as they were, the very same values."""
    workspace = built.workspace
    before = overview_of(workspace, TODAY)
    built.edit(built.catalog, "Pida ayuda", "Busque ayuda")
    workspace.changed([built.catalog])
    after = overview_of(workspace, TODAY)
    assert after.cells["signs", "en"] is before.cells["signs", "en"]
    assert after.cells["signs", "es"] is not before.cells["signs", "es"]


@pytest.mark.parametrize("locale", ["en", "es"])
def test_at_one_clinic(built: Bench, locale: str) -> None:
    """The cell at a clinic is of that clinic alone."""
    (clinic, *_) = built.workspace.clinics().value
    one = overview_cell(built.workspace, "signs", locale, TODAY, clinic.id)
    assert [at.clinic for at in one.clinics] == [clinic.id]


def test_a_clinic_is_asked_to_confirm_a_recall(released: Bench) -> None:
    """Each clinic that got the papers, until it says how many it pulled."""
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    (one,) = seen(released).recalls
    assert (one.document, one.locale, one.confirmed) == ("signs", "es", None)
    (record,) = released.workspace.records().records.recalls
    confirm_pulled(released.workspace, one.clinic, recall_number(record.id), "12", "D. Lee", TODAY)
    (after,) = seen(released).recalls
    assert after.confirmed is not None
    assert (after.confirmed.papers, after.confirmed.name) == (12, "D. Lee")


def test_the_dates_are_those_of_releases(released: Bench) -> None:
    """A document whose files are released has their last day, with the languages."""
    (day,) = seen(released).dates
    assert (day.day, day.locales, day.is_released) == (date(2027, 11, 30), ("en", "es"), True)


def test_a_document_that_can_not_be_read_is_a_holdup(built: Bench) -> None:
    """It is named with the reason, and the rest is shown."""
    (built.root / "source" / "broken.md").write_text("no front matter\n", encoding="utf-8")
    overview = seen(built)
    assert ("unreadable", "broken") in {(one.code, one.document) for one in overview.holdups}
    assert ("signs", "es") in overview.cells


@pytest.mark.parametrize("path", ["source/clinics.toml", "layouts/products.toml", "source/people.toml"])
def test_a_file_that_all_texts_depend_on_and_can_not_be_read_is_a_holdup(built: Bench, path: str) -> None:
    """It is named with the reason: an overview without texts does not look like one with nothing to do."""
    sound = seen(built)
    assert "unreadable" not in {one.code for one in sound.holdups}
    file = built.root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("[[[ not a table\n", encoding="utf-8")
    (found,) = [one for one in seen(built).holdups if one.code == "unreadable"]
    assert (found.document, found.cells) == (path, ())
    assert "TOML" in found.details[0]
