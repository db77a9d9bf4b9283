"""Finds objects that are drawn the same: a pattern behind twenty marks is drawn twenty times, and needed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pydyf

from pressroom.render.tags.objects import content_of, number_of
from pressroom.render.tags.pdf_bytes import renumbered

# What is drawn by its name alone. Fonts and states are few, and each is another one.
_KINDS: Final = ("XObject", "Pattern", "Shading")


def first_of_each(pdf: pydyf.PDF, resources: Mapping[str, Any]) -> dict[int, int]:
    """The number of the first object that says the same, for each object that these resources lead to."""
    finder = _Finder(pdf)
    for kept in ("Font", "ColorSpace"):
        if isinstance(resources.get(kept), bytes):
            finder.keep(number_of(resources[kept]))
    for kind in _KINDS:
        for reference in resources.get(kind, {}).values():
            finder.first(number_of(reference))
    return finder.firsts


@dataclass(slots=True)
class _Finder:
    pdf: pydyf.PDF
    firsts: dict[int, int] = field(default_factory=dict)
    _known: dict[tuple[bytes, bytes], int] = field(default_factory=dict)

    def keep(self, number: int) -> None:
        """Do not look for others like this object."""
        self.firsts[number] = number

    def first(self, number: int) -> int:
        """An object is like another one if all that it refers to is; one that leads to itself is like no other."""
        if number not in self.firsts:
            self.keep(number)
            item = self.pdf.objects[number]
            is_stream = isinstance(item, pydyf.Stream)
            text = renumbered((pydyf.Dictionary(item.extra) if is_stream else item).data, self.first)
            data = content_of(item) if is_stream else b""
            self.firsts[number] = self._known.setdefault((text, data), number)
        return self.firsts[number]
