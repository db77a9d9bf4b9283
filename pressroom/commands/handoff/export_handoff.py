"""Makes the zip of a hand-off, for a translator who installs nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pressroom.catalog import Catalog
from pressroom.catalog.model import Key
from pressroom.catalog.tmx import write_tmx
from pressroom.catalog.xliff import write_xliff
from pressroom.commands.building.build import build
from pressroom.commands.handoff.archive import (
    FOLDER,
    MANIFEST,
    Sent,
    names_of,
    pack,
    stamped,
    write_manifest,
)
from pressroom.commands.handoff.instructions import as_html, instructions
from pressroom.content import Message
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic, worst
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH, Language
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError, locales_named
from pressroom.planning.plan import Request, make_plan
from pressroom.project.atomic import write_if_changed
from pressroom.publish.store import published_bytes
from pressroom.workspace.workspace import GLOSSARY, LAYOUTS, Workspace


@dataclass(slots=True)
class ExportReport:
    """The zip, which is None if the export was refused, its files, and the findings."""

    path: Path | None = None
    files: tuple[str, ...] = ()
    busy: bool = False
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """True if there is no zip."""
        return self.path is None


@dataclass(frozen=True, slots=True)
class _Text:
    """One catalog of the hand-off, its title, and the keys of its machine drafts."""

    sent: Sent
    title: str
    drafts: set[Key]


def export_handoff(
    workspace: Workspace,
    locale: str,
    documents: Sequence[str],
    *,
    output: Path | None,
    proofs: bool,
    jobs: int,
    progress: Callable[[int, int, str], None],
) -> ExportReport:
    """Make the zip: `output`, or one in output/handoff that is named for what it holds.

    With `proofs`, pages in English and in the locale go with it, for the first clinic; they are built where they
    are not current.

    Raises:
        UsageError: the locale or a document is not the project's.
    """
    report = ExportReport()
    (language,) = locales_named(workspace, (locale,))
    names = _names(workspace, language, documents)
    texts = _texts(workspace, language, names, report)
    if worst(report.diagnostics) is Severity.ERROR:
        return report
    files = _files(texts, language)
    files[f"{language.posix}/memory.tmx"] = write_tmx(_memory(workspace, language))
    if proofs:
        pages = [name for name in names if name not in (LAYOUTS, GLOSSARY)]
        files |= _proofs(workspace, language, pages, jobs, progress, report)
    if not report.busy:
        _write(workspace, language, files, output, report)
    return report


def _names(workspace: Workspace, language: Language, documents: Sequence[str]) -> tuple[str, ...]:
    everything = names_of(workspace, language)
    for name in documents:
        if name not in everything:
            raise UsageError(f"no document is called {name!r}", suggestion(name, everything))
    # The words on every page and the terms go with whatever is handed off.
    always = (LAYOUTS, GLOSSARY)
    return tuple(name for name in everything if not documents or name in documents or name in always)


def _texts(workspace: Workspace, language: Language, names: Sequence[str], report: ExportReport) -> list[_Text]:
    findings = [finding for path in workspace.sources() for finding in workspace.document(path).findings]
    report.diagnostics += [finding for finding in findings if finding.severity is Severity.ERROR]
    titles = {name: front.title.msgid for name, (_, front) in workspace.documents().usable.items()}
    titles |= {LAYOUTS: "the words that the printed pages add", GLOSSARY: "the clinic’s terms"}
    texts: list[_Text] = []
    for name in names:
        (catalog, problems), (drafts, more) = workspace.catalog(name, language), workspace.drafts(name, language)
        report.diagnostics += (*problems, *more)
        if catalog is not None and drafts is not None:
            report.diagnostics += _outdated(catalog, workspace.messages(name), language)
            texts.append(_Text(Sent(name, catalog), titles.get(name, name), drafts.keys_in(catalog)))
    return texts


def _outdated(catalog: Catalog, messages: Sequence[Message], language: Language) -> Iterator[Diagnostic]:
    """A finding if the catalog has other messages than the English: a clinic should not pay for their translation."""
    ours, english = set(catalog.by_key()), {message.key for message in messages if message.msgid}
    if messages and ours != english:
        new, gone = len(english - ours), len(ours - english)
        missing, lost = counted(new, "message is", "messages are"), counted(gone, "is", "are")
        text = f"the catalog is behind the English: {missing} missing in it, {lost} gone from the source"
        hint = f"run: {{command}} update --locale {language.tag}"
        yield diagnostic("handoff-outdated", Span(catalog.path), text, hint)


def _files(texts: Sequence[_Text], language: Language) -> dict[str, bytes]:
    folder = language.posix
    files: dict[str, bytes] = {}
    for text in texts:
        sent = text.sent
        files[f"{folder}/{sent.name}.po"] = stamped(sent, language)
        if sent.name == GLOSSARY:
            files[f"{folder}/{GLOSSARY}.csv"] = _glossary_table(sent.catalog)
            continue
        files[f"{folder}/{sent.name}.xlf"] = write_xliff(sent.catalog, base=sent.base, drafts=text.drafts)
    page = instructions(language, [_instruction(text) for text in texts])
    files["INSTRUCTIONS.md"] = page.encode()
    files["INSTRUCTIONS.html"] = as_html(page, f"Translation into {language.english}").encode()
    files[MANIFEST] = write_manifest([text.sent for text in texts])
    return files


def _memory(workspace: Workspace, language: Language) -> list[Catalog]:
    """All catalogs of the locale, because translations of other documents help too."""
    catalogs = [workspace.catalog(name, language).value for name in names_of(workspace, language)]
    return [catalog for catalog in catalogs if catalog is not None]


def _instruction(text: _Text) -> str:
    """What is to be done in one catalog, as a line of the instructions."""
    active = text.sent.catalog.active
    waiting = [entry for entry in active if not entry.translated]
    words = sum(len(entry.msgid.split()) for entry in waiting)
    todo = [f"{len(waiting)} to translate or review, {counted(words, 'English word')}"] if waiting else []
    todo += [f"{counted(len(text.drafts), 'machine draft')} to read and correct"] if text.drafts else []
    counts = "; ".join([counted(len(active), "message"), *(todo or ["nothing left to do"])])
    return f"- `{text.sent.name}`: {text.title} ({counts})"


def _glossary_table(catalog: Catalog) -> bytes:
    """The terms for a spreadsheet: UTF-8 with a byte-order mark, without which Excel takes it for something else."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["English", catalog.locale, "context", "note"])
    for entry in catalog.active:
        note = " ".join([*entry.extracted, *entry.comments])
        writer.writerow([_cell(text) for text in (entry.msgid, entry.msgstr, entry.context or "", note)])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _cell(text: str) -> str:
    # A cell that begins so is a formula to a spreadsheet (OWASP, "CSV Injection").
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _proofs(
    workspace: Workspace,
    language: Language,
    names: Sequence[str],
    jobs: int,
    progress: Callable[[int, int, str], None],
    report: ExportReport,
) -> dict[str, bytes]:
    clinics = make_plan(workspace, Request()).clinics
    # Nothing is built of a locale that awaits its translator: the English pages go alone.
    built_in = {one.tag for one in workspace.languages().value} & {ENGLISH, language.tag}
    request = Request(tuple(names), tuple(sorted(built_in)), tuple(clinic.id for clinic in clinics[:1]))
    built = build(workspace, request, output=workspace.root / "output", jobs=jobs, progress=progress)
    report.busy = built.busy
    report.diagnostics += [d for d in built.diagnostics if d.severity is not Severity.NOTE]
    files: dict[str, bytes] = {}
    for piece in built.pieces:
        if piece.made and built.edition is not None:
            name = f"{language.posix}/proofs/{Path(piece.path).name}"
            files[name] = published_bytes(built.edition, piece.path)
        else:
            at = f"{piece.document} in {piece.locale} as {piece.product}"
            text = f"there is no proof of {at}: the zip goes without it"
            report.diagnostics.append(diagnostic("handoff-proof", Span("output"), text, "its own findings say why"))
    return files


def _write(
    workspace: Workspace, language: Language, files: dict[str, bytes], output: Path | None, report: ExportReport
) -> None:
    digest = content_hash(files[MANIFEST])[:8]
    path = output or workspace.root / FOLDER / f"{language.posix}-{digest}.zip"
    try:
        write_if_changed(path, pack(files))
    except OSError as error:
        text = f"can't be written: {error.strerror}"
        report.diagnostics.append(
            diagnostic("output-unwritable", Span(workspace.relative(path)), text, "choose another")
        )
        return
    report.path, report.files = path, tuple(sorted(files))
