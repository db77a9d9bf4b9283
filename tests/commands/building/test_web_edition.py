from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from shutil import which

import pypdfium2
import pytest

from pressroom.commands.building.build import build
from pressroom.diagnostics import Severity
from pressroom.planning.plan import Request
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import with_web

ROOT = Path(__file__).parents[3]
AXE = Path(os.environ.get("AXE_CORE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
CHROMIUM = which("chromium") or which("chromium-browser")
# Headless, and silent on the network.
FLAGS = (
    *(
        "--headless",
        "--hide-scrollbars",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-sync",
    ),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=30000"),
)
RUN = """axe.run().then(found => { const told = {width: innerWidth, wide: document.documentElement.scrollWidth,
ground: getComputedStyle(document.documentElement).backgroundColor,
passes: found.passes.length, violations: found.violations.map(v => [v.id, v.nodes.map(n => n.html)])};
parent.postMessage(btoa(unescape(encodeURIComponent(JSON.stringify(told)))), "*") })"""
# What runs out of a narrow screen first: a long word, a long address, and a wide table.
WIDE = """<p>Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft</p>
<p><a href="https://a.example/x"><span class="web-address" dir="ltr">very-long-name.example/with/a/path/that-goes-on
</span></a></p>
<div class="grid-room" tabindex="0"><table class="grid">
<thead><tr><th scope="col">Monday</th><th scope="col">Wednesday</th><th scope="col">Donnerstagnachmittag</th></tr>
</thead><tbody><tr><td>Electroencephalography</td><td>Sunday</td><td>Otorhinolaryngology</td></tr></tbody></table></div>"""
# Chromium's windows are no narrower than 500 px, so the page stands in a frame as wide as a telephone.
FRAME = """<body>
<iframe src="page.html" style="width: {width}px; height: 900px; border: 0; color-scheme: {scheme}"></iframe>
<script>addEventListener("message", told => {{ document.body.innerHTML = "<pre>" + told.data + "</pre>" }})</script>"""


@pytest.fixture(scope="session")
def page(edition: Path):
    """The page of a locale, as text."""

    def read(tag: str) -> str:
        path = edition / tag / f"after-your-visit.{tag}.web-page.praxis-am-see.PROOF.html"
        return path.read_text(encoding="utf-8")

    return read


def test_the_manifest_lists_the_pages(edition: Path) -> None:
    """Every document has a page for each locale and clinic, in the manifest like any piece."""
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    files = manifest["files"]
    pages = [file for file in files if file["product"] == "web-page"]
    assert {(file["locale"], file["clinic"]) for file in pages} == {
        (tag, clinic) for tag in ("en", "de", "fa") for clinic in ("praxis-am-see", "praxis-lindenhof")
    }
    assert all((edition / file["path"]).is_file() for file in pages)
    found = [d for file in pages for d in manifest.get("findings", {}).get(file["diagnostics"] or "", [])]
    assert not [d for d in found if d["code"].startswith("preflight")]


def test_a_page_needs_nothing_else(page) -> None:
    """There is no script, no frame, and no address but links; the page forbids itself to fetch anything."""
    html = page("en")
    assert "default-src 'none'" in html
    assert not re.search(r"<(script|link|iframe|img)\b", html)
    assert set(re.findall(r'(?:href|src)="([^"]*)"', html)) == {
        "tel:112",
        "tel:+4930 23125 018".replace(" ", ""),
        "https://lindenhof.example/guide",
    }
    assert set(re.findall(r"url\(['\"]?([^'\",;)]*)", html)) <= {"data:image/svg+xml"}


def test_the_emergency_number_comes_first(page) -> None:
    """On a telephone's screen the first thing to press is the emergency number that the document names."""
    for tag in ("en", "fa"):
        before, _, _ = page(tag).partition("<main>")
        assert re.findall(r'<nav class="emergency-first" dir="ltr"><a href="([^"]*)">', before) == ["tel:112"]
        assert re.sub("<[^>]+>", "", before).rstrip().endswith("112")


def test_a_printed_link_says_where_it_leads(page) -> None:
    """Behind a link's words is its address, which a screen does not show and a browser prints."""
    html = page("en")
    assert re.search(
        r'<a href="https://lindenhof.example/guide">[^<]+<span class="behind"> \(.*?</span>\)</span></a>', html
    )
    assert "@media screen { .behind { display: none; } }" in html


def test_a_proof_says_so_at_its_head_and_foot(page) -> None:
    """The words stand before the text and after it, in English and in the locale, and the control line says PROOF."""
    html = page("fa")
    assert html.index("DRAFT: NOT FOR PATIENTS") < html.index("<main>")
    assert html.rindex("DRAFT: NOT FOR PATIENTS") > html.index("</main>")
    assert " · PROOF · " in html
    assert '<meta name="robots" content="noindex, nofollow">' in html


def test_a_page_has_its_language_and_direction(page) -> None:
    """Persian runs from the right, and the clinic's name in it is English running from the left."""
    html = page("fa")
    assert '<html lang="fa" dir="rtl">' in html
    assert '<p class="brand" lang="en" dir="ltr">Praxis am See</p>' in html


def test_every_word_of_the_document_is_on_the_page(page) -> None:
    """What the leaflet says, the page says: nothing is left out for a small screen."""
    text = re.sub(r"<[^>]+>", "", page("en"))
    for words in ("After your visit", "10 to 15\u00a0minutes", "Ring us at", "Uferstraße 12", "our guide"):
        assert words.replace("\u00a0", " ") in text.replace("\u00a0", " ")


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium")
@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there: npm install --no-save axe-core, or set AXE_CORE")
@pytest.mark.parametrize(
    ("tag", "width", "scheme"), [("en", 320, "light"), ("en", 320, "dark"), ("fa", 320, "dark"), ("fa", 1280, "light")]
)
def test_axe_finds_nothing(page, tag: str, width: int, scheme: str, tmp_path: Path) -> None:
    """axe-core finds no violation on a telephone or a desktop, light or dark, and nothing runs out sideways."""
    told = _audit(page(tag).replace("</main>", f"{WIDE}</main>"), width, tmp_path, scheme)
    assert told["ground"] == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(18, 24, 27)")
    assert told["violations"] == []
    assert told["passes"] > 15
    assert (told["width"], told["wide"]) == (width, width)


def test_axe_would_find_something(page, tmp_path: Path) -> None:
    """The audit is awake: a picture without text and grey words are found."""
    if CHROMIUM is None or not AXE.is_file():
        pytest.skip("Chromium or axe-core is not there")
    spoilt = page("en").replace("<main>", '<main><img src="data:,"><p style="color: #ccc">faint words</p>')
    assert {name for name, _ in _audit(spoilt, 320, tmp_path)["violations"]} >= {"image-alt", "color-contrast"}


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium")
def test_every_printed_sheet_of_a_proof_is_marked(page, tmp_path: Path) -> None:
    """A browser prints the words of a draft at the head of each sheet, above the text, and prints no dark page."""
    text = "<p>A plain sentence that fills the sheet.</p>" * 120
    with pypdfium2.PdfDocument(_printed(page("fa").replace("</main>", f"{text}</main>"), tmp_path)) as pdf:
        assert len(pdf) > 3
        for sheet in pdf:
            words = sheet.get_textpage()
            (found,) = [words.get_text_bounded(top=top, bottom=top - 60) for top in (sheet.get_height(),)]
            assert "DRAFT: NOT FOR PATIENTS" in found
            corner = sheet.render(scale=0.5).to_pil().getpixel((1, 1))
            assert corner[:3] == (255, 255, 255)


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt-get install chromium")
def test_a_printed_picture_keeps_its_name(page, tmp_path: Path) -> None:
    """On paper a picture's name and all its labels are on one sheet, and no sheet has the mark of a draft alone."""
    labels = "<li>A part of it</li>" * 7
    pictures = "".join(
        f'<div class="picture illustrated"><p class="caption">Name{number}.</p><div class="drawing">'
        f'<ol class="names">{labels}<li>Last{number}.</li></ol></div></div>'
        for number in range(20)
    )
    with pypdfium2.PdfDocument(_printed(page("en").replace("</main>", f"{pictures}</main>"), tmp_path)) as pdf:
        sheets = [sheet.get_textpage().get_text_range() for sheet in pdf]
    for number in range(20):
        (sheet,) = [words for words in sheets if f"Name{number}." in words]
        assert f"Last{number}." in sheet
    assert "English" in sheets[-1]


def _printed(html: str, folder: Path) -> Path:
    """The sheets that a browser with a dark scheme prints of a page."""
    (folder / "page.html").write_text(html, encoding="utf-8")
    command = [
        str(CHROMIUM),
        *FLAGS,
        "--blink-settings=preferredColorScheme=0",
        f"--user-data-dir={folder / 'profile'}",
    ]
    to_pdf = ["--no-pdf-header-footer", f"--print-to-pdf={folder / 'page.pdf'}"]
    subprocess.run([*command, *to_pdf, (folder / "page.html").as_uri()], capture_output=True, timeout=120, check=True)
    return folder / "page.pdf"


def _audit(html: str, width: int, folder: Path, scheme: str = "light") -> dict[str, object]:
    """What axe-core says of a page on a screen so wide, in CSS pixels."""
    script = f"<script>{AXE.read_text(encoding='utf-8')}</script><script>{RUN}</script></body>"
    audited = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html).replace("</body>", script)
    (folder / "page.html").write_text(audited, encoding="utf-8")
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(width=width, scheme=scheme), encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:
        command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "--window-size=1400,1000", "--dump-dom"]
        run = subprocess.run([*command, frame.as_uri()], capture_output=True, text=True, timeout=120, check=True)
    told = re.search(r"<pre>([A-Za-z0-9+/=]+)</pre>", run.stdout)
    assert told is not None, run.stderr[-500:]
    result: dict[str, object] = json.loads(base64.b64decode(told[1]))
    return result


def test_a_style_that_hides_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A web page whose style can hide words is not made, not even as a proof; the printed pieces are."""
    monkeypatch.setattr("pressroom.layout.read.style_problems", lambda *_, **__: ())
    project = with_web(tmp_path)
    style = project / "layouts" / "web-page" / "style.css"
    style.write_text(
        style.read_text(encoding="utf-8") + "\nbody:not(:has(.draft)) li { display: none }\n", encoding="utf-8"
    )
    order = Request(locales=("en",), products=("web-page",))
    report = build(Workspace.open(project), order, output=project / "output", jobs=1, progress=lambda *_: None)
    assert {problem.code for problem in report.diagnostics if problem.severity is Severity.ERROR} == {
        "text-hidden",
        "drawing-unread",
    }
    assert not any(piece.made for piece in report.pieces)
