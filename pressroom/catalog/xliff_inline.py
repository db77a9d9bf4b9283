"""Writes a message's tokens as XLIFF inline elements, which a translator's tool can't break, and reads them back.

Bold, italics and links become `<g>`, a placeholder `<ph>`, a hard break and any character that XML lacks `<x/>`
(XLIFF 1.2, 2.5 "In-line elements"). Reading is the exact inverse of writing, for any text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
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


@dataclass(slots=True)
class _Tags:
    """The tags of one text so far: the ids in use, and the marks that are open. `paired` if every mark is closed."""

    paired: bool
    used: set[str] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)

    def new_id(self, base: str) -> str:
        """An id that says what the token is, with a number if it is taken."""
        name, number = base, 1
        while name in self.used:
            number += 1
            name = f"{base}-{number}"
        self.used.add(name)
        return name

    def group(self, kind: str) -> str:
        """The tag that opens or closes bold or italics."""
        if kind in self.opened:
            self.opened.remove(kind)
            return "</g>"
        self.opened.append(kind)
        number = 1 + sum(1 for name in self.used if re.fullmatch(rf"{kind}\d+", name))
        return _group(self.new_id(f"{kind}{number}"), kind)


def protected(text: str) -> str:
    """The text as the inside of `<source>` or `<target>`."""
    tokens = list(TOKEN.finditer(text))
    tags = _Tags(_are_paired([kind for token in tokens if (kind := _emphasis(token))]))
    written, end = list[str](), 0
    for token in tokens:
        written += [_characters(text[end : token.start()], tags), _tag(token, tags)]
        end = token.end()
    return "".join([*written, _characters(text[end:], tags)])


def _emphasis(token: re.Match[str]) -> str:
    return "bold" if token["bold"] else "italic" if token["italic"] else ""


def _tag(token: re.Match[str], tags: _Tags) -> str:
    if (kind := _emphasis(token)) and tags.paired:
        return tags.group(kind)
    if token["placeholder"]:
        name = xml_attribute(tags.new_id(token[0][1:-1]))
        return f'<ph id={name} ctype="x-placeholder">{xml_text(token[0])}</ph>'
    if token["link"]:
        link = f"link{token['number']}"
        return f"{_group(tags.new_id(link), 'link')}{_characters(token['label'], tags)}</g>"
    if token["break"]:
        return f'<x id={xml_attribute(tags.new_id("lb1"))} ctype="lb" equiv-text="&#10;"/>'
    return _characters(token[0], tags)


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


def _group(name: str, kind: str) -> str:
    return f"<g id={xml_attribute(name)} ctype={xml_attribute(kind)}>"


def _characters(text: str, tags: _Tags) -> str:
    return "".join(
        xml_text(c) if is_xml_character(c) else f'<x id="{tags.new_id(f"char-{ord(c):02X}")}" ctype="x-character"/>'
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
