"""Writes frames: calls the macro of a frame's role with what its parameters name, and records what it sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from markupsafe import Markup

from pressroom.compose.code import CODE
from pressroom.compose.piece import Piece, Voice
from pressroom.compose.template import TemplateFault, call_macro
from pressroom.compose.text import TextSetter
from pressroom.content import Block, Message, Panel
from pressroom.content.inline import parse_inline
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.layout import LOCALE, TEMPLATE, Frame, Role, Source, word_names
from pressroom.layout.roles import WORD
from pressroom.project import Clinic

_NOTICE_MISSING: Final = Markup(
    '<p class="notice" lang="en" dir="ltr"><span class="tag">NOTICE: THE CLINIC\'S OWN TEXT BELONGS HERE</span></p>'
)
_CODE: Final = Markup(
    '<p class="code"><img src="{}" alt="{}"> <span class="beside">'
    '<span class="address" lang="en" dir="ltr">{}</span></span></p>'
)
# Placeholders whose value is the country's, not one clinic's.
_SHARED_VALUES: Final = frozenset({"emergency"})


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What every macro may ask of its frame.

    `first` is True for the first frame of the piece; `top` is the level of its highest heading: 2 in the second of
    two languages. `view` is how its page shows the document's drawing, empty if it shows none. `autonym` and the rest
    are the frame's language's; `between` is what separates two sentences.
    """

    name: str
    role: str
    first: bool
    top: int
    view: str
    tag: str
    direction: str
    autonym: str
    between: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a frame may print of a clinic: its emergency number is printed by the document's words alone."""

    name: str
    address: tuple[str, ...]
    phone: str
    url: str
    map: str


@dataclass(frozen=True, slots=True)
class WrittenFrame:
    """A frame's HTML, whose content it is, the messages of the document in it, and its kinds of slots."""

    html: Markup
    source: Source
    messages: tuple[Message, ...]
    slots: frozenset[str]


@dataclass(slots=True)
class FrameWriter:
    """Writes the frames of one piece.

    `pictures` maps the address of a picture to what the page calls it, where that is another; `links` makes telephone
    numbers and addresses links. `written` is every message of the document that is set in a frame.
    """

    piece: Piece
    links: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)
    written: set[Message] = field(default_factory=set)
    _voices: dict[str, Voice] = field(default_factory=dict)

    def voice(self, name: str) -> Voice:
        """The voice of a page or frame by its language's name."""
        if name not in self._voices:
            self._voices[name] = self.piece.voice(name)
        return self._voices[name]

    def write(self, frame: Frame, panels: Sequence[Panel], *, first: bool = False) -> WrittenFrame:
        """Write one frame.

        Raises:
            TemplateFault: its macro is wrong, or asks for what no frame has.
        """
        layout = self.piece.layout
        role = layout.role(frame.role)
        if role is None:
            message = f"there is no macro for the role {frame.role!r}"
            raise TemplateFault(message, Span(layout.template_paths.get(TEMPLATE, layout.path)))
        scope = _Scope(self, frame, tuple(panels), first)
        values = {name: self._value(name, scope, role) for name in role.names}
        html = call_macro(layout, role, values).strip()
        for token, text in scope.late.items():
            html = Markup(str(html).replace(token, text))
        self.written.update(scope.messages)
        source: Source = "clinic" if role.source in ("document", "layout") and scope.of_clinic else role.source
        return WrittenFrame(Markup(html), source, tuple(scope.messages), frozenset(scope.slots))

    def _value(self, name: str, scope: _Scope, role: Role) -> object:
        if name in _VALUES:
            return _VALUES[name](scope)
        if name.startswith(WORD):
            for word in word_names([name], self.piece.words):
                return scope.word(word)
            message = f"layouts/words.toml has no word {name.removeprefix(WORD)!r}"
        else:
            message = f"no frame has {name!r}"
        hint = f"a macro may have {', '.join(_VALUES)}, and {WORD}NAME of layouts/words.toml"
        raise TemplateFault(message, Span(self.piece.layout.template_paths.get(TEMPLATE, TEMPLATE), role.line), hint)

    def plain(self, message: Message) -> str:
        """A message in the locale as text alone."""
        voice = self.voice(LOCALE)
        return TextSetter(voice.language, voice.translation, self.piece.placeholders, marks=False).plain(message)

    def left_out(self) -> list[Diagnostic]:
        """The messages of the document that are in no frame: they would be lost."""
        keys = {message.key for message in self.written}
        layout = self.piece.layout
        hint = f"write it in a frame of {layout.template_paths.get(TEMPLATE, TEMPLATE)}"
        return [
            diagnostic(
                "text-unset",
                message.span,
                f"the layout {layout.name} leaves out this {message.role} of panel {message.panel!r}",
                hint,
            )
            for message in self.piece.document.messages
            if message.panel and message.key not in keys
        ]


@dataclass(slots=True)
class _Scope:
    """All that one macro can see, and a record of what it set.

    What a proof prints otherwise than its release (control lines, the code of an address) is in the macro's hands a
    token alone, and put in its place afterwards. So no macro can tell which of the two it writes.
    """

    writer: FrameWriter
    frame: Frame
    panels: tuple[Panel, ...]
    first: bool
    messages: list[Message] = field(default_factory=list)
    slots: set[str] = field(default_factory=set)
    late: dict[str, Markup] = field(default_factory=dict)
    of_clinic: bool = False

    @property
    def piece(self) -> Piece:
        return self.writer.piece

    @property
    def voice(self) -> Voice:
        return self.writer.voice(self.frame.language)

    def facts(self) -> FrameFacts:
        language = self.voice.language
        view = self.piece.layout.views.get(self.frame.page)
        return FrameFacts(
            name=self.frame.name,
            role=self.frame.role,
            first=self.first,
            top=1 if self.frame.language == LOCALE else 2,
            view=view.name if view else "",
            tag=language.tag,
            direction=language.direction,
            autonym=language.autonym,
            between=language.between,
        )

    def say(self, message: Message) -> Markup:
        self._record(message)
        return self._setter().set(message)

    def plain(self, message: Message) -> str:
        self._record(message)
        return self._setter().plain(message)

    def title(self) -> Markup:
        return self.say(self.piece.document.front.title)

    def word(self, name: str) -> Markup:
        message = self.piece.words[name]
        self._note_values(message)
        setter = TextSetter(self.voice.language, self.voice.said, self.piece.placeholders, marks=False)
        return setter.set(message)

    def blocks(self, blocks: Sequence[Block], top: int = 1) -> Markup:
        """Blocks in order; `top` is the level that a heading of level 1 gets."""
        return Markup("\n").join(self._block(block, top) for block in blocks)

    def _block(self, block: Block, top: int) -> Markup:
        if block.kind == "quote":
            return Markup("<blockquote>{}</blockquote>").format(self.blocks(block.children, top))
        if block.kind == "list" or block.message is None:
            return self.items(block)
        if block.kind == "heading":
            return self.heading(block, top)
        if block.kind == "image":
            picture = Markup('<img src="{}" alt="{}">')
            return picture.format(self.picture(block.source), self.plain(block.message))
        return Markup("<p>{}</p>").format(self.say(block.message))

    def heading(self, block: Block, top: int = 1) -> Markup:
        """A heading; `top` is the level that one of level 1 gets."""
        level = min(block.level + top - 1, 6)
        text = self.say(block.message) if block.message else ""
        return Markup("<h{0}>{1}</h{0}>").format(level, text)

    def items(self, block: Block) -> Markup:
        """A list."""
        rows = Markup("\n").join(
            Markup("<li>{}{}</li>").format(
                self.say(item.message) if item.message else "", self.blocks(item.children) if item.children else ""
            )
            for item in block.children
        )
        return Markup('<{0} class="items">\n{1}\n</{0}>').format("ol" if block.ordered else "ul", rows)

    def slot(self, kind: str, caller: Callable[[], str]) -> Markup:
        """A part of a frame made as tall as the tallest of its kind, so that what follows begins on one line."""
        self.slots.add(kind)
        element = Markup(
            '<div class="slot slot-{0}" id="slot-{0}-{1}">{2}<div class="end" id="stop-{0}-{1}"></div></div>'
        )
        return element.format(kind, self.frame.name, caller())

    def picture(self, source: str) -> str:
        return self.writer.pictures.get(source, source)

    def logo(self) -> object:
        logo = self.piece.logo
        return replace(logo, path=self.picture(logo.path)) if logo else None

    def notice(self) -> Markup:
        """The clinic's notice of language services, in its own words. A proof says where it is missing."""
        if text := self.piece.clinic.notice(self.piece.language.tag):
            return Markup('<p class="notice">{}</p>').format(text)
        return self._later(_NOTICE_MISSING if self.piece.marking == "proof" else Markup(""))

    def address(self) -> Markup:
        """The code of the document's address, and the address; a proof has a box as large in place of the code."""
        address = self.piece.address
        if not address:
            return Markup("")
        alt = "No code on a proof" if self.piece.marking == "proof" else f"QR code: {address}"
        return self._later(_CODE.format(CODE, alt, address.removeprefix("https://")))

    def control(self) -> tuple[Markup, ...]:
        return tuple(self._later(Markup.escape(line)) for line in self.piece.control.lines)

    def _later(self, html: Markup) -> Markup:
        """A token for this HTML, in noncharacters, which no text has."""
        token = f"\ufdd0{len(self.late)}\ufdd1"
        self.late[token] = html
        return Markup(token)

    def _setter(self) -> TextSetter:
        voice, piece, links = self.voice, self.piece, self.writer.links
        marks = piece.marking == "proof"
        return TextSetter(voice.language, voice.translation, piece.placeholders, marks, links=links, steady=not links)

    def _record(self, message: Message) -> None:
        self.messages.append(message)
        self._note_values(message)

    def _note_values(self, message: Message) -> None:
        if "{" in message.msgid:
            names = {run.placeholder for run in parse_inline(message.msgid).runs if run.placeholder}
            self.of_clinic = self.of_clinic or bool(names - _SHARED_VALUES)


def _place(clinic: Clinic) -> Place:
    return Place(clinic.name, clinic.address, clinic.phone, clinic.url, clinic.map)


# What the parameters of a macro may be.
_VALUES: Final[dict[str, Callable[[_Scope], object]]] = {
    "frame": _Scope.facts,
    "panels": lambda scope: scope.panels,
    "title": _Scope.title,
    "say": lambda scope: scope.say,
    "plain": lambda scope: scope.plain,
    "blocks": lambda scope: scope.blocks,
    "heading": lambda scope: scope.heading,
    "items": lambda scope: scope.items,
    "slot": lambda scope: scope.slot,
    "picture": lambda scope: scope.picture,
    "clinic": lambda scope: _place(scope.piece.clinic),
    "places": lambda scope: tuple(map(_place, scope.piece.places)),
    "logo": _Scope.logo,
    "notice": _Scope.notice,
    "address": _Scope.address,
    "control": _Scope.control,
}


def own_word(voice: Voice, piece: Piece, name: str) -> Markup:
    """A word in a voice's language, or nothing if it is not translated or the language is English."""
    message = piece.words.get(name)
    if message is None or voice.language.tag == ENGLISH or voice.said.of(message).status != "translated":
        return Markup("")
    return TextSetter(voice.language, voice.said, piece.placeholders, marks=False).set(message)
