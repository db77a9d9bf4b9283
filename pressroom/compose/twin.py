"""A release held against its own proof: a piece goes in, where its page would say another thing comes out.

People sign what a proof shows. A template can ask which of the two it writes; what it then says on a release alone,
nobody has seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Final

from pressroom.compose.page import compose
from pressroom.compose.piece import Piece
from pressroom.compose.web import compose_web
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout import WEB

_PROOF: Final = "PROOF"
_DRAFT: Final = "DRAFT: NOT FOR PATIENTS"
_MARKS: Final = frozenset({"proof", "draft"})
_ROBOTS: Final = ("name", "robots")
# Elements without an end (HTML, "Void elements").
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def differs_from_proof(piece: Piece) -> list[Diagnostic]:
    """Where a release's page is not what its proof shows beside the marks; nothing where `piece` is a proof.

    Raises:
        ComposeError: the piece can't be composed.
    """
    if piece.marking == "proof":
        return []
    released = replace(piece, address="", instead=None)
    proof = replace(released, marking="proof", control=replace(piece.control, version=_PROOF))
    marks = _Reader(frozenset(map(_letters, (_DRAFT, *_own_draft(piece)))))
    shown = [part.replace(_PROOF, piece.control.version) for part in _parts(_page(proof), marks)]
    for one, other in zip_longest(_parts(_page(released), _Reader()), shown, fillvalue="nothing"):
        if one != other:
            message = f"the release would say {_short(one)!r} where its proof shows {_short(other)!r}"
            hint = "a template writes both alike; take out what asks which of the two it is"
            return [diagnostic("release-differs", Span(piece.layout.path), message, hint)]
    return []


def _page(piece: Piece) -> str:
    return compose_web(piece) if piece.layout.type_class == WEB else compose(piece).html


def _own_draft(piece: Piece) -> Iterator[str]:
    """The layouts' word for a draft, as the marks say it beside the English."""
    if (message := piece.words.get("draft")) is not None:
        yield piece.said.of(message).text


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def _short(part: str) -> str:
    return part if len(part) < 60 else f"{part[:57]}…"


def _parts(html: str, reader: _Reader) -> Iterator[str]:
    """The page's tags and texts in order, without the marks of a proof."""
    reader.feed(html)
    reader.close()
    text = ""
    for part in reader.parts:
        if part.startswith("<"):
            yield from [text] if text else []
            yield part
            text = ""
        else:
            text = " ".join(f"{text}{part}".split())
    yield from [text] if text else []


@dataclass
class _Reader(HTMLParser):
    """Reads tags and texts; an element of a proof's marks is passed over, but for what no mark says."""

    marks: frozenset[str] = frozenset()
    parts: list[str] = field(default_factory=list)
    _inside: int = 0

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag with its attributes."""
        marked = bool(self.marks and _MARKS & set((dict(attrs).get("class") or "").split()))
        if self._inside or marked:
            self._inside += tag not in _VOID
        elif not (self.marks and tag == "meta" and _ROBOTS in attrs):
            self.parts.append(f"<{tag} {' '.join(f'{name}={value!r}' for name, value in attrs)}>")

    def handle_endtag(self, tag: str) -> None:
        """The end of an element."""
        if self._inside:
            self._inside -= 1
        else:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """A text; its own sign for a tag is no tag."""
        if not self._inside or (data.strip() and _letters(data) not in self.marks):
            self.parts.append(data.replace("<", "‹"))
