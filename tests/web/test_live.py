"""Live views: a save draws a page again, an error keeps the last picture, and each word knows its message."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from pressroom.commands.building.live_fonts import LiveFonts
from pressroom.commands.building.live_view import LiveView, PreparedView
from pressroom.fingerprint import content_hash
from pressroom.web import live
from pressroom.workspace.workspace import Workspace
from tests.web.conftest import Served

WHERE = {"document": "signs", "locale": "es", "product": "slip", "clinic": "larkspur-clinic"}
PNG = b"\x89PNG"


class Heard:
    """The events of a server from now on."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def next(self, *names: str) -> tuple[str, dict[str, Any]]:
        """The next event with one of these names, and its data."""
        found = ""
        for line in self._lines:
            if line.startswith("event:"):
                found = line.removeprefix("event:").strip()
            elif line.startswith("data:") and found in names:
                return found, json.loads(line.removeprefix("data:"))
        raise AssertionError(f"the stream ended without {names}")


@contextmanager
def listening(served: Served) -> Iterator[Heard]:
    """Listen to the events of a server."""
    with httpx.stream("GET", f"{served.address}/events", timeout=60) as stream:
        heard = Heard(stream.iter_lines())
        heard.next("hello")
        yield heard


def state(served: Served, locale: str = "es", **other: str) -> dict[str, Any]:
    """The view of the document in a locale, once it is drawn."""
    asked = {"product": "slip", "clinic": "larkspur-clinic"} | other
    answer = httpx.get(f"{served.address}/live/{locale}/signs", params=asked, timeout=60)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def words(served: Served, shown: dict[str, Any], page: int = 0) -> list[dict[str, Any]]:
    """The words of a page."""
    found: list[dict[str, Any]] = httpx.get(f"{served.address}/words/{shown['pages'][page]['hash']}.json").json()[
        "words"
    ]
    return found


def workers() -> set[int]:
    """The workers of this process."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if parent == os.getpid() and b"pressroom.production.live:draw" in command:
                found.add(int(entry.name))
    return found


def test_a_view_has_pictures_of_its_pages_that_never_change(served: Served) -> None:
    """A picture has a name of its own, so a browser may keep it."""
    (page,) = state(served)["pages"]
    answer = httpx.get(f"{served.address}/page/{page['hash']}.png")
    assert answer.content.startswith(PNG)
    assert "immutable" in answer.headers["cache-control"]
    assert (int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])) == (page["w"], page["h"])
    assert httpx.get(f"{served.address}/page/{content_hash(b'another')}.png").status_code == 404


def test_words_name_their_message(served: Served) -> None:
    """Each has its number in the document, its key, its status, and a row for each line."""
    found = {one["n"]: one for one in words(served, state(served)) if one["n"]}
    assert found[2]["msgid"] == "Call for help"
    assert found[2]["status"] == "translated"
    assert found[2]["language"] == "es"
    assert len(found[2]["rows"]) == 1
    assert all(width > 0 and height > 0 for one in found.values() for _, _, width, height in one["rows"])


def test_a_save_draws_the_page_again(served: Served) -> None:
    """Which messages changed is said at once, and then where the new picture is."""
    before = state(served)
    with listening(served) as heard:
        served.bench.edit(served.bench.catalog, "Pida ayuda", "Pida ayuda ahora mismo")
        _, saved = heard.next("saved")
        _, drawn = heard.next("drawn", "stuck")
    assert saved["messages"] == [{"n": 2, "status": "translated"}]
    assert {name: drawn[name] for name in WHERE} == WHERE
    assert drawn["pages"][0]["hash"] != before["pages"][0]["hash"]
    assert drawn["pages"] == state(served)["pages"]
    assert httpx.get(f"{served.address}/page/{drawn['pages'][0]['hash']}.png").content.startswith(PNG)


def test_an_editor_that_puts_a_new_file_in_place_is_noticed(served: Served) -> None:
    """Many write beside the file and rename."""
    state(served)
    catalog = served.bench.catalog
    with listening(served) as heard:
        for text in ("Pida ayuda ya", "Pida ayuda ahora"):
            new = catalog.with_name("signs.po.tmp")
            content = catalog.read_text(encoding="utf-8").replace("Pida ayuda", text, 1)
            new.write_text(content, encoding="utf-8")
            new.replace(catalog)
            assert heard.next("drawn", "stuck")[0] == "drawn"


def test_a_file_that_no_view_is_made_of_draws_nothing(served: Served) -> None:
    """A picture is drawn for other words alone."""
    mark = state(served)["mark"]
    with listening(served) as heard:
        (served.bench.root / "source" / "README.md").write_text("Notes", encoding="utf-8")
        heard.next("changed")
    assert state(served)["mark"] == mark


def test_after_an_error_the_last_good_picture_stays(served: Served) -> None:
    """Its age is known; once the file is right again, the page is drawn again."""
    good, text = state(served), served.bench.catalog.read_text(encoding="utf-8")
    with listening(served) as heard:
        served.bench.catalog.write_text(text.replace('msgstr "Pida ayuda"', 'msgstr "Pida ayuda'), encoding="utf-8")
        name, stuck = heard.next("drawn", "stuck")
        assert name == "stuck"
        assert stuck["code"]
        assert stuck["message"]
        assert stuck["good_age"] >= 0
        shown = state(served)
        assert shown["pages"] == good["pages"]
        assert shown["stuck"]["code"] == stuck["code"]
        assert httpx.get(f"{served.address}/page/{good['pages'][0]['hash']}.png").status_code == 200
        served.bench.catalog.write_text(text.replace("Pida ayuda", "Pida más ayuda"), encoding="utf-8")
        heard.next("drawn")
    shown = state(served)
    assert shown["stuck"] is None
    assert shown["pages"] != good["pages"]


def test_the_english_beside_it_is_drawn_too(served: Served) -> None:
    """An edit of the source draws both again: the English, and the text that is no longer translated."""
    english, spanish = state(served, "en"), state(served)
    assert english["pages"] != spanish["pages"]
    with listening(served) as heard:
        served.bench.edit(served.bench.source, "# Call for help", "# Call for help now")
        drawn = {heard.next("drawn")[1]["locale"] for _ in range(2)}
    assert drawn == {"en", "es"}
    found = {one["msgid"]: one for one in words(served, state(served))}
    assert found["Call for help now"]["status"] == "untranslated"


def test_invented_languages_are_drawn(served: Served) -> None:
    """They show an author the room that longer languages need, and text from right to left."""
    for locale in ("en-XA", "ar-XB"):
        assert {one["language"] for one in words(served, state(served, locale))} == {locale}


def test_text_that_runs_over_is_measured(served: Served) -> None:
    """How much is too much, in millimetres and in letters."""
    state(served)
    with listening(served) as heard:
        served.bench.edit(served.bench.catalog, "dé 2 pasos atrás", "dé 2 pasos atrás " + "y otra vez más " * 60)
        heard.next("drawn")
    shown = state(served)
    (over,) = [room for room in shown["rooms"] if room["mm"] < 0]
    assert over["letters"] < 0
    assert "overset" in {finding["code"] for finding in shown["findings"]}


def test_what_the_project_does_not_have_is_said(served: Served) -> None:
    """With what there is."""
    answer = httpx.get(f"{served.address}/live/es/sgns", params={"product": "slip", "clinic": "larkspur-clinic"})
    assert answer.status_code == 404
    assert "signs" in answer.json()["hint"]


def test_a_document_that_is_gone_is_said(served: Served) -> None:
    """It can be renamed while it is open; under its old name it is drawn again when it is back."""
    state(served)
    elsewhere = served.bench.source.with_name("other.md")
    with listening(served) as heard:
        served.bench.source.rename(elsewhere)
        assert heard.next("stuck")[1]["code"] == "gone"
        elsewhere.rename(served.bench.source)
        while httpx.get(f"{served.address}/live/es/signs", params=WHERE, timeout=60).status_code == 404:
            heard.next("changed")
    assert len(state(served)["pages"]) == 1


def test_a_fault_of_the_program_in_one_view_leaves_the_others(
    served: Served, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said to the pages of that view."""
    state(served)
    state(served, "en")
    real = live.prepare_view

    def faulty(workspace: Workspace, view: LiveView, fonts: LiveFonts) -> PreparedView:
        if view.locale == "en":
            raise KeyError("a fault")
        return real(workspace, view, fonts)

    monkeypatch.setattr(live, "prepare_view", faulty)
    with listening(served) as heard:
        served.bench.edit(served.bench.source, "# Call for help", "# Call for help now")
        said = {heard.next("drawn", "stuck")[0] for _ in range(2)}
    assert said == {"drawn", "stuck"}
    assert state(served, "en")["stuck"]["code"] == "render-crashed"
    assert len(state(served, "en")["pages"]) == 1
    assert "a fault" in capsys.readouterr().err


def test_a_worker_that_is_killed_is_replaced(served: Served) -> None:
    """The next save is drawn all the same."""
    state(served)
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    with listening(served) as heard:
        served.bench.edit(served.bench.catalog, "Pida ayuda", "Pida ayuda ya")
        name, _ = heard.next("drawn", "stuck")
    assert name == "drawn"


def test_pictures_of_another_project_are_not_served(served: Served) -> None:
    """A name is looked up among the pictures that are kept, and is never a path."""
    for path in ("/page/..%2f..%2fpyproject.png", "/words/..%2f..%2fpyproject.json"):
        assert httpx.get(served.address + path).status_code == 404
