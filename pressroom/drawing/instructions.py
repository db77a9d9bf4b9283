"""Reads the instructions of a content stream: operators with their operands.

Most of a page is lines as WeasyPrint writes them: an instruction a line, of numbers, names and hexadecimal strings. A
content of such lines alone is read line by line here. pikepdf reads any other, with the same result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

import pikepdf
from pikepdf import Name, Stream

# An operator and its operands: numbers, names, strings as bytes, and lists of them.
Instruction = tuple[str, Any]

_NUMBERS: Final = b"0123456789.- "
_STARRED: Final = frozenset({"f*", "B*", "b*", "W*", "T*"})
_NAME: Final = rb"/[A-Za-z0-9_.-]+"
_NUMBER: Final = rb"-?\d+\.?\d*"
_STRING: Final = rb"<(?:[0-9A-Fa-f]{2})*>"
_SHOWN: Final = re.compile(rb"\[((?: *(?:%b|%b))*) *\] TJ" % (_STRING, _NUMBER))
_PART: Final = re.compile(rb"<([^>]*)>|([^ <]+)")
_NAMED: Final = re.compile(rb"(%b)((?: %b)?) (Tf|gs|Do|sh|cs|CS|scn|SCN)" % (_NAME, _NUMBER))
_DASHED: Final = re.compile(rb"\[((?:%b ?)*)\] (%b) d" % (_NUMBER, _NUMBER))
_VALUE: Final = rb"(?:%b|%b|%b)" % (_NAME, _NUMBER, _STRING)
_MARKED: Final = re.compile(rb"(%b)(?: (?:%b|<<(?: ?%b ?%b)*>>))? (BMC|BDC)" % (_NAME, _NAME, _NAME, _VALUE))
# Lines kept in one process: a page of a brochure has a thousand that differ.
_KEPT: Final = 2048
# Where a mark goes on in the next line.
_GOES_ON: Final = re.compile(rb"\n(?=<<|BMC\n|BDC\n)")


def instructions(drawn: Any, operators: Iterable[str]) -> Iterable[Instruction]:  # noqa: ANN401  pikepdf has no types
    """Every instruction of a page or a stream, in order; `operators` are those that are known.

    A part of a stream is given as its bytes.
    """
    stream = drawn.obj.get("/Contents") if isinstance(drawn, pikepdf.Page) else drawn
    content = stream.read_bytes() if isinstance(stream, Stream) else stream
    quick = _of_lines(content, frozenset(operators)) if isinstance(content, bytes) else None
    if quick is not None:
        return quick
    if isinstance(drawn, bytes):
        drawn = pikepdf.new().make_stream(drawn)
    return ((str(found.operator), found.operands) for found in pikepdf.parse_content_stream(drawn))


def _of_lines(content: bytes, operators: frozenset[str]) -> list[Instruction] | None:
    """The instructions of a content that has one a line; None if it has anything else."""
    read = _reader(operators)
    try:
        return [read(line) for line in _GOES_ON.sub(b" ", content).split(b"\n") if line]
    except ValueError:
        return None


@lru_cache(maxsize=8)
def _reader(operators: frozenset[str]) -> Callable[[bytes], Instruction]:
    """A function that reads a line. Two thirds of a page's lines are on it before, more are on pages like it."""
    of_numbers = {name.encode(): name for name in operators if name.isalpha() or name in _STARRED}

    @lru_cache(maxsize=_KEPT)
    def read(line: bytes) -> Instruction:
        numbers, _, operator = line.rpartition(b" ")
        name = of_numbers.get(operator)
        if name is not None and not numbers.translate(None, _NUMBERS):
            return name, tuple(map(float, numbers.split()))
        if (match := _SHOWN.fullmatch(line)) is not None:
            return "TJ", (_parts(match[1]),)
        return _other(line)

    return read


def _parts(text: bytes) -> tuple[bytes | float, ...]:
    """The strings and the numbers between them."""
    return tuple(
        [
            float(match[2]) if match[2] is not None else bytes.fromhex(match[1].decode())
            for match in _PART.finditer(text)
        ]
    )


def _other(line: bytes) -> Instruction:
    """An instruction with a name or a dash. Raises ValueError if it is anything else."""
    if (match := _NAMED.fullmatch(line)) is not None:
        return match[3].decode(), (Name(match[1].decode()), *map(float, match[2].split()))
    if (match := _MARKED.fullmatch(line)) is not None:
        return match[2].decode(), (Name(match[1].decode()),)
    if (match := _DASHED.fullmatch(line)) is not None:
        return "d", (tuple(map(float, match[1].split())), float(match[2]))
    raise ValueError("another instruction")
