from __future__ import annotations

from datetime import date

import pytest

from pressroom.approval.people import ListedPerson, People, Validity
from pressroom.approval.seating import empty_seats
from pressroom.diagnostics import Span

TODAY = date(2026, 11, 23)


def someone(id: str, validity: Validity = Validity(), **roles: tuple[str, ...]) -> ListedPerson:  # noqa: B008 (frozen)
    """A listed person without a key."""
    return ListedPerson(id, (id,), ("x",), roles, False, (), validity, Span(""))


@pytest.mark.parametrize(
    ("roles", "empty"),
    [
        ([("translator",), ("reviewer",), ("clinician",)], []),
        ([("translator",), ("reviewer",)], [("clinician",)]),
        ([("translator", "reviewer"), ("translator",), ("clinician",)], []),
        ([("translator", "reviewer", "clinician")], [("reviewer",), ("clinician",)]),
        ([("translator", "reviewer"), ("reviewer", "clinician"), ("translator",)], []),
        ([], [("translator",), ("reviewer",), ("clinician",)]),
    ],
)
def test_each_seat_needs_another_person(roles, empty):
    """A seat is empty if nobody is left for it once as many as possible are filled."""
    people = People(tuple(someone(f"p{n}", **dict.fromkeys(names, ("es",))) for n, names in enumerate(roles)))
    assert [*empty_seats(people, "es", TODAY)] == empty


def test_the_english():
    """The English needs a clinician, and an author or a reviewer."""
    cora, alma = someone("cora", clinician=("en",), reviewer=("en",)), someone("alma", author=("en",))
    assert empty_seats(People((cora, alma)), "en", TODAY) == ()
    assert empty_seats(People((cora,)), "en", TODAY) == (("clinician",),)
    assert empty_seats(People((alma,)), "en", TODAY) == (("clinician",),)


def test_who_left_fills_no_seat():
    """A person who is closed, or whose time has not come, fills no seat."""
    for validity in (Validity(void_from=TODAY), Validity(void_after=("a",)), Validity(since=date(2026, 11, 24))):
        alma = someone("alma", validity, author=("en",))
        assert empty_seats(People((alma,)), "en", TODAY) == (("author", "reviewer"), ("clinician",))
