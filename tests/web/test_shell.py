"""What every page of the application has, and what the guard refuses."""

from __future__ import annotations

import re

import httpx
import pytest

FACES = ("/", "/translate", "/review", "/desk/", "/verify")


@pytest.mark.parametrize("path", FACES)
def test_each_face_answers(served, path: str) -> None:
    """Each face has a page, and says where it is; the print desk has a bar of its own, with the clinic in it."""
    answer = httpx.get(served.address + path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert ('aria-current="page"' in answer.text) == (path != "/desk/")


def test_the_interface_in_arabic_runs_from_right_to_left(served) -> None:
    """The browser's language is the interface's."""
    answer = httpx.get(served.address, headers={"accept-language": "ar"})
    assert '<html lang="ar" dir="rtl">' in answer.text


def test_another_host_is_refused(served) -> None:
    """A page elsewhere can point a name of its own at this machine (DNS rebinding)."""
    assert httpx.get(served.address, headers={"host": "elsewhere.example"}).status_code == 421


@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"sec-fetch-site": "cross-site"}])
def test_a_form_of_another_site_is_refused(served, headers: dict[str, str]) -> None:
    """The browser says where a form comes from."""
    assert httpx.post(f"{served.address}/verify", headers=headers).status_code == 403


def test_a_form_without_its_token_is_refused(served) -> None:
    """Only a page of this server knows the token."""
    assert httpx.post(f"{served.address}/verify", data={"token": "0" * 64}).status_code == 403


def test_a_large_body_is_refused(served) -> None:
    """What a person types is far smaller."""
    assert httpx.post(f"{served.address}/translate", content=b"x" * 2_000_000).status_code == 413


def test_a_change_on_disk_reaches_an_open_page(served) -> None:
    """The stream says which file changed."""
    with httpx.stream("GET", f"{served.address}/events", timeout=20) as stream:
        lines = stream.iter_lines()
        assert next(line for line in lines if line.startswith("event:")) == "event: hello"
        served.bench.edit(served.bench.source, "take 2 steps back", "take 3 steps back")
        data = next(line for line in lines if re.search("source/signs.md", line))
        assert data.startswith("data:")


def test_a_page_loads_without_anything_from_elsewhere(served, tab) -> None:
    """No address but the server's is asked."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(served.address)
    assert asked
    assert all(url.startswith(served.address) for url in asked)
