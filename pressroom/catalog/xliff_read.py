"""Reads XLIFF as a translator's tool saved it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pressroom.catalog.model import FUZZY, Catalog, Entry, Header
from pressroom.catalog.xliff import unit_id
from pressroom.catalog.xliff_inline import unprotected
from pressroom.catalog.xml_tree import XmlError, line_of, parse_xml, text_of
from pressroom.diagnostics import Diagnostic, Span, diagnostic

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
    read = [_file(element, path) for element in root.iter("file")]
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
    contexts = _contexts(unit.iterfind("context-group/context"))
    msgid = unprotected(source)
    context = contexts.get("x-po-msgctxt") or unit.get("resname")
    if unit.get("id") == unit_id((contexts.get("x-po-msgctxt"), msgid)):
        # An id that fits tells an empty context from none.
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
            previous_context=None if previous is None else _contexts(previous.iter("context")).get(_PREVIOUS),
            flags=(FUZZY, *flags) if msgstr and _is_doubtful(unit, target) else flags,
            comments=_notes(unit, "translator"),
            extracted=_notes(unit, "developer"),
            references=tuple(text_of(place) for place in places),
            line=line_of(unit),
            msgstr_line=line_of(unit if target is None else target),
        )


def _contexts(contexts: Iterable[Element]) -> dict[str, str]:
    return {context.get("context-type", ""): text_of(context) for context in contexts}


def _is_doubtful(unit: Element, target: Element | None) -> bool:
    state = target.get("state", "") if target is not None else ""
    return state.startswith(_NEEDS) or (not state and unit.get("approved") == "no")


def _notes(unit: Element, origin: str) -> tuple[str, ...]:
    """The notes of one origin. A note without an origin is a translator's."""
    notes = [(note.get("from", "translator"), text_of(note)) for note in unit.iterfind("note")]
    texts = [text for author, text in notes if (author == "developer") == (origin == "developer")]
    return tuple(line for text in texts for line in (text.split("\n") if origin == "translator" else [text]))
