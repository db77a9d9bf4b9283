"""What every page shares: its languages, the brand's colours, its icon, and pages for addresses that fail."""

from __future__ import annotations

import httpx


def test_a_page_that_is_not_there_is_one_of_ours(served) -> None:
    """An unknown address has a page with the way back, in the visitor's language, under the same policy."""
    answer = httpx.get(f"{served.address}/no<b>where", headers={"accept-language": "es"})
    assert answer.status_code == 404
    assert '<html lang="es"' in answer.text
    assert "<b>where" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_failure_is_one_of_our_pages_and_shows_nothing_of_the_program(served, monkeypatch) -> None:
    """An error in the program answers 500 with a plain page under the policy, and no traceback."""

    def fails(_: str) -> bytes:
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr("pressroom.web.application.static_file", fails)
    answer = httpx.get(f"{served.address}/static/1/app.css")
    assert answer.status_code == 500
    assert "The program has failed" in answer.text
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_another_language_keeps_the_address_and_is_remembered(served) -> None:
    """The choice in the footer keeps what the address says, and the next page has the language too."""
    with httpx.Client(base_url=served.address) as browser:
        page = browser.get("/?show=needs&lang=es").text
        assert 'href="/?show=needs&amp;lang=ar"' in page
        assert browser.get("/?show=needs&lang=ar").text.count('<html lang="ar" dir="rtl">') == 1
        assert '<html lang="ar" dir="rtl">' in browser.get("/verify").text


def test_the_brand_colours_the_pages(served) -> None:
    """A change of layouts/brand.toml is in the next answer."""
    assert "--colour-flow" not in httpx.get(f"{served.address}/brand.css").text
    brand = served.bench.root / "layouts" / "brand.toml"
    with httpx.stream("GET", f"{served.address}/events", timeout=20) as stream:
        lines = stream.iter_lines()
        next(line for line in lines if line.startswith("event:"))
        brand.write_text('[colour]\nink = "#000"\nflow = "#24408e"\n', encoding="utf-8")
        next(line for line in lines if "layouts/brand.toml" in line)
    assert "--colour-flow: #24408e;" in httpx.get(f"{served.address}/brand.css").text


def test_nothing_that_a_page_asks_for_is_missing(served, tab) -> None:
    """A browser finds every file that the pages name, the icon too."""
    missing: list[str] = []
    tab.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    for path in ("/", "/translate", "/review", "/desk/", "/verify"):
        tab.goto(served.address + path)
        tab.wait_for_load_state("load")
    assert missing == []
