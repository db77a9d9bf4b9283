"""Checks sources and catalogs. Nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pressroom.approval import TranslationState, draft_file
from pressroom.catalog.checks import check_consistency
from pressroom.commands.catalogs.check_notes import CheckNotes, Found
from pressroom.commands.catalogs.check_text import (
    UNPRINTED,
    Checked,
    OfSource,
    found_in_text,
    source_findings,
    usual_layouts,
)
from pressroom.commands.catalogs.lengths import outdated
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import ENGLISH, Language
from pressroom.layout import CARD, WEB, Layout, place_panels
from pressroom.layout.block_words import missing_words
from pressroom.planning.assets import clinic_logo, press_profile
from pressroom.planning.fonts import own_font_findings
from pressroom.planning.glyphs import missing_glyphs
from pressroom.planning.plan import Job, Request, make_plan, requested_awaiting
from pressroom.planning.trial import trial_findings, trials
from pressroom.project.packaged import LAYOUTS as FOLDER
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, WORDS_FILE, Workspace


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything that was checked, and the findings about the project itself.

    `refused` are the documents and clinics that can't be used: `document NAME`, `clinic NAME`.
    """

    checked: tuple[Checked, ...]
    diagnostics: tuple[Diagnostic, ...]
    refused: tuple[str, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors, the project's too."""
        return sum(1 for found in self.all_diagnostics if found.severity is Severity.ERROR)

    @property
    def all_diagnostics(self) -> tuple[Diagnostic, ...]:
        """Every finding once: the project's, then each document's and catalog's."""
        return tuple(dict.fromkeys([*self.diagnostics, *(d for c in self.checked for d in c.diagnostics)]))


def check(
    workspace: Workspace, request: Request, progress: Callable[[int, int, str], None] = lambda *_: None
) -> CheckReport:
    """Check the English and the catalogs that the request names (all that are built if it names none).

    `progress` is called before each document, with the number of texts checked until then.

    Raises:
        UsageError: the project does not have what the request names.
    """
    plan = make_plan(workspace, request, invented=requested_awaiting(workspace, request))
    languages = tuple({job.language.tag: job.language for job in plan.jobs if job.requested}.values())
    documents = dict.fromkeys((job.document, job.path) for job in plan.jobs if job.requested)
    notes = CheckNotes(workspace)
    own_fonts = own_font_findings(languages)
    checked: list[Checked] = []
    problems = [*plan.diagnostics, *own_fonts, *(finding for findings in plan.refused.values() for finding in findings)]
    layouts, unusable = usual_layouts(workspace, plan.jobs)
    problems += dict.fromkeys([*unusable, *_files_of_layouts(workspace, plan.jobs)])
    on_cards = {path for path, used in layouts.items() if any(layout.type_class == CARD for layout in used)}
    printed = {path for path, used in layouts.items() if any(layout.type_class != WEB for layout in used)}
    misplaced: list[Diagnostic] = []
    for place, (name, path) in enumerate(documents):
        progress(place * len(languages), len(documents) * len(languages), name)
        broken, _ = notes.found(f"source/{name}", [path], partial(_broken, workspace, path))
        if broken:
            problems += broken
            continue
        misplaced += _misplaced(workspace, path, layouts[path])
        is_card = path in on_cards
        kind = f"{CARD if is_card else ''}{'' if path in printed else UNPRINTED}"
        of_source = partial(source_findings, workspace, path, card=is_card)
        checked += _catalogs(workspace, notes, name, path, languages, of_source, kind)
    words, word_problems = workspace.words()
    if not request.documents and words:
        path = workspace.root / WORDS_FILE
        checked += _catalogs(
            workspace,
            notes,
            LAYOUTS,
            path,
            languages,
            lambda language: word_problems if language.tag == ENGLISH else (),
        )
    problems += workspace.people().findings
    # Each layout has its own words for a panel that all of them miss.
    said = {(finding.code, finding.span) for finding in misplaced}
    tried = dict.fromkeys(_tried(workspace, notes, plan.jobs))
    problems += [*misplaced, *(finding for finding in tried if (finding.code, finding.span) not in said)]
    if not request.documents:
        names = [*(name for name, _ in documents), LAYOUTS]
        problems += _lengths(workspace, dict(documents))
        problems += _different_translations(workspace, notes, names, languages)
    notes.keep()
    return CheckReport(tuple(checked), tuple(problems), plan.refused_by(request))


def _tried(workspace: Workspace, notes: CheckNotes, jobs: Sequence[Job]) -> Iterator[Diagnostic]:
    """What a build would refuse of each document's layouts."""
    layouts = workspace.files.listing(FOLDER, "**/*")
    for document, chosen in trials(jobs).items():
        posix = dict.fromkeys(job.language.posix for job in chosen)
        catalogs = [workspace.project.catalog_file(one, name) for one in posix for name in (document, LAYOUTS)]
        name = f"trial/{document} {' '.join(f'{job.language.tag} {job.product.name}' for job in chosen)}"
        files = [chosen[0].path, *catalogs, *layouts]
        yield from notes.found(name, files, partial(_trial, chosen))[0]


def _trial(jobs: Sequence[Job]) -> Found:
    return tuple(trial_findings(jobs)), ()


def _files_of_layouts(workspace: Workspace, jobs: Sequence[Job]) -> Iterator[Diagnostic]:
    """What is wrong with the clinics' logos and names, and with the print shop's profile."""
    for clinic in dict.fromkeys(job.clinic for job in jobs if job.requested):
        yield from clinic_logo(workspace, clinic).findings
    if workspace.project.press_profile:
        yield from press_profile(workspace).findings
    for language in {job.language.tag: job.language for job in jobs if job.requested}.values():
        clinics = dict.fromkeys(job.clinic for job in jobs if job.requested and job.language.tag == language.tag)
        yield from missing_glyphs(
            language, [("".join((clinic.name, *clinic.address)), clinic.span) for clinic in clinics]
        )


def _misplaced(workspace: Workspace, path: Path, layouts: Sequence[Layout]) -> Iterator[Diagnostic]:
    """Panels that are missing, surplus or wrong: once for each line, though several layouts say so."""
    document, _ = workspace.document(path)
    if document is None:
        return
    findings = [found for layout in layouts if layout.type_class != WEB for found in place_panels(document, layout)[1]]
    words, _ = workspace.words()
    yield from missing_words(document, words) if words else ()
    yield from {(finding.code, finding.span): finding for finding in reversed(findings)}.values()


def _broken(workspace: Workspace, path: Path) -> Found:
    """Why a document can't be read; nothing if it can."""
    document, findings = workspace.document(path)
    return (tuple(findings) if document is None else ()), ()


def _lengths(workspace: Workspace, documents: Mapping[str, Path]) -> Iterator[Diagnostic]:
    lengths, problems = workspace.lengths()
    paths = [documents[name] for name in dict.fromkeys(one.document for one in lengths.budgets) if name in documents]
    read = [document for path in paths if (document := workspace.document(path)[0]) is not None]
    yield from problems
    yield from outdated(workspace, lengths, {document.name: {m.key for m in document.messages} for document in read})


def _different_translations(
    workspace: Workspace, notes: CheckNotes, names: Sequence[str], languages: Sequence[Language]
) -> Iterator[Diagnostic]:
    """English texts that a locale's documents translate differently."""

    def differences(language: Language) -> Found:
        catalogs = (workspace.catalog(name, language).value for name in names)
        return tuple(check_consistency([catalog for catalog in catalogs if catalog is not None])), ()

    for language in languages:
        if language.tag != ENGLISH and not language.invented:
            files = [workspace.project.catalog_file(language.posix, name) for name in names]
            yield from notes.found(f"{language.posix}/", files, partial(differences, language))[0]


def _catalogs(
    workspace: Workspace,
    notes: CheckNotes,
    name: str,
    source: Path,
    languages: Sequence[Language],
    of_source: OfSource,
    kind: str = "",
) -> Iterator[Checked]:
    for language in languages:
        posix = language.posix
        files = [source, draft_file(workspace.project, posix, name)]
        files += [workspace.project.catalog_file(posix, one) for one in (name, GLOSSARY)]
        files += [workspace.project.template_file(name)]
        check = partial(found_in_text, workspace, name, language, of_source, printed=UNPRINTED not in kind)
        findings, numbers = notes.found(f"{posix}/{name} {kind}", files, check)
        *counts, words_left = numbers or (0,)
        yield Checked(name, language, TranslationState(*counts) if counts else None, words_left, findings)
