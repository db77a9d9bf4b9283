from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAMED = re.compile(r"docs/[a-z/-]+\.md")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_BLOCK = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def _text(page: Path) -> str:
    return _BLOCK.sub("", page.read_text(encoding="utf-8"))


def _links(page: Path) -> list[tuple[str, str]]:
    """The file and the anchor of every link that leads to a file of this repository."""
    links = (link.partition("#") for link in _LINK.findall(_text(page)) if ":" not in link)
    return [(path, anchor) for path, _, anchor in links]


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and GitLab make them."""
    headings = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading) for heading in _HEADING.findall(_text(page)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pages
def test_links_lead_somewhere(page: Path) -> None:
    """Every link and every picture of a page is a file of this repository."""
    assert [path for path, _ in _links(page) if path and not (page.parent / path).exists()] == []


@pages
def test_anchors_lead_somewhere(page: Path) -> None:
    """Every anchor that a page links to is a heading of that page."""
    targets = [(page.parent / path if path else page, anchor) for path, anchor in _links(page) if anchor]
    assert [(target.name, anchor) for target, anchor in targets if anchor not in _anchors(target)] == []


def test_hints_lead_somewhere() -> None:
    """Every document that the engine or a data file names is there."""
    sources = [path for path in (ROOT / "pressroom").rglob("*") if path.suffix in {".py", ".toml", ".html", ".css"}]
    named = {name for path in sources for name in _NAMED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_document_is_led_to() -> None:
    """Another page links to every page of docs/, so that none is an island."""
    linked = {(page.parent / path).resolve() for page in PAGES for path, _ in _links(page) if path}
    assert [page for page in sorted((ROOT / "docs").rglob("*.md")) if page.resolve() not in linked] == []
