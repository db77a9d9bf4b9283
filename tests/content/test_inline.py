from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.content.inline import InlineRun, parse_inline


def test_bold_needs_no_spaces() -> None:
    """Bold is bold beside any sign: CommonMark's rule would print the asterisks of Chinese."""
    assert parse_inline("**胸痛（尖锐）**可能").runs == (InlineRun("胸痛（尖锐）", bold=True), InlineRun("可能"))


def test_all_there_is() -> None:
    """Bold, italic, placeholders, links, hard breaks and escapes are all there is to a message."""
    found = parse_inline(r"**a *b* {phone}** [our guide]{2}" "\n" r"\*c\* <b>")
    assert found.problems == ()
    assert found.runs == (
        InlineRun("a ", bold=True),
        InlineRun("b", bold=True, italic=True),
        InlineRun(" ", bold=True),
        InlineRun("", bold=True, placeholder="phone"),
        InlineRun(" "),
        InlineRun("our guide", link=2),
        InlineRun("", line_break=True),
        InlineRun("*"),
        InlineRun("c"),
        InlineRun("*"),
        InlineRun(" <b>"),
    )
    assert found.plain == "a b {phone} our guide\n*c* <b>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**a", "unpaired **"),
        ("a*", "unpaired *"),
        ("{phone", "stray '{'"),
        ("{Phone}", "stray '{'"),
        ("}", "stray '}'"),
    ],
)
def test_problems(text: str, said: str) -> None:
    """A marker without its pair and a brace without a name are problems, and stay in the text."""
    found = parse_inline(text)
    assert said in found.problems[0]


def test_tokens() -> None:
    """What a translation must keep is counted: placeholders, links, bold passages; never italics."""
    tokens = parse_inline("**a {phone} b** *c* **d** {phone} [e]{1}").tokens
    assert tokens == {"**bold**": 2, "{phone}": 2, "[…]{1}": 1}


@given(st.text(alphabet="ab*{}[]1\\\n 胸", max_size=40))
def test_nothing_is_lost(text: str) -> None:
    """Whatever is written, every letter of it is in a run, in order."""
    found = parse_inline(text)
    letters = [sign for sign in text if sign in "ab胸"]
    names = [sign for run in found.runs for sign in (run.placeholder or run.text) if sign in "ab胸"]
    assert names == letters
