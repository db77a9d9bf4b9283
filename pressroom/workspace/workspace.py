"""The project as one command sees it: each file is read at most once, when it is first needed.

Longer than other modules: one short method for each kind of file that commands ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec, TypeVar

from pressroom.approval import DraftRecord, draft_file, parse_drafts
from pressroom.approval.log import RELEASES
from pressroom.catalog import Catalog, Translation, pseudo_translation, source_translation, translate
from pressroom.catalog.lengths import Lengths, read_lengths
from pressroom.catalog.read import read_catalog
from pressroom.content import Document, Message
from pressroom.diagnostics import Diagnostic, DiagnosticError, Span, diagnostic
from pressroom.language import (
    ENGLISH,
    AmbiguousLanguage,
    Language,
    LockedFont,
    Registry,
    engine_registry,
    read_font_lock,
    understand,
)
from pressroom.layout import (
    NO_FONTS,
    BrandFonts,
    Layout,
    LayoutError,
    Product,
    layout_folders,
    read_brand,
    read_brand_fonts,
    read_brand_logo,
    read_brand_spans,
    read_layout,
    read_products,
)
from pressroom.layout.words import read_words
from pressroom.project import Clinic, Files, Logo, Project, ProjectError, Read, find_project, read_clinics
from pressroom.project.atomic import refuse_links, write_if_changed
from pressroom.project.kept import Kept
from pressroom.project.settings import SETTINGS_FILE
from pressroom.project.toml_text import line_of_key, line_of_text
from pressroom.workspace.documents import Documents, documents_by_name, read_renames
from pressroom.workspace.languages import LANGUAGES_FILE, project_languages, project_registry
from pressroom.workspace.one_name import shared_names

if TYPE_CHECKING:
    from pressroom.approval.people import People
    from pressroom.workspace.records import ProjectRecords

P = ParamSpec("P")
T = TypeVar("T")
LAYOUTS: Final = "layouts"
GLOSSARY: Final = "glossary"
LENGTHS_FILE: Final = "locales/lengths.toml"
WORDS_FILE: Final = "layouts/words.toml"
FONT_LOCK_FILE: Final = "fonts.lock"
# Profiles with large tables have a dozen megabytes.
_PROFILE_LIMIT: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class LocaleText:
    """The texts of a catalog for a piece: the translation, which of it are machine drafts, and the findings."""

    translation: Translation | None
    drafts: DraftRecord
    diagnostics: tuple[Diagnostic, ...]


def once(read: Callable[Concatenate[Workspace, P], T]) -> Callable[Concatenate[Workspace, P], T]:
    """A method or function of a workspace that runs once for the same arguments, until a file that it read changes."""

    @wraps(read)
    def cached(workspace: Workspace, /, *arguments: P.args, **options: P.kwargs) -> T:
        named = (value.tag if isinstance(value, Language) else value for value in arguments)
        key = (read, *named, *options.items())
        return workspace.files.once(key, lambda: read(workspace, *arguments, **options))

    return cached


def _has_log(folder: Path) -> bool:
    return (folder / SETTINGS_FILE).is_file() and (folder / RELEASES).is_dir()


class Workspace:
    """Settings, files and everything read from them. One is opened for each command.

    A value that can't be read is None or empty, and comes with findings. `changed` says that files were edited or
    written; only values that depend on them are read again.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.files = Files(project.root, project.packaged)
        # Where editions are. The released one names entries of the log, so `records` looks there.
        self.output = project.root / "output"
        # Why the settings can't be used; only the records are read then.
        self.unusable: tuple[Diagnostic, ...] = ()
        # What an earlier command kept; None where all is read from its files.
        self.kept: Kept | None = None
        # What was written through it, in the order of the first write: a server commits these files.
        self.written: dict[str, None] = {}

    def reopened(self) -> Workspace:
        """The same project with nothing read yet: its files may have changed since."""
        again = Workspace(self.project)
        again.output, again.unusable = self.output, self.unusable
        return again

    @classmethod
    def open(cls, folder: Path) -> Workspace:
        """The workspace of the project at a folder or above it.

        Raises:
            ProjectError: there is none, or its settings are wrong.
        """
        return cls(find_project(folder))

    @classmethod
    def open_records(cls, folder: Path) -> Workspace:
        """The same, also if the settings are wrong: the records can be read without them.

        Raises:
            ProjectError: there is no project.
        """
        try:
            return cls.open(folder)
        except ProjectError as error:
            root = next((f for f in (folder.resolve(), *folder.resolve().parents) if _has_log(f)), None)
            if root is None:
                raise
            workspace = cls(Project(root, root.name))
            workspace.unusable = error.problems
            return workspace

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.project.root

    def relative(self, path: Path) -> str:
        """A path as diagnostics name it: relative to the project's root if it is inside."""
        return self.project.relative(path)

    def changed(self, paths: Iterable[Path | str]) -> None:
        """Forget what was read from these files or folders; new settings and languages change everything."""
        root, names = self.project.root, {self.project.root / path for path in paths}
        if names & {root / SETTINGS_FILE, root / LANGUAGES_FILE}:
            self.project = find_project(root)
            self.files = Files(root, self.project.packaged)
        self.files.changed(names)

    def write(self, path: Path | str, data: bytes) -> bool:
        """Write a file of the project unless it holds these bytes already, see `write_if_changed`."""
        refuse_links(self.root, self.root / path)
        written = write_if_changed(self.root / path, data)
        self.written[self.relative(self.root / path)] = None
        if written:
            self.changed([path])
        return written

    def setting(self, key: str, value: str = "") -> Span:
        """The line of a setting in pyproject.toml, of a text in its list, or of the table that it belongs into."""
        text = self.files.text(SETTINGS_FILE).value or ""
        line = line_of_key(text, "tool.pressroom", key)
        return Span(SETTINGS_FILE, line_of_text(text, line, value) if value else line)

    # ---- Languages and clinics ----

    @once
    def registry(self) -> Registry:
        """The languages that this project may use, see `project_registry`."""
        return project_registry(self.files)

    def language_named(self, written: str) -> Language:
        """The language that a person means by a tag or name. A name of several means the project's, if it has one.

        Raises:
            UnknownLanguage: no language is meant, or several are.
        """
        try:
            return understand(self.registry(), written).language
        except AmbiguousLanguage as error:
            tags = {language.tag for language in self.languages(awaiting=True).value}
            own = [language for language in error.found if language.tag in tags]
            if len(own) == 1:
                return own[0]
            raise

    @once
    def languages_of_records(self) -> Registry:
        """The languages that records are read by: a recall counts although the project's languages can't be read."""
        try:
            return self.registry()
        except DiagnosticError:
            return engine_registry()

    @once
    def languages(self, *, awaiting: bool = False) -> Read[tuple[Language, ...]]:
        """English and the project's locales, and with `awaiting` those that wait for a translator."""
        tags = (ENGLISH, *self.project.locales, *(self.project.awaiting if awaiting else ()))
        # Layouts report the findings of the brand.
        fonts = self._brand_fonts().value
        return project_languages(self.registry(), tags, fonts, self.root, lambda tag: self.setting("locales", tag))

    @once
    def _brand_fonts(self) -> Read[BrandFonts]:
        return self._tried(read_brand_fonts, NO_FONTS)

    @once
    def clinics(self) -> Read[tuple[Clinic, ...]]:
        """The clinics in the order of their file."""
        return self.files.parsed(self.project.clinics_file, read_clinics, ())

    # ---- Layouts, products and the brand ----

    @once
    def products(self) -> Read[dict[str, Product]]:
        """The products by name; none if the table can't be read."""
        return self._tried(read_products, {})

    @once
    def brand(self) -> Read[dict[str, str]]:
        """The brand's tokens for styles."""
        return self._tried(read_brand, {})

    @once
    def brand_spans(self) -> Read[dict[str, Span]]:
        """Where the brand's colours are written; `brand` has the findings."""
        return Read(self._tried(read_brand_spans, dict[str, Span]()).value)

    @once
    def brand_logo(self) -> Read[Logo | None]:
        """The logo for clinics without one."""
        return self._tried(read_brand_logo, None)

    def press_profile(self) -> Read[bytes | None]:
        """The bytes of the print shop's profile; None if the settings name none."""
        named = self.project.press_profile
        return self.files.data(named, limit=_PROFILE_LIMIT) if named else Read(None)

    @once
    def layout(self, name: str) -> Layout | Diagnostic:
        """A layout, or what is wrong with it, or with the fonts that the brand names: nothing is set in others."""
        if findings := self._brand_fonts().findings:
            return findings[0]
        try:
            return read_layout(self.files, name)
        except LayoutError as error:
            return error.problem

    @once
    def layout_files(self, name: str) -> tuple[Path, ...]:
        """The files in all folders of a layout; none if the layout can't be read."""
        try:
            folders = layout_folders(self.files, name)
        except LayoutError:
            return ()
        return tuple(path for folder in folders for path in self.files.listing(folder))

    # ---- English documents and words ----

    @once
    def sources(self) -> tuple[Path, ...]:
        """The documents' files, sorted; a README beside them is not a document."""
        return tuple(path for path in self._source_listing() if path.suffix == ".md" and path.name != "README.md")

    def _source_listing(self) -> tuple[Path, ...]:
        return self.files.listing("source", "**/*.md")

    @once
    def documents(self) -> Documents:
        """The documents with their front matter."""
        folders = [path for path in self._source_listing() if path.suffix != ".md"]
        unlisted = tuple(finding for folder in folders for finding in self.files.data(folder).findings)
        return documents_by_name(self, self.sources(), unlisted)

    @once
    def document(self, path: Path) -> Read[Document | None]:
        """The whole document at `path`, with the labels of its illustrations."""
        # Imported here: most builds make pieces of documents that an earlier one read.
        from pressroom.content.illustrations import with_labels
        from pressroom.content.parse import parse_document

        read = self.files.parsed(path, parse_document, None)
        if read.value is None:
            return read
        document, problems = with_labels(read.value, lambda name: self.files.data(name, optional=True).value)
        return Read(document, (*read.findings, *problems))

    @once
    def words(self) -> Read[dict[str, Message]]:
        """The layouts' words by their name in `layouts/words.toml`."""
        beneath = (self.files.beneath(WORDS_FILE) or b"").decode()
        return self.files.parsed(WORDS_FILE, lambda text, path: read_words(text, path, beneath), {})

    def messages(self, name: str) -> tuple[Message, ...]:
        """The English messages of a document or of the layouts' words; none if they can't be read."""
        if name == LAYOUTS:
            return tuple(self.words().value.values())
        path = self._source_paths().get(name)
        document = self.document(path).value if path is not None else None
        return document.messages if document is not None else ()

    @once
    def _source_paths(self) -> dict[str, Path]:
        """The first file of each name."""
        return {path.stem: path for path in reversed(self.sources())}

    # ---- Catalogs ----

    @once
    def catalog(self, name: str, language: Language) -> Read[Catalog | None]:
        """The catalog of a document, the layouts' words or the glossary."""
        path = self.project.catalog_file(language.posix, name)
        data, findings = self.files.data(path, optional=True)
        if data is not None:
            # A person makes the glossary, from the header of another catalog perhaps.
            catalog, problems = read_catalog(data, self.relative(path), language, ours=name != GLOSSARY)
            return Read(catalog, tuple(problems))
        hint = f"run: {{command}} update --locale {language.tag}"
        missing = diagnostic("catalog-missing", Span(self.relative(path)), "there is no such catalog", hint)
        return Read(None, findings or (missing,))

    def has_catalog(self, name: str, language: Language) -> bool:
        """True if the file of a catalog is there, readable or not."""
        return self.files.data(self.project.catalog_file(language.posix, name), optional=True) != Read(None)

    @once
    def drafts(self, name: str, language: Language) -> Read[DraftRecord | None]:
        """The record of a catalog's machine drafts; an empty one if there is no file."""
        path = draft_file(self.project, language.posix, name)
        absent = self.files.data(path, optional=True) == Read(None)
        return Read(DraftRecord()) if absent else self.files.parsed(path, parse_drafts, None)

    @once
    def text(self, name: str, language: Language) -> LocaleText:
        """The translations of a catalog's messages; in English those of the source."""
        messages = self.messages(name)
        if language.tag == ENGLISH:
            return LocaleText(source_translation(messages), DraftRecord(), ())
        if language.invented:
            return LocaleText(pseudo_translation(messages, language.tag), DraftRecord(), ())
        (catalog, findings), (drafts, more) = self.catalog(name, language), self.drafts(name, language)
        if catalog is None or drafts is None:
            return LocaleText(None, DraftRecord(), (*findings, *more))
        return LocaleText(translate(messages, catalog), drafts, (*findings, *more))

    @once
    def lengths(self) -> Read[Lengths]:
        """How long texts in fixed spaces may be; an empty table if the project has none."""
        hint = "restore it, or measure again: {command} lengths"
        return self.files.optional(LENGTHS_FILE, read_lengths, Lengths(), "file-unreadable", hint)

    def shared_findings(self) -> tuple[Diagnostic, ...]:
        """The findings about the files that every piece depends on."""
        tables = (self.languages(), self.clinics(), self.products(), self.renames(), self.brand(), self.words())
        findings = (finding for read in (*tables, self.font_lock()) for finding in read.findings)
        return (*self.documents().unlisted, *self._shared_names(), *findings)

    @once
    def _shared_names(self) -> tuple[Diagnostic, ...]:
        return shared_names(self.files)

    # ---- Records and fonts ----

    @once
    def renames(self) -> Read[dict[str, str]]:
        """The documents' new names by their earlier names."""
        return read_renames(self)

    @once
    def records(self) -> ProjectRecords:
        """All sign-offs, waivers, withdrawals, recalls and releases that count."""
        # Imported when asked for: commands on texts alone begin sooner without.
        from pressroom.workspace.records import read_records

        return read_records(self)

    @once
    def people(self) -> Read[People | None]:
        """Who may sign what; None if there is no such file, or with an error if it can't be used."""
        from pressroom.approval.people_file import PEOPLE_FILE, read_people

        text, findings = self.files.text(PEOPLE_FILE, optional=True)
        if text is None:
            return Read(None, findings)
        people, problems = read_people(text, PEOPLE_FILE, self.languages_of_records())
        return Read(people, tuple(problems))

    @once
    def font_lock(self) -> Read[dict[str, LockedFont]]:
        """The lock of the fonts, empty if there is none; a broken lock bars every build."""
        hint = "bring back the last good one, or run: {command} fonts --accept"
        return self.files.optional(FONT_LOCK_FILE, read_font_lock, {}, "font-lock", hint)

    def _tried(self, read: Callable[[Files], T], otherwise: T) -> Read[T]:
        try:
            return Read(read(self.files))
        except LayoutError as error:
            return Read(otherwise, (error.problem,))
