from __future__ import annotations

import pytest

from pressroom.content.dialects import foreign_marks
from pressroom.content.parse import parse_document

HEAD = '---\nnumber: A-1\ntitle: T\nproducts: [card]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 to $10, or $20-$30, or US$5/$10.",
        "A ratio of 5:1 at 10:30: fine. Note: this: that.",
        "About ~5 mg or ~6 mg, ~5–~10, ~5/~6.",
        "2 + 2 = 4; a = b; C++ and grades A+ and B++ are fine",
        "He said [sic] that [our map](https://a.example/~user/a^b==c==?x=$1&y=2) is right.",
        "Fish & chips; R&D; AT&T; Q&A; B&B; you & me; A&E.",
        "5 < 6 and 7 > 2, and I <3 you",
        "Call {phone} or {emergency} *now* or **soon**, or see [us]{1}.",
        "We are #1 in care. 100 % of 50%. 50/50.",
        "Blood types are A-, B+ and O-; see [a_b~c](https://www.a.example/a_b~c) or [a@c.example](mailto:a@c.example).",
        "Read [our page at www.a.example/b](https://www.a.example/b) @ home. Wait ... then call.",
        "Take 2 ** 3, or **two** and **three** pills; [words] (and more).",
        "It is bad – really bad – or well-known, half-and-half.",
        "Sections\n7. Then go on, as\n(2) says, and\n– perhaps – more.",
        "2. This is the 2nd.",
        "Say “:)” or :( or 12:30:45.",
        "1.5 mL, 2.x, 10.A.",
    ],
)
def test_no_false_alarm(text: str) -> None:
    """Prices, ranges, about-signs, addresses and other ordinary signs are no marks."""
    assert [(mark.what, mark.text) for mark in foreign_marks(text)] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("• Rest\n• Walk", "a typed bullet"),
        ("· Rest", "a typed bullet"),
        ("☐ Rest\n☐ Walk", "a typed box to tick"),
        ("□ Rest", "a typed box to tick"),
        ("My name: ______", "a typed line to write on"),
        ("My name: ..........", "a typed line to write on"),
        ("See https://a.example/page now", "an address that no reader can press"),
        ("See www.a.example today", "an address that no reader can press"),
        ("Write to nurses@a.example.", "an address that no reader can press"),
        ("– Rest", "a typed dash at the beginning of a line"),
        ("Bring:\n– a card\n– a list", "a typed dash at the beginning of a line"),
        ("a) Rest", "a typed number or letter"),
        ("(1) Rest", "a typed number or letter"),
        ("Do this:\n2. Rest\n3. Walk", "a step inside a paragraph"),
        ("Well done :smile:", "the name of a small picture"),
        ("Rest--then walk", "a dash typed as hyphens"),
        ("Rest -- then walk", "a dash typed as hyphens"),
    ],
)
def test_typed(text: str, what: str) -> None:
    """What prints as it is and is rarely meant so is a warning, once for a list of them."""
    (mark,) = foreign_marks(text)
    assert (mark.code, mark.what) == ("markup-typed", what)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Take ** one ** pill", "bold with a space inside its marks"),
        ("Take **one ** pill", "bold with a space inside its marks"),
        ("[our map] (https://a.example)", "a link with a space in it"),
        ("[] Rest", "a box to tick without its spaces"),
        ("-[ ] Rest", "a box to tick without its spaces"),
        ("[TOC]", "a table of contents"),
        ("10^-3 mol", "a raised sign"),
    ],
)
def test_slips(text: str, what: str) -> None:
    """A mark with a space too many or too few is found before it is printed."""
    (mark,) = foreign_marks(text)
    assert (mark.code, mark.what) == ("markup-dialect", what)


def test_typed_number_of_a_heading() -> None:
    """A heading with a typed number is one thing, a text that begins with a number another."""
    body = "<!-- panel: act -->\n\n# 1. Rest\n\n## 2 weeks later\n\nWalk.\n"
    document, problems = parse_document(HEAD + body, "a.md")
    assert document is not None
    assert [(problem.code, problem.span.line - HEAD.count("\n")) for problem in problems] == [("markup-typed", 3)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tome ~~3~~ 2 comprimidos[^1].", ["~~3~~", "[^1]"]),
        ("==Ruhen== Sie", ["==Ruhen=="]),
        ("お水 H~2~O", ["~2~"]),
        ("• Repose", []),
        ("— Bonjour : dit-il", []),
        ("Llame {phone} o [aquí]{1}", []),
    ],
)
def test_translation(text: str, found: list[str]) -> None:
    """In a translation, what a translator could type as markup is found; dashes and bullets have their own rule."""
    assert [mark.text for mark in foreign_marks(text, translation=True)] == found
