"""What a clinic's table says about its print desk."""

from __future__ import annotations

import pytest

from pressroom.project import read_clinics
from pressroom.project.desk_settings import DeskSettings
from pressroom.project.settings import INTERFACES, ProjectError, find_project

CLINIC = '[meadow]\nname = "Meadow"\naddress = ["1 Road"]\nphone = "555-0100"\nemergency = "911"\n'


def settings(more: str) -> DeskSettings:
    """The settings of a clinic with these lines, which are right."""
    (clinic,), findings = read_clinics(CLINIC + more, "source/clinics.toml")
    assert findings == []
    return clinic.desk


def test_nothing_is_invented() -> None:
    """Without the lines there is no number of an interpreter and no language that comes first."""
    assert settings("") == DeskSettings()
    assert settings("").interpreter_number == ""


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("801-555-0199, any language", "801-555-0199"),
        ("801-555-0199", "801-555-0199"),
        ("the front office, 801-555-0199", ""),
        ("Language line: press 4", ""),
    ],
)
def test_the_number_of_an_interpreter(line: str, number: str) -> None:
    """The number at the head of the line can be dialled; what stands elsewhere in it is text."""
    desk = settings(f'interpreter = "{line}"')
    assert (desk.interpreter, desk.interpreter_number) == (line, number)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("interpreter = 5", "interpreter of meadow is not one line of text"),
        ('interpreter = "a\\nb"', "interpreter of meadow is not one line of text"),
        ('most-used = "es"', "most-used of meadow is not a list of language tags"),
        ('most-used = ["Spanish!"]', "most-used of meadow is not a list of language tags"),
        ('most-used = ["es", "es"]', "most-used of meadow has 'es' twice"),
    ],
)
def test_faults_are_named_at_their_line(line: str, said: str) -> None:
    """A value that can't be right is refused with what to write."""
    clinics, findings = read_clinics(CLINIC + line, "source/clinics.toml")
    assert clinics == ()
    assert [(finding.message, finding.span.line, bool(finding.hint)) for finding in findings] == [(said, 6, True)]


@pytest.mark.parametrize(
    "line", ["desk-days = 0", "desk-days = true", 'desk-interfaces = ["xx"]', "desk-interfaces = []"]
)
def test_settings_of_the_desk_that_can_not_be_right(tmp_path, line: str) -> None:
    """A desk speaks only languages that there are words for, and a copy of it ends."""
    (tmp_path / "pyproject.toml").write_text(f"[tool.pressroom]\n{line}\n", encoding="utf-8")
    with pytest.raises(ProjectError, match="desk-"):
        find_project(tmp_path)


def test_the_desk_speaks_the_languages_of_the_interface() -> None:
    """Each language that the setting allows has a catalog."""
    from pressroom.pages import LANGUAGES

    assert INTERFACES == LANGUAGES
