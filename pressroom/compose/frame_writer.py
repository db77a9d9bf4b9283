"""Writes frames: calls the macro of a frame's role with what its parameters name, and records what it sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from markupsafe import Markup

from pressroom.compose.art import CODE
from pressroom.compose.block_parts import SHORT_CELL, box_to_tick, svg_address, text_width, write_on
from pressroom.compose.composition import DrawnIllustration, Head, Part
from pressroom.compose.illustrations import numbered_svg
from pressroom.compose.piece import Piece
from pressroom.compose.screen_drawing import following_scheme
from pressroom.compose.signed_values import FrameRules, TokenStore, UnsignedFault, unsigned_fault
from pressroom.compose.table_columns import Cell, column_shares
from pressroom.compose.template import (
    ComposeError,
    OpaqueMessage,
    OpaqueSlot,
    call_macro,
    message_of,
    panel_values,
    part_macro,
    template_error,
    without_blank_lines,
)
from pressroom.compose.text import TextSetter
from pressroom.compose.web_addresses import code_address
from pressroom.content import Message, Panel
from pressroom.content.fields import FIELDS
from pressroom.content.illustrations import read_illustration
from pressroom.content.inline import parse_inline
from pressroom.content.model import ALTERNATIVE
from pressroom.content.pictures import DRAWN
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.layout import CARD, LOCALE, TEMPLATE, Frame, Role, Source, unprinted, word_names
from pressroom.layout.block_words import AWAITED, TICK, word_of
from pressroom.layout.roles import WORD
from pressroom.project import Clinic
from pressroom.units import ZERO

# Placeholders whose value is the country's, or the reader's to write, and not one clinic's.
_SHARED_VALUES: Final = frozenset({"emergency", *FIELDS})
# What a frame may print of a clinic: only the document's words print its emergency number.
_CLINIC_FIELDS: Final = ("name", "phone", "url", "map")


@dataclass(slots=True)
class FrameWriter:
    """Writes the frames of one piece.

    `pictures` maps the address of a picture to what the page calls it, where that differs; `links` makes telephone
    numbers and addresses links. `numbers` are those of the document's messages, where a live view finds their words on
    the page by them. `written` are the keys of the document's messages that are in a frame, `illustrations` the
    drawings with labels, `awaited` the lines of its slots that are, `following` the addresses of drawings that follow
    a screen's scheme.
    """

    piece: Piece
    links: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[tuple[str | None, str], int] = field(default_factory=dict)
    written: set[tuple[str | None, str]] = field(default_factory=set)
    awaited: set[int] = field(default_factory=set)
    illustrations: list[DrawnIllustration] = field(default_factory=list)
    following: set[str] = field(default_factory=set)
    _setters: dict[str, tuple[TextSetter, TextSetter]] = field(default_factory=dict)

    def write(self, frame: Frame, panels: Sequence[Panel], *, first: bool = False) -> Part:
        """Write one frame; where its macro writes nothing, its HTML is empty.

        Raises:
            ComposeError: its macro is wrong, or asks for what no frame has.
        """
        layout = self.piece.layout
        role = layout.role(frame.role)
        if role is None:
            raise template_error(f"there is no macro for the role {frame.role!r}", layout.template_paths[TEMPLATE])
        text = _FrameText(self, frame, tuple(panels), first)
        values = {name: self._value(name, text, role) for name in role.names}
        html = text.tokens.filled(without_blank_lines(call_macro(layout, role, values, text.fault))).strip()
        if text.unshown:
            raise ComposeError(*(self._unshown(message) for message in text.unshown))
        own = {panel.name for panel in panels}
        self.written |= {message.key for message in text.messages if message.panel in own}
        source: Source = "clinic" if role.source in ("document", "layout") and text.of_clinic else role.source
        slots, messages = frozenset(text.slots), tuple(text.messages)
        attributes = self._attributes(frame, {message.panel for message in messages})
        return Part(attributes, Markup(html), False, frame.name, source, messages, slots)

    def on_screen(self, svg: bytes) -> str:
        """The address that has a drawing in it, in the colours of the reader's scheme if all of its are the brand's."""
        following = following_scheme(svg, self.piece.brand)
        address = svg_address(following or svg)
        if following is not None:
            self.following.add(address)
        return address

    def _attributes(self, frame: Frame, panels: set[str]) -> Markup:
        says = f" says-{panels.pop()}" if len(panels) == 1 else ""
        attributes = Markup('class="frame frame-{} role-{}{}"').format(frame.name, frame.role, says)
        if frame.language in {page.language for page in self.piece.layout.pages if page.name == frame.page}:
            return attributes
        language = self.piece.speech(frame.language)
        return attributes + Markup(' lang="{}" dir="{}"').format(language.tag, language.direction)

    def _value(self, name: str, text: _FrameText, role: Role) -> object:
        if name in _VALUES:
            return _VALUES[name](text)
        for word in word_names([name], self.piece.words):
            return text.word(self.piece.words[word])
        is_word = name.startswith(WORD)
        message = f"layouts/words.toml has no word {name.removeprefix(WORD)!r}" if is_word else f"no frame has {name!r}"
        hint = f"a macro may have {', '.join(_VALUES)}, and {WORD}NAME of layouts/words.toml"
        raise template_error(message, self.piece.layout.template_paths[TEMPLATE], role.line, hint)

    def setters(self, voice: str) -> tuple[TextSetter, TextSetter]:
        """What sets the document's messages, and the layouts' words, in the voice of this name."""
        if voice not in self._setters:
            speaks, piece, links = self.piece.voice(voice), self.piece, self.links
            marks, values = piece.marking == "proof", piece.placeholders
            words = TextSetter(speaks.language, speaks.layout_translation, values, marks=False)
            labels = {name: piece.words.get(word_of(name)) for name in FIELDS}
            fields = {name: words.label(word) for name, word in labels.items() if word}
            self._setters[voice] = (
                TextSetter(
                    speaks.language,
                    speaks.translation,
                    values,
                    marks,
                    links=links,
                    steady=not links,
                    fields=fields,
                    brief=piece.layout.type_class == CARD,
                ),
                words,
            )
        return self._setters[voice]

    def head(self) -> Head:
        """The metadata of the piece."""
        front = self.piece.document.front
        title = self.setters(LOCALE)[0].plain(front.title)
        return Head(title, self.piece.clinic.name, self.piece.control.keywords, front.date)

    def draft_word(self, voice: str) -> Markup:
        """The word for a draft in this voice; empty if untranslated, or English, which is printed beside it anyway."""
        message, (_, words) = self.piece.words.get("draft"), self.setters(voice)
        if message is None or words.language.tag == ENGLISH or words.translation.of(message).status != "translated":
            return Markup("")
        return words.set(message)

    def _unshown(self, message: Message) -> Diagnostic:
        words = f"{self.piece.layout.name} has no place for a picture in panel {message.panel!r}"
        return diagnostic("text-unset", message.span, words, "move it to a panel of running text, or take it out")

    def left_out(self) -> list[Diagnostic]:
        """The messages and slots of the document that are in no frame and should be: they would be lost."""
        layout = self.piece.layout
        hint = f"write it in a frame of {layout.template_paths[TEMPLATE]}"
        bare = unprinted(self.piece.document, layout)
        slots = [slot.span for slot in self.piece.document.slots if slot.span.line not in self.awaited]
        return [
            diagnostic("text-unset", m.span, f"{layout.name} leaves out this {m.role} of panel {m.panel!r}", hint)
            for m in self.piece.document.messages
            if m.panel and m.key not in self.written and m not in bare
        ] + [diagnostic("text-unset", span, f"{layout.name} leaves out this slot", hint) for span in slots]


@dataclass(slots=True)
class _FrameText:
    """The text of one frame, and a record of what its macro set.

    A macro gets a token for each text, and the engine replaces it afterwards. So no macro can change what is signed, or
    tell a proof from its release by the control lines or the code of an address.
    """

    writer: FrameWriter
    frame: Frame
    panels: tuple[Panel, ...]
    first: bool
    messages: list[Message] = field(default_factory=list)
    slots: set[str] = field(default_factory=set)
    tokens: TokenStore = field(default_factory=TokenStore)
    of_clinic: bool = False
    unshown: list[Message] = field(default_factory=list)

    def facts(self) -> dict[str, object]:
        language = self.writer.piece.speech(self.frame.language)
        view = self.writer.piece.layout.views.get(self.frame.page)
        return {
            "name": self.frame.name,
            "role": self.frame.role,
            "first": self.first,
            "view": view.name if view else "",
            # A document has one title: the second of two languages begins one level down.
            "top": 1 if self.frame.language == LOCALE else 2,
            "autonym": self.tokens.value(language.autonym),
            **{name: getattr(language, name) for name in ("tag", "direction", "between")},
        }

    def fault(self, html: str) -> UnsignedFault | None:
        """What in a macro's HTML is not signed, or that it leaves out what it set."""
        language = self.writer.piece.speech(self.frame.language)
        ids = frozenset(f"{kind}-{slot}-{self.frame.name}" for slot in self.slots for kind in ("slot", "stop"))
        order = tuple(message.key for message in self.writer.piece.document.messages if message.panel)
        return unsigned_fault(html, self.tokens, FrameRules(language.tag, language.direction, ids, order))

    def title(self) -> Markup:
        message = self._record(OpaqueMessage(self.writer.piece.document.front.title))
        return self.tokens.speech(self._setters[0].set(message), mark=self._mark(message))

    def headings(self) -> tuple[OpaqueMessage, ...]:
        """The first heading of every other panel, for the document's contents."""
        own = {panel.name for panel in self.panels}
        others = (panel.blocks[0] for panel in self.writer.piece.document.panels if panel.name not in own)
        return tuple(OpaqueMessage(block.message) for block in others if block.kind == "heading" and block.message)

    def running_title(self) -> Markup:
        message = self._record(OpaqueMessage(self.writer.piece.document.front.title))
        html = self._setters[0].set(message)
        return self.tokens.add(part_macro("running_title")(html.striptags()))

    def say(self, message: object) -> Markup:
        if isinstance(message, OpaqueSlot):
            return self.awaited(message.line)
        known = self._record(message)
        if known.role == ALTERNATIVE:
            # A macro for words alone would print what is only for readers who can't see the picture.
            self.unshown.append(known)
        return self.tokens.speech(self._setters[0].set(known), known.key, self._mark(known))

    def leads(self, message: object) -> bool:
        """True for a text that is one link, whose address paper prints below it."""
        return not self.writer.links and self._setters[0].leads(message_of(message))

    def awaited(self, line: int) -> Markup:
        """The mark of a slot.

        Raises:
            ComposeError: the piece is a release. The commands refuse it earlier.
        """
        piece = self.writer.piece
        self.writer.awaited.add(line)
        if piece.marking != "proof":
            hint = "write the sentence in place of the comment, or remove the block"
            span = Span(piece.document.path, line)
            raise ComposeError(diagnostic("release-slot", span, "a sentence awaits a clinician", hint))
        return self.tokens.add(part_macro("awaited")(self._setters[1].set(piece.words[AWAITED])))

    def plain(self, message: object) -> Markup:
        known = self._record(message)
        return self.tokens.speech(Markup.escape(self._setters[0].plain(known)), known.key, self._mark(known))

    def short(self, message: object, columns: int) -> bool:
        """True for a cell's text that keeps to one line in a table of so many columns."""
        return text_width(self._setters[0].plain(message_of(message))) <= SHORT_CELL[columns]

    def shares(self, rows: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
        """The shares of a table's columns in hundredths. None where people write, and on a screen, of any width."""
        if self.screen or not all(cell["message"] for row in rows for cell in row["children"]):
            return ()
        layout, language = self.writer.piece.layout, self.writer.piece.speech(self.frame.language)
        width = self.frame.box.width if self.frame.box.width > ZERO else layout.width - layout.safe * 2
        cells = [self._cells(row["children"], is_head=number == 0) for number, row in enumerate(rows)]
        return column_shares(cells, width.pt, language.type_sizes(layout.type_class)[1])

    def _cells(self, cells: Sequence[Mapping[str, Any]], *, is_head: bool) -> list[Cell]:
        texts = [self._setters[0].plain(message_of(cell["message"])) for cell in cells]
        return [Cell.of(text, whole=not is_head and text_width(text) <= SHORT_CELL[len(cells)]) for text in texts]

    def word(self, message: Message) -> Markup:
        self._note_values(message)
        names = (name for name, word in self.writer.piece.words.items() if word is message)
        mark = next(names, "") if self.writer.numbers else ""
        return self.tokens.speech(self._setters[1].set(message), mark=mark)

    def rank(self, name: str) -> Markup:
        """The word for a notice's rank."""
        return self.word(self.writer.piece.words[word_of(name)])

    def field(self, name: str) -> Markup:
        """A line to write on, with a name of its own."""
        return self.tokens.add(write_on(name, self._setters[0].fields[name], screen=self.screen))

    def tick(self) -> Markup:
        """An empty box, for a reader to tick."""
        label = self._setters[1].label(self.writer.piece.words[TICK])
        return self.tokens.add(box_to_tick(label, screen=self.screen))

    @property
    def screen(self) -> bool:
        """True for a page on a screen."""
        return self.writer.links

    @property
    def _setters(self) -> tuple[TextSetter, TextSetter]:
        return self.writer.setters(self.frame.language)

    def slot(self, kind: str, caller: Callable[[], str]) -> Markup:
        self.slots.add(kind)
        return part_macro("slot")(self.frame.name, kind, caller())

    def part(self, name: str) -> Callable[..., Markup]:
        """A macro of the engine that sets this frame's text, closed so that a template can't see what it is made of."""
        macro = part_macro(name)
        return lambda *values, **named: macro(self, *values, **named)

    def picture(self, source: str) -> Markup:
        return self.tokens.value(self.writer.pictures.get(source, source))

    def follows(self, source: str) -> bool:
        """True for a drawing in the colours of the reader's scheme, dark ones too."""
        return self.writer.pictures.get(source, source) in self.writer.following

    def drawing(self, source: str) -> DrawnIllustration | None:
        """The illustration at this address, drawn for this place; None for any other picture."""
        piece = self.writer.piece
        svg = piece.images.get(source, b"") if source.lower().endswith(DRAWN) else b""
        if (illustration := read_illustration(svg)) is None:
            return None
        direction, made = piece.speech(self.frame.language).direction, self.writer.illustrations
        name = f"drawn-{self.frame.name}-{sum(one.name.startswith(f'drawn-{self.frame.name}-') for one in made) + 1}"
        if self.screen:
            address = self.writer.on_screen(numbered_svg(svg, illustration, mirrored=direction == "rtl"))
            return DrawnIllustration(name, self.frame.name, address, source, direction)
        made.append(DrawnIllustration(name, self.frame.name, f"{name}/{source}", source, direction))
        return made[-1]

    def logo(self) -> object:
        logo = self.writer.piece.logo
        return {"path": self.picture(logo.path), "text": self.tokens.value(logo.text)} if logo else None

    def clinic(self, clinic: Clinic) -> dict[str, object]:
        value = self.tokens.value
        values = {name: value(getattr(clinic, name)) for name in _CLINIC_FIELDS}
        return {**values, "address": tuple(map(value, clinic.address))}

    def notice(self) -> Markup:
        piece = self.writer.piece
        text = piece.clinic.notice(piece.language.tag)
        return self.tokens.add(part_macro("notice")(text)) if text or piece.marking == "proof" else Markup("")

    def address(self) -> Markup:
        """The code of the document's address, and the address; a proof has a box as large in place of the code."""
        piece = self.writer.piece
        alt = "No code on a proof" if piece.marking == "proof" else f"QR code: {piece.address}"
        html = part_macro("address_code")(CODE, alt, code_address(piece.address.removeprefix("https://")))
        return self.tokens.add(html) if piece.address else Markup("")

    def control(self) -> tuple[Markup, ...]:
        return tuple(self.tokens.add(Markup.escape(line)) for line in self.writer.piece.control.lines)

    def _record(self, opaque: object) -> Message:
        message = message_of(opaque)
        self.messages.append(message)
        self._note_values(message)
        return message

    def _mark(self, message: Message) -> str:
        number = self.writer.numbers.get(message.key)
        return str(number) if number else ""

    def _note_values(self, message: Message) -> None:
        if "{" in message.msgid:
            names = {run.placeholder for run in parse_inline(message.msgid).runs if run.placeholder}
            self.of_clinic = self.of_clinic or bool(names - _SHARED_VALUES)


# The parameters that a macro may have.
_VALUES: Final[dict[str, Callable[[_FrameText], object]]] = {
    "frame": _FrameText.facts,
    "panels": lambda text: tuple(map(panel_values, text.panels)),
    "title": _FrameText.title,
    "say": lambda text: text.say,
    "plain": lambda text: text.plain,
    "blocks": lambda text: text.part("blocks"),
    "heading": lambda text: text.part("heading"),
    "items": lambda text: text.part("items"),
    "slot": lambda text: text.slot,
    "picture": lambda text: text.picture,
    "running_title": _FrameText.running_title,
    "headings": _FrameText.headings,
    "clinic": lambda text: text.clinic(text.writer.piece.clinic),
    "places": lambda text: tuple(map(text.clinic, text.writer.piece.places)),
    "logo": _FrameText.logo,
    "notice": _FrameText.notice,
    "address": _FrameText.address,
    "control": _FrameText.control,
}
