"""The strict syntax check of a .po file. It runs before polib, and refuses what polib lets through.

polib reads an unterminated string as empty, takes a second msgstr for the first, and skips merge conflicts and `#~|`.
It also loses some comments: empty ones, those of obsolete entries, and spaces at their ends. So each line is checked
here, comments are kept here, and polib reads the messages. It is not asked about a message of one line without escapes,
where there is nothing to parse; `tests/catalog/test_polib.py` checks that it would read the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from pressroom.diagnostics import Diagnostic, Span, diagnostic

# No text has as many lines, and polib takes half a kilobyte for each.
_LINES: Final = 10_000
# A file with more problems is no catalog.
PROBLEM_LIMIT: Final = 200
# Nineteen entries in twenty: comments, one msgid and one msgstr on a line each, without an escape.
_PLAIN: Final = re.compile(
    r'(?P<comments>(?:#[.:,]? [^\n]*\n)*)(?:msgctxt "(?P<context>[^"\\\n]*)"\n)?'
    r'msgid "(?P<msgid>[^"\\\n]+)"\nmsgstr "(?P<msgstr>[^"\\\n]*)"\n?'
)
_STATEMENT: Final = re.compile(
    r"(?P<mark>#~\||#~|#\|)?[ \t]*"
    r"(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)?[ \t]*"
    r'"(?P<text>(?:[^"\\]|\\.)*)"[ \t\f\r]*'
)
# `msgcat --escape` writes each byte of a letter as \ooo.
_ESCAPE: Final = re.compile(r"(?P<octal>(?:\\[0-7]{3})+)|\\(?P<letter>.)", re.DOTALL)
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_AFTER: Final = {"msgctxt": ("",), "msgid": ("", "msgctxt"), "msgid_plural": ("msgid",), "msgstr": ("msgid",)}


class Place(NamedTuple):
    """The lines of one entry's msgid and of its first msgstr, counted from 1, and the comments above it.

    `comments` are the texts by the sign after `#`: "." extracted, ":" references, "," flags, "" a translator's.
    `texts` are context, msgid and msgstr of an entry that needs no parser: each is one line without an escape.
    """

    msgid: int
    msgstr: int
    comments: dict[str, list[str]]
    texts: tuple[str | None, str, str] | None = None


class _Broken(Exception):
    """A line that breaks the syntax; `line` is a better place to point at, or 0."""

    def __init__(self, message: str, hint: str, *, line: int = 0, code: str = "catalog-syntax") -> None:
        super().__init__(message)
        self.hint, self.line, self.code = hint, line, code


@dataclass(slots=True)
class SyntaxCheck:
    """Checks a catalog's text, with LF at the ends of lines.

    `places` belong to the entries in the file's order. `blocks` are the messages without `texts`, as polib reads them
    without loss, line by line, parted at empty lines. `problems` are errors; after one the check goes on at the next
    empty line. `comments` are those below the last entry, see `Place`.
    """

    path: str
    blocks: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    _last: str = ""
    _mark: str = ""
    _starts: dict[str, int] = field(default_factory=dict)
    _previous: set[str] = field(default_factory=set)
    _in_previous: bool = False
    _skipping: bool = False
    _lines: int = 0

    def run(self, text: str) -> None:
        """Check the whole text."""
        number = 1
        for block in text.split("\n\n"):
            if len(self.problems) >= PROBLEM_LIMIT:
                return
            match = None if self._skipping or self._last else _PLAIN.fullmatch(block)
            if match is None:
                # The empty line that parts the blocks belongs to the first of them.
                lines = [self._try(line, at) for at, line in enumerate((*block.split("\n"), ""), start=number)]
                self.blocks.append("\n".join(lines[:-1]))
            else:
                comments, *texts = match.groups()
                for line in comments.split("\n")[:-1]:
                    self._keep_comment(line)
                at = number + comments.count("\n") + (texts[0] is not None)
                self._add(at, at + 1, (texts[0], texts[1], texts[2]))
            number += block.count("\n") + 2

    def _try(self, line: str, number: int) -> str:
        try:
            return self._checked(line.strip(" \t\r\f"), line, number)
        except _Broken as error:
            if not self._skipping or error.code == "merge-conflict":
                at = Span(self.path, error.line or number)
                self.problems.append(diagnostic(error.code, at, str(error), error.hint))
            self._reset(skipping=bool(line.strip()))
            return ""

    def _checked(self, stripped: str, line: str, number: int) -> str:
        if self._skipping and stripped and not stripped.startswith(_CONFLICT):
            return ""
        if stripped.startswith("#~") and not _STATEMENT.fullmatch(stripped):
            # An obsolete entry's comment.
            rest = stripped[2:].lstrip(" \t|")
            if rest and (rest[0] != "#" or rest[1:2] in ("~", "|")):
                raise _refusal(stripped)
            stripped = line = rest
        if not stripped:
            self._end()
            return ""
        if stripped[0] == "#" and stripped[1:2] not in ("~", "|"):
            self._comment(line.lstrip(" \t\f"))
            return ""
        match = _STATEMENT.fullmatch(stripped)
        if match is None:
            raise _refusal(stripped)
        mark, keyword, text = match.groups(default="")
        self._lines = 0 if keyword else self._lines + 1
        if self._lines > _LINES:
            hint = "see that it is a translation of this text"
            raise _Broken(f"a text has more than {_LINES:,} lines", hint, code="catalog-size")
        if "\\" in text:
            text = _ESCAPE.sub(_polib_escape, text)
        if mark.endswith("|"):
            self._check_previous(keyword)
            # polib skips `#~|`, but takes `#|` above an obsolete msgid as well.
            return f'#| {keyword} "{text}"' if keyword else f'#| "{text}"'
        self._check_statement(keyword, mark, text, number)
        return f'{mark} {keyword} "{text}"'.lstrip()

    def _comment(self, line: str) -> None:
        self._finish()
        if self._last:
            raise _Broken("a comment is inside the message", "move it above the msgid")
        self._in_previous = False
        self._keep_comment(line)

    def _keep_comment(self, line: str) -> None:
        kind = line[1:2] if line[1:2] in (".", ":", ",") else ""
        self.comments.setdefault(kind, []).append(line[1 + len(kind) :].removeprefix(" "))

    def _check_previous(self, keyword: str) -> None:
        self._finish()
        if self._last:
            raise _Broken("previous text is inside the message", "move the #| lines above the msgid")
        if (not keyword and not self._in_previous) or keyword in self._previous or keyword.startswith("msgstr"):
            raise _Broken("this previous text is out of order", "write #| msgctxt, then #| msgid")
        self._in_previous = True
        if keyword:
            self._previous.add(keyword)

    def _check_statement(self, keyword: str, mark: str, text: str, number: int) -> None:
        if keyword in ("msgctxt", "msgid"):
            self._finish()
        if self._last and mark != self._mark:
            raise _Broken("one half of this message is obsolete", "write #~ before all its lines, or before none")
        if not keyword:
            if not self._last:
                raise _Broken("a string has no keyword", "write msgid or msgstr before it")
            return
        if keyword in self._starts and keyword in ("msgctxt", "msgid"):
            raise self._unfinished()
        if not self._fits(keyword):
            raise _Broken(f"{keyword} is out of order", "the order is msgctxt, msgid, msgstr, each once")
        if keyword == "msgid_plural" and not text:
            raise _Broken("msgid_plural is empty", "write the English plural on this line, or remove it")
        self._starts[keyword] = number
        self._last, self._mark = keyword, mark

    def _fits(self, keyword: str) -> bool:
        if not keyword.startswith("msgstr["):
            return self._last in _AFTER[keyword]
        form = int(keyword[7])
        return self._last == (f"msgstr[{form - 1}]" if form else "msgid_plural")

    def _finish(self) -> None:
        """End the entry where the next one begins without an empty line."""
        if self._last.startswith("msgstr"):
            self._end()

    def _end(self) -> None:
        if self._last and not self._last.startswith("msgstr"):
            raise self._unfinished()
        if self._last:
            starts = self._starts
            self._add(starts["msgid"], starts.get("msgstr") or starts["msgstr[0]"])
        if self._last or self._skipping:
            self._reset()

    def _add(self, msgid: int, msgstr: int, texts: tuple[str | None, str, str] | None = None) -> None:
        self.places.append(Place(msgid, msgstr, self.comments, texts))
        self.comments = {}

    def _reset(self, *, skipping: bool = False) -> None:
        self._skipping = skipping
        self._last = self._mark = ""
        self._starts, self._previous, self._in_previous = {}, set(), False
        self.comments = {}

    def _unfinished(self) -> _Broken:
        start = next(iter(self._starts.values()))
        return _Broken("this message has no msgstr", 'write msgstr "" below it if it is untranslated', line=start)


def _polib_escape(match: re.Match[str]) -> str:
    """An escape as polib knows it: octal bytes become their letters, and BEL the character itself."""
    if match["octal"]:
        return _letters(match["octal"])
    if match["letter"] == "a":
        return "\a"
    if match["letter"] not in 'nt"\\rbfv':
        raise _Broken(f"{match[0]} is not an escape", 'write \\\\ for a backslash; there are \\n, \\t and \\"')
    return match[0]


def _letters(octal: str) -> str:
    values = [int(byte, 8) for byte in octal.split("\\")[1:]]
    try:
        # Honest tools never write ASCII so: it could hide a quotation mark.
        if min(values) < 0x80:
            raise ValueError
        return bytes(values).decode("utf-8")
    except ValueError:
        raise _Broken(f"{octal} is not a letter in UTF-8", "write the letter itself") from None


def _refusal(stripped: str) -> _Broken:
    if stripped.startswith(_CONFLICT):
        hint = "choose one of the two versions, and remove the three marker lines"
        return _Broken("a merge left its conflict here", hint, code="merge-conflict")
    body = re.sub(r"^(#~\||#~|#\|)?\s*(msgctxt|msgid_plural|msgid|msgstr(\[\d+\])?)?\s*", "", stripped)
    if not body.startswith('"'):
        shown = f"this is not a line of a catalog: {stripped[:40]!r}"
        return _Broken(shown, 'write msgid or msgstr, then the text in "…"')
    if re.fullmatch(r'"(?:[^"\\]|\\.)*\\?', body):
        return _Broken("the string is not closed", 'end the line with "')
    return _Broken("a quotation mark is inside the string", 'write it as \\"')
