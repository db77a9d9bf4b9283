from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.compose.composition import Part
from pressroom.compose.frame_writer import FrameWriter
from pressroom.planning import keys
from pressroom.production import make
from pressroom.project.kept import Kept
from pressroom.render import engine

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
pytestmark = pytest.mark.usefixtures("fonts")
LEAFLET = ("build", "--locale", "fa", "--clinic", "praxis-am-see")


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are laid out from now on."""
    found: list[str] = []
    lay_out = engine.Engine.lay_out

    def counted(self: engine.Engine, css: str) -> object:
        found.append(css)
        return lay_out(self, css)

    monkeypatch.setattr(engine.Engine, "lay_out", counted)
    return found


def _files(root: Path, output: str = "output") -> dict[str, str]:
    table = json.loads((root / output / "current/manifest.json").read_text(encoding="utf-8"))
    return {file["path"]: file["sha256"] for file in table["files"]}


def _again(root: Path, publish: Publish) -> dict[str, str]:
    """The files of a build from nothing."""
    Kept.of(root).prune(0)
    publish(root, *LEAFLET, "--output", str(root / "again"))
    return _files(root, "again")


EDITS = {
    "a telephone number": ("source/clinics.toml", "23125 018", "23125 019"),
    "a message": ("locales/fa/LC_MESSAGES/after-your-visit.po", 'msgstr "', 'msgstr "‌'),
    "a style": ("layouts/leaflet/style.css", "font-size: calc(var(--fs-", "font-size: calc(0.99 * var(--fs-"),
    "a measure": ("layouts/leaflet/layout.toml", "safe = ", 'safe = "6mm" #'),
}


@pytest.mark.parametrize(("name", "old", "new"), EDITS.values(), ids=EDITS)
def test_the_same_bytes(name: str, old: str, new: str, other_clinic: Path, publish: Publish, edit: Edit) -> None:
    """A piece that is made with what an earlier build measured and drew has the bytes of one made from nothing."""
    publish(other_clinic, *LEAFLET)
    before = _files(other_clinic)
    edit(other_clinic / name, old, new)
    publish(other_clinic, *LEAFLET)
    after = _files(other_clinic)
    assert after == _again(other_clinic, publish)
    assert after != before


def test_a_base_is_kept(other_clinic: Path, publish: Publish, edit: Edit, layouts: list[str]) -> None:
    """When one clinic's number changes, its pieces are not measured again, and their base is not drawn again."""
    publish(other_clinic, *LEAFLET)
    first, before = len(layouts), _files(other_clinic)
    edit(other_clinic / "source/clinics.toml", "23125 018", "23125 019")
    publish(other_clinic, *LEAFLET)
    assert _files(other_clinic) != before
    assert 0 < len(layouts) - first < first


def test_frames_of_the_document_are_kept(
    other_clinic: Path, publish: Publish, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When one clinic's number changes, no frame is written again that other clinics' pieces have, too."""
    publish(other_clinic, *LEAFLET[:3])
    written, write = list[Part](), FrameWriter.write

    def noted(self: FrameWriter, *of: object, **named: object) -> Part:
        written.append(write(self, *of, **named))
        return written[-1]

    monkeypatch.setattr(FrameWriter, "write", noted)
    edit(other_clinic / "source/clinics.toml", "23125 018", "23125 019")
    publish(other_clinic, *LEAFLET[:3])
    assert written
    assert all(part.imprint for part in written)


def test_what_an_earlier_build_checked_whole(
    other_clinic: Path, publish: Publish, edit: Edit, whole_checks: list[bytes]
) -> None:
    """A file of a base and a shape that an earlier build checked whole is checked by its parts; `--verify` is whole."""
    publish(other_clinic, *LEAFLET)
    assert len(whole_checks) == 1
    edit(other_clinic / "source/clinics.toml", "23125 018", "23125 019")
    publish(other_clinic, *LEAFLET)
    assert len(whole_checks) == 1
    publish(other_clinic, *LEAFLET, "--verify")
    assert len(whole_checks) > 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("_engine", lambda: "another engine"),
        ("library_versions", lambda: {"weasyprint": "another"}),
        ("font_mark", lambda face: f"another {face.path}"),
    ],
)
def test_another_engine_has_checked_nothing(
    name: str,
    value: Callable[..., object],
    other_clinic: Path,
    publish: Publish,
    edit: Edit,
    whole_checks: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What another engine, library or font drew and checked counts for nothing: the file is checked whole again."""
    publish(other_clinic, *LEAFLET)
    edit(other_clinic / "source/clinics.toml", "23125 018", "23125 019")
    monkeypatch.setattr(keys, name, value)
    publish(other_clinic, *LEAFLET)
    assert len(whole_checks) == 2


def test_verify_makes_all_from_nothing(other_clinic: Path, publish: Publish, layouts: list[str]) -> None:
    """`--verify` uses nothing that an earlier build kept: it would not show if that were wrong."""
    publish(other_clinic, *LEAFLET)
    first = len(layouts)
    assert publish(other_clinic, *LEAFLET, "--verify").exit_code == 0
    assert len(layouts) - first >= first


def test_damaged(other_clinic: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept and is damaged is never opened, and is made again."""
    publish(other_clinic, *LEAFLET)
    for path in (other_clinic / ".cache/pressroom/kept").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"?")

    def opened(data: bytes) -> object:
        raise AssertionError(data)

    monkeypatch.setattr(make, "_opened", opened)
    before = _files(other_clinic)
    for path in (other_clinic / "output").rglob("*.pdf"):
        path.unlink()
    (other_clinic / "output/current").unlink()
    publish(other_clinic, *LEAFLET, "--output", str(other_clinic / "again"))
    assert _files(other_clinic, "again") == before
