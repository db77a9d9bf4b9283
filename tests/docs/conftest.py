"""A reader of the docs, and the projects in which they type what a page says, made of this repository's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner, Result

from tests.docs.pages import ROOT, Step, arguments, parts

TODAY = date(2026, 12, 1)
LOCALES = ("ar", "es", "vi")
SIGNERS = {
    ("en", "author"): "Alma Author",
    ("en", "clinician"): "Cora Clinic",
    ("es", "translator"): "Ana López",
    ("es", "reviewer"): "Rita Vega",
    ("es", "clinician"): "Carlos Mena",
}
RELEASER = "Paula Publisher"

Invoke = Callable[..., Result]


@dataclass(slots=True)
class Reader:
    """Somebody who types commands, in the folder `root`. Each person has a home in `homes`, with their own key."""

    root: Path
    homes: Path

    def does(self, step: Step) -> list[str]:
        """Do a step of a page; what its commands say on both outputs."""
        if step.kind == "file":
            (self.root / step.what).write_text(step.text, encoding="utf-8")
        if step.kind == "add to":
            with (self.root / step.what).open("a", encoding="utf-8") as file:
                file.write(f"\n{step.text}")
        if step.kind == "translate":
            self._translate(self.root / step.what, dict(step.rows()))
        return [self.types(command) for command in step.commands()] if step.kind == "type" else []

    def types(self, command: str, code: int = 0) -> str:
        """Type a command that must end with this exit code, and answer yes; what it says on both outputs."""
        return "".join(self._run(part, code) for part in parts(command))

    def press(self, *said: str) -> Result:
        """Call the program in this process, in the folder of the project."""
        from pressroom.cli import main

        return CliRunner(env=self._environment(said)).invoke(main, said, input="y\n", catch_exceptions=False)

    def _run(self, command: str, code: int) -> str:
        if command.startswith("cd "):
            self.root = (self.root / command.removeprefix("cd ")).resolve(strict=True)
            os.chdir(self.root)
            return ""
        said = arguments(command)
        if said is not None:
            result = self.press(*self._expanded(said))
            assert result.exit_code == code, f"{command}: exit code {result.exit_code}\n{result.output}"
            return result.output
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.root, env=self._environment(()), capture_output=True, text=True, check=False
        )
        assert done.returncode == code, f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def _home(self, said: tuple[str, ...]) -> Path:
        role = said[said.index("--role") + 1] if "--role" in said else "releaser"
        locale = said[said.index("--locale") + 1] if "--locale" in said and role != "releaser" else ""
        role = "reviewer" if "waive" in said else role
        return self.homes / f"{locale}-{role}".strip("-")

    def _expanded(self, said: list[str]) -> list[str]:
        """As a shell does: ~ is the home of the person who types, and * stands for files."""
        words = [word.replace("~", str(self._home(tuple(said)))) for word in said]
        return [name for word in words for name in (sorted(map(str, self.root.glob(word))) if "*" in word else [word])]

    def _environment(self, said: tuple[str, ...]) -> dict[str, str]:
        return {"HOME": str(self._home(said)), "PATH": "/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1"}

    def _translate(self, path: Path, texts: dict[str, str]) -> None:
        catalog = polib.pofile(str(path), wrapwidth=0)
        for english, said in texts.items():
            entry = catalog.find(english)
            assert entry is not None, f"{path.name} has no message {english!r}"
            entry.msgstr = said
        catalog.save()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for each person, with their SSH key and git's settings."""
    folder = tmp_path_factory.mktemp("homes")
    for locale, role in [*SIGNERS, ("", "releaser")]:
        ssh = folder / f"{locale}-{role}".strip("-") / ".ssh"
        ssh.mkdir(parents=True)
        _sh(f"ssh-keygen -q -t ed25519 -N '' -C {role} -f {ssh}/id_ed25519", folder)
        settings = "[user]\nname = Paula Publisher\nemail = paula@example.org\n[init]\ndefaultBranch = main\n"
        (ssh.parent / ".gitconfig").write_text(settings, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def plain(homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's project in three languages and for one clinic, with every word confirmed, committed to git."""
    root = tmp_path_factory.mktemp("plain") / "project"
    skip = shutil.ignore_patterns("epidural-blood-patch*", "signoffs", "fonts.lock")
    for name in ("source", "layouts"):
        shutil.copytree(ROOT / name, root / name, ignore=skip)
    for name in (*LOCALES, *(path.name for path in (ROOT / "locales").iterdir() if path.is_file())):
        copy = shutil.copytree if (ROOT / "locales" / name).is_dir() else shutil.copy
        (root / "locales").mkdir(exist_ok=True)
        copy(ROOT / "locales" / name, root / "locales" / name, **({"ignore": skip} if copy is shutil.copytree else {}))
    (root / "locales" / "epidural-blood-patch.pot").unlink(missing_ok=True)
    for name in (".gitignore", ".gitattributes", "publish.py", "press"):
        shutil.copy(ROOT / name, root / name)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    settings = re.sub(r"^locales = \[.*?\]", f"locales = {list(LOCALES)}", settings, flags=re.DOTALL | re.MULTILINE)
    settings = re.sub(r"^awaiting = \[.*?\]", "awaiting = []", settings, flags=re.DOTALL | re.MULTILINE)
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    for source in (root / "source").rglob("*.md"):
        text = source.read_text(encoding="utf-8").replace("<!-- pending: clinician -->\n", "")
        text = re.sub(r"<!-- panel: call-us -->.*?(?=<!-- panel)", "", text, flags=re.DOTALL)
        text = text.replace("> [!IMPORTANT]\n> <!-- slot: clinician -->\n\n", "")
        text = text.replace(">\n> <!-- slot: clinician -->\n", "")
        text = re.sub(r"^products: \[wallet-card.*", "products: [wallet-card, web-page]", text, flags=re.MULTILINE)
        source.write_text(text.replace('version: "0.1"', 'version: "1.0"'), encoding="utf-8")
    clinics = (root / "source" / "clinics.toml").read_text(encoding="utf-8").partition("\n[ogden")[0]
    clinics = clinics.replace(', "ogden-regional-medical-center"', "").replace('phone = ""', 'phone = "801-555-0100"')
    (root / "source" / "clinics.toml").write_text(clinics, encoding="utf-8")
    _sh("git init -q -b main && git add . && git -c user.name=P -c user.email=p@example.org commit -q -m Begin", root)
    return root


@pytest.fixture(scope="session")
def with_people(plain: Path, homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project, with people who have keys."""
    root = _copied(plain, tmp_path_factory.mktemp("with-people"))
    rows = []
    for (locale, role), name in [*SIGNERS.items(), (("", "releaser"), RELEASER)]:
        id_ = name.lower().replace(" ", "-").replace("ó", "o")
        key = (homes / f"{locale}-{role}".strip("-") / ".ssh" / "id_ed25519.pub").read_text(encoding="utf-8").strip()
        may = "releaser = true" if role == "releaser" else f'{role} = ["{locale}"]'
        rows += [f'[{id_}]\nname = "{name}"\nqualification = "invented"\n{may}\n']
        rows += [f'[[{id_}.keys]]\nkind = "ssh"\nkey = "{key}"\nvalid-from = 2026-11-01\n']
    (root / "source" / "people.toml").write_text("\n".join(rows), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def released(with_people: Path, homes: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project, with the card signed by all in English and Spanish, and released."""
    root = _copied(with_people, tmp_path_factory.mktemp("released"))
    key = "--key ~/.ssh/id_ed25519"
    with pytest.MonkeyPatch.context() as patch:
        _set_clock(patch)
        patch.chdir(root)
        reader = Reader(root, homes)
        reader.types("./press update")
        reader.types("./press build dvt-pe --locale en --locale es")
        for locale, role in SIGNERS:
            reader.types(f"./press sign dvt-pe --locale {locale} --role {role} {key}")
        reader.types(f"./press build dvt-pe --locale en --locale es --release {key}")
        reader.types("git add . && git commit -q -m Release")
    return root


@pytest.fixture
def reader_of(
    homes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[[str], Reader]:
    """A reader at a copy of the project of this name, on a fixed day."""

    def sit_down(project: str) -> Reader:
        root = _copied(request.getfixturevalue(project), tmp_path)
        monkeypatch.chdir(root)
        _set_clock(monkeypatch)
        return Reader(root, homes)

    return sit_down


def _set_clock(patch: pytest.MonkeyPatch) -> None:
    """Every document of these projects is valid on this day."""
    from pressroom.cli import clock

    class Clock:
        """Stands in for the class `datetime` of the module."""

        @staticmethod
        def now(zone: object) -> object:
            from datetime import datetime

            return datetime.combine(TODAY, datetime.min.time(), zone)

    patch.setattr(clock, "datetime", Clock)


def _copied(project: Path, folder: Path) -> Path:
    return Path(shutil.copytree(project, folder / "project", symlinks=True))


def _sh(command: str, folder: Path) -> None:
    subprocess.run(["sh", "-c", command], cwd=folder, check=True, capture_output=True)
