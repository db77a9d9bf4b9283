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
    """An entry that is written without wrapping.

    polib counts every special character of a text, even if it never wraps. Most texts have none.
    """

    def _str_field(self, name: str, mark: str, form: str, text: str, wrapwidth: int = 0) -> list[str]:
        if text.isprintable() and '"' not in text and "\\" not in text:
            return [f'{mark}{name.removeprefix("previous_")}{form} "{text}"']
        lines: list[str] = super()._str_field(name, mark, form, PoText(text), wrapwidth)  # type: ignore[misc]
        # polib has no escape for BEL.
        return [line.replace("\a", "\\a") for line in lines]


def write_catalog(catalog: Catalog) -> bytes:
    """The file: UTF-8, LF, unwrapped, header first, active entries, then obsolete ones."""
    entries = [_header_entry(catalog.header)] if catalog.header.fields or catalog.header.comments else []
    end = end_entry(catalog)
    blocks = [_block(entry) for entry in (*entries, *catalog.active, *catalog.obsolete, *end)]
    blocks += ["".join(_comment("#", text) for text in catalog.trailing)] if catalog.trailing and not end else []
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
    lines = [_comment("#", text) for text in entry.comments]
    lines += [_comment("#.", text) for text in entry.extracted]
    lines += [f"#: {reference}\n" for reference in entry.references]
    return "".join([*lines, _po_entry(entry).__unicode__(_NO_WRAP)])


def _po_entry(entry: Entry) -> PoEntry:
    forms = {} if entry.plural is None else dict(enumerate((entry.msgstr, *entry.plural_msgstrs)))
    return PoEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        msgctxt=entry.context,
        msgid_plural=entry.plural,
        msgstr_plural=forms,
        previous_msgid=entry.previous_msgid,
        previous_msgctxt=entry.previous_context,
        previous_msgid_plural=entry.previous_plural,
        flags=_flags(entry) if entry.flags else None,
        obsolete=entry.obsolete,
    )


def _flags(entry: Entry) -> list[str]:
    # An untranslated entry can't be fuzzy: msgcat drops the flag, and so does everything after it.
    flags = [flag for flag in entry.flags if flag != FUZZY or entry.msgstr]
    order = _flag_order()
    return sorted(flags, key=lambda flag: order.get(flag.removeprefix("no-"), order.get(flag, len(order))))


@cache
def _flag_order() -> dict[str, int]:
    table = data_table("catalog/gettext.toml")
    return {flag: place for place, flag in enumerate(table["flags"])}


def _comment(mark: str, text: str) -> str:
    return f"{mark} {text}\n" if text else f"{mark}\n"
