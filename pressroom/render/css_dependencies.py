"""Which sizes can change a frame: HTML and styles go in, the custom properties that may reach each frame come out.

Copyfit tries sizes of one group after another, and a frame is laid out anew only where one that it may use has changed.
In doubt a frame uses everything: a rule counts for it unless the rule asks for a class that is on nothing in the frame
nor around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
# A rule without a rule inside; an at-rule around it is taken for granted.
_RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIZE: Final = re.compile(r"var\(\s*--((?:fs|gap|slot|drop)-[\w-]+)")
_ANY: Final = re.compile(r"--(?:fs|gap|slot|drop)-")
_CLASS: Final = re.compile(r"\.([\w-]+)")
_FUNCTION: Final = re.compile(r":[\w-]+\([^()]*\)|\[[^\]]*\]")
_CLASSES: Final = re.compile(r'class="([^"]*)"')
# Other elements than those in a frame and around it can decide whether such a selector matches.
_BESIDE: Final = re.compile(r"[+~\\()&]")


@dataclass(frozen=True, slots=True)
class _Use:
    """A selector that must find these classes for the property to be used; none: it may match anything."""

    name: str
    classes: frozenset[str]


def reaching(frames: Mapping[str, str], around: str, stylesheets: Iterable[str]) -> dict[str, frozenset[str]]:
    """The properties that may be used in each frame, as `fs-reading`; a frame that may use any is not among them.

    `frames` have a frame's HTML by its name, `around` is all other HTML.
    """
    uses = [_uses(text) for text in stylesheets]
    if None in uses or _ANY.search(around):
        return {}
    outside = _classes_in(around)
    found: dict[str, frozenset[str]] = {}
    for name, html in frames.items():
        there = outside | _classes_in(html)
        if not _ANY.search(html):
            found[name] = frozenset(use.name for some in uses if some for use in some if use.classes <= there)
    return found


def _classes_in(html: str) -> frozenset[str]:
    return frozenset(name for match in _CLASSES.finditer(html) for name in match[1].split())


@cache
def _uses(text: str) -> tuple[_Use, ...] | None:
    """Every use of a size in a stylesheet; None where one stands where no rule of ours can be read."""
    plain = _COMMENT.sub("", text)
    # A property may also be given another's value, or be named without var(): each mention must be a use.
    mentions = sum(1 for match in _ANY.finditer(plain) if not _is_set(plain, match.end()))
    uses = list(_read(plain))
    return None if mentions != sum(count for _, count in uses) else tuple(use for some, _ in uses for use in some)


def _is_set(text: str, at: int) -> bool:
    """True where a property is given a value here: whose value that is, is counted in its own right."""
    return bool(re.match(r"[\w-]*\s*:", text[at : at + 80]))


def _read(plain: str) -> Iterator[tuple[list[_Use], int]]:
    for match in _RULE.finditer(plain):
        names = [use[1] for use in _SIZE.finditer(match[2])]
        if names:
            # What stands before a semicolon belongs to the rule around, or is an at-rule without a block.
            wanted = [_wanted(selector) for selector in match[1].rpartition(";")[2].split(",")]
            yield [_Use(name, classes) for name in names for classes in wanted], len(names)


def _wanted(selector: str) -> frozenset[str]:
    """The classes without which a selector matches nothing in a frame and nothing around it."""
    own = _FUNCTION.sub("", selector)
    return frozenset() if _BESIDE.search(own) else frozenset(_CLASS.findall(own))
