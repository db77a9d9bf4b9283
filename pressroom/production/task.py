"""The input and the result of making one piece: plain values that can be sent to another process or machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose import Piece
from pressroom.content import Document
from pressroom.diagnostics import Diagnostic
from pressroom.drawing import DrawnPiece
from pressroom.layout import Layout
from pressroom.render.work import Work

# What the pieces of a build share is sent to a worker once; so are pictures and the caches of similar pieces.
SHARED: Final = (Document, Translation, Layout)


@dataclass(frozen=True, slots=True)
class Task:
    """A piece to make.

    `cache` is the cache that the result of a similar piece (another clinic or sheet) returned, or empty. It saves time
    and changes no byte. `keep_cache` asks for the cache of this piece. `whole` asks for a check of the whole file even
    if others of its base were checked. `followed` is True if pieces of other clinics follow, which may be set as this
    one.
    """

    piece: Piece
    cache: bytes = b""
    keep_cache: bool = False
    whole: bool = False
    followed: bool = False


def language_of(task: Task) -> str:
    """What a worker had better make together: fonts, hyphens and facts of a language are read once in a process."""
    return task.piece.language.tag


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished piece: its bytes (None if it is refused), its number of pages and the findings.

    `data` is a PDF or a web page; `kind` is the file's extension, `made_as` the product it is. `drawing` is what people
    sign of it: two hashes, and the lines that they are the hashes of. `work` is what it took to measure it.
    """

    data: bytes | None
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    kind: str = "pdf"
    made_as: str = ""
    cache: bytes = b""
    drawing: DrawnPiece = field(default_factory=DrawnPiece)
    work: Work = field(default_factory=Work)
