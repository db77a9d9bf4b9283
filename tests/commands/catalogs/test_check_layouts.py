"""`check` says what a build would refuse of templates, styles and the list of people."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.commands.catalogs.check import check
from pressroom.diagnostics import Diagnostic
from pressroom.planning.plan import Request
from pressroom.workspace.workspace import Workspace

TEMPLATE = "layouts/slip/template.html"
STYLE = "layouts/slip/style.css"


def checked(root: Path) -> list[tuple[str, str, int]]:
    """The code, the file and the line of everything that is found."""
    found: tuple[Diagnostic, ...] = check(Workspace.open(root), Request()).all_diagnostics
    return [(finding.code, finding.span.path, finding.span.line) for finding in found]


def test_nothing_is_wrong(minimal: Path) -> None:
    """A project that builds has no findings, also when they are remembered."""
    assert checked(minimal) == []
    assert checked(minimal) == []


@pytest.mark.parametrize("first", [True, False])
def test_a_property_that_nothing_sets(minimal: Path, edit, first: bool) -> None:
    """A var() of a colour that the brand does not have is found, also after a check that found nothing."""
    if not first:
        assert checked(minimal) == []
    edit(minimal / STYLE, "padding-inline-start: 3mm", "padding-inline-start: 3mm;\n color: var(--colour-none)")
    ((code, path, line),) = checked(minimal)
    assert (code, path) == ("css", STYLE)
    assert "--colour-none" in (minimal / STYLE).read_text().splitlines()[line - 1]


@pytest.mark.parametrize(
    ("added", "line"),
    [
        ("{% macro other( %}{% endmacro %}", 4),
        ("{% macro other() %}{{ words | none }}{% endmacro %}", 4),
        ("{% if a %}" * 2000, 1),
    ],
)
def test_a_template_that_is_none(minimal: Path, added: str, line: int) -> None:
    """A template that can't be compiled is found."""
    with (minimal / TEMPLATE).open("a") as template:
        template.write(f"{added}\n")
    assert checked(minimal) == [("template", TEMPLATE, line)]


@pytest.mark.parametrize("said", ["{{ nobody }}", "{{ 'x' * 10000000000000 }}", "{{ control() }}"])
def test_a_macro_that_fails(minimal: Path, edit, said: str) -> None:
    """A macro that uses what it does not have, or takes all memory, is found at its line."""
    edit(minimal / TEMPLATE, "{{ line }}", said)
    assert checked(minimal) == [("template", TEMPLATE, 3)]


def test_the_list_of_people(minimal: Path) -> None:
    """A list of people that is no TOML is found before anybody signs."""
    (minimal / "source" / "people.toml").write_text("\nnobody\n")
    assert checked(minimal) == [("people", "source/people.toml", 2)]
