"""A packaged layout file is copied into the project to be changed there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressroom.cli import main
from pressroom.project import packaged_root

Publish = Callable[..., Result]
STYLE = "shared/card/style.css"


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A new project."""
    CliRunner().invoke(main, ["init", str(tmp_path / "clinic"), "--country", "IL"], catch_exceptions=False)
    return tmp_path / "clinic"


def test_a_copy_is_the_packaged_file(clinic: Path, publish: Publish) -> None:
    """The copy has the packaged bytes, the list says that it is used, and a second copy is refused."""
    assert f"layouts/{STYLE}" in publish(clinic, "override").output
    assert publish(clinic, "override", STYLE).exit_code == 0
    copied = (clinic / "layouts" / STYLE).read_bytes()
    assert copied == (packaged_root() / "layouts" / STYLE).read_bytes()
    row = next(line for line in publish(clinic, "override").output.splitlines() if STYLE in line)
    assert row.endswith("over the packaged one")
    again = publish(clinic, "override", STYLE)
    assert (again.exit_code, "has layouts/shared/card/style.css already" in again.output) == (2, True)


def test_a_project_can_have_all_of_its_own(clinic: Path, publish: Publish) -> None:
    """After `--all` and `own-layouts` the project has the same products, and a table with its own keys is named."""
    (clinic / "layouts/brand.toml").write_text('[rule]\nhair = "0.6pt"\n', encoding="utf-8")
    before = publish(clinic, "products").output
    done = publish(clinic, "override", "--all")
    assert "layouts/brand.toml has some keys of yours" in done.output
    assert (clinic / "layouts/words.toml").read_bytes() == (packaged_root() / "layouts/words.toml").read_bytes()
    shutil.copy(packaged_root() / "layouts/brand.toml", clinic / "layouts/brand.toml")
    settings = clinic / "pyproject.toml"
    settings.write_text(settings.read_text("utf-8").replace("[tool.pressroom]", "[tool.pressroom]\nown-layouts = true"))
    assert publish(clinic, "products").output == before
    assert publish(clinic, "check").exit_code == 0


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("shared/card", "no packaged file is called"),
        ("shared/card/stile.css", "did you mean layouts/shared/card/style.css?"),
        ("brand.toml", "key by key"),
    ],
)
def test_what_needs_no_copy_is_refused(clinic: Path, publish: Publish, file: str, said: str) -> None:
    """A mistyped name has a nearest one, and a table is overridden by the keys that differ."""
    done = publish(clinic, "override", file)
    assert (done.exit_code, said in done.output) == (2, True)
