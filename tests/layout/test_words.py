"""The layouts' own words: what a table of words.toml becomes, and what is told of a broken one."""

from __future__ import annotations

import pytest

from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.layout.words import read_words

PATH = "layouts/words.toml"


def test_a_word_is_a_message_with_its_line_and_note() -> None:
    """A table becomes a message that is translated like any text."""
    words, problems = read_words(
        '# head\n\n[draft]\ntext = "Draft"\nnote = "Short."\n\n[phone]\ntext = "Phone"\n', PATH
    )
    assert not problems
    assert words == {
        "draft": Message("Draft", Span(PATH, 3), role="layout word", notes=("Short.",)),
        "phone": Message("Phone", Span(PATH, 7), role="layout word"),
    }


@pytest.mark.parametrize(
    "broken",
    [
        '[a]\ntext = ""',
        '[a]\nnote = "x"',
        '[a]\ntext = "x"\nnotes = "y"',
        '[a]\ntext = "**x"',
        'a = "x"',
        '["A b"]\ntext = "x"',
    ],
)
def test_a_broken_word_is_left_out_and_told(broken: str) -> None:
    """One broken table costs no other its place."""
    words, problems = read_words(f"{broken}\n", PATH)
    assert words == {}
    assert [problem.code for problem in problems] == ["layout-words"]


def test_what_is_not_toml_is_told() -> None:
    """A file that can't be parsed gives no words and one error."""
    words, problems = read_words("[draft\n", PATH)
    assert words == {}
    assert [problem.code for problem in problems] == ["layout-words"]
