"""Finishes a rendered piece as its product says: imposes it on a sheet, or makes it a press file."""

from __future__ import annotations

from pressroom.compose import Piece
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.postpress.icc_profile import read_profile
from pressroom.postpress.impose import fits, impose
from pressroom.postpress.press_pdf import PressError, PressJob, press_file
from pressroom.preflight.page_content import look
from pressroom.preflight.press_pdf import check_press, verified
from pressroom.preflight.separations import read_press

Finished = tuple[bytes | None, tuple[Diagnostic, ...]]


def finish_pdf(pdf: bytes, piece: Piece, *, spilt: bool) -> Finished:
    """The finished file and the findings; no file if text runs over, because it would be cut off."""
    product = piece.finish
    if product is None or not (product.sheet or product.inks):
        return pdf, ()
    if spilt:
        message = f"{product.name} is not made of {piece.document.name} in {piece.language.tag}: its text runs over"
        hint = f"build the product without a finish to see where: it has the layout {product.layout}"
        return None, (diagnostic("finish-overset", Span(piece.document.path), message, hint),)
    return _imposed(pdf, piece) if product.sheet else _press(pdf, piece)


def _imposed(pdf: bytes, piece: Piece) -> Finished:
    product = piece.finish
    if product is None or product.sheet is None or product.flip == "":
        message = f"the product {piece.product} says no edge to flip its sheet on"
        return None, (diagnostic("finish", Span("layouts/products.toml"), message, 'write flip = "long-edge"'),)
    sheet, layout = product.sheet, piece.layout
    if not fits(sheet, layout.width, layout.height):
        cell = f"{sheet.cell[0].mm:.2f} × {sheet.cell[1].mm:.2f} mm"
        message = f"{layout.name} is larger than a cell of {sheet.name}, {cell}"
        return None, (diagnostic("finish", Span("layouts/products.toml"), message, "choose another sheet"),)
    proof = "PROOF, not for patients · " if piece.marking == "proof" else ""
    note = f"{proof}{product.name} · {piece.control.number} · {piece.language.english}"
    return impose([pdf], sheet, product.flip, note=note), ()


def _press(pdf: bytes, piece: Piece) -> Finished:
    product, span = piece.finish, Span(piece.layout.path)
    job = PressJob(
        layout=piece.layout,
        brand=piece.brand,
        gray=product is not None and product.inks == "gray",
        mirrored=piece.language.direction == "rtl",
        bleed=piece.bleed,
        profile=read_profile(piece.profile) if piece.profile else None,
    )
    try:
        made = press_file(pdf, job)
    except PressError as error:
        return None, tuple(diagnostic("press", span, problem, hint) for problem, hint in error.problems)
    press, sight = read_press(made), look(made)
    if press is None:
        return None, (diagnostic("press", span, "its paper has no room for marks", "report it with the document"),)
    # A proof's labels are in the margin, where a piece has no text, and a press does not print them.
    sight = sight if piece.marking == "release" else sight.within(press.trims, piece.layout.safe.pt)
    if found := check_press(press, sight, span):
        return None, tuple(found)
    notes = [diagnostic("press-verified", span, f"{piece.product}: {'; '.join(verified(press, sight))}")]
    if not piece.profile and not job.gray:
        message = "no output intent: the project names no profile of the print shop's"
        notes.append(diagnostic("press-profile", Span("pyproject.toml"), message, 'set press-profile = "file.icc"'))
    return made, tuple(notes)
