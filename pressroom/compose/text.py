"""Sets messages: turns a translation into escaped HTML; nothing in a text can be markup of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from markupsafe import Markup, escape

from pressroom.catalog import Translation
from pressroom.compose.block_parts import Label, write_on
from pressroom.compose.left_to_right import Span
from pressroom.compose.mark_widths import mark_classes
from pressroom.compose.no_break import LONG, Bind, Joints, joints, stretches
from pressroom.compose.run_groups import PlacedRun, RunGroup, message_spans, run_groups, spans_within
from pressroom.compose.web_addresses import (
    BEHIND,
    address_behind,
    address_below,
    address_html,
    is_web_address,
    link_alone,
)
from pressroom.content import Message
from pressroom.content.fields import FIELDS, last_field
from pressroom.content.inline import InlineRun, parse_inline
from pressroom.content.model import LABEL
from pressroom.language import ENGLISH, Language, find_language

_SPACE_BEFORE = re.compile("(?<=[^>])([ \u00a0\u202f])(?=<(?:span|b|i|a)[ >])")
_ENGLISH_WORD = re.compile("[A-Za-z]{2}")
_ADDRESS = re.compile("//|@")
# A suite and its number, a state and its code: what names a number is kept with it.
_NUMBERED = re.compile(r"(?<=\s)(\S+\s\d\S*)")

# What a proof says of an English text, and what it says on a card, where the long words would push out the text.
_MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "fuzzy": ("FUZZY: CHECK", "CHECK"),
    "untranslated": ("NOT TRANSLATED", "EN"),
}

# Signs that are pictures in colour unless U+FE0E follows (Unicode 16, Emoji_Presentation below U+3000), and any sign
# that U+FE0F makes one: only an emoji font has those, and it is not for print.
_PICTURE: Final = re.compile(
    "([\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    "\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e"
    "\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55])(?![\ufe0e\ufe0f])|\ufe0f"
)


def _as_signs(text: str) -> str:
    """The text with its pictures in colour as signs in black."""
    return _PICTURE.sub(lambda found: f"{found[1] or ''}\ufe0e", text)


def _is_sign(letter: str) -> bool:
    """True of a sign that the Latin font lacks, or may lack: the first one is an arrow."""
    return letter >= "\u2190" and unicodedata.category(letter) in ("Sm", "So")


@dataclass(frozen=True, slots=True)
class TextSetter:
    """Sets messages in one language.

    `values` are the placeholders', `marks` shows what is doubtful in a proof. `links` is True on a screen, where one
    presses a link; on paper its address is printed. `steady` keeps lines on their grid, whatever font a letter comes
    from and however large a heading is. `fields` are what screen readers call the lines to write on. `brief` marks
    are one short word, for cards; those of an illustration's labels always are.
    """

    language: Language
    translation: Translation
    values: dict[str, str]
    marks: bool
    links: bool = False
    steady: bool = False
    fields: Mapping[str, Label] = field(default_factory=dict)
    brief: bool = False

    def set(self, message: Message) -> Markup:
        """The message in HTML; an untranslated or fuzzy one is in English, and says so in a proof."""
        translated = self.translation.of(message)
        if translated.status == "translated":
            html = self._lines(translated.text, message, self.language)
            mixed = len(self.language.stack) > 1 or any(map(_is_sign, translated.text))
            if self.steady and (mixed or message.role.startswith("heading")):
                html = Markup('<span class="steady">{}</span>').format(html)
            pending = Markup('<span class="pending">{}</span>')
            return pending.format(html) if message.pending and self.marks else html
        english = self._lines(message.msgid, message, find_language(ENGLISH))
        words = _MARKS[translated.status][self.brief or message.role == LABEL]
        tag = Markup('<span class="tag">{}</span> ').format(words) if self.marks else ""
        return Markup('<span class="flagged" lang="en" dir="ltr">{}{}</span>').format(tag, english)

    def label(self, message: Message) -> Label:
        """The message as what a screen reader calls something."""
        is_own = self.translation.of(message).status == "translated"
        return Label(self.plain(message), "" if is_own else ENGLISH)

    def leads(self, message: Message) -> bool:
        """True if what is printed of the message is one link with its address below."""
        translated = self.translation.of(message)
        text = translated.text if translated.status == "translated" else message.msgid
        return bool(_target(link_alone(parse_inline(text).runs), message))

    def plain(self, message: Message) -> str:
        """The message as text alone, its placeholders filled: no mark-up, no marks, nothing bound."""
        runs = parse_inline(self.translation.of(message).text).runs
        return "".join(_printed(r, self.values) if not r.line_break else " " for r in runs)

    def _lines(self, text: str, message: Message, language: Language) -> Markup:
        """The text; where a line of it ends in a field, the field takes the rest of the line."""
        lines = [(line, last_field(line)) for line in text.split("\n")]
        if not any(name for _, name in lines) or any(parse_inline(line).problems for line, _ in lines):
            return self._runs(text, message, language)
        parts = []
        for number, (line, name) in enumerate(lines):
            words = self._runs(line.removesuffix(f"{{{name}}}").rstrip(), message, language) if name else Markup("")
            row = Markup('<span class="filled"><span class="words">{}</span> {}</span>')
            if name:
                parts.append(row.format(words, self._field(name)))
            else:
                parts.append(self._runs(line, message, language) + Markup("<br>" if number + 1 < len(lines) else ""))
        return Markup("").join(parts)

    def _field(self, name: str) -> Markup:
        return write_on(name, self.fields.get(name, Label(name, ENGLISH)), screen=self.links)

    def _runs(self, text: str, message: Message, language: Language) -> Markup:
        runs = parse_inline(_as_signs(text)).runs
        printed = [_printed(run, self.values) for run in runs]
        starts = [sum(map(len, printed[:number])) for number in range(len(runs))]
        closed = [(at, at + len(p)) for run, at, p in zip(runs, starts, printed, strict=True) if run.placeholder]
        heading = message.role.startswith("heading")
        # On paper a paragraph is composed as a whole (render.line_ends); a browser breaks a page's lines one by one.
        on_screen: Bind = "heading" if heading else "text"
        bind: Bind = on_screen if self.links else "no"
        said = "".join(printed)
        changes = joints(said, language, bind=bind, heading=heading, closed=closed)
        if not self.links:  # a browser has rules of its own
            changes = replace(changes, marks=mark_classes(said, language))
        spans = message_spans(runs, printed) if language.direction == "rtl" else None
        groups = run_groups(runs, printed, spans or ())
        html = Markup("").join(self._group(group, message, language, changes, spans) for group in groups)
        if self.links:
            return html
        target = _target(link_alone(runs), message)
        return spaces_apart(html) + (address_below("".join(printed), target, language) if target else "")

    def _group(
        self, group: RunGroup, message: Message, language: Language, changes: Joints, spans: Sequence[Span] | None
    ) -> Markup:
        html = Markup("").join(self._run(run, message, language, changes, spans) for run in group.runs)
        if not group.together:
            return html
        keep = Markup(' class="keep"') if group.length <= LONG else ""
        return Markup('<span{} dir="ltr">{}</span>').format(keep, html)

    def _run(
        self, placed: PlacedRun, message: Message, language: Language, changes: Joints, spans: Sequence[Span] | None
    ) -> Markup:
        run, start = placed
        if run.line_break:
            return Markup("<br>")
        html = (
            self._placeholder(run, run.placeholder, changes.before.get(start, ""))
            if run.placeholder
            else _words(run.text, language, start, changes, spans)
        )
        if target := _target(run.link, message):
            address = "" if self.leads(message) and not self.links else address_behind(run.text, target, language)
            if self.links and address:
                # A browser shows it where the page is printed.
                address = BEHIND.format(address)
            html = Markup('<a href="{}">{}{}</a>').format(target, html, address)
        if run.italic:
            html = Markup("<i>{}</i>").format(html)
        return Markup("<b>{}</b>").format(html) if run.bold else html

    def _placeholder(self, run: InlineRun, name: str, sign: str) -> Markup:
        if name in FIELDS:
            return sign + self._field(name)
        value = self.values[name]
        if not value:
            return Markup('{}<span class="write-on"></span>').format(sign)
        shown = address_html(value, isolated=True) if name == "url" else value
        # The link is inside: a value in a block of its own would otherwise leave the space before it on a line.
        if address := leads_to(name, value) if run.link is None else "":
            shown = Markup('<a href="{}">{}</a>').format(address, shown)
        return sign + Markup('<span class="value value-{}" dir="ltr">{}</span>').format(name, shown)


def _target(link: int | None, message: Message) -> str:
    """Where a link of the message leads; empty if it has no such link."""
    return message.links[link - 1] if link is not None and 0 < link <= len(message.links) else ""


def leads_to(name: str, value: str) -> str:
    """The target of the link on a placeholder's value, or empty: `tel:` for a number, the address for an address."""
    if name in {"phone", "emergency"}:
        number, _, extension = value.partition("x")
        digits = "".join(sign for sign in number if sign in "+0123456789")
        # An extension is dialled after the number (RFC 3966, 5.3).
        return f"tel:{digits}" + (f";ext={extension}" if extension else "")
    return value if name == "url" and value.startswith("https://") else ""


def address_line(line: str) -> Markup:
    """A line of an address, with every number but the first word kept beside the word before it."""
    parts = enumerate(_NUMBERED.split(line))
    keep = Markup('<span class="keep">{}</span>')
    return spaces_apart(Markup("").join(keep.format(part) if at % 2 else escape(part) for at, part in parts))


@dataclass(frozen=True, slots=True)
class Shown:
    """Shows texts of a language as they are, for people who check them: every sign beside its number or word."""

    language: Language

    def __call__(self, text: str) -> Markup:
        """A text, with what runs left to right in right-to-left text in elements that keep it so."""
        parts = (
            Markup('<span dir="ltr">{}</span>').format(part.text) if part.isolated else escape(part.text)
            for part in stretches(text, self.language)
        )
        return Markup("").join(parts)

    def groups(self, runs: Sequence[InlineRun]) -> list[RunGroup]:
        """The runs of a message; those of a group that is `together` are set left to right."""
        printed = ["\n" if run.line_break else run.placeholder or run.text for run in runs]
        spans = message_spans(runs, printed) if self.language.direction == "rtl" else ()
        return list(run_groups(runs, printed, spans))


def spaces_apart(html: Markup) -> Markup:
    """Wrap each space before an element in a span.

    WeasyPrint 70 ends a line some words too soon where text that must be broken ends in a space and an element follows
    that does not fit (`_break_waiting_children`): 3 of 140 widths, with a fixed space 16; so set apart none.
    """
    return Markup(_SPACE_BEFORE.sub(r"<span>\1</span>", str(html)))


def _printed(run: InlineRun, values: dict[str, str]) -> str:
    return "\n" if run.line_break else values[run.placeholder] if run.placeholder else run.text


def _speaks(text: str) -> Markup:
    """What is left in Latin letters is the English term, and is read out as English; numbers are the reader's own."""
    return Markup(' lang="en"') if _ENGLISH_WORD.search(text) and not _ADDRESS.search(text) else Markup("")


def _changed(text: str, start: int, changes: Joints) -> Markup:
    """The text with its signs, and around each word that no hyphen may part its own element."""
    parts, at = [], start
    for first, last in (span for span in changes.whole if start <= span[0] and span[1] <= start + len(text)):
        parts.append(_marked(text[at - start : first - start], at, changes))
        word = _marked(text[first - start : last - start], first, changes)
        parts.append(Markup('<span class="whole">{}</span>').format(word))
        at = last
    return Markup("").join([*parts, _marked(text[at - start :], at, changes)])


def _marked(text: str, start: int, changes: Joints) -> Markup:
    """The text with its signs, and each mark that may be narrow in its own element."""
    parts, at = [], start
    for place in (place for place in changes.marks if start <= place < start + len(text)):
        parts.append(escape(changes.apply(text[at - start : place - start], at) + changes.before.get(place, "")))
        parts.append(Markup('<span class="{}">{}</span>').format(changes.marks[place], text[place - start]))
        at = place + 1
    return Markup("").join([*parts, escape(changes.apply(text[at - start :], at))])


def _words(text: str, language: Language, start: int, changes: Joints, spans: Sequence[Span] | None = None) -> Markup:
    parts = []
    inside = None if spans is None else spans_within(spans, text, start)
    for stretch in stretches(text, language, inside):
        if is_web_address(stretch.text):
            sign = changes.before.get(start + stretch.start, "")
            parts.append(sign + address_html(stretch.text, isolated=stretch.isolated))
            continue
        names = " ".join(name for name, on in (("keep", stretch.kept), ("latin", stretch.latin)) if on)
        direction = Markup('{} dir="ltr"').format(_speaks(stretch.text)) if stretch.isolated else ""
        text_start = start + stretch.start
        # No line ends within what is kept, so the sign that lets one end before it is outside.
        sign = changes.before.get(text_start, "") if stretch.kept else ""
        html = _changed(stretch.text, text_start, changes.within(text_start) if stretch.kept else changes)
        if stretch.isolated and not stretch.kept:
            html = _words(stretch.text, find_language(ENGLISH), start + stretch.start, changes)
        if names:
            direction = Markup(' class="{}"{}').format(names, direction)
        parts.append(Markup("{}<span{}>{}</span>").format(sign, direction, html) if direction else html)
    return Markup("").join(parts)
