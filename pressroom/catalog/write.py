"""The canonical form: a `Catalog` goes in, the bytes that `msgcat --no-wrap` would write come out.

It differs in two ways, on purpose: references stand one a line (so that two branches merge), and flags that
gettext 0.21 does not know are kept.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from pressroom.catalog.model import FUZZY, Catalog, Entry, Header

_ESCAPES: Final = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\t": "\\t",
        "\r": "\\r",
        "\b": "\\b",
        "\f": "\\f",
        "\v": "\\v",
        "\a": "\\a",
    }
)
_SPECIAL: Final = re.compile(r'[\\"\x07-\x0d]')


def write_catalog(catalog: Catalog) -> bytes:
    """The file: UTF-8, LF, unwrapped, header first, active entries, then obsolete ones."""
    entries = [header_entry(catalog.header)] if catalog.header.fields or catalog.header.comments else []
    entries += [*catalog.active, *catalog.obsolete]
    blocks = ["\n".join(_lines(entry)) for entry in entries]
    blocks += ["\n".join(_comment("#", text) for text in catalog.trailing)] if catalog.trailing else []
    return ("\n\n".join(blocks) + "\n" if blocks else "").encode("utf-8")


def header_entry(header: Header) -> Entry:
    """The header as the entry of the empty msgid, as it stands in the file."""
    text = "".join(f"{name}: {value}\n" if name else f"{value}\n" for name, value in header.fields)
    return Entry(
        "",
        text,
        flags=header.flags,
        comments=header.comments,
        extracted=header.extracted,
        references=header.references,
    )


def _lines(entry: Entry) -> list[str]:
    lines = [_comment("#", text) for text in entry.comments]
    lines += [_comment("#.", text) for text in entry.extracted]
    lines += [f"#: {reference}" for reference in entry.references]
    if entry.flags and (flags := _flags(entry)):
        lines.append(f"#, {', '.join(flags)}")
    mark, previous = ("#~ ", "#~| ") if entry.obsolete else ("", "#| ")
    if (entry.previous_msgid, entry.previous_context, entry.previous_plural) != (None, None, None):
        lines += _statement(previous, "msgctxt", entry.previous_context)
        lines += _statement(previous, "msgid", entry.previous_msgid)
        lines += _statement(previous, "msgid_plural", entry.previous_plural)
    lines += _statement(mark, "msgctxt", entry.context)
    lines += _statement(mark, "msgid", entry.msgid)
    if entry.plural is None:
        return lines + _statement(mark, "msgstr", entry.msgstr)
    lines += _statement(mark, "msgid_plural", entry.plural)
    for form, text in enumerate((entry.msgstr, *entry.plural_msgstrs)):
        lines += _statement(mark, f"msgstr[{form}]", text)
    return lines


def _flags(entry: Entry) -> list[str]:
    # An untranslated entry can't be fuzzy: msgcat drops the flag, and so does everything after it.
    flags = [flag for flag in entry.flags if flag != FUZZY or entry.msgstr]
    order = _flag_order()
    return sorted(flags, key=lambda flag: order.get(flag.removeprefix("no-"), order.get(flag, len(order))))


@cache
def _flag_order() -> dict[str, int]:
    table = tomllib.loads(Path(__file__).with_name("gettext.toml").read_text(encoding="utf-8"))
    return {flag: place for place, flag in enumerate(table["flags"])}


def _comment(mark: str, text: str) -> str:
    return f"{mark} {text}" if text else mark


def _statement(mark: str, keyword: str, text: str | None) -> list[str]:
    if text is None:
        return []
    if _SPECIAL.search(text) is None:
        return [f'{mark}{keyword} "{text}"']
    if "\n" not in text[:-1]:
        return [f'{mark}{keyword} "{text.translate(_ESCAPES)}"']
    # Not splitlines: U+2028 and its like are not ends of lines in a catalog.
    pieces = [f"{piece}\n" for piece in text.split("\n")]
    pieces[-1] = pieces[-1].removesuffix("\n")
    return [f'{mark}{keyword} ""', *(f'{mark}"{piece.translate(_ESCAPES)}"' for piece in pieces if piece)]
