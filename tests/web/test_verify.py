"""The verify face: what a person reads of a paper or a file, and the read-only face of it for the public web."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pikepdf
import pytest

from pressroom.commands.releasing import papers
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall
from pressroom.executor.protocol import Fault
from pressroom.pages.words import translations
from tests.commands.conftest import TODAY, Bench, make_bench
from tests.web.conftest import Served, serving, until

REASON = "The word for <b>leg</b> is wrong; see page 2."


@pytest.fixture(scope="module")
def _released(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = make_bench(tmp_path_factory.mktemp("released") / "project")
    assert not bench.build().failed
    bench.sign_all()
    assert not bench.release().failed
    return bench


@pytest.fixture
def bench(_released: Bench, tmp_path: Path) -> Bench:
    """A released project, to spoil."""
    return Bench(Path(shutil.copytree(_released.root, tmp_path / "project", symlinks=True)))


@pytest.fixture
def public(bench: Bench) -> Iterator[Served]:
    """The read-only face."""
    yield from serving(bench, verify_only=True)


def eight(bench: Bench, locale: str = "es") -> str:
    """The letters at the end of the released paper's small print."""
    log = "\n".join(path.read_text(encoding="utf-8") for path in sorted((bench.root / "releases").glob("*.toml")))
    found = re.findall(rf'locale = "{locale}".*?inputs = "(\w+)"', log, re.DOTALL)
    return found[-1]


def word(answer: httpx.Response) -> str:
    """The one word of an answer."""
    found = re.search(r'<h2 id="answer">([^<]*)</h2>', answer.text)
    assert found is not None, answer.text
    return found[1].strip()


def sentence(answer: httpx.Response) -> str:
    """What to do."""
    found = re.search(r'<p class="do">([^<]*)</p>', answer.text)
    assert found is not None
    return found[1].strip()


def told(served: Served, line: str, **more: object) -> httpx.Response:
    """The answer to a line."""
    return httpx.get(f"{served.address}/verify", params={"line": line}, follow_redirects=True, **more)


def send(served: Served, data: bytes, name: str = "scan.pdf") -> httpx.Response:
    """The answer to a file."""
    with httpx.Client(base_url=served.address, timeout=60) as browser:
        found = re.search(r'name="token" value="(\w*)"', browser.get("/verify").text)
        assert found is not None
        return browser.post("/verify", data={"token": found[1]}, files={"file": (name, data, "application/pdf")})


@pytest.mark.parametrize("between", [" ", "-", "  "])
def test_letters_that_are_typed_in_groups(bench, served, between: str) -> None:
    """Eight letters are read as people type them: in groups, and in capitals."""
    letters = eight(bench)
    assert word(told(served, f"{letters[:4]}{between}{letters[4:].upper()}")) == "Current"
    assert word(told(served, f"{letters[:4]}{between}{letters[4:]}0")) == "Not known"


def test_a_current_paper(bench, served) -> None:
    """One word, one sentence, the facts and the pages."""
    answer = told(served, eight(bench))
    assert word(answer) == "Current"
    assert "You may hand it out" in sentence(answer)
    for fact in ("Warning signs", "Español", "Larkspur Clinic", "Tomás Traductor", "30 Nov 2027", "23 Nov 2026"):
        assert fact in answer.text


@pytest.mark.parametrize("locale", ["en", "es"])
def test_its_picture_is_that_of_the_released_file(bench, served, locale: str) -> None:
    """The address has the file's hash, so a browser keeps it for ever."""
    address = re.search(r'src="(/verify/picture/[0-9a-f]{64}-1\.png)"', told(served, eight(bench, locale)).text)
    assert address is not None
    picture = httpx.get(served.address + address[1], timeout=60)
    assert picture.content.startswith(b"\x89PNG")
    assert len(picture.content) < 100_000
    assert picture.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert httpx.get(served.address + address[1].replace("-1.png", "-2.png")).status_code == 404


def test_no_picture_of_anything_else(bench, served) -> None:
    """A proof is kept by its hash too, and has no picture here."""
    for path in (bench.output / "objects").iterdir():
        if path.read_bytes().startswith(b"%PDF") and path.name not in {
            record.sha256 for record in papers.open_register(bench.workspace, TODAY, by_log=True).by_sha256.values()
        }:
            assert httpx.get(f"{served.address}/verify/picture/{path.name}-1.png").status_code == 404


def test_what_people_type(bench, served) -> None:
    """Capitals, letters that were read for digits, and the whole line are understood."""
    letters = eight(bench)
    line = f"CRD-001 · es · 1.0 · 2026-11 · review by 2027-11 · {letters}"
    for written in (letters.upper(), letters.replace("0", "O"), f"  {letters} ", line, f"CRD-001 {letters}"):
        assert word(told(served, written)) == "Current", written


def test_letters_that_are_not_known(bench, served) -> None:
    """The page says what it may have been."""
    letters = eight(bench)
    answer = told(served, letters[:-1] + ("1" if letters[-1] != "1" else "2"))
    assert word(answer) == "Not known"
    assert f'href="/verify/{letters}#answer"' in answer.text
    assert word(told(served, "nothing that is a line")) == "Not known"


def test_a_draft(served) -> None:
    """Paper that says PROOF is never for patients."""
    answer = told(served, "PROOF CRD-001")
    assert word(answer) == "Draft"
    assert "Never give it to a patient" in sentence(answer)


def test_past_its_review_date(bench) -> None:
    """The day after."""
    for served in serving(bench, date(2027, 12, 1)):
        assert word(told(served, eight(bench))) == "Past its review date"


def test_words_that_changed(bench, served) -> None:
    """An open server notices it: the paper is out of date."""
    assert word(told(served, eight(bench))) == "Current"
    with httpx.stream("GET", f"{served.address}/events", timeout=20) as stream:
        lines = stream.iter_lines()
        next(line for line in lines if line.startswith("event:"))
        bench.edit(bench.catalog, "Pida ayuda", "Busque ayuda")
        next(line for line in lines if "signs.po" in line)
    assert word(told(served, eight(bench))) == "Out of date"


def test_a_replaced_paper(bench) -> None:
    """It says what took its place, and shows that."""
    old = eight(bench)
    bench.edit(bench.catalog, "Pida ayuda", "Busque ayuda")
    bench.build("es")
    for role in ("translator", "reviewer", "clinician"):
        bench.sign("es", role)
    assert not bench.release("es").failed
    for served in serving(bench):
        answer = told(served, old)
        assert word(answer) == "Replaced"
        assert sentence(answer) == "Don’t hand it out. Version 1.0 took its place on 23 Nov 2026."
        assert "The paper that took its place." in answer.text


@pytest.mark.parametrize("verify_only", [False, True])
def test_a_recalled_paper(bench, verify_only: bool) -> None:
    """First the patient, then the rack; the reason as it was given, and no HTML of it."""
    letters = eight(bench)
    recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), REASON, TODAY, bench.output)
    for served in serving(bench, verify_only=verify_only):
        answer = told(served, letters)
        assert word(answer) == "Recalled"
        assert sentence(answer).startswith("First the patient:")
        assert "Then pull every one from the rack" in sentence(answer)
        assert "The word for &lt;b&gt;leg&lt;/b&gt; is wrong; see page 2." in answer.text
        assert "by Cora Clinic" in answer.text
        assert "its file was deleted with the recall" in answer.text


def test_a_recall_reaches_an_open_server(bench, public) -> None:
    """Also one without events: the next question has the answer, and what a browser keeps is old after a minute."""
    letters = eight(bench)
    before = told(public, letters)
    assert word(before) == "Current"
    assert before.headers["cache-control"] == "public, max-age=60"
    recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), REASON, TODAY, bench.output)
    for _ in range(100):
        if word(told(public, letters)) == "Recalled":
            return
    pytest.fail("the recall was not noticed")


def test_a_released_file(bench, served) -> None:
    """Under any name."""
    answer = send(served, bench.offered("es")[0].read_bytes(), 'x/y\\"><script>alert(1)</script>.pdf')
    assert word(answer) == "Current"
    assert "<script>alert" not in answer.text


def test_other_files(bench, served, tmp_path) -> None:
    """A proof, an altered copy, a blank page, noise, nothing."""
    (proof,) = (bench.output / "current" / "es").glob("*.pdf")
    assert word(send(served, proof.read_bytes())) == "Draft"
    altered = tmp_path / "altered.pdf"
    with pikepdf.open(bench.offered("es")[0]) as document:
        document.save(altered)
    assert word(send(served, altered.read_bytes())) == "Altered"
    answer = send(served, b"%PDF-1.7\nnothing")
    assert word(answer) == "Not known"
    assert "type its small print" in sentence(answer)
    assert "{command}" not in answer.text
    assert send(served, b"", "").status_code == 400


def test_a_file_is_never_stored(bench, served, tmp_path, monkeypatch) -> None:
    """Nothing is left, and nothing was written: not in the project, and not where temporary files are."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    before = {path: path.stat().st_mtime_ns for path in bench.root.rglob("*")}
    send(served, bench.offered("es")[0].read_bytes() + b"\n" * 3_000_000)
    assert list(temporary.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in bench.root.rglob("*")} == before


def test_a_reader_that_dies_is_an_answer(bench, served, monkeypatch) -> None:
    """A PDF that ends its reader ends nothing else."""
    fault = Fault("was killed by SIGSEGV")
    monkeypatch.setattr("pressroom.commands.releasing.verify.contained", lambda *_: [fault])
    answer = send(served, b"%PDF-1.7\nbomb")
    assert word(answer) == "Not known"
    assert "its reader was ended" in answer.text


def test_settings_that_are_being_edited(bench, served) -> None:
    """Half a settings file ends no server, and hides no recall: the log decides until it can be read again."""
    letters, settings = eight(bench), bench.root / "pyproject.toml"
    whole = settings.read_text(encoding="utf-8")

    def write(text: str) -> None:
        with httpx.stream("GET", f"{served.address}/events", timeout=20) as stream:
            lines = stream.iter_lines()
            next(line for line in lines if line.startswith("event:"))
            settings.write_text(text, encoding="utf-8")
            next(line for line in lines if "pyproject.toml" in line)

    write("[tool.pressroom\nname = ")
    assert word(told(served, letters)) == "Not sure"
    write(whole)
    assert word(told(served, letters)) == "Current"


def test_the_read_only_face(bench, public) -> None:
    """No cookie, no other face, no events; it may be kept for a minute, and no search engine lists it."""
    answer = told(public, eight(bench), headers={"cookie": "pressroom=" + "x" * 32, "accept-language": "es"})
    assert word(answer) == translations("es").gettext("Current")
    assert "set-cookie" not in answer.headers
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert answer.headers["vary"] == "Accept-Language"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert '<html lang="es"' in answer.text
    assert "Not looked at" in told(public, eight(bench)).text
    for path in ("/translate", "/review", "/desk/", "/events", "/brand.css", "/page/x.png", "/sign-in", "/keys"):
        assert httpx.get(public.address + path).status_code == 404, path
    assert httpx.get(public.address).headers["location"] == "/verify"
    assert httpx.head(f"{public.address}/verify").status_code == 200
    robots = httpx.get(f"{public.address}/robots.txt")
    assert robots.text == "User-agent: *\nDisallow: /\n"


def test_the_read_only_face_keeps_the_language(bench, public) -> None:
    """Its links say the language, because no cookie does."""
    answer = told(public, eight(bench))
    assert f'href="/verify/{eight(bench)}?lang=ar"' in answer.text
    arabic = httpx.get(f"{public.address}/verify?lang=ar")
    assert '<input type="hidden" name="lang" value="ar">' in arabic.text
    asked = httpx.get(f"{public.address}/verify", params={"line": "x/../y", "lang": "ar"})
    assert asked.headers["location"] == "/verify/x%2F..%2Fy?lang=ar#answer"


def test_the_read_only_face_takes_files(bench, public) -> None:
    """There is no token, because nothing is written; a form of another site is refused all the same."""
    assert word(send(public, bench.offered("es")[0].read_bytes())) == "Current"
    refused = httpx.post(f"{public.address}/verify", headers={"origin": "https://evil.example"})
    assert refused.status_code == 403


ALLOWED = (
    r"pyproject\.toml", r"releases(/.*)?", r"source/(recalls|renames|signoffs)(/.*)?", r"source/people\.toml",
    r"source/signing-rules\.toml", r"locales/languages\.toml", r"locales/[^/]+/signoffs(/.*)?",
    r"output/(released|editions)(/.*)?", r"output/desk\.html",
)  # fmt: skip
WATCHED = """
import json, os, sys
from pathlib import Path
root, line, pdf = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]).read_bytes()
import anyio, httpx
from datetime import date
from pressroom.web.application import create_application
from pressroom.web.settings import ServeSettings
from pressroom.workspace.workspace import Workspace
seen, real = set(), os.open

def named(path, dir_fd=None):
    text = os.fsdecode(path) if not isinstance(path, int) else ""
    base = os.readlink(f"/proc/self/fd/{dir_fd}") if dir_fd is not None else os.getcwd()
    whole = os.path.join(base, text)
    if text and whole.startswith(f"{root}/"):
        seen.add(os.path.relpath(whole, root))

def opened(path, flags, mode=0o777, *, dir_fd=None):
    # A folder on the way to a file is opened too.
    if not flags & os.O_DIRECTORY:
        named(path, dir_fd)
    return real(path, flags, mode, dir_fd=dir_fd)

def heard(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and os.fsdecode(arguments[0]).startswith("/"):
        if os.path.isdir(arguments[0]):
            return
        named(arguments[0])

os.open = opened
sys.addaudithook(heard)
app = create_application(Workspace.open(root), ServeSettings("http://t", lambda: date(2026, 11, 23), verify_only=True))

async def ask():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t", follow_redirects=True) as web:
        page = (await web.get(f"/verify/{line}")).text
        picture = page.split('src="/verify/picture/')[1].split('"')[0]
        answers = [await web.get(f"/verify/picture/{picture}"), await web.get("/verify/00000000"), await web.get("/x")]
        answers.append(await web.post("/verify", files={"file": ("a.pdf", pdf)}))
        return [a.status_code for a in answers] + [page.count(">Current</h2>"), answers[-1].text.count(">Current</h2>")]

print(json.dumps([anyio.run(ask), sorted(seen)]))
"""


def test_the_read_only_face_reads_the_log_alone(bench) -> None:
    """It opens no text, no catalog, no layout and no list of clinics: records and released files, nothing else."""
    pdf = bench.offered("es")[0]
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, str(bench.root), eight(bench), str(pdf)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 0, run.stderr
    answers, seen = json.loads(run.stdout)
    assert answers == [200, 200, 404, 200, 1, 1]
    assert any(name.startswith("releases/") for name in seen)
    assert any(name.startswith("source/signoffs/") for name in seen)
    assert [name for name in seen if not any(re.fullmatch(allowed, name) for allowed in ALLOWED)] == []


def test_by_letters_with_the_keyboard_alone(bench, served, tab) -> None:
    """A nurse types eight letters and presses Enter."""
    tab.goto(f"{served.address}/verify")
    tab.focus("#line")
    tab.keyboard.type(eight(bench))
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/verify/*")
    assert tab.inner_text("#answer") == "Current"
    until(tab, "[...document.querySelectorAll('.shots img')].every((one) => one.naturalWidth > 0)")


def test_a_file_that_is_dropped(bench, served, tab) -> None:
    """It is sent at once."""
    tab.goto(f"{served.address}/verify")
    data = tab.evaluate_handle(
        """(bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "scan.pdf", { type: "application/pdf" }));
            return data;
        }""",
        list(bench.offered("es")[0].read_bytes()),
    )
    tab.dispatch_event(".drop", "drop", {"dataTransfer": data})
    tab.wait_for_selector("#answer")
    assert tab.inner_text("#answer") == "Current"


def test_without_scripts(bench, served, chromium) -> None:
    """Letters and a file work as plain forms."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/verify")
    page.fill("#line", eight(bench))
    page.click("text=Look it up")
    assert page.inner_text("#answer") == "Current"
    page.set_input_files("#file", str(bench.offered("es")[0]))
    page.click("text=Say what it is")
    assert page.inner_text("#answer") == "Current"
    context.close()
