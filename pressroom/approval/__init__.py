"""What may be said of a translation: catalogs and records go in, the state of a piece comes out."""

from pressroom.approval.drafts import (
    DraftRecord,
    draft_file,
    parse_drafts,
    record_drafts,
    text_hash,
    with_draft_comments,
    write_drafts,
)
from pressroom.approval.state import State, state_of

__all__ = [
    "DraftRecord",
    "State",
    "draft_file",
    "parse_drafts",
    "record_drafts",
    "state_of",
    "text_hash",
    "with_draft_comments",
    "write_drafts",
]
