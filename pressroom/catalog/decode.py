"""Decodes a catalog's bytes, and reports it if they are not UTF-8 with LF."""

from __future__ import annotations

import codecs
import re
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic

SIZE_LIMIT: Final = 4_000_000
LINE_LIMIT: Final = 20_000
_CHARSET = re.compile(rb'^(?:"|.*\\n)?Content-Type:[^"\n]*?charset=([A-Za-z0-9_.:-]+)', re.MULTILINE | re.IGNORECASE)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Encodings in which ASCII bytes mean ASCII at the start of the file, and in which no escape switches the alphabet:
# UTF-7 and the ISO-2022 family can hide text from one reader and show it to another.
_SAFE = re.compile(r"iso8859-\d+|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc_jp|euc_kr|tis-620|cp874|cp949")
# Of honest letters of another encoding at most one in four or so happens to be UTF-8: eight of eight never are.
_NO_CHANCE: Final = 8
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_CONTROL: Final = re.compile(r"[\x80-\x9f]")
_OCTAL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[0-7]{3}")
_UNSET: Final = ("charset", "")


def decode_catalog(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """A catalog's text with LF at the ends of lines; None if it can't be read safely.

    `path` is posix and relative to the project. Limits: 4 MB a file, 20,000 characters a line.
    """
    if len(data) > SIZE_LIMIT:
        message = f"the file is {len(data) / 1e6:.1f} MB; the limit is {SIZE_LIMIT / 1e6:.0f} MB"
        return None, [diagnostic("catalog-size", Span(path), message, "one document's catalog is never so large")]
    if not data.strip():
        # Lokalize empties the file first and then asks its user for an address; a full disk leaves the same.
        message, hint = "the file is empty", "restore it from version control; without it, `update` makes a new one"
        return None, [diagnostic("catalog-unreadable", Span(path, 1), message, hint)]
    text, problems = _decode(data, path)
    if text is None:
        return None, problems
    if "\r\n" in text or ("\r" in text and "\n" not in text):
        hint = "nothing is lost; `update` writes the file with LF"
        whose = "Windows ends them (CRLF)" if "\n" in text else "the first Macintosh ended them (CR)"
        problems.append(diagnostic("catalog-line-ends", Span(path), f"the lines end as {whose}", hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    long = _long_lines(text, path)
    return (None if long else text), problems + long


def _long_lines(text: str, path: str) -> list[Diagnostic]:
    lines = text.split("\n")
    if max(map(len, lines)) <= LINE_LIMIT:
        return []
    hint = "split the message, or break the line"
    return [
        diagnostic(
            "catalog-size", Span(path, n), f"this line is {len(line)} characters long; the limit is {LINE_LIMIT}", hint
        )
        for n, line in enumerate(lines, start=1)
        if len(line) > LINE_LIMIT
    ]


def _decode(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            hint = "nothing is lost; `update` writes the file as UTF-8 without the mark"
            message = f"the file begins with a byte-order mark ({encoding.removesuffix('-le').removesuffix('-be')})"
            text, problems = _strictly(data[len(mark) :], encoding, path)
            return text, [diagnostic("catalog-encoding", Span(path, 1), message, hint), *problems]
    declared = _declared(data)
    if declared in _UNSET or _codec(declared) in ("utf-8", "ascii"):
        return _strictly(data, "utf-8", path)
    return _foreign(data, declared, path)


def _foreign(data: bytes, declared: str, path: str) -> tuple[str | None, list[Diagnostic]]:
    codec = _codec(declared)
    hint = "save it as UTF-8 in your editor"
    if codec is None or not _SAFE.fullmatch(codec):
        return None, [diagnostic("catalog-unreadable", Span(path, 1), f"the file says it is {declared}", hint)]
    if not data.isascii() and _strictly(data, "utf-8", path)[0] is not None:
        return _misnamed(data, declared, codec, path)
    text, problems = _strictly(data, codec, path)
    if text is not None and (octal := _OCTAL.search(text)) is not None:
        line = text[: octal.start()].count("\n") + 1
        message = f"{octal[0]} is a byte of {declared}, and programs disagree on its meaning"
        return None, [diagnostic("catalog-unreadable", Span(path, line), message, hint)]
    if text is not None:
        message = f"the file is {declared} and was read as such"
        hint = "nothing is lost; `update` writes it as UTF-8"
        problems.append(diagnostic("catalog-encoding", Span(path, 1), message, hint))
    return text, problems


def _misnamed(data: bytes, declared: str, codec: str, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Bytes that are UTF-8 under another name: read as UTF-8 where they can't be honest text of that name."""
    text = data.decode()
    message = f"the file says it is {declared}, but its bytes are UTF-8"
    if len(_BEYOND_ASCII.findall(text)) >= _NO_CHANCE or not _is_text(data, codec):
        hint = "it was read as UTF-8 and nothing is lost; `update` writes the header so"
        return text, [diagnostic("catalog-encoding", Span(path, 1), message, hint)]
    hint = "too few letters to be sure: write charset=UTF-8 in its header if they look right"
    return None, [diagnostic("catalog-unreadable", Span(path, 1), message, hint)]


def _is_text(data: bytes, codec: str) -> bool:
    """True where the bytes could be text of this encoding: it has them all, and none is a control of ISO 6429."""
    try:
        return _CONTROL.search(data.decode(codec)) is None
    except UnicodeDecodeError:
        return False


def _declared(data: bytes) -> str:
    match = _CHARSET.search(data[:20_000])
    return match[1].decode("ascii").lower() if match else ""


def _codec(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _strictly(data: bytes, encoding: str, path: str) -> tuple[str | None, list[Diagnostic]]:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"byte {error.start} is not {encoding}"
        return None, [diagnostic("catalog-unreadable", Span(path, line), message, "save the file as UTF-8")]
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        hint = "fetch the file again: it is damaged, or UTF-16 without its mark"
        return None, [diagnostic("catalog-unreadable", Span(path, line), "there is a NUL character", hint)]
    return text, []
