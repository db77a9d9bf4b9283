"""Which seats of a language can't be filled by the people who are listed: each seat needs another person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pressroom.approval.people import ListedPerson, People
from pressroom.approval.roles import Seat, seats_of


def empty_seats(people: People, locale: str, today: date) -> tuple[Seat, ...]:
    """The seats that stay empty when as many as possible are filled with different people."""
    seats = seats_of(locale)
    able = [[p.id for p in people.listed if can_sign(p, people, seat, locale, today)] for seat in seats]
    taken: dict[str, int] = {}
    for place in range(len(seats)):
        _seated(place, able, taken, set())
    filled = set(taken.values())
    return tuple(seat for place, seat in enumerate(seats) if place not in filled)


def can_sign(person: ListedPerson, people: People, seat: Seat, locale: str, today: date) -> bool:
    """True if a person can fill a seat today: with a role and, where records need one, with a key that counts."""
    roles = [role for role in seat if person.may_sign(role, locale)]
    if people.use_keys:
        roles = [role for role in roles if person.has_key(role, today)]
    return bool(roles) and person.validity.covers(today)


def _seated(place: int, able: Sequence[Sequence[str]], taken: dict[str, int], asked: set[str]) -> bool:
    """Find a person for a seat; who sits elsewhere moves on if there is another seat for them."""
    for id in able[place]:
        if id not in asked:
            asked.add(id)
            if id not in taken or _seated(taken[id], able, taken, asked):
                taken[id] = place
                return True
    return False
