"""The lines of a paragraph, from widths alone: each letter is one wide, and a space too."""

from __future__ import annotations

from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.language import WeakWords, weak_words
from pressroom.typesetting import Kind, LineBreak, Paragraph, best_lines, fewest_lines, has_fault
from pressroom.typesetting.costs import LADDER, SEEN, TOO_WIDE, last_line_cost, line_cost, raggedness
from pressroom.typesetting.ways import Ways, slacks_of
from pressroom.typesetting.words import PARTED_WORD, count_words, penalties

TEXT = "an epidural blood patch is a procedure that uses the blood of a patient to close one or more holes"


def _paragraph(text: str, kind: Kind = "text", weak: WeakWords | None = None) -> Paragraph:
    places = [at + 1 for at, sign in enumerate(text) if sign == " "]
    costs = penalties(text, places, weak or WeakWords(), [False] * len(text), names=True)
    words = count_words(text, [*places, len(text)])
    breaks = [
        LineBreak(at, at - 1.0, float(at), penalty=cost, words=count)
        for at, cost, count in zip(places, costs, words, strict=False)
    ]
    return Paragraph((*breaks, LineBreak(len(text), float(len(text)), float(len(text)), words=words[-1])), kind)


def _set(text: str, measure: float, kind: Kind = "text", weak: WeakWords | None = None) -> list[str]:
    paragraph = _paragraph(text, kind, weak)
    ends = best_lines(paragraph, measure, fewest_lines(paragraph, measure))
    offsets = [0, *(paragraph.breaks[end].at for end in ends)]
    return [text[start:end].rstrip() for start, end in pairwise(offsets)]


def _first_fit(text: str, measure: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > measure and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@pytest.mark.parametrize("measure", range(10, 60))
def test_as_many_lines_as_first_fit(measure: int) -> None:
    """A paragraph has the fewest lines it can have, nothing is lost, and no line is too wide."""
    lines = _set(TEXT, measure)
    assert len(lines) == len(_first_fit(TEXT, measure)) == fewest_lines(_paragraph(TEXT), measure)
    assert " ".join(lines) == TEXT
    assert max(map(len, lines)) <= measure


@given(st.lists(st.text("abcdef", min_size=1, max_size=12), min_size=1, max_size=20), st.integers(5, 40))
def test_any_words(words: list[str], measure: int) -> None:
    """Whatever the words: all of them, in order, and a line is too wide only if it is one word."""
    text = " ".join(words)
    lines = _set(text, measure)
    assert " ".join(lines) == text
    assert [line for line in lines if len(line) > measure and " " in line] == []


def test_the_best_of_all() -> None:
    """No other way to break a paragraph into so many lines has lines that are more alike and as good a last one."""
    text, measure = "aa bbb cc dddd ee fff ggg hh iiii jj kkk", 13
    mine = _set(text, measure)
    others = []
    words = text.split()
    for cuts in product([0, 1], repeat=len(words) - 1):
        joined = "".join(word + ("\n" if cut else " ") for word, cut in zip(words, [*cuts, 0], strict=True)).split("\n")
        lines = [line.strip() for line in joined]
        if len(lines) == len(mine) and max(map(len, lines)) <= measure and len(lines[-1]) >= len(mine[-1]):
            others.append(sum((measure - len(line)) ** 2 for line in lines[:-1]))
    assert sum((measure - len(line)) ** 2 for line in mine[:-1]) == min(others)


@given(st.lists(st.text("abcdef", min_size=1, max_size=9), min_size=4, max_size=9), st.integers(9, 24))
def test_the_cheapest_of_all(words: list[str], measure: int) -> None:
    """Of all ways to break a paragraph into so many lines, none costs less than the one that is found."""
    paragraph = _paragraph(" ".join(words))
    lines = fewest_lines(paragraph, measure)
    if lines < 2:
        return
    for even in (0.0, 0.1, 0.2):
        found = Ways(paragraph, measure, lines).cheapest(even)
        others = combinations(range(len(words) - 1), lines - 1)
        costs = (_cost(paragraph, measure, (*way, len(words) - 1), even) for way in others)
        assert _cost(paragraph, measure, found, even) == pytest.approx(min(costs))


def _cost(paragraph: Paragraph, measure: int, way: tuple[int, ...], even: float) -> float:
    *inside, last = slacks_of(paragraph, measure, way)
    words = paragraph.breaks[-1].words - (paragraph.breaks[way[-2]].words if len(way) > 1 else 0)
    cost = last_line_cost(1 - last, words, "text") + (TOO_WIDE * -last if last < 0 else 0)
    for slack in inside:
        own = line_cost(slack, "text", len(way)) if slack >= 0 else TOO_WIDE * -slack
        cost += own + raggedness("text", len(way)) * (slack - even) ** 2
    return cost


def test_a_last_line_is_not_one_word() -> None:
    """The word before comes down to a word that would be alone on the last line."""
    assert _first_fit("the body slowly absorbs the blood", 27)[-1] == "blood"
    assert _set("the body slowly absorbs the blood", 27) == ["the body slowly absorbs", "the blood"]


def test_no_line_is_broken_off_for_the_last_word() -> None:
    """The first of two lines may be a little short for the sake of the last one; it is never half empty."""
    assert _set("one two three internal end", 23) == ["one two three", "internal end"]
    assert _set("one two internationalise end", 26) == ["one two internationalise", "end"]


def test_a_heading_is_balanced() -> None:
    """The lines of a heading are about as long as each other; those of a text are filled."""
    text = "what to do when you feel a pain in the leg"
    assert list(map(len, _set(text, 27))) == [26, 15]
    assert _set(text, 27, "heading") == ["what to do when you", "feel a pain in the leg"]


def test_too_few_lines() -> None:
    """Nothing is found for fewer lines than the text needs; more than it needs are filled."""
    paragraph = _paragraph(TEXT)
    needed = fewest_lines(paragraph, 30)
    assert best_lines(paragraph, 30, needed - 1) == ()
    assert len(best_lines(paragraph, 30, needed + 1)) == needed + 1


def test_lines_at_any_size() -> None:
    """Half the measure is what type of twice the size has: the lines are the same."""
    small, large = _paragraph(TEXT), _paragraph(TEXT)
    doubled = Paragraph(tuple(LineBreak(b.at, b.end * 2, b.start * 2, 0.0, b.penalty, b.words) for b in large.breaks))
    assert best_lines(small, 30, fewest_lines(small, 30)) == best_lines(doubled, 60, fewest_lines(doubled, 60))


def _with_hyphen(long: float) -> Paragraph:
    """Words of 8 and `long` letters, and two at the end; a hyphen may part the second one after its second letter."""
    end = 9 + long
    return Paragraph(
        (
            LineBreak(9, 8.0, 9.0, words=1),
            LineBreak(11, 11.0, 11.0, hyphen=1.0, penalty=PARTED_WORD, words=1),
            LineBreak(18, end, end + 1, words=2),
            LineBreak(22, end + 5, end + 5, words=4),
        )
    )


def test_a_hyphen_prevents_a_hole_alone() -> None:
    """A word is parted where a line would leave a hole or the paragraph needs a line more, never for an even edge."""
    assert best_lines(_with_hyphen(12), 13, 3) == (1, 2, 3)
    assert best_lines(_with_hyphen(11), 11.3, 3) == (0, 2, 3)
    assert best_lines(_with_hyphen(12), 15, 2) == (1, 3)


def test_what_faults_cost() -> None:
    """A word that is parted is better than a hole; one word alone is worse than either, and better than both."""
    alone = last_line_cost(0.4, 1, "text")
    assert PARTED_WORD < SEEN < alone < PARTED_WORD + SEEN


def test_two_hyphens_one_after_the_other_cost_more() -> None:
    """Of two ways with as many hyphens, the one is found whose lines with a hyphen are not neighbours."""
    lines = [LineBreak(at, at - 1.0, float(at), words=at) for at in (10, 20, 30, 40)]
    parted = [LineBreak(at, float(at - 1), float(at), hyphen=0.5, penalty=PARTED_WORD, words=at) for at in (11, 21)]
    way = Ways(Paragraph(tuple(sorted((*lines, *parted), key=lambda one: one.at))), 11, 4)
    assert way.cost_of((1, 3, 4, 5)) - way.cost_of((1, 2, 4, 5)) > LADDER


@pytest.mark.parametrize(
    ("lines", "kind", "fault"),
    [
        ((0, 2, 3), "text", True),
        ((1, 2, 3), "text", False),
        ((1, 3), "text", False),
        ((0, 2, 3), "heading", False),
        ((), "heading", True),
    ],
)
def test_faults(lines: tuple[int, ...], kind: Kind, fault: bool) -> None:
    """A hole, a lone last word and no way at all are faults; a heading may have short lines."""
    paragraph = _with_hyphen(12)
    assert has_fault(Paragraph(paragraph.breaks, kind), 13 if len(lines) == 3 else 15, lines) is fault


@pytest.mark.parametrize(
    ("tag", "text", "at", "weak"),
    [
        ("en", "close to the hole", 13, True),
        ("en", "close to the hole", 6, False),
        ("es", "en la sangre", 6, True),
        ("de", "mit dem Blut", 8, True),
        ("ru", "на стороне", 3, True),
        ("hi", "रक्त की मात्रा", 5, True),
        ("ur", "خون کی مقدار", 4, True),
        ("en", "after 4 weeks", 8, True),
        ("en", "Dr John Smith", 8, True),
        ("en", "the “spinal headache” goes", 12, True),
        ("zh-Hans", "血液 凝固", 3, False),
        ("zh-Hans", "硬膜外血贴是怎\u2060么做的", 6, True),
        ("zh-Hans", "硬膜外血贴是怎\u2060么做的", 5, False),
        ("zh-Hans", "任一地点的初次咨询", 4, True),
        ("zh-Hant", "血貼如\u2060何進行", 5, True),
        ("th", "ฉีดเลือดเพื่อปิดรูรั่ว", 13, True),
        ("th", "ฉีดเลือดเพื่อปิดรูรั่ว", 8, False),
        ("ru", "возникших из-за пункции", 13, True),
        ("de", "Gehirn-Flüssigkeit", 7, True),
        ("en", "between 5 - 6", 11, False),
    ],
)
def test_what_a_line_had_better_not_end_with(tag: str, text: str, at: int, weak: bool) -> None:
    """Articles, prepositions, numbers, first names, parts of compounds and what is quoted hold on to what follows."""
    (cost,) = penalties(text, [at], weak_words(tag), [False] * len(text), names=True)
    assert (cost > 0) is weak


def test_a_bold_phrase_holds_together() -> None:
    """A line had better not end within bold type."""
    bold = [False] * 4 + [True] * 9
    assert penalties("call the number", [9], WeakWords(), [*bold, False, False], names=True) == [0.02]


@pytest.mark.parametrize(
    ("text", "places", "last"),
    [("one two", [4, 7], 1), ("出血很多", [2, 4], 0.68), ("血液がかたまる", [3, 7], 0.8), ("เลือด แข็ง", [6, 10], 1)],
)
def test_words_are_counted(text: str, places: list[int], last: float) -> None:
    """A sign of a script that is broken within words is a part of a word."""
    counts = count_words(text, places)
    assert counts[-1] - counts[-2] == pytest.approx(last)
