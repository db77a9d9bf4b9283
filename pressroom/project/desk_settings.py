"""What a clinic's table says about its print desk: how to ask for an interpreter, and which languages come first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pressroom.project.telephone import number_fault

KEYS: Final = frozenset({"interpreter", "most-used"})
_LONGEST: Final = 200
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """What a print desk shows of a clinic besides files; nothing of it is on paper.

    `interpreter` is the clinic's own line for staff who need an interpreter, empty where it gave none. `most_used` are
    the tags of the languages that its patients read most, the most used first.
    """

    interpreter: str = ""
    most_used: tuple[str, ...] = ()

    @property
    def interpreter_number(self) -> str:
        """The number at the head of the interpreter line, to be dialled; empty if the line begins otherwise."""
        number = self.interpreter.partition(",")[0].strip()
        return number if number and number_fault(number, emergency=False) is None else ""


def read_desk_settings(entry: Mapping[str, Any]) -> DeskSettings:
    """The settings in a clinic's table that has no faults."""
    return DeskSettings(" ".join(entry.get("interpreter", "").split()), tuple(entry.get("most-used", ())))


def desk_faults(name: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with them: the key, what is wrong, and what to write."""
    line = entry.get("interpreter", "")
    if not isinstance(line, str) or len(line) > _LONGEST or len(line.splitlines()) > 1:
        message = f"interpreter of {name} is not one line of text"
        yield "interpreter", message, 'write interpreter = "801-555-0199, any language, day and night"'
    tags = entry.get("most-used", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) and _TAG.fullmatch(tag) for tag in tags):
        yield "most-used", f"most-used of {name} is not a list of language tags", 'write most-used = ["es", "ar"]'
    elif len(set(tags)) < len(tags):
        twice = next(tag for tag in tags if tags.count(tag) > 1)
        yield "most-used", f"most-used of {name} has {twice!r} twice", "name each language once"
