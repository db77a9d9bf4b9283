from __future__ import annotations

import pytest

from pressroom.layout.words import read_words


def test_words() -> None:
    """A word is a message by its name, with its note and context, at its table's line."""
    text = '# a\n[draft]\ntext = "Draft: {clinic}"\nnote = """\nOn every\n  panel."""\ncontext = "label"\n'
    words, problems = read_words(text, "layouts/words.toml")
    assert problems == []
    word = words["draft"]
    assert (word.msgid, word.notes, word.context, word.span.line) == (
        "Draft: {clinic}",
        ("On every panel.",),
        "label",
        2,
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[draft\n", 1, "not TOML"),
        ("[draft]\n", 1, "has no text"),
        ("\n[draft]\ntext = 3\n", 2, "has no text"),
        ('[draft]\ntxt = "a"\n', 1, "no key 'txt'"),
        ('[draft]\ntext = "a **b"\n', 1, "unpaired **"),
        ('draft = "a"\n', 0, "not a table"),
        ('["Draft it"]\ntext = "a"\n', 0, "can't name a word"),
    ],
)
def test_refused(text: str, line: int, said: str) -> None:
    """A word without its text, or that can't be read, is left out and told."""
    words, (problem,) = read_words(text, "layouts/words.toml")
    assert words == {}
    assert said in problem.message
    assert problem.span.line == line
