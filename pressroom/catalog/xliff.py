"""Writes a catalog as XLIFF 1.2 for translators' tools, with everything that PO has.

The usual converters lose contexts, flags and previous texts, and revive obsolete entries. Obsolete entries are left
out here, and so are entries with plural forms, which documents never have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from pressroom.catalog.fuzzy import previous_pair
from pressroom.catalog.model import FUZZY, Catalog, Entry, Key
from pressroom.catalog.xliff_inline import protected
from pressroom.catalog.xml_tree import xml_attribute, xml_text
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH

LIMIT: Final = "max-length:"
_NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"


def write_xliff(catalog: Catalog, *, base: str = "", drafts: Collection[Key] = ()) -> bytes:
    """The file: UTF-8, LF, one `<file>` with a unit for each active entry, in the catalog's order.

    `base` is what the catalog is known by when the file comes back (build-num); `drafts` are the keys of machine
    drafts, which a tool shows as such. The states are new, translated and needs-review-translation (XLIFF 1.2,
    2.3 "state").
    """
    attributes = {
        "original": catalog.path,
        "source-language": ENGLISH,
        "target-language": catalog.locale,
        "datatype": "po",
        "product-name": "pressroom",
        "build-num": base,
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="1.2" xmlns="{_NAMESPACE}">',
        f" <file{_attributes(attributes)}>",
        '  <header><tool tool-id="pressroom" tool-name="pressroom"/></header>',
        "  <body>",
    ]
    for entry in catalog.active:
        if entry.plural is None:
            lines += _unit(entry, entry.key in drafts)
    lines += ["  </body>", " </file>", "</xliff>", ""]
    return "\n".join(lines).encode()


def unit_id(key: Key) -> str:
    """The id of a unit: sixteen hex digits of the SHA-256 of its context and English."""
    context, msgid = key
    text = msgid if context is None else f"{context}\x04{msgid}"
    return content_hash(text.encode())[:16]


def _unit(entry: Entry, draft: bool) -> Iterator[str]:
    limit = next((flag.removeprefix(LIMIT) for flag in entry.flags if flag.startswith(LIMIT)), "")
    attributes = {"id": unit_id(entry.key), "resname": entry.context or "", "xml:space": "preserve"}
    if limit.isdigit():
        attributes |= {"maxwidth": limit, "size-unit": "char"}
    yield f"   <trans-unit{_attributes(attributes)}>"
    yield f"    <source>{protected(entry.msgid)}</source>"
    yield f"    <target{_attributes(_state(entry, draft))}>{protected(entry.msgstr)}</target>"
    yield from _contexts(entry)
    yield from _notes(entry)
    yield from _previous(entry)
    yield "   </trans-unit>"


def _state(entry: Entry, draft: bool) -> dict[str, str]:
    if not entry.msgstr:
        return {"state": "new"}
    if entry.fuzzy:
        return {"state": "needs-review-translation", "state-qualifier": "fuzzy-match"}
    return {"state": "translated"} | ({"state-qualifier": "mt-suggestion"} if draft else {})


def _contexts(entry: Entry) -> Iterator[str]:
    yield from _group("location", [("sourcefile", reference) for reference in entry.references])
    flags = ", ".join(flag for flag in entry.flags if flag != FUZZY)
    contexts = [] if entry.context is None else [("x-po-msgctxt", entry.context)]
    yield from _group("information", [*contexts, *([("x-po-flags", flags)] if flags else [])])


def _group(purpose: str, contexts: list[tuple[str, str]]) -> Iterator[str]:
    # Without a name, which would have to be the only one of its kind in the file (the schema's U_context-group_name).
    if contexts:
        yield f'    <context-group purpose="{purpose}">'
        yield from (f'     <context context-type="{kind}">{xml_text(text)}</context>' for kind, text in contexts)
        yield "    </context-group>"


def _notes(entry: Entry) -> Iterator[str]:
    # translate-toolkit, and all that is built on it, tells the two kinds of comments apart by these names.
    for origin, side, comments in (("developer", "source", entry.extracted), ("translator", "target", entry.comments)):
        yield from (f'    <note from="{origin}" annotates="{side}">{xml_text(comment)}</note>' for comment in comments)


def _previous(entry: Entry) -> Iterator[str]:
    if entry.previous_msgid is None:
        return
    before = previous_pair(entry)
    yield '    <alt-trans alttranstype="previous-version" xml:space="preserve">'
    yield f"     <source>{protected(entry.previous_msgid)}</source>"
    yield f"     <target>{protected(before.msgstr if before else entry.msgstr)}</target>"
    contexts = [] if entry.previous_context is None else [("x-po-previous-msgctxt", entry.previous_context)]
    yield from _group("information", contexts)
    yield "    </alt-trans>"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={xml_attribute(value)}" for name, value in attributes.items() if value)
