"""What templates write with: a piece goes in, its messages come out in the language of each page, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from pressroom.compose.piece import Piece, Voice
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language
from pressroom.layout import LOCALE

# The one frame of a layout that flows.
FLOW: Final = "flow"


@dataclass(slots=True)
class TemplateContext:
    """Writes in the voice of the page that is open, and keeps which message stands in which frame.

    `pictures` maps the address of a picture to what the page calls it; a piece on paper knows it by its own. `links`
    makes telephone numbers and addresses what a reader can press.
    """

    piece: Piece
    links: bool = False
    pictures: dict[str, str] = field(default_factory=dict)
    written: dict[str, list[Message]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _voices: dict[str, Voice] = field(default_factory=dict)
    _speaks: str = LOCALE

    def open_page(self, name: str) -> Language:
        """Begin a page; its language."""
        self._speaks = next(page.language for page in self.piece.layout.pages if page.name == name)
        return self._voice(self._speaks).language

    def frame_language(self, frame: str) -> Language | None:
        """The language of a frame that is in another than its page."""
        own = self._of_frame(frame)
        return None if own == self._speaks else self._voice(own).language

    def _of_frame(self, name: str) -> str:
        return next((frame.language for frame in self.piece.layout.frames if frame.name == name), self._speaks)

    @property
    def _now(self) -> str:
        """Whose voice speaks: the open frame's, or the page's."""
        return self._of_frame(self._open[-1]) if self._open else self._speaks

    def begin(self, frame: str) -> str:
        """Begin a frame."""
        self._open.append(frame)
        self.written.setdefault(frame, [])
        return ""

    def end(self) -> str:
        """End the frame begun last."""
        self._open.pop()
        return ""

    def say(self, message: Message) -> Markup:
        """A message of the document, in the page's language."""
        if self._open:
            self.written[self._open[-1]].append(message)
        return self._setter(self._voice(self._now)).set(message)

    def english(self, message: Message) -> Markup:
        """A message of the document in English, for staff who can't read the page's language."""
        voice = self._voice("en")
        return TextSetter(voice.language, voice.translation, self.piece.placeholders, marks=False).set(message)

    def word(self, name: str) -> Markup:
        """One of the layouts' own words, in the page's language.

        Raises:
            LookupError: there is no word of that name.
        """
        if name not in self.piece.words:
            raise LookupError(f"layouts/words.toml has no word {name!r}")
        voice = self._voice(self._now)
        return TextSetter(voice.language, voice.said, self.piece.placeholders, marks=False).set(self.piece.words[name])

    def own_word(self, name: str) -> Markup:
        """The word in the page's language, or nothing where it is not translated: the English stands beside it."""
        html = self.word(name)
        status = self._voice(self._now).said.of(self.piece.words[name]).status
        return html if status == "translated" else Markup("")

    def plain(self, message: Message) -> str:
        """A message of the document as text alone: for a title, or what a picture shows."""
        if self._open:
            self.written[self._open[-1]].append(message)
        return self._setter(self._voice(self._now)).plain(message)

    def picture(self, source: str) -> str:
        """The address of a picture in this page."""
        return self.pictures.get(source, source)

    def unset(self) -> list[Diagnostic]:
        """What the template wrote in frames the layout has not, and the messages it left out: both would be lost."""
        return [*self._strange_frames(), *self.left_out()]

    def _strange_frames(self) -> Iterator[Diagnostic]:
        there = {frame.name for frame in self.piece.layout.frames} | ({FLOW} if self.piece.layout.flows else set())
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

    def _setter(self, voice: Voice) -> TextSetter:
        marks = self.piece.marking == "proof"
        values = self.piece.placeholders
        return TextSetter(voice.language, voice.translation, values, marks, links=self.links, steady=not self.links)

    def _voice(self, name: str) -> Voice:
        if name not in self._voices:
            self._voices[name] = self.piece.voice(name)
        return self._voices[name]
