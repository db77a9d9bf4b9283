"""Bits that a disk lost: in objects, manifests, caches and records."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli import main
from pressroom.publish import Store
from tests.commands.conftest import Bench


def run(bench: Bench, *words: str) -> tuple[int, str]:
    """A command's exit code and what it says."""
    done = CliRunner().invoke(main, ["--project", str(bench.root), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def turn_a_bit(path: Path, chance: random.Random) -> None:
    """Turn one bit of a file."""
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.chmod(0o644)
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(6))
def test_a_cache_never_decides(bench: Bench, seed: int) -> None:
    """With bits of its caches turned, or the files cut, a check finds what it finds without any cache."""
    bench.edit(bench.catalog, "Pida ayuda", "Pida ayuda 3 veces")
    right = run(bench, "check", "--verbose")
    assert "number-changed" in right[1]
    chance = random.Random(seed)
    for path in sorted((bench.root / ".cache" / "pressroom").glob("*.json")):
        if seed % 2:
            path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])
        else:
            turn_a_bit(path, chance)
    assert run(bench, "check", "--verbose") == right


@pytest.mark.parametrize("seed", range(4))
def test_a_record_with_another_bit_is_reported(bench: Bench, seed: int) -> None:
    """A sign-off or an entry of the log in which a bit is another does not count, and is named."""
    chance = random.Random(seed)
    # The words that were signed, in texts/, are shown and decide nothing.
    records = [path for path in bench.root.glob("**/signoffs/**/*.toml") if path.parent.name != "texts"]
    path = chance.choice(sorted([*records, *bench.root.glob("releases/*.toml")]))
    turn_a_bit(path, chance)
    _, said = run(bench, "status")
    assert f"{path.relative_to(bench.root)}" in said
    assert "error[record-" in said or "error[log" in said or "error[file-unreadable]" in said, said[-3000:]


@pytest.mark.parametrize("name", ["manifest.json", "en"])
def test_a_released_edition_with_another_bit_is_noticed(bench: Bench, name: str) -> None:
    """A released file or its manifest in which a bit is another is refused by whoever reads it next."""
    edition = Store(bench.output, "released").current.resolve()
    path = edition / name if name.endswith("json") else next((edition / name).glob("*.pdf"))
    shown = path.read_bytes()
    path.unlink()
    path.write_bytes(shown)
    turn_a_bit(path, random.Random(3))
    code, said = run(bench, "verify", str(path if path.suffix == ".pdf" else next(edition.glob("en/*.pdf"))))
    assert (code, "current" in said.split("\n")[0]) != (0, True)
