"""What templates write with: a piece goes in, its messages come out in the language of each page, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from pressroom.compose.piece import Piece, Voice
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.language import Language
from pressroom.layout import LOCALE


@dataclass(slots=True)
class Scribe:
    """Writes in the voice of the page that is open, and keeps which message stands in which frame."""

    piece: Piece
    written: dict[str, list[Message]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _voices: dict[str, Voice] = field(default_factory=dict)
    _speaks: str = LOCALE

    def open_page(self, name: str) -> Language:
        """Begin a page; its language."""
        self._speaks = next(page.language for page in self.piece.layout.pages if page.name == name)
        return self._voice(self._speaks).language

    def begin(self, frame: str) -> str:
        """Begin a frame."""
        self._open.append(frame)
        self.written.setdefault(frame, [])
        return ""

    def end(self) -> str:
        """End the frame begun last."""
        self._open.pop()
        return ""

    def say(self, message: Message, bind: bool = False) -> Markup:
        """A message of the document, in the page's language."""
        if self._open:
            self.written[self._open[-1]].append(message)
        marks = self.piece.marking == "proof"
        voice = self._voice(self._speaks)
        return TextSetter(voice.language, voice.translation, self.piece.placeholders, marks).set(message, bind=bind)

    def english(self, message: Message) -> Markup:
        """A message of the document in English, for staff who can't read the page's language."""
        voice = self._voice("en")
        return TextSetter(voice.language, voice.translation, self.piece.placeholders, marks=False).set(message)

    def word(self, name: str) -> Markup:
        """One of the layouts' own words, in the page's language."""
        voice = self._voice(self._speaks)
        return TextSetter(voice.language, voice.said, self.piece.placeholders, marks=False).set(self.piece.words[name])

    def own_word(self, name: str) -> Markup:
        """The word in the page's language, or nothing where it is not translated: the English stands beside it."""
        message = self.piece.words[name]
        status = self._voice(self._speaks).said.of(message).status
        return self.word(name) if status == "translated" else Markup("")

    def _voice(self, name: str) -> Voice:
        if name not in self._voices:
            self._voices[name] = self.piece.voice(name)
        return self._voices[name]
