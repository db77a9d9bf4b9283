from __future__ import annotations

import dataclasses
import pickle
import sys
from dataclasses import FrozenInstanceError, dataclass, make_dataclass

import pytest

from pressroom.diagnostics import Span
from pressroom.units import Length, mm


def test_they_are_as_compiled_ones():
    """A class of the engine has the repr, hash, equality and protection of a class that Python compiles."""
    ours, theirs = Span("a.md", 3), _Compiled("a.md", 3)
    assert repr(ours) == repr(theirs).replace("_Compiled", "Span")
    assert hash(ours) == hash(theirs) == hash(("a.md", 3))
    assert ours == Span("a.md", 3) != Span("a.md", 4)
    assert pickle.loads(pickle.dumps(ours)) == ours
    assert len({Span("a.md", 3), ours}) == 1
    assert hash(Length(mm(3).pt)) == hash(mm(3))


@pytest.mark.parametrize("name", ["path", "line"])
def test_a_field_stays(name: str) -> None:
    """No field of a frozen class is assigned or deleted, and the error is the same."""
    for value in (Span("a.md", 3), _Compiled("a.md", 3)):
        with pytest.raises(FrozenInstanceError, match=f"^cannot assign to field '{name}'$"):
            setattr(value, name, 1)
        with pytest.raises(FrozenInstanceError, match=f"^cannot delete field '{name}'$"):
            delattr(value, name)


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="Python compiles a class at once")
def test_classes_of_libraries_are_left_alone():
    """A class of another package has methods that are compiled for it."""
    assert Span.__setattr__.__code__.co_filename == sys.modules["pressroom.light_classes"].__file__
    theirs = make_dataclass("Theirs", ["name"], frozen=True, namespace={"__module__": "theirs"})
    assert (_Compiled.__setattr__.__code__.co_filename, theirs.__hash__.__code__.co_filename) == ("<string>",) * 2


def test_a_value_in_itself_can_be_shown():
    """The repr of a value that holds itself ends."""
    holder = dataclasses.replace(Span("a.md"), path=[])  # type: ignore[arg-type]
    holder.path.append(holder)  # type: ignore[attr-defined]
    assert repr(holder) == "Span(path=[...], line=0)"


@dataclass(frozen=True, slots=True)
class _Compiled:
    path: str
    line: int = 0
