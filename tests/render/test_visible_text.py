from __future__ import annotations

import pytest
from weasyprint import CSS, HTML

from pressroom.diagnostics import Span
from pressroom.render.engine import font_configuration
from pressroom.render.visible_text import hidden_or_added

STYLE = """
@page { size: 40mm 40mm; margin: 8mm; @bottom-right { content: %s; font: 6pt "Noto Sans" } }
* { font: 6pt "Noto Sans" } p { break-after: page } p:last-child { break-after: auto }
ol { counter-reset: step; list-style: none } li::before { counter-increment: step; content: counter(step) }
"""
OF_PAGES = 'counter(page) " / " counter(pages)'


def _codes(body: str, margin: str = OF_PAGES) -> list[str]:
    html = HTML(string=f'<html lang="en"><body>{body}</body></html>')
    document = html.render(stylesheets=[CSS(string=STYLE % margin)], font_config=font_configuration())
    return [finding.code for finding in hidden_or_added(document, html.etree_element, Span("a"))]


@pytest.mark.parametrize("pages", [3, 9, 10, 12, 101])
@pytest.mark.parametrize("margin", [OF_PAGES, r'"\2066" counter(page) " / " counter(pages) "\2069"'])
def test_page_numbers(pages: int, margin: str) -> None:
    """A document has as many pages as it needs: their numbers are no words that a style adds."""
    assert _codes("<p>Walk a little.</p>" * pages, margin) == []


def test_long_list() -> None:
    """A list has as many steps as it needs."""
    assert _codes(f"<ol>{'<li>Walk.</li>' * 101}</ol>") == []


@pytest.mark.parametrize("added", ['"Call 12"', '"page " counter(page)', '"five"'])
def test_words(added: str) -> None:
    """A word in the margin is still one that a style adds, also beside a number."""
    assert "text-added" in _codes("<p>Walk a little.</p>" * 12, added)
