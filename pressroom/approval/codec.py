"""Writes frozen dataclasses as canonical TOML, and reads them back.

A dataclass declares its file: each field is a key, in order, with hyphens for underscores. A nested dataclass adds its
keys in its place. Reading refuses unknown keys, missing keys and values of another type.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, Generic, Literal, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

from pressroom.border import border
from pressroom.fingerprint import content_hash
from pressroom.project import Files

_LIMIT: Final = 1_000_000
# A release or a recall has a row for each file: forty clinics make thousands.
LARGE: Final = 40_000_000
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN: Final = frozenset({str, int, bool, float})
T = TypeVar("T")


def named(key: str, default: Any = MISSING) -> Any:
    """A field whose key in the file is not its name."""
    return field(default=default, metadata={"key": key})


def optional(default: Any, **metadata: str) -> Any:
    """A field that is not written to the file while it has its default. `key` is its key there, if not its name."""
    if isinstance(default, dict):
        return field(default_factory=dict, metadata={"optional": True, **metadata})
    return field(default=default, metadata={"optional": True, **metadata})


def unstored(default: Any = "") -> Any:
    """A field that the file does not hold: the reader fills it in."""
    return field(default=default, metadata={"unstored": True})


@dataclass(frozen=True, slots=True)
class RecordFormat(Generic[T]):
    """How one kind of record is a file.

    `head` is the comment on top. `name` gives the file's name from the record and the hash of its text, 16 hex digits.
    A `sealed` record counts only under that name: an edited record is void. `from_name` fills unstored fields from the
    table and from the file's name without its ending. `check` raises ValueError for values that a record can't have.
    `limit` is how many characters it may have.
    """

    kind: type[T]
    head: str
    name: Callable[[T, str], str]
    sealed: bool = True
    from_name: Callable[[Mapping[str, Any], str], dict[str, str]] = lambda table, stem: {}
    check: Callable[[T], None] = lambda record: None
    limit: int = _LIMIT

    def write(self, record: T) -> tuple[str, str]:
        """The name of the record's file and its text."""
        text = write_toml(encode(record), self.head)
        return self.name(record, _seal(text)), text

    def read(self, text: str, name: str) -> T:
        """A record from the text and the name of its file; ValueError if it is no such record, or edited and sealed."""
        table = read_toml(text, self.limit)
        record = decode(self.kind, table, unstored=self.from_name(table, name.removesuffix(".toml")))
        self.check(record)
        if self.sealed and not self.is_intact(record, text, name):
            raise ValueError("its content was changed after it was written under this name")
        return record

    def is_intact(self, record: T, text: str, name: str) -> bool:
        """True if the text is what was written under this name."""
        return name == self.name(record, _seal(text))

    def read_file(self, files: Files, path: Path) -> T:
        """The record in a file of the project, read once; ValueError if the file can't be read, and as in `read`."""
        return files.once(("record", self.kind, path), lambda: self._read_file(files, path))

    def _read_file(self, files: Files, path: Path) -> T:
        text, findings = files.text(path, limit=self.limit)
        if text is None:
            raise ValueError(findings[0].message)
        return self.read(text, path.name)


def _seal(text: str) -> str:
    return content_hash(text.encode())[:16]


def encode(record: Any, word: str = "-") -> dict[str, Any]:
    """A record as a table of plain values; `word` joins the words of a key."""
    table: dict[str, Any] = {}
    kind: Any = type(record)
    for one in _stored(kind, word):
        value = getattr(record, one.name)
        if one.inner is not None:
            table |= encode(value, word)
        elif not one.left_out or value not in one.left_out:
            table[one.key] = value if one.plain is not None else one.write(value)
    return table


def decode(kind: type[T], table: Any, word: str = "-", unstored: Mapping[str, Any] | None = None) -> T:
    """A record from its table; `unstored` are the fields that the table does not hold.

    Raises UnknownKey, or another ValueError for a missing key or a value of the wrong type.
    """
    if not isinstance(table, dict):
        raise ValueError("it is not a table")
    record: Any = kind
    if not _keys(record, word).issuperset(table):
        unknown = sorted(table.keys() - _keys(record, word))
        raise UnknownKey(f"it has an unknown key {unknown[0]!r}")
    return cast("T", _decode(record, table, word, unstored or {}))


class UnknownKey(ValueError):
    """A table has a key that this version does not know: a newer version may have written it."""


def keys_of(kind: Any, word: str = "-") -> Iterator[tuple[str, Any, bool]]:
    """The keys of a record's table in their order, with the type of each, and True if it can be left out."""
    for one in _stored(kind, word):
        if one.inner is not None:
            yield from keys_of(one.inner, word)
        else:
            yield one.key, one.kind, bool(one.left_out)


def write_toml(table: Mapping[str, Any], head: str) -> str:
    """The table as TOML: plain values first, then tables, then lists of tables, each in the order given."""
    rows = [f"# {line}" for line in head.splitlines()]
    rows += [f"{key} = {_value(value)}" for key, value in table.items() if not _is_table(value)]
    for key, value in table.items():
        if isinstance(value, Mapping):
            rows += ["", f"[{_key(key)}]", *(f"{_key(name)} = {_value(inner)}" for name, inner in value.items())]
        elif _is_table(value):
            for inner in value:
                rows += ["", f"[[{_key(key)}]]", *(f"{_key(name)} = {_value(part)}" for name, part in inner.items())]
    return "\n".join(rows) + "\n"


def read_toml(text: str, limit: int = _LIMIT) -> dict[str, Any]:
    """The table of a record's text; ValueError if it is no TOML, or longer than `limit` characters."""
    if len(text) > limit:
        raise ValueError(f"it is {len(text)} characters long")
    with border(tomllib.TOMLDecodeError):
        return tomllib.loads(text)


def day(written: str) -> date:
    """A day written `2026-11-23`; ValueError for any other form."""
    if not _DATE.fullmatch(written):
        raise ValueError(f"{written!r} is not a day")
    return date.fromisoformat(written)


def _is_record(kind: Any) -> bool:
    # Not `is_dataclass` itself: it narrows the type to one that mypy can't hash.
    return is_dataclass(kind)


def _default(spec: Field[Any]) -> Any:
    return spec.default if spec.default_factory is MISSING else spec.default_factory()


class _Stored(NamedTuple):
    """A field that a file holds: its key, and how its value is read and written; `inner` is a record in its place.

    A value of the type `plain` is read and written as it is.
    """

    name: str
    key: str
    kind: Any
    inner: Any
    plain: Any
    read: Callable[[Any, str], Any]
    write: Callable[[Any], Any]
    required: bool
    left_out: tuple[Any, ...]


@cache
def _stored(kind: Any, word: str) -> tuple[_Stored, ...]:
    hints = get_type_hints(kind)
    stored = [spec for spec in fields(kind) if not spec.metadata.get("unstored")]
    return tuple(_as_stored(spec, hints[spec.name], word) for spec in stored)


def _as_stored(spec: Field[Any], kind: Any, word: str) -> _Stored:
    required = spec.default is MISSING and spec.default_factory is MISSING
    return _Stored(
        name=spec.name,
        key=spec.metadata.get("key", spec.name).replace("_", word),
        kind=kind,
        inner=kind if _is_record(kind) else None,
        plain=kind if kind in _PLAIN else None,
        read=_reader(kind, word),
        write=_writer(kind, word),
        required=required,
        left_out=(_default(spec),) if spec.metadata.get("optional") else (),
    )


@cache
def _keys(kind: Any, word: str) -> frozenset[str]:
    stored = _stored(kind, word)
    return frozenset[str]().union(*(_keys(one.inner, word) if one.inner else {one.key} for one in stored))


def _decode(kind: Any, table: dict[str, Any], word: str, given: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = dict(given)
    # A manifest has a million of them: most are texts.
    for name, key, _, inner, plain, read, _, required, _ in _stored(kind, word):
        if inner is not None:
            values[name] = _decode(inner, table, word, {})
        elif key in table:
            value = table[key]
            values[name] = value if type(value) is plain else read(value, key)
        elif required:
            raise ValueError(f"it has no {key!r}")
    return kind(**values)


@cache
def _writer(kind: Any, word: str) -> Callable[[Any], Any]:
    """What makes a value of a field plain, as TOML and JSON have it."""
    if kind in _PLAIN:
        return lambda value: value

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return [plain(part) for part in value]
        return encode(value, word) if _is_record(value) else value

    return plain


@cache
def _reader(kind: Any, word: str) -> Callable[[Any, str], Any]:
    """What makes the value of a field from that of TOML or JSON under a key; a manifest has a million of them.

    What it returns raises ValueError for a value of another type.
    """
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType:
        # The file leaves out a field that is None.
        return _reader(arguments[0], word)
    if origin is Literal:
        return lambda value, key: _fitting(value, key, fits=value in arguments)
    if origin is tuple:
        one = _reader(arguments[0], word)
        return lambda value, key: tuple([one(part, key) for part in _fitting(value, key, fits=isinstance(value, list))])
    if origin is dict:
        name, one = _reader(str, word), _reader(arguments[1], word)
        return lambda value, key: {
            name(k, key): one(part, key) for k, part in _fitting(value, key, fits=isinstance(value, dict)).items()
        }
    if _is_record(kind):
        return lambda value, key: decode(kind, value, word)
    if kind is date:
        return lambda value, key: day(_fitting(value, key, fits=isinstance(value, str)))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return lambda value, key: kind(_fitting(value, key, fits=isinstance(value, str)))
    return lambda value, key: value if type(value) is kind else _fitting(value, key, fits=False)


def _fitting(value: Any, key: str, *, fits: bool) -> Any:
    if not fits:
        raise ValueError(f"the value of {key!r} has the wrong type")
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
