"""The log's graph: order comes from what entries name, and a lost entry is noticed by those that name it."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval.log import EVERYTHING, Log, LogEntry, day_of, entry_id, is_back_dated, place_of, release_id


def entry(day: int, number: int, *names: str, locale: str = "es") -> LogEntry:
    """An entry of a day in November that names others."""
    return LogEntry(entry_id("doc", locale, f"reviewer-2026-11-{day:02}-{number:016x}"), frozenset(names), "file.toml")


def log(*entries: LogEntry) -> Log:
    """The log of these entries."""
    return Log({e.id: e for e in entries})


ROOT = entry(1, 1)
LEFT = entry(3, 2, ROOT.id)
RIGHT = entry(2, 3, ROOT.id)
MERGE = entry(3, 4, LEFT.id, RIGHT.id)


def test_two_branches_and_their_merge() -> None:
    """Two entries on one are two heads, neither descends from the other; the next entry names both."""
    branches = log(LEFT, ROOT, RIGHT)
    assert branches.heads == tuple(sorted((LEFT.id, RIGHT.id)))
    assert branches.order == (ROOT.id, RIGHT.id, LEFT.id)
    assert not branches.descends(LEFT.id, RIGHT.id)
    assert branches.latest(branches.entries) == {LEFT.id, RIGHT.id}
    merged = log(MERGE, LEFT, ROOT, RIGHT)
    assert merged.heads == (MERGE.id,)
    assert merged.ancestors(MERGE.id) == {ROOT.id, LEFT.id, RIGHT.id}
    assert merged.descendants(ROOT.id) == {LEFT.id, RIGHT.id, MERGE.id}
    assert merged.latest(merged.entries) == {MERGE.id}
    assert merged.missing == ()


def test_a_lost_entry_is_named_by_the_first_that_names_it() -> None:
    """Without an entry the ids of those that name it say which it was, and the entries before it are heads again."""
    broken = log(MERGE, ROOT, RIGHT)
    assert broken.missing == ((MERGE, LEFT.id),)
    assert place_of(LEFT.id) == ("doc", "es")
    assert not log(MERGE).descends(MERGE.id, ROOT.id)


@pytest.mark.parametrize("places", list(permutations(range(5)))[::7])
def test_order_is_that_of_names_and_not_of_clocks(places: tuple[int, ...]) -> None:
    """An entry comes after those that it names, whatever their days and ids; those of no branch go by their day."""
    first, other, alone = entry(9, 9), entry(4, 7, locale="zh"), entry(5, 8, locale="ar")
    second = entry(2, 3, first.id)
    third = entry(1, 1, second.id, locale="ar")
    ordered = (other, alone, first, second, third)
    assert log(*(ordered[place] for place in places)).order == tuple(e.id for e in ordered)


def test_what_is_not_in_the_log_descends_from_nothing() -> None:
    """An entry that the log lacks has no ancestor, and an entry never descends from itself."""
    graph = log(ROOT, RIGHT)
    assert not any(graph.descends(id, ROOT.id) for id in (LEFT.id, "nonsense", ROOT.id))
    assert graph.ancestors(LEFT.id) == frozenset()
    assert log(entry(2, 2, entry(2, 2).id), entry(9, 9)).order == (entry(2, 2).id, entry(9, 9).id)


def test_who_misses_an_entry() -> None:
    """Of two entries that name a missing one, that which counts is named, though the other is older."""
    old = LogEntry(entry(1, 5).id, frozenset({LEFT.id}), counts=False)
    assert log(ROOT, RIGHT, old, MERGE).missing == ((MERGE, LEFT.id),)
    assert log(ROOT, RIGHT, old).missing == ((old, LEFT.id),)


def test_an_edition_names_what_is_missing() -> None:
    """An edition names the heads and each missing entry, so that nobody forgets it before it is back."""
    assert log(MERGE, LEFT, ROOT, RIGHT).edition_heads == (MERGE.id,)
    assert log(MERGE, ROOT, RIGHT).edition_heads == tuple(sorted((MERGE.id, LEFT.id)))


def test_an_edited_entry_is_as_good_as_lost() -> None:
    """An entry that still counts though it was edited is among the missing if another names it."""
    edited = LogEntry(LEFT.id, LEFT.names, intact=False)
    assert log(edited, ROOT, RIGHT, MERGE).missing == ((MERGE, LEFT.id),)
    assert log(edited, ROOT, RIGHT).missing == ()


def test_what_does_not_count_is_no_head() -> None:
    """Nobody names an entry that does not count, and its own names hide no head."""
    void = LogEntry(LEFT.id, LEFT.names, counts=False)
    assert log(ROOT, void).heads == (ROOT.id,)


@pytest.mark.parametrize(
    ("id", "place"),
    [
        (entry_id("doc", "", "doc-2026-11-01-0"), ("doc", "en")),
        (entry_id("doc", "zh-Hans", "x"), ("doc", "zh-Hans")),
        (release_id("00001-2026-11-01-0"), EVERYTHING),
        ("nonsense", EVERYTHING),
    ],
)
def test_what_a_lost_entry_bars(id: str, place: tuple[str, str]) -> None:
    """A lost entry bars its document and locale, a recall of all locales the document, a release everything."""
    assert place_of(id) == place


def test_dates_are_read_from_ids() -> None:
    """An entry's id has its day, so that a lost entry still shows that another was dated back."""
    assert day_of(LEFT.id) == date(2026, 11, 3)
    assert is_back_dated(RIGHT.id, [LEFT.id])
    assert is_back_dated(RIGHT.id, [ROOT.id, LEFT.id])
    assert not is_back_dated(MERGE.id, [LEFT.id, RIGHT.id])
    assert day_of("releases/00001-2026-13-99-0000000000000000") == date.min


def test_edited_entries_that_name_each_other() -> None:
    """A circle can only come from an edit: the order still has every entry once."""
    one, two = entry(2, 1, entry(2, 2).id), entry(2, 2, entry(2, 1).id)
    assert log(one, two, ROOT).order == (ROOT.id, one.id, two.id)
    assert log(two, one, entry(9, 9)).order == (entry(9, 9).id, one.id, two.id)


@given(st.lists(st.sets(st.integers(0, 30)), max_size=20))
def test_order_and_ancestors_agree(parents: list[set[int]]) -> None:
    """Every entry comes after all of its ancestors, and ancestors are those of the names and the names."""
    made: list[LogEntry] = []
    for number, known in enumerate(parents):
        made.append(entry(1, number, *(made[n].id for n in known if n < number)))
    graph = log(*reversed(made))
    for one in made:
        above = graph.ancestors(one.id)
        assert above == one.names.union(*(graph.ancestors(name) for name in one.names))
        assert all(graph.place(name) < graph.place(one.id) for name in above)
        assert all((one.id in graph.descendants(name)) == (name in above) for name in graph.entries)
    assert graph.heads == tuple(sorted(e.id for e in made if not any(e.id in other.names for other in made)))
