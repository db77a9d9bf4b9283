"""Checks that a frame prints nothing but what people sign: messages, words of the layout, values of the clinic.

A macro never has such a text in its hands. It places tokens, which the engine replaces afterwards. So a macro can't
change, shorten or compare a text, and any letter outside a token is a word that the template itself would print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final, NamedTuple

from markupsafe import Markup

from pressroom.compose.balance import VOID

MessageKey = tuple[str | None, str]
_TOKEN: Final = re.compile("\ufdd0\\d+\ufdd1")
# A tag, in whose attributes tokens may be, or a token outside of tags.
_TAG_OR_TOKEN: Final = re.compile("<[^<>]*>|\ufdd0\\d+\ufdd1")
_SIGNS: Final = frozenset(" \n\t\r,·|/()•:\u00a0")
# Attributes that a macro may write; those of the second set hold a signed value or nothing.
_ATTRIBUTES: Final = frozenset({"class", "lang", "dir", "id", "scope"})
_VALUES: Final = frozenset({"alt", "href", "src"})
# Classes of what the engine writes: one of these on a template's element would take its place or its style.
_ENGINE: Final = re.compile(
    "proof|overset|end|frame|sheet|area|art|hatch|label|flagged|pending|tag|running-title|notice|row-to-write"
    "|value(?!-phone$)(?:-.*)?|(?:frame|sheet|area|art|panel-proof)-.*"
)
_WORDS: Final = "write words in layouts/words.toml and give the macro the parameter word_NAME"


class Token(Markup):
    """A signed text in a template's hands: it can be placed, and given to the engine's filters."""

    _text: str
    _later: Callable[[Markup], Markup]

    @classmethod
    def of(cls, sign: str, text: str, later: Callable[[Markup], Markup]) -> Token:
        """A token for a text; `later` gives a token for the HTML that a filter makes of it."""
        token = cls(sign)
        token._text, token._later = text, later
        return token

    def through(self, change: Callable[[str], Markup]) -> Markup:
        """A token for what a filter of the engine makes of the text."""
        return self._later(change(self._text))


@dataclass(slots=True)
class TokenStore:
    """The tokens of one frame: the HTML of each, those of its language, and the document's messages among them.

    `marks` are the marks that a live view finds words by, see `filled`; a build has none.
    """

    html: dict[str, Markup] = field(default_factory=dict)
    spoken: set[str] = field(default_factory=set)
    messages: dict[str, MessageKey] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)

    def add(self, html: Markup) -> Markup:
        """A token for this HTML, in noncharacters, which no text has."""
        sign = f"\ufdd0{len(self.html)}\ufdd1"
        self.html[sign] = html
        return Markup(sign)

    def value(self, text: str) -> Markup:
        """A token for a text; an empty text is itself, so that a template can ask whether there is one."""
        return Token.of(self.add(Markup.escape(text)), text, self.add) if text else Markup("")

    def speech(self, html: Markup, message: MessageKey | None = None, mark: str = "") -> Markup:
        """A token for words in the frame's language; `message` is the key of one of the document's."""
        sign = self.add(html)
        self.spoken.add(sign)
        if message is not None:
            self.messages[sign] = message
        if mark and html:
            self.marks[sign] = mark
        return sign

    def filled(self, html: str) -> str:
        """The HTML with its tokens replaced, in one pass.

        Marked words are between the comments `<!--say MARK-->` and `<!--said-->`; before an element with marked words
        in an attribute is `<!--alt MARK-->`.
        """
        if self.marks:
            return _TAG_OR_TOKEN.sub(lambda match: self._marked(match[0]), html)
        return self._plain(html)

    def _plain(self, html: str) -> str:
        return _TOKEN.sub(lambda match: self.html.get(match[0], match[0]), html)

    def _marked(self, found: str) -> str:
        if found in self.marks:
            return f"<!--say {self.marks[found]}-->{self.html[found]}<!--said-->"
        alternatives = [self.marks[sign] for sign in _TOKEN.findall(found) if sign in self.marks]
        return "".join(f"<!--alt {mark}-->" for mark in alternatives) + self._plain(found)


class UnsignedFault(NamedTuple):
    """A code, what is wrong (for a sentence about the macro), the next move, and the text to find its line by."""

    code: str
    message: str
    hint: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class FrameRules:
    """The language and direction of a frame, the ids that the engine gives its slots, and the document's order."""

    tag: str
    direction: str
    ids: frozenset[str]
    order: tuple[MessageKey, ...]


def unsigned_fault(html: str, tokens: TokenStore, rules: FrameRules) -> UnsignedFault | None:
    """The first thing in a macro's HTML that is not signed, or None; `html` still has its tokens."""
    return _fault(html, tuple(tokens.messages.items()), frozenset(tokens.spoken), rules)


@lru_cache(maxsize=64)
def _fault(
    html: str, messages: tuple[tuple[str, MessageKey], ...], spoken: frozenset[str], rules: FrameRules
) -> UnsignedFault | None:
    """The same by what it depends on: clinics' frames have other texts behind the same tokens."""
    keys = dict(messages)
    parser = _Reader(keys, spoken, rules)
    parser.feed(html)
    parser.close()
    if parser.faults:
        return parser.faults[0]
    if lost := keys.keys() - parser.placed:
        text = keys[min(lost, key=len)][1]
        message = f"sets {text[:40]!r} and does not print it"
        return UnsignedFault("text-unset", message, "print what say and plain give", "")
    return _order_fault(parser.printed, rules.order)


def _order_fault(printed: Iterable[MessageKey], order: Sequence[MessageKey]) -> UnsignedFault | None:
    at = 0
    for key in printed:
        try:
            at = order.index(key, at) + 1
        except ValueError:
            message = f"prints {key[1][:40]!r} twice, or not in the document's order"
            return UnsignedFault("look-turns", message, "print each message once, as the document orders them")
    return None


class _Reader(HTMLParser):
    def __init__(self, messages: Mapping[str, MessageKey], spoken: Collection[str], rules: FrameRules) -> None:
        super().__init__()
        self.messages, self.spoken, self.rules = messages, spoken, rules
        self.foreign: list[bool] = []
        self.placed: set[str] = set()
        self.printed: list[MessageKey] = []
        self.faults: list[UnsignedFault] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            self.faults += self._attribute_faults(tag, name, value, values.get("id", ""))
            self.placed |= set(_TOKEN.findall(value))
        if tag not in VOID:
            language, direction = (values.get("lang", self.rules.tag), values.get("dir", self.rules.direction))
            self.foreign.append((language, direction) != (self.rules.tag, self.rules.direction))

    def handle_endtag(self, tag: str) -> None:
        if self.foreign and tag not in VOID:
            self.foreign.pop()

    def handle_data(self, data: str) -> None:
        rest = _TOKEN.sub("", data)
        if not _SIGNS.issuperset(rest):
            text = " ".join(rest.split())
            if {"\ufdd0", "\ufdd1"} & set(rest):
                hint = "place it whole: a template does not cut, join or change what was signed"
                self.faults.append(UnsignedFault("look-turns", "changes a signed text", hint))
            else:
                message = f"prints {text[:40]!r}, which is not translated or signed"
                self.faults.append(UnsignedFault("look-adds", message, _WORDS, text))
        for sign in _TOKEN.findall(data):
            self.placed.add(sign)
            if sign in self.messages:
                self.printed.append(self.messages[sign])
            if sign in self.spoken and any(self.foreign):
                hint = "take lang and dir away: the frame has those of its language"
                self.faults.append(UnsignedFault("look-turns", "sets words in another direction or language", hint))

    def _attribute_faults(self, tag: str, name: str, value: str, own_id: str) -> Iterator[UnsignedFault]:
        engine = own_id in self.rules.ids
        if name in _VALUES:
            if _TOKEN.sub("", value):
                yield UnsignedFault("look-adds", f"writes {name}={value[:40]!r} by hand", _WORDS, value)
        elif name == "class":
            if not engine and (own := next(filter(_ENGINE.fullmatch, value.split()), "")):
                yield UnsignedFault(
                    "look-hides", f"gives <{tag}> the engine's class {own!r}", "choose another name", f'"{value}'
                )
        elif name == "id" and not engine:
            yield UnsignedFault(
                "look-hides", f"gives <{tag}> an id, by which the engine measures", "use a class", value
            )
        elif name == "lang" and value not in ("en", self.rules.tag):
            yield UnsignedFault("look-turns", f"says lang={value!r}", "write frame.tag, or en", value)
        elif name == "dir" and value not in ("ltr", self.rules.direction):
            yield UnsignedFault("look-turns", f"says dir={value!r}", "write frame.direction, or ltr", value)
        elif name not in _ATTRIBUTES:
            hint = "style it by a class; a macro writes class, lang, dir, scope, alt, href and src alone"
            yield UnsignedFault("look-hides", f"writes the attribute {name} of <{tag}>", hint, f"{name}=")
