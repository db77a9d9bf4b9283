"""Gives windows the height that their labels need, and what these name, where a layout's least window is lower.

How tall labels are follows from the sizes. So a piece is fitted, and fitted once more if labels run out.
"""

from __future__ import annotations

from pressroom.compose import Composition, Piece, with_windows_at_least
from pressroom.render.cache import RenderCache
from pressroom.render.fitting import FittedPiece, fit_piece
from pressroom.render.illustrations import PlacedLabels, labels_placed
from pressroom.render.numbers import Numbers


def fit_with_labels(
    piece: Piece, composition: Composition, gauge: Numbers, cache: RenderCache
) -> tuple[FittedPiece, PlacedLabels]:
    """The piece fitted, with windows as tall as their labels and what these name where that helps, and its labels.

    Where no height helps, the piece is as it was, and labels that run out are a finding. No window is left out
    only because a point that a label names is not shown. Raises RenderError.
    """
    setting = fit_piece(piece, composition, gauge)
    placed = labels_of(setting, cache)
    lacking = _lacking(setting, placed)
    if not lacking:
        return setting, placed
    heights = setting.fitted.sizes.window
    taller = with_windows_at_least(composition, {name: heights[name] + more for name, more in lacking.items()})
    again = fit_piece(piece, taller, gauge.of(taller))
    placed_again = labels_of(again, cache)
    still = _lacking(again, placed_again).keys() & lacking.keys()
    fewer = again.windows_left_out > setting.windows_left_out and not placed.findings
    return (setting, placed) if still or fewer else (again, placed_again)


def labels_of(setting: FittedPiece, cache: RenderCache) -> PlacedLabels:
    """The labels of a setting in their places. Raises RenderError."""
    sizes, gauge = setting.fitted.sizes, setting.gauge
    return labels_placed(setting.composition, gauge.engine, sizes, cache.labels, lambda names: gauge.laid(sizes, names))


def _lacking(setting: FittedPiece, placed: PlacedLabels) -> dict[str, float]:
    """By how many points labels run out of the windows of each frame."""
    return {name: more for name, more in placed.lacking.items() if name in setting.fitted.sizes.window}
