"""A document in another language has the structure of the English: to messages, through a catalog, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry, pseudo_text, translate
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.content import Block, Document, Message
from pressroom.content.inline import parse_inline
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Severity, Span
from pressroom.language import find_language

PATH = "source/walk.md"
HEAD = """\
---
number: LK-001
title: Walking
products: [trifold]
version: "1.0"
date: 2026-11
review-by: 2027-11
---
"""
WORDS = st.sampled_from(["Bring", "your", "own", "cup", "and", "come", "along", "when", "it", "rains"])
# What a translation keeps as it is, in the place that its language gives it.
KEPT = st.sampled_from(["{phone}", "**{emergency}**", "*slowly*", "**at once**", "20 minutes", "5 mg", "1\\*"])
TEXTS = st.builds(
    lambda words, kept: " ".join([words[0], *kept, *words[1:]]),
    st.lists(WORDS, min_size=2, max_size=5),
    st.lists(KEPT, max_size=2, unique=True),
)
Say = Callable[[str], str]


def _each(mark: str, texts: Sequence[str], say: Say) -> str:
    return "\n".join(f"{mark} {say(text)}" for text in texts)


def _table(rows: Sequence[Sequence[str]], say: Say) -> str:
    head, *rest = (f"| {' | '.join(map(say, row))} |" for row in rows)
    return "\n".join([head, "| --- | --- |", *rest])


# How each block is written, with its texts said by a function.
BLOCKS: dict[str, Callable[[list[str], Say], str]] = {
    "heading": lambda t, say: f"## {say(t[0])}",
    "paragraph": lambda t, say: say(t[0]),
    "list": lambda t, say: _each("-", t, say),
    "steps": lambda t, say: "\n".join(f"{n}. {say(text)}" for n, text in enumerate(t, 1)),
    "ticks": lambda t, say: _each("- [ ]", t, say),
    "inner": lambda t, say: f"- {say(t[0])}\n" + "\n".join(f"  - {say(text)}" for text in t[1:]),
    "quote": lambda t, say: _each(">", t[:1], say),
    "note": lambda t, say: f"> [!NOTE]\n> {say(t[0])}\n>\n> {say(t[1])}",
    "warning": lambda t, say: f"> [!WARNING]\n> {say(t[0])}",
    "table": lambda t, say: _table([t[:2], t[2:4]], say),
    "picture": lambda t, say: f"![{say(t[0])}](pics/leaf.png)",
}
BODIES = st.lists(st.tuples(st.sampled_from(sorted(BLOCKS)), st.lists(TEXTS, min_size=4, max_size=4)), max_size=6)


def written(body: Sequence[tuple[str, list[str]]], say: Say) -> str:
    """The document in Markdown, with each of its texts as `say` gives it."""
    # Two lists would be one without words between them.
    blocks = [f"{BLOCKS[kind](texts, say)}\n\n{say('Then')}" for kind, texts in body]
    return HEAD + "\n\n".join(["\n<!-- panel: one -->", f"# {say('Walking')}", *blocks]) + "\n"


def parsed(text: str) -> Document:
    """The document, which can be used."""
    document, findings = parse_document(text, PATH)
    assert document is not None, findings
    return document


def skeleton(blocks: Sequence[Block]) -> Iterator[object]:
    """Everything of blocks but their words and lines."""
    for one in blocks:
        inner = tuple(skeleton(one.children))
        yield one.kind, one.level, one.ordered, one.rank, one.boxes, one.source, one.message is not None, inner


def shape(document: Document) -> list[object]:
    """The structure of a document, panel by panel, with the role of each message."""
    # The role of a cell quotes the words of its heading.
    roles = [(message.role.partition(" (")[0], message.panel, message.links) for message in document.messages]
    return [(panel.name, *skeleton(panel.blocks)) for panel in document.panels] + roles


def through_a_catalog(document: Document, tag: str) -> dict[str, str]:
    """The texts by their English, as a catalog gives them that a translator's tool wrote, and this program read."""
    entries = {m.key: Entry(m.msgid, pseudo_text(m, tag), context=m.context) for m in document.messages}
    text = write_catalog(Catalog("walk.po", entries=tuple(entries.values()), locale="es"))
    catalog, findings = read_catalog(text, "walk.po", find_language("es"))
    assert catalog is not None
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    translation = translate(document.messages, catalog)
    assert {translation.of(message).status for message in document.messages} == {"translated"}
    return {message.msgid: translation.of(message).text for message in document.messages}


@settings(max_examples=40, deadline=None)
@given(BODIES, st.sampled_from(["en-XA", "ar-XB"]))
def test_a_translation_has_the_structure_of_the_english(body: list[tuple[str, list[str]]], tag: str) -> None:
    """Each block of a translated document is the English one, with every text where its English was."""
    english = parsed(written(body, str))
    texts = through_a_catalog(english, tag)
    again = parsed(written(body, lambda text: texts[text]))
    assert shape(again) == shape(english)
    # The title is in the front matter, which this writes in English.
    assert [m.msgid for m in again.messages[1:]] == [texts[m.msgid] for m in english.messages[1:]]
    for one, other in zip(english.messages[1:], again.messages[1:], strict=True):
        assert parse_inline(one.msgid).tokens == parse_inline(other.msgid).tokens


@settings(max_examples=20, deadline=None)
@given(BODIES)
def test_english_through_a_catalog_is_english(body: list[tuple[str, list[str]]]) -> None:
    """A catalog whose translations are the English gives back the same messages."""
    document = parsed(written(body, str))
    same = [Entry(m.msgid, m.msgid, context=m.context) for m in dict.fromkeys(document.messages)]
    keys = {entry.key: entry for entry in same}
    text = write_catalog(Catalog("walk.po", entries=tuple(keys.values()), locale="es"))
    catalog, _ = read_catalog(text, "walk.po", find_language("es"))
    assert catalog is not None
    translation = translate(document.messages, catalog)
    assert [translation.of(message).text for message in document.messages] == [m.msgid for m in document.messages]


def test_a_message_is_where_its_text_is() -> None:
    """The line of each message is that of its words, so that a finding leads there."""
    body = [(kind, [f"{kind} one", f"{kind} two", f"{kind} three", f"{kind} four"]) for kind in BLOCKS]
    document = parsed(written(body, str))
    lines = written(body, str).splitlines()
    assert all(message.msgid in lines[message.span.line - 1] for message in document.messages)
    assert Message("a", Span(PATH, 1)).key == (None, "a")
