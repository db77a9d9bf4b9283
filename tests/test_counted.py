"""Counts with their noun in the right form."""

from __future__ import annotations

import pytest

from pressroom.counted import counted, form


@pytest.mark.parametrize(("count", "words"), [(0, "0 texts"), (1, "1 text"), (2, "2 texts"), (21, "21 texts")])
def test_a_count(count: int, words: str) -> None:
    """Only one thing has the singular."""
    assert counted(count, "text") == words


def test_words_that_change_in_another_way() -> None:
    """A verb agrees too."""
    assert counted(1, "block waits", "blocks wait") == "1 block waits"
    assert counted(2, "block waits", "blocks wait") == "2 blocks wait"
    assert form(3, "is a draft", "are drafts") == "are drafts"
