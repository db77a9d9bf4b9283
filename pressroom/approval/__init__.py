"""Everybody's records, the approval state of a piece, and the verdict: what may be handed out."""

from pressroom.approval.approval_state import (
    ApprovalState,
    Case,
    Records,
    approval_state_of,
    last_day,
    may_sign,
    roles_of,
    signoffs_in_force,
)
from pressroom.approval.changes import Change, as_text, english_changes, text_changes, word_diff
from pressroom.approval.digest import Wording, WordingLine, lines_of, wording_of
from pressroom.approval.machine_drafts import (
    DraftRecord,
    draft_file,
    inherit_drafts,
    parse_drafts,
    record_drafts,
    text_hash,
    with_draft_comments,
    write_drafts,
)
from pressroom.approval.recall import Pulled, Recall, Waiver, Withdrawal
from pressroom.approval.releases import PieceContent, Release, Released, ReleaseFacts
from pressroom.approval.signoff import SignOff
from pressroom.approval.state import State, StateName, state_of, together
