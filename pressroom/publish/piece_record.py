"""A piece of an edition, and its row in the manifest, which is decoded when somebody asks for more than a build."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pressroom.approval.codec import decode, keys_of, optional
from pressroom.approval.releases import ReleaseFacts
from pressroom.diagnostics import Diagnostic
from pressroom.drawing import PieceDrawing

ROW: Final = b'{"document": '
# How a value is written in a row without escapes, by its type: JSON reads all that has this form.
_TEXT: Final = r'"[^"\x00-\x1f]*"'
_NUMBER: Final = r"(?:0|[1-9]\d{0,17})"
_NUMBERS: Final = rf"\[(?:{_NUMBER}(?:, {_NUMBER})*)?\]"
_VALUES: Final[Mapping[Any, str]] = {
    str: _TEXT,
    int: rf"-?{_NUMBER}",
    bool: "(true|false)",
    tuple[str, ...]: rf"\[(?:{_TEXT}(?:, {_TEXT})*)?\]",
    tuple[tuple[int, ...], ...]: rf"\[(?:{_NUMBERS}(?:, {_NUMBERS})*)?\]",
    tuple[Diagnostic, ...]: r'(?:"(\w+)"|\[\])',
}
# The fields that are read at once, in the order of a row, and the two that only a row has.
_AT_ONCE: Final = ("document", "locale", "clinic", "product", "state", "path", "outdated", "diagnostics", "sources")
_HASHES: Final = ("sha256", "key")


class Row(NamedTuple):
    """A row as it was written, and what is read of it at once; `found` is the name of its findings."""

    text: bytes
    sha256: str
    key: str
    found: str


@dataclass(frozen=True, slots=True)
class PieceRecord:
    """One piece of an edition.

    A refused piece has no path, no pages and no hash; its diagnostics say why. A piece is `outdated` if its inputs have
    changed and it was not requested. `facts.key` hashes all its inputs.

    A release also has the day of its release and the signers. `offer_with` is the path of the
    current English that an old translation must be handed out with. `profile` is the SHA-256 of the print shop's
    profile in a press file. `marks` are the objects with everything that it draws, one mark a line: of the base and of
    the imprint.

    `sources` hashes the files that the piece and its findings were read from, `made_of` are the parts of its key. The
    last findings are of its making: `places` says for each where it is in the piece, see `planning.moved`.

    `row` is what it was read from. A build asks most records only if they are still right, so a row is decoded when
    another field is asked for.
    """

    document: str
    locale: str
    clinic: str
    product: str
    state: str
    facts: ReleaseFacts
    path: str = ""
    pages: int = 0
    outdated: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    released: str = optional("")
    signed: tuple[str, ...] = optional(())
    offer_with: str = optional("")
    profile: str = optional("")
    marks: tuple[str, ...] = optional(())
    sources: str = optional("")
    made_of: tuple[str, ...] = optional(())
    places: tuple[tuple[int, ...], ...] = optional(())
    row: Row | None = field(default=None, init=False, repr=False, compare=False, metadata={"unstored": True})

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """A field of a record whose row was not decoded yet; it is decoded now."""
            if name not in _OF_ROW:
                raise AttributeError(name)
            record = decoded_row(json.loads(self.row.text), {self.row.found: self.diagnostics})
            for each in _OF_ROW:
                object.__setattr__(self, each, getattr(record, each))
            return getattr(record, name)

    @property
    def made(self) -> bool:
        """True if it has a file."""
        return bool(self.path)

    @property
    def kind(self) -> str:
        """The kind of its file: `pdf`, `html` for a web page, or empty if it has none. See `Layout.file_kind`."""
        return self.path.rpartition(".")[2]

    @property
    def id(self) -> tuple[str, str, str, str]:
        """What identifies a piece: document, locale, clinic, product."""
        return self.document, self.locale, self.clinic, self.product

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes."""
        return self.row.sha256 if self.row else self.facts.sha256

    @property
    def drawing(self) -> PieceDrawing:
        """The hashes of what it draws, which people sign; not known of a piece that was refused."""
        return self.facts.drawing

    @property
    def key(self) -> str:
        """The hash of everything the piece is made from."""
        return self.row.key if self.row else self.facts.key


_OF_ROW: Final = frozenset(one.name for one in fields(PieceRecord)) - {*_AT_ONCE, "row"}


def read_row(text: bytes, findings: Mapping[str, tuple[Diagnostic, ...]]) -> PieceRecord:
    """The record of a row; it is decoded later if it has exactly the form in which this version writes rows.

    Raises ValueError.
    """
    # Without escapes a text ends at the next quotation mark, which is found quickly.
    found = _form().fullmatch(text) if b"\\" not in text else None
    if found is None:
        return decoded_row(json.loads(text), findings)
    document, locale, clinic, product, state, sha256, key, path, outdated, name, sources = [
        part.decode() for part in found.groups(b"")
    ]
    if name and name not in findings:
        raise ValueError(f"it has no findings {name!r}")
    record, row = object.__new__(PieceRecord), Row(text, sha256, key, name)
    values = (document, locale, clinic, product, state, path, outdated == "true", findings.get(name, ()), sources, row)
    for field_name, value in zip((*_AT_ONCE, "row"), values, strict=True):
        object.__setattr__(record, field_name, value)
    return record


def decoded_row(row: object, findings: Mapping[str, tuple[Diagnostic, ...]]) -> PieceRecord:
    """The complete record of a row, which names its findings or has them itself. Raises ValueError."""
    name = row.get("diagnostics") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(name, str):
        return decode(PieceRecord, row, "_")
    if name not in findings:
        raise ValueError(f"it has no findings {name!r}")
    others = {key: value for key, value in row.items() if key != "diagnostics"}
    return decode(PieceRecord, others, "_", {"diagnostics": findings[name]})


@cache
def _form() -> re.Pattern[bytes]:
    """The form of a row: all keys in their order, each with a value of its type."""
    parts: list[str] = []
    for key, kind, is_optional in keys_of(PieceRecord, "_"):
        value = r'"([^"\x00-\x1f]*)"' if kind is str and key in (*_AT_ONCE, *_HASHES) else _VALUES[kind]
        part = f'{", " if parts else ""}"{key}": {value}'
        parts.append(f"(?:{part})?" if is_optional else part)
    return re.compile(rf"\{{{''.join(parts)}\}}".encode())
