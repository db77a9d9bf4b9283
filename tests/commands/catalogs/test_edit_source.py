"""One block of an English source is written, and no other byte of the file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressroom.commands.catalogs.edit_source import (
    SourceEdit,
    SourceRefused,
    SourceSaved,
    edit_source,
    read_blocks,
    undo_source,
)
from pressroom.content.parse import parse_document
from pressroom.content.source_blocks import source_blocks, with_block
from pressroom.project import find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]
SOURCES = sorted([*ROOT.glob("source/**/*.md"), *ROOT.glob("tests/projects/*/source/**/*.md")])
SOURCES = [path for path in SOURCES if path.name != "README.md"]


@pytest.fixture
def workspace(minimal: Path) -> Workspace:
    """The smallest project."""
    return Workspace(find_project(minimal))


def source(workspace: Workspace) -> Path:
    """The document that is edited."""
    return workspace.root / "source/visit.md"


def block_of(workspace: Workspace, start: str):
    """The block that begins so."""
    return next(block for block in read_blocks(workspace.reopened(), "visit").value if block.text.startswith(start))


def save(workspace: Workspace, start: str, text: str) -> SourceSaved | SourceRefused:
    """Save a text for the block that begins so."""
    block = block_of(workspace, start)
    return edit_source(workspace, "visit", SourceEdit(block.number, block.mark, text))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_message_is_in_one_block(path: Path):
    """The blocks of each source hold all its messages, don't overlap, and put back give the file."""
    text = path.read_text(encoding="utf-8")
    blocks = source_blocks(text)
    document, _ = parse_document(text, "source/x.md" if path.stem == "x" else f"source/{path.name}")
    for message in document.messages:
        assert sum(block.line <= message.span.line < block.end for block in blocks) == 1
    assert all(one.end <= other.line for one, other in pairwise(blocks))
    assert all(with_block(text, block, block.text) == text for block in blocks)


def test_a_save_changes_the_lines_of_the_block_and_no_other_byte(workspace):
    """A save changes the lines of the block and no other byte."""
    before = source(workspace).read_bytes()
    saved = save(workspace, "- Wear", "- Wear warm clothes")
    assert saved.written == (source(workspace),)
    assert source(workspace).read_bytes() == before.replace(b"- Wear loose clothes", b"- Wear warm clothes")


@pytest.mark.parametrize("last", [b"", b"\r\n"])
def test_line_ends_of_windows_stay(workspace, last):
    """A file that Windows wrote keeps CR LF."""
    data = source(workspace).read_bytes().rstrip(b"\n").replace(b"\n", b"\r\n") + last
    source(workspace).write_bytes(data)
    save(workspace, "- Bring", "- Bring 2 questions\r\n  or 3")
    assert source(workspace).read_bytes() == data.replace(
        b"- Bring 2 questions or more", b"- Bring 2 questions\r\n  or 3"
    )


def test_a_block_that_changed_meanwhile_is_refused_with_its_text(workspace, edit):
    """A block that changed meanwhile is refused with its text."""
    block = block_of(workspace, "- Wear")
    edit(source(workspace), "Wear loose clothes", "Wear old clothes")
    refused = edit_source(workspace, "visit", SourceEdit(block.number, block.mark, "- Wear nothing"))
    assert (refused.why, refused.theirs.text) == ("changed", "- Wear old clothes")
    assert "old clothes" in source(workspace).read_text(encoding="utf-8")


def test_another_block_that_changed_or_was_added_meanwhile_is_no_conflict(workspace, edit):
    """Another block that changed or was added meanwhile is no conflict."""
    block = block_of(workspace, "- Bring")
    edit(source(workspace), "- Wear loose clothes", "- Wear old clothes\n- Wear shoes")
    saved = edit_source(workspace, "visit", SourceEdit(block.number, block.mark, "- Bring 3 questions"))
    assert isinstance(saved, SourceSaved)
    text = source(workspace).read_text(encoding="utf-8")
    assert "- Wear old clothes\n- Wear shoes\n- Bring 3 questions\n" in text


def test_undo_brings_back_the_very_bytes(workspace):
    """Undo brings back the very bytes."""
    before = source(workspace).read_bytes()
    saved = save(workspace, "# Your", "# Your next visit")
    assert source(workspace).read_bytes() != before
    undo_source(workspace, "visit", saved)
    assert source(workspace).read_bytes() == before


def test_undo_is_refused_if_the_block_changed_since(workspace, edit):
    """Undo is refused if the block changed since."""
    saved = save(workspace, "# Your", "# Your next visit")
    edit(source(workspace), "# Your next visit", "# Your last visit")
    assert undo_source(workspace, "visit", saved).why == "changed"


@pytest.mark.parametrize("text", ["**bold without an end", "```\ncode\n```", "a {brace", "<<<<<<< a", "\ud800"])
def test_what_no_document_can_hold_is_refused_with_reasons_and_writes_nothing(workspace, text):
    """What no document can hold is refused with reasons and writes nothing."""
    before = source(workspace).read_bytes()
    refused = save(workspace, "- Wear", text)
    assert refused.why == "unreadable"
    assert refused.findings
    assert source(workspace).read_bytes() == before


def test_a_document_with_errors_can_still_be_corrected(workspace, edit):
    """A document with errors can still be corrected."""
    edit(source(workspace), "- Wear loose clothes", "- Wear **loose clothes")
    saved = save(workspace, "- Wear", "- Wear **loose** clothes")
    assert isinstance(saved, SourceSaved)
    assert saved.findings == ()


def test_a_note_above_a_text_is_a_part_of_its_block(workspace):
    """A note above a text is a part of its block."""
    assert block_of(workspace, "<!-- note").text.endswith("**before you come**.")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n*{}-> "), max_size=40))
def test_whatever_is_typed_the_rest_of_the_file_has_the_same_bytes(workspace, text):
    """And what is refused changes nothing."""
    before = source(workspace).read_bytes()
    block = block_of(workspace, "- Bring")
    result = save(workspace, "- Bring", text)
    after = source(workspace).read_bytes()
    head, tail = before.split(block.text.encode())
    assert after.startswith(head)
    assert after.endswith(tail)
    if isinstance(result, SourceRefused):
        assert after == before
    source(workspace).write_bytes(before)
    workspace.changed([source(workspace)])
