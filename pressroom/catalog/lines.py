"""The line grammar of a .po file: one line goes in, what it is and what it says come out."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

Kind = Literal["statement", "comment", "extracted", "reference", "flags", "blank"]
_STATEMENT: Final = re.compile(
    r"(?P<mark>#~\||#~|#\|)?[ \t]*"
    r"(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)?[ \t]*"
    r'"(?P<text>(?:[^"\\]|\\.)*)"[ \t\f\r]*'
)
# GNU gettext writes each byte of a letter as \\ooo where it is asked for ASCII alone (`msgcat --escape`).
_ESCAPE: Final = re.compile(r"(?P<octal>(?:\\[0-7]{3})+)|\\(?P<letter>.)", re.DOTALL)
_MEANS: Final = {
    "n": "\n",
    "t": "\t",
    '"': '"',
    "\\": "\\",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "a": "\a",
}
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_COMMENTS: Final[dict[str, Kind]] = {".": "extracted", ":": "reference", ",": "flags"}


# A tuple, because there are hundreds of thousands of them.
class PoLine(NamedTuple):
    """A line read. `keyword` is empty where a string goes on; `mark` is `#~`, `#|`, `#~|` or empty."""

    kind: Kind
    text: str = ""
    keyword: str = ""
    mark: str = ""


class LineError(ValueError):
    """A line that is not .po; `hint` is the next move, `conflict` tells a mark left by version control."""

    def __init__(self, message: str, hint: str, *, conflict: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.conflict = conflict


_BLANK: Final = PoLine("blank")


def read_line(line: str) -> PoLine:
    """Read one line, its end cut off.

    Raises:
        LineError: it is neither empty, nor a comment, nor a keyword and one closed string.
    """
    stripped = line.strip(" \t\r\f")
    if not stripped:
        return _BLANK
    if stripped[0] == "#" and stripped[1:2] not in ("~", "|"):
        return read_comment(line.lstrip(" \t\f"))
    if (match := _STATEMENT.fullmatch(stripped)) is not None:
        mark, keyword, text = match.groups()
        return PoLine("statement", _unescape(text) if "\\" in text else text, keyword or "", mark or "")
    if stripped.startswith("#~"):
        return _obsolete_comment(stripped)
    raise _refusal(stripped)


def read_comment(line: str) -> PoLine:
    """A line that begins with #, as the comment it is."""
    kind = _COMMENTS.get(line[1:2])
    if kind is None:
        return PoLine("comment", line[1:].removeprefix(" "))
    return PoLine(kind, line[2:].removeprefix(" "))


def _obsolete_comment(stripped: str) -> PoLine:
    rest = stripped[2:].lstrip(" \t|")
    if rest.startswith("#") and rest[1:2] not in ("~", "|"):
        return read_comment(rest)
    if not rest:
        return _BLANK
    raise _refusal(stripped)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if match["octal"]:
        return _letters(match["octal"])
    character = _MEANS.get(match["letter"])
    if character is None:
        raise LineError(f"{match[0]} is not an escape", 'write \\\\ for a backslash; there are \\n, \\t and \\"')
    return character


def _letters(octal: str) -> str:
    """The letters whose UTF-8 bytes are written so; ASCII never is, by an honest tool."""
    values = [int(byte, 8) for byte in octal.split("\\")[1:]]
    try:
        if min(values) < 0x80:
            raise ValueError
        return bytes(values).decode("utf-8")
    except ValueError:
        raise LineError(f"{octal} is not a letter in UTF-8", "write the letter itself") from None


def is_conflict(line: str) -> bool:
    """True for a line that version control left where it could not merge."""
    return line.startswith(_CONFLICT)


def _refusal(stripped: str) -> LineError:
    if is_conflict(stripped):
        hint = "choose one of the two versions, and remove the three marker lines"
        return LineError("a merge left its conflict here", hint, conflict=True)
    body = re.sub(r"^(#~\||#~|#\|)?\s*(msgctxt|msgid_plural|msgid|msgstr(\[\d+\])?)?\s*", "", stripped)
    if body.startswith('"'):
        if re.fullmatch(r'"(?:[^"\\]|\\.)*\\?', body):
            return LineError("the string is not closed", 'end the line with "')
        return LineError("a quotation mark stands inside the string", 'write it as \\"')
    return LineError(
        f"this is not a line of a catalog: {stripped[:40]!r}", 'write msgid or msgstr, then the text in "…"'
    )
