"""Finds the twin of a piece among those that were set before, and remembers a piece for its twins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pressroom.compose import Composition, Piece
from pressroom.render.base_and_imprint import Setting, imprint_html
from pressroom.render.cache import RenderCache
from pressroom.render.engine import RenderError
from pressroom.render.fitting import FittedPiece, ranges_of
from pressroom.render.label_room import labels_of
from pressroom.render.numbers import Numbers
from pressroom.render.set_piece import SetPiece, as_set
from pressroom.render.twins import Twin, largest, slots_of, texts_of, twin_key


def find_twin(piece: Piece, composition: Composition, cache: RenderCache) -> Twin | None:
    """How this piece is set, if it is as another piece that was set before."""
    twin = cache.twins.get(twin_key(piece, composition)) if cache.twins else None
    return twin if twin is not None and twin.fits(texts_of(composition)) else None


def set_as(twin: Twin, composition: Composition, gauge: Numbers, cache: RenderCache) -> SetPiece:
    """The piece set as its twin."""
    sideways = dict(twin.over.sideways)
    setting = FittedPiece(composition, gauge, twin.fitted, sideways, dict(twin.left_out), dict(twin.rows))
    fitted = setting.as_fitted(composition)
    setting = replace(setting, composition=fitted, gauge=gauge if fitted is composition else gauge.of(fitted))
    return as_set(setting, labels_of(setting, cache), Setting(twin.fitted.sizes, twin.composed), twin.over)


def calculated(found: SetPiece) -> SetPiece:
    """A twin with what its pages must agree with: drawn in one part, they are not compared with the other's ends."""
    sizes, gauge = found.drawn_in.sizes, found.fitted.gauge
    return replace(found, drawn_in=replace(found.drawn_in, ends=gauge.ends(sizes), texts=gauge.texts(sizes)))


def remember_twin(
    piece: Piece, composition: Composition, found: SetPiece, ends: Mapping[str, float], cache: RenderCache
) -> None:
    """Remember how a piece was set, if others follow. Its clinic's frames are laid out once more, at their largest.

    `ends` as in `Twin`.
    """
    if cache.twins is None or (key := twin_key(piece, composition)) in cache.twins:
        return
    setting = found.fitted
    if setting.sideways.keys() & {part.frame for part in composition.parts if part.imprint}:
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
            texts,
            slots,
            setting.fitted,
            setting.left_out,
            setting.rows,
            tuple(found.drawn_in.composed),
            found.over,
            ends,
        )
