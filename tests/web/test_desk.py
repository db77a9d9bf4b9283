"""The print desk as a nurse uses it, in a real browser: served, and as a folder on a stick without a network."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from pressroom.commands.signing.desk import catch_up
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.workspace.confirmations import read_confirmations
from tests.commands.building.test_desk_page import SHEET
from tests.commands.conftest import TODAY, Bench, make_bench
from tests.web.conftest import Served, serving, until

PRODUCTS = """
[slips]
layout = "slip"
description = "Slips, two to cut out"
then = "cut at the marks"
sheet = "two"
flip = "long-edge"

[slips-short]
layout = "slip"
description = "Slips, two to cut out"
then = "cut at the marks"
sheet = "two"
flip = "short-edge"
"""
LIST = "/desk/larkspur-clinic/letter/"
# Where a browser would open its print window, a test notes what it would print.
NOTE_PRINTS = "window.print = () => { top.printed = [...(top.printed ?? []), location.href]; };"


@dataclass
class Nurse:
    """A browser at the desk; counts what its nurse does with it."""

    page: Page
    actions: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Begin."""
        self.page.goto(address)

    def click(self, name: str) -> None:
        """Click a link or button by the first words of its name."""
        self.actions.append(f"click {name}")
        self.page.locator("a, button").filter(has_text=name).locator("visible=true").first.click()

    def type(self, text: str) -> None:
        """Type a language and press Enter."""
        self.actions.append(f"type {text}")
        self.page.get_by_role("searchbox").fill(text)
        self.page.keyboard.press("Enter")

    def printed(self) -> list[str]:
        """What the browser would print."""
        until(self.page, "window.printed !== undefined")
        return list(self.page.evaluate("window.printed"))


@pytest.fixture(scope="module")
def _released_desk(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = make_bench(tmp_path_factory.mktemp("desk") / "project")
    (bench.root / "layouts" / "sheets.toml").write_text(SHEET, encoding="utf-8")
    with (bench.root / "layouts" / "products.toml").open("a", encoding="utf-8") as file:
        file.write(PRODUCTS)
    bench.edit(bench.source, "products: [slip]", "products: [slip, slips, slips-short]")
    clinics = (bench.root / "source" / "clinics.toml").read_text(encoding="utf-8")
    more = 'interpreter = "801-555-0199, day and night"\nmost-used = ["es"]\nemergency ='
    (bench.root / "source" / "clinics.toml").write_text(clinics.replace("emergency =", more, 1), encoding="utf-8")
    bench.edit(
        "pyproject.toml", 'locales = ["es"]', 'locales = ["es"]\nawaiting = ["fa"]\ndesk-interfaces = ["en", "ar"]'
    )
    assert not bench.build().failed
    bench.sign_all()
    assert not bench.release().failed
    return bench


@pytest.fixture
def desk(_released_desk: Bench, tmp_path: Path) -> Bench:
    """A project with released slips on Letter, English and Spanish."""
    return Bench(Path(shutil.copytree(_released_desk.root, tmp_path / "project", symlinks=True)))


@pytest.fixture
def served_desk(desk: Bench) -> Iterator[Served]:
    """The same, served."""
    yield from serving(desk)


@pytest.fixture
def nurse(tab: Page) -> Nurse:
    """A nurse at a computer."""
    tab.add_init_script(NOTE_PRINTS)
    return Nurse(tab)


def test_at_most_four_actions_to_the_print_window(served_desk: Served, nurse: Nurse) -> None:
    """On a new computer: the paper, the language, Print. The next time clinic and paper are remembered."""
    nurse.open(f"{served_desk.address}/desk/")
    nurse.click("Letter paper")
    nurse.type("espanol")
    nurse.click("Print")
    (printed,) = nurse.printed()
    assert "/released/es/signs.es.slips." in printed
    assert len(nurse.actions) <= 4, nurse.actions
    again = Nurse(nurse.page)
    again.open(f"{served_desk.address}/desk/")
    assert nurse.page.url.endswith(LIST)
    again.click("Español")
    again.click("Print")
    assert len(again.printed()) == 1
    assert len(again.actions) <= 2, again.actions


def test_a_language_is_found_by_any_spelling(served_desk: Served, nurse: Nurse) -> None:
    """Without accents, in capitals, by country or another name; the browser and the server find the same."""
    page = nurse.page
    nurse.open(f"{served_desk.address}{LIST}")
    found = {
        "ESPANOL": ["es"],
        "espa": ["es"],
        "mexico": ["es"],
        "castell": ["es"],
        "farsi": ["fa"],
        "iran": ["fa"],
        "فارس": ["fa"],
        "ایران": ["fa"],
        "panish": [],
    }
    for typed, tags in found.items():
        page.get_by_role("searchbox").fill(typed)
        shown = [link.get_attribute("href") for link in page.locator("[data-list] a:visible").all()]
        assert [str(href).rpartition("/")[2] for href in shown] == tags, typed
        answer = httpx.get(f"{served_desk.address}{LIST}", params={"q": typed}, cookies={})
        at_once = answer.status_code == 303 and answer.headers["location"].rpartition("/")[2] in tags
        assert at_once or (not tags and "Not on the list" in answer.text), typed


def test_by_keyboard_alone(served_desk: Served, nurse: Nurse) -> None:
    """The field is the first stop after the bar, Enter takes the only hit, and Print is reached before other papers."""
    page = nurse.page
    nurse.open(f"{served_desk.address}{LIST}")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find":
            break
    page.keyboard.type("castell")
    page.keyboard.press("Enter")
    page.wait_for_url("**/es")
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.textContent.trim()"))
        if stops[-1].startswith("Print"):
            break
    assert stops[-1].startswith("Print"), stops
    page.keyboard.press("Enter")
    assert len(nurse.printed()) == 1


def test_without_scripts(served_desk: Served, chromium: Browser) -> None:
    """Without JavaScript the server finds the language, and Print leads to the file itself."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served_desk.address}{LIST}")
    page.get_by_role("searchbox").fill("mexico")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/es")
    href = page.locator("a[data-print]").first.get_attribute("href")
    context.close()
    answer = httpx.get(f"{served_desk.address}{href}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_stick_without_a_network(desk: Bench, chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    """A copy of the folder works from files, offline, with and without JavaScript, and asks for nothing else."""
    stick = tmp_path / "stick"
    shutil.copytree(desk.output, stick, ignore=shutil.ignore_patterns("objects", "editions", "generations", "current"))
    context = chromium.new_context(java_script_enabled=scripts, offline=True, viewport={"width": 390, "height": 800})
    page, asked = context.new_page(), list[str]()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    # The browser's day is the machine's: the copy of a test is older.
    for path in stick.rglob("*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace('data-good-until="', 'data-not="'), encoding="utf-8")
    page.goto((stick / "desk.html").as_uri())
    page.get_by_role("link", name="Letter paper").click()
    if scripts:
        page.get_by_role("searchbox").fill("SPANISH")
        page.keyboard.press("Enter")
    else:
        link = page.get_by_role("link", name="Español").first
        link.wait_for()
        assert not page.get_by_role("searchbox").is_visible()
        link.click()
    page.wait_for_url("**/es.html")
    link = page.locator("a[data-print]").first
    target = page.evaluate("link => link.href", link.element_handle()) if scripts else link.get_attribute("href")
    assert target.endswith(".pdf")
    assert (Path(stick / "desk/larkspur-clinic/letter") / target if not scripts else Path(target[7:])).is_file()
    picture = page.locator(".shot img").first
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert problems == []
    assert {url.partition(":")[0] for url in asked} == {"file"}
    context.close()


def test_an_old_copy_prints_nothing(desk: Bench, tab: Page) -> None:
    """After its last day a copy says that it is too old, and its links are gone."""
    for path in (desk.output / "desk").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('data-good-until="2026-12-23"', 'data-good-until="2020-01-01"'), encoding="utf-8")
    tab.goto((desk.output / "desk/larkspur-clinic/letter/es.html").as_uri())
    assert tab.get_by_text("This copy is too old to print from.").is_visible()
    assert tab.get_by_role("link", name="Print").count() == 0
    assert tab.get_by_text("Expired: do not print").first.is_visible()


def test_a_recall_is_seen_and_confirmed(served_desk: Served, nurse: Nurse) -> None:
    """An open list shows a recall at once, and the language has a box; confirmed, it is a record and asks no more."""
    bench, page = served_desk.bench, nurse.page
    nurse.open(f"{served_desk.address}{LIST}")
    assert page.locator(".band").count() == 0
    recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), "the number is wrong", TODAY, bench.output)
    # The page is open: it shows the recall by itself.
    page.locator(".band a").wait_for()
    page.locator(".band a").click()
    page.get_by_role("heading", name="Pull from the rack").wait_for()
    expect(page.get_by_text("CRD-001 · es · 1.0").first).to_be_visible()
    expect(page.get_by_role("link", name="Print the English").first).to_be_visible()
    page.get_by_label("How many").fill("12")
    page.get_by_label("Your name").fill("Nora Nurse")
    page.get_by_role("button", name="Confirm: pulled").click()
    page.wait_for_url("**/es")
    expect(page.get_by_text("Pulled on 23 Nov 2026: 12 papers, by Nora Nurse.")).to_be_visible()
    (record,) = read_confirmations(bench.workspace).value
    assert (record.clinic, record.papers, record.name) == ("larkspur-clinic", 12, "Nora Nurse")
    page.goto(f"{served_desk.address}{LIST}")
    assert page.locator(".band").count() == 0
    # The folder says it too, after the next command.
    done = catch_up(bench.workspace, bench.output, TODAY)
    assert done is not None
    assert "12 papers, by Nora Nurse" in (bench.output / "desk/larkspur-clinic/letter/es.html").read_text("utf-8")


@pytest.mark.parametrize(("papers", "name"), [("many", "Nora"), ("-1", "Nora"), ("3", "  "), ("999999", "Nora")])
def test_a_confirmation_that_can_not_be_right(served_desk: Served, tab: Page, papers: str, name: str) -> None:
    """What can't be a number of papers or a name is refused in words, and nothing is written."""
    bench = served_desk.bench
    recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), "wrong", TODAY, bench.output)
    tab.wait_for_timeout(500)
    tab.goto(f"{served_desk.address}{LIST}es")
    tab.get_by_label("How many").fill(papers)
    tab.get_by_label("Your name").fill(name)
    tab.get_by_role("button", name="Confirm: pulled").click()
    expect(tab.get_by_role("heading", name="This was not confirmed")).to_be_visible()
    assert read_confirmations(bench.workspace).value == ()


def test_only_what_is_at_the_desk_is_served(served_desk: Served) -> None:
    """No address leads to another file of the output or the project, or to a file that was recalled."""
    bench, (file,) = served_desk.bench, [f for f in served_desk.bench.offered("es") if ".slips." in f.name]
    path = f"/desk/-/released/es/{file.name}"
    with httpx.Client(base_url=served_desk.address) as client:
        assert client.get(path).status_code == 200
        for wrong in (
            "/desk/-/released/manifest.json",
            "/desk/-/current/es/signs.es.slips.larkspur-clinic.PROOF.pdf",
            "/desk/-/..%2f..%2fpyproject.toml",
            "/desk/-/pictures/..%2ffiles.json",
            "/desk/nowhere/letter/",
            "/desk/larkspur-clinic/papyrus/",
            f"{LIST}xx",
        ):
            assert client.get(wrong).status_code == 404, wrong
        recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), "wrong", TODAY, bench.output)
        time.sleep(0.5)
        assert client.get(path).status_code == 404


def test_what_is_printed_asks_for_actual_size_and_two_sides(desk: Bench) -> None:
    """Each file at the desk presets the print window: actual size, one copy, and the edge where it is known."""
    wishes = {}
    for file in desk.offered("es"):
        with pikepdf.open(file) as pdf:
            wishes[file.name.split(".")[2]] = pdf.Root.ViewerPreferences
    assert set(wishes) == {"slip", "slips", "slips-short"}
    assert all(str(one.PrintScaling) == "/None" and int(one.NumCopies) == 1 for one in wishes.values())
    assert str(wishes["slips"].Duplex) == "/DuplexFlipLongEdge"
    assert str(wishes["slips-short"].Duplex) == "/DuplexFlipShortEdge"


@pytest.mark.parametrize(
    ("width", "scheme", "language"), [(1280, "light", "en"), (390, "dark", "en"), (390, "light", "ar")]
)
def test_axe_finds_nothing(served_desk: Served, chromium: Browser, width: int, scheme: str, language: str) -> None:
    """No page of the desk has a finding of axe-core or runs out sideways, with a recall and in Arabic too."""
    bench = served_desk.bench
    recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), "wrong", TODAY, bench.output)
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.wait_for_timeout(500)
    for path in ("/desk/?choose&", f"{LIST}?", f"{LIST}es?", f"{LIST}en?", f"{LIST}fa?"):
        page.goto(f"{served_desk.address}{path}lang={language}")
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
        assert found.violations_count == 0, (path, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


def test_a_file_that_somebody_changed_is_not_served(served_desk: Served) -> None:
    """What is printed is the released file to the byte, also if it changes after the page was made."""
    (file,) = [f for f in served_desk.bench.offered("es") if ".slips." in f.name]
    path = f"/desk/-/released/es/{file.name}"
    assert httpx.get(f"{served_desk.address}{path}").status_code == 200
    data = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(data[:-1] + b"x")
    assert httpx.get(f"{served_desk.address}{path}").status_code == 404
