"""Makes and checks one piece. Workers call `make`, and nothing else."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import lru_cache

from pressroom.compose import ComposeError, Piece, compose_web
from pressroom.compose.geometry import PRESS_MARGIN
from pressroom.diagnostics import Diagnostic, Span, bars_proof, diagnostic
from pressroom.language import families
from pressroom.preflight import Expected, check_page, check_style, examine
from pressroom.production.finishing import finish_pdf
from pressroom.production.task import Rendered, Task
from pressroom.render.cache import Memo
from pressroom.render.fonts import coverage
from pressroom.render.proof import render_piece
from pressroom.units import ZERO

# Format characters have no picture of their own; line ends are no characters of a page.
_INVISIBLE = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def make(task: Task) -> Rendered:
    """Render a piece and check the result against its layout; no bytes where something in it must not be printed.

    A pure function of the task and of the fonts that FONTCONFIG_FILE names.
    """
    memo = _opened(task.cache) if task.cache else Memo()
    made = _make(task.piece, memo)
    return replace(made, cache=pickle.dumps(memo)) if task.keep_cache else made


@lru_cache(maxsize=1)
def _opened(cache: bytes) -> Memo:
    """What another piece measured; pieces that share it come one after another."""
    memo: Memo = pickle.loads(cache)
    return memo


def _make(piece: Piece, memo: Memo) -> Rendered:
    if piece.layout.file_kind == "html":
        return _make_page(piece)
    if missing := _missing_glyphs(piece):
        return Rendered(None, 0, tuple(missing))
    made = _make_print(piece, memo)
    if piece.instead is None or not _is_overset(made):
        return made
    folded = _make_print(piece.instead, memo)
    if folded.data is None:
        return replace(made, diagnostics=(*made.diagnostics, *folded.diagnostics))
    if not _is_overset(folded):
        return replace(folded, diagnostics=(_gives_way(piece, made), *folded.diagnostics))
    # Neither product holds the text. Keep the roomier one: what it says needs the smaller cut.
    return replace(folded, diagnostics=(*folded.diagnostics, *_overset(made)))


def _is_overset(made: Rendered) -> bool:
    return bool(_overset(made))


def _overset(made: Rendered) -> tuple[Diagnostic, ...]:
    return tuple(d for d in made.diagnostics if d.code == "overset")


def _gives_way(piece: Piece, made: Rendered) -> Diagnostic:
    """Tells staff that another product replaces the one of this name in this language."""
    other = piece.instead.product if piece.instead else ""
    first = _overset(made)[0]
    message = f"{piece.product} does not hold {piece.document.name} in {piece.language.tag}: {other} takes its place"
    return diagnostic("gives-way", first.span, message, f"nothing to do, or shorten: {first.message}")


def _make_print(piece: Piece, memo: Memo) -> Rendered:
    proof = render_piece(piece, memo)
    if proof.pdf is None:
        return Rendered(None, 0, proof.diagnostics)
    spilt = any(d.code == "overset" for d in proof.diagnostics)
    room = PRESS_MARGIN * 2 if piece.bleed > ZERO else ZERO
    expected = Expected(
        pages=None if piece.layout.flows else len(piece.layout.pages),
        width=None if spilt else piece.layout.width + room,
        height=None if spilt else piece.layout.height + room,
        language=piece.language.tag,
        families=piece.language.stack,
    )
    examined = examine(proof.pdf, expected, Span(piece.layout.path))
    diagnostics = (*proof.diagnostics, *examined.diagnostics)
    pages = examined.facts.pages if examined.facts else 0
    if bars_proof(examined.diagnostics):
        return Rendered(None, pages, diagnostics)
    finished, more = finish_pdf(proof.pdf, piece, spilt=spilt)
    return Rendered(finished, pages, (*diagnostics, *more), made_as=piece.product)


def _make_page(piece: Piece) -> Rendered:
    """The web edition; its fonts are those of the reader's device."""
    try:
        html = compose_web(piece)
    except ComposeError as error:
        return Rendered(None, 0, tuple(error.problems))
    language = piece.language
    span = Span(piece.layout.path)
    findings = [*check_style(html, span), *check_page(html, language.tag, language.direction, span)]
    return Rendered(None if bars_proof(findings) else html.encode(), 1, tuple(findings), kind=piece.layout.file_kind)


def _missing_glyphs(piece: Piece) -> list[Diagnostic]:
    """A finding for each character of a message, name or address that no font of the language has."""
    covered = frozenset[int]().union(*(coverage(family) for family in families(piece.language.stack)))
    both = [(piece.translation, piece.document.messages), (piece.said, tuple(piece.words.values()))]
    translated = [translation.of(message) for translation, messages in both for message in dict.fromkeys(messages)]
    texts = [(text.text, text.span) for text in translated]
    # A clinic's name may be in another script than the piece; it is printed in all languages.
    texts += [("".join((c.name, *c.address)), c.span) for c in dict.fromkeys((piece.clinic, *piece.places))]
    hint = f"its fonts are {', '.join(piece.language.stack)}; write it otherwise"
    return [
        diagnostic("glyph-missing", span, f"no font of {piece.language.tag} has U+{ord(sign):04X} ({sign!a})", hint)
        for text, span in texts
        for sign in sorted(set(text) - _INVISIBLE)
        if ord(sign) not in covered
    ]
