"""Whole projects to work on, the door to knock at, and the fonts, put in place once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

ROOT = Path(__file__).parents[1]
PROJECTS = ROOT / "tests" / "projects"

Publish = Callable[..., Result]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-golden` writes tests/golden/ anew; look at the difference before it is kept."""
    parser.addoption("--update-golden", action="store_true", help="Write what is composed now as what is expected.")


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the smallest whole project, to spoil."""
    return _copy("minimal", tmp_path)


@pytest.fixture
def other_clinic(tmp_path: Path) -> Path:
    """A copy of the invented clinic of another country."""
    return _copy("other-clinic", tmp_path)


def _copy(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(PROJECTS / name, folder / name))


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace a passage of a file that must be in it."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def publish() -> Publish:
    """Call the door in this process, on a project: `publish(folder, "build", "--locale", "es")`."""
    from pressroom.cli import main

    def call(project: Path, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["--project", str(project), *arguments], catch_exceptions=False)

    return call


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The private list of fonts, in place before WeasyPrint is imported."""
    from pressroom.language import languages
    from pressroom.language.fonts import families
    from pressroom.render.fonts import private_fonts

    wanted = families({family for tag in ("en", "es", "de", "ar", "fa") for family in languages()[tag].stack})
    assert private_fonts(wanted, tmp_path_factory.mktemp("fonts")) == []
