"""What of the project's shared tables a piece may print: it gets these words and tokens, and no others.

A piece is made from its own values alone. So what it does not get can't change it, and an edit of another word makes
nothing again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from pressroom.catalog import Translation
from pressroom.content import Document, Message
from pressroom.content.fields import FIELDS
from pressroom.diagnostics import Span
from pressroom.layout import Layout, word_names
from pressroom.layout.block_words import AWAITED, RANKS, TICK, word_of
from pressroom.plain_style import emptied_comments
from pressroom.project import Clinic
from pressroom.project.desk_settings import DeskSettings

# What the engine itself prints of the layouts' words.
_OF_ENGINE: Final = frozenset({"draft", AWAITED, TICK, *map(word_of, FIELDS), *map(word_of, RANKS)})
_ART: Final = ".toml"
_NAMED: Final = re.compile(r"--([a-z][\w-]*)")
_HEX: Final = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])")
# A token of the brand is a colour by its name.
_DARK: Final = "dark-"
_COLOURS: Final = ("colour-", _DARK)
_INKS: Final = "press-"


def printed_document(document: Document) -> Document:
    """A document without what is said of it as a whole and is in no piece: its products, and its hard words."""
    return replace(document, front=replace(document.front, products=(), terms=()))


def printed_layout(layout: Layout, art: str) -> Layout:
    """A layout with the one drawing that a document names, and styles without comments."""
    drawings = {name: text for name, text in layout.art.items() if name == f"{art}{_ART}"}
    layout = layout.with_drawing(art)
    styles = (replace(style, text=emptied_comments(style.text)) for style in layout.stylesheets)
    return replace(layout, art=drawings, stylesheets=tuple(styles))


def printed_words(words: Mapping[str, Message], layout: Layout) -> dict[str, Message]:
    """The layouts' words that a layout's macros name, and those that the engine prints."""
    named = {*word_names(layout.printed, words), *_OF_ENGINE}
    return {name: message for name, message in words.items() if name in named}


def printed_translation(translation: Translation, messages: Iterable[Message]) -> Translation:
    """The translations of these messages alone."""
    keys = {message.key for message in messages}
    return replace(translation, known={key: text for key, text in translation.known.items() if key in keys})


def printed_tokens(brand: Mapping[str, str], texts: Iterable[str], *, inks: bool, dark: bool) -> dict[str, str]:
    """The tokens of the brand that one of these texts names, its inks for a press file, dark colours for a screen.

    A colour also stays if a text has the same one in digits: findings then name the token.
    """
    named: set[str] = set()
    digits: set[str] = set()
    for text in texts:
        named.update(_NAMED.findall(text))
        digits.update(map(_long, _HEX.findall(text.lower())))
    return {
        name: value
        for name, value in brand.items()
        if name in named
        or (name.startswith(_COLOURS) and _long(value.lower()) in digits)
        or (inks and name.startswith((_INKS, *_COLOURS)))
        or (dark and name.startswith(_DARK))
    }


def printed_spans(spans: Mapping[str, Span], brand: Mapping[str, str]) -> dict[str, Span]:
    """Where these tokens are written, and the logo."""
    return {name: span for name, span in spans.items() if name == "logo" or _is_in(name, brand)}


def printed_clinic(clinic: Clinic, tag: str) -> Clinic:
    """A clinic with its notice in one language, without what only its print desk shows."""
    notices = tuple(notice for notice in clinic.notices if notice[0] == tag)
    return replace(clinic, notices=notices, desk=DeskSettings())


def _is_in(name: str, brand: Mapping[str, str]) -> bool:
    return name in brand or f"colour-{name}" in brand


def _long(colour: str) -> str:
    """A colour in six digits."""
    return f"#{''.join(digit * 2 for digit in colour[1:])}" if len(colour) == 4 else colour
