from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from pressroom.approval import draft_file
from pressroom.commands.catalogs.rename import rename
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.commands.handoff.export_handoff import ExportReport, export_handoff
from pressroom.commands.handoff.import_handoff import ImportReport, import_handoff
from pressroom.diagnostics import Severity, worst
from pressroom.planning.named import UsageError
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[3]
CATALOG = "locales/es/LC_MESSAGES/visit.po"


def project_in(folder: Path, name: str = "minimal") -> Project:
    """An invented project, its catalogs up to date."""
    shutil.copytree(ROOT / "tests" / "projects" / name, folder, ignore=shutil.ignore_patterns(".cache", "output"))
    project = find_project(folder)
    update(Workspace(project), (), "2026-11-01 09:00+0000")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_in(tmp_path / "project")


def export(project: Project, locale: str = "es", output: Path | None = None, *documents: str) -> ExportReport:
    """A hand-off without pages."""
    return export_handoff(
        project, locale, documents, output=output, proofs=False, jobs=1, progress=lambda done, total, name: None
    )


def sent(project: Project, locale: str = "es") -> Path:
    """The zip of a hand-off that was made."""
    report = export(Workspace(project), locale)
    assert report.path is not None, report.diagnostics
    return report.path


def edited(path: Path, target: Path, edits: dict[str, tuple[str, str]]) -> Path:
    """The zip with one text replaced in each of these files, as a translator sends it back."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name, (before, after) in edits.items():
        assert before.encode() in files[name], name
        files[name] = files[name].replace(before.encode(), after.encode())
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"from the agency/{name}", content)
    return target


def inside(path: Path, name: str) -> bytes:
    """One file of a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def state(project: Project) -> dict[str, bytes]:
    """Every file below locales/."""
    return {str(path): path.read_bytes() for path in sorted((project.root / "locales").rglob("*.*")) if path.is_file()}


def codes(report: ImportReport | ExportReport) -> list[str]:
    """The codes of what is said, in order."""
    return [problem.code for problem in report.diagnostics]


def changes(report: ImportReport) -> list[tuple[str, str, str]]:
    """What was taken: document, kind, the text now."""
    return [(one.name, change.kind, change.after.msgstr) for one in report.imported for change in one.merge.changes]


@pytest.mark.parametrize(
    ("name", "locale"), [("minimal", "es"), ("other-clinic", "de"), ("other-clinic", "fa"),
     ("", "es"), ("", "ar"), ("", "zh-Hans")]
)  # fmt: skip
def test_a_round_trip_without_change_changes_nothing(tmp_path, name, locale):
    """Every catalog of the invented projects and of this one comes back byte by byte as it was."""
    if name:
        project = project_in(tmp_path / "project", name)
    else:
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        for folder in ("source", "locales", "layouts"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        project = find_project(tmp_path)
        update(Workspace(project), (), "2026-11-01 09:00+0000")
    before = state(project)
    report = import_handoff(Workspace(project), sent(project, locale))
    assert not report.diagnostics
    assert changes(report) == []
    assert state(project) == before
    catalogs = project.catalog_file(locale.replace("-", "_"), "layouts").parent.glob("*.po")
    assert {one.name for one in report.imported} == {path.stem for path in catalogs}


def test_the_same_catalogs_make_the_same_zip(project, tmp_path):
    """Neither the clock nor the folder is in it."""
    first, second = sent(project).read_bytes(), project_in(tmp_path / "elsewhere")
    assert sent(second).read_bytes() == first


def test_the_zip_holds_what_a_translator_needs(project):
    """Both kinds of the texts, a memory, instructions to read anywhere, and the manifest."""
    report = export(Workspace(project))
    assert report.files == (
        "INSTRUCTIONS.html", "INSTRUCTIONS.md", "es/layouts.po", "es/layouts.xlf", "es/memory.tmx", "es/visit.po",
        "es/visit.xlf", "manifest.json",
    )  # fmt: skip
    page = inside(report.path, "INSTRUCTIONS.md").decode()
    assert "- `visit`: Your visit (4 messages; nothing left to do)" in page
    assert "{language}" not in page
    assert "{phone}" in page
    assert "<code>{phone}</code>" in inside(report.path, "INSTRUCTIONS.html").decode()


def test_machine_drafts_are_work_to_do(project):
    """A translator is told how many texts a machine wrote: they are not done."""
    record_machine_drafts(Workspace(project), "es", ())
    page = inside(sent(project), "INSTRUCTIONS.md").decode()
    assert "- `visit`: Your visit (4 messages; 4 machine drafts to read and correct)" in page


def test_a_drafted_glossary_is_recorded(project):
    """Terms that a machine wrote are marked as its drafts; names that stay as they are, are not."""
    glossary = project.catalog_file("es", "glossary")
    head = (project.root / CATALOG).read_bytes().split(b"\n\n")[0]
    terms = b'msgid "clot"\nmsgstr "co\xc3\xa1gulo"\n\n# do not translate\nmsgid "Larkspur Clinic"\nmsgstr ""\n'
    glossary.write_bytes(head + b"\n\n" + terms)
    record_machine_drafts(Workspace(project), "es", ("glossary",))
    text = glossary.read_text(encoding="utf-8")
    assert '# machine draft: read every word\nmsgid "clot"' in text
    assert text.count("machine draft") == 1
    rows = (project.root / "locales" / "es" / "drafts" / "glossary.txt").read_text(encoding="utf-8").splitlines()
    assert len([row for row in rows if not row.startswith("#")]) == 1


def test_pages_go_along_in_both_languages(project, tmp_path):
    """A translator sees where a text stands: a proof in English and one in the locale, and the same bytes again."""
    quiet = {"proofs": True, "jobs": 1, "progress": lambda done, total, name: None}
    first = export_handoff(Workspace(project), "es", (), output=tmp_path / "1.zip", **quiet)
    again = export_handoff(Workspace(project), "es", (), output=tmp_path / "2.zip", **quiet)
    pages = [name for name in first.files if name.endswith(".pdf")]
    assert [name.split(".")[1] for name in pages] == ["en", "es"]
    assert all(inside(first.path, name).startswith(b"%PDF-") for name in pages)
    assert first.path.read_bytes() == again.path.read_bytes()


def test_a_glossary_goes_along_and_comes_back(project):
    """The clinic's terms are sent as .po and as a table that a spreadsheet opens, without formulas."""
    glossary = project.catalog_file("es", "glossary")
    glossary.write_bytes((project.root / CATALOG).read_bytes().split(b"\n\n")[0] + b'\n\nmsgid "=clot"\nmsgstr ""\n')
    path = sent(project)
    assert inside(path, "es/glossary.csv").decode("utf-8-sig").splitlines()[1] == "'=clot,,,"
    back = edited(path, project.root / "back.zip", {"es/glossary.po": ('"=clot"\nmsgstr ""', '"=clot"\nmsgstr "c"')})
    assert changes(import_handoff(Workspace(project), back)) == [("glossary", "translated", "c")]


def test_an_edit_in_a_po_comes_back_and_nothing_else_changes(project, tmp_path):
    """One text changed in the zip changes that text in the catalog, whatever folder the agency packed it in."""
    before = (project.root / CATALOG).read_text(encoding="utf-8")
    back = edited(sent(project), tmp_path / "back.zip", {"es/visit.po": ("Use ropa cómoda", "Vista ropa cómoda")})
    report = import_handoff(Workspace(project), back)
    assert changes(report) == [("visit", "changed", "Vista ropa cómoda")]
    assert worst(report.diagnostics) is not Severity.ERROR
    now = (project.root / CATALOG).read_text(encoding="utf-8")
    assert now == before.replace("Use ropa cómoda", "Vista ropa cómoda")


def test_an_edit_in_an_xlf_comes_back_and_nothing_else_changes(project, tmp_path):
    """A CAT tool's text arrives without its tags; a state that asks for review makes the message fuzzy."""
    edits = {
        "es/visit.xlf": ('<target state="translated">Use ropa', '<target state="needs-review-translation">Lleve ropa')
    }
    before = (project.root / CATALOG).read_text(encoding="utf-8")
    report = import_handoff(Workspace(project), edited(sent(project), tmp_path / "back.zip", edits))
    now = (project.root / CATALOG).read_text(encoding="utf-8")
    assert changes(report) == [("visit", "changed", "Lleve ropa cómoda")]
    marked = before.replace("Use ropa", "Lleve ropa").replace('msgid "Wear', '#, fuzzy\nmsgid "Wear')
    assert now == marked


def test_both_kinds_edited_differently_is_a_conflict(project, tmp_path):
    """The .po is read first; what the .xlf says otherwise stands beside it."""
    edits = {"es/visit.po": ("Use ropa cómoda", "A"), "es/visit.xlf": ("Use ropa cómoda", "B")}
    report = import_handoff(Workspace(project), edited(sent(project), tmp_path / "back.zip", edits))
    assert codes(report) == ["handoff-conflict"]
    text = (project.root / CATALOG).read_text(encoding="utf-8")
    assert 'msgstr "A"' in text
    assert "# returned otherwise: B" in text


def test_a_change_here_since_the_export_is_kept(project, tmp_path):
    """Somebody corrected the message while it was away: theirs is told and kept as a comment."""
    path = sent(project)
    ours = project.root / CATALOG
    ours.write_text(ours.read_text(encoding="utf-8").replace("Use ropa", "Lleve ropa"), encoding="utf-8")
    back = edited(path, tmp_path / "back.zip", {"es/visit.po": ("Use ropa", "Vista ropa")})
    report = import_handoff(Workspace(project), back)
    assert codes(report) == ["handoff-conflict"]
    assert "'Lleve ropa cómoda' here and came back as 'Vista ropa cómoda'" in report.diagnostics[0].message
    assert "# returned otherwise: Vista ropa cómoda" in ours.read_text(encoding="utf-8")


def test_a_single_file_finds_what_it_was(project, tmp_path):
    """A .po or .xlf sent alone says whose it is, and the zip in output/handoff what was sent; its name may change."""
    path = sent(project)
    ours = project.root / CATALOG
    ours.write_text(ours.read_text(encoding="utf-8").replace("Traiga 2", "Tenga 2"), encoding="utf-8")
    for name, before, after in (("visit.po", "Use ropa", "Vista ropa"), ("visit.xlf", "Llame al", "Llame hoy al")):
        file = tmp_path / f"final {name}"
        file.write_bytes(inside(path, f"es/{name}").replace(before.encode(), after.encode()))
        report = import_handoff(Workspace(project), file)
        assert [kind for _, kind, _ in changes(report)] == ["changed"], report.diagnostics
        assert not report.diagnostics
    text = ours.read_text(encoding="utf-8")
    assert "Vista ropa" in text
    assert "Llame hoy al" in text
    assert "Tenga 2" in text


def test_a_po_that_lost_its_header_is_taken_with_its_name(project, tmp_path):
    """Some tools drop what they don't know: --locale and the name say whose it is, the base zip what was sent."""
    path = sent(project)
    lines = inside(path, "es/visit.po").replace(b"Use ropa", b"Vista ropa").splitlines(keepends=True)
    file = tmp_path / "visit.po"
    file.write_bytes(b"".join(line for line in lines if not line.startswith((b'"X-Press', b'"Language: '))))
    assert codes(import_handoff(Workspace(project), file)) == ["handoff-whose"]
    assert changes(import_handoff(Workspace(project), file, locale="es")) == [("visit", "changed", "Vista ropa cómoda")]


def test_a_file_of_an_unknown_export_overwrites_nothing(project, tmp_path):
    """Without the zip it was sent in, a translation that stands here stays."""
    path = sent(project)
    file = tmp_path / "visit.po"
    file.write_bytes(inside(path, "es/visit.po").replace(b"Use ropa", b"Vista ropa"))
    path.rename(tmp_path / "sent.zip")
    ours = project.root / CATALOG
    text = ours.read_text(encoding="utf-8")
    ours.write_text(text.replace("Traiga 2", "Tenga 2"), encoding="utf-8")
    assert codes(import_handoff(Workspace(project), file)) == ["handoff-conflict", "handoff-conflict"]
    ours.write_text(text.replace("Traiga 2", "Tenga 2"), encoding="utf-8")
    report = import_handoff(Workspace(project), file, base=tmp_path / "sent.zip")
    assert (codes(report), len(changes(report))) == ([], 1)


def test_an_untouched_machine_draft_stays_one_and_an_edited_one_is_none(project, tmp_path):
    """The record goes by the text: a translator's word makes it theirs."""
    record_machine_drafts(Workspace(project), "es", ())
    back = edited(sent(project), tmp_path / "back.zip", {"es/visit.xlf": ("Use ropa", "Vista ropa")})
    report = import_handoff(Workspace(project), back)
    assert [one.drafts for one in report.imported if one.name == "visit"] == [4, 3]
    text = (project.root / CATALOG).read_text(encoding="utf-8")
    assert text.count("# machine draft: read every word") == 3
    assert "draft" not in text[text.index('msgid "Wear') - 120 : text.index('msgid "Wear')]
    assert draft_file(project, "es", "visit").is_file()


def test_what_omegat_empties_is_unchanged(project, tmp_path):
    """Empty is not deletion."""
    path = sent(project)
    file = tmp_path / "visit.po"
    file.write_bytes(inside(path, "es/visit.po").replace("Use ropa cómoda".encode(), b""))
    before = state(project)
    assert changes(import_handoff(Workspace(project), file)) == []
    assert state(project) == before


def test_a_lost_placeholder_is_told_at_its_line(project, tmp_path):
    """What came back is checked as every catalog is; the import says what a build will refuse."""
    back = edited(sent(project), tmp_path / "back.zip", {"es/visit.po": ("Llame al {phone}", "Llame al 801")})
    report = import_handoff(Workspace(project), back)
    assert "placeholder-lost" in codes(report)
    assert worst(report.diagnostics) is Severity.ERROR
    found = next(problem for problem in report.diagnostics if problem.code == "placeholder-lost")
    line = (project.root / CATALOG).read_text(encoding="utf-8").splitlines()[found.span.line - 1]
    assert line.startswith('msgstr "Llame al 801')


def test_a_broken_file_costs_nothing_but_itself(project, tmp_path):
    """An unclosed string is told with its line; the other files of the zip are taken."""
    edits = {"es/visit.po": ('msgstr "Use ropa cómoda"', 'msgstr "Use'), "es/layouts.po": ("msgstr", "msgstr")}
    report = import_handoff(Workspace(project), edited(sent(project), tmp_path / "back.zip", edits))
    assert codes(report) == ["catalog-syntax"]
    assert len(report.imported) == 3


def test_a_manifest_that_was_changed_is_not_believed(project, tmp_path):
    """Who changes what was sent can't have ours overwritten by it."""
    path = sent(project)
    table = json.loads(inside(path, "manifest.json"))
    table["catalogs"][0]["catalog"] = table["catalogs"][0]["catalog"].replace("Use ropa", "Otra cosa")
    (tmp_path / "m.json").write_text(json.dumps(table))
    back = tmp_path / "back.zip"
    with zipfile.ZipFile(back, "w") as archive:
        archive.writestr("manifest.json", json.dumps(table))
        archive.writestr("es/visit.po", inside(path, "es/visit.po"))
    report = import_handoff(Workspace(project), back)
    assert codes(report) == ["handoff-manifest"]
    assert changes(report) == []


def test_a_hostile_zip_is_refused_whole(project, tmp_path):
    """A name that leads outside stops everything, and no file is written."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("es/visit.po", inside(sent(project), "es/visit.po").replace(b"Use", b"Vista"))
        archive.writestr("../../visit.po", b"x")
    (tmp_path / "back.zip").write_bytes(buffer.getvalue())
    before = state(project)
    assert codes(import_handoff(Workspace(project), tmp_path / "back.zip")) == ["handoff-zip"]
    assert state(project) == before


def test_another_language_or_document_is_never_taken_for_this_one(project, tmp_path):
    """Whatever the command, the folder and the name say: what a file says of itself is not overruled."""
    there = inside(sent(project), "es/visit.po").decode()
    bare = "\n".join(line for line in there.split("\n") if "X-Pressroom-Export" not in line)
    before = state(project)
    for name, text, document in (
        ("signed.po", there.replace("es/visit ", "vi/visit "), "visit"),
        ("other.po", there, "layouts"),
        ("visit.po", bare.replace("Language: es", "Language: vi"), None),
        ("visit.po", bare.replace("Language: es", "Language: pt_MZ"), None),
        ("visit.po", bare.replace("Language: es", "Language: en"), None),
    ):
        (tmp_path / name).write_text(text.replace("Use ropa", "Otra ropa"), encoding="utf-8")
        report = import_handoff(Workspace(project), tmp_path / name, locale="es", document=document)
        assert (name, codes(report)) == (name, ["handoff-whose"])
    assert state(project) == before
    (tmp_path / "visit.po").write_text(bare.replace("Language: es", "Language: es_MX"), encoding="utf-8")
    assert codes(import_handoff(Workspace(project), tmp_path / "visit.po", locale="es")) == []


@pytest.mark.parametrize("name", ["terms.csv", "visit.mo", "visit.docx", "back.zip", "visit"])
def test_what_can_not_be_taken_back_is_told_by_its_kind(project, tmp_path, name):
    """Nobody is told of broken XML who sent a table."""
    (tmp_path / name).write_bytes(b"English,es\n")
    report = import_handoff(Workspace(project), tmp_path / name)
    assert codes(report) == ["handoff-unreadable"]
    assert "XML" not in report.diagnostics[0].message


def test_a_zip_of_an_old_windows_program_and_an_ending_in_capitals_are_read(project, tmp_path):
    """Backslashes between folders, and VISIT.PO, are what honest programs write."""
    data = inside(sent(project), "es/visit.po").replace(b"Use ropa", b"Vista ropa")
    with zipfile.ZipFile(tmp_path / "back.zip", "w") as archive:
        archive.writestr("es\\VISIT.PO", data)
    report = import_handoff(Workspace(project), tmp_path / "back.zip")
    assert [kind for _, kind, _ in changes(report)] == ["changed"]


def test_a_catalog_behind_the_english_is_not_handed_off(project):
    """Nobody pays for texts that are no longer there: the hint says what to run."""
    source = project.root / "source" / "visit.md"
    source.write_text(source.read_text(encoding="utf-8").replace("loose clothes", "warm clothes"), encoding="utf-8")
    report = export(Workspace(project))
    assert report.path is None
    assert codes(report) == ["handoff-outdated"]
    assert report.diagnostics[0].hint == "run: {command} update --locale es"


def test_what_the_project_has_not_is_a_wrong_use(project, tmp_path):
    """An unknown document, a locale that is not the project's, a file that is not there: exit code 2."""
    for wrong in (lambda: export(Workspace(project), "de"), lambda: export(Workspace(project), "es", None, "nothing")):
        with pytest.raises(UsageError):
            wrong()
    with pytest.raises(UsageError):
        import_handoff(Workspace(project), tmp_path / "nothing.zip")


def test_a_hand_off_that_is_out_survives_a_rename(project, tmp_path):
    """The zip, and a single file by what its header or its name says, find the document under its new name."""
    path = sent(project)
    zipped = edited(path, tmp_path / "back.zip", {"es/visit.po": ('"Su visita"', '"Su cita"')})
    for name, content in (("visit.po", inside(zipped, "from the agency/es/visit.po")), ("visit.xlf", b"")):
        (tmp_path / name).write_bytes(content or inside(path, "es/visit.xlf"))
    assert not rename(Workspace(project), "visit", "stay", "2026-11-02 09:00+0000").failed
    assert not rename(Workspace(project), "stay", "your-stay", "2026-11-02 09:00+0000").failed
    report = import_handoff(Workspace(project), zipped)
    assert changes(report) == [("your-stay", "changed", "Su cita")]
    for name in ("visit.po", "visit.xlf"):
        report = import_handoff(Workspace(project), tmp_path / name)
        assert not [code for code in codes(report) if code != "handoff-conflict"]
        assert [one.name for one in report.imported] == ["your-stay"]


def test_a_text_whose_english_changed_is_told(project, tmp_path):
    """The report counts it as a suggestion, and a note names the message that has it now."""
    back = edited(sent(project), tmp_path / "back.zip", {"es/visit.po": ('"Use ropa cómoda"', '"Lleve ropa suelta"')})
    source = project.root / "source" / "visit.md"
    source.write_text(source.read_text(encoding="utf-8").replace("loose clothes", "very loose clothes"))
    update(Workspace(project), (), "2026-11-02 09:00+0000")
    report = import_handoff(Workspace(project), back)
    assert changes(report) == [("visit", "suggested", "Lleve ropa suelta")]
    assert "is now 'Wear very loose clothes'" in report.diagnostics[0].message
    assert codes(report) == ["handoff-late"]
