"""Finds the custom properties for type sizes that each frame's styles may use.

Copyfit tries many sizes, and a frame is laid out again only if one that it may use has changed. In doubt a frame uses
every size: a rule applies to it unless the rule needs a class that nothing in the frame or around it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
# A rule without a rule inside; at-rules around it are ignored.
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIZE: Final = re.compile(r"var\(\s*--((?:fs|gap|slot|drop)-[\w-]+)")
_ANY: Final = re.compile(r"--(?:fs|gap|slot|drop)-")
_CLASS: Final = re.compile(r"\.([\w-]+)")
_FUNCTION: Final = re.compile(r":[\w-]+\([^()]*\)|\[[^\]]*\]")
_CLASSES: Final = re.compile(r'class="([^"]*)"')
# Whether such a selector matches can depend on elements that are neither in the frame nor around it.
_BESIDE: Final = re.compile(r"[+~\\()&]")


@dataclass(frozen=True, slots=True)
class _Use:
    """A use of a property, and the classes its selector needs; no classes: it may match anything."""

    name: str
    classes: frozenset[str]


def reaching(frames: Mapping[str, str], around: str, stylesheets: Iterable[str]) -> dict[str, frozenset[str]]:
    """The properties that each frame may use, as `fs-reading`; a frame that may use any of them is left out.

    `frames` is each frame's HTML by name, `around` is all other HTML.
    """
    uses = [_uses(text) for text in stylesheets]
    if None in uses or _ANY.search(around):
        return {}
    outside = _classes_in(around)
    reached: dict[str, frozenset[str]] = {}
    for name, html in frames.items():
        there = outside | _classes_in(html)
        if not _ANY.search(html):
            reached[name] = frozenset(use.name for some in uses if some for use in some if use.classes <= there)
    return reached


def _classes_in(html: str) -> frozenset[str]:
    return frozenset(name for match in _CLASSES.finditer(html) for name in match[1].split())


@cache
def _uses(text: str) -> tuple[_Use, ...] | None:
    """Every use of a size in a stylesheet; None if one is outside the rules that can be read here."""
    plain = _COMMENT.sub("", text)
    # A property may be mentioned without var(): each mention must be a use.
    mentions = sum(1 for match in _ANY.finditer(plain) if not _is_set(plain, match.end()))
    uses = list(_read(plain))
    return None if mentions != sum(count for _, count in uses) else tuple(use for some, _ in uses for use in some)


def _is_set(text: str, at: int) -> bool:
    """True if a property is set here; its value is counted separately."""
    return bool(re.match(r"[\w-]*\s*:", text[at : at + 80]))


def _read(plain: str) -> Iterator[tuple[list[_Use], int]]:
    for match in _RULE.finditer(plain):
        names = [use[1] for use in _SIZE.finditer(match[2])]
        if names:
            # Text before a semicolon belongs to the rule around, or is an at-rule without a block.
            needed = [_needed_classes(selector) for selector in match[1].rpartition(";")[2].split(",")]
            yield [_Use(name, classes) for name in names for classes in needed], len(names)


def _needed_classes(selector: str) -> frozenset[str]:
    """The classes without which a selector matches nothing in a frame or around it."""
    plain = _FUNCTION.sub("", selector)
    return frozenset() if _BESIDE.search(plain) else frozenset(_CLASS.findall(plain))
