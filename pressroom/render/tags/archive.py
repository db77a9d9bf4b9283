"""What an archive asks for beside tags: a PDF's metadata, fonts, pictures and links go in, and are made to conform."""

from __future__ import annotations

import re
from typing import Final

import pikepdf
from pikepdf import Dictionary, Name, String

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


def claim_accessibility(pdf: pikepdf.Pdf) -> None:
    """Name PDF/UA-1 beside PDF/A-2a in the metadata, which must not be compressed to be found."""
    xml = pdf.Root.Metadata.read_bytes()
    end = xml.rindex(b"</rdf:RDF>")
    pdf.Root.Metadata = pdf.make_stream(xml[:end] + _UA + xml[end:], Type=Name.Metadata, Subtype=Name.XML)


def map_every_glyph(pdf: pikepdf.Pdf) -> None:
    """Glyphs that stand for no letter of their own map to a zero width space: an empty entry is forbidden.

    Most fonts of complex scripts have such glyphs; ActualText gives the true text (PDF/A-2, 6.2.11.7.2).
    """
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            cmap = item.ToUnicode.read_bytes()
            if b"<>" in cmap:
                item.ToUnicode.write(_EMPTY.sub(rb"\1 <200b>", cmap))


def settle_pictures(pdf: pikepdf.Pdf) -> None:
    """No viewer smooths a picture in its own way (PDF/A-2, 6.2.8.1)."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Image and "/Interpolate" in item:
            del item["/Interpolate"]


def settle_links(pdf: pikepdf.Pdf) -> None:
    """Links print, and say where they lead to those who can't see them (PDF/A-2, 6.3.2; PDF/UA-1, 7.18.5)."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            annotation.F = int(annotation.get("/F", 0)) | _PRINT
            if "/Contents" not in annotation and "/URI" in annotation.get("/A", {}):
                annotation.Contents = String(str(annotation.A.URI))
