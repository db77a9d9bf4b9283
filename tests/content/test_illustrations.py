"""Illustrations: an SVG whose labels are messages."""

from dataclasses import replace

import pytest

from pressroom.content import Document
from pressroom.content.illustrations import read_illustration, with_labels
from pressroom.content.parse import parse_document
from pressroom.content.svg import read_svg
from tests.conftest import HEAD

ROOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 200"'
LABEL = '<text x="104" y="50" data-names="20 60" data-note="The lid.">lid of the jar</text>'


def svg(*labels: str, root: str = f'{ROOT} data-focus="150">') -> bytes:
    """An illustration, its first label on line 2."""
    return "\n".join((root, *labels, "</svg>")).encode()


def document(*pictures: str) -> Document:
    """A document with these pictures in a panel."""
    read, problems = parse_document(HEAD + "<!-- panel: act -->\n\n" + "\n\n".join(pictures) + "\n", "source/a.md")
    assert read is not None, problems
    return read


def test_an_svg_without_a_focus_is_no_illustration() -> None:
    """Only a drawing that says its focus has labels."""
    assert read_illustration(svg(LABEL, root=f"{ROOT}>")) is None
    assert read_illustration(b"no SVG, data-focus or not") is None


def test_labels_are_read_from_the_top_down() -> None:
    """A label has its words, its height, its points and its line; labels come in the order of their heights."""
    found = read_illustration(svg('<text y="90" data-names="1 2; 3 4">b &amp;\n  c</text>', LABEL))
    assert found is not None
    assert not found.faults
    assert (found.width, found.foot, found.focus, found.has_side) == (100, 200, 150, False)
    first, second = found.labels
    assert (first.words, first.y, first.points, first.line, first.note) == (
        "lid of the jar", 50, ((20, 60),), 4, "The lid."
    )  # fmt: skip
    assert (second.words, second.points, second.line) == ("b & c", ((1, 2), (3, 4)), 2)


@pytest.mark.parametrize(
    ("label", "wrong"),
    [
        ('<text y="1">lid</text>', "the label 'lid' names no point"),
        ('<text y="1" data-names="20">lid</text>', "the label 'lid' names no point"),
        ('<text y="1" data-names="20 60"> </text>', "a label has no words"),
        ('<text y="1" data-names="120 60">lid</text>', "names 120 60, which is outside of the viewBox"),
    ],
)
def test_a_wrong_label_is_reported_at_its_line(label: str, wrong: str) -> None:
    """A label without words, or whose point is not in the drawing, is an error at the SVG's line."""
    data = svg(LABEL, label)
    _, problems = with_labels(document("![A jar](jar.svg)"), {"source/jar.svg": data}.get)
    assert [(p.code, p.span.path, p.span.line) for p in problems] == [("illustration", "source/jar.svg", 3)]
    assert wrong in problems[0].message


@pytest.mark.parametrize(
    ("root", "wrong"),
    [
        (f'{ROOT} data-focus="250">', "'250' is no height inside"),
        (f'{ROOT} data-focus="middle">', "'middle' is no height inside"),
        (f'{ROOT} data-focus="150" data-side="left">', "'left' says nothing"),
        (f'{ROOT} data-focus="150" data-words-from="300">', "'300' is no height inside"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" data-focus="0.5">', "has no viewBox"),
    ],
)
def test_a_wrong_first_element_is_reported(root: str, wrong: str) -> None:
    """What the first element says wrongly is an error at its line."""
    _, problems = with_labels(document("![A jar](jar.svg)"), {"source/jar.svg": svg(root=root)}.get)
    assert problems[0].span.line == 1
    assert wrong in problems[0].message


def test_nine_labels_are_too_many() -> None:
    """The ninth label is refused at its line."""
    found = read_illustration(svg(*(f'<text y="{y}" data-names="1 {y}">{y}</text>' for y in range(9))))
    assert found is not None
    assert [(line, message) for line, message, _ in found.faults] == [
        (10, "an illustration has 9 labels; the most are 8")
    ]


def test_labels_are_messages_of_their_document() -> None:
    """A label comes after its picture's caption, is pending with it, has a note, and is at the SVG's line."""
    source = document('<!-- pending: clinician -->\n![A jar](jar.svg "Jar"){window}')
    labelled, problems = with_labels(source, {"source/jar.svg": svg(LABEL)}.get)
    assert not problems
    *_, caption, label = labelled.messages
    assert (caption.msgid, label.msgid) == ("Jar", "lid of the jar")
    assert (label.role, label.panel, label.pending) == ("label in an illustration", "act", "clinician")
    assert (label.span.path, label.span.line) == ("source/jar.svg", 2)
    assert label.notes[0] == "The lid."


def test_a_document_without_illustrations_is_left_as_it_is() -> None:
    """An ordinary drawing, and one that is missing, add nothing."""
    source = document("![A jar](jar.svg)", "![A lid](lid.svg)", "![A photograph](photo.png)")
    assert with_labels(source, {"source/jar.svg": svg(root=f"{ROOT}>")}.get) == (source, [])


def test_windows_of_a_document_have_their_focus_on_one_line() -> None:
    """A window whose focus is higher above its foot than that of the first is refused."""
    lower = svg(root=f'{ROOT} data-focus="140">')
    read = {"source/a.svg": svg(), "source/b.svg": lower}.get
    _, problems = with_labels(document('![A](a.svg "A"){window}', '![B](b.svg "B"){window}'), read)
    assert [(p.code, p.span.path, p.message) for p in problems] == [
        ("illustration", "source/b.svg", "its focus is 60 above its foot, and that of source/a.svg is 50")
    ]
    assert not with_labels(document("![A](a.svg)", "![B](b.svg)"), read)[1]


def test_an_illustration_is_as_safe_as_any_drawing() -> None:
    """What an SVG may not do, an illustration may not."""
    assert not read_svg(svg(LABEL)).fault
    assert read_svg(svg("<script>1</script>")).fault


def test_a_label_is_checked_like_any_text() -> None:
    """Markup that is not printed is an error at the label's line."""
    data = svg('<text y="1" data-names="1 1">a `b`</text>')
    _, problems = with_labels(document("![A jar](jar.svg)"), {"source/jar.svg": data}.get)
    assert {(p.span.path, p.span.line) for p in problems} == {("source/jar.svg", 2)}


def test_both_of_two_equal_pictures_have_labels() -> None:
    """A picture that a document shows twice has its labels twice: a layout prints each in its place."""
    labelled, _ = with_labels(document("![A](a.svg)", "![A](a.svg)"), {"source/a.svg": svg(LABEL)}.get)
    assert [m.msgid for m in labelled.messages].count("lid of the jar") == 2
    assert replace(labelled, panels=()).messages == labelled.messages[:1]
