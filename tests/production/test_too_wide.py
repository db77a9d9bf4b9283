"""A word that is too wide for its frame and stands on what is beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.compose import Piece
from pressroom.production.make import make
from pressroom.production.task import Task
from tests.conftest import CLINIC, translation

MakePiece = Callable[..., Piece]
pytestmark = pytest.mark.usefixtures("fonts")
CARD = Path(__file__).parents[2] / "source/cards/dvt-pe.md"
# In the band, where the white field of the number is beside it: a little too wide, and by far.
WORDS = {"es": ["Tromboembolismopulmonaragudo", "Tromboembolismo" * 5], "ar": ["جلطةدموية" * 4, "جلطةدموية" * 9]}


def _piece(make_piece: MakePiece, tag: str, word: str) -> Piece:
    text = CARD.read_text(encoding="utf-8").replace("<!-- slot: clinician -->", "Call us")
    piece = make_piece(text, tag, head="", project="../..", layout="wallet-card", clinic=CLINIC)
    said = {m.msgid: m.msgid if "{" in m.msgid else WORDS[tag][0][:5] for m in piece.document.messages}
    said["Blood clot in the lung"] = word
    return replace(piece, translation=translation(piece.document.messages, tag, said))


@pytest.mark.parametrize("tag", WORDS)
@pytest.mark.parametrize("which", [0, 1])
def test_it_is_told_once(make_piece: MakePiece, tag: str, which: int) -> None:
    """A word of a band that stands on the field beside it has one finding, that it is too wide, and a proof is made."""
    made = make(Task(piece=_piece(make_piece, tag, WORDS[tag][which])))
    assert [finding.code for finding in made.diagnostics] == ["overset"]
    assert "mm too wide" in made.diagnostics[0].message
    assert made.data is not None


def test_others_are_judged_all_the_same(make_piece: MakePiece) -> None:
    """Where a word is too wide, a band that is too light for its words is found as well."""
    piece = _piece(make_piece, "es", WORDS["es"][0])
    made = make(Task(piece=replace(piece, brand={**piece.brand, "colour-alarm": "#e08080"})))
    assert {finding.code for finding in made.diagnostics} == {"overset", "preflight-contrast"}
