"""The record that a clinic pulled the papers of a recall from its racks.

The log of releases names no confirmation: it allows nothing and takes nothing back. A clinic whose confirmation is lost
or was edited is asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.approval.codec import RecordFormat, named, optional, unstored

# No rack holds more.
MOST_PAPERS: Final = 100_000
LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """`papers` papers of a recall were pulled at a clinic, by a person who gave this `name`.

    `recall` is the recall's id. `after` are the last entries of the log that were known. The reader fills in `file`,
    the name of the record's file.
    """

    recall: str
    clinic: str
    papers: int
    name: str
    dated: date = named("date")
    after: tuple[str, ...] = optional(())
    file: str = unstored()


def recall_number(recall: str) -> str:
    """What a recall is called in addresses: the sixteen digits at the end of its id."""
    return recall.rpartition("-")[2]


def _check(record: Confirmation) -> None:
    if not 0 <= record.papers <= MOST_PAPERS:
        raise ValueError(f"{record.papers} is not a number of papers")
    if not record.name.strip() or len(record.name) > LONGEST_NAME:
        raise ValueError("it names no person")


CONFIRMATION: Final = RecordFormat(
    Confirmation,
    head="A clinic's word that it pulled the papers of a recall. Its name holds the hash of its content.",
    name=lambda record, text_hash: f"{record.clinic}-{record.dated}-{text_hash}.toml",
    from_name=lambda _, stem: {"file": f"{stem}.toml"},
    check=_check,
)
