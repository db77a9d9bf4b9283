"""A clinic's own font, from its files in the project to the finished page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.language import families, font_file, font_hash, font_mark
from pressroom.preflight.facts import read_facts

Publish = Callable[..., Result]
FONT = '\n[font.Latn]\nfamily = "Larkspur & Sons"\nregular = "fonts/L-R.ttf"\nbold = "fonts/L-B.ttf"\n'
# Fontconfig reads its list once in a process: these builds have workers of their own.
pytestmark = pytest.mark.usefixtures("fonts", "workers")


@pytest.fixture
def own(minimal: Path) -> Path:
    """The smallest project with a family of its own, which calls itself otherwise in its files."""
    folder = minimal / "layouts" / "fonts"
    folder.mkdir()
    (serif,) = families(["Noto Serif"])
    for name, face in zip(("L-R.ttf", "L-B.ttf"), serif.faces, strict=True):
        shutil.copy(font_file(face), folder / name)
    with (minimal / "layouts" / "brand.toml").open("a", encoding="utf-8") as brand:
        brand.write(FONT)
    return minimal


def test_set_in_it(own: Path, publish: Publish) -> None:
    """Every page has the family in both weights, embedded under the brand's name; a second build has nothing to do."""
    result = publish(own, "build", "--format", "json")
    assert result.exit_code == 0, result.output
    made = sorted((own / "output" / "current").rglob("*.pdf"))
    assert len(made) == 2
    for path in made:
        assert {"Larkspur-&-Sons", "Larkspur-&-Sons-Bold"} <= set(read_facts(path.read_bytes()).fonts)
    assert "nothing to do" in publish(own, "build").stdout


def _new_process() -> None:
    """Forget what a process remembers of font files: each command is one of its own."""
    font_mark.cache_clear()
    font_hash.cache_clear()


def test_damaged(own: Path, publish: Publish) -> None:
    """A file that was cut after the pages were made is refused at its line by build, check and fonts."""
    publish(own, "build")
    path = own / "layouts" / "fonts" / "L-B.ttf"
    path.write_bytes(path.read_bytes()[:30_000])
    _new_process()
    lines = (own / "layouts" / "brand.toml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if text.startswith("bold"))
    for command in ("build", "check", "fonts"):
        result = publish(own, command, "--format", "json")
        assert result.exit_code == 1
        problem = next(row for row in json.loads(result.stdout)["findings"] if row["code"] == "brand-font")
        assert (problem["path"], problem["line"]) == ("layouts/brand.toml", line), command


def test_listed_as_yours(own: Path, publish: Publish) -> None:
    """`fonts` shows the project's files as yours, and a lock holds them like any other."""
    assert "yours" in publish(own, "fonts").stdout
    assert publish(own, "fonts", "--accept").exit_code == 0
    assert '["L-R.ttf"]' in (own / "fonts.lock").read_text(encoding="utf-8")
    (sans,) = families(["Noto Sans"])
    shutil.copy(font_file(sans.faces[0]), own / "layouts" / "fonts" / "L-R.ttf")
    _new_process()
    result = publish(own, "build", "--format", "json")
    assert "font-locked" in result.stdout
