from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Publish = Callable[..., Result]


def _rows(result: Result) -> dict[str, dict[str, str]]:
    """The languages by tag, as `locales --format json` has them."""
    return {row["tag"]: row for row in json.loads(result.stdout)["data"]["locales"]}


def test_locales(minimal: Path, publish: Publish) -> None:
    """Every language of the registry is a row, and the project's own say how far they are."""
    rows = _rows(publish(minimal, "locales", "--format", "json"))
    assert len(rows) > 300
    assert rows["en"]["in project"] == "source"
    assert rows["es"]["in project"] == "built"
    assert rows["es"]["translated"].split(" of ")[0] == rows["es"]["translated"].split(" of ")[1]
    assert rows["to"]["in project"] == "–"
    assert "Noto Nastaliq Urdu" in rows["ur"]["fonts"]


def test_new(minimal: Path, publish: Publish) -> None:
    """A new locale is taken into the settings and gets catalogs, once; an alias means the language."""
    result = publish(minimal, "new", "prs")
    assert result.exit_code == 0
    assert (minimal / "locales" / "fa_AF" / "LC_MESSAGES" / "visit.po").is_file()
    settings = (minimal / "pyproject.toml").read_text(encoding="utf-8")
    assert settings.count('"fa-AF"') == 1
    assert publish(minimal, "new", "fa_AF").exit_code == 0
    assert (minimal / "pyproject.toml").read_text(encoding="utf-8") == settings


def test_new_unknown(minimal: Path, publish: Publish) -> None:
    """A tag nobody knows is refused with the nearest one, and nothing is written."""
    before = sorted(minimal.rglob("*"))
    result = publish(minimal, "new", "zh-Hanss")
    assert result.exit_code == 2
    assert "did you mean zh-Hans?" in result.stderr
    assert sorted(minimal.rglob("*")) == before


def test_awaiting(minimal: Path, publish: Publish) -> None:
    """A locale that awaits a translator has its catalogs kept up to date, and nothing is built of it."""
    path = minimal / "pyproject.toml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + '\nawaiting = ["to"]\n', encoding="utf-8")
    assert publish(minimal, "update").exit_code == 0
    assert (minimal / "locales" / "to" / "LC_MESSAGES" / "visit.po").is_file()
    rows = _rows(publish(minimal, "locales", "--format", "json"))
    assert rows["to"]["in project"] == "awaiting"
    refused = publish(minimal, "build", "--locale", "to")
    assert (refused.exit_code, "to awaits a translator" in refused.stderr) == (2, True)


def test_awaiting_is_told_and_checked(minimal: Path, publish: Publish, edit: Callable[[Path, str, str], None]) -> None:
    """`status` names who awaits a translator; a translator's first words are checked before anything is built."""
    path = minimal / "pyproject.toml"
    path.write_text(path.read_text(encoding="utf-8").rstrip() + '\nawaiting = ["to"]\n', encoding="utf-8")
    publish(minimal, "update")
    assert "awaiting a translator, catalogs ready: to" in publish(minimal, "status").stdout
    assert "missing" in publish(minimal, "status", "--locale", "to").stdout
    assert publish(minimal, "check", "--locale", "to").exit_code == 0
    catalog = minimal / "locales" / "to" / "LC_MESSAGES" / "visit.po"
    edit(
        catalog, 'msgid "Bring 2 questions or more"\nmsgstr ""', 'msgid "Bring 2 questions or more"\nmsgstr "Fehuʻi 3"'
    )
    result = publish(minimal, "check", "--locale", "to")
    assert (result.exit_code, "number" in result.stdout + result.stderr) == (1, True)


@pytest.mark.usefixtures("fonts")
def test_specimen(minimal: Path, publish: Publish) -> None:
    """A specimen is one page for a reader, made of a language the project need not have."""
    result = publish(minimal, "specimen", "es", "km")
    assert result.exit_code == 0, result.stderr
    assert {path.name for path in (minimal / "output" / "specimens").iterdir()} == {"es.pdf", "km.pdf"}


def test_fonts(minimal: Path, publish: Publish) -> None:
    """The fonts are shown, and once they are accepted the lock holds a build to them."""
    assert "NotoSans-Regular.ttf" in publish(minimal, "fonts").stdout
    assert publish(minimal, "fonts", "--accept").exit_code == 0
    lock = minimal / "fonts.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace('sha256 = "', 'sha256 = "0'), encoding="utf-8")
    result = publish(minimal, "build", "--locale", "es")
    assert result.exit_code == 1
    assert "font-locked" in result.stderr
    lock.write_text("[", encoding="utf-8")
    assert "font-lock]" in publish(minimal, "build", "--locale", "es").stderr
