"""Reads the print desk that a project's output has: all of its pages, and the files that they lead to."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"[^>]*>')


def page_files(output: Path, name: str = "desk") -> list[Path]:
    """The pages of a desk: the first page, then those of the folder."""
    return [path for path in (output / f"{name}.html", *sorted((output / name).rglob("*.html"))) if path.is_file()]


def desk_text(output: Path, name: str = "desk") -> str:
    """The HTML of all pages of a desk, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in page_files(output, name))


def links_in(output: Path, page: Path) -> list[tuple[str, str]]:
    """Each link of a page that leads to a file below the output: the path from there, and its opening tag."""
    folder = posixpath.dirname(page.relative_to(output).as_posix())
    found = _LINK.finditer(page.read_text(encoding="utf-8"))
    return [
        (posixpath.normpath(posixpath.join(folder, unquote(m[1]))), m[0])
        for m in found
        if not re.match("#|[a-z]+:", m[1])
    ]


def offered_files(output: Path, name: str = "desk", *, beside: bool = False) -> list[str]:
    """The files that a desk offers to print alone, each once; with `beside` those to hand out with the English."""
    tags = [link for page in page_files(output, name) for link in links_in(output, page)]
    files = [(path, "data-beside" in tag) for path, tag in tags if path.endswith((".pdf", ".html"))]
    editions = ("released/", "current/")
    return sorted({path for path, old in files if old is beside and path.startswith(editions)})
