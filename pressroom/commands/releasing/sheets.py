"""Sheets for a printer: cards of an edition, in several languages, on one PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pressroom.approval import Released
from pressroom.commands.building.printers import cut_by_printer, find_printer
from pressroom.commands.releasing.release_log import log_copies
from pressroom.commands.signing.signer import Signer
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.diagnostics import Diagnostic, DiagnosticError, Severity, Span, diagnostic
from pressroom.drawing.imposed import check_imposed
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH
from pressroom.layout import Flip, Layout, LayoutError, Product, Sheet, read_sheets
from pressroom.nearest import suggestion
from pressroom.planning.named import UsageError
from pressroom.postpress.impose import fits, impose, placed
from pressroom.postpress.printer import calibration
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import published_bytes
from pressroom.workspace.workspace import Workspace

Card = tuple[PieceRecord, bytes]


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
    """Who ordered a sheet of released cards, on which day, and the file it is for (None: its own name, here)."""

    by: Signer
    today: date
    target: Path | None = None


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet's bytes and file name, and the file in which a sheet of released cards is logged."""

    pdf: bytes
    name: str
    log: str = ""


def make_sheet(
    workspace: Workspace, request: SheetRequest, output: Path, release: SheetRelease | None = None
) -> MadeSheet:
    """Impose cards that `build` has made: proofs, or with `release` released cards that may be handed out today.

    Raises DiagnosticError if a card is missing or may not be handed out, or the sheet would not draw it as it is.
    """
    sheet, printer = _find_sheet(workspace, request.sheet), find_printer(workspace, request.printer)
    products, findings = workspace.products()
    if findings:
        raise DiagnosticError(*findings)
    request = replace(
        request,
        flip=request.flip or printer.flip or "long-edge",
        product=request.product or _default_product(workspace, request.document),
        locales=tuple(workspace.language_named(name).tag for name in request.locales),
    )
    _check_fit(workspace, request, products, sheet)
    cards, problems = _cards(request, Store(output, "released" if release else "current"))
    rows: tuple[Released, ...] = ()
    if release and cards:
        rows, unfit = _released(workspace, cards, release.today)
        problems += unfit
    if problems:
        raise DiagnosticError(*problems)
    names = [record.path for record, _ in cards]
    try:
        made = impose([data for _, data in cards], sheet, request.flip, printer, note=_note(workspace, request, names))
    except ValueError as error:
        raise DiagnosticError(diagnostic("finish", Span(str(output)), str(error), "build them again")) from None
    name = f"{_stem(request)}{_ending(names)}.pdf"
    check_imposed(
        made, [data for _, data in cards], placed(cards[0][1], sheet, request.flip, printer), name, trimmed=True
    )
    if request.printer:
        plain = impose([data for _, data in cards], sheet, request.flip, note=_note(workspace, request, names))
        if cut := [*cut_by_printer(workspace, products[request.product], (plain, made), name, request.printer)]:
            raise DiagnosticError(*cut)
    sha256 = content_hash(made)
    if release is None:
        return MadeSheet(made, name)
    written = workspace.relative((release.target or Path(name)).resolve())
    rows = tuple(
        replace(row, path=name, facts=replace(row.facts, sha256=sha256), sheet=sheet.name, written=written)
        for row in rows
    )
    return MadeSheet(made, name, log_copies(workspace, rows, release.by, release.today))


def _check_fit(workspace: Workspace, request: SheetRequest, products: Mapping[str, Product], sheet: Sheet) -> None:
    if request.product not in products:
        raise UsageError(f"no product is called {request.product!r}", suggestion(request.product, products))
    product = products[request.product]
    layout = workspace.layout(product.layout)
    if isinstance(layout, Diagnostic):
        raise DiagnosticError(layout)
    hint = f"--product with a card that fits it: {', '.join(_cards_that_fit(workspace, products, sheet)) or 'none'}"
    if not _is_one_card(product, layout):
        raise UsageError(f"{request.product} is not a single card, so a sheet can't hold it", hint)
    if not fits(sheet, layout.width, layout.height):
        raise UsageError(f"{request.product} is larger than a cell of {request.sheet}", hint)


def _released(
    workspace: Workspace, cards: Sequence[Card], today: date
) -> tuple[tuple[Released, ...], list[Diagnostic]]:
    """The log's rows of released cards, and every reason why one of them may not be handed out today.

    A stale translation may only be on a sheet with the current English.
    """
    verdicts = open_verdicts(workspace, today, [record for record, _ in cards])
    problems = [d for d in verdicts.problems if d.severity is Severity.ERROR]
    made = [(r, verdicts.on_record(r, intact=content_hash(data) == r.sha256)) for r, data in cards]
    beside = any(record.locale == ENGLISH and verdict.may("be_offered") for record, verdict in made)
    for record, verdict in made:
        if verdict.may("be_offered") or (beside and verdict.may("beside_english")):
            continue
        hint = f"release it again: {{command}} build --release {record.document} --locale {record.locale}"
        if verdict.may("beside_english"):
            hint = f"{hint}; until then it may only be beside the current English: add --locale {ENGLISH}"
        fault = verdict.against("be_offered")[0]
        problems.append(diagnostic("card-unfit", Span(record.path), f"it is {fault}", hint))
    return tuple(entry[1] for record, _ in cards if (entry := verdicts.entry_of(record)) is not None), problems


def _is_one_card(product: Product, layout: Layout) -> bool:
    """False for a product that is a sheet already, a print shop's file or a web page."""
    return product.sheet is None and not product.inks and layout.file_kind == "pdf"


def _cards_that_fit(workspace: Workspace, products: Mapping[str, Product], sheet: Sheet) -> Iterator[str]:
    for product in products.values():
        layout = workspace.layout(product.layout)
        if isinstance(layout, Layout) and layout.type_class == "card" and _is_one_card(product, layout):
            yield from [product.name] if fits(sheet, layout.width, layout.height) else []


def _stem(request: SheetRequest) -> str:
    """The file name without its ending: no two requests share one."""
    parts = [request.document, "+".join(request.locales), request.sheet, request.flip, request.clinic, request.printer]
    return ".".join(filter(None, parts))


def _cards(request: SheetRequest, store: Store) -> tuple[list[Card], list[Diagnostic]]:
    """The cards of an edition, each with its record in the manifest, and a finding for each that is not there."""
    cards, problems, known = list[Card](), list[Diagnostic](), store.manifest().by_id()
    for tag in request.locales:
        record = known.get((request.document, tag, request.clinic, request.product))
        is_card = record is not None and record.kind == "pdf" and f".{request.product}." in record.path
        if record is not None and is_card and (store.current / record.path).is_file():
            cards.append((record, published_bytes(store.current, record.path)))
        else:
            problems.append(_missing(request, tag, record, released=store.channel == "released"))
    return cards, problems


def _note(workspace: Workspace, request: SheetRequest, names: list[str]) -> str:
    """The line that tells staff what the sheet is."""
    registry, proof = workspace.registry(), "PROOF, not for patients · " if "PROOF" in _ending(names) else ""
    languages = ", ".join(registry.find(tag).english for tag in request.locales)
    return f"{proof}{request.sheet} · {request.document} · {languages}"


def _ending(names: list[str]) -> str:
    """The end of the sheet's name: PROOF if any card is a proof, or the version that all cards share."""
    endings = {re.sub(r".*\.(PROOF|v[0-9][0-9.]*[a-z]?)\.pdf", r".\1", name) for name in names}
    return ".PROOF" if ".PROOF" in endings else endings.pop() if len(endings) == 1 else ""


def make_calibration(workspace: Workspace, sheet: str, printer: str) -> bytes:
    """The page that shows how far a printer is off, front and back, as this printer's profile corrects it."""
    return calibration(_find_sheet(workspace, sheet), find_printer(workspace, printer))


def _find_sheet(workspace: Workspace, name: str) -> Sheet:
    try:
        sheets = read_sheets(workspace.files)
    except LayoutError as error:
        raise UsageError(error.problem.message, "correct layouts/sheets.toml") from None
    if name not in sheets:
        raise UsageError(f"no sheet is called {name!r}", suggestion(name, sheets))
    return sheets[name]


def _default_product(workspace: Workspace, document: str) -> str:
    documents = workspace.documents().usable
    if document not in documents:
        raise UsageError(f"no document is called {document!r}", suggestion(document, documents))
    return documents[document][1].products[0]


def _missing(request: SheetRequest, tag: str, record: PieceRecord | None, *, released: bool) -> Diagnostic:
    kind, option, place = ("released ", "--release ", "released") if released else ("", "", "current")
    message = f"there is no {kind}{request.product} of {request.document} in {tag} for {request.clinic}"
    names = f"{request.document} --product {request.product} --locale {tag} --clinic {request.clinic}"
    hint = f"run: {{command}} build {option}{names}"
    other = re.search(r"-as-([a-z0-9-]+)\.", record.path) if record is not None else None
    if other:
        # Another build would make the same file.
        hint = f"in {tag} the text needs a {other[1]}: ask for --product {other[1]}, on a sheet that holds it"
    return diagnostic("card-missing", Span(f"output/{place}"), message, hint)
