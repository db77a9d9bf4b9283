"""Length budgets: reads and writes the table of measured lengths, and adds a language's limits to templates.

The table is the project's own (`locales/lengths.toml`), because translators' tools delete flags: a limit is a flag
and a comment in every entry, written again by each update.
"""

from __future__ import annotations

import json
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pressroom.border import border
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.language import Language

# What is said to a translator; check_length reads it back where the flag was lost.
TOLD: Final = "At most {} characters, {{placeholders}} and ** counted as they are written: the space is fixed."
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})
_HEAD: Final = """\
# How many characters of each writing system the fixed spaces hold at the smallest legible size, measured in the
# real layouts with ordinary words. Every character counts, marks too, as Weblate counts them. Written by
# `publish.py lengths`; see docs/how-to/write-a-document.md.
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """The space for one message: `most` characters by script (`Latn`), or by tag if a language is set differently."""

    document: str
    context: str | None
    english: str
    frames: str
    most: Mapping[str, int]

    @property
    def key(self) -> Key:
        """The message's."""
        return self.context, self.english

    def of(self, language: Language) -> int | None:
        """The limit in a language; none where its script was not measured."""
        return self.most.get(language.tag, self.most.get(language.script))


@dataclass(frozen=True, slots=True)
class Lengths:
    """All budgets of a project; `layouts` is the hash of the layouts they were measured in."""

    budgets: tuple[Budget, ...] = ()
    layouts: str = ""

    def limits(self, document: str, language: Language) -> dict[Key, int]:
        """The limits of a document's messages in a language."""
        found = {one.key: one.of(language) for one in self.budgets if one.document == document}
        return {key: most for key, most in found.items() if most is not None}


def read_lengths(text: str) -> Lengths:
    """The table.

    Raises:
        ValueError: it is not one.
    """
    try:
        with border(tomllib.TOMLDecodeError):
            table = tomllib.loads(text)
        rows = [
            Budget(row["document"], row.get("context"), row["english"], row["frames"], dict(row["most"]))
            for row in table.get("text", [])
        ]
        layouts = str(table["layouts"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it lacks {error}") from None
    numbers: list[object] = [most for row in rows for most in row.most.values()]
    if not all(isinstance(most, int) and most > 0 for most in numbers):
        raise ValueError("a limit is not a number of characters")
    return Lengths(tuple(rows), layouts)


def write_lengths(lengths: Lengths) -> str:
    """The table as its file holds it: a text a message, a line a key."""
    parts = [f"{_HEAD}\nlayouts = {json.dumps(lengths.layouts)}\n"]
    for budget in lengths.budgets:
        row = {"document": budget.document, "context": budget.context, "english": budget.english}
        lines = [
            f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in row.items() if value is not None
        ]
        most = ", ".join(f"{script} = {most}" for script, most in sorted(budget.most.items()))
        frames = json.dumps(budget.frames, ensure_ascii=False)
        parts.append("\n".join(["[[text]]", *lines, f"frames = {frames}", f"most = {{ {most} }}", ""]))
    return "\n".join(parts)


def with_limits(template: Catalog, limits: Mapping[Key, int]) -> Catalog:
    """The template with the limits of one language as flags and comments."""
    if not limits:
        return template
    return replace(template, entries=tuple(_limited(entry, limits.get(entry.key)) for entry in template.entries))


def _limited(entry: Entry, most: int | None) -> Entry:
    if most is None:
        return entry
    return replace(entry, flags=(*entry.flags, f"max-length:{most}"), extracted=(*entry.extracted, TOLD.format(most)))


def printed_length(text: str) -> int:
    """The number of characters that take room: without combining marks and invisible ones."""
    # Below U+0300 there is no combining mark, and of invisible signs only the soft hyphen and controls.
    if (text.isascii() or max(text) < "\u0300") and "\u00ad" not in text and text.isprintable():
        return len(text)
    return sum(count for sign, count in Counter(text).items() if unicodedata.category(sign) not in _NO_WIDTH)


def stretch(sample: str, length: int, start: int = 0) -> str:
    """So many characters that take room of a sample, from its `start`th word (or sign, where it has no words) on."""
    units = sample.split() if sample.count(" ") > 5 else [*_signs(sample)]
    glue = " " if sample.count(" ") > 5 else ""
    turned = [*units[start % len(units) :], *units[: start % len(units)]]
    text = glue.join(turned)
    while printed_length(text) < length:
        text += glue + glue.join(turned)
    return "".join(_first([*_signs(text)], length)).strip()


def _signs(text: str) -> Iterable[str]:
    """Characters with the marks that belong to them."""
    sign = ""
    for character in text:
        if sign and unicodedata.category(character) not in (*_NO_WIDTH, "Mc"):
            yield sign
            sign = ""
        sign += character
    yield sign


def _first(signs: list[str], length: int) -> list[str]:
    taken = 0
    for number, sign in enumerate(signs):
        taken += printed_length(sign)
        if number and taken > length:
            return signs[:number]
    return signs
