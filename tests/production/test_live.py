"""A piece as a live view shows it: the product that it is made as, its room, its findings, and no picture without."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pressroom.compose import Piece
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.production.live import Memory, live
from pressroom.production.live_proof import LiveProof, LiveTask, numbered
from pressroom.production.make import make
from pressroom.production.task import Task
from pressroom.workspace.workspace import Workspace

pytestmark = pytest.mark.usefixtures("fonts")
ROOT = Path(__file__).parents[2]
PNG = b"\x89PNG"


@cache
def piece(document: str, product: str, tag: str = "es") -> Piece:
    """A piece of the project."""
    workspace = Workspace.open(ROOT)
    plan = make_plan(workspace, Request((document,), (tag,), products=(product,)))
    found = prepare(next(job for job in plan.jobs if job.requested and job.product.name == product)).piece
    assert found is not None
    return found


def longer(of: Piece, more: str) -> Piece:
    """The piece with more words in the last item of a list, whatever product it is made as."""
    key = [message.key for message in of.document.messages if message.role == "list item"][-1]
    known = of.translation.known
    translation = replace(of.translation, known=known | {key: replace(known[key], text=known[key].text + more)})

    def changed(one: Piece) -> Piece:
        instead = changed(one.instead) if one.instead is not None else None
        return replace(one, translation=translation, instead=instead)

    return changed(of)


def shown(of: Piece, memory: Memory | None = None, *, itself: bool = False) -> LiveProof:
    """The piece as it is shown."""
    return live(LiveTask(of, "setting", itself), memory or Memory())


def test_a_card_has_two_pages_with_all_its_messages() -> None:
    """Every message that paper prints is in some words, by its number."""
    found = shown(piece("dvt-pe", "wallet-card"))
    assert [page.number for page in found.pages] == [1, 2]
    assert all(page.png.startswith(PNG) for page in found.pages)
    numbers = {words.number for page in found.pages for words in page.words if words.catalog == "dvt-pe"}
    # The title of a card is in lists and in a file's properties alone.
    assert numbers == {*numbered(piece("dvt-pe", "wallet-card").document.messages).values()} - {1}
    assert {words.catalog for page in found.pages for words in page.words} == {"dvt-pe", "layouts"}


def test_a_text_that_its_product_does_not_hold_is_shown_as_a_build_makes_it() -> None:
    """As the product that takes its place, with the same findings; or as it is, if that is asked for."""
    long = longer(piece("dvt-pe", "wallet-card"), " m" * 64)
    found, made = shown(long), make(Task(long))
    assert found.made_as == made.made_as == "folded-card"
    assert {finding.code for finding in found.findings} >= {"gives-way"}
    assert set(found.findings) <= set(made.diagnostics)
    own = shown(long, itself=True)
    assert own.made_as == "wallet-card"
    assert [room.is_over for room in own.rooms if room.mm < 0]


def test_room_shrinks_as_a_text_grows() -> None:
    """In letters and in millimetres, down to below zero."""
    card, key = piece("dvt-pe", "wallet-card"), piece("dvt-pe", "wallet-card").document.messages[-2].key
    rooms = [shown(longer(card, " mm" * many), itself=True).room_of(key, "es") for many in (0, 6, 60)]
    assert None not in rooms
    letters = [room.letters for room in rooms if room is not None]
    assert letters == sorted(letters, reverse=True)
    assert rooms[0] is not None
    assert rooms[0].smallest <= rooms[0].size


def test_memory_changes_nothing() -> None:
    """A page that is drawn after others is the page that is drawn alone."""
    memory, card = Memory(), piece("dvt-pe", "wallet-card")
    for more in ("", " mm", " mm mm"):
        shown(longer(card, more), memory)
    assert shown(longer(card, " mm"), memory) == shown(longer(card, " mm"))


def test_a_page_that_did_not_change_keeps_its_name() -> None:
    """So a browser does not load it again."""
    memory, card = Memory(), piece("dvt-pe", "wallet-card")
    before, after = shown(card, memory), shown(longer(card, "."), memory)
    assert [one.hash == other.hash for one, other in zip(before.pages, after.pages, strict=True)].count(True) == 1


def test_a_letter_that_no_font_has_is_said_in_place_of_a_picture() -> None:
    """As a build says it."""
    found = shown(longer(piece("dvt-pe", "wallet-card"), " \U00012000"))
    assert not found.is_drawn
    assert {finding.code for finding in found.findings} == {"glyph-missing"}


def test_a_web_edition_is_shown_as_it_is() -> None:
    """A browser breaks its lines."""
    found = shown(piece("services", "web-page"))
    assert found.is_drawn
    assert not found.pages
    assert found.html.startswith("<!doctype html>")
