"""The review face answers what no page of it sends: unknown texts, wrong numbers, forms of somebody without a role."""

from __future__ import annotations

import errno
import html
import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.commands.conftest import Bench, id_of, make_bench, people_toml
from tests.web.conftest import Served, serving


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A project with a people list; nothing is built."""
    bench = make_bench(tmp_path_factory.mktemp("requests") / "project")
    (bench.root / "source" / "people.toml").write_text(people_toml(None), encoding="utf-8")
    return bench


@pytest.fixture(scope="module")
def served(bench: Bench) -> Iterator[Served]:
    """The project, served."""
    yield from serving(bench)


class Visit:
    """A browser without scripts."""

    def __init__(self, served: Served, name: str = "") -> None:
        self.client = httpx.Client(base_url=served.address, timeout=60)
        self._token = self._of_form("/sign-in")
        if name:
            self.post("/sign-in", person=id_of(name))
            self._token = self._of_form("/sign-in")

    def _of_form(self, path: str) -> str:
        found = re.search(r'name="token" value="([0-9a-f]{64})"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def post(self, path: str, **values: str) -> httpx.Response:
        """Send a form."""
        return self.client.post(path, data={"token": self._token, **values})


Visits = Callable[..., Visit]


@pytest.fixture
def visits(served) -> Iterator[Visits]:
    """Opens browsers, each of a person or of somebody unknown."""
    opened: list[Visit] = []

    def visit(name: str = "") -> Visit:
        opened.append(Visit(served, name))
        return opened[-1]

    yield visit
    for one in opened:
        one.client.close()


@pytest.fixture
def clinician(visits) -> Visit:
    """The clinician of the Spanish."""
    return visits("Carlos Clínico")


@pytest.mark.parametrize(
    "path",
    [
        "/review/es/nothing",
        "/review/qq/signs",
        "/review/es/..%2fsigns",
        "/review/es/signs/sign?role=x",
        "/review/es/%00",
    ],
)
def test_no_such_text(served, path):
    """An address of no text is answered with a page, not with a failure."""
    assert httpx.get(f"{served.address}{path}", timeout=60).status_code in (303, 400, 404)


@pytest.mark.parametrize("what", ["ticks", "remarks", "return", "sign", "unsign/reviewer"])
def test_somebody_unknown_writes_nothing(visits, bench, what):
    """Who has not said who they are can read, and nothing else."""
    before = bench.catalog.read_bytes()
    answer = visits().post(f"/review/es/signs/{what}", on="0" * 32, text="x", about="m2", reason="y")
    assert answer.status_code in (403, 404)
    assert bench.catalog.read_bytes() == before
    assert not list(bench.root.glob("locales/es/signoffs/**/*.toml"))


def test_another_language_is_not_theirs(visits, bench):
    """The clinician of the English has no role in Spanish: no tick, no remark, no return."""
    visit, before = visits("Cora Clinic"), bench.catalog.read_bytes()
    assert visit.post("/review/es/signs/ticks", on="0" * 32).status_code == 403
    assert visit.post("/review/es/signs/return", text="no").status_code == 404
    assert bench.catalog.read_bytes() == before


@pytest.mark.parametrize("number", ["0", "999", "-1", "x", "９", "1" * 40])
def test_wrong_numbers_return_nothing(clinician, bench, number):
    """A message of no number is not returned; a number that is none is left out only if another is right."""
    before = bench.catalog.read_bytes()
    answer = clinician.post("/review/es/signs/return", text="", number=number)
    assert answer.status_code == 400
    if number in ("0", "999"):
        assert clinician.post("/review/es/signs/return", text="why", number=number).status_code == 409
    assert bench.catalog.read_bytes() == before


def test_a_tick_of_something_else_is_not_kept(clinician, bench):
    """Only what is on the page now can be ticked."""
    answer = clinician.client.post(
        "/review/es/signs/ticks",
        data={"token": clinician._token, "on": ["0" * 32, "../x"]},
        headers={"accept": "application/json"},
    )
    assert answer.json()["done"] == 0
    assert sorted(answer.json()["late"]) == ["../x", "0" * 32]


def test_a_tick_that_cannot_be_saved_says_so(clinician, bench, served, monkeypatch):
    """A full disk, or a folder that may not be written, is said on a page with what to do."""
    on = re.search(r'name="on" value="([^"]+)"', clinician.client.get("/review/es/signs").text)
    assert on is not None

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(bench.root / ".pressroom" / "ticks"))

    monkeypatch.setattr("pressroom.commands.signing.ticks.write_atomic", full)
    answer = clinician.post("/review/es/signs/ticks", on=on[1])
    assert answer.status_code == 507
    assert "the system refuses .pressroom/ticks: no space left on device" in answer.text


def test_a_form_without_its_record_signs_nothing(clinician, bench):
    """Ticks are missing, so the page comes back; no record is written."""
    answer = clinician.post("/review/es/signs/sign", pending="made-up")
    assert answer.status_code == 409
    assert "ticks are missing" in answer.text
    assert not list(bench.root.glob("locales/es/signoffs/**/*.toml"))


def test_a_release_by_somebody_else_is_refused(clinician, bench):
    """The rule is the command's: who is no releaser releases nothing."""
    answer = clinician.post("/review/release", text="signs/es")
    assert answer.status_code == 409
    assert "may not release" in answer.text
    assert not (bench.root / "releases").exists() or not list((bench.root / "releases").iterdir())


def test_a_recall_is_asked_first(clinician, bench):
    """Without a reason or the mark that they are sure, nothing is recalled."""
    assert clinician.post("/review/recall/signs", reason="x").status_code == 400
    assert clinician.post("/review/recall/signs", sure="1").status_code == 400
    assert not list(bench.root.glob("source/recalls/*.toml"))
    assert clinician.post("/review/recall/never-there", reason="x", sure="1").status_code == 409


def test_texts_are_shown_as_text(clinician, bench):
    """A remark can't bring markup into the page, and is one line of the catalog."""
    text = '<script>alert(1)</script>\n"quoted" \\ and\nlines'
    assert clinician.post("/review/es/signs/remarks", about="m2", text=text).status_code == 303
    shown = clinician.client.get("/review/es/signs").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    comment = next(c for c in bench.catalog.read_text(encoding="utf-8").splitlines() if c.startswith("# remark"))
    assert comment.endswith("lines [it said: “Pida ayuda”]")
    line = re.search(r'name="line" value="([^"]+)"', shown)
    assert line is not None
    assert clinician.post("/review/es/signs/remarks", about="m2", line=html.unescape(line[1])).status_code == 303
    assert "# remark" not in bench.catalog.read_text(encoding="utf-8")


def test_a_remark_on_a_page_is_with_the_title(clinician, bench):
    """The translator finds it beside the document's title, with the page that it is about."""
    clinician.post("/review/es/signs/remarks", about="slip, page 1", text="too close to the edge")
    assert "(clinician) on slip, page 1: too close to the edge" in bench.catalog.read_text(encoding="utf-8")


def test_what_cannot_be_read_is_named(tmp_path):
    """With clinics that can't be read there is no list; the page says why, and not that every text is signed."""
    bench = make_bench(tmp_path / "project")
    for one in serving(bench):
        assert "A file has an error" not in httpx.get(f"{one.address}/review", timeout=60).text
    with (bench.root / "source" / "clinics.toml").open("a", encoding="utf-8") as file:
        file.write("x = =\n")
    for one in serving(bench):
        said = httpx.get(f"{one.address}/review", timeout=60).text
    assert "source/clinics.toml:" in said
    assert "every text has its signatures" not in said
