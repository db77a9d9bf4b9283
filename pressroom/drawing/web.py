"""Reads what a web page shows: its HTML without what only a proof has and without what a release may change.

A screen has no marks, so the whole page is signed, its styles too. No style may depend on what is left out: it could
show nothing on the proof, and something on the release or on a later day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from pressroom.diagnostics import Span, diagnostic
from pressroom.drawing.lines import escaped, text_hash
from pressroom.drawing.model import DrawingError, DrawnPiece, PieceDrawing
from pressroom.plain_style import without_comments

_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_RULE: Final = re.compile(r"([^{}]*)\{")
_LATER: Final = re.compile(r"animation|transition|attr\s*\(|@(?!media\b)[\w-]+|\\", re.IGNORECASE)
_MEDIA: Final = re.compile(r"@media (?:print|screen|\((?:min|max)-width: [\d.]+(?:rem|em|px)\))")
# What a proof and its release do not share: the marks of a proof, the head of the page, its control lines.
_DRAFT: Final = re.compile(r"(?:header)?\.draft(?: [bp])?")
_UNSIGNED: Final = re.compile(r"draft|\bheader\b|\bhead\b|\bmeta\b|\btitle\b|\.control\S")
_ATTRIBUTES: Final = re.compile(r"\[(?:lang|dir)(?:=[\w-]+)?\]")
# Whether such a selector matches depends on other elements.
_DEPENDS: Final = re.compile(r"[+~]|:(?:has|not|empty|only|first-child|first-of|last|nth|root|target|hover|visited)")
# An element of the text, which a proof and its release have alike.
_IN_TEXT: Final = re.compile(r"\.(?!draft|control|brand|logo|own-name|top|emergency-first)[\w-]+")
# The dark scheme may give names other colours and icons, and do nothing else: preflight measures their contrast.
_DARK: Final = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{([^{}]*)\}\s*\}")
_HEX: Final = r"#[\da-f]{6}"
_NAME: Final = rf"{_HEX}|var\(--[\w-]+(?:, {_HEX})?\)"
_RENAMED: Final = re.compile(
    rf"\s*--(?:(?:colour|icon)-[\w-]+|alarm-edge): (?:{_NAME}|var\(--[\w-]+, (?:{_NAME})\))\s*"
)
_FOOTER: Final = "<footer>"


def web_drawing(html: str, left_out: Mapping[str, str], path: str = "") -> DrawnPiece:
    """What a finished page shows; `left_out` are passages that it has once, each with what is signed in its place.

    Raises:
        DrawingError: a style depends on what no signature covers.
    """
    if problems := list(dict.fromkeys(_dependent(html))):
        hint = "write it without; what a page shows must not depend on what is not signed"
        raise DrawingError(*(diagnostic("drawing-unread", Span(path), problem, hint) for problem in problems))
    for passage, signed in left_out.items():
        if html.count(passage) == 1:
            html = html.replace(passage, signed)
    body, _, footer = html.partition(_FOOTER)
    base, imprint = (_lines(part) for part in (body, footer))
    hashes = PieceDrawing(text_hash(base), text_hash(imprint))
    return DrawnPiece(hashes, "\n".join([*base, ""]), "\n".join([*imprint, ""]))


def _lines(html: str) -> list[str]:
    return [f"html {escaped(line.strip())}" for line in html.splitlines() if line.strip()]


def _dependent(html: str) -> Iterator[str]:
    """The styles that could show something else on a release, or later."""
    if re.search(r"\sstyle\s*=", html) or len(_STYLE.findall(html)) != html.count("<style"):
        yield "a page has a style that is not in its head"
    for style in _STYLE.findall(html):
        plain = _DARK.sub(_without_renamed, without_comments(style))
        yield from (f"a style shows something later, or by an attribute: {found}" for found in _LATER.findall(plain))
        for prelude in _RULE.findall(plain):
            # A property of the rule before is not part of it.
            text = " ".join(prelude.rpartition("}")[2].rpartition(";")[2].split())
            if text.startswith("@"):
                yield from () if _MEDIA.fullmatch(text) else (f"a style depends on the reader's device: {text}",)
            else:
                yield from (f"a style depends on what is not signed: {s}" for s in _selectors(text) if _is_dependent(s))


def _without_renamed(dark: re.Match[str]) -> str:
    """Nothing, for a dark scheme that only gives other colours to names; any other one as it is."""
    renames = all(_RENAMED.fullmatch(one) for one in dark[1].split(";") if one.strip())
    return "" if renames else dark[0]


def _selectors(prelude: str) -> list[str]:
    """The selectors of a list; a comma in brackets does not end one."""
    return [part.strip() for part in re.split(r",(?![^()]*\))", prelude)]


def _is_dependent(selector: str) -> bool:
    plain = _ATTRIBUTES.sub("", selector).strip()
    if "[" in plain:
        return True
    if _UNSIGNED.search(plain):
        return not _DRAFT.fullmatch(plain)
    return bool(_DEPENDS.search(plain)) and plain != ":root" and not _IN_TEXT.match(plain)
