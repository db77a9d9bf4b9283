"""A piece as we set it, for programs that get its page. WeasyPrint reads the list of fonts when it is imported."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pressroom.compose import HtmlPage, Piece, compose
from pressroom.layout import Stylesheet
from pressroom.render.cache import RenderCache
from pressroom.render.engine import Engine
from pressroom.render.fitting import usual_sizes
from pressroom.render.illustrations import with_labels
from pressroom.render.measure import Gauge
from pressroom.render.numbers import Numbers
from pressroom.render.set_piece import SetPiece, set_piece


@dataclass(frozen=True, slots=True)
class AsSet:
    """How the first piece of a document and language is set; the pieces of other clinics are set as it is."""

    found: SetPiece

    @classmethod
    def of(cls, piece: Piece) -> AsSet:
        """Fit a piece as a build does. Raises RenderError."""
        unset, cache = compose(piece), RenderCache()
        gauge = Gauge(Engine(unset.page, piece.document.path), piece.layout, unset, piece.language, cache)
        return cls(set_piece(piece, unset, Numbers(gauge, usual_sizes(piece, unset).of_text), cache))

    def page(self, piece: Piece) -> HtmlPage:
        """The page of a piece, with its drawings and labels in place, in the sizes that were found."""
        composition = self.found.fitted.as_fitted(compose(piece))
        if composition.illustrations:
            composition = with_labels(composition, self.found.labels)
        sizes = Stylesheet("", self.found.fitted.fitted.sizes.css())
        return replace(composition.page, stylesheets=(*composition.page.stylesheets, sizes))
