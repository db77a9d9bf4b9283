"""What two imprints have in common that a validator can't tell apart: their shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pressroom.fingerprint import content_hash, fingerprint
from pressroom.render.tags.pdf_bytes import references
from pressroom.render.tags.prepared import Imprint

_STRING: Final = re.compile(rb"\((?:[^\\()]|\\.)+\)|<[0-9A-Fa-f]+>", re.DOTALL)
_WIDTHS: Final = re.compile(rb"/W \[(?: ?[-\d.]+| ?\[[^\]]*\])*\]")
_SUBSET: Final = re.compile(rb"/[A-Z]{6}(?=\+| )")
_NUMBER: Final = re.compile(rb"(?<![\w.+])[-+]?\d+(?:\.\d+)?(?!\w)")
_STREAM: Final = re.compile(rb"\d+ 0 obj\n(<<.*?>>)\nstream\n", re.DOTALL)
_URI: Final = re.compile(rb"/URI \(((?:[^\\()]|\\.)*)\)", re.DOTALL)
_SPOKEN: Final = re.compile(rb"/ActualText ?(?:\(((?:[^\\()]|\\.)*)\)|<FEFF([0-9A-Fa-f]*)>)", re.DOTALL)
_SAID: Final = re.compile(rb"/(?:Title|Lang) ?(?:\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]+>)", re.DOTALL)


def shape_of(imprint: Imprint) -> str:
    """A hash of the imprint without its words, places, widths and outlines.

    It has the tags in their order with their kinds, attributes and numbers of kids, which objects there are, what is in
    their dictionaries, the names of fonts, the entries of the catalog, the title and the languages.
    """
    tags = [text for _, text in imprint.objects if b"/Type/StructElem" in text]
    others = [text for _, text in imprint.objects if b"/Type/StructElem" not in text]
    heads = [match[1] for _, stream in imprint.streams if (match := _STREAM.match(stream))]
    resources = sorted(kind.encode() + _plain(entries) for kind, entries in imprint.resources.items())
    sheets = [b"-" if part is None else _plain(part) for sheet in imprint.sheets for part in sheet.parts]
    parts = [
        *map(_plain, tags),
        *sorted(map(_plain, [*others, *heads])),
        *resources,
        *sheets,
        _plain(imprint.root),
        _plain(imprint.info),
        *(_plain(owners) for owners in imprint.owners),
        *_said(imprint),
        b" ".join(b"%d" % len(list(references(areas))) for areas in imprint.areas),
    ]
    return fingerprint(*map(content_hash, parts))


def addresses(imprint: Imprint) -> Iterator[str]:
    """Where the imprint's links lead."""
    for _, text in imprint.objects:
        yield from (match[1].decode("latin-1") for match in _URI.finditer(text))


def spoken(imprint: Imprint) -> Iterator[str]:
    """The texts that the imprint's tags give in place of what is in them."""
    for _, text in imprint.objects:
        for match in _SPOKEN.finditer(text):
            plain = match[1].decode("latin-1") if match[1] is not None else ""
            yield plain or bytes.fromhex((match[2] or b"").decode()).decode("utf-16-be", "replace")


def _said(imprint: Imprint) -> Iterator[bytes]:
    for text in (imprint.root, imprint.info, *(text for _, text in imprint.objects if b"/Lang" in text)):
        yield from _SAID.findall(text)


# Nine of ten objects of an imprint are those of the clinic before.
@lru_cache(maxsize=2048)
def _plain(text: bytes) -> bytes:
    text = _STRING.sub(b"(s)", _WIDTHS.sub(b"", text))
    return _NUMBER.sub(b"n", _SUBSET.sub(b"/F", text))
