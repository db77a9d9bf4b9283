"""Records as files: a flat table with tables in it goes in, TOML that a person can read comes out.

A record's file is named for the hash of its content, so that one edited by hand no longer bears its own name.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Final

_HASH: Final = 8
_LIMIT: Final = 1_000_000


def write_toml(table: Mapping[str, Any], head: str) -> str:
    """The table: plain values first, then tables, then lists of tables, each in the order given."""
    rows = [f"# {line}" for line in head.splitlines()]
    rows += [f"{key} = {_value(value)}" for key, value in table.items() if not _is_table(value)]
    for key, value in table.items():
        if isinstance(value, Mapping):
            rows += ["", f"[{_key(key)}]", *(f"{_key(name)} = {_value(inner)}" for name, inner in value.items())]
        elif _is_table(value):
            for inner in value:
                rows += ["", f"[[{_key(key)}]]", *(f"{_key(name)} = {_value(part)}" for name, part in inner.items())]
    return "\n".join(rows) + "\n"


def read_toml(text: str) -> dict[str, Any]:
    """The table of a record's text.

    Raises:
        ValueError: it is no TOML, or larger than any record.
    """
    if len(text) > _LIMIT:
        raise ValueError(f"it is {len(text)} characters long")
    return tomllib.loads(text)


def short_hash(text: str) -> str:
    """Eight hex digits of a record's text, for its file's name."""
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH]


def text_of(table: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """A text of a table.

    Raises:
        ValueError: it is not there, or not a text.
    """
    value = table.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"it has no text {key!r}")
    return value


def texts_of(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts of a table, empty where it is not there.

    Raises:
        ValueError: it is something else.
    """
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise ValueError(f"{key} is not a list of texts")
    return tuple(value)


def pairs_of(table: Mapping[str, Any], key: str) -> dict[str, str]:
    """A table of texts inside a table, empty where it is not there.

    Raises:
        ValueError: it is something else.
    """
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise ValueError(f"{key} is not a table of texts")
    return value


def _is_table(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, Sequence) and not isinstance(value, str) and bool(value) and isinstance(value[0], Mapping)
    )


def _value(value: object) -> str:
    if isinstance(value, str):
        # A TOML basic string is a JSON string, but for DEL.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return str(value)


def _key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else _value(name)
