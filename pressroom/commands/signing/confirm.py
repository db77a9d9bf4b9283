"""Records that a clinic pulled the papers of a recall from its racks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pressroom.approval.confirmations import (
    CONFIRMATION,
    LONGEST_NAME,
    MOST_PAPERS,
    Confirmation,
    recall_number,
)
from pressroom.planning.named import UsageError
from pressroom.workspace.confirmations import confirmations_folder
from pressroom.workspace.records import write_record
from pressroom.workspace.workspace import Workspace


def confirm_pulled(workspace: Workspace, clinic: str, number: str, papers: str, name: str, today: date) -> Path:
    """Record that `papers` papers of the recall with this number were pulled at a clinic; the record's path.

    `papers` and `name` are as a person typed them.

    Raises:
        UsageError: there is no such recall or clinic, or what was typed can't be right.
        OSError: it can't be written.
    """
    log = workspace.records().records
    recall = next((one for one in log.recalls if recall_number(one.id) == number), None)
    if recall is None:
        raise UsageError("no recall has this number", "go back to the list of languages, and open the recall there")
    known = {one.id for one in workspace.clinics().value} | {row.clinic for r in log.releases for row in r.pieces}
    if clinic not in known:
        raise UsageError(f"no clinic is called {clinic!r}", "choose the clinic on the first page of the print desk")
    record = Confirmation(
        recall=recall.id, clinic=clinic, papers=_count(papers), name=_name(name), dated=today, after=log.log.heads
    )
    return write_record(workspace, confirmations_folder(workspace.project), *CONFIRMATION.write(record))


def _count(papers: str) -> int:
    typed = papers.strip()
    if not (typed.isdecimal() and len(typed) < 10 and int(typed) <= MOST_PAPERS):
        raise UsageError(
            "how many papers is not a number",
            f"type how many you pulled, 0 if there were none, {MOST_PAPERS:,} at most",
        )
    return int(typed)


def _name(name: str) -> str:
    typed = " ".join(name.split())
    if not typed or len(typed) > LONGEST_NAME or not typed.isprintable():
        raise UsageError("no name was typed", "type your name, so that the person who recalled it can ask you")
    return typed
