"""Makes one piece: renders it, checks it, and imposes it or makes it a press file. Workers call `make`."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pressroom.border import BorderError, border
from pressroom.compose import ComposeError, Piece, compose_web, following_drawings, screen_styles, web_left_out
from pressroom.compose.compiled import COMPILED
from pressroom.compose.geometry import PRESS_MARGIN
from pressroom.diagnostics import PROGRAM_FAULT, Diagnostic, Span, bars_proof, diagnostic
from pressroom.drawing import DrawingError, DrawnPiece
from pressroom.drawing.joined import OutsideError
from pressroom.drawing.read import read_drawing
from pressroom.drawing.web import web_drawing
from pressroom.language.cldr import keep_few_locales
from pressroom.layout import BrandColours, Product
from pressroom.planning.glyphs import missing_glyphs
from pressroom.postpress.icc_profile import read_profile
from pressroom.postpress.impose import fits, impose, placed
from pressroom.postpress.note import note_content
from pressroom.postpress.press_pdf import PressError, PressJob, press_file
from pressroom.preflight.check import Expected, examine
from pressroom.preflight.page_content import read_content
from pressroom.preflight.press_bleed import cut_short
from pressroom.preflight.press_pdf import check_press, read_press, verified
from pressroom.preflight.web import check_page, check_style
from pressroom.production.by_parts import (
    check_words,
    compare_readings,
    drawing_by_parts,
    is_checked_whole,
    misdrawn,
    part_is_right,
    remember_whole,
    unsaid,
)
from pressroom.production.letters import checked_letters
from pressroom.production.pictures import drawn_words, ink_places, named_pictures
from pressroom.production.task import Rendered, Task, language_of
from pressroom.project import Read
from pressroom.render.cache import RenderCache
from pressroom.render.overset import OVERSET_CODES, overset_in
from pressroom.render.proof import Proof, render_piece
from pressroom.render.tags.letter_font import NAME as LETTER_FONT
from pressroom.render.work import together
from pressroom.units import ZERO

# What a page that was made larger for its proof breaks: the text that runs over has its own finding.
_OF_OVERSET: Final = frozenset({"preflight-profile", "preflight-type-size"})


def make(task: Task) -> Rendered:
    """Render a piece and check the result against its layout; no bytes if something in it must not be printed.

    A pure function of the task and of the fonts that FONTCONFIG_FILE names.
    """
    _meet(language_of(task))
    render_cache = _opened(task.cache) if task.cache else RenderCache()
    if task.followed and render_cache.twins is None:
        render_cache.twins = {}
    COMPILED.kept = render_cache.templates
    made = _make(task.piece, render_cache, task.whole)
    return replace(made, cache=pickle.dumps(render_cache)) if task.keep_cache else made


@lru_cache(maxsize=1)
def _opened(cache: bytes) -> RenderCache:
    """What another piece measured, nothing if it can't be read; pieces that share it come one after another."""
    with suppress(BorderError), border():
        render_cache: RenderCache = pickle.loads(cache)
        return render_cache
    return RenderCache()


@lru_cache(maxsize=1)
def _meet(_language: str) -> None:
    """Called once for pieces of one language after another."""
    keep_few_locales()


def _make(piece: Piece, render_cache: RenderCache, whole: bool = False) -> Rendered:
    if piece.layout.file_kind == "html":
        return _make_page(piece)
    if missing := letters_missing(piece):
        return Rendered(None, 0, tuple(missing))
    return _make_fitting(piece, render_cache, whole)


def _make_fitting(piece: Piece, render_cache: RenderCache, whole: bool) -> Rendered:
    """The piece, or the one that takes its place where its text does not fit. Drawn if that can't be made."""
    made = _make_print(piece, render_cache, whole)
    if piece.instead is None or not (overset := overset_in(made.diagnostics)):
        return made
    folded = _make_fitting(piece.instead, render_cache, whole)
    if folded.data is None or overset_in(folded.diagnostics):
        # Nothing takes its place: now its findings say how much of its text must go.
        itself = _make_print(replace(piece, instead=None), render_cache, whole)
        work = together((made.work, folded.work, itself.work))
        if folded.data is None:
            return replace(itself, diagnostics=(*itself.diagnostics, *folded.diagnostics), work=work)
        # Neither product holds the text. Keep the roomier one, which has less to cut.
        too_long = (d for d in itself.diagnostics if d.code == "overset")
        return replace(folded, diagnostics=(*folded.diagnostics, *too_long), work=work)
    others = (other for other in folded.diagnostics if other.code != "gives-way")
    diagnostics = (gives_way(piece, folded.made_as, overset[0]), *others)
    return replace(folded, diagnostics=diagnostics, work=together((made.work, folded.work)))


def gives_way(piece: Piece, made_as: str, overset: Diagnostic) -> Diagnostic:
    """The finding that another product takes the place of one that does not hold the text."""
    message = f"{piece.product} does not hold {piece.document.name} in {piece.language.tag}: {made_as} takes its place"
    hint = f"nothing to do, or shorten: {overset.message}"
    return diagnostic("gives-way", overset.span, message, hint)


def _make_print(piece: Piece, render_cache: RenderCache, whole: bool) -> Rendered:
    proof = render_piece(piece, render_cache)
    return replace(_checked(proof, piece, render_cache, whole), work=proof.work)


def _checked(proof: Proof, piece: Piece, render_cache: RenderCache, whole: bool) -> Rendered:
    """The piece if its file is as its layout says."""
    if proof.pdf is None:
        return Rendered(None, 0, proof.diagnostics)
    overset = next((d.span for d in proof.diagnostics if d.code in OVERSET_CODES), None)
    room = PRESS_MARGIN * 2 if piece.bleed > ZERO else ZERO
    expected = Expected(
        pages=None if piece.layout.flows else len(piece.layout.pages),
        width=None if overset else piece.layout.width + room,
        height=None if overset else piece.layout.height + room,
        language=piece.language.tag,
        families=(*piece.language.font_names, LETTER_FONT),
        letters=None if overset else checked_letters(piece, proof.frames, PRESS_MARGIN if room > ZERO else ZERO),
        pictures=tuple(named_pictures(piece)),
        colours=BrandColours(piece.brand, piece.brand_spans),
        beside=proof.beside,
    )
    span, joined = Span(piece.layout.path), proof.joined
    if (
        joined is not None
        and not whole
        and not is_checked_whole(joined, piece)
        and part_is_right(proof, expected, span)
    ):
        return _made_of_parts(proof, piece)
    examined = examine(proof.pdf, expected, span)
    found = [d for d in examined.diagnostics if overset is None or d.code not in _OF_OVERSET]
    diagnostics = (*proof.diagnostics, *found)
    pages = examined.facts.pages if examined.facts else 0
    if bars_proof(examined.diagnostics):
        return Rendered(None, pages, diagnostics)
    finished, findings = _finished(proof, piece, overset)
    drawing, unread = _drawing(finished, proof, piece)
    # Words on a proof's marks have their finding already: they run over.
    unread = () if overset else unread
    if examined.profiles and not (examined.diagnostics or unread):
        now = whole or render_cache.twins is not None
        unread = compare_readings(proof, drawing, span, now=now) if finished == proof.pdf else ()
        remember_whole(proof)
        finished = None if unread else finished
    elif missed := check_words(proof, span):
        finished, unread = None, (*unread, *missed)
    return Rendered(finished, pages, (*diagnostics, *findings, *unread), made_as=piece.product, drawing=drawing)


def _made_of_parts(proof: Proof, piece: Piece) -> Rendered:
    """A piece that was checked where it differs from others of its base."""
    assert proof.joined is not None
    finished, findings = _finished(proof, piece, None)
    span, read = Span(piece.layout.path), None
    try:
        read = drawing_by_parts(proof) if finished == proof.pdf else None
    except OutsideError as error:
        return Rendered(None, 0, (*proof.diagnostics, *findings, *misdrawn(error, span)))
    if read is None or read[0] is None:
        drawing, unread = _drawing(finished, proof, piece)
        if finished == proof.pdf:
            missed = check_words(proof, span) if unread else compare_readings(proof, drawing, span, now=True)
            unread = (*unread, *missed)
    else:
        drawing, unread = read[0], unsaid(proof.joined, read[1], span)
    pages, diagnostics = len(proof.joined.shared.base.pages), (*proof.diagnostics, *findings, *unread)
    return Rendered(
        None if bars_proof(unread) else finished, pages, diagnostics, made_as=piece.product, drawing=drawing
    )


def _drawing(finished: bytes | None, proof: Proof, piece: Piece) -> Read[DrawnPiece]:
    """What the finished file draws; a finding if it can't be read, and then it can't be signed."""
    if finished is None or proof.pdf is None:
        return Read(DrawnPiece())
    left_out, product = proof.left_out, piece.finish
    if product is not None and product.sheet is not None and product.flip:
        copies = placed(proof.pdf, product.sheet, product.flip)
        sides = range(len(copies))
        notes = {
            note_content(product.sheet, product.flip, side, _note(piece)): f"{piece.product} {side}" for side in sides
        }
        left_out = replace(left_out, copies=copies, notes=notes)
    try:
        return Read(read_drawing(finished, left_out, piece.document.path).drawn)
    except DrawingError as error:
        return Read(DrawnPiece(), error.problems)


def _make_page(piece: Piece) -> Rendered:
    """The web edition; its fonts are those of the reader's device."""
    try:
        html = compose_web(piece)
    except ComposeError as error:
        return Rendered(None, 0, tuple(error.problems))
    language, span = piece.language, Span(piece.layout.path)
    brand = BrandColours(piece.brand, piece.brand_spans)
    faint = [*brand.faint_on_screen(html, screen_styles(piece))]
    faint += [found for drawing in following_drawings(piece) for found in brand.faint_in_the_dark(drawing)]
    findings = [
        *dict.fromkeys(faint),
        *check_style(html, span),
        *check_page(html, language.tag, language.direction, span),
    ]
    try:
        drawing = web_drawing(html, web_left_out(piece), piece.layout.path)
    except DrawingError as error:
        drawing, findings = DrawnPiece(), [*findings, *error.problems]
    data = None if bars_proof(findings) else html.encode()
    return Rendered(data, 1, tuple(findings), kind=piece.layout.file_kind, drawing=drawing)


def letters_missing(piece: Piece) -> list[Diagnostic]:
    """A finding for each character of a message, name or address that no font of the language has."""
    both = [(piece.translation, piece.document.messages), (piece.layout_translation, tuple(piece.words.values()))]
    translated = [translation.of(message) for translation, messages in both for message in dict.fromkeys(messages)]
    texts = [(text.text, text.span) for text in translated]
    # A clinic's name may be in another script than the piece; it is printed in all languages.
    texts += [("".join((c.name, *c.address)), c.span) for c in dict.fromkeys((piece.clinic, *piece.places))]
    texts += drawn_words(piece)
    return missing_glyphs(piece.language, texts)


def _finished(proof: Proof, piece: Piece, overset: Span | None) -> Read[bytes | None]:
    """The file imposed on a sheet or made a press file, as its product asks; None if text would be cut off.

    `overset` is where the text is that runs over.
    """
    product, pdf = piece.finish, proof.pdf or b""
    if product is None or not (product.sheet or product.inks):
        return Read(pdf)
    if overset is not None:
        message = f"{product.name} is not made of {piece.document.name} in {piece.language.tag}: its text runs over"
        hint = f"build the product without a finish to see where: it has the layout {product.layout}"
        return _refused("finish-overset", overset, message, hint)
    return _imposed(pdf, piece, product) if product.sheet else _press(proof, piece, gray=product.inks == "gray")


def _imposed(pdf: bytes, piece: Piece, product: Product) -> Read[bytes | None]:
    sheet, layout = product.sheet, piece.layout
    if sheet is None or product.flip == "":
        message = f"the product {piece.product} does not say on which edge to flip its sheet"
        return _refused("finish", product.span, message, 'write flip = "long-edge"')
    if not fits(sheet, layout.width, layout.height):
        cell = f"{sheet.cell[0].mm:.2f} × {sheet.cell[1].mm:.2f} mm"
        message = f"{layout.name} is larger than a cell of {sheet.name}, {cell}"
        return _refused("finish", product.span, message, "choose another sheet")
    return Read(impose([pdf], sheet, product.flip, note=_note(piece)))


def _note(piece: Piece) -> str:
    """What the margin of a sheet says of the piece."""
    proof = "PROOF, not for patients · " if piece.marking == "proof" else ""
    return f"{proof}{piece.product} · {piece.control.number} · {piece.language.english}"


def _press(proof: Proof, piece: Piece, *, gray: bool) -> Read[bytes | None]:
    span = Span(piece.layout.path)
    job = PressJob(
        layout=piece.layout,
        brand=piece.brand,
        gray=gray,
        mirrored=piece.language.direction == "rtl",
        bleed=piece.bleed,
        profile=read_profile(piece.profile) if piece.profile else None,
        brand_spans=piece.brand_spans,
        places=ink_places(piece),
    )
    try:
        made = press_file(proof.pdf or b"", job)
    except PressError as error:
        return Read(None, error.problems)
    press, content = read_press(made), read_content(made)
    if press is None:
        return _refused("press", span, "its paper has no room for marks", PROGRAM_FAULT)
    # A proof's marks are in the margin, where a piece has no text, and a press does not print them.
    content = content if piece.marking == "release" else content.within(press.trims, piece.layout.safe.pt)
    cut = cut_short(made, press.trims, press.bleeds, proof.left_out.draft)
    if problems := check_press(press, content, cut, span):
        return Read(None, tuple(problems))
    notes = [diagnostic("press-verified", span, f"{piece.product}: {'; '.join(verified(press, content))}")]
    return Read(made, tuple(notes))


def _refused(code: str, span: Span, message: str, hint: str) -> Read[bytes | None]:
    return Read(None, (diagnostic(code, span, message, hint),))
