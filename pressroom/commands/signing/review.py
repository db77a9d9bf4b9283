"""The review sheet of a document in a locale, for paper and for a screen: English and translation side by side."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.approval import Change, changes, roles_of
from pressroom.approval.approval_state import is_current
from pressroom.approval.wording import folded
from pressroom.catalog.model import Key
from pressroom.catalog.terms import Term
from pressroom.commands.building.kept import prints_today
from pressroom.commands.signing.back_translations import back_translations
from pressroom.commands.signing.look import LookChange, look_changes
from pressroom.commands.signing.review_case import ReviewCase
from pressroom.commands.signing.reviewed_messages import ReviewedMessage, reviewed_findings, reviewed_messages
from pressroom.compose.review_sheet import PageImage, ReviewSheet, Row, compose_review_sheet, review_sheet_html
from pressroom.content.inline import parse_inline
from pressroom.content.model import slots_of
from pressroom.diagnostics import Diagnostic, diagnostic
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH, Language
from pressroom.planning.fonts import prepare_fonts
from pressroom.project import Read
from pressroom.project.atomic import write_if_changed
from pressroom.publish import Store
from pressroom.publish.store import published_bytes
from pressroom.units import mm
from pressroom.workspace.glossary import glossary_terms
from pressroom.workspace.records import signature_line

# Two pages narrower than this are printed side by side.
_SMALL: Final = mm(120)
# Sharp enough to read the smallest line of a card on paper, small enough to send by mail.
_DPI: Final = 200


@dataclass(frozen=True, slots=True)
class _Notes:
    """The language of the texts, and what changed in the English, by its new text."""

    language: Language
    changes: Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class _Proofs:
    """Pictures of the proofs' pages by their address, what each shows, and the proofs that are web pages."""

    images: dict[str, bytes]
    pages: tuple[PageImage, ...]
    screens: tuple[str, ...]
    findings: tuple[Diagnostic, ...]


def review(review_case: ReviewCase, output: Path, back: Path | None = None) -> Read[tuple[Path, ...]]:
    """Write the review sheet to `output/review`; returns its files, and a finding for each page without a picture.

    `back` is a catalog of back-translations into English; without it, those of the project are taken if it has any.
    """
    workspace, language = review_case.workspace, review_case.language
    backs, unreadable = back_translations(review_case, back)
    terms, term_findings = glossary_terms(workspace, language)
    proofs = _proofs(review_case, Store(output))
    findings = (*unreadable, *proofs.findings, *term_findings)
    sheet = _sheet(review_case, backs, terms, proofs, findings)
    name = f"{review_case.document.name}.{language.tag}.review"
    html, pdf = (output / "review" / f"{name}.{kind}" for kind in ("html", "pdf"))
    sources = {a: f"data:image/png;base64,{base64.b64encode(data).decode()}" for a, data in proofs.images.items()}
    write_if_changed(html, review_sheet_html(sheet, sources, style=True).encode())
    fonts, font_findings = prepare_fonts(workspace, [language, workspace.registry().find(ENGLISH)])
    if not fonts:
        return Read((html,), (*findings, *font_findings))
    # Imported only now: WeasyPrint reads the list of fonts once, when it is imported.
    from pressroom.render.proof import render_paper

    write_if_changed(pdf, render_paper(compose_review_sheet(sheet, proofs.images), "review.html"))
    return Read((pdf, html), (*findings, *font_findings))


def _sheet(
    review_case: ReviewCase,
    backs: Mapping[Key, str],
    terms: tuple[Term, ...],
    proofs: _Proofs,
    findings: tuple[Diagnostic, ...],
) -> ReviewSheet:
    _, others = reviewed_findings(review_case)
    front, last, wording = review_case.document.front, review_case.last_signed(), review_case.wording()
    changed = changes(last[1], wording.all_lines if wording else (), "english") if last else ()
    notes = _Notes(review_case.language, {change.after: change for change in changed})
    cases = review_case.cases()
    facts = [("Document", f"{review_case.document.name}, {front.number}"), ("Version", front.version)]
    facts += [("Review by", front.review_by), ("State", cases[0][1].name if cases else "unreadable")]
    numbers = dict.fromkeys(f"{case.emergency} ({case.clinic})" for case, _ in cases if case.emergency)
    facts += [("Emergency number", number) for number in [*numbers][:3]]
    facts += [("Read on a screen", f"open {screen} in a browser") for screen in proofs.screens]
    signatures = (
        signature_line(record) + ("" if any(is_current(record, case) for case, _ in cases) else ": of other words")
        for record in review_case.signoffs()
    )
    return ReviewSheet(
        title=front.title.msgid,
        language=review_case.language,
        facts=tuple(facts),
        rows=tuple(_row(message, notes) for message in reviewed_messages(review_case, backs=backs, terms=terms)),
        awaited=tuple(
            f"panel {panel.name}, {slot.span}: a sentence awaits a clinician"
            for panel in review_case.document.panels
            for slot in slots_of(panel.blocks)
        ),
        findings=(*(finding.line for finding in others), *(f"{d.message} ({d.hint})" for d in findings)),
        signatures=tuple(signatures),
        roles=roles_of(review_case.language.tag),
        pages=proofs.pages,
    )


def _row(reviewed: ReviewedMessage, notes: _Notes) -> Row:
    message, change = reviewed.message, notes.changes.get(folded(reviewed.message.msgid))
    is_english = notes.language.tag == ENGLISH
    return Row(
        number=reviewed.number,
        panel=message.panel or message.role,
        english=parse_inline(message.msgid).runs,
        text=parse_inline(reviewed.text).runs if reviewed.text and not is_english else (),
        status=reviewed.status,
        back=reviewed.back,
        notes=message.notes,
        terms=reviewed.terms,
        findings=tuple(finding.line for finding in reviewed.findings),
        changed=change.parts if change and change.before else (),
    )


def _compared(change: LookChange, images: dict[str, bytes]) -> Iterator[PageImage]:
    """The pages that differ from the signed ones, before and now, with the places marked."""
    name = change.job.product.name
    for number, now in change.now.items():
        for when, image in (("as it was signed", change.before.get(number)), ("now", now)):
            if image is not None:
                address = f"pages/{name}-{number}-{when.replace(' ', '-')}.png"
                images[address] = image
                yield PageImage(address, f"{name}, page {number}, {when}: what differs is framed", small=True)


def _proofs(review_case: ReviewCase, store: Store) -> _Proofs:
    """The proofs of today's words, of one clinic for each product."""
    from pressroom.preflight.page_content import page_images

    images, pages, screens, findings = dict[str, bytes](), list[PageImage](), list[str](), list[Diagnostic]()
    known, jobs = store.manifest().by_id(), {job.product.name: job for job in reversed(review_case.jobs)}.values()
    changed = look_changes(review_case.verdicts, jobs, store, dpi=_DPI)
    findings += [
        diagnostic("look-differs", job.front.title.span, f"{job.product.name}: {place.text}")
        for job, places in ((change.job, change.places) for change in changed)
        for place in places
    ]
    for job in jobs:
        record = known.get(job.id)
        if record is None or not prints_today(record, job) or not (store.current / record.path).is_file():
            hint = f"run: {{command}} build {job.document} --locale {job.language.tag}, then review again"
            message = f"there is no proof of these words as {job.product.name}"
            findings.append(diagnostic("proof-outdated", job.front.title.span, message, hint))
            continue
        data = published_bytes(store.current, record.path)
        digest = content_hash(data)[:16]
        if record.kind != "pdf":
            screens.append(f"{record.path} (sha256 {digest})")
            continue
        pages += [page for change in changed if change.job is job for page in _compared(change, images)]
        for number, (image, width) in enumerate(page_images(data, _DPI, optimize=True), start=1):
            address = f"pages/{job.product.name}-{number}.png"
            images[address] = image
            caption = f"{record.path}, page {number} (sha256 {digest})"
            pages.append(PageImage(address, caption, small=width < _SMALL))
    return _Proofs(images, tuple(pages), tuple(screens), tuple(findings))
