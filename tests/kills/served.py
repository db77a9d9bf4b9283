"""What people do in a browser, as commands that are killed: a server in this process, and a browser for its forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape

import httpx

from tests.commands.conftest import PUBLISHER, Bench
from tests.web.conftest import serving

_SAVED = "Pida ayuda ya"


@contextmanager
def _browser(bench: Bench, name: str) -> Iterator[httpx.Client]:
    """A browser in which a person has said who they are."""
    with closing(serving(bench)) as servers:
        address = next(servers).address
        with httpx.Client(base_url=address, follow_redirects=True, timeout=120) as browser:
            who = _fields(browser.get("/sign-in?next=/review").text, "/sign-in") | {
                "name": name,
                "qualification": "in a story",
            }
            browser.post("/sign-in", data=who).raise_for_status()
            yield browser


def _fields(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that is sent to this address, and its ticked boxes."""
    form = next(part for part in re.split(r"(?=<form )", page) if f'action="{action}' in part.split(">")[0])
    found = re.findall(r'<input type="(?:hidden|checkbox)" name="([\w-]+)" value="([^"]*)"', form.split("</form>")[0])
    return {field: unescape(value) for field, value in found}


def save(bench: Bench) -> None:
    """Save a message on the translate face."""
    with _browser(bench, "Tomás Traductor") as browser:
        page = browser.get("/translate/es/signs").text
        article = next(one for one in page.split("<article")[1:] if 'data-english="Call for help"' in one)
        sent = _fields(article, "/translate/es/signs/save") | {"text": _SAVED, "stay": "1"}
        browser.post("/translate/es/signs/save", data=sent).raise_for_status()
    assert _SAVED in bench.catalog.read_text(encoding="utf-8")


def recall(bench: Bench) -> None:
    """Recall the Spanish on the review face: a record is written, and files are deleted."""
    with _browser(bench, PUBLISHER) as browser:
        at = "/review/recall/signs"
        sent = _fields(browser.get(at, params={"locale": "es"}).text, at) | {"reason": "a misprint", "sure": "1"}
        browser.post(at, params={"locale": "es"}, data=sent).raise_for_status()
    assert list((bench.root / "source" / "recalls").glob("*.toml"))


def release(bench: Bench) -> None:
    """Release on the review face: made, shown, and released."""
    with _browser(bench, PUBLISHER) as browser:
        at = "/review/release"
        chosen = _fields(browser.get(at).text, at) | {"text": ["signs/en", "signs/es"]}
        shown = browser.post(at, data=chosen).raise_for_status().text
        browser.post(at, data=_fields(shown, at)).raise_for_status()
    assert bench.offered("es")
