"""Finds what an address of the translate face means: a document, a language, and the product and clinic to show."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from pressroom.language import ENGLISH, Language, UnknownLanguage, find_invented
from pressroom.layout import WEB, Layout, Product
from pressroom.project import Clinic
from pressroom.workspace.workspace import LAYOUTS, Workspace

BASE = "/translate"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is shown. `path` is None for the layouts' words, which are in all documents and have no pages.

    `products` are those of the document that are printed, one for each layout; `clinics` all of the project.
    """

    document: str
    path: Path | None
    language: Language
    clinic: Clinic | None
    product: Product | None
    layout: Layout | None
    products: tuple[Product, ...]
    clinics: tuple[Clinic, ...]

    @property
    def address(self) -> str:
        """The address of the document in the language, without what is chosen of it."""
        return f"{BASE}/{self.language.tag}/{self.document}"

    @property
    def has_pages(self) -> bool:
        """False for the layouts' words, and for a document that is on the web alone."""
        return self.product is not None and self.clinic is not None

    @property
    def roomier(self) -> Product | None:
        """The product that takes the place of the shown one where a text does not fit."""
        name = self.product.otherwise if self.product is not None else ""
        return next((one for one in self.products if one.name == name), None)

    @property
    def is_source(self) -> bool:
        """True for the English, which is written in its source."""
        return self.language.tag == ENGLISH

    @property
    def can_edit(self) -> bool:
        """False for a language that is invented: its text is made from the English."""
        return not self.language.invented

    @property
    def query(self) -> str:
        """The product and the clinic, if they are not those that are shown without being named."""
        named = []
        if self.product is not None and self.product != self.products[0]:
            named.append(("product", self.product.name))
        if self.clinic is not None and self.clinic != self.clinics[0]:
            named.append(("clinic", self.clinic.id))
        return urlencode(named)

    def at(self, path: str = "", **more: object) -> str:
        """An address below this one's, with the same product and clinic unless `more` names others."""
        named = dict(parse_qsl(self.query)) | {name: value for name, value in more.items() if value not in ("", None)}
        return f"{self.address}{path}{f'?{urlencode(named)}' if named else ''}"


def language_named(workspace: Workspace, tag: str) -> Language | None:
    """A language of the project, one that waits for a translator, or an invented one; None if there is no such."""
    if (invented := find_invented(tag)) is not None:
        return invented
    try:
        wanted = workspace.language_named(tag).tag
    except UnknownLanguage:
        return None
    return next((one for one in workspace.languages(awaiting=True).value if one.tag == wanted), None)


def choose(workspace: Workspace, tag: str, document: str, product: str = "", clinic: str = "") -> Choice | None:
    """What an address names; None if the project has no such document or language.

    A product or clinic that it does not have is left out of account: the first one is shown.
    """
    language = language_named(workspace, tag)
    clinics = workspace.clinics().value
    shown = next((one for one in clinics if one.id == clinic), clinics[0] if clinics else None)
    if language is None:
        return None
    if document == LAYOUTS:
        return None if language.tag == ENGLISH else Choice(LAYOUTS, None, language, shown, None, None, (), clinics)
    found = workspace.documents().usable.get(document)
    if found is None:
        return None
    path, front = found
    layouts = _printed(workspace, front.products)
    if language.tag == ENGLISH:
        # What prints English beside the locale has no piece in English alone.
        layouts = [(one, layout) for one, layout in layouts if not layout.bilingual]
    products = tuple(one for one, _ in layouts)
    chosen, layout = next(((one, of) for one, of in layouts if one.name == product), (None, None))
    if chosen is None and layouts:
        chosen, layout = layouts[0]
    return Choice(document, path, language, shown, chosen, layout, products, clinics)


def _printed(workspace: Workspace, names: tuple[str, ...]) -> list[tuple[Product, Layout]]:
    """The printed products of these names with their layouts, the first one of each layout; then what replaces them."""
    products = workspace.products().value
    found: dict[str, tuple[Product, Layout]] = {}
    for name in (*names, *(products[name].otherwise for name in names if name in products)):
        layout = workspace.layout(products[name].layout) if name in products else None
        if isinstance(layout, Layout) and layout.type_class != WEB:
            found.setdefault(layout.name, (products[name], layout))
    return list(found.values())
