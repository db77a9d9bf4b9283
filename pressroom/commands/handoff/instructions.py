"""Writes the page of instructions that goes with a hand-off, as Markdown and as HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from pressroom.content.blocks import markdown_html
from pressroom.data_files import data_text
from pressroom.language import Language

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;"
    "background:#fff}code{background:#f1f1f1;padding:0 .2em}li{margin:.4rem 0}"
)


def instructions(language: Language, files: Sequence[str]) -> str:
    """The page in Markdown, with a line for each of the hand-off's files."""
    text = data_text("commands/handoff/instructions.md")
    values = {
        "language": language.english,
        "autonym": language.autonym,
        "tag": language.tag,
        "posix": language.posix,
        "files": "\n".join(files),
    }
    # Not `format`: the page speaks of {phone}.
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def as_html(markdown: str, title: str) -> str:
    """The page as one HTML file that needs no other."""
    return (
        f'<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n{markdown_html(markdown)}</main></body>\n</html>\n"
    )
