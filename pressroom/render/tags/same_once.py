"""Finds objects that are drawn the same: a pattern behind twenty marks is drawn twenty times, and needed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import pikepdf
from pikepdf import Dictionary

from pressroom.render.tags.pdf_bytes import renumbered

# What is drawn by its name alone. Fonts and states are few, and each is another one.
_KINDS: Final = ("/XObject", "/Pattern", "/Shading")


def first_of_each(pdf: pikepdf.Pdf, resources: Any) -> dict[int, int]:  # noqa: ANN401  pikepdf publishes no types
    """The number of the first object that says the same, for each object that these resources lead to."""
    finder = _Finder(pdf)
    for kept in ("/Font", "/ColorSpace"):
        if kept in resources and resources[kept].is_indirect:
            finder.keep(resources[kept].objgen[0])
    for kind in _KINDS:
        for item in resources.get(kind, Dictionary()).values():
            if item.is_indirect:
                finder.first(item.objgen[0])
    return finder.firsts


@dataclass(slots=True)
class _Finder:
    pdf: pikepdf.Pdf
    firsts: dict[int, int] = field(default_factory=dict)
    _known: dict[tuple[bytes, bytes], int] = field(default_factory=dict)

    def keep(self, number: int) -> None:
        """Do not look for others like this object."""
        self.firsts[number] = number

    def first(self, number: int) -> int:
        """An object is like another one if all that it refers to is; one that leads to itself is like no other."""
        if number not in self.firsts:
            self.keep(number)
            item = self.pdf.get_object(number, 0)
            is_stream = isinstance(item, pikepdf.Stream)
            said = item.stream_dict if is_stream else item
            text = renumbered(said.unparse(resolved=True), self.first)
            data = item.read_raw_bytes() if is_stream else b""
            self.firsts[number] = self._known.setdefault((text, data), number)
        return self.firsts[number]
