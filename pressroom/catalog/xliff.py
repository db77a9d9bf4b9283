"""Writes a catalog as XLIFF 1.2 for translators' tools, with everything that PO has, and reads what they saved.

The usual converters lose contexts, flags and previous texts, and revive obsolete entries. Obsolete entries are left
out here, and so are entries with plural forms, which documents never have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pressroom.catalog.fuzzy import previous_pair
from pressroom.catalog.model import FUZZY, Catalog, Entry, Header, Key
from pressroom.catalog.xliff_inline import protected, unprotected
from pressroom.catalog.xml_tree import XmlError, line_of, parse_xml, text_of, xml_attribute, xml_text
from pressroom.diagnostics import Diagnostic, Span, diagnostic
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
    # translate-toolkit, and tools built on it, distinguish the two kinds of comments by these names.
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


UNIT_LIMIT: Final = 20_000
_NEEDS: Final = "needs-"
_PREVIOUS: Final = "x-po-previous-msgctxt"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One `<file>`: its catalog, whose `path` is that of the XLIFF, and what the export wrote about it.

    `original` is the catalog's path in the project, `language` its tag, `base` the hash of the words that were sent.
    """

    catalog: Catalog
    original: str
    language: str
    base: str


def read_xliff(data: bytes, path: str) -> tuple[tuple[ReadFile, ...], list[Diagnostic]]:
    """The files of one XLIFF 1.2. A unit that can't be read is left out and reported with its line.

    An XLIFF has no header of a catalog: theirs is empty. `path` is posix, as diagnostics show it.
    """
    try:
        root = parse_xml(data)
    except XmlError as error:
        return (), [diagnostic("handoff-unreadable", Span(path, error.line), str(error), error.hint)]
    version = root.get("version", "")
    if root.tag != "xliff" or not version.startswith("1."):
        kind = f"XLIFF {version}" if root.tag == "xliff" else f"<{root.tag}>"
        hint = "save it as XLIFF 1.2, as it was exported"
        return (), [diagnostic("handoff-unreadable", Span(path, line_of(root)), f"this is {kind}", hint)]
    elements = list(root.iter("file"))
    if not elements:
        hint = "export the file from your tool again"
        return (), [diagnostic("handoff-unreadable", Span(path, line_of(root)), "this XLIFF has no <file>", hint)]
    read = [_file(element, path) for element in elements]
    return tuple(file for file, _ in read), [finding for _, findings in read for finding in findings]


def _file(element: Element, path: str) -> tuple[ReadFile, list[Diagnostic]]:
    entries: list[Entry] = []
    findings: list[Diagnostic] = []
    for number, unit in enumerate(element.iter("trans-unit")):
        if number == UNIT_LIMIT:
            message = f"the file has more than {UNIT_LIMIT} units"
            findings.append(diagnostic("catalog-size", Span(path, line_of(unit)), message, "send one document a file"))
            break
        try:
            entries += _entries(unit)
        except XmlError as error:
            at = Span(path, error.line or line_of(unit))
            findings.append(diagnostic("handoff-unit", at, str(error), error.hint))
    language = element.get("target-language", "")
    generator = next((tool.get("tool-name", "") for tool in element.iter("tool")), "")
    header = Header((("X-Generator", generator),)) if generator != "pressroom" else Header()
    catalog = Catalog(path, header, tuple(entries), locale=language)
    return ReadFile(catalog, element.get("original", ""), language, element.get("build-num", "")), findings


def _entries(unit: Element) -> Iterator[Entry]:
    source, target = unit.find("source"), unit.find("target")
    if source is None:
        raise XmlError("this unit has no source", "export the file from your tool again", line_of(unit))
    contexts = _read_contexts(unit.iterfind("context-group/context"))
    msgid = unprotected(source)
    context = contexts.get("x-po-msgctxt") or unit.get("resname")
    if unit.get("id") == unit_id((contexts.get("x-po-msgctxt"), msgid)):
        # The id shows whether the context is empty or absent.
        context = contexts.get("x-po-msgctxt")
    msgstr = unprotected(target) if target is not None else ""
    flags = tuple(flag for flag in contexts.get("x-po-flags", "").split(", ") if flag)
    places = unit.iterfind("context-group/context[@context-type='sourcefile']")
    previous = unit.find("alt-trans[@alttranstype='previous-version']/source/..")
    before = None if previous is None else previous.find("source")
    if msgid:
        yield Entry(
            msgid,
            msgstr,
            context=context,
            previous_msgid=None if before is None else unprotected(before),
            previous_context=None if previous is None else _read_contexts(previous.iter("context")).get(_PREVIOUS),
            flags=(FUZZY, *flags) if msgstr and _is_doubtful(unit, target) else flags,
            comments=_read_notes(unit, "translator"),
            extracted=_read_notes(unit, "developer"),
            references=tuple(text_of(place) for place in places),
            line=line_of(unit),
            msgstr_line=line_of(unit if target is None else target),
        )


def _read_contexts(contexts: Iterable[Element]) -> dict[str, str]:
    return {context.get("context-type", ""): text_of(context) for context in contexts}


def _is_doubtful(unit: Element, target: Element | None) -> bool:
    state = target.get("state", "") if target is not None else ""
    return state.startswith(_NEEDS) or (not state and unit.get("approved") == "no")


def _read_notes(unit: Element, origin: str) -> tuple[str, ...]:
    """The notes of one origin. A note without an origin is a translator's."""
    notes = [(note.get("from", "translator"), text_of(note)) for note in unit.iterfind("note")]
    texts = [text for author, text in notes if (author == "developer") == (origin == "developer")]
    return tuple(line for text in texts for line in (text.split("\n") if origin == "translator" else [text]))
