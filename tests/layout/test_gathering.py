"""A layout may have the windows and short boxes of all panels in one place, each once and in the document's order."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.content import Document, Panel, messages_of
from pressroom.content.parse import parse_document
from pressroom.layout import LayoutError, place_panels, printed_frames, read_layout, unprinted
from pressroom.project import Files

ROOT = Path(__file__).parents[2]
HEAD = '---\nnumber: A\ntitle: T\nproducts: [x]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'
COVER = "# T\n\n![A leg](leg.svg)"
SECTION = '## {0}\n\nWhat {0} is.\n\n![The {0}](a.svg "The {0}"){{window}}'
ACT = "## {0}\n\nWords.\n\n> [!IMPORTANT]\n> Call us.\n\n> [!WARNING]\n> Call {{emergency}}\n"
FLYERS = ["flyer", "flyer-a4", "flyer-two-sides", "bilingual-flyer", "bilingual-flyer-two-sides"]


def _document(**panels: str) -> Document:
    body = "".join(f"\n<!-- panel: {name} -->\n\n{text}\n" for name, text in panels.items())
    document, problems = parse_document(HEAD + body, "source/a.md")
    assert document is not None, problems
    return document


def _placed(document: Document, layout: str = "flyer") -> dict[str, tuple[Panel, ...]]:
    placed, problems = place_panels(document, read_layout(Files(ROOT), layout))
    assert problems == []
    return placed


def _kinds(panels: tuple[Panel, ...]) -> list[tuple[str, list[str]]]:
    return [(panel.name, [block.kind for block in panel.blocks]) for panel in panels]


@pytest.mark.parametrize("layout", FLYERS)
def test_each_message_once(layout: str) -> None:
    """Windows and boxes are taken out of their panels, in order; all but the cover's picture is placed once."""
    document = _document(
        cover=COVER, a=SECTION.format("a"), b=SECTION.format("b"), act=ACT.format("act"), contact="## C"
    )
    placed = _placed(document, layout)
    assert _kinds(placed["windows"]) == [("a", ["image"]), ("b", ["image"])]
    assert _kinds(placed["boxes"]) == [("act", ["notice", "notice"])]
    kinds = [block.kind for panel in placed["text"] + placed.get("more", ()) for block in panel.blocks]
    assert kinds == ["heading", "paragraph"] * 3
    texts = [m.msgid for panels in placed.values() for panel in panels for m in messages_of(panel.blocks)]
    bare = unprinted(document, read_layout(Files(ROOT), layout))
    assert [message.msgid for message in bare] == ["A leg"]
    assert sorted(texts) == sorted(m.msgid for m in document.messages if m.panel and m not in bare)


def test_three_windows_in_a_row() -> None:
    """What a row has no place for stays with its text."""
    document = _document(cover="# T", **{name: SECTION.format(name) for name in "abcd"})
    placed = _placed(document)
    assert [panel.name for panel in placed["windows"]] == ["a", "b", "c"]
    assert _kinds(placed["text"])[-1] == ("d", ["heading", "paragraph", "image"])


def test_a_panel_of_a_window_alone() -> None:
    """A panel that is a window has no empty section."""
    placed = _placed(_document(cover="# T", a=SECTION.format("a"), b='![B](b.svg "B"){window}'))
    assert [panel.name for panel in placed["windows"]] == ["a", "b"]
    assert [panel.name for panel in placed["text"]] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "## B\n\n> [!WARNING]\n> Call.\n\nWords.",
        "> [!WARNING]\n> Call.",
        "## B\n\nWords.\n\n> [!NOTE]\n> Good to know.",
        f"## B\n\nWords.\n\n> [!WARNING]\n> {'Much to say. ' * 12}",
        f"## B\n\nWords.\n\n> [!IMPORTANT]\n> {'Much to say. ' * 12}\n\n> [!WARNING]\n> Call.",
    ],
)
def test_boxes_that_stay(text: str) -> None:
    """A box in the middle of a text, alone, only informing, or beside a long one stays where its author put it."""
    placed = _placed(_document(cover="# T", b=text))
    assert "boxes" not in placed
    assert any(block.kind == "notice" for block in placed["text"][0].blocks)


def test_a_box_below_no_heading() -> None:
    """At the foot a box is one level below sections, however deep it was in its panel."""
    document = _document(cover="# T", a="## A\n\n### B\n\n#### C\n\nWords.\n\n> [!WARNING]\n> Call {emergency}\n")
    assert document.panels[1].blocks[-1].level > 3
    assert [block.level for block in _placed(document)["boxes"][0].blocks] == [3]


def test_a_cover_picture_with_words() -> None:
    """A cover's picture that has a name is printed on a flyer too: its words would be lost."""
    document = _document(cover='# T\n\n![A leg](leg.svg "A leg")', a="## A\n\nWords.")
    assert unprinted(document, read_layout(Files(ROOT), "flyer")) == frozenset()
    assert _kinds(_placed(document)["cover"]) == [("cover", ["heading", "image"])]


@pytest.mark.parametrize("layout", FLYERS)
@pytest.mark.parametrize(("windows", "boxes"), [(False, False), (True, False), (False, True), (True, True)])
def test_text_is_printed_once(layout: str, windows: bool, boxes: bool) -> None:
    """With or without windows and boxes, each passage has one frame in each language."""
    panels = {"cover": "# T", "a": SECTION.format("a") if windows else "## A\n\nWords.", "b": ACT.format("b")}
    document = _document(**panels | ({} if boxes else {"b": "## B\n\nWords."}), contact="## C")
    read = read_layout(Files(ROOT), layout)
    frames = [
        frame for frame in printed_frames(read, _placed(document, layout)) if frame.role in ("text", "more", "places")
    ]
    languages = 2 if read.bilingual else 1
    assert len(frames) == languages * (3 if "two-sides" in layout else 2)
    assert len({(frame.passage, frame.language) for frame in frames}) == len(frames)
    pairs = [(a.box, b.box) for a in frames for b in frames if a is not b and a.page == b.page]
    assert all(a.top + a.height <= b.top or b.top + b.height <= a.top for a, b in pairs)


def test_a_layout_says_what_it_gathers(tmp_path: Path) -> None:
    """What no panel has is refused, at the key's line."""
    folder = tmp_path / "layouts" / "own"
    folder.mkdir(parents=True)
    text = (ROOT / "layouts" / "flyer" / "layout.toml").read_text(encoding="utf-8")
    (folder / "layout.toml").write_text(text.replace('gathers = "windows"', 'gathers = "tables"'), encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        read_layout(Files(tmp_path), "own")
    assert "gathers what no panel has: 'tables'" in refused.value.problems[0].message


@pytest.mark.parametrize("layout", ["half-fold", "half-fold-a4"])
@pytest.mark.parametrize("names", ["a", "ab", "abc", "abcd"])
def test_two_windows_of_a_page_are_beside_each_other(layout: str, names: str) -> None:
    """A row has just two windows and is below the page's text, and one window stays in it; each is printed once."""
    sections = {name: SECTION.format(name) for name in names}
    placed = _placed(_document(cover="# T", **sections, last="## Z\n\nWords.", contact="## C"), layout)
    frames = {frame.name: frame.box for frame in printed_frames(read_layout(Files(ROOT), layout), placed)}
    seen = 0
    for page in ("one", "two"):
        row = [block for panel in placed.get(f"{page}-windows", ()) for block in panel.blocks]
        left = [block for panel in placed.get(page, ()) for block in panel.blocks if block.window]
        assert (len(row), len(left)) in {(0, 0), (0, 1), (2, 0)}
        seen += len(row) + len(left)
        if row:
            above = frames[f"{page}-above"]
            assert above.top + above.height <= frames[f"{page}-windows"].top
            assert f"{page}-text" not in frames
    assert seen == len(names)


@pytest.mark.parametrize("key", ["also", "from"])
def test_a_passage_that_is_not_above_is_refused(tmp_path: Path, key: str) -> None:
    """What is gathered from, or shown before a passage, is above it."""
    folder = tmp_path / "layouts" / "own"
    folder.mkdir(parents=True)
    text = (ROOT / "layouts" / "flyer" / "layout.toml").read_text(encoding="utf-8")
    (folder / "layout.toml").write_text(
        text.replace('gathers = "windows"', f'gathers = "windows"\n{key} = "nothing"'), encoding="utf-8"
    )
    with pytest.raises(LayoutError) as refused:
        read_layout(Files(tmp_path), "own")
    assert "is no passage above called 'nothing'" in refused.value.problems[0].message


def test_a_passage_from_another_says_what_it_gathers(tmp_path: Path) -> None:
    """Without `gathers` there is nothing to take from the passage above, and boxes are not what is meant."""
    folder = tmp_path / "layouts" / "own"
    folder.mkdir(parents=True)
    text = (ROOT / "layouts" / "half-fold" / "layout.toml").read_text(encoding="utf-8")
    text = text.replace('like = "trifold"\n', "").replace('gathers = "windows"\nfrom = "two"', 'from = "two"')
    (folder / "layout.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LayoutError) as refused:
        read_layout(Files(tmp_path), "own")
    assert "does not say which" in refused.value.problems[0].message
