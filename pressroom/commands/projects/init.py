"""Makes a new project that builds at once: settings, a place to fill in, a sample brochure and a sample card."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.commands.catalogs.packaged_words import draft_packaged_words
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.commands.catalogs.update import update
from pressroom.data_files import data_table, data_text
from pressroom.language import ENGLISH, Language
from pressroom.language.countries import Country, Paper
from pressroom.planning.named import UsageError
from pressroom.project import packaged_root
from pressroom.project.atomic import write_atomic
from pressroom.project.open_file import file_bytes
from pressroom.project.settings import FORMAT
from pressroom.workspace.workspace import Workspace

_NUMBER: Final = re.compile(r"[0-9](?:[0-9 -]*[0-9])?")
# Git merges catalogs message by message with it, and needs nothing but Python.
MERGE_DRIVER: Final = "setup/git-merge-po"
# Each file of a new project, and the text that it is made from, in `new_project/`.
_FILES: Final[Mapping[str, str]] = {
    "pyproject.toml": "pyproject.toml",
    "publish.py": "publish.py",
    "README.md": "README.md",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    "source/clinics.toml": "clinics.toml",
    "source/brochures/your-visit.md": "your-visit.md",
    "source/cards/when-to-call.md": "when-to-call.md",
    "layouts/brand.toml": "brand.toml",
    "layouts/words.toml": "words.toml",
    "tests/test_documents.py": "test_documents.py",
    "output/.gitignore": "output-gitignore",
}


@dataclass(frozen=True, slots=True)
class NewProject:
    """What a new project is asked to be. `emergency` is empty where the country's number is meant."""

    folder: Path
    country: Country
    paper: Paper
    languages: tuple[Language, ...]
    name: str = ""
    emergency: str = ""

    @property
    def title(self) -> str:
        """The project's name, made from its folder's where none is given."""
        return self.name or self.folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()


def init(new: NewProject, created: str) -> CatalogReport:
    """Write the project's files and its catalogs; `created` is the moment, as catalogs write it.

    Raises:
        UsageError: the folder is not empty, or the country's emergency number is not known.
    """
    refuse_used(new.folder)
    if not (new.emergency or new.country.emergency):
        hint = "find out which number calls an ambulance there, and add --emergency NUMBER; it is never guessed"
        raise UsageError(f"the emergency number of {new.country.name} is not in the table", hint)
    if new.emergency and not _NUMBER.fullmatch(new.emergency):
        raise UsageError(f"{new.emergency!r} is no emergency number", "write its digits, as 112")
    values = _values(new, created[:10])
    written = []
    for name, text in _FILES.items():
        write_atomic(new.folder / name, _filled(data_text(f"commands/projects/new_project/{text}.txt"), values))
        written.append(name)
    write_atomic(new.folder / MERGE_DRIVER, packaged_merge_driver(), 0o755)
    set_merge_driver(new.folder)
    workspace = Workspace.open(new.folder)
    report = update(workspace, (), created)
    for language in new.languages:
        drafted = draft_packaged_words(workspace, language)
        report.written += [name for name in drafted.written if name not in report.written]
    report.written[:0] = [*written, MERGE_DRIVER]
    return report


def refuse_used(folder: Path) -> None:
    """Raise UsageError if there is anything in the folder; a repository with nothing in it yet is empty."""
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise UsageError(f"the folder {folder} is not empty", "name a new folder, or one with nothing in it")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", "name a new folder")


def packaged_merge_driver() -> bytes:
    """The program that merges catalogs for git, as this version brings it."""
    data, findings = file_bytes(packaged_root(), MERGE_DRIVER)
    if data is None:
        raise UsageError(findings[0].message, "install pressroom again: one of its files is missing")
    return data


def set_merge_driver(folder: Path, *, dry: bool = False) -> bool:
    """Make git use the merge driver in this clone; False if the folder is not the top of one, or it does already.

    With `dry` nothing is set.
    """
    if _git(folder, "rev-parse", "--show-cdup") != "":
        return False
    command = f"{MERGE_DRIVER} %O %A %B"
    if _git(folder, "config", "merge.po.driver") == command:
        return False
    return dry or _git(folder, "config", "merge.po.driver", command) is not None


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints; None if it fails, or is not there."""
    try:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _values(new: NewProject, today: str) -> dict[str, str]:
    country, products = new.country, data_table("commands/projects/papers.toml")[new.paper]
    emergency = new.emergency or country.emergency
    given = "The number that was given with --emergency" if new.emergency else f"The ambulance number of {country.name}"
    return {
        "format": str(FORMAT),
        "name": json.dumps(new.title, ensure_ascii=False),
        "title": new.title,
        "locales": ", ".join(json.dumps(tag) for tag in _tags(new.languages)),
        "country": country.name,
        "phone": country.phone or "+00 000 000 000",
        "emergency": emergency,
        "emergency-note": f"{given}. It follows the country of use, not the reader's language.",
        "brochure": products["brochure"],
        "card": products["card"],
        "month": today[:7],
        "review": f"{int(today[:4]) + 1}{today[4:7]}",
    }


def _tags(languages: Iterable[Language]) -> list[str]:
    return [tag for tag in dict.fromkeys(language.tag for language in languages) if tag != ENGLISH]


def _filled(text: str, values: Mapping[str, str]) -> bytes:
    for name, value in values.items():
        text = text.replace(f"<<{name}>>", value)
    return text.encode()
