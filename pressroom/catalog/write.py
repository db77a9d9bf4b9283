"""Writes catalogs in the canonical form: the bytes that `msgcat --no-wrap` writes.

It differs in two ways: each reference has its own line, so that two branches merge, and flags that
gettext 0.21 does not know are kept.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import polib

from pressroom.catalog.model import FUZZY, Catalog, Entry, Header
from pressroom.catalog.whole import end_entry
from pressroom.data_files import data_table

_NO_WRAP: Final = 0


class PoText(str):
    """A string that polib splits at LF only: in a catalog U+2028, U+0085 and their like end no line."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        """The lines, without an empty one after the last LF."""
        lines = self.split("\n")
        last = lines.pop()
        lines = [f"{line}\n" for line in lines] if keepends else lines
        return [*lines, last] if last else lines


class PoEntry(polib.POEntry):
    """An entry that is written without wrapping."""

    def lines_of(self, text: str, mark: str, keyword: str) -> list[str]:
        """A keyword with its text, escaped, a line for each of the text's."""
        lines: list[str] = self._str_field(keyword, mark, "", PoText(text), _NO_WRAP)  # type: ignore[attr-defined]
        # polib has no escape for BEL.
        return [line.replace("\a", "\\a") for line in lines]


_ESCAPES: Final = PoEntry()


def write_catalog(catalog: Catalog) -> bytes:
    """The file: UTF-8, LF, unwrapped, header first, active entries, then obsolete ones."""
    entries = [_header_entry(catalog.header)] if catalog.header.fields or catalog.header.comments else []
    end = end_entry(catalog)
    blocks = [_block(entry) for entry in (*entries, *catalog.active, *catalog.obsolete, *end)]
    if catalog.trailing and not end:
        blocks.append("".join(f"# {text}\n" if text else "#\n" for text in catalog.trailing))
    return "\n".join(blocks).encode("utf-8")


def _header_entry(header: Header) -> Entry:
    """The header as the entry of the empty msgid."""
    text = "".join(f"{name}: {value}\n" if name else f"{value}\n" for name, value in header.fields)
    return Entry(
        "",
        text,
        flags=header.flags,
        comments=header.comments,
        extracted=header.extracted,
        references=header.references,
    )


def _block(entry: Entry) -> str:
    """An entry as lines. polib drops the other comments of obsolete entries, and joins the references in one line."""
    lines = [f"# {text}" if text else "#" for text in entry.comments]
    lines += [f"#. {text}" if text else "#." for text in entry.extracted]
    lines += [f"#: {reference}" for reference in entry.references]
    if entry.flags and (flags := _flags(entry)):
        lines.append(f"#, {', '.join(flags)}")
    mark = "#~ " if entry.obsolete else ""
    if entry.previous_msgid is not None or entry.previous_context is not None or entry.previous_plural is not None:
        lines += _previous(entry)
    if entry.context is not None:
        lines += _field(mark, "msgctxt", entry.context)
    lines += _field(mark, "msgid", entry.msgid)
    if entry.plural is None:
        lines += _field(mark, "msgstr", entry.msgstr)
    else:
        lines += _field(mark, "msgid_plural", entry.plural)
        for form, text in enumerate((entry.msgstr, *entry.plural_msgstrs)):
            lines += _field(mark, f"msgstr[{form}]", text)
    return "\n".join(lines) + "\n"


def _previous(entry: Entry) -> list[str]:
    mark = "#~| " if entry.obsolete else "#| "
    texts = {
        "msgctxt": entry.previous_context, "msgid": entry.previous_msgid, "msgid_plural": entry.previous_plural,
    }  # fmt: skip
    return [line for keyword, text in texts.items() if text is not None for line in _field(mark, keyword, text)]


def _field(mark: str, keyword: str, text: str) -> list[str]:
    # Most texts need no escape.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return [f'{mark}{keyword} "{text}"']
    return _ESCAPES.lines_of(text, mark, keyword)


def _flags(entry: Entry) -> list[str]:
    # An untranslated entry can't be fuzzy: msgcat drops the flag, and so does everything after it.
    flags = [flag for flag in entry.flags if flag != FUZZY or entry.msgstr]
    order = _flag_order()
    return sorted(flags, key=lambda flag: order.get(flag.removeprefix("no-"), order.get(flag, len(order))))


@cache
def _flag_order() -> dict[str, int]:
    table = data_table("catalog/gettext.toml")
    return {flag: place for place, flag in enumerate(table["flags"])}
