"""What a template writes with: messages go in, HTML comes out, and it is kept which message stands in which frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markupsafe import Markup

from pressroom.compose.piece import Piece
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic


@dataclass(slots=True)
class Scribe:
    """Writes one piece; `setter` sets the document's messages, `words` the layouts' own.

    `pictures` maps the address of a picture to what the page calls it; a piece on paper knows it by its own.
    """

    piece: Piece
    setter: TextSetter
    words: TextSetter
    pictures: dict[str, str] = field(default_factory=dict)
    written: dict[str, list[Message]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def begin(self, frame: str) -> str:
        """A frame begins: what is said from here on stands in it."""
        self._open.append(frame)
        self.written.setdefault(frame, [])
        return ""

    def end(self) -> str:
        """The frame begun last ends."""
        self._open.pop()
        return ""

    def say(self, message: Message, bind: bool = False) -> Markup:
        """A message of the document in HTML."""
        if self._open:
            self.written[self._open[-1]].append(message)
        return self.setter.set(message, bind=bind)

    def plain(self, message: Message) -> str:
        """The words of a message of the document without any markup."""
        if self._open:
            self.written[self._open[-1]].append(message)
        return self.setter.plain(message)

    def word(self, name: str) -> Markup:
        """A word of the layouts' own.

        Raises:
            LookupError: there is no word of that name.
        """
        if name not in self.piece.words:
            raise LookupError(f"layouts/words.toml has no word {name!r}")
        return self.words.set(self.piece.words[name])

    def own_word(self, name: str) -> Markup:
        """The word in the locale, or nothing where it is not translated: the English stands beside it."""
        html = self.word(name)
        return html if self.piece.said.of(self.piece.words[name]).status == "translated" else Markup("")

    def plain(self, message: Message) -> str:
        """A message of the document as text alone: for a title, or what a picture shows."""
        if self._open:
            self.written[self._open[-1]].append(message)
        return self.setter.plain(message)

    def picture(self, source: str) -> str:
        """The address of a picture in this page."""
        return self.pictures.get(source, source)

    def unset(self) -> list[Diagnostic]:
        """What the template wrote in frames the layout has not, and the messages it left out: both would be lost."""
        return [*self._strange_frames(), *self.left_out()]

    def _strange_frames(self) -> Iterator[Diagnostic]:
        there = {frame.name for frame in self.piece.layout.frames}
        for name in self.written:
            if name not in there:
                message = f"the template writes in a frame {name!r} that the layout has not"
                yield diagnostic("text-unset", Span(self.piece.layout.path), message, f"there are {', '.join(there)}")

    def left_out(self) -> Iterator[Diagnostic]:
        """The messages of the document that stand in no frame."""
        said = {message.key for messages in self.written.values() for message in messages}
        for panel in self.piece.document.panels:
            for message in (m for m in self.piece.document.messages if m.panel == panel.name and m.key not in said):
                text = f"the layout {self.piece.layout.name} leaves out this {message.role} of panel {panel.name!r}"
                hint = f"write it in a frame of layouts/{self.piece.layout.name}/template.html"
                yield diagnostic("text-unset", message.span, text, hint)
