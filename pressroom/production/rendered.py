"""What making one piece returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pressroom.diagnostics import Diagnostic

if TYPE_CHECKING:
    from pressroom.render.cache import Memo


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came back from a worker: which piece (its place in the sequence), its bytes, pages and findings.

    `pdf` holds the bytes of whatever file it is; `kind` is the ending of its name, `made_as` the product it is. `memo`
    is what was measured of it, for the same piece of another clinic.
    """

    number: int
    pdf: bytes | None
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    kind: str = "pdf"
    made_as: str = ""
    memo: Memo | None = None
