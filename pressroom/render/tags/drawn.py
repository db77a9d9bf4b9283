"""A PDF as WeasyPrint drew it under the hook, opened and settled: its content, its tags, and its objects as bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary, Name, String

from pressroom.layout import Flip
from pressroom.render.tags.bare_fonts import bare_fonts
from pressroom.render.tags.model import Element, read_marks
from pressroom.render.tags.pdf_bytes import compressed_object, renumbered, stream_object
from pressroom.render.tags.read_back import refuse_misread
from pressroom.render.tags.structure_tree import read_tree

_PRINT: Final = 4
_DUPLEX: Final = {"long-edge": Name.DuplexFlipLongEdge, "short-edge": Name.DuplexFlipShortEdge}
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


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file that is open: its pages' content, with the hook's marks and the names of frames, and its tags."""

    pdf: pikepdf.Pdf
    contents: tuple[bytes, ...]
    tree: Element

    @property
    def resources(self) -> Any:  # noqa: ANN401  pikepdf publishes no types
        """What all its pages use by name."""
        return self.pdf.pages[0].obj.Resources

    @property
    def language(self) -> str:
        """The language of the document, which no tag repeats."""
        return str(self.pdf.Root.Lang)


@contextmanager
def opened(raw: bytes) -> Iterator[Drawn]:
    """A file that conforms to PDF/A-2a and PDF/UA-1 in all but its tags. Raises MisreadError if it reads otherwise."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        contents = tuple(page.Contents.read_bytes() for page in pdf.pages)
        refuse_misread(pdf, contents)
        # To look for it in each object takes longer.
        pictures = (_settle_pictures,) if b"/Interpolate" in raw else ()
        for settle in (_map_every_glyph, *pictures, _settle_links):
            settle(pdf)
        bare_fonts(pdf.pages[0].obj.Resources.get("/Font", Dictionary()))
        yield Drawn(pdf, contents, read_tree(pdf, tuple(read_marks(content) for content in contents)))


def _map_every_glyph(pdf: pikepdf.Pdf) -> None:
    """Map glyphs without a letter to a zero width space (PDF/A-2, 6.2.11.7.2); ActualText gives their true text."""
    for font in pdf.pages[0].obj.Resources.get("/Font", Dictionary()).values():
        if "/ToUnicode" in font:
            cmap = font.ToUnicode.read_bytes()
            if b"<>" in cmap:
                font.ToUnicode.write(_EMPTY.sub(rb"\1 <200b>", cmap))


def _settle_pictures(pdf: pikepdf.Pdf) -> None:
    """Forbid viewers to smooth pictures (PDF/A-2, 6.2.8.1)."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Image and "/Interpolate" in item:
            del item["/Interpolate"]


def _settle_links(pdf: pikepdf.Pdf) -> None:
    """Make links print, and say where they lead (PDF/A-2, 6.3.2; PDF/UA-1, 7.18.5)."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            annotation.F = int(annotation.get("/F", 0)) | _PRINT
            if "/Contents" not in annotation and "/URI" in annotation.get("/A", {}):
                annotation.Contents = String(str(annotation.A.URI))


def ask_printer(document: pikepdf.Pdf, flip: Flip) -> None:
    """Preset the print dialogue: actual size, one copy, and the edge to turn the paper on if there is one."""
    preferences = document.Root.get("/ViewerPreferences", Dictionary())
    preferences.PrintScaling = Name("/None")
    preferences.NumCopies = 1
    if flip:
        preferences.Duplex = _DUPLEX[flip]
    document.Root.ViewerPreferences = preferences


def metadata_of(pdf: pikepdf.Pdf) -> bytes:
    """The metadata, which names PDF/UA-1 beside PDF/A-2a."""
    xml = pdf.Root.Metadata.read_bytes()
    end = xml.rindex(b"</rdf:RDF>")
    return xml[:end] + _UA + xml[end:]


@dataclass(slots=True)
class Copier:
    """Copies objects of an open file, and all that they refer to, as bytes with numbers from `following`.

    `numbers` are those that some of its objects have elsewhere; they are not copied. Of objects that say the same, the
    first of each in `firsts` is copied.
    """

    pdf: pikepdf.Pdf
    numbers: dict[int, int]
    following: int
    firsts: Mapping[int, int] = field(default_factory=dict)
    small: list[tuple[int, bytes]] = field(default_factory=list)
    streams: list[tuple[int, bytes]] = field(default_factory=list)
    _waiting: list[int] = field(default_factory=list)

    def number_of(self, item: Any) -> int:  # noqa: ANN401
        """The number that an indirect object has in the finished file."""
        number: int = item.objgen[0]
        return self._number(number)

    def text(self, item: Any) -> bytes:  # noqa: ANN401
        """An object in bytes, itself and not a reference to it."""
        return renumbered(item.unparse(resolved=True), self._number)

    def named(self, items: Any, prefix: str = "") -> bytes:  # noqa: ANN401
        """What pages use by name, as the entries of a dictionary."""
        entries = ((Name(f"/{prefix}{name[1:]}").unparse(), item) for name, item in items.items())
        return b"".join(
            b"%b %b" % (name, b"%d 0 R" % self.number_of(item) if item.is_indirect else self.text(item))
            for name, item in entries
        )

    def copy(self) -> None:
        """Copy all that was referred to so far."""
        while self._waiting:
            old = self._waiting.pop(0)
            item, number = self.pdf.get_object(old, 0), self.numbers[old]
            if isinstance(item, pikepdf.Stream):
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

    def _stream(self, number: int, stream: pikepdf.Stream) -> bytes:
        entries = {key: value for key, value in stream.stream_dict.items() if key != "/Length"}
        text = renumbered(Dictionary(entries).unparse(resolved=True), self._number)[2:-2].strip()
        if "/Filter" in entries:
            return stream_object(number, text, stream.read_raw_bytes())
        return compressed_object(number, text, stream.read_bytes())
