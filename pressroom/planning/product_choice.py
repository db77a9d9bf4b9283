"""Which products a document can have: its panels and the layouts go in, products come out, or why it can't have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pressroom.content import Document, FrontMatter, parse_document
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language
from pressroom.layout import WEB, Layout, LayoutError, Product, place_panels, read_layout
from pressroom.project import Project

_ENGLISH: Final = "en"


@dataclass(slots=True)
class Shelf:
    """The products of a project; a layout or a document is read only where it must be looked into, and once."""

    project: Project
    products: Mapping[str, Product]
    _layouts: dict[str, Layout | Diagnostic] = field(default_factory=dict)
    _documents: dict[Path, Document | None] = field(default_factory=dict)

    def products_of(
        self, path: Path, front: FrontMatter, extra: Mapping[str, bool], problems: list[Diagnostic]
    ) -> Iterator[Product]:
        """A document's usual products, and of the extra ones those it can have.

        An extra product that it can't have is told where the document was asked for it by name (True), and passed
        over otherwise.
        """
        for name in front.products:
            if name in self.products:
                yield self.products[name]
            elif self.products:
                span = Span(self.project.relative(path), front.lines["products"])
                hint = f"there are {', '.join(self.products)}"
                problems.append(diagnostic("product-unknown", span, f"no product is called {name!r}", hint))
        for name, named in extra.items():
            against = self.against(path, self.products[name])
            if not against:
                yield self.products[name]
            elif named:
                problems += against

    def spoken(self, product: Product, languages: tuple[Language, ...]) -> tuple[Language, ...]:
        """The languages a product is made in: one that has English beside the locale is not made in English."""
        layout = self.layout(product)
        bilingual = isinstance(layout, Layout) and layout.bilingual
        return tuple(language for language in languages if not (bilingual and language.tag == _ENGLISH))

    def against(self, path: Path, product: Product) -> list[Diagnostic]:
        """Why the document at `path` can't have this product; nothing where it can."""
        layout = self.layout(product)
        if isinstance(layout, Diagnostic):
            return [layout]
        if layout.type_class == WEB:
            return []
        if path not in self._documents:
            text = path.read_text(encoding="utf-8")
            self._documents[path], _ = parse_document(text, self.project.relative(path))
        document = self._documents[path]
        return [] if document is None else place_panels(document, layout)[1]

    def bears_codes(self) -> bool:
        """True where a layout that was looked at has a place for the code of an address."""
        texts = [
            t for layout in self._layouts.values() if isinstance(layout, Layout) for t in layout.templates.values()
        ]
        return any("address_code(" in text for text in texts)

    def layout(self, product: Product) -> Layout | Diagnostic:
        """A product's layout, or what is wrong with it."""
        if product.layout not in self._layouts:
            try:
                self._layouts[product.layout] = read_layout(self.project.root, product.layout)
            except LayoutError as error:
                self._layouts[product.layout] = error.problem
        return self._layouts[product.layout]
