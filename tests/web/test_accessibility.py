"""Every page, in both schemes, in English and Arabic, at three widths: axe-core finds nothing, and nothing runs over.

A page of the application has a line in `PAGES`. axe-core checks WCAG 2.2 A and AA and its own best practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.commands.conftest import Bench
from tests.web.conftest import Served, serving

# The English and Spanish of the document `signs` are released. One address for each page that differs.
PAGES: Final = (
    "/",
    "/?show=held",
    "/translate",
    "/translate/es",
    "/translate/es/signs",
    "/translate/es/signs?view=pages",
    "/translate/en/signs",
    "/review",
    "/review/es/signs",
    "/review/es/signs/sign",
    "/review/release",
    "/review/recall/signs",
    "/desk/",
    "/desk/larkspur-clinic/letter/",
    "/desk/larkspur-clinic/letter/es",
    "/desk/larkspur-clinic/shop",
    "/verify",
    "/verify/00000000",
    "/sign-in",
    "/keys",
    "/nowhere",
)
_WIDTHS: Final = (1280, 820, 390)
_NARROW: Final = (390, 320)
_RULES: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


@pytest.fixture(scope="module")
def shown(finished: Bench) -> Iterator[Served]:
    """A project that is released, with its people listed, served for all tests of this module."""
    yield from serving(finished)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_found(shown: Served, chromium: Browser, path: str, language: str) -> None:
    """No finding in any scheme or width, with everything that can be opened open."""
    context = chromium.new_context(locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(shown.address + path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = list(_found(page))
    context.close()
    assert found == []


def _found(page: Page) -> Iterator[str]:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in _WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for one in Axe().run(page, options=_RULES).response["violations"]:
                yield f"{scheme} {width}: {_said(one)}"
    for width in _NARROW:
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            yield f"{width}: the page runs over by {over} px"


def _said(violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    return f"{violation['id']} ({len(violation['nodes'])}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
