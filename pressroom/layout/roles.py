"""What each role of a layout may print: the parameters of its macro in the layout's `template.html`.

The engine gives a macro the values that its parameters name, and nothing else. So the parameters show what a piece may
print beside its document, and what must be signed with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

# `{% macro band_head(frame, panels, say) %}`: names alone, without defaults.
_MACRO: Final = re.compile(r"{%[-+]?\s*macro\s+(\w+)\s*\(([^()]*)\)")
WORD: Final = "word_"
# Parameters whose values are a clinic's, and those that staff read.
CLINIC: Final = frozenset({"clinic", "places", "logo", "notice"})
STAFF: Final = frozenset({"control"})
DOCUMENT: Final = frozenset({"panels", "title", "running_title", "headings"})
# Whose content a frame is: the document's, one clinic's, a control line for staff, or the layout's alone.
Source = Literal["document", "clinic", "staff", "layout"]


@dataclass(frozen=True, slots=True)
class Role:
    """How frames of one role are written: the macro, its line in `template.html`, its parameters."""

    macro: str
    line: int
    names: tuple[str, ...]

    @property
    def source(self) -> Source:
        """Whose content a frame of this role is, apart from the placeholders in its text."""
        names = set(self.names)
        if names & STAFF:
            return "staff"
        if names & CLINIC:
            return "clinic"
        return "document" if names & DOCUMENT else "layout"


@cache
def roles_in(template: str) -> dict[str, Role]:
    """The macros of a template by name; of two with one name the later counts, as in Jinja2."""
    return {
        match[1]: Role(
            match[1],
            template.count("\n", 0, match.start()) + 1,
            tuple(name.strip() for name in match[2].split(",") if name.strip()),
        )
        for match in _MACRO.finditer(template)
    }


def macro_name(role: str) -> str:
    """The macro that writes frames of a role: `band-head` is written by `band_head`."""
    return role.replace("-", "_")


def word_names(parameters: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The layouts' own words that these parameters name, in the order of `words.toml`."""
    asked = {name.removeprefix(WORD) for name in parameters if name.startswith(WORD)}
    return tuple(name for name in known if macro_name(name) in asked)
