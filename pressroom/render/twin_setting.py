"""Finds the twin of a piece among those that were set before, and remembers a piece for its twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pressroom.compose import Composition, Piece
from pressroom.render.base_and_imprint import Joined, imprint_html
from pressroom.render.cache import RenderCache
from pressroom.render.engine import RenderError
from pressroom.render.fitting import FittedPiece, ranges_of
from pressroom.render.line_ends import Composed
from pressroom.render.numbers import Numbers
from pressroom.render.twins import Twin, largest, slots_of, texts_of, twin_key


def find_twin(piece: Piece, composition: Composition, cache: RenderCache) -> Twin | None:
    """How this piece is set, if it is as another piece that was set before."""
    twin = cache.twins.get(twin_key(piece, composition)) if cache.twins else None
    return twin if twin is not None and twin.fits(texts_of(composition)) else None


def set_as(twin: Twin, composition: Composition, gauge: Numbers) -> FittedPiece:
    """The piece fitted as its twin."""
    setting = FittedPiece(composition, gauge, twin.fitted, {}, dict(twin.left_out), dict(twin.rows))
    fitted = setting.as_fitted(composition)
    return replace(setting, composition=fitted, gauge=gauge if fitted is composition else gauge.of(fitted))


def remember_twin(
    piece: Piece,
    composition: Composition,
    setting: FittedPiece,
    composed: Sequence[Composed],
    joined: Joined,
    cache: RenderCache,
) -> None:
    """Remember how a piece was set, if others follow. Its clinic's frames are laid out once more, at their largest."""
    if cache.twins is None or setting.sideways or (key := twin_key(piece, composition)) in cache.twins:
        return
    fitted = setting.as_fitted(composition)
    if (fitted.sheets, fitted.frames) != (setting.composition.sheets, setting.composition.frames):
        return
    ranges = ranges_of(piece, setting.composition)
    engine = setting.gauge.engine.of_part(fitted.page_of(imprint_html(fitted)))
    try:
        pages = engine.lay_out(largest(setting.fitted.sizes, ranges).css())
    except RenderError:
        return
    slots, texts = slots_of(engine.root, pages, fitted), texts_of(composition)
    if len(slots) == len(texts):
        cache.twins[key] = Twin(
            texts, slots, setting.fitted, setting.left_out, setting.rows, tuple(composed), joined.ends
        )
