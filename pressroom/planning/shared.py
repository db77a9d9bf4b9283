"""Reads what the pieces of all clinics share: the texts, the layout and the pictures of a document in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pressroom.approval import TranslationState, translation_state
from pressroom.catalog import Translation
from pressroom.catalog.checks.typed_numbers import check_typed_numbers
from pressroom.compose import Control, Piece
from pressroom.compose.template import engine_style, page_text, plain_template
from pressroom.content import Document, Message
from pressroom.content.check import undefined_placeholders
from pressroom.content.fields import FIELDS
from pressroom.counted import counted, form
from pressroom.diagnostics import Diagnostic, Span, bars_proof, diagnostic
from pressroom.language import ENGLISH, Language
from pressroom.layout import WEB, Layout, Product, fallbacks, place_panels
from pressroom.layout.block_words import missing_words
from pressroom.planning.assets import document_pictures, press_profile
from pressroom.planning.content import Content, Remembered, content_of
from pressroom.planning.printed import (
    printed_document,
    printed_layout,
    printed_spans,
    printed_tokens,
    printed_translation,
    printed_words,
)
from pressroom.planning.setting import shared_setting
from pressroom.planning.shared_part import SharedPart
from pressroom.project import PLACEHOLDERS, Clinic, Read
from pressroom.units import ZERO, mm
from pressroom.workspace.catalog_findings import catalog_findings
from pressroom.workspace.workspace import LAYOUTS, LocaleText, Workspace, once

# The usual bleed around the trim.
BLEED: Final = mm(3)
# In the place of a clinic until there is one.
_NO_CLINIC: Final = Clinic("", "", (), "")
_STYLES: Final = {
    True: ("web.css", "blocks-web.css", "web.html", "parts.html"),
    False: ("press.css", "blocks.css", "page.html", "parts.html"),
}


def read_shared_part(workspace: Workspace, path: Path, language: Language, product: Product) -> SharedPart:
    """What all clinics' pieces share, read from its files. A text that must not be printed refuses them."""
    (document, problems_of_document), (words, word_problems) = workspace.document(path), workspace.words()
    layout = _layout(workspace, product.layout)
    problems = [*problems_of_document, *word_problems, *([layout] if isinstance(layout, Diagnostic) else [])]
    if document is None or isinstance(layout, Diagnostic) or word_problems:
        return SharedPart(None, None, tuple(problems), Content(""))
    layout = layout.with_drawing(document.front.art)
    text, layout_text = workspace.text(document.name, language), workspace.text(LAYOUTS, language)
    problems += [*text.diagnostics, *layout_text.diagnostics]
    for name in (document.name, LAYOUTS):
        problems += catalog_findings(workspace, name, language)
    images, image_problems = document_pictures(workspace, document, language)
    problems += [*image_problems, *_problems_of_words(workspace, document, words, layout)]
    if text.translation is None or layout_text.translation is None:
        return SharedPart(None, None, tuple(problems), Content(""))
    state = translation_state(document.messages, text.translation, text.drafts)
    problems += [*_notes(document, language, text.translation, state), *_slots(document, language)]
    profile, profile_problems = press_profile(workspace) if product.inks == "cmyk" else Read(b"")
    problems += profile_problems
    if bars_proof(problems):
        return SharedPart(None, state, tuple(problems), Content(""))
    made = _MadeOf(workspace, _printed_document(workspace, path), language, text, layout_text, words, images, profile)
    pieces = [made.into(product, layout)]
    pieces += filter(None, map(made.instead, fallbacks(workspace.products().value, product)))
    for before in reversed(pieces[:-1]):
        pieces[pieces.index(before)] = replace(before, instead=pieces[pieces.index(before) + 1])
    printed = frozenset(name for piece in pieces for name in piece.layout.printed)
    content, setting = content_of(pieces[0], _remembered(workspace)), shared_setting(pieces[0], _remembered(workspace))
    return SharedPart(pieces[0], state, tuple(problems), content, printed, setting)


@dataclass(frozen=True, slots=True)
class _MadeOf:
    """What the pieces of one document in one language are made of, whatever their product."""

    workspace: Workspace
    document: Document
    language: Language
    text: LocaleText
    layout_text: LocaleText
    words: dict[str, Message]
    images: dict[str, bytes]
    profile: bytes

    def instead(self, product: Product) -> Piece | None:
        """The piece as a product that takes the place of another; None if that has no places for its panels."""
        layout = _layout(self.workspace, product.layout)
        if not isinstance(layout, Layout) or place_panels(self.document, layout)[1]:
            return None
        return self.into(product, layout)

    def into(self, product: Product, layout: Layout) -> Piece:
        """The piece as a product, of everything that it may print."""
        # Longer than 30 lines: a list of all that a piece is made from.
        workspace, document, language = self.workspace, self.document, self.language
        layout = _printed_layout(workspace, layout.name, document.front.art)
        words = printed_words(self.words, layout)
        brand = self._brand(layout, product)
        if self.text.translation is None or self.layout_text.translation is None:
            raise ValueError("a piece is made of texts that can be read")
        return Piece(
            document=document,
            translation=self.text.translation,
            language=language.set_for(layout.type_class),
            languages={name: workspace.registry().find(name) for name in layout.languages},
            clinic=_NO_CLINIC,
            places=(),
            product=product.name,
            layout=layout,
            brand=brand,
            brand_spans=printed_spans(workspace.brand_spans().value, brand),
            words=words,
            layout_translation=printed_translation(self.layout_text.translation, words.values()),
            control=_control(document, language),
            images=self.images,
            address=workspace.project.address_of(document.name, language.tag),
            bleed=BLEED if product.inks else ZERO,
            finish=product,
            profile=self.profile,
        )

    def _brand(self, layout: Layout, product: Product) -> dict[str, str]:
        styles = _STYLES[layout.type_class == WEB]
        texts = [engine_style(name).text if name.endswith(".css") else page_text(name) for name in styles]
        texts += [
            *map(plain_template, layout.templates.values()),
            *(sheet.text for sheet in layout.stylesheets),
            *layout.art.values(),
        ]
        texts += [data.decode(errors="ignore") for name, data in self.images.items() if name.lower().endswith(".svg")]
        # A drawing names colours in ways of its own.
        return printed_tokens(
            self.workspace.brand().value, texts, inks=bool(product.inks or layout.art), dark=layout.type_class == WEB
        )


@once
def _printed_document(workspace: Workspace, path: Path) -> Document:
    document = workspace.document(path).value
    if document is None:
        raise ValueError("a piece is made of a document that can be read")
    return printed_document(document)


@once
def _printed_layout(workspace: Workspace, name: str, art: str) -> Layout:
    """The same value for all pieces in a layout, so that it is looked through once.

    The layout is read in here: a value that is kept is forgotten only with the files that were read for it.
    """
    layout = workspace.layout(name)
    if not isinstance(layout, Layout):
        raise ValueError("a piece is made in a layout that can be read")
    return printed_layout(layout, art)


def _remembered(workspace: Workspace) -> Remembered:
    return workspace.files.once("contents", dict)


def _layout(workspace: Workspace, name: str) -> Layout | Diagnostic:
    """A layout, or why it can't be used: a fault of the brand concerns every layout."""
    return next(iter(workspace.brand().findings), None) or workspace.layout(name)


def _problems_of_words(
    workspace: Workspace, document: Document, words: dict[str, Message], layout: Layout
) -> Iterator[Diagnostic]:
    """What is wrong with the English of a document and of the layouts, for this layout."""
    messages = (*document.messages, *words.values())
    yield from undefined_placeholders(messages, (*PLACEHOLDERS, *FIELDS))
    yield from missing_words(document, words)
    yield from place_panels(document, layout)[1]
    yield from check_typed_numbers(messages, workspace.clinics().value)


def _control(document: Document, language: Language) -> Control:
    """The control lines without what a proof and a release have of their own."""
    front = document.front
    return Control(
        number=front.number,
        tag=language.tag,
        version="",
        dated=front.date[:7],
        review_by=front.review_by[:7],
        inputs="",
        title=front.title.msgid,
        language=language.english,
    )


def _slots(document: Document, language: Language) -> list[Diagnostic]:
    """The slots, said once, for the English."""
    if language.tag != ENGLISH or not document.slots:
        return []
    count = len(document.slots)
    message = f"{counted(count, 'sentence awaits', 'sentences await')} a clinician; the proof shows the room"
    return [diagnostic("slots", document.slots[0].span, message, "write the sentence, or remove the block")]


def _notes(
    document: Document, language: Language, translation: Translation, state: TranslationState
) -> Iterator[Diagnostic]:
    total, messages = counted(state.messages, "message"), document.messages
    path = translation.path if language.tag != ENGLISH else ""
    if state.untranslated or state.fuzzy:
        parts = [(state.untranslated, "untranslated"), (state.fuzzy, "fuzzy")]
        counts = " and ".join(f"{count} {word}" for count, word in parts if count)
        message = f"{counts} of {total}; the proof shows their English, marked"
        spans = [text.span for m in messages if (text := translation.of(m)).status != "translated"]
        first = next((span for span in spans if span.path == path), Span(path))
        yield diagnostic("incomplete", first, message, "translate them in any PO editor")
    if state.machine:
        drafts = form(state.machine, "is a machine draft", "are machine drafts")
        message = f"{state.machine} of {total} {drafts}"
        yield diagnostic("machine-draft", Span(path), message, "a translator reads every word and signs")
    if language.tag == ENGLISH and state.pending:
        message = f"{state.pending} of {total} {form(state.pending, 'waits', 'wait')} for a clinician"
        first = next((m.span for m in messages if m.pending), Span(document.front.title.span.path))
        yield diagnostic("pending", first, message, "a clinician confirms or corrects the words")
