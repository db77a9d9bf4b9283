"""The launcher, run with stand-ins for apt, dpkg, pip and Python: it must not touch the machine that tests it."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from pressroom.language import registered_fonts
from pressroom.language.fonts import sign_fonts

ROOT = Path(__file__).parents[1]
TOOLS = ("cat", "cksum", "cp", "echo", "env", "mkdir", "rm", "sed", "touch", "xargs")
MACHINE_LACKS_SOMETHING = 69

# Notes how it was called; makes an environment whose Python is itself; lets pip fail where the test says so.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$CALLS"
[ "${1-}" != publish.py ] || printf '%s\\n' "$PRESSROOM_LAUNCHER"
case "$*" in
    "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip"*) exit "${PIP_EXIT:-0}" ;;
    -V) echo Python 3.11.2 ;;
esac
"""
DPKG_HAS_ALL = "#!/bin/sh\nprintf installed\n"
DPKG_HAS_NONE = "#!/bin/sh\nexit 1\n"
NOT_ROOT = "#!/bin/sh\necho 1000\n"
NOTED = '#!/bin/sh\nprintf "%s\\n" "${0##*/} $*" >>"$CALLS"\n'


@dataclass(frozen=True, slots=True)
class Clone:
    """A copy of what the launcher needs, in a folder with a space in its name, on a machine with `TOOLS` only."""

    root: Path
    path: Path
    calls: Path

    def has(self, **programs: str) -> None:
        """Put scripts on the machine's path; an underscore stands for a hyphen."""
        for name, text in programs.items():
            program = self.path / name.replace("_", "-")
            program.write_text(text)
            program.chmod(0o755)

    def press(self, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the launcher and wait."""
        return subprocess.run(
            [self.root / "press", *arguments],
            cwd=cwd or self.root,
            env={"PATH": str(self.path), "CALLS": str(self.calls), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def called(self) -> list[str]:
        """What was called since the last time, in order."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        self.calls.unlink(missing_ok=True)
        return lines


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    root, path = tmp_path / "a clone", tmp_path / "bin"
    shutil.copytree(ROOT / "setup", root / "setup")
    shutil.copy(ROOT / "press", root)
    shutil.copy(ROOT / "pyproject.toml", root)
    path.mkdir()
    for tool in TOOLS:
        (path / tool).symlink_to(shutil.which(tool) or tool)
    return Clone(root, path, tmp_path / "calls")


@pytest.fixture
def debian(clone: Clone) -> Clone:
    clone.has(apt_get=NOTED, dpkg_query=DPKG_HAS_ALL, id=NOT_ROOT, python3=PYTHON)
    return clone


def system_packages() -> set[str]:
    """The names in the list of packages."""
    lines = (ROOT / "setup" / "debian-packages.txt").read_text().splitlines()
    return {name for line in lines if (name := line.partition("#")[0].strip())}


def test_font_packages() -> None:
    """Every package of the private list of fonts is among those that are installed."""
    assert {font.package for font in (*registered_fonts().values(), *sign_fonts())} <= system_packages()


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_syntax(shell: str) -> None:
    """Every common shell can read the launcher."""
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")
    assert subprocess.run([shell, "-n", ROOT / "press"], check=False).returncode == 0


def test_unknown_system(clone: Clone) -> None:
    """Where there is no apt-get, every package is named, the output stays empty, and the code is its own."""
    result = clone.press("build")
    assert result.returncode == MACHINE_LACKS_SOMETHING
    assert result.stdout == ""
    assert all(package in result.stderr for package in system_packages())
    assert "docs/how-to/install.md" in result.stderr


def test_unknown_system_with_all_there(clone: Clone) -> None:
    """Where there is no apt-get but Python and the libraries are there, it goes on."""
    clone.has(python3=PYTHON)
    result = clone.press("build")
    assert result.returncode == os.EX_OK
    assert clone.called()[-1] == "publish.py build"
    assert result.stdout == "./press\n", "the program is not said by which name it was called"


def test_neither_root_nor_sudo(debian: Clone) -> None:
    """Without the right to install, it says what to ask for and installs nothing."""
    debian.has(dpkg_query=DPKG_HAS_NONE)
    (debian.path / "python3").unlink()
    result = debian.press("build")
    assert result.returncode == MACHINE_LACKS_SOMETHING
    assert "not root" in result.stderr
    assert "apt-get install python3 " in result.stderr
    assert debian.called() == []


def test_old_python(debian: Clone) -> None:
    """Where no Python is new enough, it says which would be."""
    debian.has(python3="#!/bin/sh\nexit 1\n")
    result = debian.press("build")
    assert result.returncode == MACHINE_LACKS_SOMETHING
    assert "3.11 or later" in result.stderr


def test_installs_what_is_missing(debian: Clone) -> None:
    """What is missing is named before sudo is asked to install it."""
    debian.has(dpkg_query='#!/bin/sh\ncase "$*" in *fontconfig) exit 1 ;; *) printf installed ;; esac\n')
    debian.has(sudo='#!/bin/sh\necho SUDO\nexec "$@"\n', true="#!/bin/sh\n")
    result = debian.press("build")
    said = result.stderr.splitlines()
    assert said[0] == "press: system packages are missing: fontconfig"
    assert "SUDO" in said[1:]
    apt = [call for call in debian.called() if call.startswith("apt-get")]
    assert apt[0].endswith("update")
    assert apt[1].endswith("install --no-install-recommends fontconfig")


def test_second_run(debian: Clone) -> None:
    """The first run makes the environment, the second only runs what was asked for."""
    assert debian.press("build", "--locale", "es").returncode == os.EX_OK
    first = debian.called()
    assert next(call for call in first if "requirements" in call).endswith("-r setup/requirements.txt")
    assert debian.press("build", "--locale", "zh Hans").returncode == os.EX_OK
    assert debian.called() == ["publish.py build --locale zh Hans"]


def test_changed_lock(debian: Clone) -> None:
    """A changed lock is installed, whatever its date."""
    debian.press("build")
    debian.called()
    lock = debian.root / "setup" / "requirements.txt"
    lock.write_text(lock.read_text() + "# changed\n")
    os.utime(lock, (0, 0))
    debian.press("build")
    assert any("-r setup/requirements.txt" in call for call in debian.called())


def test_interrupted(debian: Clone) -> None:
    """A set-up that failed is begun again by the next run, not believed."""
    result = debian.press("build", PIP_EXIT="1")
    assert result.returncode == MACHINE_LACKS_SOMETHING
    assert not any("publish.py" in call for call in debian.called())
    assert debian.press("build").returncode == os.EX_OK
    assert "-m venv --clear .venv" in debian.called()


def test_moved(debian: Clone) -> None:
    """An environment in a folder that was moved is made anew."""
    debian.press("build")
    debian.called()
    moved = Clone(debian.root.rename(debian.root.with_name("moved")), debian.path, debian.calls)
    moved.press("build")
    assert "-m venv --clear .venv" in moved.called()


def test_tests_have_their_own_lock(debian: Clone) -> None:
    """The tests' environment is larger, serves for a build too, and hands pytest its arguments from any directory."""
    debian.press("test", "-k", "two words", cwd=debian.path)
    calls = debian.called()
    assert any("-r setup/requirements-dev.txt" in call for call in calls)
    assert calls[-1] == "-m pytest -k two words"
    debian.press("build")
    assert debian.called() == ["publish.py build"]


def test_advisories_are_asked_for_in_the_environment_of_the_tests(debian: Clone) -> None:
    """`advisories` needs what the tests need, and hands on its arguments."""
    debian.press("advisories", "--source", "http://127.0.0.1/")
    calls = debian.called()
    assert any("-r setup/requirements-dev.txt" in call for call in calls)
    assert calls[-1] == "setup/advisories.py --source http://127.0.0.1/"
