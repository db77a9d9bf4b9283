"""Measures how much text the fixed spaces of a project hold in each writing system, and keeps the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from pressroom.catalog import source_translation
from pressroom.catalog.lengths import Budget, Lengths, write_lengths
from pressroom.catalog.model import Key
from pressroom.commands.catalogs.report import CatalogReport
from pressroom.compose import Piece
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.fingerprint import fingerprint
from pressroom.language import ENGLISH, Language, sample_of
from pressroom.layout import WEB
from pressroom.planning.fonts import letters_in_use, needs_letters, prepare_fonts
from pressroom.planning.plan import Job, Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.workspace.workspace import LAYOUTS, LENGTHS_FILE, Workspace


def measure(workspace: Workspace, progress: Callable[[int, int, str], None] = lambda *_: None) -> CatalogReport:
    """Measure the fixed spaces of every document's usual products, and write `locales/lengths.toml`.

    They are measured in each writing system of the project's languages, also those that wait for a translator. A
    message in several spaces has the limit of the smallest. `progress` is called after each measurement.
    """
    report = CatalogReport(seen=1)
    known, findings = workspace.languages(awaiting=True)
    languages = _representatives(known)
    fonts, font_findings = prepare_fonts(workspace, [*languages.values()])
    report.diagnostics += [*findings, *font_findings]
    if not fonts:
        return report
    plan = make_plan(workspace, Request())
    budgets: dict[tuple[str, Key], Budget] = {}
    samples = {name: _sample(workspace, language) for name, language in languages.items()}
    wanted = _jobs(plan.jobs)
    for place, job in enumerate(wanted):
        piece = prepare(job).piece
        if piece is None or piece.layout.type_class == WEB or piece.layout.flows:
            continue
        for number, (name, language) in enumerate(languages.items()):
            done = place * len(languages) + number
            progress(done, len(wanted) * len(languages), f"{job.document} {job.product.name} {name}")
            for budget in _measured(_speaking(workspace, piece, language), name, samples[name]):
                first = budgets.setdefault((budget.document, budget.key), budget)
                budgets[budget.document, budget.key] = _least(first, budget)
    rows = tuple(budgets[key] for key in sorted(budgets, key=str))
    lengths = Lengths(rows, layouts_hash(workspace, rows))
    if workspace.write(LENGTHS_FILE, write_lengths(lengths).encode()):
        report.written.append(LENGTHS_FILE)
    return report


def outdated(workspace: Workspace, lengths: Lengths, documents: Mapping[str, set[Key]]) -> Iterator[Diagnostic]:
    """Where the table speaks of a layout, or of a text, that is not there any more."""
    if not lengths.budgets:
        return
    hint = "run: {command} lengths, then update"
    if lengths.layouts != layouts_hash(workspace, lengths.budgets):
        yield diagnostic("lengths", Span(LENGTHS_FILE), "the layouts changed since they were measured", hint)
    for one in lengths.budgets:
        if one.document in documents and one.key not in documents[one.document]:
            message = f"{one.document} has no message {one.english[:40]!r} any more"
            yield diagnostic("lengths", Span(LENGTHS_FILE), message, hint)


def layouts_hash(workspace: Workspace, budgets: Iterable[Budget]) -> str:
    """Sixteen hex digits of what the layouts with fixed spaces are made from; in no other was a length measured."""
    names = {place.rpartition(" of ")[2] for one in budgets for place in one.frames.split("; ")}
    layouts = sorted({file for name in names for file in workspace.layout_files(name)})
    files = [workspace.root / "layouts" / "brand.toml", *layouts]
    return fingerprint(*(part for f in files for part in (workspace.relative(f), workspace.files.hash_of(f))))[:16]


def _jobs(jobs: tuple[Job, ...]) -> list[Job]:
    """One job a document and layout of a usual product: in English, for the first clinic, where there is one."""
    first: dict[tuple[str, str], Job] = {}
    for job in jobs:
        if job.product.name in job.front.products:
            held = first.setdefault((job.document, job.product.layout), job)
            if held.language.tag != ENGLISH and job.language.tag == ENGLISH:
                first[job.document, job.product.layout] = job
    return list(first.values())


def _representatives(languages: tuple[Language, ...]) -> dict[str, Language]:
    """The first language of each writing system by script, and by tag each that is set differently from that one."""
    chosen: dict[str, Language] = {}
    for language in languages:
        if sample_of(language):
            first = chosen.setdefault(language.script, language)
            if _facts(first) != _facts(language):
                chosen[language.tag] = language
    return chosen


def _facts(language: Language) -> tuple[object, ...]:
    versions = (language, *language.by_class.values())
    return tuple((v.family, v.line_height, v.tight, v.title, v.title_lead, v.breaking, str(v.sizes)) for v in versions)


def _sample(workspace: Workspace, language: Language) -> str:
    """The sample's words, of a font that is cut down to the signs in use those alone."""
    sample = sample_of(language)
    if not needs_letters(language):
        return sample
    there = letters_in_use(workspace, language)
    return "".join(sign for sign in sample if sign in there or sign.isspace())


def _speaking(workspace: Workspace, piece: Piece, language: Language) -> Piece:
    """The piece set in a language, with the layouts' own words in it where they are translated: they take room too."""
    document = replace(source_translation(piece.document.messages), locale=language.tag)
    words = workspace.text(LAYOUTS, language).translation or piece.layout_translation
    return replace(
        piece, language=language.set_for(piece.layout.type_class), translation=document, layout_translation=words
    )


def _measured(piece: Piece, name: str, sample: str) -> Iterator[Budget]:
    from pressroom.render.lengths import measure_lengths

    for room in measure_lengths(piece, sample):
        where = f"{', '.join(room.frames)} of {piece.layout.name}"
        yield Budget(piece.document.name, room.message.context, room.message.msgid, where, {name: room.most})


def _least(known: Budget, new: Budget) -> Budget:
    frames = dict.fromkeys([*known.frames.split("; "), new.frames])
    most = dict(known.most)
    for name, room in new.most.items():
        most[name] = min(room, most.get(name, room))
    return replace(known, frames="; ".join(frames), most=most)
