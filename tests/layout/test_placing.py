"""Every panel gets its place, and what is missing, surplus, mistyped or wrong is reported at the author's line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.content import Document
from pressroom.content.parse import parse_document
from pressroom.layout import place_panels, printed_frames, read_layout
from pressroom.project import Files

ROOT = Path(__file__).parents[2]
HEAD = '---\nnumber: A\ntitle: T\nproducts: [x]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'
SIGNS = "# Signs\n\n- One\n- Two"
MORE = "## More\n\nIts name\n\n- Three"
WHY = "Act fast."
ACT = "Call {emergency}"
CARDS = ["wallet-card", "metric-card", "business-card", "folded-card", "bilingual-card", "bilingual-tall-card"]
BROCHURES = ["trifold", "z-fold", "half-fold", "flyer", "large-print", "bilingual-half-fold", "bilingual-flyer"]
ONE_EACH = ["cover", "facts", "contact", "one", "two", "three"]


def _document(*panels: tuple[str, str]) -> Document:
    body = "".join(f"\n<!-- panel: {name} -->\n\n{text}\n" for name, text in panels)
    document, problems = parse_document(HEAD + body, "source/a.md")
    assert document is not None, problems
    return document


def _brochure(*names: str) -> Document:
    return _document(*((name, f"## {name}") for name in names))


def _line_of(document: Document, panel: str) -> int:
    return next(one.span.line for one in document.panels if one.name == panel)


def _found(document: Document, layout: str) -> list[tuple[str, int, str, str]]:
    _, problems = place_panels(document, read_layout(Files(ROOT), layout))
    return [(p.code, p.span.line, p.message, p.hint) for p in problems]


@pytest.mark.parametrize("layout", CARDS)
@pytest.mark.parametrize(
    "panels",
    [
        [("signs", SIGNS), ("turn-over", WHY), ("more-signs", MORE), ("act", ACT)],
        [("dvt", SIGNS), ("pe", MORE), ("turn-over", WHY), ("act", ACT)],
        [("act", ACT), ("bleeding", SIGNS), ("more-signs", MORE)],
        [("signs", SIGNS), ("fall", MORE), ("act", ACT)],
        [("signs", SIGNS), ("act", ACT)],
    ],
)
def test_a_card_of_any_warning(layout: str, panels: list[tuple[str, str]]) -> None:
    """Signs have any name and are taken in order; what tells and what to do is found wherever it is written."""
    document = _document(*panels)
    assert _found(document, layout) == []
    placed, _ = place_panels(document, read_layout(Files(ROOT), layout))
    lists = [name for name, _ in panels if name not in ("turn-over", "act")]
    assert [placed[name][0].name for name in ("signs", "more-signs")] == [lists[0], lists[-1]]


def test_one_list_of_signs() -> None:
    """A folded card of one list has whom to call in place of the second list, and the document's title on its cover."""
    layout = read_layout(Files(ROOT), "folded-card")
    one, two = (
        {
            frame.name
            for frame in printed_frames(
                layout, place_panels(_document(("signs", SIGNS), *more, ("act", ACT)), layout)[0]
            )
        }
        for more in ((), (("more-signs", MORE),))
    )
    assert two - one == {"cover-signs", "more-signs-list"}
    assert one - two == {"cover-title", "right-call"}


@pytest.mark.parametrize("layout", CARDS)
def test_missing_from_a_card(layout: str) -> None:
    """The finding is at the panel after which the missing one is written, and says what to write."""
    document = _document(("signs", SIGNS), ("turn-over", WHY))
    ((code, line, message, hint),) = _found(document, layout)
    assert (code, line) == ("panel-missing", _line_of(document, "turn-over"))
    assert message == f"there is no panel 'act', which {layout} requires"
    assert hint == "write <!-- panel: act --> after the panel 'turn-over', and below it one or more paragraphs"
    document = _document(("act", ACT))
    ((code, line, message, hint),) = _found(document, layout)
    assert (code, line) == ("panel-missing", _line_of(document, "act"))
    assert "'signs'" in message
    assert hint.startswith("write <!-- panel: signs --> above the panel 'act', and below it a heading")


@pytest.mark.parametrize(
    ("written", "meant", "panels"),
    [
        ("acts", "act", [("signs", SIGNS), ("acts", ACT)]),
        ("atc", "act", [("signs", SIGNS), ("more-signs", MORE), ("atc", ACT)]),
        ("turnover", "turn-over", [("signs", SIGNS), ("turnover", WHY), ("act", ACT)]),
        ("trun-over", "turn-over", [("signs", SIGNS), ("trun-over", WHY), ("more-signs", MORE), ("act", ACT)]),
    ],
)
def test_mistyped_on_a_card(written: str, meant: str, panels: list[tuple[str, str]]) -> None:
    """A name that is nearly a part's is one finding at its line, with the name to write."""
    document = _document(*panels)
    ((code, line, message, hint),) = _found(document, "wallet-card")
    assert (code, line) == ("panel-unplaced", _line_of(document, written))
    assert message == f"wallet-card has no place for the panel {written!r}, and there is no {meant!r}"
    assert hint == f"is it meant? then write <!-- panel: {meant} -->"


def test_surplus_on_a_card() -> None:
    """A third list has no place; the finding names the places that there are."""
    document = _document(("a", SIGNS), ("b", MORE), ("c", MORE), ("act", ACT))
    ((code, line, _, hint),) = _found(document, "wallet-card")
    assert (code, line) == ("panel-unplaced", _line_of(document, "c"))
    assert "signs, turn-over, call-us, more-signs, act" in hint


def test_other_order_on_a_card() -> None:
    """The web page shows panels as they are written, so the card's second list may not be written first."""
    document = _document(("more-signs", MORE), ("signs", SIGNS), ("act", ACT))
    ((code, line, message, hint),) = _found(document, "wallet-card")
    assert (code, line) == ("panel-order", _line_of(document, "more-signs"))
    assert message == "the panel 'more-signs' comes before 'signs', and wallet-card prints it after that"
    assert hint == f"move it below the panel 'signs' of line {_line_of(document, 'signs')}, or rename both"


@pytest.mark.parametrize(
    ("name", "text", "offset", "wrong"),
    [
        ("signs", "- One", 2, "lacks a heading (## …) before this list"),
        ("signs", "# Signs", 0, "lacks a list (- …)"),
        ("signs", "# Signs\n\nIts name", 0, "lacks a list (- …)"),
        ("signs", "# Signs\n\nIts name\n\nMore words\n\n- One", 6, "lacks a list (- …) before this paragraph"),
        ("signs", "# Signs\n\n- One\n\nMore words", 6, "has one paragraph too many"),
        ("signs", "# Signs\n\n> Said\n\n- One", 4, "lacks a list (- …) before this quotation"),
        ("act", "- Call {emergency}", 2, "lacks a paragraph before this list"),
        ("act", "Call\n\n![A phone](phone.png)", 4, "has one picture too many"),
        ("turn-over", "## Why", 2, "lacks a paragraph before this heading"),
    ],
)
def test_other_blocks_on_a_card(name: str, text: str, offset: int, wrong: str) -> None:
    """A panel of other blocks is a finding at the block, never a template's exception."""
    panels = {"signs": SIGNS, "turn-over": WHY, "act": ACT} | {name: text}
    document = _document(*panels.items())
    ((code, line, message, hint),) = _found(document, "wallet-card")
    assert (code, line) == ("panel-content", _line_of(document, name) + offset)
    assert message == f"the panel {name!r} {wrong}, where wallet-card prints {name!r}"
    assert hint.startswith("write ")


@pytest.mark.parametrize("layout", BROCHURES)
def test_missing_from_a_brochure(layout: str) -> None:
    """Each part by name is missed at the line where it belongs, with what to write."""
    assert _found(_brochure(*ONE_EACH), layout) == []
    document = _brochure(*ONE_EACH[1:])
    ((code, line, message, hint),) = _found(document, layout)
    assert (code, line) == ("panel-missing", _line_of(document, "facts"))
    assert message == f"there is no panel 'cover', which {layout} requires"
    assert hint == "write <!-- panel: cover --> above the panel 'facts', and below it its text"


@pytest.mark.parametrize("layout", ["trifold", "z-fold"])
def test_too_few_for_a_brochure(layout: str) -> None:
    """Panels of any name that are missing are counted in one finding."""
    document = _brochure("cover", "contact", "one", "two")
    ((code, line, message, hint),) = _found(document, layout)
    assert (code, line) == ("panel-missing", _line_of(document, "two"))
    assert message == f"{layout} requires 2 more of the panels that may have any name"
    assert "<!-- panel: three -->" in hint


@pytest.mark.parametrize("layout", BROCHURES)
@pytest.mark.parametrize("written", ["covr", "Cover", "covers"])
def test_mistyped_in_a_brochure(layout: str, written: str) -> None:
    """The nearest name is asked for at the line."""
    if written == "Cover":
        _, problems = parse_document(HEAD + "\n<!-- panel: Cover -->\n\n# A\n", "source/a.md")
        assert problems[0].span.line == 10
        assert "<!-- panel: cover -->" in problems[0].hint
        return
    document = _brochure(written, *ONE_EACH[1:])
    ((code, line, _, hint),) = _found(document, layout)
    assert (code, line) == ("panel-unplaced", _line_of(document, written))
    assert hint == "is it meant? then write <!-- panel: cover -->"


@pytest.mark.parametrize("layout", ["trifold", "z-fold"])
def test_surplus_in_a_brochure(layout: str) -> None:
    """A panel too many has no place beside windows, at its line; text alone is shared out."""
    assert _found(_brochure(*ONE_EACH, "four"), layout) == []
    window = '## W\n\n![A window](a.svg "A"){window}'
    texts = ((name, window if name == "two" else f"## {name}") for name in (*ONE_EACH, "four"))
    document = _document(*texts)
    ((code, line, _, _),) = _found(document, layout)
    assert (code, line) == ("panel-unplaced", _line_of(document, "four"))


def test_twice_and_empty() -> None:
    """A second panel of a name says which name it may have; an empty one is at its line."""
    for name, other in (("signs", "more-signs"), ("one", "one-more")):
        text = HEAD + f"\n<!-- panel: {name} -->\n\n# A\n\n<!-- panel: {name} -->\n\n## B\n"
        document, (problem,) = parse_document(text, "source/a.md")
        assert document is None
        assert problem.span.line == 14
        assert problem.hint == f"it began at line 10; write <!-- panel: {other} --> here"
    _, (problem,) = parse_document(HEAD + "\n<!-- panel: act -->\n", "source/a.md")
    assert (problem.code, problem.span.line) == ("panel-name", 10)
