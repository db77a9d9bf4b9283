"""Says how far the log of releases can be trusted: whether it is signed, and what in it does not count."""

from __future__ import annotations

from pressroom.approval.log import RELEASES
from pressroom.approval.people_file import PEOPLE_FILE
from pressroom.diagnostics import Severity
from pressroom.workspace.workspace import Workspace


def log_trust(workspace: Workspace) -> str:
    """One line for people: is the log of releases signed?"""
    people, findings = workspace.people()
    if any(finding.severity is Severity.ERROR for finding in findings):
        return f"the program can't say whether the log of releases is signed: {PEOPLE_FILE} can't be used"
    if people is None or not people.sign_releases:
        why = f"there is no {PEOPLE_FILE}" if people is None else "no releaser has a key"
        return f"the log of releases is not signed: {why}. Who can commit can add to it"
    uncounted = workspace.records().records.uncounted
    ignored = sum(1 for entry in uncounted if entry.id.startswith(f"{RELEASES}/"))
    noted = f"; {ignored} of its entries are not, or not by a releaser, and do not count" if ignored else ""
    return f"the log of releases is signed{noted}"
