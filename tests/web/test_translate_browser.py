"""The translator's path in a real browser: see, edit, be refused, undo, by mouse, by keyboard and without scripts."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pressroom.catalog.read import read_catalog
from pressroom.language import find_language
from tests.commands.conftest import Bench, make_bench
from tests.web.conftest import Served, serving

AT = "/translate/es/signs"
SLOW = 60_000
SAVED = re.compile(r"\bsaved \d\d:\d\d:\d\d")
DRAWN = ".page:not(.other) svg image"


def opened(tab: Page, served: Served, path: str = AT) -> Page:
    """The tab with a document, its pages drawn."""
    tab.goto(served.address + path)
    expect(tab.locator(DRAWN).first).to_be_attached(timeout=SLOW)
    return tab


def shown(tab: Page) -> Locator:
    """The message that is shown."""
    return tab.locator(".message:visible")


def text(tab: Page) -> Locator:
    """Its text field."""
    return shown(tab).locator(".write textarea")


def picture(tab: Page) -> str:
    """The address of the page's picture."""
    address = tab.locator(DRAWN).first.get_attribute("href")
    assert address
    return address


def in_file(bench: Bench, english: str) -> str:
    """The text of a message in the file."""
    catalog, problems = read_catalog(bench.catalog.read_bytes(), "signs.po", find_language("es"))
    assert problems == []
    return next(entry for entry in catalog.active if entry.msgid == english).msgstr


def save_as_poedit(bench: Bench, old: str, new: str) -> None:
    """Save the catalog as Poedit does: wrapped, with its own header, in place of the old file."""
    data = bench.catalog.read_text(encoding="utf-8")
    assert old in data
    data = data.replace(old, new).replace('"Language: es\\n"', '"Language: es\\n"\n"X-Generator: Poedit 3.2.2\\n"')
    wrapped = subprocess.run(["msgcat", "-w", "79", "-"], input=data.encode(), capture_output=True, check=True).stdout
    other = bench.catalog.with_name("signs.po.tmp")
    other.write_bytes(wrapped)
    other.replace(bench.catalog)


def test_a_save_in_poedit_is_drawn_again_at_the_readers_place(served: Served, tab: Page) -> None:
    """The picture changes without a load of the page; a text that is being typed stays."""
    opened(tab, served, f"{AT}#m3")
    before = picture(tab)
    text(tab).fill("Medio escrito")
    tab.evaluate("window.same = true; document.querySelector('.pages').scrollTop = 40")
    place = tab.evaluate("document.querySelector('.pages').scrollTop")
    save_as_poedit(served.bench, "Pida ayuda", "Busque ayuda ya")
    expect(tab.locator(f'.page:not(.other) image[href="{before}"]')).to_have_count(0, timeout=SLOW)
    expect(tab.locator('.page [data-m="2"]').last).to_have_attribute("aria-label", "Message 2: Busque ayuda ya")
    assert tab.evaluate("window.same") is True
    assert tab.evaluate("document.querySelector('.pages').scrollTop") == place
    expect(text(tab)).to_have_value("Medio escrito")
    expect(tab.locator("#m2 .write textarea")).to_have_value("Busque ayuda ya")
    expect(tab.locator("[data-live]")).to_contain_text("Live")


def test_a_page_is_never_without_its_picture_while_it_is_drawn_again(served: Served, tab: Page) -> None:
    """In each frame there is one picture for each panel, and it is decoded."""
    opened(tab, served)
    before = picture(tab)
    tab.evaluate("""() => {
      window.frames_seen = []; const look = () => {
        const seen = [...document.querySelectorAll('.page:not(.next) svg image')];
        window.frames_seen.push(seen.filter((one) => one.getBBox().width > 0).length); requestAnimationFrame(look); };
      look(); }""")
    panels = tab.locator(".page").count()
    served.bench.edit(served.bench.catalog, "Pida ayuda", "Busque ayuda ya")
    expect(tab.locator(f'.page:not(.other) image[href="{before}"]')).to_have_count(0, timeout=SLOW)
    assert set(tab.evaluate("window.frames_seen")) == {panels}


def test_words_on_the_page_open_their_message_and_the_message_shows_its_words(served: Served, tab: Page) -> None:
    """A click goes from the page to the text, and from the text back."""
    opened(tab, served)
    tab.locator('.page:not(.other) [data-m="3"] rect').first.click()
    expect(shown(tab)).to_have_id("m3")
    expect(text(tab)).to_be_focused()
    shown(tab).get_by_text("Show on the page").click()
    expect(tab.locator('.page:not(.other) [data-m="3"]').first).to_be_focused()
    tab.locator('.page.other [data-m="2"] rect').first.click()
    expect(shown(tab)).to_have_id("m2")


def test_a_finding_shows_its_words_on_the_page(served: Served, tab: Page) -> None:
    """The list of findings leads to the message and to its words."""
    served.bench.edit(served.bench.catalog, "dé 2 pasos", "dé 3 pasos")
    opened(tab, served)
    tab.locator("[data-finding-of]").first.click()
    expect(shown(tab)).to_have_id("m3")
    expect(tab.locator('.page:not(.other) [data-m="3"]').first).to_have_attribute("aria-current", "true")
    expect(shown(tab).locator("[data-finding]").first).to_be_visible()


def test_an_edit_in_place_is_in_the_file_and_on_the_page(served: Served, tab: Page) -> None:
    """Ctrl+Enter saves and goes on; nothing is loaded again."""
    served.bench.edit(served.bench.catalog, 'msgstr "Llame al {emergency}"', 'msgstr ""')
    opened(tab, served, f"{AT}#m2")
    before = picture(tab)
    text(tab).fill("Pida ayuda ya")
    text(tab).press("Control+Enter")
    expect(shown(tab)).to_have_id("m4")
    expect(text(tab)).to_be_focused()
    assert in_file(served.bench, "Call for help") == "Pida ayuda ya"
    expect(tab.locator(f'.page:not(.other) image[href="{before}"]')).to_have_count(0, timeout=SLOW)
    expect(tab.locator("[data-live]")).to_contain_text(re.compile(r"saved \d\d:\d\d:\d\d, drawn \d\d:\d\d:\d\d"))


def test_leaving_a_text_that_is_saved_keeps_what_was_measured(served: Served, tab: Page) -> None:
    """What the page says of the room is as the layout measured it, and no button moves while it is pressed."""
    opened(tab, served, f"{AT}#m2")
    text(tab).press_sequentially(" ya")
    room = shown(tab).locator('[data-part="room"]')
    expect(room.locator(".guess")).to_have_count(1)
    text(tab).press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text(re.compile(r"saved \d\d:\d\d:\d\d, drawn"), timeout=SLOW)
    expect(room.locator(".guess")).to_have_count(0, timeout=SLOW)
    measured = room.inner_text()
    shown(tab).get_by_role("button", name="Undo").focus()
    expect(room.locator(".guess")).to_have_count(0)
    assert room.inner_text() == measured


def test_a_refused_text_does_not_say_that_it_is_saved(served: Served, tab: Page) -> None:
    """Another tab of the same browser saved the message: this one says that its own text is not in the file."""
    opened(tab, served, f"{AT}#m2")
    other = opened(tab.context.new_page(), served, f"{AT}#m2")
    text(tab).fill("Pida ayuda ya")
    text(other).fill("Busque ayuda")
    text(other).press("Control+s")
    expect(shown(other).get_by_text("Saved.")).to_be_visible()
    text(tab).press("Control+s")
    expect(shown(tab).get_by_text("In the file now:")).to_be_visible()
    expect(shown(tab).get_by_text("Saved.")).to_be_hidden()
    expect(text(tab)).to_have_value("Pida ayuda ya")


def test_a_conflict_shows_both_texts_and_loses_neither_also_over_a_reload(served: Served, tab: Page) -> None:
    """What was typed is in the field after a refusal and after a reload; a second save puts it into the file."""
    opened(tab, served, f"{AT}#m2")
    text(tab).fill("Pida ayuda ya")
    served.bench.edit(served.bench.catalog, "Pida ayuda", "Busque ayuda")
    expect(tab.locator("#m2")).not_to_have_attribute("data-seen", tab.locator("#m2 [name=seen]").input_value())
    expect(text(tab)).to_have_value("Pida ayuda ya")
    text(tab).press("Control+s")
    expect(shown(tab).locator(".conflict")).to_contain_text("somebody changed this message")
    expect(shown(tab).locator(".conflict")).to_contain_text("Busque ayuda")
    expect(text(tab)).to_have_value("Pida ayuda ya")
    assert in_file(served.bench, "Call for help") == "Busque ayuda"
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.reload()
    expect(text(tab)).to_have_value("Pida ayuda ya")
    text(tab).press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text(SAVED)
    assert in_file(served.bench, "Call for help") == "Pida ayuda ya"


def test_after_a_conflict_the_other_text_can_be_taken(served: Served, tab: Page) -> None:
    """One click, and the field has what is in the file."""
    opened(tab, served, f"{AT}#m2")
    text(tab).fill("Pida ayuda ya")
    served.bench.edit(served.bench.catalog, "Pida ayuda", "Busque ayuda")
    text(tab).press("Control+s")
    shown(tab).get_by_text("take the other text").click()
    expect(text(tab)).to_have_value("Busque ayuda")
    expect(shown(tab).locator(".conflict")).to_have_count(0)


def test_undo_puts_the_text_back(served: Served, tab: Page) -> None:
    """In the field and in the file."""
    opened(tab, served, f"{AT}#m2")
    text(tab).fill("Pida ayuda ya")
    text(tab).press("Control+s")
    shown(tab).get_by_role("button", name="Undo").click()
    expect(text(tab)).to_have_value("Pida ayuda")
    expect(shown(tab).get_by_role("button", name="Undo")).to_have_count(0)
    assert in_file(served.bench, "Call for help") == "Pida ayuda"


def test_unsaved_text_is_there_after_a_reload_and_gone_from_the_tab_after_a_save(served: Served, tab: Page) -> None:
    """The tab keeps it until it is in the file."""
    opened(tab, served, f"{AT}#m3")
    text(tab).fill("Medio escrito")
    tab.on("dialog", lambda dialog: dialog.accept())
    tab.reload()
    expect(text(tab)).to_have_value("Medio escrito")
    expect(shown(tab).get_by_text("not saved yet")).to_be_visible()
    text(tab).press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text(SAVED)
    expect(shown(tab).get_by_text("not saved yet")).to_be_hidden()
    assert tab.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('pressroom /')).length") == 0


def test_a_text_whose_english_changed_is_kept_until_it_is_put_aside(served: Served, tab: Page) -> None:
    """The message is another one now; what was typed for the old one is shown beside it, also after a reload."""
    opened(tab, served, f"{AT}#m2")
    text(tab).fill("Pida ayuda ya")
    served.bench.edit(served.bench.source, "# Call for help", "# Call loudly for help")
    served.bench.update()
    expect(tab.locator(".gone textarea")).to_have_value("Pida ayuda ya")
    tab.reload()
    expect(tab.locator(".gone textarea")).to_have_value("Pida ayuda ya")
    tab.get_by_role("button", name="Put it aside").click()
    expect(tab.locator(".gone")).to_have_count(0)
    tab.reload()
    expect(tab.locator(".strip a").first).to_be_visible()
    expect(tab.locator(".gone")).to_have_count(0)


def test_without_a_connection_nothing_typed_is_lost(served: Served, tab: Page) -> None:
    """The page says so, and saves once the connection is back."""
    opened(tab, served, f"{AT}#m2")
    tab.context.set_offline(True)
    text(tab).fill("Pida ayuda ya")
    text(tab).press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text("No connection")
    expect(text(tab)).to_have_value("Pida ayuda ya")
    tab.context.set_offline(False)
    text(tab).press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text(SAVED)
    assert in_file(served.bench, "Call for help") == "Pida ayuda ya"


def test_the_keyboard_alone_is_enough(served: Served, tab: Page) -> None:
    """From the top of the page to a saved text, to its words and back, with one stop for all words of a page."""
    opened(tab, served)
    tab.keyboard.press("Tab")
    stops = 1
    while not tab.evaluate("document.activeElement.matches('.write textarea')"):
        tab.keyboard.press("Tab")
        stops += 1
        assert stops < 25
    tab.keyboard.press("Alt+ArrowDown")
    expect(shown(tab)).to_have_id("m2")
    expect(text(tab)).to_be_focused()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("Pida ayuda ya")
    tab.keyboard.press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text(SAVED)
    assert in_file(served.bench, "Call for help") == "Pida ayuda ya"
    tab.keyboard.press("Escape")
    expect(tab.locator('.page:not(.other) [data-m="2"]').first).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(shown(tab)).to_have_id("m3")
    tab.keyboard.press("Enter")
    expect(text(tab)).to_be_focused()
    tab.keyboard.press("Alt+e")
    expect(text(tab)).to_have_value("If your leg is **swollen**, take 2 steps back.")
    tab.keyboard.press("Alt+ArrowUp")
    expect(shown(tab)).to_have_id("m2")


def test_the_next_finding_by_a_key(served: Served, tab: Page) -> None:
    """Alt+F goes to the next message with a finding, from the last to the first again."""
    served.bench.edit(served.bench.catalog, "dé 2 pasos", "dé 3 pasos")
    opened(tab, served, f"{AT}#m2")
    tab.keyboard.press("Alt+f")
    expect(shown(tab)).to_have_id("m3")


def test_pages_alone_beside_another_editor(served: Served, tab: Page) -> None:
    """The pages fill the window, are drawn again, and their words lead to the messages."""
    opened(tab, served, f"{AT}?view=pages")
    expect(tab.locator(".editor")).to_have_count(0)
    before = picture(tab)
    save_as_poedit(served.bench, "Pida ayuda", "Busque ayuda ya")
    expect(tab.locator(f'.page:not(.other) image[href="{before}"]')).to_have_count(0, timeout=SLOW)
    tab.locator('.page:not(.other) [data-m="2"] rect').first.click()
    expect(shown(tab)).to_have_id("m2")
    expect(text(tab)).to_have_value("Busque ayuda ya")


def test_two_tabs_do_not_overwrite_each_other(served: Served, tab: Page) -> None:
    """The second one is refused, and sees the first one's text."""
    opened(tab, served, f"{AT}#m2")
    other = opened(tab.context.new_page(), served, f"{AT}#m2")
    text(other).fill("Del otro")
    text(tab).fill("Del uno")
    text(tab).press("Control+s")
    expect(tab.locator("[data-live]")).to_contain_text(SAVED)
    text(other).press("Control+s")
    expect(shown(other).locator(".conflict")).to_contain_text("Del uno")
    expect(text(other)).to_have_value("Del otro")
    assert in_file(served.bench, "Call for help") == "Del uno"


def test_without_scripts_a_text_is_saved_refused_and_undone(served: Served, chromium: Browser) -> None:
    """Forms alone do it."""
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{served.address}{AT}?wait=1")
    expect(tab.locator(DRAWN).first).to_be_attached()
    tab.locator('.strip [data-m="2"]').click()
    expect(shown(tab)).to_have_id("m2")
    text(tab).fill("Pida ayuda ya")
    served.bench.edit(served.bench.catalog, "Pida ayuda", "Busque ayuda")
    shown(tab).get_by_role("button", name="Save", exact=True).click()
    expect(shown(tab).locator(".conflict")).to_contain_text("Busque ayuda")
    expect(text(tab)).to_have_value("Pida ayuda ya")
    shown(tab).get_by_role("button", name="Save", exact=True).click()
    assert in_file(served.bench, "Call for help") == "Pida ayuda ya"
    expect(shown(tab)).to_have_id("m2")
    shown(tab).get_by_role("button", name="Undo").click()
    expect(text(tab)).to_have_value("Busque ayuda")
    assert in_file(served.bench, "Call for help") == "Busque ayuda"
    context.close()


@pytest.fixture
def arabic(tmp_path) -> Iterator[Served]:
    """The project with an Arabic catalog."""
    bench = make_bench(tmp_path / "project")
    bench.edit("pyproject.toml", 'locales = ["es"]', 'locales = ["es", "ar"]')
    bench.update()
    yield from serving(bench)


def test_arabic_is_typed_from_the_right_and_drawn(arabic: Served, tab: Page) -> None:
    """Its words are found on the page although its letters join and its lines run from the right."""
    opened(tab, arabic, "/translate/ar/signs#m2")
    assert text(tab).evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    before = picture(tab)
    text(tab).fill("اطلب المساعدة")
    text(tab).press("Control+s")
    expect(tab.locator(f'.page:not(.other) image[href="{before}"]')).to_have_count(0, timeout=SLOW)
    words = tab.locator('.page:not(.other) [data-m="2"] rect').first.bounding_box()
    page = tab.locator(".page:not(.other)").first.bounding_box()
    assert words
    assert page
    assert words["x"] + words["width"] > page["x"] + page["width"] * 0.6


def test_an_author_edits_a_block_and_sees_it_drawn(served: Served, tab: Page) -> None:
    """The Markdown is in the source, and the page has the new words."""
    opened(tab, served, "/translate/en/signs#m2")
    before = picture(tab)
    expect(text(tab)).to_have_value("# Call for help")
    text(tab).fill("# Call for help at once")
    text(tab).press("Control+s")
    expect(tab.locator(f'.page:not(.other) image[href="{before}"]')).to_have_count(0, timeout=SLOW)
    assert "\n# Call for help at once\n" in served.bench.source.read_text(encoding="utf-8")
    shown(tab).get_by_role("button", name="Undo").click()
    expect(text(tab)).to_have_value("# Call for help")


def test_a_language_is_found_by_its_name(served: Served, tab: Page) -> None:
    """Typing leaves the languages that have the letters, and Enter opens the first."""
    tab.goto(f"{served.address}/translate")
    tab.get_by_role("searchbox").fill("espanol")
    expect(tab.locator("[data-list] li:visible")).to_have_count(1)
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(f"{served.address}/translate/es")
