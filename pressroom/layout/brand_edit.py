"""Changes values of `layouts/brand.toml`: comments, order and other keys stay as a person wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import String, Table

from pressroom.layout.brand import BRAND_FILE

# The contrast that a comment says of the old colour.
_RATIO: Final = re.compile(r"\d+(?:\.\d+)?:1")
_HEADS: Final = {
    "colour": "The colours of the brand.",
    "press": "The same on a press: cyan, magenta, yellow, black in percent. What inks look like is an estimate.",
    "dark": "The same on a dark screen.",
    "logo": "The logo of every clinic that has none of its own.",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the brand: `flow` in `[colour]`, with what its comment says of it."""

    group: str
    key: str
    text: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A value that the file has, and the one that would take its place."""

    value: Value
    old: str

    def __str__(self) -> str:
        return f"[{self.value.group}] {self.value.key} = {self.old} becomes {self.value.text}"


def edited(text: str, values: Iterable[Value]) -> tuple[str, tuple[Replaced, ...]]:
    """The text of a brand file with these values, and those that it had other ones for.

    A comment stays, with the new contrast if it said one; a new value gets a comment of its own.

    Raises:
        ValueError: the text is not TOML, or a group of it is not a table.
    """
    document = tomlkit.parse(text)
    replaced = []
    for value in values:
        if value.group not in document:
            _begin(document, value.group)
        table = document[value.group]
        if not isinstance(table, Table):
            raise ValueError(f"{BRAND_FILE}: {value.group} is not a table: write [{value.group}]")
        old = table.get(value.key)
        if old is None:
            _add(table, value)
        elif str(old) != value.text:
            replaced.append(Replaced(value, str(old)))
            _replace(table, value, old)
    made = tomlkit.dumps(document)
    for head in _HEADS.values():
        # tomlkit parts a comment from the table below it.
        made = made.replace(f"# {head}\n\n", f"# {head}\n")
    return made, tuple(replaced)


def _begin(document: TOMLDocument, group: str) -> None:
    """Add a table at the end, under a line that says what it is for."""
    if document.body:
        document.add(tomlkit.nl())
    if group in _HEADS:
        document.add(tomlkit.comment(_HEADS[group]))
    document.append(group, tomlkit.table())


def _add(table: Table, value: Value) -> None:
    table.add(value.key, _item(value.text, value.comment))


def _replace(table: Table, value: Value, old: Any) -> None:  # noqa: ANN401  any value of TOML
    said = old.trivia.comment.lstrip("# ") if hasattr(old, "trivia") else ""
    ratio = _RATIO.search(value.comment)
    kept = _RATIO.sub(ratio[0], said) if ratio else _RATIO.sub("", said)
    item = _item(value.text, value.comment if value.group == "press" or not said else kept)
    if said:
        item.trivia.comment_ws = old.trivia.comment_ws
    table[value.key] = item


def _item(text: str, comment: str) -> String:
    item = tomlkit.string(text)
    if comment:
        item.comment(comment)
    return item
