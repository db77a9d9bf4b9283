"""The log of releases: what was released, when, by whom, from what, as values and as one small file a release."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final

from pressroom.approval.signoff import day
from pressroom.approval.toml import read_toml, short_hash, text_of, write_toml

_HEAD: Final = "A release, written by `publish.py build --release`: what was made, from what, and who had signed it."
_NAME = re.compile(r"(\d{5,})-(\d{4}-\d{2}-\d{2})-[0-9a-f]{8}\.toml")


@dataclass(frozen=True, slots=True)
class Released:
    """One file of a release.

    `number`, `version` and `inputs` are what its control line says. `sha256` is of its bytes; `english`, `translation`
    and `words` (the layouts' own) are hashes of what it says, `imprint` of what it says of its clinic, `emergency` is
    the number it prints, if any; `signed` are the records it stood on, by name and role. On an imposed
    sheet, which has an entry for each of its cards with the sheet's own path and SHA-256, `sheet` is the paper.
    """

    path: str
    document: str
    locale: str
    clinic: str
    product: str
    number: str
    version: str
    review_by: str
    inputs: str
    sha256: str
    key: str
    english: str
    translation: str
    words: str
    emergency: str
    imprint: str
    signed: str
    sheet: str = ""

    @property
    def id(self) -> tuple[str, str, str, str]:
        """What one piece is told from another by: document, locale, clinic, product."""
        return self.document, self.locale, self.clinic, self.product

    @property
    def what(self) -> str:
        """The product, and the sheet it is on."""
        return f"{self.product} on {self.sheet}" if self.sheet else self.product


@dataclass(frozen=True, slots=True)
class Release:
    """One run of `build --release` that released something; `number` counts from 1."""

    number: int
    dated: date
    by: str
    engine: str
    pieces: tuple[Released, ...]


def write_release(release: Release) -> tuple[str, str]:
    """The name of the release's file and its text."""
    rows = [
        {key.replace("_", "-"): value for key, value in asdict(piece).items() if value or key != "sheet"}
        for piece in release.pieces
    ]
    table = {
        "number": release.number,
        "date": release.dated.isoformat(),
        "by": release.by,
        "engine": release.engine,
        "piece": rows,
    }
    text = write_toml(table, _HEAD)
    return f"{release.number:05d}-{release.dated.isoformat()}-{short_hash(text)}.toml", text


def read_release(text: str, name: str) -> Release:
    """A release from its file's text.

    Raises:
        ValueError: it is no release's file, or was edited since it was written.
    """
    place = _NAME.fullmatch(name)
    table = read_toml(text)
    if place is None or place[0].rpartition("-")[2] != f"{short_hash(text)}.toml":
        raise ValueError("its content is not what was written under this name")
    if text_of(table, "date") != place[2]:
        raise ValueError("its date is not its name's")
    keys = [field.name for field in fields(Released)]
    pieces = tuple(Released(**{key: _value(row, key) for key in keys}) for row in table["piece"])
    return Release(int(place[1]), day(place[2]), text_of(table, "by"), text_of(table, "engine"), pieces)


def _value(row: dict[str, str], key: str) -> str:
    return text_of(row, key.replace("_", "-"), "" if key == "sheet" else None)
