"""What happens after a signature: whose turn it is on the text, and what the signer signs next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pressroom.approval import SignOff
from pressroom.approval.roles import Seat
from pressroom.commands.signing.readers import Identity
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.waiting import Waiting, waiting_list, waits_for
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignedNext:
    """The signature, if it counts; the seats that are still empty, with the names of those who can take each.

    `approved` is True if the text can be released, `own` are the texts that the signer can sign next.
    """

    record: SignOff | None
    seats: tuple[tuple[Seat, tuple[str, ...]], ...]
    approved: bool
    own: tuple[Waiting, ...]


def signed_next(workspace: Workspace, document: str, locale: str, id: str, who: Identity, today: date) -> SignedNext:
    """What follows the sign-off of this id on a document in a locale."""
    case, everybody = open_review_case(workspace, document, locale, today), waiting_list(workspace, today)
    states = [state for _, state in case.cases()]
    empty = tuple(dict.fromkeys(seat for state in states for seat in state.missing))
    place = (case.document.name, case.language.tag)
    names = {
        seat: tuple(
            row.person.name
            for row in everybody.people
            if row.person is not None
            for waiting in row.waiting
            if (waiting.document, waiting.language.tag) == place and waiting.role in seat
        )
        for seat in empty
    }
    return SignedNext(
        record=next((record for record in case.signoffs() if record.id == id), None),
        seats=tuple(names.items()),
        approved=bool(states) and all(state.name == "approved" for state in states),
        own=tuple(waiting for waiting in waits_for(everybody, who.id) if waiting.is_next)[:5],
    )
