"""XLIFF as a translator's tool saved it: bytes go in, the catalogs it holds and what is wrong with it come out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog.model import FUZZY, Catalog, Entry, Header
from pressroom.catalog.xliff import unit_id
from pressroom.catalog.xliff_inline import unprotected
from pressroom.catalog.xml_tree import XmlElement, XmlError, parse_xml
from pressroom.diagnostics import Diagnostic, Span, diagnostic

UNIT_LIMIT: Final = 20_000
_NEEDS: Final = "needs-"


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One `<file>`: its catalog, whose `path` is that of the XLIFF, and what the export wrote about it.

    `original` is the catalog's own path in the project, `language` its tag, `base` what it was known by.
    """

    catalog: Catalog
    original: str
    language: str
    base: str


def read_xliff(data: bytes, path: str) -> tuple[tuple[ReadFile, ...], list[Diagnostic]]:
    """The files of one XLIFF 1.2; a unit that can't be read is left out and told, with its line.

    The header of a catalog is not in an XLIFF: theirs is empty. `path` is posix, as diagnostics show it.
    """
    try:
        root = parse_xml(data)
    except XmlError as error:
        return (), [diagnostic("handoff-unreadable", Span(path, error.line), str(error), error.hint)]
    version = root.attributes.get("version", "")
    if root.name != "xliff" or not version.startswith("1."):
        found = f"XLIFF {version}" if root.name == "xliff" else f"<{root.name}>"
        hint = "save it as XLIFF 1.2, as it was exported"
        return (), [diagnostic("handoff-unreadable", Span(path, root.line), f"this is {found}", hint)]
    problems: list[Diagnostic] = []
    files = tuple(_file(element, path, problems) for element in root.every("file"))
    return files, problems


def _file(element: XmlElement, path: str, problems: list[Diagnostic]) -> ReadFile:
    entries: list[Entry] = []
    for number, unit in enumerate(element.every("trans-unit")):
        if number == UNIT_LIMIT:
            message = f"the file has more than {UNIT_LIMIT} units"
            problems.append(diagnostic("catalog-size", Span(path, unit.line), message, "send one document a file"))
            break
        try:
            entry = _entry(unit)
        except XmlError as error:
            problems.append(diagnostic("handoff-unit", Span(path, error.line or unit.line), str(error), error.hint))
            continue
        if entry is not None:
            entries.append(entry)
    language = element.attributes.get("target-language", "")
    generator = next((tool.attributes.get("tool-name", "") for tool in element.every("tool")), "")
    header = Header((("X-Generator", generator),)) if generator != "pressroom" else Header()
    catalog = Catalog(path, header, tuple(entries), locale=language)
    return ReadFile(catalog, element.attributes.get("original", ""), language, element.attributes.get("build-num", ""))


def _entry(unit: XmlElement) -> Entry | None:
    source, target = unit.first("source"), unit.first("target")
    if source is None:
        raise XmlError("this unit has no source", "export the file from your tool anew", unit.line)
    contexts = {
        c.attributes.get("context-type", ""): c.text for g in unit.all("context-group") for c in g.all("context")
    }
    msgid = unprotected(source)
    context = contexts.get("x-po-msgctxt") or unit.attributes.get("resname")
    if unit.attributes.get("id") == unit_id((contexts.get("x-po-msgctxt"), msgid)):
        # An id that fits tells an empty context from none.
        context = contexts.get("x-po-msgctxt")
    msgstr = unprotected(target) if target is not None else ""
    flags = tuple(flag for flag in contexts.get("x-po-flags", "").split(", ") if flag)
    entry = Entry(
        msgid,
        msgstr,
        context=context,
        flags=(FUZZY, *flags) if msgstr and _is_doubtful(unit, target) else flags,
        comments=_notes(unit, "translator"),
        extracted=_notes(unit, "developer"),
        references=tuple(
            c.text for g in unit.all("context-group") for c in g.all("context")
            if c.attributes.get("context-type") == "sourcefile"
        ),
        line=unit.line,
        msgstr_line=target.line if target is not None else unit.line,
    )  # fmt: skip
    return _with_previous(entry, unit) if msgid else None


def _is_doubtful(unit: XmlElement, target: XmlElement | None) -> bool:
    state = target.attributes.get("state", "") if target is not None else ""
    return state.startswith(_NEEDS) or (not state and unit.attributes.get("approved") == "no")


def _notes(unit: XmlElement, origin: str) -> tuple[str, ...]:
    """The notes of one origin; a tool that writes none was used by a translator."""
    told = [(note.attributes.get("from", "translator"), note.text) for note in unit.all("note")]
    mine = [text for who, text in told if (who == "developer") == (origin == "developer")]
    return tuple(line for text in mine for line in (text.split("\n") if origin == "translator" else [text]))


def _with_previous(entry: Entry, unit: XmlElement) -> Entry:
    for other in unit.all("alt-trans"):
        source = other.first("source")
        if other.attributes.get("alttranstype") == "previous-version" and source is not None:
            contexts = {c.attributes.get("context-type", ""): c.text for c in other.every("context")}
            before = contexts.get("x-po-previous-msgctxt")
            return replace(entry, previous_msgid=unprotected(source), previous_context=before)
    return entry
