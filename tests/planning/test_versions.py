from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pressroom.planning import versions
from pressroom.planning.versions import library_versions

ENGINE = Path(versions.__file__).parents[1]
# The rooms that no piece is made in.
ELSEWHERE = {"cli", "commands", "executor", "publish", "approval", "web", "pages"}
# What these rooms import, and why no piece is another one with another version of it.
NO_BYTE = {
    "cld3-py": "tells the language of a catalog, for a finding",
    "rapidfuzz": "finds suggestions for translators",
    "tomlkit": "writes tables that people wrote",
    "cffi": "calls Pango for WeasyPrint",
    "packaging": "compares versions for pikepdf",
}


def _imported() -> Iterator[str]:
    """The packages that the rooms import in which pieces are made, by the names of PyPI in small letters."""
    of_module = importlib.metadata.packages_distributions()
    for path in ENGINE.rglob("*.py"):
        if path.relative_to(ENGINE).parts[0] in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for module in {name.partition(".")[0] for name in names} - {"pressroom", ""} - {*sys.stdlib_module_names}:
                yield from (name.lower() for name in of_module[module])


def _required(package: str) -> set[str]:
    """What a package needs wherever it is installed, in small letters."""
    lines = [line for line in importlib.metadata.requires(package) or [] if "extra ==" not in line]
    return {re.split(r"[\s<>=!~\[;(]", line)[0].lower() for line in lines}


def test_what_pieces_are_made_with_is_in_their_keys() -> None:
    """Each library of the rooms that make pieces, with what those that write PDFs need, counts or changes no byte."""
    needed = {*_imported(), *_required("weasyprint"), *_required("pydyf"), *_required("pikepdf")}
    assert needed - library_versions().keys() == needed & NO_BYTE.keys()


def test_every_version_is_known_here() -> None:
    """A library that is misspelled would be `absent` for ever, and never count."""
    assert [
        name for name, version in library_versions().items() if version == "absent" or not version[0].isdigit()
    ] == []


@pytest.mark.parametrize("where", [("libnothing.so.9", "version"), ("libfribidi.so.0", "no_such_function")])
def test_a_library_that_lacks_its_version_is_absent(where: tuple[str, str]) -> None:
    """A library that is not there, or does not say its version, is no error."""
    assert versions._library_version(*where) == "absent"
