"""The inline grammar of a message, English or translated.

A rule of our own reads `**bold**` and `*italic*`, because CommonMark's flanking rule prints the asterisks of
`**胸痛（尖锐）**可能`, where no space surrounds the words. Nothing else is markup: `<b>` is seven characters.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9-]*)\}")
TOKEN = re.compile(
    r"(?P<escape>\\[*\\{}\[\]])"
    r"|(?P<bold>\*\*)"
    r"|(?P<italic>\*)"
    r"|(?P<placeholder>\{[a-z][a-z0-9-]*\})"
    r"|(?P<link>\[(?P<label>[^\[\]\n]+)\]\{(?P<number>\d{1,2})\})"
    r"|(?P<brace>[{}])"
    r"|(?P<break>\n)"
)
# A text with none of these is words alone.
_SIGNS: Final = re.compile(r"[\\*{}\[\n]")


@dataclass(frozen=True, slots=True)
class InlineRun:
    """A stretch of text set one way; a placeholder's run holds its name, a link's run its number."""

    text: str
    bold: bool = False
    italic: bool = False
    placeholder: str | None = None
    link: int | None = None
    line_break: bool = False


@dataclass(frozen=True, slots=True)
class Inline:
    """A message read: its runs, and what is wrong with its markup in words."""

    runs: tuple[InlineRun, ...]
    problems: tuple[str, ...] = ()

    @property
    def is_marked(self) -> bool:
        """False for words alone."""
        if len(self.runs) != 1:
            return bool(self.runs)
        (run,) = self.runs
        return run.bold or run.italic or run.line_break or run.placeholder is not None or run.link is not None

    @property
    def plain(self) -> str:
        """The words alone, placeholders as `{name}`."""
        if len(self.runs) == 1 and not self.is_marked:
            return self.runs[0].text
        return "".join("\n" if r.line_break else f"{{{r.placeholder}}}" if r.placeholder else r.text for r in self.runs)

    @property
    def tokens(self) -> Counter[str]:
        """The multiset a translation must keep: placeholders, links and bold passages. Italics may go."""
        counted = Counter(f"{{{r.placeholder}}}" for r in self.runs if r.placeholder)
        counted.update(f"[…]{{{r.link}}}" for r in self.runs if r.link is not None)
        bold = [r.bold for r in self.runs if r.text or r.placeholder]
        starts = sum(1 for before, now in zip([False, *bold], bold, strict=False) if now and not before)
        if starts:
            counted["**bold**"] = starts
        return counted


# Every rule reads the message it looks at; a document's are few enough to be kept.
@lru_cache(maxsize=4096)
def parse_inline(text: str) -> Inline:
    """Read one message's text; unpaired emphasis and stray braces are problems, and print as themselves."""
    if not _SIGNS.search(text):
        return Inline((InlineRun(text),) if text else ())
    runs: list[InlineRun] = []
    problems: list[str] = []
    bold = italic = False
    end = 0

    def add(passage: str, **kind: str | int | bool | None) -> None:
        runs.append(InlineRun(passage, bold=bold, italic=italic, **kind))  # type: ignore[arg-type]

    for match in TOKEN.finditer(text):
        if match.start() > end:
            add(text[end : match.start()])
        end = match.end()
        kind = match.lastgroup if match.lastgroup != "number" else "link"
        if kind == "bold":
            bold = not bold
        elif kind == "italic":
            italic = not italic
        elif kind == "escape":
            add(match[0][1])
        elif kind == "placeholder":
            add("", placeholder=match[0][1:-1])
        elif match["link"]:
            add(match["label"], link=int(match["number"]))
        elif kind == "break":
            add("", line_break=True)
        else:
            problems.append(f"has a stray {match[0]!r}; a placeholder is written {{name}}")
            add(match[0])
    if end < len(text):
        add(text[end:])
    problems += ["has an unpaired **"] if bold else []
    problems += ["has an unpaired *"] if italic else []
    return Inline(tuple(runs), tuple(problems))


def words_of(inline: Inline, placeholder: str = " ") -> str:
    """The words that are printed; line breaks are a space and placeholders what is asked, so that nothing runs on."""
    if not inline.is_marked:
        return inline.runs[0].text if inline.runs else ""
    return "".join(" " if run.line_break else placeholder if run.placeholder else run.text for run in inline.runs)
