"""The content of a value: a fingerprint of everything in it but places in files, and these places in a fixed order.

Two values of the same content differ at most in lines, so the places of one are, in order, those of the other. That is
how the findings of a piece that is not made again get today's lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, Final

from pressroom.catalog import Translation
from pressroom.compose.template import plain_template
from pressroom.content import Document, FrontMatter, Message
from pressroom.diagnostics import Span
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import Language
from pressroom.layout import Layout
from pressroom.plain_style import plain_style
from pressroom.units import Length

# What no stage after the plan reads: comments for translators, and the lines of the front matter, which are places.
_UNREAD: Final[dict[type, frozenset[str]]] = {Message: frozenset({"notes"}), FrontMatter: frozenset({"lines"})}
# Values that many pieces share, and that are looked through once.
_SHARED: Final = (Document, Translation, Layout)
_MOST_REMEMBERED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Content:
    """A fingerprint (64 hex digits), and the places in the value."""

    mark: str
    spans: tuple[Span, ...] = ()


# The contents of shared values by their identity, each with the value, so that no other one gets its identity.
Remembered = dict[int, tuple[object, Content]]


def content_of(value: object, remembered: Remembered | None = None) -> Content:
    """The content of a value made of dataclasses, tables, lists, texts and numbers.

    Raises:
        TypeError: something in it is of a kind that has no fixed content.
    """
    walk = _Walk({} if remembered is None else remembered)
    walk.add(value)
    return walk.content


class _Walk:
    """Goes through a value and notes its parts and its places."""

    def __init__(self, remembered: Remembered) -> None:
        self.remembered = remembered
        self.parts: list[str] = []
        self.spans: list[Span] = []

    @property
    def content(self) -> Content:
        return Content(fingerprint(*self.parts), tuple(self.spans))

    def add(self, value: Any) -> None:  # noqa: ANN401  a value of any kind
        kind = type(value)
        if kind is str:
            self.parts.append(f"s{value}")
        elif kind is Span:
            self.parts.append("@")
            self.spans.append(value)
        elif kind in _SHARED:
            self._add_shared(value)
        elif kind in _PLAIN:
            self.parts.append(_PLAIN[kind](value))
        elif kind in (tuple, list):
            self._add_all("(", value)
        elif kind in (set, frozenset):
            self._add_all("{", sorted(value))
        elif isinstance(value, Mapping):
            self._add_all("[", (part for pair in value.items() for part in pair))
        elif is_dataclass(value):
            self._add_fields(value)
        else:
            raise TypeError(f"{kind.__name__} has no fixed content")

    def _add_all(self, sign: str, values: Iterable[object]) -> None:
        self.parts.append(sign)
        for value in values:
            self.add(value)
        self.parts.append(")")

    def _add_fields(self, value: Any) -> None:  # noqa: ANN401  any dataclass
        kind: Any = type(value)
        self.parts.append(f"d{kind.__name__}")
        for name in _names(kind):
            self.add(getattr(value, name))
        if kind is FrontMatter:
            self.spans += [Span(value.title.span.path, line) for line in value.lines.values()]

    def _add_shared(self, value: object) -> None:
        known = self.remembered.get(id(value))
        if known is None or known[0] is not value:
            walk = _Walk(self.remembered)
            walk._add_fields(plain_layout(value) if isinstance(value, Layout) else value)
            if len(self.remembered) >= _MOST_REMEMBERED:
                self.remembered.clear()
            known = self.remembered[id(value)] = value, walk.content
        self.parts.append(f"v{known[1].mark}")
        self.spans += known[1].spans


# A language is counted by the key itself (`keys.of_language`), also one that the layout names.
_PLAIN: Final[dict[type, Callable[[Any], str]]] = {
    type(None): lambda value: "n",
    bool: repr,
    int: repr,
    float: repr,
    bytes: lambda value: f"b{content_hash(value)}",
    Length: lambda value: f"l{value.pt!r}",
    Language: lambda value: f"t{value.tag}",
}


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  any dataclass
    unread = _UNREAD.get(kind, frozenset())
    return tuple(field.name for field in fields(kind) if field.name not in unread)


def plain_layout(layout: Layout) -> Layout:
    """A layout without comments and blank lines in its styles and templates, which print nothing."""
    styles = (replace(style, text=plain_style(style.text)) for style in layout.stylesheets)
    templates = {name: plain_template(text) for name, text in layout.templates.items()}
    return replace(layout, stylesheets=tuple(styles), templates=templates)
