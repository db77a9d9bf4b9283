"""A change of the msgid format, which everything survives by a command."""

from __future__ import annotations

import pytest

from pressroom.approval.machine_drafts import COMMENT
from pressroom.catalog import migration
from pressroom.catalog.read import read_catalog
from pressroom.commands.catalogs.migrate import migrate
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.language import find_language
from tests.commands.conftest import Bench, make_bench

NOW = "2026-11-24 09:00+0000"


@pytest.fixture
def bench(tmp_path) -> Bench:
    """Complete Spanish, drafted by a machine, of the first format; the English is of the second."""
    bench = make_bench(tmp_path / "project")
    record_machine_drafts(bench.workspace, "es", ["signs"])
    bench.edit("source/signs.md", "**swollen**", "[swollen]")
    return bench


@pytest.fixture
def second_format(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the bench was made, a program that writes bold words in brackets, in an invented format 2."""
    monkeypatch.setattr(migration, "CURRENT", 2)
    monkeypatch.setattr(migration, "STEPS", {1: lambda text: text.replace("**", "[", 1).replace("**", "]", 1)})


def _spanish(bench: Bench):
    catalog, _ = read_catalog(bench.catalog.read_bytes(), "signs.po", find_language("es"))
    return catalog


@pytest.mark.usefixtures("second_format")
def test_no_translation_turns_fuzzy(bench: Bench) -> None:
    """The words are the same, so every translation is there, in the new form, and a machine's draft still is one."""
    report = migrate(bench.workspace, NOW)
    assert not report.failed
    assert "locales/es/LC_MESSAGES/signs.po" in report.written
    catalog = _spanish(bench)
    assert catalog.header.get(migration.HEADER) == "2"
    assert not any(entry.fuzzy or not entry.msgstr for entry in catalog.active)
    (entry,) = [e for e in catalog.active if "swollen" in e.msgid]
    assert entry.msgstr == "Si tiene la pierna [hinchada], dé 2 pasos atrás."
    assert COMMENT in entry.comments
    assert not catalog.obsolete
    before = bench.catalog.read_bytes()
    assert migrate(bench.workspace, NOW).written == []
    assert bench.catalog.read_bytes() == before


@pytest.mark.usefixtures("second_format")
def test_an_update_leaves_an_older_catalog_alone(bench: Bench) -> None:
    """Merged as it is it would turn fuzzy: the update says which command carries it over."""
    before = bench.catalog.read_bytes()
    report = update(bench.workspace, (), NOW)
    (found,) = [d for d in report.diagnostics if d.span.path.endswith("es/LC_MESSAGES/signs.po")]
    assert (found.code, found.hint) == ("catalog-format", "run: {command} migrate")
    assert bench.catalog.read_bytes() == before


def test_a_catalog_of_a_newer_program_is_left_alone(bench: Bench) -> None:
    """Neither command touches what it can't know."""
    bench.edit(bench.catalog.relative_to(bench.root), '"Language: es', '"X-Pressroom-Format: 7\\n"\n"Language: es')
    before = bench.catalog.read_bytes()
    for report in (migrate(bench.workspace, NOW), update(bench.workspace, (), NOW)):
        assert {d.code for d in report.diagnostics if d.severity == "error"} == {"catalog-format"}
        assert bench.catalog.read_bytes() == before


def test_today_there_is_nothing_to_carry_over(bench: Bench, publish) -> None:
    """The command says so, and changes no catalog that an update would not."""
    update(bench.workspace, (), NOW)
    result = publish(bench.root, "migrate")
    assert (result.exit_code, "0 of 4 files changed" in result.stdout) == (0, True), result.stdout
