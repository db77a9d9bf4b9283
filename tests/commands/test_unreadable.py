from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli.main import main

SIGN = ["--role", "clinician", "--name", "Cora Clinic", "--qualification", "licensed in a story", "--yes"]
SHEETS = """[desk]
description = "Three slips on a Letter sheet"
width = "8.5in"
height = "11in"
cell = ["90mm", "60mm"]
columns = 1
rows = 3
first = ["60mm", "20mm"]
pitch = ["90mm", "65mm"]
marks = true
"""


def run(root: Path, *words: str) -> tuple[int, str]:
    """A command's exit code and everything it says."""
    done = CliRunner().invoke(main, ["--project", str(root), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a folder, but the lock."""
    return {str(p): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file() and p.name != ".lock"}


@pytest.mark.parametrize("damage", ["cut", "newer"])
@pytest.mark.parametrize(
    "words",
    [
        ["build", "--locale", "en"],
        ["build", "--verify"],
        ["build", "--release", "--locale", "en"],
        ["rollback", "1"],
        ["editions"],
        ["sheet", "signs", "--locale", "es", "--on", "desk", "--release"],
        ["verify", "output/released"],
        ["review", "signs", "--locale", "es"],
        ["sign", "signs", "--locale", "en", *SIGN],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_manifest_that_cannot_be_read(released, words, damage, monkeypatch):
    """Every command that needs the manifest names it and stops before it writes anything."""
    monkeypatch.chdir(released.root)
    for path in (released.output / "current" / "manifest.json", released.output / "released" / "manifest.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text[:-3] if damage == "cut" else text.replace('"schema": 1', '"schema": 1, "later": 1'))
    (released.root / "layouts" / "sheets.toml").write_text(SHEETS)
    before = snapshot(released.root)
    code, said = run(released.root, *words)
    assert code == 1, said
    assert "error[manifest-unreadable]" in said
    assert "manifest.json" in said
    assert ("newer version" in said) == (damage == "newer")
    assert snapshot(released.root) == before


def test_a_recall_is_written_all_the_same(released):
    """What takes back must not fail: the recall is on record, and the manifest is named."""
    path = released.output / "released" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8")[:-3])
    code, said = run(released.root, "recall", "signs", "--reason", "misprint", "--name", "Cora Clinic")
    assert code == 1
    assert "manifest-unreadable" in said
    assert len(list((released.root / "source" / "recalls").glob("*.toml"))) == 1


def damaged(bench, locale: str) -> Path:
    """The one object of a locale's proof, with one bit flipped."""
    (record,) = [r for r in bench.build().pieces if r.locale == locale]
    path = bench.output / "objects" / record.sha256
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    return path


def is_published(bench, locale: str) -> bool:
    """True where the current proof is the file that the manifest lists."""
    from pressroom.publish import Store
    from pressroom.publish.store import sha256_of

    store = Store(bench.output)
    return all(sha256_of(store.current / r.path) == r.sha256 for r in store.manifest().pieces if r.locale == locale)


@pytest.mark.parametrize("asked", ["es", "en"])
def test_a_damaged_object_is_made_again(built, asked):
    """A build notices the flipped bit, also of a piece that it was not asked for, and publishes the piece again."""
    shutil.rmtree(built.output)
    path = damaged(built, "es")
    assert not is_published(built, "es")
    report = built.build(asked)
    assert {id[1] for id in report.made} == {"es"}
    assert is_published(built, "es")
    assert not built.build().changed
    assert path.is_file()


def test_verify_reads_the_published_file(built):
    """`build --verify` compares the file itself, not what the manifest says of it."""
    shutil.rmtree(built.output)
    damaged(built, "es")
    code, said = run(built.root, "build", "--verify", "--locale", "es")
    assert code == 1
    assert "error[published-altered]" in said
    assert "0 of 1" in said
