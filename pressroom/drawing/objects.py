"""Hashes of a PDF's objects that do not depend on their numbers, their order or their compression."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from pressroom.drawing.model import PdfObject

# How a stream is stored, and what names an object for people.
_STORED: Final = frozenset({"/Length", "/Filter", "/DecodeParms", "/Name", "/Type"})
_DEPTH: Final = 30


def object_hash(item: PdfObject) -> str:
    """32 hex digits for an object with everything that it refers to. Raises ValueError if that is too deep."""
    return hashlib.sha256(canonical(item).encode()).hexdigest()[:32]


# What was read before, by its bytes: the gradients of a proof's hatches are alike, and have thousands of numbers.
_known: Final[dict[tuple[bytes, int], str]] = {}
_KEPT: Final = 256


def canonical(item: PdfObject, depth: int = 0) -> str:
    """An object as text, with everything that it refers to."""
    if not isinstance(item, Dictionary) or isinstance(item, Stream):
        return _written(item, depth)
    raw = item.unparse(resolved=True)
    if b" R" in raw:  # it may refer to another object
        return _written(item, depth)
    if (raw, depth) not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        _known[raw, depth] = _written(item, depth)
    return _known[raw, depth]


def _written(item: PdfObject, depth: int) -> str:
    if depth > _DEPTH:
        raise ValueError("an object refers to itself")
    # Numbers first: a shading has thousands.
    if isinstance(item, bool):
        return str(item)
    if isinstance(item, int | float | Decimal):
        return f"{float(item):.6f}".rstrip("0").rstrip(".")
    if isinstance(item, Stream):
        table = {key: value for key, value in item.items() if key not in _STORED}
        return f"stream {_table(table, depth)} {hashlib.sha256(decoded(item)).hexdigest()}"
    if isinstance(item, Dictionary):
        return _table(dict(item.items()), depth)
    if isinstance(item, Array):
        return f"[{' '.join(canonical(value, depth + 1) for value in item)}]"
    if isinstance(item, Name):
        return str(item)
    if isinstance(item, pikepdf.String):
        return bytes(item).hex()
    if item is None:
        return "null"
    raise ValueError(f"an object is {type(item).__name__}")


def decoded(stream: PdfObject) -> bytes:
    """The content of a stream; that of a picture in a coding of its own (JPEG) as it is, with the coding's name."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return str(stream.get("/Filter")).encode() + bytes(stream.read_raw_bytes())


def _table(table: dict[str, PdfObject], depth: int) -> str:
    return f"<<{' '.join(f'{key} {canonical(table[key], depth + 1)}' for key in sorted(table))}>>"
