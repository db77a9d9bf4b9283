"""Writes the page of instructions that goes with a hand-off, as Markdown and as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.language import Language

_INLINE: Final = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+)\*")
_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;"
    "background:#fff}code{background:#f1f1f1;padding:0 .2em}li{margin:.4rem 0}"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the hand-off: its name and title, its messages, and how many of them want a translator.

    `waiting` have no translation, or a fuzzy one; `words` are their English words; `drafts` are a machine's.
    """

    name: str
    title: str
    messages: int
    waiting: int
    words: int
    drafts: int


def instructions(language: Language, listed: Sequence[Listed]) -> str:
    """The page in Markdown."""
    text = Path(__file__).with_name("instructions.md").read_text(encoding="utf-8")
    values = {
        "language": language.english,
        "autonym": language.autonym,
        "tag": language.tag,
        "posix": language.posix,
        "files": "\n".join(_row(one) for one in listed),
    }
    # Not `format`: the page speaks of {phone}.
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _row(one: Listed) -> str:
    todo = [f"{one.waiting} to translate or review, {one.words} English words"] if one.waiting else []
    todo += [f"{one.drafts} machine drafts to read and correct"] if one.drafts else []
    counts = "; ".join([f"{one.messages} messages", *(todo or ["nothing left to do"])])
    return f"- `{one.name}`: {one.title} ({counts})"


def as_html(markdown: str, title: str) -> str:
    """The page as one HTML file without anything outside it; only the Markdown that the page uses is read."""
    body = "\n".join(_blocks(markdown))
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n{body}\n</main></body>\n</html>\n"
    )


def _blocks(markdown: str) -> Iterator[str]:
    for block in re.split(r"\n{2,}", markdown.strip()):
        if (heading := re.match(r"(#+) (.*)", block)) is not None:
            level = len(heading[1])
            yield f"<h{level}>{_inline(heading[2])}</h{level}>"
        elif block.startswith("- "):
            items = re.split(r"\n- ", block.removeprefix("- "))
            yield "<ul>\n" + "\n".join(f"<li>{_inline(item)}</li>" for item in items) + "\n</ul>"
        else:
            yield f"<p>{_inline(block)}</p>"


def _inline(text: str) -> str:
    return _INLINE.sub(_marked, html.escape(" ".join(text.split()), quote=False))


def _marked(match: re.Match[str]) -> str:
    if match["code"]:
        return f"<code>{match['code']}</code>"
    if match["bold"]:
        # A passage of code may stand in a bold one, never the other way round.
        return f"<strong>{_INLINE.sub(_marked, match['bold'])}</strong>"
    return f"<em>{match['italic']}</em>"
