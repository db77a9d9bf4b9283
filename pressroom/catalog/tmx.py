"""Writes what the catalogs of a locale have translated as a translation memory (TMX 1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from pressroom.catalog.model import Catalog, Entry
from pressroom.catalog.xml_tree import xml_attribute, xml_text
from pressroom.language import ENGLISH

_HEAD: Final = (
    '<header creationtool="pressroom" creationtoolversion="1" segtype="block" o-tmf="po" adminlang="en" '
    f'srclang="{ENGLISH}" datatype="plaintext"/>'
)


def write_tmx(catalogs: Sequence[Catalog]) -> bytes:
    """The memory: every pair that is translated and not fuzzy, once, in the catalogs' order.

    The context and the places are `prop` elements (TMX 1.4b, 3.1.5 "x-…"). Tokens stay as they are written, so that a
    tool offers them literally. There is no date, so that the same catalogs give the same bytes.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<tmx version="1.4">', f" {_HEAD}", " <body>"]
    seen: set[tuple[str | None, str, str]] = set()
    for catalog in catalogs:
        for entry in catalog.active:
            pair = (entry.context, entry.msgid, entry.msgstr)
            if entry.translated and entry.plural is None and pair not in seen:
                seen.add(pair)
                lines += _unit(entry, catalog.locale)
    return "\n".join([*lines, " </body>", "</tmx>", ""]).encode()


def _unit(entry: Entry, locale: str) -> Iterator[str]:
    yield "  <tu>"
    if entry.context is not None:
        yield f'   <prop type="x-context">{xml_text(entry.context)}</prop>'
    yield from (f'   <prop type="x-reference">{xml_text(reference)}</prop>' for reference in entry.references)
    for tag, text in ((ENGLISH, entry.msgid), (locale, entry.msgstr)):
        yield f"   <tuv xml:lang={xml_attribute(tag)}><seg>{xml_text(text)}</seg></tuv>"
    yield "  </tu>"
