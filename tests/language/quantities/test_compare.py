"""Two texts that say the same in numbers, and two that don't, in all languages built."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.language.quantities import differences

# A reader is asked to look; nothing is wrong for certain.
LOOK = {"order", "comparison-lost", "unit-unknown"}


def rows(name: str) -> list[list[str]]:
    """The rows of a table: English, language, translation."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("english", "tag", "translation"), rows("right.tsv"))
def test_the_same_quantities_are_no_difference(english: str, tag: str, translation: str) -> None:
    """In the language's digits, separators, words, clock, calendar and order."""
    assert differences(english, translation, tag) == []


@pytest.mark.parametrize(("english", "tag", "translation"), rows("wrong.tsv"))
def test_another_quantity_is_a_difference(english: str, tag: str, translation: str) -> None:
    """A value, unit, sign, limit, time or date, or what a number belongs to."""
    assert {difference.kind for difference in differences(english, translation, tag)} - LOOK


@pytest.mark.parametrize("tag", ["so", "nv", "to", "sm", "mh", "ksw"])
def test_without_a_table_the_order_of_numbers_is_a_question(tag: str) -> None:
    """Nothing is known of what the numbers count, so another order is a warning."""
    kinds = {d.kind for d in differences("Take 2 tablets every 6 hours", "Aaa 6 bbb ccc 2 ddd", tag)}
    assert "order" in kinds
    assert kinds <= LOOK
    assert "order" not in {d.kind for d in differences("Take 2 tablets every 6 hours", "Aaa 2 bbb ccc 6 ddd", tag)}


def test_the_hint_says_the_right_form() -> None:
    """A separator that reads as another value is corrected in the language's own."""
    (found,) = differences("Take 1,000 mg", "Nehmen Sie 1,000 mg", "de")
    assert (found.kind, found.hint) == ("separator", "write 1.000 or 1000")
    assert found.what == "has 1,000, which is 1 in this language"
    (found,) = differences("Come at 8 p.m.", "Kommen Sie um 8 Uhr", "de")
    assert "20:00" in found.hint
