"""Review and sign in a real browser: the clinician's path on a tablet to a verified signature, and its release."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from pressroom.commands.signing.deeds import SignText
from pressroom.commands.signing.passkey_signing import PendingRecord, accept, pending_record
from pressroom.commands.signing.people import add
from pressroom.commands.signing.signer import Named
from pressroom.publish.lock import output_lock
from tests.commands.conftest import PEOPLE, PUBLISHER, TODAY, Bench, id_of, make_bench, people_toml
from tests.passkeys import SoftPasskey
from tests.web.conftest import Served, serving, until
from tests.web.test_passkeys import by_another_library, create_passkey, give_authenticator

TABLET = {"width": 820, "height": 1180}
CLINICIAN = "Carlos Clínico"


@pytest.fixture(scope="session")
def _ready(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A project with a people list, proofs, and all signatures but those of the Spanish reviewer and clinician."""
    bench = make_bench(tmp_path_factory.mktemp("ready") / "project")
    (bench.root / "source" / "people.toml").write_text(people_toml(None), encoding="utf-8")
    assert not bench.build().failed
    for locale, role in (("en", "author"), ("en", "clinician"), ("es", "translator"), ("es", "reviewer")):
        signer = bench.signer(locale, role)
        _sign(bench, locale, role, signer.name)
    return bench


def _sign(bench: Bench, locale: str, role: str, name: str, key: SoftPasskey | None = None) -> None:
    deed = SignText("signs", locale, role, bench.output)
    named = Named(id_of(name), passkey=key.passkey.fingerprint if key is not None else "")
    pending = pending_record(bench.workspace, deed, named, TODAY)
    assert isinstance(pending, PendingRecord)
    accept(bench.workspace, pending, key.answer(pending.challenge) if key is not None else None, TODAY)


@pytest.fixture
def bench(_ready: Bench, tmp_path: Path) -> Bench:
    """A copy of it."""
    return Bench(Path(shutil.copytree(_ready.root, tmp_path / "project", symlinks=True)))


@pytest.fixture
def served(bench: Bench) -> Iterator[Served]:
    """The project, served."""
    yield from serving(bench)


@pytest.fixture
def tablet(tab: Page) -> Page:
    """A tablet's screen."""
    tab.set_viewport_size(TABLET)
    return tab


def enter(tab: Page, served: Served, name: str, path: str = "/review") -> None:
    """Say who is at the browser, and go to a page."""
    tab.goto(f"{served.address}/sign-in")
    if tab.locator("form[action='/sign-in/out']").count():
        tab.locator("form[action='/sign-in/out'] button").click()
    tab.goto(f"{served.address}/sign-in?next={path}")
    tab.check(f"input[value='{id_of(name)}']")
    tab.click("form.enter button")
    tab.wait_for_url(f"**{path}")


def tick_all(tab: Page) -> None:
    """Tick everything, as the clinician does after reading it."""
    for box in tab.locator("input[data-tick]").all():
        box.check()
    count = tab.locator("input[data-tick]").count()
    until(tab, f"document.querySelector('progress').value === {count}")
    tab.wait_for_load_state("networkidle")


def records(bench: Bench, role: str = "clinician") -> list[str]:
    """Whose signatures count on the Spanish."""
    return [record.name for record in bench.review_case("es").signoffs(role)]


def test_a_clinician_signs_by_name_on_a_tablet(served, tablet):
    """Waiting list, text, ticks, check, sign: seven actions and the ticks, and the record counts."""
    enter(tablet, served, CLINICIAN)
    tablet.get_by_role("link", name="Warning signs").first.click()
    tablet.wait_for_load_state()
    assert "You sign this text for the first time" in tablet.content()
    tick_all(tablet)
    tablet.get_by_role("link", name="Check and sign").first.click()
    tablet.wait_for_url(re.compile(r"/signs/sign\b"))
    shown = tablet.locator(".lines").inner_text()
    assert "911" in shown
    assert "Carlos Clínico, licensed in a story, clinician" in shown
    mark = tablet.locator(".lines .code").last.inner_text()
    tablet.get_by_role("button", name="Sign as Carlos Clínico").click()
    tablet.wait_for_selector("h1:has-text('Signed')")
    assert "No other signature is needed" in tablet.content()
    assert records(served.bench) == [CLINICIAN]
    (file,) = (served.bench.root / "locales/es/signoffs/signs").glob("clinician-*.toml")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == mark


def test_ticks_survive_a_restart_and_are_of_one_person(served, tablet, chromium: Browser):
    """Another browser of the same person has the ticks; another person has none."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tablet.locator("input[data-tick]").first.check()
    tablet.wait_for_load_state("networkidle")
    again = chromium.new_context().new_page()
    enter(again, served, CLINICIAN, "/review/es/signs")
    assert again.locator("input[data-tick]:checked").count() == 1
    # The other tab hears of it.
    again.locator("input[data-tick]").nth(1).check()
    until(tablet, "document.querySelectorAll('input[data-tick]:checked').length === 2")
    other = chromium.new_context().new_page()
    enter(other, served, "Rita Revisora", "/review/es/signs")
    assert other.locator("input[data-tick]:checked").count() == 0


def test_a_missing_tick_is_named_linked_and_blocks(served, tablet):
    """The page says which tick is missing, leads to it, and has no button to sign."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tick_all(tablet)
    tablet.locator("#t-m3").uncheck()
    tablet.wait_for_load_state("networkidle")
    tablet.goto(f"{served.address}/review/es/signs/sign")
    assert "1 tick is missing" in tablet.content()
    assert tablet.get_by_role("button").count() == 0
    tablet.get_by_role("link", name="message 3").click()
    tablet.wait_for_url("**#m3")


def test_a_text_that_changes_before_the_signature_is_refused(served, tablet):
    """Nothing is signed that was not shown: the page says what changed, and its tick is gone."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tick_all(tablet)
    tablet.goto(f"{served.address}/review/es/signs/sign")
    button = tablet.get_by_role("button", name="Sign as Carlos Clínico")
    assert button.is_visible()
    served.bench.fill({"Call for help": "Pida ayuda ya"})
    button.click()
    tablet.wait_for_selector(".missing")
    assert "message 2" in tablet.locator(".missing").first.inner_text()
    assert records(served.bench) == []


def test_a_change_of_something_else_is_named(served, tablet):
    """Somebody else signed meanwhile: the record would name another entry, so it is shown again."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tick_all(tablet)
    tablet.goto(f"{served.address}/review/es/signs/sign")
    _sign(served.bench, "es", "reviewer", "Rita Revisora")
    tablet.get_by_role("button", name="Sign as Carlos Clínico").click()
    tablet.wait_for_selector("text=Not signed: this changed")
    assert "the log" in tablet.content()
    assert records(served.bench) == []
    tablet.get_by_role("button", name="Sign as Carlos Clínico").click()
    tablet.wait_for_selector("h1:has-text('Signed')")
    assert records(served.bench) == [CLINICIAN]


def test_a_tick_goes_while_the_page_is_open(served, tablet):
    """The open page takes the changed text in, and says which message to read again."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tick_all(tablet)
    served.bench.fill({"Call for help": "Pida ayuda ya"})
    tablet.wait_for_selector("#m2:has-text('Pida ayuda ya')")
    assert tablet.locator("#t-m2:checked").count() == 0
    assert tablet.locator("#t-m3:checked").count() == 1
    assert tablet.locator("#news a[href='#m2']").count() == 1


def test_a_passkey_signs_and_then_it_is_released(served, tablet):
    """The clinician's passkey signs, another library verifies it, and a releaser's passkey releases the text."""
    bench: Bench = served.bench
    give_authenticator(tablet)
    keys = {name: create_passkey(tablet, served.address, name) for name in (CLINICIAN, PUBLISHER)}
    others = {
        name: SoftPasskey(served.address, f"credential of {name}".encode())
        for name in PEOPLE.values()
        if name != CLINICIAN
    }
    for name, text in {**keys, **{name: key.text for name, key in others.items()}}.items():
        add(bench.workspace, id_of(name), {}, None, TODAY, text)
    for (locale, role), name in PEOPLE.items():
        if name in others:
            _sign(bench, locale, role, name, others[name])
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tick_all(tablet)
    tablet.get_by_role("link", name="Check and sign").first.click()
    tablet.wait_for_url(re.compile(r"/signs/sign\b"))
    mark = tablet.locator(".lines .code").last.inner_text()
    tablet.get_by_role("button", name="Sign with fingerprint or face").click()
    tablet.wait_for_selector("h1:has-text('Signed')")
    (file,) = (bench.root / "locales/es/signoffs/signs").glob("clinician-*.toml")
    signature = file.with_name(f"{file.name}.sig").read_bytes()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == mark
    assert by_another_library(file.read_bytes(), signature, keys[CLINICIAN])
    assert records(bench) == [CLINICIAN]
    enter(tablet, served, PUBLISHER, "/review/release")
    tablet.get_by_role("button", name="Make these papers").click()
    tablet.wait_for_selector("h1:has-text('Check before you release')", timeout=60_000)
    tablet.get_by_role("button", name="Release with fingerprint or face").click()
    tablet.wait_for_selector("h1:has-text('Released')", timeout=60_000)
    assert len(bench.offered()) == 1
    assert len(bench.offered("en")) == 1


def test_a_passkey_that_is_not_there_signs_nothing(served, tablet):
    """The tablet does not have the key: the page says so, and nothing is written."""
    bench: Bench = served.bench
    give_authenticator(tablet)
    others = {name: SoftPasskey(served.address, f"credential of {name}".encode()) for name in PEOPLE.values()}
    for name, key in others.items():
        add(bench.workspace, id_of(name), {}, None, TODAY, key.text)
    for (locale, role), name in PEOPLE.items():
        if name != CLINICIAN:
            _sign(bench, locale, role, name, others[name])
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tick_all(tablet)
    tablet.goto(f"{served.address}/review/es/signs/sign")
    tablet.get_by_role("button", name="Sign with fingerprint or face").click()
    tablet.wait_for_selector("[data-problems]:not([hidden])")
    assert records(bench) == []


def test_a_releaser_releases_by_name(served, tablet):
    """What all signed is released after it was shown; nothing else is offered."""
    _sign(served.bench, "es", "clinician", CLINICIAN)
    enter(tablet, served, PUBLISHER, "/review/release")
    tablet.get_by_role("button", name="Make these papers").click()
    tablet.wait_for_selector("h1:has-text('Check before you release')", timeout=60_000)
    assert served.bench.offered() == []
    tablet.get_by_role("button", name="Release", exact=True).click()
    tablet.wait_for_selector("h1:has-text('Released')", timeout=60_000)
    assert len(served.bench.offered()) == 1
    tablet.goto(f"{served.address}/review/release")
    assert "Nothing new can be released now" in tablet.content()
    tablet.get_by_role("link", name="Recall").last.click()
    tablet.get_by_label("Why. Staff read it").fill("a wrong number")
    tablet.get_by_label("I recall these papers").check()
    tablet.get_by_role("button", name="Recall").click()
    tablet.wait_for_selector("h2:has-text('Pull from the rack')")
    assert served.bench.offered() == []


def test_somebody_who_is_no_releaser_is_refused(served, tablet):
    """The page says so, and the form of another page does not help."""
    _sign(served.bench, "es", "clinician", CLINICIAN)
    enter(tablet, served, CLINICIAN, "/review/release")
    assert "does not name you as a releaser" in tablet.content()
    assert tablet.get_by_role("button").count() == 0


def _keep_ticks(tab: Page) -> None:
    """Send the form of the ticks, and wait for the page that answers it."""
    with tab.expect_navigation():
        tab.get_by_role("button", name="Keep my ticks").click()


def test_without_javascript(served, chromium: Browser):
    """Reading, ticking and signing by name are links and forms."""
    tab = chromium.new_context(java_script_enabled=False, viewport=TABLET).new_page()
    enter(tab, served, CLINICIAN, "/review/es/signs")
    for box in tab.locator("input[data-tick]").all():
        box.check()
    all_boxes = tab.locator("input[data-tick]").count()
    assert all_boxes
    _keep_ticks(tab)
    expect(tab.locator("input[data-tick]:checked")).to_have_count(all_boxes)
    tab.locator("#t-m3").uncheck()
    _keep_ticks(tab)
    expect(tab.locator("input[data-tick]:checked")).to_have_count(all_boxes - 1)
    tab.locator("#t-m3").check()
    _keep_ticks(tab)
    tab.get_by_role("link", name="Check and sign").first.click()
    tab.get_by_role("button", name="Sign as Carlos Clínico").click()
    expect(tab.locator("h1")).to_have_text("Signed")
    assert records(served.bench) == [CLINICIAN]


def test_by_keyboard_alone(served, tablet):
    """Space ticks, Tab goes on, Enter signs."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    boxes = tablet.locator("input[data-tick]").count()
    tablet.locator("input[data-tick]").first.focus()
    ticked = 0
    for _ in range(60):
        if tablet.evaluate("document.activeElement.matches('input[data-tick]')"):
            tablet.keyboard.press("Space")
            ticked += 1
        if ticked == boxes:
            break
        tablet.keyboard.press("Tab")
    assert ticked == boxes
    tablet.wait_for_load_state("networkidle")
    for _ in range(60):
        tablet.keyboard.press("Tab")
        if tablet.evaluate("document.activeElement.textContent === 'Check and sign'"):
            break
    tablet.keyboard.press("Enter")
    tablet.wait_for_selector("h1:has-text('Check before you sign')")
    for _ in range(60):
        tablet.keyboard.press("Tab")
        if tablet.evaluate("document.activeElement.textContent.startsWith('Sign as')"):
            break
    tablet.keyboard.press("Enter")
    tablet.wait_for_selector("h1:has-text('Signed')")
    assert records(served.bench) == [CLINICIAN]


def test_a_remark_and_a_return(served, tablet):
    """A remark reaches the catalog; a returned message becomes fuzzy, and no signature counts any more."""
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    row = tablet.locator("#m2")
    row.locator(".remark > summary").click()
    row.get_by_label("What is wrong, in English").fill("too formal")
    row.get_by_role("button", name="Save the remark").click()
    tablet.wait_for_selector("#m2 .found:has-text('too formal')")
    assert "remark 2026-11-23 by Carlos Clínico (clinician): too formal" in served.bench.catalog.read_text("utf-8")
    row.locator(".remark > summary").click()
    row.get_by_label("What is wrong, in English").fill("wrong leg")
    row.get_by_role("button", name="Return this message").click()
    tablet.wait_for_selector("h1:has-text('Returned to the translator')")
    text = served.bench.catalog.read_text("utf-8")
    assert "returned 2026-11-23 by Carlos Clínico: wrong leg" in text
    assert "#, fuzzy" in text
    assert records(served.bench, "translator") == []


def test_a_signature_is_taken_back_with_a_reason(served, tablet):
    """It is asked first, and the record of it is written."""
    enter(tablet, served, "Rita Revisora", "/review/es/signs")
    tablet.get_by_role("link", name="Take back the signature of Rita").click()
    tablet.get_by_label("Why").fill("by mistake")
    tablet.get_by_role("button", name="Take it back").click()
    tablet.wait_for_url("**/review/es/signs")
    assert records(served.bench, "reviewer") == []


def test_outdated_proofs_are_made_by_the_server(served, tablet):
    """A clinician needs no command: the pages are made while the messages can be read, and then they appear."""
    served.bench.fill({"Call for help": "Pida ayuda ya"})
    enter(tablet, served, CLINICIAN, "/review/es/signs")
    tablet.wait_for_selector("#look-1 img", timeout=60_000)
    assert tablet.locator("#making").count() == 0
    assert tablet.evaluate("document.querySelector('#look-1 img').naturalWidth") >= 0
    tick_all(tablet)
    tablet.goto(f"{served.address}/review/es/signs/sign")
    assert tablet.get_by_role("button", name="Sign as").is_visible()


def test_words_and_places_that_changed_since_this_person_signed(served, tablet):
    """The reviewer is shown her changes first: words, and where the page is drawn otherwise."""
    served.bench.fill({"Call for help": "Pida ayuda ya"})
    served.bench.build()
    enter(tablet, served, "Rita Revisora", "/review/es/signs")
    assert tablet.locator("#m2 ins").inner_text().strip() == "ya"
    assert tablet.locator("#look-1 svg .differs").count() >= 1
    assert "2 messages here are as you signed them" in tablet.content()
    assert tablet.get_by_text("Still right").count() == 2


def test_the_interface_in_arabic(served, chromium: Browser):
    """The page runs from the right, and the text keeps its own language and direction."""
    tab = chromium.new_context(locale="ar", viewport=TABLET).new_page()
    enter(tab, served, CLINICIAN, "/review/es/signs")
    assert tab.locator("html").get_attribute("dir") == "rtl"
    assert tab.locator("#m2 .own").get_attribute("dir") == "ltr"
    assert tab.locator("#m2 .own").get_attribute("lang") == "es"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_no_sideways_scroll(served, tab, width):
    """Each page fits a phone, a tablet and a desk."""
    tab.set_viewport_size({"width": width, "height": 900})
    enter(tab, served, CLINICIAN)
    for path in ("/review", "/review/es/signs", "/review/es/signs/sign", "/review/release", "/review/recall/signs"):
        tab.goto(f"{served.address}{path}")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize(("scheme", "language"), [("light", "en-US"), ("dark", "en-US"), ("light", "ar")])
def test_axe_finds_nothing(served, chromium: Browser, scheme, language):
    """Each page of the face passes axe-core in both schemes and in an Arabic interface, with everything open."""
    tab = chromium.new_context(color_scheme=scheme, locale=language, viewport=TABLET).new_page()
    served.bench.fill({"Call for help": "Pida ayuda ya"})
    served.bench.build()
    enter(tab, served, "Rita Revisora")
    found = {}
    for path in ("/review", "/review/es/signs", "/review/es/signs/sign", "/review/release", "/review/recall/signs"):
        tab.goto(f"{served.address}{path}")
        tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[path] = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(tab).response["violations"]]
    assert found == {path: [] for path in found}


def test_proofs_wait_for_a_command_that_builds(served, tablet):
    """While a command holds the output, the server waits, and then makes the pages."""
    served.bench.fill({"Call for help": "Pida ayuda ya"})
    with output_lock(served.bench.output):
        enter(tablet, served, CLINICIAN, "/review/es/signs")
        tablet.wait_for_selector("#making:has-text('The pages are being made')")
        tablet.wait_for_timeout(1500)
        assert tablet.locator("#look-1").count() == 0
    tablet.wait_for_selector("#look-1 img", timeout=60_000)
