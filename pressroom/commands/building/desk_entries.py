"""A file at the desk: what its own label says of it, and on which paper and how it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pressroom.approval import Label
from pressroom.approval.releases import PRINT_SHOP

_EDGE: Final = re.compile(r"flip on the (long|short) edge")
_OWN_SIZE: Final = "own-size"
# The papers that a tray holds most often, by how labels begin.
_SHORT: Final = {"US Letter": ("letter", "Letter"), "A4": ("a4", "A4")}
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, order=True)
class Tray:
    """A paper in a printer's tray: its name in addresses, and for people. Both are empty for what is not printed."""

    slug: str = ""
    name: str = ""

    @property
    def is_usual(self) -> bool:
        """True for a paper that a tray is filled with; False for stock of a card's own size."""
        return self.slug not in ("", _OWN_SIZE)


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A file to print or to show. `path` leads from the output folder to it; `until` is its last month or day.

    `small_print` is how its control line begins and ends. `product` and `sha256` are as in the manifest. A file that is
    `beside_english` is older than the English, and may be handed out only together with it.
    """

    tag: str
    clinic: str
    document: str
    label: Label
    path: str
    until: str = ""
    small_print: str = ""
    product: str = ""
    sha256: str = ""
    beside_english: bool = False

    @property
    def on_screen(self) -> bool:
        """True if it is not for printing."""
        return self.path.endswith(".html")

    @property
    def for_shop(self) -> bool:
        """True if a print shop prints it."""
        return self.label.printed_by == PRINT_SHOP

    @property
    def at_desk(self) -> bool:
        """True if it is printed at the desk."""
        return not (self.on_screen or self.for_shop)

    @property
    def tray(self) -> Tray:
        """The paper that it is printed on."""
        if not self.at_desk:
            return Tray()
        if "own size" in self.label.paper:
            return Tray(_OWN_SIZE, self.label.paper)
        name = self.label.paper.partition(", ")[0]
        return Tray(*_SHORT.get(name, (_NOT_IN_NAMES.sub("-", name.lower()).strip("-"), name)))

    @property
    def edge(self) -> str:
        """`long` or `short`: on which edge the printer turns the paper; empty if that is left to people."""
        match = _EDGE.search(self.label.how)
        return match[1] if match else ""

    @property
    def sides(self) -> str:
        """`two` or `one`; empty if either will do, or none is printed."""
        how = self.label.how.partition(",")[0].partition(";")[0].strip()
        return {"two sides": "two", "one side": "one"}.get(how, "") if self.at_desk else ""
