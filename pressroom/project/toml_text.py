"""Reads TOML that people write: a table, or what is wrong with it and on which line."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Any, Final

from pressroom.border import BorderError, border
from pressroom.project.text_faults import described, unseen_character

_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
_FAULTS = {
    "Cannot overwrite a value": "this key is there twice",
    "Illegal character '\\n'": "a text has no quotation mark at its end",
    "Invalid value": "this value is neither a number nor a text in quotation marks",
}
_TOO_LONG: Final = "this number has more digits than TOML can hold; a telephone number is a text in quotation marks"
# TOML's integers have 64 bits. Python refuses one of thousands of digits, and can't write it into a message.
_WIDEST: Final = 1 << 63
_LONG_NUMBER = re.compile(
    r"(?<=[=\[,\s])[+-]?(?:0x[0-9A-Fa-f_]{16,}|0o[0-7_]{21,}|0b[01_]{63,}|[0-9_]{19,})(?=[\s,\]}#]|$)"
)
# What people write by hand is shorter; records have a limit of their own.
_CHARACTERS: Final = 1_000_000
# tomllib reads a key of 5,000 parts in 200 MB.
_PARTS: Final = 20
_LONG_KEY: Final = re.compile(rf"^[ \t]*\[*[ \t]*(?:[\w\"'-]+[ \t]*\.[ \t]*){{{_PARTS},}}", re.MULTILINE)
_DEEPEST: Final = 50
_BRACKETS: Final = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]")
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def toml_table(text: str) -> tuple[dict[str, Any] | None, str, int]:
    """The table of a TOML text. None, the reason and its line or 0 if it is not TOML or has an invisible character."""
    if (unseen := unseen_character(text)) is not None:
        return None, described(text, unseen), text.count("\n", 0, unseen) + 1
    if len(text) > _CHARACTERS:
        return None, f"this is {len(text):,} characters long; the limit is {_CHARACTERS:,}", 1
    if (long := _LONG_KEY.search(text)) is not None:
        return None, f"this key has more than {_PARTS} parts", text.count("\n", 0, long.start()) + 1
    try:
        with border(tomllib.TOMLDecodeError, RecursionError, ValueError):
            table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1] or text.count("\n") + 1) if place else 0
        return None, _in_words(_PLACE.sub("", str(error))), line
    except RecursionError:
        return None, "this is not TOML: nested too deep", _line_of_deepest(text)
    except BorderError as error:
        return None, f"this can't be read as TOML: {error}", 1
    except ValueError:
        return None, _TOO_LONG, _line_of_long_number(text)
    return _checked(table, text)


def _line_of_deepest(text: str) -> int:
    """The line on which brackets are nested too deep; 0 if none is found."""
    depth = 0
    for sign in _BRACKETS.finditer(text):
        depth += 1 if sign[0] in "[{" else -1 if sign[0] in "]}" else 0
        if depth > _DEEPEST:
            return text.count("\n", 0, sign.start()) + 1
    return 0


def _checked(table: dict[str, Any], text: str) -> tuple[dict[str, Any] | None, str, int]:
    """The table, or why it is refused: a number of more than 64 bits, or an invisible character behind an escape."""
    escapes, waiting = "\\" in text, [*table.items()]
    while waiting:
        value: Any = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, int) and not -_WIDEST <= value < _WIDEST:
            return None, _TOO_LONG, _line_of_long_number(text)
        elif escapes and isinstance(value, str) and (unseen := unseen_character(value)) is not None:
            sign = f"{ord(value[unseen]):04X}"
            line = next(
                (at for at, row in enumerate(text.splitlines(), 1) if f"\\u{sign}" in row.replace(sign.lower(), sign)),
                0,
            )
            return None, f"the escape \\u{sign} writes a character that is invisible", line
    return table, "", 0


def _line_of_long_number(text: str) -> int:
    """The line of the first integer that 64 bits can't hold; 0 if none is written so that it can be found."""
    places = (match.start() for match in _LONG_NUMBER.finditer(text) if _is_long(match[0]))
    return next((text.count("\n", 0, place) + 1 for place in places), 0)


def _is_long(number: str) -> bool:
    try:
        return not -_WIDEST <= int(number, 0) < _WIDEST
    except ValueError:
        return True


def line_of_key(text: str, table: str, key: str = "") -> int:
    """The line of a table's head, or of one of its keys where that is written on a line of its own; 0 for neither."""
    lines, heads = _lines(text)
    head = heads.get(f"[{table}]", 0)
    for number in range(head, len(lines) if key else head):
        if lines[number].startswith("["):
            break
        if lines[number].partition("=")[0].strip() == key:
            return number + 1
    return head


def line_of_text(text: str, first: int, value: str) -> int:
    """The line from the `first` on that has a text in quotation marks, as in a list of several lines; or the first."""
    written = (f'"{value}"', f"'{value}'")
    lines = text.splitlines()[max(0, first - 1) :]
    return next((at for at, line in enumerate(lines, max(1, first)) if any(one in line for one in written)), first)


@lru_cache(maxsize=4)
def _lines(text: str) -> tuple[list[str], dict[str, int]]:
    """A text's lines without quotation marks, and the line of each that is a head, the first of each."""
    lines = [line.strip().replace('"', "") for line in text.splitlines()]
    # From the end, so that the first of two equal ones counts.
    return lines, {lines[at]: at + 1 for at in reversed(range(len(lines))) if lines[at].startswith("[")}


def _in_words(fault: str) -> str:
    """A fault of tomllib's as an editor says it."""
    if twice := _TWICE.fullmatch(fault):
        name = ".".join(re.findall(r"'([^']*)'", twice[1]))
        return f"the table [{name}] is there twice"
    return _FAULTS.get(fault, f"this is not TOML: {fault}")
