"""XML from outside: bytes go in, a tree of `XmlElement`s that know their lines, or the reason to refuse them, come out.

A document type is refused before anything in it is read, so there are no entities to expand and nothing to fetch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape

SIZE_LIMIT: Final = 16_000_000
_DEPTH_LIMIT: Final = 60
_ELEMENT_LIMIT: Final = 400_000


class XmlError(ValueError):
    """What stands there is not XML that may be read; `line` counts from 1, `hint` is the next move."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line


@dataclass(slots=True)
class XmlElement:
    """An element: its local name, its attributes (`xml:` ones by local name), and what stands in it, in order."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list[XmlElement | str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[XmlElement]:
        """The elements of these names right inside."""
        return (child for child in self.children if isinstance(child, XmlElement) and child.name in names)

    def first(self, name: str) -> XmlElement | None:
        """The first element of this name right inside."""
        return next(self.all(name), None)

    def every(self, name: str) -> Iterator[XmlElement]:
        """The elements of this name at any depth, in the file's order."""
        for child in self.children:
            if isinstance(child, XmlElement):
                if child.name == name:
                    yield child
                yield from child.every(name)

    @property
    def text(self) -> str:
        """All characters inside, of whatever element."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


def parse_xml(data: bytes) -> XmlElement:
    """The root element.

    Raises:
        XmlError: it is not well-formed, has a document type, or is larger or deeper than any catalog is.
    """
    if len(data) > SIZE_LIMIT:
        message = f"the file is {len(data) / 1e6:.1f} MB; the limit is {SIZE_LIMIT / 1e6:.0f} MB"
        raise XmlError(message, "send one document a file")
    builder = _Builder(expat.ParserCreate(namespace_separator=" "))
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"this is not well-formed XML: {expat.ErrorString(error.code)}"
        raise XmlError(message, "export the file from your tool anew", error.lineno) from None
    except (ValueError, LookupError) as error:
        if isinstance(error, XmlError):
            raise
        raise XmlError(f"this is not readable XML: {error}", "save it as UTF-8", 1) from None
    return builder.root.children[0]  # type: ignore[return-value]


@dataclass(slots=True)
class _Builder:
    """Listens to the parser and keeps the way from the root to the open element."""

    parser: expat.XMLParserType
    root: XmlElement = field(default_factory=lambda: XmlElement("", {}, 0))
    open: list[XmlElement] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.open.append(self.root)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, name: str, *_: object) -> None:
        hint = "remove the <!DOCTYPE …> line; a translation file needs none"
        raise XmlError("the file has a document type, which could name other files", hint, self._line)

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if len(self.open) > _DEPTH_LIMIT or self.count > _ELEMENT_LIMIT:
            message = f"more than {_DEPTH_LIMIT} elements deep, or {_ELEMENT_LIMIT} elements in all"
            raise XmlError(message, "export the file from your tool anew", self._line)
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = XmlElement(name.rpartition(" ")[2], own, self._line)
        self.open[-1].children.append(element)
        self.open.append(element)

    def _end(self, name: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        children = self.open[-1].children
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)


def is_xml_character(character: str) -> bool:
    """True where XML 1.0 has this character (its production 2), and reads back what was written (so not CR)."""
    code = ord(character)
    return code in (0x9, 0xA) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def xml_text(text: str) -> str:
    """Text as XML writes it; a character that XML does not have becomes U+FFFD."""
    return escape("".join(c if is_xml_character(c) else "\ufffd" for c in text))


def xml_attribute(text: str) -> str:
    """An attribute's value in its quotation marks; line ends and tabs survive."""
    quoted = xml_text(text).replace('"', "&quot;")
    return '"' + quoted.replace("\n", "&#10;").replace("\t", "&#9;") + '"'
