"""The key of a piece: the bytes of everything it is made from go in, one hash comes out. Never a date of a file.

Measured elsewhere: modification times missed four of five changes, content hashes none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pressroom.diagnostics import Span
from pressroom.language import Language, font_mark
from pressroom.layout import LayoutError, Product, layout_folders, read_products
from pressroom.planning.fonts import letters_in_files, needs_letters, wanted_families
from pressroom.planning.versions import library_versions
from pressroom.project import Clinic, Project, locations_of
from pressroom.workspace.languages import LANGUAGES_FILE

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".svg"})
_NOWHERE: Final = Span("")
_ENGINE: Final = Path(__file__).parents[2]


@dataclass(slots=True)
class Keys:
    """Keys of one project's pieces, `clinics` being all of them; every file is read once."""

    project: Project
    clinics: tuple[Clinic, ...]
    _files: dict[Path, str] = field(default_factory=dict)
    _layouts: dict[str, list[Path]] = field(default_factory=dict)
    _clinics: dict[str, str] = field(default_factory=dict)
    _shared: dict[tuple[Path, str, str], str] = field(default_factory=dict)
    _common: str = ""
    _fonts: dict[str, str] = field(default_factory=dict)
    _products: dict[str, Product] | None = None

    def of(self, path: Path, language: Language, clinic: Clinic, product: Product) -> str:
        """The key of one piece of the document at `path`."""
        parts = [self._everywhere(), self._settings(), self._clinic(clinic), language.tag, self._font_marks(language)]
        # Where the text does not fit, the piece is made as the product that takes its place.
        for one in (product, *self._stand_in(product)):
            parts += [repr(one), self._texts(path, language, one.layout)]
        return _digest(parts)

    def _stand_in(self, product: Product) -> list[Product]:
        if self._products is None:
            try:
                self._products = read_products(self.project.root)
            except LayoutError:
                self._products = {}
        other = self._products.get(product.otherwise)
        return [other] if other else []

    def _settings(self) -> str:
        return f"{self.project.address} {self._profile()}"

    def _texts(self, path: Path, language: Language, layout: str) -> str:
        """The files that are the same for every clinic."""
        what = path, language.posix, layout
        if what not in self._shared:
            self._shared[what] = "\n".join(map(self._named, self._files_of(path, language, layout)))
        return self._shared[what]

    def _files_of(self, path: Path, language: Language, layout: str) -> list[Path]:
        project, name = self.project, path.stem
        drafts = project.root / "locales" / language.posix / "drafts"
        return [
            path,
            project.catalog_file(language.posix, name),
            project.catalog_file(language.posix, "layouts"),
            drafts / f"{name}.txt",
            project.catalog_file(language.posix, "glossary"),
            drafts / "layouts.txt",
            *self._layout(layout),
        ]

    def _clinic(self, clinic: Clinic) -> str:
        """A clinic and the places it lists, wherever they stand in the file: a line more above them changes nothing."""
        if clinic.id not in self._clinics:
            listed = [clinic, *locations_of(clinic, self.clinics)]
            logo = [self._named(self.project.root / clinic.logo.path)] if clinic.logo else []
            self._clinics[clinic.id] = _digest([*(repr(replace(one, span=_NOWHERE)) for one in listed), *logo])
        return self._clinics[clinic.id]

    def _profile(self) -> str:
        path = self.project.press_profile
        return self._digest_of(self.project.root / path) if path else ""

    def _layout(self, name: str) -> list[Path]:
        """The files of a layout's own folders; a layout that can't be read has none, and is refused later."""
        if name not in self._layouts:
            try:
                folders = layout_folders(self.project.root, name)
            except LayoutError:
                folders = ()
            self._layouts[name] = [file for folder in folders for file in sorted(folder.glob("*")) if file.is_file()]
        return self._layouts[name]

    def _font_marks(self, language: Language) -> str:
        """The fonts the language may be set in and, where they are cut down, the letters they are cut down to."""
        if language.tag not in self._fonts:
            marks = [font_mark(face) for family in wanted_families([language]) for face in family.faces]
            letters = letters_in_files(self.project, language) if needs_letters(language) else frozenset()
            self._fonts[language.tag] = _digest([*marks, *sorted(letters)])
        return self._fonts[language.tag]

    def _everywhere(self) -> str:
        """What every piece depends on: the engine, the libraries, the brand, what layouts share, pictures.

        A clinic's logo is not among them: it changes that clinic's pieces alone.
        """
        if not self._common:
            root = self.project.root
            layouts = root / "layouts"
            logos = {root / clinic.logo.path for clinic in self.clinics if clinic.logo}
            pictures = {*(root / "source").rglob("*"), *layouts.rglob("*")}
            files = [layouts / "brand.toml", layouts / "words.toml", root / LANGUAGES_FILE]
            files += sorted((layouts / "art").rglob("*"))
            files += sorted(file for file in pictures - logos if file.suffix.lower() in PICTURES)
            engine = [file for file in sorted(_ENGINE.rglob("*")) if file.suffix in {".py", ".toml", ".html", ".css"}]
            versions = [f"{name} {version}" for name, version in library_versions().items()]
            self._common = _digest([*versions, *map(self._named, files), *map(self._digest_of, engine)])
        return self._common

    def _named(self, file: Path) -> str:
        return f"{self.project.relative(file)}={self._digest_of(file)}"

    def _digest_of(self, file: Path) -> str:
        if file not in self._files:
            try:
                self._files[file] = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError:
                self._files[file] = "absent"
        return self._files[file]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
