"""Copies of records that broke off, and copies in which one bit is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval import Recall, Waiver
from pressroom.approval.people_file import read_people
from pressroom.approval.records import RECALL, WAIVER

RECORD = Waiver(
    document="visit", locale="es", code="number-changed", message="0" * 16, text="1" * 16, quoted="Tome dos",
    reason="2 is a word here", name="Rita Revisora", qualification="licensed in a story", dated=date(2026, 11, 23),
)  # fmt: skip
NAME, TEXT = WAIVER.write(RECORD)
RECALLED = Recall(
    document="visit", locale="es", dated=date(2026, 11, 23), name="Paula Publisher", reason="20 mL, not 10 mL"
)
RECALL_NAME, RECALL_TEXT = RECALL.write(RECALLED)
PEOPLE = """# All invented.
[alma]
name = "Alma Autora"
qualification = "licensed in a story"
author = ["en"]

[rita]
name = "Rita Revisora"
qualification = "licensed in a story"
reviewer = ["es"]
"""


def is_read(text: str) -> bool:
    """True if the text counts as a record under the name that it was written with."""
    try:
        return replace(WAIVER.read(text, NAME), id="") == RECORD
    except ValueError:
        return False


def test_every_beginning_of_a_record_is_void() -> None:
    """A record's name holds the hash of its text: whatever is missing, it does not count."""
    assert is_read(TEXT)
    assert not any(is_read(TEXT[:end]) for end in range(len(TEXT)))


@given(st.integers(0, len(TEXT) - 1), st.characters(exclude_categories=["Cs"]))
def test_one_other_sign_in_a_record(at: int, sign: str) -> None:
    """With one sign changed a record does not count, or is the same."""
    changed = TEXT[:at] + sign + TEXT[at + 1 :]
    assert is_read(changed) == (changed == TEXT)


def test_no_beginning_of_a_recall_recalls_less() -> None:
    """A recall counts whatever its seal says, because to lose one is worse; cut, it is refused or recalls the same."""
    for end in range(len(RECALL_TEXT)):
        try:
            cut = RECALL.read(RECALL_TEXT[:end], RECALL_NAME)
        except ValueError:
            continue
        assert (cut.document, cut.locale) == (RECALLED.document, RECALLED.locale)


def test_no_beginning_of_a_table_says_something_else() -> None:
    """A table of people that broke off is refused with its line, or lacks whole people or roles, and alters none."""
    whole, _ = read_people(PEOPLE, "source/people.toml", ("en", "es"))
    assert whole is not None
    for end in range(len(PEOPLE)):
        people, findings = read_people(PEOPLE[:end], "source/people.toml", ("en", "es"))
        assert all(finding.span.path == "source/people.toml" for finding in findings)
        if people is None:
            assert findings
            assert all(finding.span.line for finding in findings) or not PEOPLE[:end].partition("[")[1]
            continue
        known = {person.names: person.languages for person in whole.listed}
        for person in people.listed:
            there = known[person.names]
            assert all(set(tags) <= set(there[role]) for role, tags in person.languages.items())
