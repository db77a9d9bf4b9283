from __future__ import annotations

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.render.copyfit import AvailableSpace, Range, Sizes, TextHeight, fit

RANGES = [Range("a", 7, 9.2, (0.1, 0.5)), Range("b", 11, 12)]


def _heights(heights: dict[str, float], slots: dict[str, dict[str, float]] | None = None) -> dict[str, TextHeight]:
    return {name: TextHeight(height, (slots or {}).get(name, {})) for name, height in heights.items()}


def _measure(lengths: dict[str, int], group: dict[str, str], slots: dict[str, int]):
    """Text of so many letters on lines of 200 pt, and a heading above it: heights as stairs, as real text has."""

    def lines(letters: int, size: float) -> float:
        return ceil(letters * size * 0.5 / 200) * size * 1.3

    def measure(sizes: Sizes) -> dict[str, TextHeight]:
        size = {name: sizes.body[group[name]] for name in lengths}
        own = {name: {"heading": lines(letters, size[name])} for name, letters in slots.items()}
        heads = {name: own.get(name, {}).get("heading", 0.0) for name in lengths}
        return _heights({name: lines(n, size[name]) + heads[name] for name, n in lengths.items()}, own)

    return measure


def _steps(wanted: Range) -> list[float]:
    return [round(wanted.floor + step / 10, 1) for step in range(round((wanted.preferred - wanted.floor) * 10) + 1)]


@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 900), st.integers(20, 300)), min_size=1, max_size=4),
)
def test_equals_trying_all(frames: list[tuple[str, int, int]]) -> None:
    """The search finds the largest size of each group that trying every tenth of a point finds."""
    rooms = [AvailableSpace(f"f{n}", group, height) for n, (group, _, height) in enumerate(frames)]
    lengths = {f"f{n}": letters for n, (_, letters, _) in enumerate(frames)}
    measure = _measure(lengths, {room.name: room.group for room in rooms}, {})
    ranges = [r for r in RANGES if r.name in {room.group for room in rooms}]
    found = fit(rooms, ranges, measure)
    for wanted in ranges:
        mine = [room for room in rooms if room.group == wanted.name]
        heights = {
            size: measure(Sizes({r.name: size if r is wanted else r.floor for r in ranges})) for size in _steps(wanted)
        }
        holds = [s for s, h in heights.items() if all(h[room.name].height <= room.height + 0.025 for room in mine)]
        assert found.sizes.body[wanted.name] == max(holds, default=wanted.floor)
        over = {room.name for room in mine if heights[wanted.floor][room.name].height > room.height + 0.025}
        assert {name for name in found.overset if name in {room.name for room in mine}} == over


def test_overset() -> None:
    """Text that does not fit at the floor is set at the floor, and by how much it runs over is told."""
    found = fit([AvailableSpace("f", "a", 10)], RANGES[:1], lambda sizes: _heights({"f": sizes.body["a"] * 3}))
    assert found.sizes.body == {"a": 7}
    assert found.overset == {"f": pytest.approx(11)}


def test_gaps_take_what_is_left() -> None:
    """The height left over goes between the list items, up to the most that is wanted."""
    room = AvailableSpace("f", "a", 100, gaps=3)
    some = fit([room], RANGES[:1], lambda sizes: _heights({"f": 100 - 0.3 * 9.2 * 3}))
    # To what it was measured with above its smallest size: 0.1 and 0.15 of what it can grow.
    assert some.sizes.gap["f"] == pytest.approx(0.16 + 0.3)
    much = fit([room], RANGES[:1], lambda sizes: _heights({"f": 20.0}))
    assert much.sizes.gap["f"] == 0.5


def test_items_keep_apart() -> None:
    """A list is larger than its smallest size only where its items stay apart; at that size they may be close."""

    def measure(sizes: Sizes) -> dict[str, TextHeight]:
        return _heights({"f": sizes.body["a"] * (10 + 3 * sizes.gap["f"])})

    for height, size, gap in ((71, 7, 0.1), (74.4, 7.1, 0.16), (74.3, 7, 0.205)):
        found = fit([AvailableSpace("f", "a", height, gaps=3)], RANGES[:1], measure)
        assert found.sizes.body == {"a": size}
        assert found.sizes.gap["f"] == pytest.approx(gap, abs=0.005)


def test_slots_are_as_tall_as_the_tallest() -> None:
    """Headings of one kind get the height of the tallest, and every frame's text must fit below that."""
    rooms = [AvailableSpace("f", "b", 30), AvailableSpace("g", "b", 60)]
    heights = _heights({"f": 15.0, "g": 30.0}, {"f": {"heading": 10.0}, "g": {"heading": 20.0}})
    found = fit(rooms, RANGES[1:], lambda sizes: heights)
    assert found.sizes.slot == {"heading": 20.0}
    assert found.overset == {"f": pytest.approx(5)}


def test_slots_of_their_own_height() -> None:
    """Slots that are not aligned have each the height of what is in it, and the text has the room that this saves."""
    rooms = [AvailableSpace("f", "b", 30), AvailableSpace("g", "b", 60)]
    heights = _heights({"f": 15.0, "g": 30.0}, {"f": {"heading": 10.0}, "g": {"heading": 20.0}})
    found = fit(rooms, RANGES[1:], lambda sizes: heights, aligned=False)
    assert found.overset == {}
    assert ".frame-f { --slot-heading: 10 }" in found.sizes.css()
    assert found.sizes.values["slot-heading"] == "20"


def test_as_large_as_the_room() -> None:
    """A group grows beyond its usual size up to its ceiling, where its text leaves the room."""
    grows = [Range("a", 11, 12, ceiling=13)]
    for height, size in ((119, 11.9), (126, 12.6), (500, 13)):
        found = fit([AvailableSpace("f", "a", height)], grows, lambda sizes: _heights({"f": sizes.body["a"] * 10}))
        assert found.sizes.body == {"a": size}


def test_gaps_are_comfortable_before_text_grows() -> None:
    """Text grows beyond its usual size only where gaps between paragraphs may have half of what they can grow."""
    grows = [Range("a", 11, 12, ceiling=13, widen=(0.5, 1.0))]

    def measure(sizes: Sizes) -> dict[str, TextHeight]:
        return _heights({"f": sizes.body["a"] * 10 + 4 * sizes.para.get("f", 0.0)})

    for height, size in ((121, 12), (132.5, 12), (133.5, 12.1), (500, 13)):
        found = fit([AvailableSpace("f", "a", height, widens=True)], grows, measure)
        assert found.sizes.body == {"a": size}
        # What it was measured with: the height that is left is counted from there.
        assert found.sizes.para == ({"f": pytest.approx(size * 0.25)} if size > 12 else {})


def test_height_is_kept_free() -> None:
    """What fills a frame below its text has its height before the text may grow."""
    room = AvailableSpace("f", "a", 150, kept=30)
    found = fit([room], [Range("a", 11, 12, ceiling=13)], lambda sizes: _heights({"f": sizes.body["a"] * 10}))
    assert found.sizes.body == {"a": 12}


def test_text_grows_where_rows_are_left() -> None:
    """Text keeps its usual size without, and grows beyond it only with, ample room for the reader's hand."""
    grows = [Range("a", 11, 12, ceiling=13)]
    for height, size in ((145, 12), (160, 12), (165, 12.5), (500, 13)):
        room = AvailableSpace("f", "a", height, kept=20, ample=20)
        found = fit([room], grows, lambda sizes: _heights({"f": sizes.body["a"] * 10}))
        assert found.sizes.body == {"a": size}


def test_few_layouts() -> None:
    """All groups are searched at once: a search costs a handful of layouts, not one for every size."""
    asked: list[Sizes] = []

    def measure(sizes: Sizes) -> dict[str, TextHeight]:
        asked.append(sizes)
        return _heights({"f": sizes.body["a"] * 10, "g": sizes.body["b"] * 10})

    fit([AvailableSpace("f", "a", 85), AvailableSpace("g", "b", 115)], RANGES, measure)
    assert len(asked) <= 7


@given(st.integers(1, 180), st.integers(1, 180))
def test_no_further(held: int, preferred: int) -> None:
    """A range that goes no further than a tenth of a point below a size ends there, however the two are reckoned."""
    whole = Range("a", 18, 18 + preferred / 10)
    shorter = whole.up_to(whole.at(held) - 0.1)
    assert shorter.at(shorter.steps) == min(whole.at(held - 1), whole.at(preferred))


def test_css() -> None:
    """Sizes are told to the page as custom properties without units."""
    assert Sizes({"b": 11.0, "a": 7.1}, {"f": 0.25}, {"heading": 20.0}).css() == (
        ":root { --fs-a: 7.1; --fs-b: 11; --gap-f: 0.25; --slot-heading: 20 }\n"
    )


def test_of_frames() -> None:
    """What belongs to one frame goes with it; what belongs to a group stays."""
    sizes = Sizes({"b": 11.0}, {"f": 0.2, "g": 0.3}, para={"f": 2.0}, window={"g": 103.0}, own_slots={"f": {"h": 9.0}})
    assert sizes.of_frames(lambda name: name == "g") == Sizes({"b": 11.0}, {"g": 0.3}, window={"g": 103.0})


def test_middle() -> None:
    """Text in the middle of its frame begins half of what is left over below its top; overset text begins at it."""
    rooms = [AvailableSpace("f", "a", 100, middle=True), AvailableSpace("g", "a", 100)]
    assert fit(rooms, RANGES[:1], lambda sizes: _heights({"f": 70.0, "g": 70.0})).sizes.drop == {"f": 15}
    assert fit(rooms, RANGES[:1], lambda sizes: _heights({"f": 170.0, "g": 70.0})).sizes.drop == {"f": 0}
