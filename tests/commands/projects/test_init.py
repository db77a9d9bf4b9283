"""A new project has the shape of this one, and builds at once."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressroom.approval import DraftRecord
from pressroom.cli import main
from pressroom.diagnostics import bars_proof, worst
from pressroom.language import find_language
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.project.settings import FORMAT
from pressroom.workspace.workspace import Workspace

Publish = Callable[..., Result]


def run(*arguments: str) -> Result:
    """A command that needs no project."""
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A new project in Ukraine, in German and Arabic."""
    folder = tmp_path / "my-clinic"
    done = run("init", str(folder), "--country", "UA", "--languages", "de,ar")
    assert done.exit_code == 0, done.output
    return folder


def test_it_has_the_shape_of_a_project(clinic: Path) -> None:
    """Source, layouts, catalogs, tests and the door are there, with the settings of the options."""
    settings = tomllib.loads((clinic / "pyproject.toml").read_text("utf-8"))["tool"]["pressroom"]
    assert settings == {"format": FORMAT, "name": "My clinic", "locales": ["de", "ar"]}
    for name in ("publish.py", ".gitignore", "output/.gitignore", "tests/test_documents.py", "layouts/brand.toml"):
        assert (clinic / name).is_file()
    for locale in ("de", "ar"):
        catalogs = {path.stem for path in (clinic / "locales" / locale / "LC_MESSAGES").glob("*.po")}
        assert catalogs == {"layouts", "when-to-call", "your-visit"}


def test_the_country_gives_the_number_and_the_paper(clinic: Path, tmp_path: Path) -> None:
    """Ukraine has 103 and A4, the United States 911 and US Letter; an option is stronger."""
    (place,) = Workspace.open(clinic).clinics().value
    assert place.emergency == "103"
    usual = {name for _, front in Workspace.open(clinic).documents().usable.values() for name in front.products}
    assert usual == {"trifold-a4", "metric-card", "web-page"}
    assert run("init", str(tmp_path / "us"), "--country", "united states").exit_code == 0
    workspace = Workspace.open(tmp_path / "us")
    assert workspace.clinics().value[0].emergency == "911"
    assert "trifold" in workspace.documents().usable["your-visit"][1].products
    assert run("init", str(tmp_path / "other"), "--country", "US", "--paper", "a4", "--emergency", "112").exit_code == 0
    workspace = Workspace.open(tmp_path / "other")
    assert workspace.clinics().value[0].emergency == "112"
    assert "trifold-a4" in workspace.documents().usable["your-visit"][1].products


def test_nothing_in_it_is_an_error(clinic: Path) -> None:
    """Each document has a piece for each of its products in English, and each word waits for a clinician."""
    workspace = Workspace.open(clinic)
    assert not bars_proof(workspace.shared_findings())
    plan = make_plan(workspace, Request(locales=("en",)))
    assert not plan.refused
    jobs = [job for job in plan.jobs if job.requested]
    assert len(jobs) == 4
    for job in jobs:
        assert prepare(job).piece is not None, prepare(job).diagnostics
        document = workspace.document(job.path).value
        assert document is not None
        assert document.pending


def test_the_packaged_words_are_drafted(clinic: Path, publish: Publish) -> None:
    """The layouts' words come with a machine's drafts, also in a language that is added later."""
    for tag in ("ar", "es"):
        if tag == "es":
            assert publish(clinic, "new", "es").exit_code == 0
        text = Workspace.open(clinic).text("layouts", find_language(tag))
        words = Workspace.open(clinic).words().value
        assert text.translation is not None
        assert text.translation.of(words["phone"]).status == "translated"
        assert text.drafts != DraftRecord()


def test_a_proof_is_made(clinic: Path, publish: Publish) -> None:
    """The card is built in English and, untranslated, in the project's languages."""
    done = publish(clinic, "build", "when-to-call", "--locale", "en", "--locale", "ar", "--product", "metric-card")
    assert done.exit_code == 0, done.output
    for locale in ("en", "ar"):
        assert list((clinic / "output/current" / locale).glob("when-to-call.*.PROOF.pdf"))


@pytest.mark.usefixtures("fonts")
def test_marks_make_no_findings(clinic: Path, publish: Publish) -> None:
    """The marks of English that waits for a translation are neither too small nor too long for any card."""
    products = [part for name in ("metric-card", "folded-card", "business-card") for part in ("--product", name)]
    done = publish(clinic, "build", "when-to-call", "--locale", "ar", *products)
    assert done.exit_code == 0, done.output
    assert "incomplete" in done.output
    assert "type-size" not in done.output
    assert "overset" not in done.output


def test_a_place_that_nobody_filled_in_is_not_released(clinic: Path, publish: Publish) -> None:
    """The placeholders are a warning for a proof, and bar the release of each piece of that place."""
    found = publish(clinic, "check", "--format", "json").output
    assert "clinic-unfilled" in found
    done = publish(clinic, "build", "--release", "--by", "Somebody", "when-to-call", "--locale", "en")
    assert done.exit_code == 1
    assert "clinic-unfilled" in done.output


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    """Nothing is overwritten; the repository of a fresh clone is nothing."""
    (tmp_path / "notes.txt").write_text("mine")
    done = run("init", str(tmp_path), "--country", "PL")
    assert (done.exit_code, "not empty" in done.output) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    assert run("init", str(tmp_path / "clone"), "--country", "PL").exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--country", "Polnd"), "did you mean PL (Poland)?"),
        (("--country", "PL", "--languages", "zh-Hanss"), "did you mean zh-Hans?"),
        (("--country", "PL", "--paper", "A5"), "'A5' is not one of"),
        (("--country", "Nauru"), "add --emergency NUMBER"),
        (("--country", "Nauru", "--emergency", "ask me"), "is no emergency number"),
    ],
)
def test_what_it_does_not_know_it_refuses_with_the_nearest(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    """A country, a language or a paper that does not exist makes no folder; a number is never guessed."""
    done = run("init", str(tmp_path / "clinic"), *options)
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not (tmp_path / "clinic").exists()


def test_git_merges_its_catalogs_by_message(tmp_path: Path) -> None:
    """In a clone the merge driver is switched on, and it runs without this package."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert run("init", str(tmp_path), "--country", "PL").exit_code == 0
    driver = subprocess.run(
        ["git", "-C", str(tmp_path), "config", "merge.po.driver"], capture_output=True, text=True, check=True
    ).stdout
    assert driver.strip() == "setup/git-merge-po %O %A %B"
    assert (tmp_path / "setup/git-merge-po").stat().st_mode & 0o111
    assert "merge=po" in (tmp_path / ".gitattributes").read_text("utf-8")


def test_a_document_of_it_can_be_removed_and_brought_back(clinic: Path, publish: Publish) -> None:
    """`remove-document` moves a sample away with its catalogs."""
    assert publish(clinic, "remove-document", "your-visit").exit_code == 0
    assert set(Workspace.open(clinic).documents().usable) == {"when-to-call"}
    assert publish(clinic, "remove-document", "your-visit", "--undo").exit_code == 0
    assert worst(Workspace.open(clinic).documents().unlisted) is None
    assert set(Workspace.open(clinic).documents().usable) == {"when-to-call", "your-visit"}


def test_its_door_calls_the_installed_program(clinic: Path) -> None:
    """`python publish.py` in the new project lists its products."""
    done = subprocess.run(
        [sys.executable, "publish.py", "products"],
        cwd=clinic,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "trifold-a4" in done.stdout, done.stderr
