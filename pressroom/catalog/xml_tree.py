"""Reads XML from outside into ElementTree elements that know their lines, and writes text as XML.

A document type is refused before anything in it is read, so no entity is expanded and nothing is fetched.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from xml.sax.saxutils import escape

from pressroom.border import BorderError, border

SIZE_LIMIT: Final = 16_000_000
_DEPTH_LIMIT: Final = 60
_ELEMENT_LIMIT: Final = 200_000
# A tag with a million attributes is one text for the parser, and takes 340 MB.
_LONG_TAG: Final = re.compile(rb"<[^<>]{3000000}")
# No attribute of a file has a space in its name.
_LINE: Final = "the line"
_IN_ATTRIBUTES: Final = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}


class XmlError(ValueError):
    """The file is not XML that may be read. `line` counts from 1, `hint` is the next move."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line


def line_of(element: Element) -> int:
    """The line of the file at which an element of `parse_xml` begins."""
    return int(element.get(_LINE, 0))


def text_of(element: Element) -> str:
    """All characters in an element, at any depth."""
    return "".join(element.itertext())


def parse_xml(data: bytes) -> Element:
    """The root element. Names of elements and attributes are local: without their namespace.

    Raises:
        XmlError: it is not well-formed, has a document type, or is larger or deeper than any catalog is.
    """
    if len(data) > SIZE_LIMIT:
        message = f"the file is {len(data) / 1e6:.1f} MB; the limit is {SIZE_LIMIT / 1e6:.0f} MB"
        raise XmlError(message, "send one document a file")
    if (tag := _LONG_TAG.search(data)) is not None:
        line = data.count(b"\n", 0, tag.start()) + 1
        raise XmlError("a tag is longer than 3,000,000 characters", "export the file from your tool again", line)
    parser, builder = expat.ParserCreate(namespace_separator=" "), _Builder()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = lambda *_: _refuse_document_type(parser.CurrentLineNumber)
    parser.StartElementHandler = lambda name, attributes: builder.start(name, attributes, parser.CurrentLineNumber)
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.tree.data
    try:
        with border(expat.ExpatError, XmlError):
            parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
        raise XmlError(message, "export the file from your tool again", error.lineno) from None
    except XmlError:
        raise
    except BorderError as error:
        raise XmlError(f"this is not readable XML: {error}", "save it as UTF-8", 1) from None
    return builder.tree.close()


def _refuse_document_type(line: int) -> None:
    hint = "remove the <!DOCTYPE …> line; a translation file needs none"
    raise XmlError("the file has a document type, which could name other files", hint, line)


class _Builder:
    """Builds the tree, and counts."""

    def __init__(self) -> None:
        self.tree, self.depth, self.count = TreeBuilder(), 0, 0

    def start(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > _DEPTH_LIMIT or self.count > _ELEMENT_LIMIT:
            message = f"more than {_DEPTH_LIMIT} elements deep, or {_ELEMENT_LIMIT} elements in all"
            raise XmlError(message, "export the file from your tool again", line)
        local = {_local(key): value for key, value in attributes.items()}
        self.tree.start(_local(name), local | {_LINE: str(line)})

    def end(self, name: str) -> None:
        self.depth -= 1
        self.tree.end(_local(name))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def is_xml_character(character: str) -> bool:
    """True where XML 1.0 has this character (its production 2), and reads back what was written (so not CR)."""
    code = ord(character)
    return code in (0x9, 0xA) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def xml_text(text: str) -> str:
    """Text as XML writes it; a character that XML does not have becomes U+FFFD."""
    return escape(_safe(text))


def xml_attribute(text: str) -> str:
    """An attribute's value in its quotation marks; line ends and tabs survive."""
    return f'"{escape(_safe(text), _IN_ATTRIBUTES)}"'


def _safe(text: str) -> str:
    return "".join(c if is_xml_character(c) else "\ufffd" for c in text)
