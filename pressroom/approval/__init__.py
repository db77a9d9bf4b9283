"""What may be said of a translation: catalogs and records go in, the state of a piece comes out."""

from pressroom.approval.changes import Change, as_text, english_changes, text_changes, word_diff
from pressroom.approval.digest import Line, Wording, lines_of, wording_of
from pressroom.approval.drafts import (
    DraftRecord,
    draft_file,
    inherit_drafts,
    parse_drafts,
    record_drafts,
    text_hash,
    with_draft_comments,
    write_drafts,
)
from pressroom.approval.recall import Recall, Waiver, Withdrawal
from pressroom.approval.releases import Release, Released
from pressroom.approval.signoff import SignOff
from pressroom.approval.standing import (
    Case,
    Records,
    Standing,
    last_day,
    may_sign,
    roles_of,
    standing_of,
    still_standing,
)
from pressroom.approval.state import State, StateName, state_of, together

__all__ = [
    "Case",
    "Change",
    "DraftRecord",
    "Line",
    "Recall",
    "Records",
    "Release",
    "Released",
    "SignOff",
    "Standing",
    "State",
    "StateName",
    "Waiver",
    "Withdrawal",
    "Wording",
    "as_text",
    "draft_file",
    "english_changes",
    "inherit_drafts",
    "last_day",
    "lines_of",
    "may_sign",
    "parse_drafts",
    "record_drafts",
    "roles_of",
    "standing_of",
    "state_of",
    "still_standing",
    "text_changes",
    "text_hash",
    "together",
    "with_draft_comments",
    "word_diff",
    "wording_of",
    "write_drafts",
]
