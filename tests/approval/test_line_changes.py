"""What changed since a person signed is shown word by word, in the English and in the translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval.line_changes import is_reordered, line_changes, run_diff, shown_runs
from pressroom.approval.wording import WordingLine


def line(english: str, text: str = "t", panel: str = "act") -> WordingLine:
    """A line of a panel."""
    return WordingLine(panel, "", english, text)


def marked(before: str, after: str) -> str:
    """The difference as `git diff --word-diff` writes it."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    texts = [(one.kind, one.run.text or one.run.placeholder or "") for one in run_diff(before, after)]
    return "".join(text if text.isspace() else marks[kind].format(text) for kind, text in texts)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Clots can travel.", "Clots can travel and kill.", "Clots can travel {+and kill+}."),
        ("take 2.5 mg", "take 2.6 mg", "take [-2.5-] {+2.6+} mg"),
        ("Red skin discoloration", "Red skin", "Red skin [-discoloration-]"),
        ("胸痛尖锐", "胸痛可能尖锐", "胸痛{+可能+}尖锐"),
        ("جلد أحمر", "جلد أزرق", "جلد [-أحمر-] {+أزرق+}"),
        ("Call {emergency}", "Call {phone}", "Call [-emergency-] {+phone+}"),
    ],
)
def test_words_that_changed(before, after, shown):
    """Each word is shown once where it is the same, and a number is never cut."""
    assert marked(before, after) == shown


def test_a_word_that_became_bold():
    """Emphasis is part of what people sign, so it is a change."""
    kinds = [(one.kind, one.run.bold) for one in run_diff("Chest pain", "Chest **pain**")]
    assert kinds == [("same", False), ("gone", False), ("gone", False), ("new", True)]


@given(st.text(alphabet="ab *{}\\.é", max_size=40), st.text(alphabet="ab *{}\\.é", max_size=40))
def test_nothing_is_lost(before, after):
    """What is the same and new together is the text as it is now."""
    now = [one.run for one in run_diff(before, after) if one.kind != "gone"]
    plain = [one.run for one in shown_runs(after)]
    assert "".join(run.text for run in now) == "".join(run.text for run in plain)
    assert [run.placeholder for run in now if run.placeholder] == [run.placeholder for run in plain if run.placeholder]


def test_lines_find_the_lines_they_were():
    """A line is found by all of it, by its English, or by an English like it; what is left is gone."""
    before = [line("Call for help"), line("Red or blue skin", "roja"), line("Chest pain", "dolor"), line("Old advice")]
    now = [
        line("Call for help"),
        line("Reddish or blue skin", "roja"),
        line("Chest pain", "dolores"),
        line("A new one"),
    ]
    changes, gone = line_changes(before, now)
    assert [(c.english_changed, c.text_changed, c.before is None) for c in changes] == [
        (False, False, False),
        (True, False, False),
        (False, True, False),
        (True, True, True),
    ]
    assert [line.english for line in gone] == ["Old advice"]


def test_a_line_in_another_panel_changed():
    """Where a message is printed is part of what people sign."""
    changes, _ = line_changes([line("Swelling", panel="dvt")], [line("Swelling", panel="pe")])
    assert changes[0].english_changed


def test_another_order():
    """The order of messages is part of what people sign."""
    assert is_reordered([line("a"), line("b")], [line("b"), line("a")])
    assert not is_reordered([line("a"), line("b")], [line("a"), line("c")])
