"""The records of the release log: what was released, when, by whom and from what. One file a release."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from pressroom.approval.codec import LARGE, RecordFormat, named, optional, unstored
from pressroom.approval.log import release_id
from pressroom.drawing import UNKNOWN, PieceDrawing


@dataclass(frozen=True, slots=True)
class PieceContent:
    """What a piece says: hashes of the English, the translation, the layouts' words and the clinic's values.

    `emergency` is the emergency number that the piece prints, or empty. The key of
    `clinic_values` in files is `imprint`, which is something else in a drawing.
    """

    english: str = ""
    translation: str = ""
    words: str = ""
    emergency: str = ""
    clinic_values: str = named("imprint", "")

    def differences(self, other: PieceContent) -> frozenset[str]:
        """The names of the parts in which the two differ."""
        return frozenset(f.name for f in fields(self) if getattr(self, f.name) != getattr(other, f.name))


# Who prints a file.
DESK: Final = "desk"
PRINT_SHOP: Final = "print shop"
SCREEN: Final = "screen"


@dataclass(frozen=True, slots=True)
class Label:
    """What people call a file, and how they print it, as it was on the day the file was made.

    Pages for staff have no other source: today's names could be those of another language or product.

    `language` is the English name of its language, `autonym` the language's own, `direction` `ltr` or `rtl`. `title` is
    English, `own_title` in the file's language. `what` is the product's description. `paper` goes into the tray, empty
    for a file that is read on a screen; `how` is what to choose in the print window besides the actual size, `then`
    what to do with the paper. `printed_by` is `desk`, `print shop`, or `screen` for a file that is not printed.
    """

    language: str = optional("")
    autonym: str = optional("")
    direction: str = optional("ltr")
    title: str = optional("")
    own_title: str = optional("")
    clinic_name: str = optional("")
    what: str = optional("")
    paper: str = optional("")
    how: str = optional("")
    then: str = optional("")
    printed_by: str = optional(DESK)


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What the manifest and the release log both say of a file.

    `version`, `review_by` and `inputs` are printed in its control line. `sha256` is the hash of its bytes, `key` of
    everything it was made from, `drawing` of what it draws.
    """

    version: str = ""
    review_by: str = ""
    inputs: str = ""
    sha256: str = ""
    key: str = ""
    content: PieceContent = PieceContent()
    label: Label = Label()
    drawing: PieceDrawing = UNKNOWN

    def prints_as(self, other: ReleaseFacts) -> bool:
        """True if the papers of the two look the same: a newer engine may make the same page of other bytes."""
        return self.drawing.known and self._printed == other._printed

    @property
    def _printed(self) -> tuple[object, ...]:
        return self.version, self.review_by, self.inputs, self.drawing


@dataclass(frozen=True, slots=True)
class Released:
    """One file of a release.

    `number` is the document's number. `signed` are the ids of the sign-offs behind the release. A sheet of several
    cards has one row for each card, with the path and hash of the sheet; `sheet` is then the paper or the printer, and
    `written` is where the file was written: relative to the project, or absolute elsewhere.
    """

    path: str
    document: str
    locale: str
    clinic: str
    product: str
    number: str
    facts: ReleaseFacts
    signed: tuple[str, ...]
    sheet: str = optional("")
    written: str = optional("")

    @property
    def id(self) -> tuple[str, str, str, str]:
        """What identifies a piece: document, locale, clinic, product."""
        return self.document, self.locale, self.clinic, self.product

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return self.facts.sha256

    @property
    def printed(self) -> tuple[str, ...]:
        """What its control line says, apart from the dates."""
        return self.number, self.locale, self.facts.version, self.facts.inputs

    @property
    def what(self) -> str:
        """The product, and the sheet it is on."""
        return f"{self.product} on {self.sheet}" if self.sheet else self.product


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One run of `build --release` that released something; `number` counts from 1.

    `engine` are the versions of the engine and its libraries and the fingerprint of the engine's own files, `people` is
    the hash of the file of people. `principal`, `key` and `lapses` are as in `SignOff`. `after` are the last entries of
    the log before it; the reader fills in `id`.
    """

    number: int
    dated: date = named("date")
    by: str
    principal: str = optional("")
    key: str = optional("")
    engine: str
    people: str = optional("")
    after: tuple[str, ...] = optional(())
    id: str = unstored()
    lapses: date | None = unstored(None)
    pieces: tuple[Released, ...] = named("piece")

    @property
    def names(self) -> frozenset[str]:
        """The entries that it names."""
        return frozenset((*self.after, *(id for piece in self.pieces for id in piece.signed)))


RELEASE: Final = RecordFormat(
    Release,
    head="A release, written by `publish.py build --release`: what was made, from what, and who had signed it.",
    name=lambda release, text_hash: f"{release.number:05d}-{release.dated}-{text_hash}.toml",
    from_name=lambda _, stem: {"id": release_id(stem)},
    limit=LARGE,
)
