"""Divides a drawing's lines by page, so that a page can be compared with the same page as it was."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from pressroom.drawing.lines import text_hash

_PAGE: Final = re.compile(r"page (\d+) ")


def page_hashes(*parts: str) -> dict[int, str]:
    """A hash of what each page (from 1) paints, of the lines of a drawing's parts: its base and its imprint.

    A drawing without pages, that of a web page, is page 1.
    """
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for part in parts:
        page = 1
        for line in part.splitlines():
            found = _PAGE.match(line)
            page = int(found[1]) if found else page
            lines[page].append(line)
    return {page: text_hash(of_page) for page, of_page in sorted(lines.items())}


def page_sizes(part: str) -> dict[int, tuple[float, float]]:
    """The width and height of each page in points, of the lines of a drawing's base."""
    found = re.finditer(r"^page (\d+) MediaBox \S+ \S+ ([\d.]+) ([\d.]+)", part, re.MULTILINE)
    return {int(page[1]): (float(page[2]), float(page[3])) for page in found}
