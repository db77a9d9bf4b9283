from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_NAMED = re.compile(r"docs/[a-z/-]+\.md")
_PAGES = [
    ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "source/README.md")
]
PAGES = [*_PAGES, *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every link of a page to a file of this repository leads to one."""
    broken = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert broken == []


def test_hints_lead_somewhere() -> None:
    """Every document that the engine or a data file names is there."""
    sources = [path for path in (ROOT / "pressroom").rglob("*") if path.suffix in {".py", ".toml", ".html", ".css"}]
    named = {name for path in sources for name in _NAMED.findall(path.read_text(encoding="utf-8"))}
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_document_is_led_to() -> None:
    """No page of docs/ is an island: another page links to it."""
    linked = {
        (page.parent / link).resolve() for page in PAGES for link in _LINK.findall(page.read_text(encoding="utf-8"))
    }
    assert [page for page in sorted((ROOT / "docs").rglob("*.md")) if page.resolve() not in linked] == []
