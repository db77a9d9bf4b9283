"""A piece to make: all its inputs as one plain value that can be hashed, pickled and sent to a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pressroom.catalog import Translation, source_translation
from pressroom.content import Document, Message
from pressroom.content.fields import FIELDS
from pressroom.diagnostics import Span
from pressroom.language import Language, languages
from pressroom.layout import LOCALE, Layout, Product
from pressroom.project import Clinic, Logo, placeholder_values
from pressroom.units import ZERO, Length

Marking = Literal["proof", "release"]


@dataclass(frozen=True, slots=True)
class Control:
    """What staff who can't read the language must know about a piece; printed on it in Latin script.

    `version` is PROOF on a proof; `dated` and `review_by` are `YYYY-MM`; `inputs` is a short hash of the words,
    the layout and the clinic.
    """

    number: str
    tag: str
    version: str
    dated: str
    review_by: str
    inputs: str
    title: str
    language: str

    @property
    def lines(self) -> tuple[str, str]:
        """The two control lines."""
        number = f"{self.number} · {self.tag} · {self.version} · {self.dated} · review by {self.review_by}"
        return f"{number} · {self.inputs}", f"{self.title} / {self.language}"

    @property
    def signed_lines(self) -> tuple[str, str]:
        """The control lines without what differs between a proof and its release: version, date and hash."""
        return f"{self.number} · {self.tag} · review by {self.review_by}", f"{self.title} / {self.language}"

    @property
    def keywords(self) -> str:
        """The same facts for programs, in the PDF's metadata, without commas, which separate keywords."""
        fields = (self.number, self.tag, self.version, self.dated, self.review_by, self.inputs)
        names = ("number", "locale", "version", "dated", "review-by", "inputs")
        pairs = (f"{name}={value.replace(',', ' ')}" for name, value in zip(names, fields, strict=True))
        return f"pressroom; {'; '.join(pairs)}"


@dataclass(frozen=True, slots=True)
class Voice:
    """A language of a piece, with the document's translation and that of the layouts' words."""

    language: Language
    translation: Translation
    layout_translation: Translation


@dataclass(frozen=True, slots=True)
class Piece:
    """One document in one locale, for one clinic, as one product.

    `places` are the clinics of its list of locations. `images` are the document's pictures by address, and the
    clinic's `logo`, whose path is its address. `words` are the layouts' messages by name, `layout_translation` their
    translation. `address` is where the document can be read in this locale, or empty. A press file's art runs `bleed`
    over the trim. `instead` is the piece that takes its place where its text does not fit. `profile` is the print
    shop's, or empty. `brand_spans` say where the brand's colours are
    written. `languages` are those that the layout names, by these names.
    """

    document: Document
    translation: Translation
    language: Language
    clinic: Clinic
    places: tuple[Clinic, ...]
    product: str
    layout: Layout
    brand: dict[str, str]
    words: dict[str, Message]
    layout_translation: Translation
    control: Control
    marking: Marking = "proof"
    images: dict[str, bytes] = field(default_factory=dict)
    address: str = ""
    bleed: Length = ZERO
    finish: Product | None = None
    instead: Piece | None = None
    profile: bytes = field(default=b"", repr=False)
    logo: Logo | None = None
    brand_spans: dict[str, Span] = field(default_factory=dict, repr=False)
    languages: Mapping[str, Language] = field(default_factory=languages, repr=False)

    @property
    def logo_span(self) -> Span:
        """Where the logo is named: at the clinic's table, or in the brand."""
        return self.clinic.span if self.clinic.logo else self.brand_spans.get("logo", self.clinic.span)

    @property
    def placeholders(self) -> dict[str, str]:
        """What each placeholder prints; an empty value is a line to write on."""
        return {**placeholder_values(self.clinic), **dict.fromkeys(FIELDS, "")}

    def speech(self, name: str) -> Language:
        """The language of a page by its name: the locale's, or the one it is always in."""
        return self.language if name == LOCALE else self.languages[name]

    def voice(self, name: str) -> Voice:
        """The voice of a page: the locale's own, or the language it is always in, which is English."""
        if name == LOCALE:
            return Voice(self.language, self.translation, self.layout_translation)
        messages, words = self.document.messages, tuple(self.words.values())
        return Voice(self.languages[name], source_translation(messages), source_translation(words))
