"""Makes what WeasyPrint drew one file that conforms to PDF/UA-1 and PDF/A-2a, and writes finished files."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, String

from pressroom.layout import Flip
from pressroom.render.tags.frames import without_names
from pressroom.render.tags.model import Element, clean_marks, read_marks
from pressroom.render.tags.read_back import refuse_misread
from pressroom.render.tags.structure_tree import read_tree, write_tree
from pressroom.render.tags.tree import tidy

_PRINT: Final = 4
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
# Validators read a stream that ends in a carriage return one byte short: the line feed that follows makes the two look
# like the end of the line before `endstream`. One compressed stream in 256 ends like this. A further byte after its
# checksum is ignored and avoids it.
_MISREAD: Final = b"\r\nendstream"
_LEVEL: Final = 9
_DUPLEX: Final = {"long-edge": Name.DuplexFlipLongEdge, "short-edge": Name.DuplexFlipShortEdge}


def finish(pdf: bytes, flip: Flip = "") -> bytes:
    """The finished file of a PDF/A-2a that WeasyPrint drew under the hook; `flip` is the edge to turn the paper on."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = [page.Contents.read_bytes() for page in document.pages]
        tree = read_tree(document, tuple(read_marks(content) for content in pages))
        return finish_document(document, pages, tree, flip)


def finish_document(
    document: pikepdf.Pdf, pages: Sequence[bytes], tree: Element, flip: Flip, packed: Collection[tuple[int, int]] = ()
) -> bytes:
    """The same for an open document with this content and these tags; `packed` streams are compressed already.

    Raises MisreadError if its letters are not those of its text.
    """
    refuse_misread(document, pages)
    marks = write_tree(document, tidy(tree, str(document.Root.Lang)))
    for page, content, kept in zip(document.pages, pages, marks, strict=True):
        page.Contents = document.make_stream(without_names(clean_marks(content, kept)))
    for settle in (_claim_accessibility, _map_every_glyph, _settle_pictures, _settle_links):
        settle(document)
    ask_printer(document, flip)
    return save(document, packed)


def _claim_accessibility(pdf: pikepdf.Pdf) -> None:
    """Name PDF/UA-1 beside PDF/A-2a in the metadata, which must not be compressed to be found."""
    xml = pdf.Root.Metadata.read_bytes()
    end = xml.rindex(b"</rdf:RDF>")
    pdf.Root.Metadata = pdf.make_stream(xml[:end] + _UA + xml[end:], Type=Name.Metadata, Subtype=Name.XML)


def _map_every_glyph(pdf: pikepdf.Pdf) -> None:
    """Map glyphs without a letter to a zero width space (PDF/A-2, 6.2.11.7.2); ActualText gives their true text."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            cmap = item.ToUnicode.read_bytes()
            if b"<>" in cmap:
                item.ToUnicode.write(_EMPTY.sub(rb"\1 <200b>", cmap))


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


def save(pdf: pikepdf.Pdf, ready: Collection[tuple[int, int]] = ()) -> bytes:
    """Write the PDF with an identifier that depends on the content alone; `pack` has compressed the streams `ready`."""
    pdf.remove_unreferenced_resources()
    pack(pdf, ready)
    data = _saved(pdf, pikepdf.ObjectStreamMode.generate)
    if _MISREAD in data:
        # One of the streams that bundle small objects: without bundles there is none.
        data = _saved(pdf, pikepdf.ObjectStreamMode.disable)
    return data


def pack(pdf: pikepdf.Pdf, ready: Collection[tuple[int, int]] = ()) -> None:
    """Compress every stream but those; one of those that was written again since is not compressed any more."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and (item.objgen not in ready or "/Filter" not in item):
            _compress(item)


def packed(items: Iterable[pikepdf.Object]) -> frozenset[tuple[int, int]]:
    """The numbers of the streams among these objects."""
    return frozenset(item.objgen for item in items if isinstance(item, pikepdf.Stream))


def _compress(stream: pikepdf.Stream) -> None:
    """Compress a stream that is not a picture in a coding of its own, nor metadata, which must stay readable."""
    if stream.get("/Type") == Name.Metadata or stream.get("/Filter", Name.FlateDecode) != Name.FlateDecode:
        return
    if "/DecodeParms" in stream:
        return
    packed = zlib.compress(stream.read_bytes(), _LEVEL)
    stream.write(packed + b"\n" if packed.endswith(b"\r") else packed, filter=Name.FlateDecode)


def _saved(pdf: pikepdf.Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=mode, recompress_flate=False)
    return out.getvalue()
