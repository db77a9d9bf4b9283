"""Two translators and an editor on three branches, merged by git itself: a conflict is one that a person sees too."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.catalog import Catalog
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.update import update
from pressroom.language import find_language
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
ES = find_language("es")
CALL = "Please call {phone} **before you come**."
NOW, LATER = "2026-11-01 09:00+0000", "2026-11-05 09:00+0000"
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def project(minimal: Path) -> Project:
    """A project of two locales, committed."""
    project = find_project(minimal)
    update(Workspace(project), (), NOW)
    git(project, "init", "-q", "-b", "main")
    commit(project)
    return project


def git(project: Project, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git as an invented person."""
    person = ("-c", "user.name=Ana", "-c", "user.email=ana@clinic.example", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *person, *words], cwd=project.root, capture_output=True, text=True, check=False)


def commit(project: Project) -> None:
    """Everything, whatever it is called."""
    git(project, "add", "-A")
    assert git(project, "commit", "-q", "-m", "work").returncode == 0


def translated(project: Project, msgid: str, msgstr: str) -> None:
    """A translator's edit of one message, saved in the project's form."""
    path = project.catalog_file("es", "visit")
    catalog = of(project)
    entries = tuple(replace(e, msgstr=msgstr) if e.msgid == msgid else e for e in catalog.entries)
    path.write_bytes(write_catalog(replace(catalog, entries=entries)))


def of(project: Project) -> Catalog:
    """The catalog, which must be readable."""
    catalog, problems = read_catalog(project.catalog_file("es", "visit").read_bytes(), "visit.po", ES)
    assert catalog is not None, problems
    return catalog


def test_three_branches_merge(project: Project) -> None:
    """Translators at the heading and at the paragraph below it, an editor who adds and changes: nobody waits."""
    git(project, "switch", "-q", "-c", "one")
    translated(project, "Your visit", "Su cita")
    commit(project)
    git(project, "switch", "-q", "-c", "two", "main")
    translated(project, CALL, "Antes de venir, **llame** al {phone}.")
    commit(project)
    git(project, "switch", "-q", "-c", "editor", "main")
    source = project.root / "source/visit.md"
    text = source.read_text(encoding="utf-8").replace("Wear loose clothes", "Wear loose, light clothes")
    source.write_text(text + "\nA new last paragraph.\n", encoding="utf-8")
    update(Workspace(project), (), LATER)
    commit(project)
    git(project, "switch", "-q", "main")
    for branch in ("one", "two", "editor"):
        merged = git(project, "merge", "-q", "--no-edit", branch)
        assert merged.returncode == 0, merged.stdout
    said = {entry.msgid: entry.msgstr for entry in of(project).active}
    assert said["Your visit"] == "Su cita"
    assert said[CALL] == "Antes de venir, **llame** al {phone}."
    assert said["A new last paragraph."] == ""
    assert not update(Workspace(project), (), LATER).written


def saved(project: Project, msgid: str, msgstr: str, who: str, when: str) -> None:
    """A translator's edit as an editor saves it, with the date and the name in the header."""
    translated(project, msgid, msgstr)
    catalog = of(project)
    fields = catalog.header.replaced({"PO-Revision-Date": when, "Last-Translator": who})
    done = replace(catalog, header=replace(catalog.header, fields=fields))
    project.catalog_file("es", "visit").write_bytes(write_catalog(done))


def with_driver(project: Project) -> None:
    """Switch the merge driver on, as `press` does."""
    shutil.copy(ROOT / ".gitattributes", project.root)
    (project.root / "setup").mkdir()
    shutil.copy(ROOT / "setup/git-merge-po", project.root / "setup")
    git(project, "config", "merge.po.driver", "setup/git-merge-po %O %A %B")
    commit(project)


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_two_dates_are_no_conflict_with_the_driver(project: Project, order: tuple[str, str]) -> None:
    """Both translators' editors wrote a date and a name: the later of the two stands, and both texts are there."""
    with_driver(project)
    for branch, msgid, text, when in (
        ("one", "Your visit", "Su cita", "2026-11-03 10:00+0000"),
        ("two", CALL, "Antes de venir, **llame** al {phone}.", "2026-11-04 10:00+0000"),
    ):
        git(project, "switch", "-q", "-c", branch, "main")
        saved(project, msgid, text, f"{branch} & Co <{branch}@clinic.example>", when)
        commit(project)
    git(project, "switch", "-q", order[0])
    merged = git(project, "merge", "-q", "--no-edit", order[1])
    assert merged.returncode == 0, merged.stdout + merged.stderr
    catalog = of(project)
    said = {entry.msgid: entry.msgstr for entry in catalog.active}
    assert (said["Your visit"], said[CALL]) == ("Su cita", "Antes de venir, **llame** al {phone}.")
    assert catalog.header.get("PO-Revision-Date") == "2026-11-04 10:00+0000"
    assert catalog.header.get("Last-Translator") == "two & Co <two@clinic.example>"


@pytest.mark.parametrize(("written", "merges"), [("fr", False), ("pt_BR", False), ("es_MX", True)])
def test_another_language_is_a_conflict_of_the_whole_file(project: Project, written: str, merges: bool) -> None:
    """A catalog that was overwritten with another language's is not mixed into ours; a region is no other language."""
    with_driver(project)
    path = project.catalog_file("es", "visit")
    for name in ("one", "two"):
        git(project, "switch", "-q", "-c", name, "main")
        saved(project, "Your visit" if name == "one" else CALL, "Su cita al {phone}", name, "2026-11-03 10:00+0000")
        if name == "two":
            path.write_bytes(path.read_bytes().replace(b"Language: es", b"Language: " + written.encode()))
        commit(project)
    git(project, "switch", "-q", "one")
    assert (git(project, "merge", "-q", "--no-edit", "two").returncode == 0) is merges
    assert (b"<<<<<<< ours\n# " in path.read_bytes()) is not merges


def test_two_translations_of_one_message_are_a_conflict_that_is_told(project: Project) -> None:
    """Git stops, and until a person has chosen, the update refuses the file at its line and leaves it alone."""
    for branch, text in (("one", "Su cita"), ("two", "Cita")):
        git(project, "switch", "-q", "-c", branch, "main")
        translated(project, "Your visit", text)
        commit(project)
    git(project, "switch", "-q", "one")
    assert git(project, "merge", "-q", "--no-edit", "two").returncode != 0
    path = project.catalog_file("es", "visit")
    before = path.read_bytes()
    report = update(Workspace(project), (), LATER)
    assert "merge-conflict" in {problem.code for problem in report.diagnostics}
    assert path.read_bytes() == before


def edit_source(project: Project, before: str, after: str, day: int) -> None:
    """An editor's change of the English, and the update after it."""
    path = project.root / "source/visit.md"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert not update(Workspace(project), (), f"2026-11-{day:02} 09:00+0000").failed


def confirmed(project: Project, msgid: str, msgstr: str) -> None:
    """A translator's correction of a fuzzy message, and the update after it."""
    catalog = of(project)
    done = {e.key: replace(e, msgstr=msgstr, flags=(), previous_msgid=None) for e in catalog.active if e.msgid == msgid}
    assert done
    entries = tuple(done.get(entry.key, entry) for entry in catalog.entries)
    project.catalog_file("es", "visit").write_bytes(write_catalog(replace(catalog, entries=entries)))
    update(Workspace(project), (), LATER)


def branch(project: Project, name: str, start: str = "main") -> None:
    """A new branch."""
    assert git(project, "switch", "-q", "-c", name, start).returncode == 0


LOOSE, BRING = "Wear loose clothes", "Bring 2 questions or more"
VERY_LOOSE, SHORT = "Wear very loose clothes", "Bring 2 short questions or more"


@pytest.fixture
def fuzzy(project: Project) -> Project:
    """The project with its driver, and two messages that wait."""
    with_driver(project)
    edit_source(project, LOOSE, VERY_LOOSE, 2)
    edit_source(project, BRING, SHORT, 3)
    commit(project)
    return project


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")])
def test_two_translators_at_two_fuzzy_messages_merge(fuzzy: Project, order: tuple[str, str]) -> None:
    """Each confirms one and updates: both texts are accepted, both old ones are obsolete, and nobody waits."""
    for name, msgid, text in (("one", VERY_LOOSE, "Use ropa muy suelta"), ("two", SHORT, "Traiga 2 preguntas breves")):
        branch(fuzzy, name)
        confirmed(fuzzy, msgid, text)
        commit(fuzzy)
    git(fuzzy, "switch", "-q", order[0])
    merged = git(fuzzy, "merge", "-q", "--no-edit", order[1])
    assert merged.returncode == 0, merged.stdout
    catalog = of(fuzzy)
    said = {entry.msgid: entry.msgstr for entry in catalog.active if entry.translated}
    assert (said[VERY_LOOSE], said[SHORT]) == ("Use ropa muy suelta", "Traiga 2 preguntas breves")
    assert {entry.msgid for entry in catalog.obsolete} == {LOOSE, BRING}
    assert not update(Workspace(fuzzy), (), LATER).written


def test_two_editors_who_delete_different_messages_merge(project: Project) -> None:
    """The English merges, and so do templates and catalogs; both translations are kept as obsolete."""
    with_driver(project)
    edit_source(project, "- Wear loose clothes\n", "- Wear loose clothes\n\nSit down.\n\nRest.\n\n", 2)
    commit(project)
    for day, name, text in ((3, "one", "- Wear loose clothes\n"), (4, "two", "- Bring 2 questions or more")):
        branch(project, name)
        edit_source(project, text, "", day)
        commit(project)
    git(project, "switch", "-q", "one")
    merged = git(project, "merge", "-q", "--no-edit", "two")
    assert merged.returncode == 0, merged.stdout
    assert {entry.msgid for entry in of(project).obsolete} == {LOOSE, BRING}
    update(Workspace(project), (), LATER)
    assert {entry.msgid for entry in of(project).obsolete} == {LOOSE, BRING}


@pytest.mark.parametrize("side", ["--ours", "--theirs", "--union"])
def test_no_resolution_accepts_an_old_text(fuzzy: Project, side: str) -> None:
    """One message confirmed in two ways is a conflict of the whole message; both kept are refused."""
    for name, text in (("one", "Use ropa muy suelta"), ("two", "Lleve ropa muy suelta")):
        branch(fuzzy, name)
        confirmed(fuzzy, VERY_LOOSE, text)
        commit(fuzzy)
    git(fuzzy, "switch", "-q", "one")
    assert git(fuzzy, "merge", "-q", "--no-edit", "two").returncode == 1
    path = fuzzy.catalog_file("es", "visit")
    marked = path.read_text(encoding="utf-8")
    assert marked.count("<<<<<<<") == 1
    assert "merge-conflict" in {problem.code for problem in update(Workspace(fuzzy), (), LATER).diagnostics}
    ours, theirs = marked.partition("<<<<<<< ours\n")[2].partition(">>>>>>>")[0].split("=======\n")
    rest = marked.partition("<<<<<<< ours\n")[0], marked.partition(">>>>>>> theirs\n")[2]
    kept = {"--ours": ours, "--theirs": theirs, "--union": f"{ours}\n{theirs}"}[side]
    path.write_text(kept.join(rest), encoding="utf-8")
    report = update(Workspace(fuzzy), (), LATER)
    if side == "--union":
        assert "message-duplicate" in {problem.code for problem in report.diagnostics}
        return
    accepted = {entry.msgid: entry.msgstr for entry in of(fuzzy).active if entry.translated}
    assert accepted[VERY_LOOSE] == {"--ours": "Use ropa muy suelta", "--theirs": "Lleve ropa muy suelta"}[side]
    assert SHORT not in accepted


def test_a_text_that_was_reworded_here_and_corrected_there_is_the_suggestion(project: Project) -> None:
    """A translator corrects a text on a branch while an editor rewords its English: the new words are offered."""
    with_driver(project)
    branch(project, "translator")
    translated(project, LOOSE, "Lleve ropa suelta")
    commit(project)
    branch(project, "editor", "main")
    edit_source(project, LOOSE, VERY_LOOSE, 2)
    commit(project)
    merged = git(project, "merge", "-q", "--no-edit", "translator")
    assert merged.returncode == 0, merged.stdout
    update(Workspace(project), (), LATER)
    entry = next(entry for entry in of(project).active if entry.msgid == VERY_LOOSE)
    assert (entry.msgstr, entry.fuzzy) == ("Lleve ropa suelta", True)
    assert not update(Workspace(project), (), LATER).written


def test_a_file_that_is_no_catalog_is_a_conflict_as_a_whole(project: Project) -> None:
    """One half of it would be worse: each side is there from its first line to its last."""
    with_driver(project)
    path = project.catalog_file("es", "visit")
    for name, text in (("one", "Su cita"), ("two", 'Cita"')):
        branch(project, name, "main")
        before = path.read_text(encoding="utf-8")
        path.write_text(before.replace('msgstr "Su visita"', f'msgstr "{text}"'), encoding="utf-8")
        commit(project)
    git(project, "switch", "-q", "one")
    assert git(project, "merge", "-q", "--no-edit", "two").returncode == 1
    ours, theirs = path.read_text(encoding="utf-8").split("=======\n")
    assert ours.startswith("<<<<<<< ours\n")
    assert "Su cita" in ours
    assert theirs.endswith(">>>>>>> theirs\n")
    assert 'Cita""' in theirs
