"""The locks: exact, hashed, from no named registry, and made from the project's own dependencies."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RUN, CLUSTER, DEV = (ROOT / "setup" / f"requirements{name}.txt" for name in ("", "-cluster", "-dev"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SETUP, ON_CLUSTER, FOR_DEV = (PROJECT["optional-dependencies"][extra] for extra in ("setup", "cluster", "dev"))
WANTED = {RUN: SETUP, CLUSTER: SETUP + ON_CLUSTER, DEV: SETUP + ON_CLUSTER + FOR_DEV}


def pins(lock: Path) -> dict[str, str]:
    """Name to version, for every entry of a lock."""
    return dict(re.findall(r"^([\w.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", WANTED, ids=lambda path: path.name)
def test_no_address(lock: Path) -> None:
    """A lock names no registry: where packages come from is the machine's own configuration."""
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE)


@pytest.mark.parametrize("lock", WANTED, ids=lambda path: path.name)
def test_every_entry_has_a_hash(lock: Path) -> None:
    """Every entry of a lock is an exact version with at least one SHA-256."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    entries = re.split(r"\n(?=\S)", "\n".join(lines))
    assert len(entries) == len(pins(lock))
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []


@pytest.mark.parametrize("lock", WANTED, ids=lambda path: path.name)
def test_made_from_the_project(lock: Path) -> None:
    """Each dependency of the project is in the lock, in a version that the project allows."""
    versions = pins(lock)
    for requirement in map(Requirement, PROJECT["dependencies"] + WANTED[lock]):
        version = versions.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {lock.name}; see CONTRIBUTING.md, Dependencies"
        assert version in requirement.specifier


def test_the_larger_serves_for_the_smaller() -> None:
    """What a build runs with is what the tests ran with."""
    assert pins(RUN).items() <= pins(CLUSTER).items() <= pins(DEV).items()
