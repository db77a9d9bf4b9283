"""The manifest of a generation: piece records go in, `manifest.json` comes out, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from pressroom.diagnostics import Diagnostic, Severity, Span, as_json

NAME: Final = "manifest.json"
_SCHEMA: Final = 1
# What a row has even where it is empty; the rest is a release's.
_ALWAYS: Final = frozenset(
    ("path", "document", "locale", "clinic", "product", "state", "pages", "sha256", "key", "outdated", "diagnostics")
)


@dataclass(frozen=True, slots=True)
class PieceRecord:
    """What is known of one piece of a generation.

    `key` hashes all its inputs, `sha256` its bytes. A refused piece has no path, no pages and no sha256; its
    diagnostics say why. `outdated` is set where the inputs have changed and the piece was not asked for.

    The rest is a release's: `version` and `inputs` as the control line has them, the last day or month it may be
    handed out, the day of its release, who signed, the hashes of its words, imprint and look, the emergency number that
    it prints. `offer_with` is the path of the current English that an old translation is handed out with until it is
    renewed. `profile` is the SHA-256 of the print shop's profile in a press file.
    """

    document: str
    locale: str
    clinic: str
    product: str
    state: str
    key: str
    path: str = ""
    pages: int = 0
    sha256: str = ""
    outdated: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    version: str = ""
    inputs: str = ""
    review_by: str = ""
    released: str = ""
    signed: tuple[str, ...] = ()
    english: str = ""
    translation: str = ""
    words: str = ""
    emergency: str = ""
    imprint: str = ""
    look: str = ""
    offer_with: str = ""
    profile: str = ""

    @property
    def made(self) -> bool:
        """True where there is a file."""
        return bool(self.path)

    @property
    def id(self) -> tuple[str, str, str, str]:
        """What one piece is told from another by: document, locale, clinic, product."""
        return self.document, self.locale, self.clinic, self.product


@dataclass(frozen=True, slots=True)
class Manifest:
    """All pieces of a generation, made and refused, in the order of their ids.

    `made_with` are the versions of the engine and its libraries, and the hashes of the fonts, that made them.
    """

    pieces: tuple[PieceRecord, ...] = ()
    made_with: dict[str, str] = field(default_factory=dict)

    def by_id(self) -> dict[tuple[str, str, str, str], PieceRecord]:
        """The records by piece."""
        return {record.id: record for record in self.pieces}

    def to_json(self) -> str:
        """As the file holds it: no clock and no machine in it, so that the same pieces give the same bytes."""
        table = {
            "schema": _SCHEMA,
            **({"made_with": self.made_with} if self.made_with else {}),
            "files": [_row(record) for record in self.pieces if record.made],
            "refused": [_row(record) for record in self.pieces if not record.made],
        }
        return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _row(record: PieceRecord) -> dict[str, Any]:
    row = asdict(record)
    row["diagnostics"] = [as_json(d) for d in record.diagnostics]
    first = ("path", "document", "locale", "clinic", "product", "state", "pages", "sha256")
    known = {name for name in row if name in _ALWAYS or row[name]}
    return {name: row[name] for name in (*first, *(name for name in row if name not in first)) if name in known}


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation; an empty one where there is none or it is not one of ours."""
    try:
        table = json.loads((generation / NAME).read_text(encoding="utf-8"))
        if table["schema"] != _SCHEMA:
            return Manifest()
        pieces = tuple(_record(row) for row in table["files"] + table["refused"])
        return Manifest(pieces, table.get("made_with", {}))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Manifest()


def _record(row: dict[str, Any]) -> PieceRecord:
    diagnostics = tuple(
        Diagnostic(Severity(d["severity"]), d["code"], Span(d["path"], d["line"]), d["message"], d["hint"])
        for d in row.get("diagnostics", ())
    )
    return PieceRecord(**{**row, "diagnostics": diagnostics, "signed": tuple(row.get("signed", ()))})
