"""A base and an imprint, ready to be linked: finished objects as bytes, with the numbers that both agreed on.

The objects that depend on both have fixed numbers. Those of the base alone follow, then those of the imprint. On each
page the marks of the imprint follow those of the base, and so do its keys in the tree of parents. So nothing of either
is parsed or changed when they are joined.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pressroom.render.tags.pdf_bytes import Chunk
from pressroom.render.tags.subsets import Letters

# The numbers of what a file has one of; those of its pages, and of their contents, follow.
ROOT, PAGES, RESOURCES, TREE, PARENTS, DOCUMENT, INFO, METADATA = range(1, 9)
FIRST_PAGE: Final = 9


@dataclass(frozen=True, slots=True)
class BasePage:
    """A page of a base: its boxes, its content as chunks with the names of the imprint's frames between them.

    `frames` are the names of all its frames. `areas` are references to its active areas, `owners` the owner of each of
    its marks, `marks` how many there are.
    """

    boxes: bytes
    frames: tuple[str, ...]
    content: tuple[Chunk | str, ...]
    areas: bytes
    owners: bytes
    marks: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's tag: its number, and what is in each of its parts: tags in bytes, or None if another file has it."""

    number: int
    parts: tuple[bytes | None, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """What is the same in the file of each clinic.

    `body` is the beginning of the file, `entries` its table of places. `following` is the number of an imprint's first
    object, `areas` its first key in the tree of parents. `resources` are dictionaries of what pages use by name.
    `root` are entries of the catalog, `fonts` the names of its fonts, `colours` the names of its colour spaces, and the
    number of their dictionary. `parents` are the owners of its active areas, by key. `letters` are what an imprint is
    set in, as far as they go.
    """

    body: bytes
    entries: bytes
    following: int
    pages: tuple[BasePage, ...]
    sheets: tuple[Sheet, ...]
    resources: Mapping[str, bytes]
    colours: tuple[frozenset[str], int]
    root: bytes
    parents: bytes
    areas: int
    fonts: frozenset[str]
    letters: Letters

    def page(self, number: int) -> int:
        """The number of a page's object."""
        return FIRST_PAGE + number

    def content(self, number: int) -> int:
        """The number of a page's content."""
        return FIRST_PAGE + len(self.pages) + number


@dataclass(frozen=True, slots=True)
class Imprint:
    """What one clinic's file has beside the base: streams, small objects, and content by page and frame.

    `sheets` have the tags of its parts; a file that is not joined has none. `areas`, `owners` and `parents` go on where
    those of the base end. `keys` is the next key in the tree of parents.
    """

    streams: tuple[tuple[int, bytes], ...]
    objects: tuple[tuple[int, bytes], ...]
    following: int
    content: tuple[Mapping[str, Chunk], ...]
    sheets: tuple[Sheet, ...]
    areas: tuple[bytes, ...]
    owners: tuple[bytes, ...]
    parents: bytes
    keys: int
    resources: Mapping[str, bytes]
    root: bytes
    info: bytes
    metadata: bytes
    fonts: frozenset[str]
