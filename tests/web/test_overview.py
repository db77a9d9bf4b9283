"""The overview in a browser: pictures and words of state, filters, and what it does when a file changes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from pressroom.language import ENGLISH
from pressroom.pages.calendar import Day, calendar
from tests.commands.conftest import TODAY, Bench
from tests.web.conftest import Served, serving, until


@pytest.fixture
def served_release(finished: Bench) -> Iterator[Served]:
    """A project whose English and Spanish are released, served."""
    yield from serving(finished)


def text_of(html: str) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_document_is_there_in_each_language(served) -> None:
    """A row for each language, English first, and a link to what comes next."""
    page = httpx.get(served.address).text
    rows = re.findall(r'<tr id="l-([\w-]+)"', page)
    assert rows[0] == ENGLISH
    assert "es" in rows
    assert 'href="/review/es/signs"' in page
    assert "A translator is next" in page
    assert "the English is not approved" in text_of(page)


def test_a_list_of_clinics_that_can_not_be_read_is_said(served) -> None:
    """The page names the file, and does not say that everything is done."""
    (served.bench.root / "source" / "clinics.toml").write_text("[[[ not a table\n", encoding="utf-8")
    for _ in range(100):
        page = text_of(httpx.get(served.address).text)
        if "clinics.toml" in page:
            break
        time.sleep(0.1)
    assert "source/clinics.toml can’t be read" in page
    assert "everything that can be done is done" not in page


def test_the_filters_show_a_part(served) -> None:
    """Nothing is released yet; an unknown filter shows all."""
    page = httpx.get(f"{served.address}/?show=released").text
    assert "There is none." in page
    assert re.search(r'aria-current="true">Released', page)
    assert 'id="l-es"' in httpx.get(f"{served.address}/?show=else&clinic=nowhere").text


def test_the_review_dates_go_into_a_calendar(served) -> None:
    """A calendar program reads the file."""
    answer = httpx.get(f"{served.address}/dates.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20271130\r\n" in answer.text


def test_a_long_line_of_a_calendar_goes_on_in_the_next() -> None:
    """No line has more than 75 bytes, and signs that mean something are escaped."""
    text = calendar("Näme", [Day(TODAY, "ä" * 100, "one, two; three")], TODAY)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "DESCRIPTION:one\\, two\\; three" in text
    assert "ä" * 100 in text.replace("\r\n ", "")


def test_the_page_follows_the_files(served, tab) -> None:
    """After a save the cell has its new words; what is focused stays focused, and the page does not move."""
    tab.emulate_media(reduced_motion="reduce")
    tab.set_viewport_size({"width": 390, "height": 500})
    tab.goto(served.address)
    until(tab, "document.querySelector('[data-live]').textContent.includes('live')")
    link = tab.locator("#l-es td a")
    link.focus()
    before = tab.evaluate("scrollY")
    assert before > 0
    served.bench.edit(served.bench.catalog, 'msgstr "Pida ayuda"', 'msgstr ""')
    tab.locator("#l-es", has_text="Not finished").wait_for()
    assert tab.evaluate("document.activeElement.closest('tr')?.id") == "l-es"
    assert tab.evaluate("scrollY") == pytest.approx(before, abs=2)


def test_what_is_released(served_release) -> None:
    """Four boxes with the version, and the last day with the languages."""
    page = httpx.get(served_release.address).text
    assert page.count('href="#g-4"') == 2
    assert "Released 1.0" in page
    assert "30 Nov 2027" in page
    assert "English and Spanish" in text_of(page)
    spanish = httpx.get(served_release.address, headers={"accept-language": "es"}).text
    assert "Publicado 1.0" in spanish


def test_without_a_script_it_is_complete(served, chromium) -> None:
    """The filters and the choice of a clinic are links and a form."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    page.get_by_role("link", name=re.compile("Needs somebody")).click()
    page.wait_for_url("**show=needs**")
    expect(page.locator("#l-es")).to_have_count(1)
    context.close()
