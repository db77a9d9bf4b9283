"""What making one piece takes and returns: plain values that can be sent to another process or machine."""

from __future__ import annotations

from dataclasses import dataclass

from pressroom.compose import Piece
from pressroom.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to make.

    `cache` is what was measured and drawn of a piece that differs by clinic or sheet alone, as its result returned it;
    empty where there is none. It saves time and changes no byte. `keep_cache` asks for this piece's.
    """

    piece: Piece
    cache: bytes = b""
    keep_cache: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A piece made: its bytes (None where it is refused), its pages and the findings.

    `data` is a PDF or a web page; `kind` is the ending of its name, `made_as` the product it is.
    """

    data: bytes | None
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    kind: str = "pdf"
    made_as: str = ""
    cache: bytes = b""
