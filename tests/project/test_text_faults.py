"""What no text file of a project may hold."""

from __future__ import annotations

import pytest

from pressroom.project.text_faults import text_fault
from pressroom.project.toml_text import toml_table

CONFLICTS = [
    ("<<<<<<< HEAD\n- Wear loose clothes\n=======\n- Wear tight clothes\n>>>>>>> A\n", 1),
    ("- Wear loose clothes\n=======\n- Wear tight clothes\n", 2),
    ("- Wear loose clothes\n>>>>>>> A\n", 2),
    ("a\n||||||| 1234567\nb\n", 2),
    ("a\n\n=======\nb\n", 3),
]
UNSEEN = ["\0", "\x07", "\x85", "\u200b", "\u202e", "\u2028", "\u00ad", "\ufeff", "\ue000", "\U000e0041"]


@pytest.mark.parametrize(("text", "line"), CONFLICTS)
def test_a_conflict_mark_is_an_error_at_its_line(text, line):
    """Whichever of git's marks is left, nothing of the file is read."""
    fault = text_fault(text, "source/visit.md")
    assert fault is not None
    assert (fault.code, fault.span.line, fault.bars) == ("merge-conflict", line, "proof")


@pytest.mark.parametrize("text", ["After your visit\n=======\n", "a <<<<<<< b\n", "<<<<<<<<<\n", "a == b\n"])
def test_signs_of_another_meaning_pass(text):
    """Seven = below words underline a heading, and more or fewer signs are no mark."""
    assert text_fault(text, "source/visit.md") is None


@pytest.mark.parametrize("sign", UNSEEN)
@pytest.mark.parametrize("name", ["source/visit.md", "layouts/slip/template.html", "layouts/slip/style.css"])
def test_an_unseen_character_is_an_error_at_its_line_and_column(sign, name):
    """A character that nobody can see is named with its number and its place."""
    fault = text_fault(f"# Después\n\nab{sign}c\n", name)
    assert fault is not None
    assert (fault.code, fault.span.line) == ("file-character", 3)
    assert f"U+{ord(sign):04X}" in fault.message
    assert "column 3" in fault.message


@pytest.mark.parametrize("text", ["میلی\u200cلیتر", "a\tb\n", "10\u00a0mL – “é” … 50\u202f%", "è", "👩\u200d⚕️"])
def test_letters_and_spaces_pass(text):
    """Joined letters, fixed spaces, marks of punctuation and pictures are seen."""
    assert text_fault(text, "source/visit.md") is None
    assert toml_table(f'name = "{text}"' if text.isprintable() else "")[0] is not None


def test_a_table_is_read_without_unseen_characters_only():
    """A direction control in a clinic's telephone number would print another number."""
    assert toml_table('[a]\nphone = "\u202e555-0100"')[1:] == (
        "U+202E RIGHT-TO-LEFT OVERRIDE in column 10 is invisible",
        2,
    )
