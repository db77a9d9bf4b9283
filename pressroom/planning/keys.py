"""The key of a piece: one hash of the bytes of everything it is made from.

File dates do not count: modification times missed four of five changes, content hashes none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from pressroom.content.pictures import PICTURES
from pressroom.diagnostics import Span
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import Language, font_mark
from pressroom.layout import Product, fallbacks
from pressroom.planning.fonts import all_families, letters_in_files, needs_letters
from pressroom.planning.versions import library_versions
from pressroom.project import Clinic, locations_of
from pressroom.workspace.languages import LANGUAGES_FILE
from pressroom.workspace.workspace import Workspace, once

_NOWHERE: Final = Span("")
_ENGINE: Final = Path(__file__).parents[1]


def piece_key(workspace: Workspace, path: Path, language: Language, clinic: Clinic, product: Product) -> str:
    """The key of one piece of the document at `path`; what several pieces share is hashed once."""
    parts = [_of_project(workspace), _of_clinic(workspace, clinic), _of_fonts(workspace, language), language.tag]
    # If the text does not fit, the piece is made as a product that takes its place.
    for made_as in (product, *fallbacks(workspace.products().value, product)):
        parts += [repr(made_as), _of_texts(workspace, path, language, made_as.layout)]
    return fingerprint(*parts)


@once
def _of_texts(workspace: Workspace, path: Path, language: Language, layout: str) -> str:
    """The files that are the same for every clinic."""
    project, drafts = workspace.project, workspace.root / "locales" / language.posix / "drafts"
    files = [
        path,
        *(project.catalog_file(language.posix, name) for name in (path.stem, "layouts", "glossary")),
        *(drafts / f"{name}.txt" for name in (path.stem, "layouts")),
        *workspace.layout_files(layout),
    ]
    return fingerprint(*_named(workspace, files))


@once
def _of_clinic(workspace: Workspace, clinic: Clinic) -> str:
    """A clinic and its locations, wherever they are in their file: a line added above them changes nothing."""
    listed = [clinic, *locations_of(clinic, workspace.clinics().value)]
    logo = _named(workspace, [workspace.root / clinic.logo.path] if clinic.logo else [])
    return fingerprint(*(repr(replace(each, span=_NOWHERE)) for each in listed), *logo)


@once
def _of_fonts(workspace: Workspace, language: Language) -> str:
    """The fonts the language may be set in and, if they are cut down, the letters they are cut down to."""
    marks = [font_mark(face) for family in all_families([language]) for face in family.faces]
    letters = letters_in_files(workspace, language) if needs_letters(language) else frozenset()
    return fingerprint(*marks, *sorted(letters))


@once
def _of_project(workspace: Workspace) -> str:
    """What every piece depends on: engine, libraries, address, press profile, the brand, shared layouts, pictures.

    A clinic's logo is not included: it changes that clinic's pieces alone.
    """
    project, files = workspace.project, workspace.files
    layouts = project.root / "layouts"
    logos = {project.root / clinic.logo.path for clinic in workspace.clinics().value if clinic.logo}
    pictures = [*files.listing("source", "**/*"), *files.listing("layouts", "**/*")]
    shared = [layouts / "brand.toml", layouts / "words.toml", project.root / LANGUAGES_FILE]
    shared += files.listing(layouts / "art", "**/*")
    shared += [file for file in pictures if file.suffix.lower() in PICTURES and file not in logos]
    versions = [f"{name} {version}" for name, version in library_versions().items()]
    profile = content_hash(workspace.press_profile().value or b"")
    return fingerprint(_engine(), project.address, profile, *versions, *_named(workspace, shared))


def _named(workspace: Workspace, files: Iterable[Path]) -> list[str]:
    return [part for file in files for part in (workspace.relative(file), workspace.files.hash_of(file))]


@cache
def _engine() -> str:
    """The engine's own files, which do not change while it runs."""
    # A wheel has the packaged layouts in it; a piece's key counts those that the piece uses.
    files = [
        file
        for file in sorted(_ENGINE.rglob("*"))
        if file.suffix in {".py", ".toml", ".html", ".css"} and _ENGINE / "packaged" not in file.parents
    ]
    return fingerprint(*(content_hash(file.read_bytes()) for file in files))
