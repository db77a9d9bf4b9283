from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.workspace.workspace import Workspace


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("source/pics/Leaf.png", "source/pics/leaf.png"),
        ("layouts/slip/Art.svg", "layouts/slip/art.svg"),
        ("locales/DE", "locales/de"),
        ("source/pics/cafe\u0301.svg", "source/pics/caf\u00e9.svg"),
        ("source/pics/stra\u00dfe.svg", "source/pics/strasse.svg"),
    ],
)
def test_two_names_that_are_one_elsewhere(one: str, other: str, minimal: Path) -> None:
    """Names that differ in capitals or in the form of a letter are an error, at the one that comes second."""
    for name in (one, other):
        (minimal / name).parent.mkdir(parents=True, exist_ok=True)
        (minimal / name).write_bytes(b"")
    found = [d for d in Workspace.open(minimal).shared_findings() if d.code == "name-case"]
    assert [d.span.path for d in found] == [max(one, other)]
    assert min(one, other).rpartition("/")[2] in found[0].message


def test_names_in_different_folders_are_two(minimal: Path) -> None:
    """The same name in two folders is no fault, nor is one that only begins alike."""
    for name in ("source/a/leaf.svg", "source/b/Leaf.svg", "source/a/leaf2.svg"):
        (minimal / name).parent.mkdir(parents=True, exist_ok=True)
        (minimal / name).write_bytes(b"")
    assert [d for d in Workspace.open(minimal).shared_findings() if d.code == "name-case"] == []
