"""One piece made and checked: a `Piece` goes in, its bytes and findings come out. What a worker runs."""

from __future__ import annotations

from pressroom.compose import Piece
from pressroom.diagnostics import Diagnostic, Severity, Span, diagnostic
from pressroom.language import families
from pressroom.pipeline.workers import Rendered
from pressroom.preflight import Expected, check_pdf, read_facts
from pressroom.render import coverage, render_piece

# Format characters have no picture of their own; line ends are no characters of a page.
_INVISIBLE = frozenset("\n\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def make(number: int, piece: Piece) -> Rendered:
    """Render a piece and hold the result against its layout; no PDF where something in it must not be printed."""
    missing = _missing_glyphs(piece)
    if missing:
        return Rendered(number, None, 0, tuple(missing))
    proof = render_piece(piece)
    if proof.pdf is None:
        return Rendered(number, None, 0, proof.diagnostics)
    facts = read_facts(proof.pdf)
    spilt = any(d.code == "overset" for d in proof.diagnostics)
    expected = Expected(
        pages=None if piece.layout.flows else len(piece.layout.pages),
        width=None if spilt else piece.layout.width,
        height=None if spilt else piece.layout.height,
        language=piece.language.tag,
        families=piece.language.stack,
    )
    findings = check_pdf(facts, expected, Span(piece.layout.path))
    refused = any(d.severity is Severity.ERROR for d in findings)
    diagnostics = (*proof.diagnostics, *findings)
    return Rendered(number, None if refused else proof.pdf, facts.pages, diagnostics)


def _missing_glyphs(piece: Piece) -> list[Diagnostic]:
    """Every message with a character that no font of the language has, at its own line."""
    covered = frozenset[int]().union(*(coverage(family) for family in families(piece.language.stack)))
    found: list[Diagnostic] = []
    both = [(piece.translation, piece.document.messages), (piece.said, tuple(piece.words.values()))]
    for translation, messages in both:
        for message in dict.fromkeys(messages):
            said = translation.of(message)
            for sign in sorted(set(said.text) - _INVISIBLE):
                if ord(sign) not in covered:
                    text = f"no font of {piece.language.tag} has U+{ord(sign):04X} ({sign!a})"
                    hint = f"its fonts are {', '.join(piece.language.stack)}; write it otherwise"
                    found.append(diagnostic("glyph-missing", said.span, text, hint))
    return found
