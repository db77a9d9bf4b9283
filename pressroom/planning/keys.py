"""The key of a piece, a hash of all values that it is made from, and the hash of the files that they are read from.

The *key* decides if a piece is made again. It covers the complete `Piece`, which has only what may be printed, so a
comment or a word of another layout changes no key. To compute it, the files are parsed. The *sources* are a hash of the
files' bytes, which costs little: while they are the same, the key is.

File dates do not count: modification times missed four of five changes, content hashes none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pressroom.content.pictures import PICTURES
from pressroom.diagnostics import Diagnostic
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import Language, font_mark
from pressroom.layout import Product, fallbacks
from pressroom.planning.fonts import all_families, letters_in_files, needs_letters
from pressroom.planning.numbers_in_files import numbers_in, runs_of_digits
from pressroom.planning.versions import library_versions, project_facts
from pressroom.project import Clinic, Logo, locations_of
from pressroom.workspace.languages import LANGUAGES_FILE
from pressroom.workspace.workspace import Workspace, once

if TYPE_CHECKING:
    from pressroom.compose import Piece
    from pressroom.planning.content import Content
    from pressroom.planning.shared_part import SharedPart

_ENGINE: Final = Path(__file__).parents[1]
_OF_ENGINE: Final = (".py", ".toml", ".html", ".css", ".svg", ".txt")
# A wheel has the packaged layouts in it; a piece's key counts those that the piece uses.
_APART: Final = frozenset({"packaged", "__pycache__"})
# Hex digits of a part of a key in a manifest.
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Inputs:
    """The parts of a key: the program, the language with its fonts, what all clinics share, and the clinic's own."""

    program: str
    language: str
    shared: str
    clinic: str


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What a piece may print of its clinic, with the places that it lists, its logo, the findings and the content."""

    clinic: Clinic
    places: tuple[Clinic, ...]
    logo: Logo | None
    images: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    content: Content


def piece_key(workspace: Workspace, path: Path, language: Language, clinic: Clinic, product: Product) -> str:
    """The key of one piece of the document at `path`; what several pieces share is read once."""
    # Imported here: a build with nothing to do parses nothing.
    from pressroom.planning.shared_part import shared_part

    shared = shared_part(workspace, path, language, product)
    own = own_part(workspace, clinic, language, shared.printed)
    inputs = inputs_of(workspace, shared, own, language)
    return key_of(inputs, piece_sources(workspace, path, language, clinic, product))


def inputs_of(workspace: Workspace, shared: SharedPart, own: OwnPart, language: Language) -> Inputs:
    """The parts of a piece's key; of a piece that is refused they are not all known."""
    of_shared = shared.content.mark[:_DIGITS] if shared.piece is not None else ""
    parts = [of_language(workspace, one) for one in (language, *_named_languages(shared.piece))]
    spoken = parts[0] if len(parts) == 1 else fingerprint(*parts)[:_DIGITS]
    return Inputs(of_program(workspace), spoken, of_shared, own.content.mark[:_DIGITS])


def _named_languages(piece: Piece | None) -> Iterator[Language]:
    """The languages that the layouts of a piece name, and of those that may take its place."""
    while piece is not None:
        yield from piece.languages.values()
        piece = piece.instead


def key_of(inputs: Inputs, sources: str) -> str:
    """The key of a piece of these parts. A piece that is refused is looked at again whenever its files change."""
    parts = (inputs.program, inputs.language, inputs.shared, inputs.clinic)
    return fingerprint(*parts) if inputs.shared else fingerprint("refused", *parts, sources)


@once
def own_part(workspace: Workspace, clinic: Clinic, language: Language, printed: frozenset[str]) -> OwnPart:
    """What a piece in a language prints of a clinic; `printed` are the parameters of its layouts' macros."""
    from pressroom.planning.assets import clinic_logo
    from pressroom.planning.content import content_of
    from pressroom.planning.printed import printed_clinic

    logo, findings = clinic_logo(workspace, clinic)
    listed = locations_of(clinic, workspace.clinics().value) if "places" in printed else ()
    ours, *places = (printed_clinic(each, language.tag) for each in (clinic, *listed))
    images = {logo[0].path: logo[1]} if logo else {}
    content = content_of((ours, places, logo))
    return OwnPart(ours, tuple(places), logo[0] if logo else None, images, findings, content)


def piece_sources(workspace: Workspace, path: Path, language: Language, clinic: Clinic, product: Product) -> str:
    """The hash of the bytes of all files that a piece and its findings are read from: 16 digits, a dot, 32 digits.

    The digits before the dot are those of the program: if they differ, the key does.
    """
    shared = shared_sources(workspace, path, language, product)
    return f"{of_program(workspace)}.{fingerprint(shared, _of_clinic(workspace, clinic))[:32]}"


@once
def shared_sources(workspace: Workspace, path: Path, language: Language, product: Product) -> str:
    """The files of all clinics' pieces."""
    parts = [_of_project(workspace), _of_numbers(workspace, path), of_language(workspace, language), language.tag]
    # If the text does not fit, the piece is made as a product that takes its place.
    for made_as in (product, *fallbacks(workspace.products().value, product)):
        parts += [repr(made_as), _of_texts(workspace, path, language, made_as.layout)]
    return fingerprint(*parts)


@once
def of_program(_workspace: Workspace) -> str:
    """The engine and its libraries."""
    return fingerprint(_engine(), *(f"{name} {version}" for name, version in library_versions().items()))[:_DIGITS]


@once
def of_language(workspace: Workspace, language: Language) -> str:
    """A language as it is set, the fonts it may be set in and, if they are cut down, the letters in them."""
    marks = [font_mark(face) for family in all_families([language]) for face in family.faces]
    letters = letters_in_files(workspace, language) if needs_letters(language) else frozenset()
    return fingerprint(language.tag, project_facts(language), *marks, *sorted(letters))[:_DIGITS]


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
    """A clinic and its locations, and where they are in their file: findings name the lines."""
    listed = [clinic, *locations_of(clinic, workspace.clinics().value)]
    logo = _named(workspace, [workspace.root / clinic.logo.path] if clinic.logo else [])
    return fingerprint(*(repr(each) for each in listed), *logo)


@once
def _of_project(workspace: Workspace) -> str:
    """What every piece or its findings depend on: address, press profile, brand, words, languages, pictures.

    A clinic's logo is one of them: a document may show it.
    """
    project, files = workspace.project, workspace.files
    layouts = project.root / "layouts"
    pictures = [*files.listing("source", "**/*"), *files.listing("layouts", "**/*")]
    shared = [layouts / "brand.toml", layouts / "words.toml", project.root / LANGUAGES_FILE]
    shared += files.listing(layouts / "art", "**/*")
    shared += [file for file in pictures if file.suffix.lower() in PICTURES]
    profile = content_hash(workspace.press_profile().value or b"")
    return fingerprint(project.address, profile, *_named(workspace, shared))


@once
def _of_numbers(workspace: Workspace, path: Path) -> str:
    """The clinics' numbers that a document may have: one that is typed is a finding, whichever clinic's it is."""
    clinics = workspace.clinics().value
    numbers = {number for clinic in clinics for number in (clinic.phone, clinic.emergency)}
    runs = (*_digits_of(workspace, (path,)), *_digits_of(workspace, _with_words(workspace)))
    return fingerprint(*sorted(numbers_in(runs, numbers)))


@once
def _digits_of(workspace: Workspace, paths: tuple[Path, ...]) -> tuple[str, ...]:
    files = workspace.files
    data = (part for path in paths for part in (files.data(path, optional=True).value, files.beneath(path)))
    return runs_of_digits(filter(None, data))


@once
def _with_words(workspace: Workspace) -> tuple[Path, ...]:
    """The files that every document may have words of: the layouts' own, and labels in drawings."""
    drawings = [file for folder in ("source", "layouts") for file in workspace.files.listing(folder, "**/*")]
    return (workspace.root / "layouts" / "words.toml", *(file for file in drawings if file.suffix.lower() == ".svg"))


def _named(workspace: Workspace, files: Iterable[Path]) -> list[str]:
    return [part for file in files for part in (workspace.relative(file), workspace.files.hash_of(file))]


@cache
def _engine() -> str:
    """The engine's own files, which do not change while it runs."""
    files: list[Path] = []
    for folder, below, names in os.walk(_ENGINE):
        below[:] = [name for name in below if name not in _APART]
        files += [Path(folder, name) for name in names if name.endswith(_OF_ENGINE)]
    return fingerprint(*(content_hash(file.read_bytes()) for file in sorted(files)))
