"""What WeasyPrint drew under the hook, settled: its content, its tags, and its objects as bytes.

WeasyPrint's objects are taken as they are, before they are written: to write and to read them again takes as long as to
draw them. In them a reference is written out already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import pikepdf
import pydyf
from pikepdf import Dictionary, Name

from pressroom.layout import Flip
from pressroom.render.tags.letter_font import NAME as LETTERS
from pressroom.render.tags.model import Element, read_marks
from pressroom.render.tags.objects import content_of, found, number_of, pages_of
from pressroom.render.tags.pdf_bytes import compressed_object, profile_object, renumbered, stream_object
from pressroom.render.tags.read_back import refuse_misread
from pressroom.render.tags.structure_tree import read_tree

_PRINT: Final = 4
_DUPLEX: Final = {"long-edge": "/DuplexFlipLongEdge", "short-edge": "/DuplexFlipShortEdge"}
# Only the stream of a profile of colours says how many components they have.
_COMPONENTS: Final = "N"
_EMPTY: Final = re.compile(rb"(<[0-9a-fA-F]{4}>) <>")
# PDF/UA-1, clause 5, and the schema that PDF/A-2, 6.6.2.3 wants for a property it does not know itself.
_UA: Final = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


@dataclass(frozen=True)
class Drawn:
    """What was drawn: its pages' content, with the hook's marks and the names of frames, and its tags."""

    pdf: pydyf.PDF
    contents: tuple[bytes, ...]
    tree: Element

    @cached_property
    def pages(self) -> list[Any]:
        """The pages, which share what they use by name."""
        return pages_of(self.pdf)

    @cached_property
    def resources(self) -> Any:  # noqa: ANN401  pydyf publishes no types
        """What all its pages use by name."""
        return found(self.pdf, self.pages[0]["Resources"])

    def named(self, kind: str) -> Any:  # noqa: ANN401
        """What its pages use of one kind."""
        return found(self.pdf, self.resources[kind])

    @property
    def language(self) -> str:
        """The language of the document, which no tag repeats."""
        return str(self.pdf.catalog["Lang"].string)


@contextmanager
def settled(pdf: pydyf.PDF) -> Iterator[Drawn]:
    """What conforms to PDF/A-2a and PDF/UA-1 in all but its tags. Raises MisreadError if it reads otherwise."""
    pages = pages_of(pdf)
    contents = tuple(content_of(found(pdf, page["Contents"])) for page in pages)
    fonts = {name: found(pdf, font) for name, font in found(pdf, found(pdf, pages[0]["Resources"])["Font"]).items()}
    codes = {name: found(pdf, font["ToUnicode"]) for name, font in fonts.items()}
    letters = [name for name, font in fonts.items() if font["BaseFont"].endswith(b"+%b" % LETTERS.encode())]
    refuse_misread({name.encode(): content_of(codes[name]) for name in letters}, contents)
    _map_every_glyph(codes.values())
    _settle_pictures(pdf)
    _settle_links(pdf)
    yield Drawn(pdf, contents, read_tree(pdf, tuple(read_marks(content) for content in contents)))


def _map_every_glyph(maps: Iterable[pydyf.Stream]) -> None:
    """Map glyphs without a letter to a zero width space (PDF/A-2, 6.2.11.7.2); ActualText gives their true text."""
    for stream in maps:
        stream.stream = [_EMPTY.sub(rb"\1 <200b>", content_of(stream))]


def _settle_pictures(pdf: pydyf.PDF) -> None:
    """Forbid viewers to smooth pictures (PDF/A-2, 6.2.8.1)."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/Image":
            item.extra.pop("Interpolate", None)


def _settle_links(pdf: pydyf.PDF) -> None:
    """Make links print, and say where they lead (PDF/A-2, 6.3.2; PDF/UA-1, 7.18.5)."""
    for page in pages_of(pdf):
        for annotation in (found(pdf, one) for one in page.get("Annots", ())):
            annotation["F"] = annotation.get("F", 0) | _PRINT
            if "Contents" not in annotation and "URI" in annotation.get("A", {}):
                annotation["Contents"] = annotation["A"]["URI"]


def preferences(flip: Flip) -> dict[str, str | int]:
    """Preset the print dialogue: actual size, one copy, and the edge to turn the paper on if there is one."""
    asked: dict[str, str | int] = {"PrintScaling": "/None", "NumCopies": 1}
    return asked | {"Duplex": _DUPLEX[flip]} if flip else asked


def ask_printer(document: pikepdf.Pdf, flip: Flip) -> None:
    """The same in a file that was written."""
    asked = document.Root.get("/ViewerPreferences", Dictionary())
    for name, value in preferences(flip).items():
        asked[f"/{name}"] = Name(value) if isinstance(value, str) else value
    document.Root.ViewerPreferences = asked


def metadata_of(pdf: pydyf.PDF) -> bytes:
    """The metadata, which names PDF/UA-1 beside PDF/A-2a."""
    xml = content_of(found(pdf, pdf.catalog["Metadata"]))
    xml = xml.replace(b'</rdf:Description><rdf:Description rdf:about="">', b"")
    end = xml.rindex(b"</rdf:RDF>")
    return xml[:end] + _UA + xml[end:]


@dataclass(slots=True)
class Copier:
    """Copies objects of an open file, and all that they refer to, as bytes with numbers from `following`.

    `numbers` are those that some of its objects have elsewhere; they are not copied. Of objects that say the same, the
    first of each in `firsts` is copied.
    """

    pdf: pydyf.PDF
    numbers: dict[int, int]
    following: int
    firsts: Mapping[int, int] = field(default_factory=dict)
    small: list[tuple[int, bytes]] = field(default_factory=list)
    streams: list[tuple[int, bytes]] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)

    def number_of(self, reference: bytes) -> int:
        """The number that an object has in the finished file."""
        return self._number(number_of(reference))

    def text(self, item: Any) -> bytes:  # noqa: ANN401
        """An object in bytes."""
        return renumbered(pydyf._to_bytes(item), self._number)

    def named(self, items: Mapping[str, Any], prefix: str = "") -> bytes:
        """What pages use by name, as the entries of a dictionary."""
        entries = ((f"{prefix}{name}".encode(), item) for name, item in sorted(items.items()))
        return b"".join(b"/%b %b" % (name, self.text(item)) for name, item in entries)

    def copy(self) -> None:
        """Copy all that was referred to so far."""
        while self._waiting:
            old = self._waiting.pop(0)
            item, number = self.pdf.objects[old], self.numbers[old]
            if isinstance(item, pydyf.Stream):
                self.streams.append((number, self._stream(number, item)))
            else:
                self.small.append((number, self.text(item)))

    def _number(self, number: int) -> int:
        number = self.firsts.get(number, number)
        if number not in self.numbers:
            self.numbers[number] = self.following
            self.following += 1
            self._waiting.append(number)
        return self.numbers[number]

    def _stream(self, number: int, stream: pydyf.Stream) -> bytes:
        text = self.text(pydyf.Dictionary(stream.extra))[2:-2]
        if "Filter" in stream.extra:
            return stream_object(number, text, content_of(stream))
        write = profile_object if _COMPONENTS in stream.extra else compressed_object
        return write(number, text, content_of(stream))
