from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.commands.building.settled import program_mark

Edit = Callable[[Path, str, str], None]
ROOT = Path(__file__).parents[3]
HEAVY = {"weasyprint", "jinja2", "pikepdf", "pypdfium2", "fontTools", "polib", "markdown_it", "PIL", "babel"}
_ASK = "import sys; sys.argv[0] = 'publish.py'; import atexit; " + (
    "atexit.register(lambda: print('imported', *sorted({m.partition('.')[0] for m in sys.modules}), file=sys.stderr));"
    "from pressroom.cli import main; main()"
)


def _imported(*arguments: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the top-level modules it had imported."""
    process = subprocess.run(
        [sys.executable, "-c", _ASK, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    line = next(line for line in process.stderr.splitlines() if line.startswith("imported "))
    return process.returncode, set(line.split()[1:])


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["update", "--help"]])
def test_help_is_light(arguments: list[str]) -> None:
    """Help imports none of the heavy libraries."""
    code, modules = _imported(*arguments)
    assert code == 0
    assert modules & (HEAVY | {"yaml"}) == set()


@pytest.mark.usefixtures("fonts")
def test_nothing_to_do_is_light(minimal: Path, publish: object) -> None:
    """A build with nothing to do imports nothing that it would make a piece with."""
    assert callable(publish)
    # These tests run for long: the program's folder may have changed since their process first looked at it.
    program_mark.cache_clear()
    assert publish(minimal, "build").exit_code == 0
    code, modules = _imported("--project", str(minimal), "build")
    assert code == 0
    assert modules & {"weasyprint", "jinja2", "pikepdf", "pypdfium2", "fontTools", "PIL", "babel"} == set()


@pytest.mark.usefixtures("fonts")
def test_another_telephone_number_is_light(minimal: Path, publish: Callable[..., Result], edit: Edit) -> None:
    """A build that makes pieces for a clinic's new number reads no document and no catalog again."""
    publish(minimal, "build")
    edit(minimal / "source/clinics.toml", "801-555-0142", "801-555-0143")
    code, modules = _imported("--project", str(minimal), "build")
    assert code == 0
    assert modules & {"weasyprint", "markdown_it"} == set()
