"""The translate face as forms: what each page shows, what a form writes, and what it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

import httpx
import pytest

from pressroom.approval.machine_drafts import COMMENT
from pressroom.catalog.read import read_catalog
from pressroom.commands.catalogs.update import record_machine_drafts
from pressroom.language import find_language
from tests.commands.conftest import Bench
from tests.web.conftest import Served, serving

AT = "/translate/es/signs"


class Visit:
    """A browser without scripts: it keeps its cookie, and sends the forms that a page has."""

    def __init__(self, served: Served, **headers: str) -> None:
        self.served = served
        self.client = httpx.Client(base_url=served.address, headers=headers, timeout=60)

    def get(self, path: str = AT, status: int = 200) -> str:
        """The page at a path."""
        answer = self.client.get(path, follow_redirects=True)
        assert answer.status_code == status
        return answer.text

    def form(self, page: str, english: str) -> dict[str, str]:
        """The fields of the form that saves the message with this English."""
        article = next(one for one in page.split("<article")[1:] if f'data-english="{english}"' in unescape(one))
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', article.split("</form>")[0]))
        return {name: unescape(value) for name, value in fields.items()}

    def post(self, fields: dict[str, str], action: str = "save", status: int = 303) -> httpx.Response:
        """Send a form."""
        answer = self.client.post(f"{AT}/{action}", data=fields)
        assert answer.status_code == status, answer.text
        return answer

    def save(self, english: str, text: str, status: int = 303, **more: str) -> httpx.Response:
        """Save a text for a message as the page shows it now."""
        return self.post(self.form(self.get(), english) | {"text": text} | more, status=status)


@contextmanager
def visiting(served: Served) -> Iterator[Visit]:
    """A browser of somebody else."""
    visit = Visit(served)
    with visit.client:
        yield visit


@pytest.fixture
def visit(served: Served) -> Iterator[Visit]:
    """A visit to the served project."""
    with visiting(served) as visit:
        yield visit


def translation(bench: Bench, english: str) -> str:
    """The text of a message in the file."""
    catalog, problems = read_catalog(bench.catalog.read_bytes(), "signs.po", find_language("es"))
    assert problems == []
    return next(entry for entry in catalog.active if entry.msgid == english).msgstr


def test_each_language_of_the_project_is_listed_with_those_that_are_invented(visit: Visit) -> None:
    """Each language of the project is listed with those that are invented."""
    page = visit.get("/translate")
    for tag in ("es", "en", "en-XA", "ar-XB"):
        assert f'href="/translate/{tag}"' in page


def test_the_documents_of_a_language_say_what_is_translated(visit: Visit) -> None:
    """The documents of a language say what is translated."""
    page = visit.get("/translate/es")
    assert 'href="/translate/es/signs"' in page
    assert 'href="/translate/es/layouts"' in page
    assert "all translated" in page


@pytest.mark.parametrize("path", ["/translate/xx", "/translate/es/nothing", "/translate/en/layouts", "/translate/de"])
def test_what_the_project_does_not_have_is_not_found(visit: Visit, path: str) -> None:
    """What the project does not have is not found."""
    visit.get(path, 404)


def test_the_form_that_changes_what_is_shown_leads_to_an_address(visit: Visit) -> None:
    """The form that changes what is shown leads to an address."""
    answer = visit.client.get("/translate", params={"locale": "en-XA", "document": "signs", "product": "slip"})
    assert answer.headers["location"] == "/translate/en-XA/signs"


def test_a_page_has_its_pictures_with_a_link_over_the_words_of_each_message(visit: Visit) -> None:
    """A page has its pictures with a link over the words of each message."""
    page = visit.get(f"{AT}?wait=1")
    picture = re.search(r'<image href="(/page/[0-9a-f]{64}\.png)"', page)
    assert picture
    assert visit.client.get(picture[1]).content.startswith(b"\x89PNG")
    assert 'aria-label="Message 2: Pida ayuda"' in page
    assert " style=" not in page


def test_a_message_shows_its_english_its_placeholder_and_its_room(visit: Visit) -> None:
    """A message shows its English its placeholder and its room."""
    page = visit.get(f"{AT}?wait=1")
    assert "Call <code>{emergency}</code>" in page
    assert "prints 911" in unescape(page)
    assert "mm left" in page


def test_a_form_saves_a_text_and_leads_to_the_next_unfinished(visit: Visit) -> None:
    """A form saves a text and leads to the next unfinished."""
    visit.served.bench.edit(visit.served.bench.catalog, 'msgstr "Llame al {emergency}"', 'msgstr ""')
    answer = visit.save("Call for help", "Pida ayuda ya")
    assert translation(visit.served.bench, "Call for help") == "Pida ayuda ya"
    assert answer.headers["location"].endswith("#m4")
    assert "m=4" in answer.headers["location"]


def test_a_save_changes_no_byte_but_the_text_and_the_date(visit: Visit) -> None:
    """A save changes no byte but the text and the date."""
    before = visit.served.bench.catalog.read_text(encoding="utf-8")
    visit.save("Call for help", "Pida\r\nayuda")
    expected = before.replace('msgstr "Pida ayuda"', 'msgstr ""\n"Pida\\n"\n"ayuda"')
    expected = expected.replace("YEAR-MO-DA HO:MI+ZONE", "2026-11-23 09:00+0000")
    assert visit.served.bench.catalog.read_text(encoding="utf-8") == expected


def test_a_message_that_changed_meanwhile_is_shown_with_both_texts(visit: Visit) -> None:
    """A message that changed meanwhile is shown with both texts."""
    fields = visit.form(visit.get(), "Call for help")
    visit.served.bench.edit(visit.served.bench.catalog, "Pida ayuda", "Busque ayuda")
    answer = visit.post(fields | {"text": "Pida <ayuda>"}, status=409)
    assert "Busque ayuda" in answer.text
    assert "Pida &lt;ayuda&gt;</textarea>" in answer.text
    assert translation(visit.served.bench, "Call for help") == "Busque ayuda"
    # The form that is shown now has seen the other text.
    visit.post(visit.form(answer.text, "Call for help") | {"text": "Pida ya"})
    assert translation(visit.served.bench, "Call for help") == "Pida ya"


def test_a_text_that_no_catalog_can_hold_is_shown_again(visit: Visit) -> None:
    """A text that no catalog can hold is shown again."""
    answer = visit.save("Call for help", "x" * 10_001, 409)
    assert "10001 characters long" in answer.text
    assert "x" * 10_001 in answer.text


def test_a_text_with_faults_is_saved_and_its_faults_are_shown(visit: Visit) -> None:
    """A text with faults is saved and its faults are shown."""
    visit.save("Call {emergency}", "Llame al 911")
    assert translation(visit.served.bench, "Call {emergency}") == "Llame al 911"
    page = visit.get()
    assert re.search(r"[1-9]\d* findings? in this document", page)
    assert 'data-state="wrong"' in page


def test_a_save_can_be_undone_and_by_the_same_browser_alone(visit: Visit) -> None:
    """A save can be undone and by the same browser alone."""
    before = visit.served.bench.catalog.read_text(encoding="utf-8")
    fields = visit.form(visit.get(), "Call for help")
    visit.save("Call for help", "Pida")
    with visiting(visit.served) as another:
        assert "/undo" not in another.get()
    assert "/undo" in visit.get()
    visit.post(fields, "undo")
    after = visit.served.bench.catalog.read_text(encoding="utf-8")
    assert after.replace("Revision-Date: 2026-11-23 09:00+0000", "Revision-Date: YEAR-MO-DA HO:MI+ZONE") == before
    assert "/undo" not in visit.get()


def test_undo_is_refused_if_the_message_changed_since(visit: Visit) -> None:
    """Undo is refused if the message changed since."""
    fields = visit.form(visit.get(), "Call for help")
    visit.save("Call for help", "Pida")
    visit.served.bench.edit(visit.served.bench.catalog, '"Pida"', '"Busque"')
    answer = visit.post(fields, "undo", 409)
    assert "Busque" in answer.text
    assert translation(visit.served.bench, "Call for help") == "Busque"


def test_a_machine_draft_that_is_saved_as_it_is_is_no_draft_any_more(visit: Visit) -> None:
    """A machine draft that is saved as it is is no draft any more."""
    bench = visit.served.bench
    record_machine_drafts(bench.workspace, "es", ["signs"])
    assert "A machine wrote this" in visit.get()
    visit.save("Call for help", "Pida ayuda", stay="1")
    article = next(one for one in visit.get().split("<article") if 'data-english="Call for help"' in one)
    assert "A machine wrote this" not in article
    assert bench.catalog.read_text(encoding="utf-8").count(COMMENT) == 3


def test_a_question_is_written_shown_and_taken_away(visit: Visit) -> None:
    """A question is written shown and taken away."""
    fields = visit.form(visit.get(), "Call for help")
    visit.post(fields | {"question": "Whose help?"}, "ask")
    assert "# ?: Whose help?\n" in visit.served.bench.catalog.read_text(encoding="utf-8")
    assert "You asked: “Whose help?”" in visit.get()
    visit.post(fields | {"question": "Whose help?"}, "answered")
    assert "?:" not in visit.served.bench.catalog.read_text(encoding="utf-8")


def test_a_doubtful_message_shows_how_its_english_changed(visit: Visit) -> None:
    """A doubtful message shows how its English changed."""
    bench = visit.served.bench
    bench.edit(bench.source, "Call for help", "Call loudly for help")
    bench.update()
    page = visit.get()
    assert "<ins>loudly</ins>" in page
    assert 'data-state="unsure"' in page


def test_a_word_of_the_layout_is_saved_in_its_own_catalog_and_says_so(visit: Visit) -> None:
    """A word of the layout is saved in its own catalog and says so."""
    page = visit.get()
    assert "a change here changes all papers" in page
    bench = visit.served.bench
    before = bench.catalog.read_bytes()
    visit.post(visit.form(page, "Draft: not for patients") | {"text": "Borrador"})
    assert bench.catalog.read_bytes() == before
    assert 'msgstr "Borrador"' in bench.catalog.with_name("layouts.po").read_text(encoding="utf-8")


def test_a_form_can_name_no_other_catalog(visit: Visit) -> None:
    """A form can name no other catalog."""
    fields = visit.form(visit.get(), "Call for help") | {"text": "x", "catalog": "../../pyproject"}
    visit.post(fields)
    assert translation(visit.served.bench, "Call for help") == "x"


def test_a_form_without_its_token_writes_nothing(visit: Visit) -> None:
    """A form without its token writes nothing."""
    fields = visit.form(visit.get(), "Call for help") | {"text": "x", "token": "0"}
    visit.post(fields, status=403)
    assert translation(visit.served.bench, "Call for help") == "Pida ayuda"


def test_nothing_is_written_in_an_invented_language(visit: Visit) -> None:
    """Nothing is written in an invented language."""
    token = visit.form(visit.get(), "Call for help")["token"]
    assert "there is nothing to translate" in visit.get("/translate/en-XA/signs")
    answer = visit.client.post("/translate/en-XA/signs/save", data={"token": token, "text": "x"})
    assert answer.status_code == 404


def test_a_block_of_the_source_is_written_and_no_other_byte(visit: Visit) -> None:
    """A block of the source is written and no other byte."""
    bench = visit.served.bench
    before = bench.source.read_text(encoding="utf-8")
    page = visit.get("/translate/en/signs")
    article = next(one for one in page.split("<article") if "Call for help</textarea>" in one)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', article))
    answer = visit.client.post("/translate/en/signs/save", data=fields | {"text": "# Call for help at once"})
    assert answer.status_code == 303
    assert bench.source.read_text(encoding="utf-8") == before.replace("# Call for help", "# Call for help at once")
    answer = visit.client.post("/translate/en/signs/save", data=fields | {"text": "# Cry"})
    assert answer.status_code == 409
    assert "# Call for help at once" in answer.text
    assert "# Cry</textarea>" in answer.text
    answer = visit.client.post("/translate/en/signs/undo", data=fields)
    assert bench.source.read_text(encoding="utf-8") == before


def test_markdown_that_no_document_can_hold_is_shown_again_with_reasons(visit: Visit) -> None:
    """Markdown that no document can hold is shown again with reasons."""
    before = visit.served.bench.source.read_bytes()
    page = visit.get("/translate/en/signs")
    article = next(one for one in page.split("<article") if "Call for help</textarea>" in one)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', article))
    answer = visit.client.post("/translate/en/signs/save", data=fields | {"text": "# **Call"})
    assert answer.status_code == 409
    assert "# **Call</textarea>" in answer.text
    assert "unpaired" in answer.text
    assert visit.served.bench.source.read_bytes() == before


def test_arabic_text_runs_from_the_right_in_an_english_page(bench: Bench) -> None:
    """Arabic text runs from the right in an English page."""
    bench.edit("pyproject.toml", 'locales = ["es"]', 'locales = ["es", "ar"]')
    bench.update()
    for served in serving(bench):
        with visiting(served) as visit:
            page = visit.get("/translate/ar/signs")
        assert '<html lang="en" dir="ltr">' in page
        assert '<textarea id="t1" name="text" lang="ar" dir="rtl"' in page
        assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in page
