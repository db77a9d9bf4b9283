from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.mutants import place
from tests.mutants.__main__ import accepted, by_hand, every_mutant, modules_of, net
from tests.mutants.changes import changed, changes

SOURCE = """
WEIGHTS = ("regular", "bold")


def is_open(today: int, first: int, last: int) -> bool:
    return first <= today and today < last


def weights() -> tuple[str, ...]:
    return WEIGHTS
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A small module that is imported."""
    monkeypatch.setattr(place, "ROOT", tmp_path)
    (tmp_path / "small.py").write_text(SOURCE, encoding="utf-8")
    made = ModuleType("small")
    made.__file__ = str(tmp_path / "small.py")
    exec(place.compiled("small.py", SOURCE), vars(made))
    monkeypatch.setitem(sys.modules, "small", made)
    return made


def test_what_is_changed() -> None:
    """Each comparison and each condition is one change at least."""
    assert {change.what for change in changes(SOURCE)} >= {
        "first <= today → first > today",
        "first <= today → first < today",
        "today < last → today <= last",
        "first <= today and today < last → first <= today or today < last",
        "first <= today and today < last → today < last",
        "('regular', 'bold') → ('bold',)",
    }


def test_a_mutant_in_place(module: ModuleType) -> None:
    """Whoever imported a function or a value before has the mutant."""
    is_open, weights = module.is_open, module.weights
    numbers = {change.what: number for number, change in enumerate(changes(SOURCE))}
    assert not is_open(9, 1, 9)
    assert place.put_in_place("small.py", changed(SOURCE, numbers["today < last → today <= last"]))
    assert is_open(9, 1, 9)
    assert place.put_in_place("small.py", changed(SOURCE, numbers["('regular', 'bold') → ('bold',)"]))
    assert weights() == ("bold",)


def test_faults_by_hand_can_be_tried() -> None:
    """Each passage of by_hand.toml is in its module once, what takes its place is Python, and a part has the module."""
    known = {module for part in net().values() for module in modules_of(part)}
    for mutant in by_hand():
        assert mutant.module in known
        place.compiled(mutant.module, mutant.tree())


def test_accepted_mutants_are_there() -> None:
    """Each row of accepted.tsv names a change that is still possible, and says why it may live."""
    rows = accepted()
    there = {(m.module, m.where, m.what) for module, *_ in rows for m in every_mutant(module)}
    assert rows.keys() <= there
    assert all(len(why) > 20 for why in rows.values())
