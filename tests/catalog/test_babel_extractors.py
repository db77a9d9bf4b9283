"""Babel's door: `pybabel extract` finds the messages that `extract` finds."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract

from pressroom.catalog.babel_extractors import UnreadableSource, extract_document, extract_words

DOCUMENT = b"""---
number: X-1
title: Clots
products: [card]
version: '1'
date: 2026-11
review-by: 2027-11
---

<!-- panel: act -->

<!-- context: heading -->
<!-- note: Short. -->
# Signs

Call {emergency}
"""


class Named(io.BytesIO):
    """A file as Babel opens it: bytes with a name."""

    name = "source/cards/clots.md"


def test_babel_finds_the_documents_messages() -> None:
    """Line, context, text and comments arrive through Babel's own extraction."""
    found = list(extract(extract_document, Named(DOCUMENT), keywords=DEFAULT_KEYWORDS))
    assert [(line, message, context) for line, message, _, context in found] == [
        (3, "Clots", None),
        (14, "Signs", "heading"),
        (16, "Call {emergency}", None),
    ]
    assert "Short." in found[1][2]


def test_babel_finds_the_layouts_words() -> None:
    """The layouts' own words come with their notes."""
    file = Named(b'[draft]\ntext = "Draft"\nnote = "On every panel."\n')
    assert [(line, message) for line, message, *_ in extract(extract_words, file)] == [(1, "Draft")]


def test_babel_finds_the_packaged_words_of_a_project(tmp_path: Path) -> None:
    """A project's words lie over the packaged ones: a translator gets those that the project does not replace too."""
    (tmp_path / "pyproject.toml").write_text("[tool.pressroom]\n", encoding="utf-8")
    path = tmp_path / "layouts" / "words.toml"
    path.parent.mkdir()
    path.write_text('[phone]\ntext = "Call us"\n', encoding="utf-8")
    with path.open("rb") as file:
        found = {message for _, message, *_ in extract(extract_words, file)}
    assert {"Call us", "Draft: not for patients"} <= found
    assert "Phone" not in found


@pytest.mark.parametrize("extractor", [extract_document, extract_words])
def test_a_broken_source_is_not_extracted_by_halves(extractor: object) -> None:
    """Babel is told that a file has errors, so that no template is written from half of its messages."""
    with pytest.raises(UnreadableSource):
        list(extract(extractor, Named(b"no front matter, and no TOML")))  # type: ignore[arg-type]
