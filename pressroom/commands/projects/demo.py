"""Makes one card in two languages in a folder of its own, so that a newcomer sees what comes out."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pressroom.catalog.write import write_catalog
from pressroom.commands.building.build import build
from pressroom.commands.building.previews import write_previews
from pressroom.commands.catalogs.update import record_machine_drafts
from pressroom.commands.projects.init import NewProject, init
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH, find_language
from pressroom.language.countries import find_country
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request
from pressroom.workspace.workspace import LAYOUTS, Workspace

_CARD = "when-to-call"
_PRODUCT = "wallet-card"


@dataclass(frozen=True, slots=True)
class Demo:
    """The PDFs, the picture of each of their pages, and all findings."""

    files: tuple[Path, ...]
    pictures: tuple[Path, ...]
    diagnostics: tuple[Diagnostic, ...]


def demo_languages() -> tuple[str, ...]:
    """The languages that the sample card is translated into."""
    return tuple(data_table("commands/projects/demo.toml"))


def demo(folder: Path, tag: str, created: str, progress: Callable[[int, int, str], None]) -> Demo:
    """Make a project in an empty folder, draft its card's translation, and build the card in English and in it.

    Raises:
        UsageError: the folder is not empty, or the card is not translated into this language.
    """
    if tag not in demo_languages():
        raise UsageError(f"the sample card is not translated into {tag!r}", f"there are {', '.join(demo_languages())}")
    init(NewProject(folder, find_country("US"), "Letter", (find_language(tag),), "Demo"), created)
    workspace = Workspace.open(folder)
    _translate(workspace, tag)
    request = Request((_CARD,), (ENGLISH, tag), (), (_PRODUCT,))
    jobs = len(os.sched_getaffinity(0))
    report = build(workspace, request, output=folder / "output", jobs=jobs, progress=progress)
    if report.edition is None:
        return Demo((), (), report.diagnostics)
    pieces = sorted(report.pieces, key=lambda piece: piece.locale != ENGLISH)
    pictures = write_previews(pieces, report.edition, folder / "output")
    files = tuple(folder / "output" / "current" / piece.path for piece in pieces if piece.made)
    return Demo(files, tuple(pictures), report.diagnostics)


def _translate(workspace: Workspace, tag: str) -> None:
    """Fill the card's catalogs with the drafts of `demo.toml`, and record them as a machine's."""
    language, drafts = find_language(tag), data_table("commands/projects/demo.toml")[tag]
    for name in (_CARD, LAYOUTS):
        catalog = workspace.catalog(name, language).value
        if catalog is None:
            continue
        entries = tuple(replace(entry, msgstr=drafts.get(entry.msgid, entry.msgstr)) for entry in catalog.entries)
        path = workspace.project.catalog_file(language.posix, name)
        workspace.write(path, write_catalog(replace(catalog, entries=entries)))
    record_machine_drafts(workspace, tag, (_CARD, LAYOUTS))
