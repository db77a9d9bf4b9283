"""Forms in the English that readers have taken for another dose, time or date."""

from __future__ import annotations

import pytest

from pressroom.content import Message
from pressroom.content.error_prone import error_prone
from pressroom.diagnostics import Span

WARNED = [
    ("Take 1.0 mg.", "1.0", "write 1"),
    ("Take .5 mL.", ".5", "write 0.5"),
    ("Inject 10U.", "10U", "10 units"),
    ("Inject 10 U at night.", "10 U", "10 units"),
    ("Take 400 IU of vitamin D.", "400 IU", "400 units"),
    ("Take 5 mg QD.", "QD", "every day"),
    ("Take it q.o.d.", "q.o.d.", "every other day"),
    ("Take it BID.", "BID", "2 times a day"),
    ("Take it q6h.", "q6h", "every 6 hours"),
    ("Take it prn.", "prn", "if you need it"),
    ("Give 2 cc.", "2 cc", "2 mL"),
    ("Take 50 µg.", "50 µg", "50 mcg"),
    ("Come on 03/04/2026.", "03/04/2026", "the month as a word"),
    ("Come at 12 p.m.", "12 p.m.", "noon"),
    ("Inject 100000 units.", "100000", "with commas"),
]

PLAIN = [
    "Take 1 mg every day.",
    "Take 0.5 mL.",
    "Inject 10 units under the skin.",
    "Take 50 mcg twice a day.",
    "Come on March 4, 2026, at noon.",
    "Come on 12/15/2026.",
    "Version 1.0 is from 2026.",
    "The U.S. has 50 states, and 2 U-turns.",
    "Take **10 mL** at 8 a.m.",
    "Call P.O. Box 12.",
]


@pytest.mark.parametrize(("text", "found", "say"), WARNED)
def test_an_error_prone_form_is_warned_of(text: str, found: str, say: str) -> None:
    """At its line, with the plain form in the hint."""
    (problem,) = error_prone([Message(text, Span("source/cards/a.md", 7))])
    assert (problem.code, problem.severity, problem.span.line) == ("error-prone", "warning", 7)
    assert f"“{found}" in problem.message
    assert say in problem.hint


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_form_passes(text: str) -> None:
    """What is written plainly is no finding."""
    assert list(error_prone([Message(text, Span("source/cards/a.md", 7))])) == []
