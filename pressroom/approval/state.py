"""How far a translation is: complete, a machine's draft, or with messages missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pressroom.approval.machine_drafts import DraftRecord
from pressroom.catalog import Translation
from pressroom.content import Message

StateName = Literal["missing", "machine", "translated", "reviewed", "approved"]


@dataclass(frozen=True, slots=True)
class State:
    """How far the words are: `missing` where any is untranslated or fuzzy, `machine` where any is a draft.

    The counts are of distinct messages. What people signed is `ApprovalState`.
    """

    name: StateName
    messages: int
    untranslated: int
    fuzzy: int
    machine: int
    pending: int


def state_of(messages: Sequence[Message], translation: Translation, drafts: DraftRecord) -> State:
    """The state of these messages; of the English itself when `translation` is the English."""
    distinct = list({message.key: message for message in messages}.values())
    said = [(message, translation.of(message)) for message in distinct]
    untranslated = sum(1 for _, t in said if t.status == "untranslated")
    fuzzy = sum(1 for _, t in said if t.status == "fuzzy")
    machine = sum(1 for message, t in said if t.status == "translated" and drafts.holds(message.key, t.text))
    pending = sum(1 for message in distinct if message.pending)
    return State(_name(untranslated + fuzzy, machine), len(distinct), untranslated, fuzzy, machine, pending)


def together(one: State, other: State) -> State:
    """The state of both: a piece prints its document's messages and the layouts' own words."""
    counts = {
        name: getattr(one, name) + getattr(other, name)
        for name in ("messages", "untranslated", "fuzzy", "machine", "pending")
    }
    return State(name=_name(counts["untranslated"] + counts["fuzzy"], counts["machine"]), **counts)


def _name(absent: int, machine: int) -> StateName:
    return "missing" if absent else "machine" if machine else "translated"
