"""Gives windows the height that their labels need, where a language's labels are taller than a layout's least window.

How tall labels are is known only after layout. So a piece is fitted, and fitted once more if labels run out.
"""

from __future__ import annotations

from pressroom.compose import Composition, Piece, with_windows_at_least
from pressroom.render.cache import RenderCache
from pressroom.render.engine import Engine
from pressroom.render.fitting import FittedPiece, fit_piece
from pressroom.render.illustrations import labels_lack
from pressroom.render.measure import Gauge


def fit_with_labels(piece: Piece, composition: Composition, engine: Engine, cache: RenderCache) -> FittedPiece:
    """The piece fitted, with windows as tall as the labels beside them where that helps. Raises RenderError.

    Where no height helps, the piece is as it was, and the labels are a finding.
    """
    setting = _fitted(piece, composition, engine, cache)
    lacking = _lacking(setting, cache)
    if not lacking:
        return setting
    heights = setting.fitted.sizes.window
    taller = with_windows_at_least(composition, {name: heights[name] + more for name, more in lacking.items()})
    again = _fitted(piece, taller, engine, cache)
    return setting if _lacking(again, cache).keys() & lacking.keys() else again


def _fitted(piece: Piece, composition: Composition, engine: Engine, cache: RenderCache) -> FittedPiece:
    return fit_piece(piece, composition, Gauge(engine, piece.layout, composition, piece.language, cache))


def _lacking(setting: FittedPiece, cache: RenderCache) -> dict[str, float]:
    """By how many points labels run out of the windows of each frame."""
    sizes = setting.fitted.sizes
    lacking = labels_lack(setting.composition, setting.gauge.engine, sizes, cache.labels)
    return {name: more for name, more in lacking.items() if name in sizes.window}
