"""Writes a message's tokens as XLIFF inline elements, which a translator's tool can't break, and reads them back.

Bold, italics and links become `<g>`, a placeholder `<ph>`, a hard break and any character that XML lacks `<x/>`
(XLIFF 1.2, 2.5 "In-line elements"). Reading is the exact inverse of writing, for any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal
from xml.etree.ElementTree import Element

from pressroom.catalog.xml_tree import XmlError, is_xml_character, line_of, xml_attribute, xml_text
from pressroom.content.inline import TOKEN

_MARKS: Final = {"bold": "**", "italic": "*"}
_BREAK: Final = "lb"
_CHARACTER: Final = re.compile(r"char-([0-9A-F]{2,6})(?:-\d+)?")
_LINK: Final = re.compile(r"link(\d{1,2})(?:-\d+)?")
_KIND: Final = re.compile(r"(bold|italic|link|lb)\d*(?:-\d+)?")
# A tool's own code, or a mark of its work. The text inside belongs to the message.
_TRANSPARENT: Final = ("mrk", "ph", "bpt", "ept", "it", "sub")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A token: `text` is as the message writes it, `value` a placeholder's name, a link's label or number."""

    kind: Literal["text", "bold", "italic", "placeholder", "link", "break"]
    text: str
    value: str = ""
    number: str = ""


@dataclass(slots=True)
class _Ids:
    """Gives each token of one text an id that says what it is."""

    used: set[str] = field(default_factory=set)

    def of(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self.used:
            number += 1
            name = f"{wanted}-{number}"
        self.used.add(name)
        return name


def protected(text: str) -> str:
    """The text as the inside of `<source>` or `<target>`."""
    pieces = list(_pieces(text))
    marks = [piece.kind for piece in pieces if piece.kind in _MARKS]
    paired = _are_paired(marks)
    ids, written, opened = _Ids(), [], list[str]()
    for piece in pieces:
        if piece.kind in _MARKS and paired:
            if piece.kind in opened:
                opened.remove(piece.kind)
                written.append("</g>")
            else:
                opened.append(piece.kind)
                written.append(_group(ids.of(f"{piece.kind}{_next(ids, piece.kind)}"), piece.kind))
        else:
            written.append(_written(piece, ids))
    return "".join(written)


def _pieces(text: str) -> Iterator[_Piece]:
    end = 0
    for match in TOKEN.finditer(text):
        if match.start() > end:
            yield _Piece("text", text[end : match.start()])
        end = match.end()
        if match["bold"] or match["italic"]:
            yield _Piece("bold" if match["bold"] else "italic", match[0])
        elif match["placeholder"]:
            yield _Piece("placeholder", match[0], match[0][1:-1])
        elif match["link"]:
            yield _Piece("link", match[0], match["label"], match["number"])
        else:
            yield _Piece("break" if match["break"] else "text", match[0])
    if end < len(text):
        yield _Piece("text", text[end:])


def _are_paired(marks: Sequence[str]) -> bool:
    """True if every mark is closed and they nest. Otherwise they stay as typed, and `check` reports them."""
    opened: list[str] = []
    for mark in marks:
        if opened and opened[-1] == mark:
            opened.pop()
        elif mark in opened:
            return False
        else:
            opened.append(mark)
    return not opened


def _next(ids: _Ids, kind: str) -> int:
    return 1 + sum(1 for name in ids.used if re.fullmatch(rf"{kind}\d+", name))


def _group(name: str, kind: str) -> str:
    return f"<g id={xml_attribute(name)} ctype={xml_attribute(kind)}>"


def _written(piece: _Piece, ids: _Ids) -> str:
    if piece.kind == "placeholder":
        return f'<ph id={xml_attribute(ids.of(piece.value))} ctype="x-placeholder">{xml_text(piece.text)}</ph>'
    if piece.kind == "link":
        return f"{_group(ids.of(f'link{piece.number}'), 'link')}{_characters(piece.value, ids)}</g>"
    if piece.kind == "break":
        return f'<x id={xml_attribute(ids.of("lb1"))} ctype="lb" equiv-text="&#10;"/>'
    return _characters(piece.text, ids)


def _characters(text: str, ids: _Ids) -> str:
    return "".join(
        xml_text(c) if is_xml_character(c) else f'<x id="{ids.of(f"char-{ord(c):02X}")}" ctype="x-character"/>'
        for c in text
    )


def unprotected(element: Element) -> str:
    """The text of a `<source>` or `<target>`.

    Raises:
        XmlError: an inline element that the file did not have when it was exported.
    """
    return (element.text or "") + "".join(_read(child) + (child.tail or "") for child in element)


def _read(element: Element) -> str:
    inside = unprotected(element)
    if element.tag == "g":
        return _read_group(element, inside)
    if element.tag == "x":
        return _read_sign(element)
    if element.tag == "ph" and not inside:
        return element.get("equiv-text") or f"{{{element.get('id', '')}}}"
    if element.tag in _TRANSPARENT:
        return inside
    raise _stranger(element)


def _read_group(element: Element, inside: str) -> str:
    name = element.get("id", "")
    kind = element.get("ctype") or _kind(name)
    if kind in _MARKS:
        return f"{_MARKS[kind]}{inside}{_MARKS[kind]}"
    if kind == "link" and (number := _LINK.fullmatch(name)) is not None:
        return f"[{inside}]{{{number[1]}}}"
    raise _stranger(element)


def _read_sign(element: Element) -> str:
    name = element.get("id", "")
    if element.get("ctype") == _BREAK or _kind(name) == _BREAK:
        return "\n"
    # A file could name any number here; only what XML could not have carried was ever written so.
    if (match := _CHARACTER.fullmatch(name)) is not None and int(match[1], 16) < 0x110000:
        character = chr(int(match[1], 16))
        if not is_xml_character(character) and not 0xD800 <= ord(character) <= 0xDFFF:
            return character
    raise _stranger(element)


def _kind(name: str) -> str:
    match = _KIND.fullmatch(name)
    return match[1] if match else ""


def _stranger(element: Element) -> XmlError:
    tag = f"<{element.tag} id={element.get('id', '')!r}>"
    return XmlError(f"the inline element {tag} was not in the export", "copy the English's own tags", line_of(element))
