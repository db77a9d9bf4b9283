from __future__ import annotations

import tomllib

import pytest

from pressroom.layout.brand_edit import Value, edited

OWN = """# Ours.
[colour]
ink = "#111"    # not quite black
flow = "#0f4c5c"        # headings and lines, 9.4:1 on white

# Measured by the print shop.
[press]
flow = "92 50 40 40"

[space]
margin = "27pt"
"""
FLOW = Value("colour", "flow", "#7a1f5c", "lines and fields, 9.6:1")


def test_a_new_value_keeps_all_else() -> None:
    """Comments, order and other keys stay; a comment's contrast is that of the new colour."""
    text, replaced = edited(OWN, [FLOW])
    assert text == OWN.replace("#0f4c5c", "#7a1f5c").replace("9.4:1", "9.6:1")
    assert [str(one) for one in replaced] == ["[colour] flow = #0f4c5c becomes #7a1f5c"]


def test_a_group_that_is_not_there() -> None:
    """Keys and groups are added, a group under a line that says what it is for."""
    text, replaced = edited(OWN, [Value("colour", "dot", "#bc4f54", "the dot"), Value("dark", "flow", "#d78ab7")])
    assert replaced == ()
    assert 'dot = "#bc4f54" # the dot\n' in text
    assert '# The same on a dark screen.\n[dark]\nflow = "#d78ab7"' in text
    assert tomllib.loads(text)["space"] == {"margin": "27pt"}


def test_the_same_values_change_nothing() -> None:
    """A file that has the values already is not touched."""
    text, _ = edited(OWN, [FLOW])
    assert edited(text, [FLOW]) == (text, ())


def test_an_empty_file() -> None:
    """A project without a brand of its own gets one."""
    text, _ = edited("", [FLOW])
    assert tomllib.loads(text) == {"colour": {"flow": "#7a1f5c"}}


@pytest.mark.parametrize("text", ["[colour\n", 'colour = "red"\n'])
def test_a_broken_file_is_refused(text: str) -> None:
    """What is not TOML, or not a table, is never written over."""
    with pytest.raises(ValueError, match=r"colour|line 1"):
        edited(text, [FLOW])
