from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.catalog.checks.typed_numbers import check_typed_numbers
from pressroom.content.parse import parse_document
from pressroom.project import Clinic

ROOT = Path(__file__).parents[2]
HEAD = """---
number: A-1
title: Title
products: [slip]
version: "1"
date: 2026-11
review-by: 2027-11
---

<!-- panel: a -->

# Title

"""
CLINICS = (Clinic("larkspur", "Larkspur Clinic", ("1 Meadow Lane",), "911", "801-555-0142"),
           Clinic("linde", "Praxis Linde", ("Am See 2",), "144", "1850"))  # fmt: skip


def _found(text: str) -> list[str]:
    document, problems = parse_document(f"{HEAD}{text}\n", "source/a.md")
    assert document is not None, problems
    return [d.message.split("'")[1] for d in check_typed_numbers(document.messages, CLINICS)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Call 911.", "911"),
        ("Call {emergency} or 911.", "911"),
        ("Call 9-1-1 now.", "9-1-1"),
        ("Call 9 1 1 now.", "9 1 1"),
        ("Call nine one one.", "nine one one"),
        ("Call nine-one-one.", "nine-one-one"),
        ("Dial 112.", "112"),
        ("If it hurts: 999!", "999"),
        ("Call 111 for advice.", "111"),
        ("Call an ambulance at 118.", "118"),
        ("Call us now at 144.", "144"),
        ("Room 144 is ours.", "144"),
        ("Our number is 1850.", "1850"),
        ("Phone 801-555-0142.", "801-555-0142"),
        ("Phone (801) 555 0199.", "(801) 555 0199"),
        ("Phone +49 30 1234567.", "+49 30 1234567"),
        ("Phone 801.555.0199.", "801.555.0199"),
        ("Ask [us](tel:8015550199).", "8015550199"),
        ("Call **911**.", "911"),
        ("Call 911 later.", "911"),
        ("Call 911 immediately, or go.", "911"),
    ],
)
def test_a_number_typed_into_the_english(text: str, number: str) -> None:
    """A clinic's number, one shaped like it and a known emergency number are found, however they are written."""
    assert _found(text) == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Call {emergency} or {phone}.",
        "Take 911 mg of it.",
        "Take 112 tablets, 150 mL or 100 units.",
        "Your blood pressure is above 120 or 120/80.",
        "Call us if your pulse is over 120.",
        "One in 100 people; 112 patients of 999 000.",
        "From 1999 to 2026, on 2026-07-04 or 07/04/2026.",
        "The years 2019-2020.",
        "10 000 000 people, 1,000,000 people.",
        "10–20 mL, 110-120 beats, 103 °F, 112.5, 100 %.",
        "At 8:30, at 11 p.m. or 100 minutes later.",
        "Press the button for 100 seconds.",
    ],
)
def test_doses_and_years_are_no_telephone_numbers(text: str) -> None:
    """Doses, measures, shares, dates, years and sums are not caught."""
    assert _found(text) == []


def test_the_finding_leads_to_the_placeholder() -> None:
    """It bars a release, at the line of the text, and says what to write."""
    document, _ = parse_document(f"{HEAD}Call 911.\n", "source/a.md")
    assert document is not None
    (found,) = check_typed_numbers(document.messages, CLINICS)
    assert (found.code, found.bars, str(found.span)) == ("phone-typed", "release", "source/a.md:14")
    assert "{emergency}" in found.hint


def test_the_documents_of_the_project_type_none() -> None:
    """No text of this project has such a number."""
    paths = list((ROOT / "source").glob("*/*.md"))
    documents = [parse_document(path.read_text(encoding="utf-8"), path.name)[0] for path in paths]
    assert documents
    assert [d for one in documents if one for d in check_typed_numbers(one.messages, CLINICS)] == []
