"""What is sent once, and put together again."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pressroom.executor import parts
from pressroom.executor.parts import Given, Packer, Shelf


@dataclass(frozen=True)
class Text:
    """What two tasks may share."""

    words: str
    picture: bytes = b""


PICTURE = bytes(range(256)) * 8


def test_a_value_comes_back() -> None:
    """A value that was packed is the same value after its parts are received."""
    value = {"one": Text("a", PICTURE), "two": [Text("b"), b"short", PICTURE]}
    packed = Packer((Text,)).pack(value)
    assert Shelf(dict(packed.parts)).unpack(packed.data) == value


def test_equal_values_are_one_part() -> None:
    """What two tasks share is one part, although it is two objects, and a part may need others."""
    packer = Packer((Text,))
    one, two = (packer.pack([number, Text("a", bytes([1]) * 2000)]) for number in range(2))
    assert one.parts == two.parts
    assert len(one.parts) == 2
    assert one.data != two.data
    assert max(len(one.data), len(two.data)) < 200


def test_a_part_is_read_once() -> None:
    """Two tasks of a process get the same object."""
    packer, shelf = Packer((Text,)), Shelf()
    one, two = (packer.pack([number, Text("a")]) for number in range(2))
    shelf.data |= one.parts
    assert shelf.unpack(one.data)[1] is shelf.unpack(two.data)[1]


def test_a_missing_part_is_an_error() -> None:
    """A task is never run without one of its parts."""
    with pytest.raises(KeyError):
        Shelf().unpack(Packer().pack(PICTURE).data)


def test_a_worker_gets_a_part_once() -> None:
    """A parcel has the parts that were not in one before; each task comes back."""
    packer, given, shelf = Packer((Text,)), Given(), Shelf()
    parcels = [given.parcel(packer.pack([number, Text("a", PICTURE)])) for number in range(2)]
    assert [len(parcel.parts) for parcel in parcels] == [2, 0]
    assert [shelf.opened(parcel) for parcel in parcels] == [[number, Text("a", PICTURE)] for number in range(2)]


def test_a_worker_with_too_many_parts_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all parts together are too large, it forgets those that it has, and gets what the task needs."""
    monkeypatch.setattr(parts, "_REMEMBERED", 5000)
    packer, given, shelf = Packer((Text,)), Given(), Shelf()
    tasks = [Text(str(number % 3), bytes([number % 3]) * 2000) for number in range(6)]
    for task in tasks:
        assert shelf.opened(given.parcel(packer.pack(task))) == task
        assert sum(map(len, shelf.data.values())) < 5000
