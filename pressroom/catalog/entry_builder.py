"""An entry while it is read: lines go in one by one in the order the grammar allows, an `Entry` comes out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pressroom.catalog.lines import PoLine
from pressroom.catalog.model import Entry

_ISOLATED: Final = re.compile(r"(?:\u2068[^\u2069]*\u2069|[^\s\u2068])+")
# What may follow what within an entry; msgstr[n] is checked by its number.
_AFTER: Final = {
    "msgctxt": ("",),
    "msgid": ("", "msgctxt"),
    "msgid_plural": ("msgid",),
    "msgstr": ("msgid",),
}


class Misplaced(ValueError):
    """A line that is well-formed but stands in the wrong place; `line` is the better place to point at, or 0."""

    def __init__(self, message: str, hint: str, line: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.line = line


@dataclass(slots=True)
class Draft:
    """The parts of one entry so far; a part is a keyword's text in pieces."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    previous: dict[str, list[str]] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    extracted: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    last: str = ""
    mark: str = ""

    @property
    def is_empty(self) -> bool:
        """True before anything of the entry was read."""
        return not (self.parts or self.comments or self.extracted or self.references or self.flags or self.previous)

    @property
    def has_message(self) -> bool:
        """True once a msgctxt or msgid was read."""
        return bool(self.parts)

    def ends_before(self, line: PoLine) -> bool:
        """True where this line belongs to the next entry: a comment, or a new message, after the msgstr."""
        if not self.last.startswith("msgstr"):
            return False
        return line.kind != "statement" or "|" in line.mark or line.keyword in ("msgctxt", "msgid")

    def take(self, line: PoLine, number: int) -> None:
        """Add one line.

        Raises:
            Misplaced: it can't stand here.
        """
        if line.kind == "statement":
            if "|" in line.mark:
                self._take_previous(line)
            else:
                self._take_statement(line, number)
        elif self.has_message:
            raise Misplaced("a comment stands inside the message", "move it above the msgid")
        else:
            self._take_comment(line)

    def _take_comment(self, line: PoLine) -> None:
        if line.kind == "flags":
            self.flags.append(line.text)
        elif line.kind == "reference":
            self.references.append(line.text)
        else:
            (self.comments if line.kind == "comment" else self.extracted).append(line.text)

    def _take_previous(self, line: PoLine) -> None:
        if self.has_message:
            raise Misplaced("previous text stands inside the message", "move the #| lines above the msgid")
        if line.keyword in ("msgctxt", "msgid", "msgid_plural") and line.keyword not in self.previous:
            self.previous[line.keyword] = [line.text]
        elif not line.keyword and self.previous:
            next(reversed(self.previous.values())).append(line.text)
        else:
            raise Misplaced("this previous text is out of order", "write #| msgctxt, then #| msgid")

    def _take_statement(self, line: PoLine, number: int) -> None:
        if self.has_message and line.mark != self.mark:
            raise Misplaced("one half of this message is obsolete", "write #~ before all its lines, or before none")
        self.mark = line.mark
        if not line.keyword:
            if not self.last:
                raise Misplaced("a string stands alone", "write msgid or msgstr before it")
            self.parts[self.last].append(line.text)
            return
        if line.keyword in self.parts and line.keyword in ("msgctxt", "msgid"):
            raise self._unfinished()
        if not self._fits(line.keyword):
            raise Misplaced(f"{line.keyword} is out of order", "the order is msgctxt, msgid, msgstr, each once")
        self.parts[line.keyword] = [line.text]
        self.lines[line.keyword] = number
        self.last = line.keyword

    def _fits(self, keyword: str) -> bool:
        if keyword.startswith("msgstr["):
            form = int(keyword[7])
            return self.last == ("msgid_plural" if form == 0 else f"msgstr[{form - 1}]")
        return self.last in _AFTER[keyword]

    def _unfinished(self) -> Misplaced:
        start = next(iter(self.lines.values()))
        return Misplaced("this message has no msgstr", 'write msgstr "" below it if it is untranslated', start)

    def entry(self) -> Entry:
        """The entry, whole.

        Raises:
            Misplaced: there is no msgstr.
        """
        if not self.last.startswith("msgstr"):
            raise self._unfinished()
        first = "msgstr" if "msgstr" in self.parts else "msgstr[0]"
        return Entry(
            "".join(self.parts["msgid"]),
            "".join(self.parts[first]),
            context=_joined(self.parts, "msgctxt"),
            plural=_joined(self.parts, "msgid_plural"),
            plural_msgstrs=tuple("".join(self.parts[k]) for k in self.parts if k[:7] == "msgstr[" and k != first),
            previous_msgid=_joined(self.previous, "msgid"),
            previous_context=_joined(self.previous, "msgctxt"),
            previous_plural=_joined(self.previous, "msgid_plural"),
            flags=read_flags(self.flags),
            comments=tuple(self.comments),
            extracted=tuple(self.extracted),
            references=read_references(self.references),
            obsolete=self.mark == "#~",
            line=self.lines["msgid"],
            msgstr_line=self.lines[first],
        )


def _joined(parts: dict[str, list[str]], keyword: str) -> str | None:
    return "".join(parts[keyword]) if keyword in parts else None


def read_flags(lines: list[str]) -> tuple[str, ...]:
    """The flags of all `#,` lines, each once: msgcat loses a fuzzy that stands apart, we don't."""
    if not lines:
        return ()
    flags = (flag.strip() for line in lines for flag in line.split(","))
    return tuple(dict.fromkeys(flag for flag in flags if flag))


def read_references(lines: list[str]) -> tuple[str, ...]:
    """The references of all `#:` lines, each once, in their order."""
    found: dict[str, None] = {}
    for line in lines:
        # Gettext 0.22 puts a name with spaces between U+2068 and U+2069.
        found.update(dict.fromkeys(_ISOLATED.findall(line) if "\u2068" in line else line.split()))
    return tuple(found)
