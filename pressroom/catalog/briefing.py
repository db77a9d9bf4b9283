"""What a translator is told beside a message: messages of one text go in, extracted comments come out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

from pressroom.catalog.model import Key
from pressroom.content import Message
from pressroom.content.inline import PLACEHOLDER


@dataclass(frozen=True, slots=True)
class Briefing:
    """What is known beyond the document itself.

    `prints` maps a placeholder's name to what it will print; `elsewhere` a message's key to the other documents that
    use it; `terms` a key to lines about its terms.
    """

    prints: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    terms: Mapping[Key, Sequence[str]] = field(default_factory=dict)


def extracted_comments(uses: Sequence[Message], briefing: Briefing) -> tuple[str, ...]:
    """The `#.` lines of one message, which may stand in several places; each line once, in this order.

    Where it stands, the author's notes, who must still confirm it, what its placeholders print, where its links
    lead, where else it is used, and its terms. How long it may be differs between scripts (lengths).
    """
    lines = [" ".join(line.split()) for line in _lines(uses, briefing)]
    return tuple(dict.fromkeys(line for line in lines if line))


def _lines(uses: Sequence[Message], briefing: Briefing) -> Iterator[str]:
    key = uses[0].key
    yield from (_place(use) for use in uses)
    for use in uses:
        yield from use.notes
    yield from (
        f"Not yet confirmed by: {use.pending}. Translate it; it is printed on drafts only."
        for use in uses
        if use.pending
    )
    for name in dict.fromkeys(PLACEHOLDER.findall(uses[0].msgid)):
        yield f"{{{name}}} prints {_printed(name, briefing)}"
    for use in uses:
        yield from (f"{{{number}}} leads to {link}" for number, link in enumerate(use.links, start=1))
    if others := briefing.elsewhere.get(key):
        yield f"The same text stands in: {', '.join(others)}"
    yield from briefing.terms.get(key, ())


def _place(message: Message) -> str:
    panel = f", panel {message.panel}" if message.panel else ""
    section = f", under “{' › '.join(message.section)}”" if message.section else ""
    return f"{message.role} in {PurePosixPath(message.span.path).stem}{panel}{section}"


def _printed(name: str, briefing: Briefing) -> str:
    if name in briefing.prints:
        return f"“{briefing.prints[name]}”"
    return _placeholders().get(name, "a value that the program fills in")


@cache
def _placeholders() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8"))
