"""Builds the `Case` of a job: everything its approval depends on, besides the records. Nothing is rendered for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pressroom.approval import Case, translation_state, wording_of
from pressroom.content import Message
from pressroom.content.pictures import PICTURES
from pressroom.diagnostics import Diagnostic
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.language import Language
from pressroom.layout import Layout, Product, word_names
from pressroom.layout.block_words import block_words
from pressroom.planning.plan import Job
from pressroom.project import Clinic, locations_of
from pressroom.workspace.workspace import LAYOUTS, Workspace, once


def case_of(workspace: Workspace, job: Job) -> Case | None:
    """The case of a job; None if its texts or layout can't be read."""
    # The pieces of all clinics share everything else.
    key = ("case", job.document, job.language.tag, job.product.name)
    shared = workspace.files.once(key, lambda: _shared_case(workspace, job))
    if shared is None:
        return None
    # A template does not get the emergency number: only messages can print it.
    prints_number = any("{emergency}" in line.english for line in shared.wording.all_lines)
    emergency = job.clinic.emergency if prints_number else ""
    return replace(shared, clinic=job.clinic.id, emergency=emergency, clinic_values=_clinic_values(workspace, job))


def language_line(language: Language) -> str:
    """What staff read of a language, in one line: `es · Spanish · Español · ltr`. The paper may not print it."""
    return f"{language.tag} · {language.english} · {language.autonym} · {language.direction}"


def printed_words(workspace: Workspace, job: Job) -> tuple[Message, ...]:
    """The layouts' words on the job's product, and on the product that replaces it if the text does not fit.

    These are the words that a template prints, and those of the document's boxes and fields.
    """
    words, document = workspace.words().value, workspace.document(job.path).value
    of_layout = word_names(printed_names(workspace, job), words)
    of_blocks = block_words(document) if document is not None else {}
    return tuple(message for name, message in words.items() if name in of_layout or name in of_blocks)


def printed_names(workspace: Workspace, job: Job) -> frozenset[str]:
    """What the layouts of the job's products may print besides the document.

    A template gets nothing else, so that it can't print anything that is not signed.
    """
    return _names_printed(workspace, job.product)


@once
def _names_printed(workspace: Workspace, product: Product) -> frozenset[str]:
    """What the layouts of a product may print, and those of the product that replaces it if the text does not fit."""
    other = workspace.products().value.get(product.otherwise)
    layouts = [workspace.layout(each.layout) for each in (product, other) if each is not None]
    return frozenset(name for layout in layouts if isinstance(layout, Layout) for name in layout.printed)


def _shared_case(workspace: Workspace, job: Job) -> Case | None:
    """The case of a job without what is its clinic's; None if its texts or layout can't be read."""
    document, _ = workspace.document(job.path)
    if document is None or workspace.words().findings or isinstance(workspace.layout(job.product.layout), Diagnostic):
        return None
    text, layout_text = workspace.text(job.document, job.language), workspace.text(LAYOUTS, job.language)
    if text.translation is None or layout_text.translation is None:
        return None
    printed = printed_words(workspace, job)
    return Case(
        document=job.document,
        locale=job.language.tag,
        product=job.product.name,
        clinic="",
        wording=wording_of(document, text.translation, {job.product.name: printed}, layout_text.translation),
        words=translation_state(document.messages, text.translation, text.drafts)
        + translation_state(printed, layout_text.translation, layout_text.drafts),
        emergency="",
        review_by=job.front.review_by,
        language=language_line(job.language),
    )


def _clinic_values(workspace: Workspace, job: Job) -> str:
    """The hash of what a piece says of its clinic, besides the emergency number, and of the piece's web address."""
    places = "places" in printed_names(workspace, job)
    clinics = locations_of(job.clinic, workspace.clinics().value) if places else ()
    parts = [value for clinic in (job.clinic, *clinics) for value in _printed_of(clinic)]
    logo = job.clinic.logo or workspace.brand_logo().value
    parts += [_hash_of(workspace, workspace.root / logo.path)] if logo else []
    address = workspace.project.address_of(job.document, job.language.tag)
    return fingerprint(*parts, address)[:32]


def _printed_of(clinic: Clinic) -> tuple[str, ...]:
    """Everything of a clinic that a piece may print, without what is signed elsewhere."""
    return clinic.id, clinic.name, *clinic.address, "", clinic.phone, clinic.url, clinic.map


def _hash_of(workspace: Workspace, file: Path) -> str:
    """The file's hash; line endings of a text file do not count."""
    data = workspace.files.data(file, optional=True).value
    if data is None:
        return "absent"
    return content_hash(data if file.suffix.lower() in PICTURES else data.replace(b"\r\n", b"\n"))
