"""The records, the approval state of a piece, and the verdict: what may be handed out."""

from pressroom.approval.approval_state import (
    ApprovalState,
    Case,
    StateName,
    TranslationState,
    approval_state_of,
    last_day,
    signoffs_in_force,
    translation_state,
)
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
from pressroom.approval.records import Pulled, Recall, Records, SignOff, Waiver, Withdrawal
from pressroom.approval.releases import Label, PieceContent, Release, Released, ReleaseFacts
from pressroom.approval.roles import may_sign, may_sign_look, roles_of, seats_of
from pressroom.approval.wording import Change, Wording, WordingLine, changes, wording_of
