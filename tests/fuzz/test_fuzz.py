from __future__ import annotations

import random

import pytest

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS, seeds

RUNS = 40


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_of_mutations(name: str) -> None:
    """Whatever is changed in a right input, its reader returns or raises what its callers know."""
    chance, known = random.Random(7), seeds(name)
    for _ in range(RUNS):
        TARGETS[name](mutated(chance.choice(known), known, chance))
