from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.planning import shared
from pressroom.planning.plan import Job, Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.planning.setting import setting_of
from pressroom.project.kept import Kept
from pressroom.workspace.workspace import Workspace
from tests.postpress.test_icc_profile import profile

Edit = Callable[[Path, str, str], None]
SPANISH = "locales/es/LC_MESSAGES/visit.po"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages in which a shared part is read from its files, from now on."""
    found: list[str] = []
    read = shared.read_shared_part

    def noted(*arguments: object) -> object:
        found.append(arguments[2].tag)  # type: ignore[attr-defined]
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(shared, "read_shared_part", noted)
    return found


def _jobs(root: Path, *, keeps: bool = True) -> list[Job]:
    workspace = Workspace.open(root)
    workspace.kept = Kept.of(root) if keeps else None
    return list(make_plan(workspace, Request()).jobs)


def test_the_next_command_takes_what_was_kept(other_clinic: Path, reads: list[str]) -> None:
    """While no file changed, the next command has the same pieces, findings and keys, and reads no text."""
    read = [prepare(job) for job in _jobs(other_clinic)]
    assert reads
    reads.clear()
    kept = [prepare(job) for job in _jobs(other_clinic)]
    assert reads == []
    assert [(p.piece, p.diagnostics, p.key, p.content) for p in kept] == [
        (p.piece, p.diagnostics, p.key, p.content) for p in read
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "read"),
    [
        ("source/clinics.toml", "801-555-0142", "801-555-0143", []),
        (SPANISH, "#. title in visit", "# A comment.\n#. title in visit", ["es"]),
        ("layouts/slip/style.css", ".frame-text", "\n.frame-text", ["en", "es"]),
        # Findings name its lines.
        ("pyproject.toml", "[tool", "\n[tool", ["en", "es"]),
    ],
)
def test_a_changed_file_is_read(
    name: str, old: str, new: str, read: list[str], minimal: Path, edit: Edit, reads: list[str]
) -> None:
    """What all clinics share is read again if a byte of its files changed; another telephone number is none of them."""
    for job in _jobs(minimal):
        prepare(job)
    reads.clear()
    edit(minimal / name, old, new)
    for job in _jobs(minimal):
        prepare(job)
    assert reads == read


@pytest.mark.parametrize(
    ("name", "old", "new", "is_same"),
    [
        ("source/clinics.toml", "801-555-0142", "801-555-0143", True),
        (SPANISH, "#. title in visit", "# A comment.\n#. title in visit", True),
        ("layouts/slip/style.css", ".frame-text", "\n.frame-text", True),
        ("layouts/slip/style.css", ".frame-text {", ".frame-text { --more: 1;", False),
        ("layouts/slip/layout.toml", '"78mm", "38mm"', '"77mm", "38mm"', False),
    ],
)
def test_the_setting(name: str, old: str, new: str, is_same: bool, minimal: Path, edit: Edit) -> None:
    """A setting changes with styles and measures alone, is another one for a release, and is kept with its part."""
    before = prepare(_jobs(minimal)[0])
    assert setting_of(prepare(_jobs(minimal)[0])) == setting_of(before)
    assert setting_of(prepare(_jobs(minimal)[0], "release")) != setting_of(before)
    edit(minimal / name, old, new)
    assert (setting_of(prepare(_jobs(minimal)[0])) == setting_of(before)) == is_same


def test_other_commands_keep_nothing(minimal: Path, reads: list[str]) -> None:
    """A command that does not ask for it reads every text from its file, as `--verify` does."""
    for keeps in (True, False):
        reads.clear()
        for job in _jobs(minimal, keeps=keeps):
            prepare(job)
        assert reads == ["en", "es"]


def test_a_logo_that_a_document_shows_is_read(minimal: Path) -> None:
    """A clinic's logo may be a picture in all clinics' pieces, so each piece depends on its bytes."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    logo = minimal / "source" / "house.svg"
    logo.write_text(drawing, encoding="utf-8")
    clinics = minimal / "source" / "clinics.toml"
    text = clinics.read_text(encoding="utf-8")
    clinics.write_text(text + '\nlogo = "house.svg"\nlogo-text = "House"\n', encoding="utf-8")
    (visit,) = minimal.glob("source/**/visit.md")
    visit.write_text(visit.read_text(encoding="utf-8") + "\n![The door](house.svg)\n", encoding="utf-8")
    before = [prepare(job).piece for job in _jobs(minimal)]
    logo.write_text(drawing.replace("h9v9z", "h9v8z"), encoding="utf-8")
    after = [prepare(job).piece for job in _jobs(minimal)]
    assert all(piece is not None for piece in before)
    assert [p.images for p in after if p] == [p.images for p in map(prepare_again, _jobs(minimal, keeps=False)) if p]
    assert before != after


def test_a_part_that_cannot_be_read_counts_as_not_kept(
    minimal: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are read in its place, and it is kept anew."""
    pieces = [prepare(job).piece for job in _jobs(minimal)]
    reads.clear()
    with monkeypatch.context() as patched:
        patched.setattr(Kept, "get", lambda *_: b"a class that is gone")
        assert [prepare(job).piece for job in _jobs(minimal)] == pieces
    assert reads == ["en", "es"]


def test_a_print_shops_profile_is_not_kept(minimal: Path, reads: list[str], edit: Edit) -> None:
    """It may have megabytes, which each part would hold: what has one is read again by each command."""
    (minimal / "print.icc").write_bytes(profile())
    edit(minimal / "layouts/products.toml", 'layout = "slip"\n', 'layout = "slip"\ninks = "cmyk"\n')
    edit(minimal / "pyproject.toml", "[tool.pressroom]\n", '[tool.pressroom]\npress-profile = "print.icc"\n')
    for _ in range(2):
        reads.clear()
        assert [piece.profile == profile() for job in _jobs(minimal) if (piece := prepare(job).piece)] == [True] * 2
        assert reads == ["en", "es"]


def prepare_again(job: Job) -> object:
    """A job's piece."""
    return prepare(job).piece
