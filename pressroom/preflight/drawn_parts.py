"""Counts what a page of a PDF from elsewhere draws: forms, patterns, soft masks, glyphs made of content, appearances.

Each is a content stream that may draw others. A chain in which each draws the next twice doubles at each step, and
PDFium draws it all. What is called is found by patterns, not parsed: a file may have 50 MB of content, in any state.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

import pikepdf

from pressroom.border import BorderError
from pressroom.preflight.facts import as_table

_DEPTH: Final = 28
# What parts two words of a content stream (ISO 32000-1, 7.2.2 and 7.2.3), so long that nobody writes more.
_SPACE: Final = rb"(?:[\s\x00]|%[^\r\n]{0,200}+[\r\n])"
# PDFium takes a text for a name.
_CALL: Final = re.compile(
    rb"(?:/(?P<name>[^\s\x00/<>\[\](){}%]+)" + _SPACE + rb"{1,200}+"
    rb"|\((?P<text>(?:[^()\\]|\\.){0,127})\)" + _SPACE + rb"{0,200}+"
    rb"|<(?P<hex>[0-9A-Fa-f\s]{0,300})>" + _SPACE + rb"{0,200}+)"
    rb"(?:(?P<operator>Do|gs|scn|SCN)|[-+.\d]{1,30}" + _SPACE + rb"{1,200}+(?P<sets>Tf))\b",
    re.DOTALL,
)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_PAINTS: Final = re.compile(rb"(?<=[\s\x00])(?:[fFSsBb]\*?|sh|Do|T[jJ])(?=[\s\x00]|\Z)")
# A pattern or a mask is drawn for each thing that is painted with it, a glyph for each letter: so many of them count.
_PAINTED_WITH: Final = frozenset({"/Pattern", "/ExtGState"})
_MOST_PAINTED: Final = 20
_LETTERS: Final = 1_000
_KINDS: Final = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern", "gs": "/ExtGState", "Tf": "/Font"}

# An object by its number; a kind of resource and a name.
Number = tuple[int, int]
Calls = Counter[tuple[str, str]]


def calls_of(content: bytes) -> Calls:
    """What a content stream calls by a name, and how often; a pattern or a mask counts for what is painted with it."""
    calls: Calls = Counter()
    for found in _CALL.finditer(content):
        calls[_KINDS[(found["operator"] or found["sets"]).decode()], _name(found)] += 1
    if any(kind in _PAINTED_WITH for kind, _ in calls):
        painted = max(1, sum(1 for _ in islice(_PAINTS.finditer(content), _MOST_PAINTED)))
        calls = Counter({call: times * (painted if call[0] in _PAINTED_WITH else 1) for call, times in calls.items()})
    return calls


def _name(found: re.Match[bytes]) -> str:
    if found["name"] is not None:
        return "/" + _ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), found["name"]).decode("utf-8", "replace")
    written = b"(%b)" % found["text"] if found["text"] is not None else b"<%b>" % found["hex"]
    return "/" + bytes(pikepdf.Object.parse(written)).decode("utf-8", "replace")


@dataclass(slots=True)
class DrawnParts:
    """Counts what a page draws. `page` are the page's resources, where PDFium looks for what a part's own lack.

    `read` gives the content of a stream, `calls` what each stream of the file calls, `totals` how many parts are drawn
    when one is, itself among them.
    """

    page: Mapping[str, Any]
    read: Callable[[Any], bytes]
    calls: dict[Number, Calls]
    totals: dict[Number, int] = field(default_factory=dict)

    def count(self, calls: Calls, resources: Mapping[str, Any], above: tuple[Number, ...] = ()) -> int:
        """How many parts are drawn by a content that calls these; `above` are the parts that it is in.

        Raises:
            BorderError: one draws itself, or they are nested too deep.
        """
        total = 0
        for (kind, name), times in calls.items():
            own = as_table(resources.get(kind))
            found = own[name] if name in own else as_table(self.page.get(kind)).get(name)
            if kind == "/Font":
                total += times * _LETTERS * self._of_glyphs(found, above)
                continue
            total += times * sum(self.total(part, resources, above) for part in _parts_of(kind, found))
        return total

    def _of_glyphs(self, font: Any, above: tuple[Number, ...]) -> int:  # noqa: ANN401  whatever the file has there
        """How many parts the glyphs of a font draw, if they are content; the font's resources are their page's."""
        table = as_table(font)
        if table.get("/Subtype") != pikepdf.Name.Type3:
            return 0
        resources = as_table(table.get("/Resources", self.page))
        inside = DrawnParts(resources, self.read, self.calls)
        glyphs = [glyph for glyph in as_table(table.get("/CharProcs")).values() if isinstance(glyph, pikepdf.Stream)]
        return sum(inside.total(glyph, resources, above) - 1 for glyph in glyphs)

    def total(self, part: Any, outer: Mapping[str, Any], above: tuple[Number, ...] = ()) -> int:  # noqa: ANN401
        """How many parts are drawn when this one is; without resources it uses those of what draws it."""
        number = part.objgen
        if number in above:
            raise BorderError("a form in it draws itself, without end")
        if len(above) > _DEPTH:
            raise BorderError(f"its forms are nested more than {_DEPTH} deep")
        if number not in self.calls:
            self.calls[number] = calls_of(self.read(part))
        if number not in self.totals:
            resources = as_table(part.get("/Resources", outer))
            self.totals[number] = 1 + self.count(self.calls[number], resources, (*above, number))
        return self.totals[number]


def appearances(page: Mapping[str, Any]) -> Iterator[Any]:
    """What the annotations of a page draw."""
    annotations = page.get("/Annots")
    for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
        shown = as_table(as_table(annotation).get("/AP")).get("/N")
        streams = [shown] if isinstance(shown, pikepdf.Stream) else as_table(shown).values()
        yield from (stream for stream in streams if isinstance(stream, pikepdf.Stream))


def _parts_of(kind: str, found: Any) -> Iterator[Any]:  # noqa: ANN401  whatever the file has there
    """The stream that is drawn where a resource is called, if there is one."""
    part = as_table(as_table(found).get("/SMask")).get("/G") if kind == "/ExtGState" else found
    is_drawn = kind != "/XObject" or as_table(part).get("/Subtype") == pikepdf.Name.Form
    if isinstance(part, pikepdf.Stream) and is_drawn:
        yield part
