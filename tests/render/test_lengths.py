"""What translators are told of the room holds in the real layout: text as long as that fits, longer text does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.catalog import Translated
from pressroom.compose import Piece
from pressroom.language import find_language, sample_of
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.render.lengths import filled
from pressroom.render.proof import render_piece
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
CARD = "dvt-pe"
# Words that the sample of the measuring has not.
OTHER = {
    "es": "Llame al médico de guardia si la pierna se hincha o le duele el pecho al respirar hondo por la noche",
    "ru": "Позвоните врачу, если нога опухла или больно дышать, и не ждите до утра, даже если стало легче",
}


@pytest.fixture(scope="module")
def card() -> Piece:
    """The wallet card, in English."""
    project = Workspace.open(ROOT)
    plan = make_plan(project, Request((CARD,), ("en",), products=("wallet-card",)))
    job = next(job for job in plan.jobs if job.requested)
    piece = prepare(job).piece
    assert piece is not None
    return piece


def _overset(card: Piece, tag: str, share: float) -> set[str]:
    """The frames that are overset when every text of a fixed space has this share of its room."""
    language = find_language(tag)
    lengths, _ = Workspace.open(ROOT).lengths()
    known = dict(card.translation.known)
    for (context, msgid), most in lengths.limits(CARD, language).items():
        markers, sample = len(filled(msgid, "a", 1)) - 1, OTHER.get(tag) or sample_of(language)
        target = round((most - markers) * share) + markers
        texts = (filled(msgid, sample, letters, 2) for letters in range(1, 400))
        text = max((text for text in texts if len(text) <= target), key=len)
        known[context, msgid] = Translated(text, "translated", card.document.front.title.span)
    said = replace(card.translation, locale=tag, known=known)
    # The layouts' own words beside the message are the language's, as when it was measured.
    own = Workspace.open(ROOT).text("layouts", language).translation or card.layout_translation
    proof = render_piece(replace(card, language=language, translation=said, layout_translation=own))
    return {d.message.partition("(")[2].partition(" of ")[0] for d in proof.diagnostics if d.code == "overset"}


@pytest.mark.parametrize("tag", ["es", "ru", "ar", "zh-Hans", "th", "hi"])
def test_the_room_is_what_is_told(card: Piece, tag: str) -> None:
    """Nine tenths of it always fit, in words of every kind; half as much again never does."""
    heads = {"signs-head", "more-signs-head", "turn-over", "act"}
    assert not _overset(card, tag, 0.9) & heads
    assert _overset(card, tag, 1.5) >= heads
