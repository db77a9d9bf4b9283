from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

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
