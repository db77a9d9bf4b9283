"""A sheet for one printer: finished cards of the current edition go in, one PDF in the languages asked for is made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from pressroom.approval import Released
from pressroom.commands.releasing.released_cards import Card, log_sheet, released_cards
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import UnknownLanguage
from pressroom.layout import Flip, Layout, LayoutError, Product, Sheet, read_sheets
from pressroom.planning.plan import UsageError
from pressroom.postpress.calibration import calibration
from pressroom.postpress.impose import fits, impose
from pressroom.postpress.printer_shift import Printer
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import published_bytes
from pressroom.units import ZERO, Length, mm
from pressroom.workspace.workspace import Workspace

_FLIPS: Final[tuple[Flip, ...]] = ("", "long-edge", "short-edge")
# A printer that is further off than this is set to another paper.
_SCALES: Final = (0.9, 1.1)


@dataclass(frozen=True, slots=True)
class SheetRequest:
    """Which cards go on which sheet: cells are shared out evenly in the order of the locales."""

    document: str
    product: str
    locales: tuple[str, ...]
    clinic: str
    sheet: str
    flip: Flip
    printer: str = ""


@dataclass(frozen=True, slots=True)
class SheetRelease:
    """By whose order, and on which day, a sheet of released cards is made."""

    by: str
    today: date


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet's bytes and the name it should have; none where something is missing, with the reasons.

    `log` is the file in which a sheet of released cards is logged.
    """

    pdf: bytes | None
    name: str = ""
    diagnostics: tuple[Diagnostic, ...] = ()
    log: str = ""


def make_sheet(
    workspace: Workspace, request: SheetRequest, output: Path, release: SheetRelease | None = None
) -> MadeSheet:
    """Impose cards that `build` has made: proofs, or with `release` released cards that may be handed out today.

    Raises:
        UsageError: there is no such sheet, printer or product.
        OSError: the log can't be written.
    """
    sheet, printer = find_sheet(workspace, request.sheet), find_printer(workspace, request.printer)
    request = replace(request, flip=request.flip or printer.flip or "long-edge")
    products, findings = workspace.products()
    if findings:
        return MadeSheet(None, diagnostics=findings)
    request = replace(request, product=request.product or _usual(workspace, request.document))
    if request.product not in products:
        raise UsageError(f"no product is called {request.product!r}", f"there are {', '.join(products)}")
    hint = (
        f"--product with a card that fits it: {', '.join(_cards_that_fit(workspace, products, sheet)) or 'none does'}"
    )
    if not _is_one_card(products[request.product]):
        raise UsageError(f"{request.product} is no single card that a sheet could hold", hint)
    layout = workspace.layout(products[request.product].layout)
    if isinstance(layout, Diagnostic):
        return MadeSheet(None, diagnostics=(layout,))
    if not fits(sheet, layout.width, layout.height):
        raise UsageError(f"{request.product} is larger than a cell of {request.sheet}", hint)
    request = replace(request, locales=tuple(_tag(workspace, name) for name in request.locales))
    cards, problems = _cards(request, Store(output, "released" if release else "current"), released=bool(release))
    names = [record.path for record, _ in cards]
    name = f"{_stem(request)}{_ending(names)}.pdf"
    pieces: tuple[Released, ...] = ()
    if release and cards:
        pieces, more = released_cards(workspace, cards, release.today)
        problems += more
    if problems or not cards:
        return MadeSheet(None, diagnostics=tuple(problems))
    try:
        made = impose([data for _, data in cards], sheet, request.flip, printer, note=_note(workspace, request, names))
    except ValueError as error:
        span = Span(str(output))
        return MadeSheet(None, diagnostics=(diagnostic("finish", span, str(error), "build them all anew"),))
    log = log_sheet(workspace, pieces, release.by, release.today, name, sheet.name, made) if release else ""
    return MadeSheet(made, name, log=log)


def _is_one_card(product: Product) -> bool:
    """False of what is a sheet already, of a file for a print shop, and of what has no paper."""
    return product.sheet is None and not product.inks and not product.on_screen


def _cards_that_fit(workspace: Workspace, products: Mapping[str, Product], sheet: Sheet) -> Iterator[str]:
    for product in filter(_is_one_card, products.values()):
        layout = workspace.layout(product.layout)
        if isinstance(layout, Layout) and layout.type_class == "card" and fits(sheet, layout.width, layout.height):
            yield product.name


def _stem(request: SheetRequest) -> str:
    """What tells one sheet's file from all others: two clinics' or two printers' are not the same."""
    told = [request.document, "+".join(request.locales), request.sheet, request.flip, request.clinic, request.printer]
    return ".".join(filter(None, told))


def _cards(request: SheetRequest, store: Store, *, released: bool) -> tuple[list[Card], list[Diagnostic]]:
    """The cards of an edition, each with what its manifest says of it, and those that are not there."""
    cards: list[Card] = []
    problems: list[Diagnostic] = []
    known = store.manifest().by_id()
    for tag in request.locales:
        record = known.get((request.document, tag, request.clinic, request.product))
        file = store.current / record.path if record is not None and record.kind == "pdf" else None
        if record is None or file is None or f".{request.product}." not in record.path or not file.is_file():
            problems.append(_not_there(request, tag, record, released=released))
        else:
            cards.append((record, published_bytes(store.current, record.path)))
    return cards, problems


def _note(workspace: Workspace, request: SheetRequest, names: list[str]) -> str:
    """What the sheet is, for whoever prints it."""
    registry, proof = workspace.registry(), "PROOF, not for patients · " if "PROOF" in _ending(names) else ""
    languages = ", ".join(registry.find(tag).english for tag in request.locales)
    return f"{proof}{request.sheet} · {request.document} · {languages}"


def _ending(names: list[str]) -> str:
    """What the sheet's name says of its cards: PROOF where one of them is a proof, or the version they share."""
    endings = {re.sub(r".*\.(PROOF|v[0-9][0-9.]*[a-z]?)\.pdf", r".\1", name) for name in names}
    return ".PROOF" if ".PROOF" in endings else endings.pop() if len(endings) == 1 else ""


def make_calibration(workspace: Workspace, sheet: str, printer: str) -> bytes:
    """The page that shows how far a printer is off, front and back, as this printer's profile corrects it.

    Raises:
        UsageError: there is no such sheet or printer.
    """
    return calibration(find_sheet(workspace, sheet), find_printer(workspace, printer))


def find_sheet(workspace: Workspace, name: str) -> Sheet:
    """The sheet of this name.

    Raises:
        UsageError: there is none.
    """
    try:
        sheets = read_sheets(workspace.files)
    except LayoutError as error:
        raise UsageError(error.problem.message, "correct layouts/sheets.toml") from None
    if name not in sheets:
        raise UsageError(f"no sheet is called {name!r}", f"there are {', '.join(sheets)}")
    return sheets[name]


def find_printer(workspace: Workspace, name: str) -> Printer:
    """The profile of this name in the project's settings; one that is not off where no name is given.

    Raises:
        UsageError: there is none, or its numbers can't be used.
    """
    if not name:
        return Printer()
    if name not in workspace.project.printers:
        known = ", ".join(workspace.project.printers) or "none"
        raise UsageError(f"no printer is called {name!r}", f"there are {known}; see docs/how-to/print-at-the-desk.md")
    table = workspace.project.printers[name]
    try:
        scale = float(table.get("scale", 1.0))
        if set(table) - {"front", "back", "scale", "flip"} or not _SCALES[0] <= scale <= _SCALES[1]:
            raise ValueError("no printer is so far off")
        return Printer(_offset(table, "front"), _offset(table, "back"), scale, flip_named(table.get("flip", "")))
    except (TypeError, ValueError):
        hint = 'write front = [1.0, -0.5], back = [0.0, 0.0] in millimetres, scale = 1.0, flip = "short-edge"'
        raise UsageError(f"the printer {name!r} has numbers that can't be used", hint) from None


def flip_named(name: object) -> Flip:
    """An edge of paper by its name.

    Raises:
        ValueError: it is none.
    """
    for flip in _FLIPS:
        if name == flip:
            return flip
    raise ValueError(f"{name!r} is no edge of paper")


def _offset(table: dict[str, Any], key: str) -> tuple[Length, Length]:
    right, down = table.get(key, (0, 0))
    if max(abs(float(right)), abs(float(down))) > 20:
        raise ValueError("more than any printer is off")
    return (mm(float(right)), mm(float(down))) if (right or down) else (ZERO, ZERO)


def _tag(workspace: Workspace, written: str) -> str:
    try:
        return workspace.registry().find(written).tag
    except UnknownLanguage as error:
        raise UsageError(str(error), "see docs/reference/languages.md") from None


def _usual(workspace: Workspace, document: str) -> str:
    documents = workspace.documents().usable
    if document not in documents:
        raise UsageError(f"no document is called {document!r}", f"there are {', '.join(documents)}")
    return documents[document][1].products[0]


def _not_there(request: SheetRequest, tag: str, record: PieceRecord | None, *, released: bool) -> Diagnostic:
    kind, place = ("released ", "output/released") if released else ("", "output/current")
    message = f"there is no {kind}{request.product} of {request.document} in {tag} for {request.clinic}"
    more = "--release " if released else ""
    what = f"{request.document} --product {request.product} --locale {tag} --clinic {request.clinic}"
    hint = f"run: publish.py build {more}{what}"
    other = re.search(r"-as-([a-z0-9-]+)\.", record.path) if record is not None and record.made else None
    if other:
        # To build it again would make the same.
        hint = f"in {tag} the text needs a {other[1]}: ask for --product {other[1]}, on a sheet that holds it"
    return diagnostic("card-missing", Span(place), message, hint)
