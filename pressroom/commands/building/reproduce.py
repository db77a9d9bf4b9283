"""Checks that the pieces of an edition come out again byte for byte from the project as it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pressroom.commands.building.build import Progress, build
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.planning.plan import Request
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import sha256_of
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReproduceReport:
    """How many of the pieces came out as they are in the edition, and all findings."""

    same: int
    pieces: int
    diagnostics: tuple[Diagnostic, ...]


def verify(workspace: Workspace, request: Request, *, output: Path, jobs: int, progress: Progress) -> ReproduceReport:
    """Make the pieces asked for again in an empty folder and compare them with the current edition.

    Nothing in `output` is touched.

    Raises:
        UsageError: the request names something that the project does not have.
    """
    store = Store(output)
    edition = store.manifest()
    with TemporaryDirectory(prefix="pressroom-verify-") as folder:
        again = build(workspace, request, output=Path(folder), jobs=jobs, progress=progress)
    new = {piece.id: piece for piece in again.pieces}
    asked = [piece for piece in edition.pieces if piece.made and piece.id in new]
    altered = {piece.id for piece in asked if sha256_of(store.current / piece.path) != piece.sha256}
    findings = [_altered(store, piece) for piece in asked if piece.id in altered]
    findings += [d for piece in asked for d in _differences(piece, new[piece.id])]
    if not asked:
        hint = "build it first, without --verify"
        findings.append(diagnostic("verify-nothing", Span(str(output)), "there is no edition to compare with", hint))
    same = sum(1 for piece in asked if piece.sha256 == new[piece.id].sha256 and piece.id not in altered)
    return ReproduceReport(same, len(asked), tuple(findings))


def _altered(store: Store, piece: PieceRecord) -> Diagnostic:
    span = Span(str(store.current / piece.path))
    hint = "run: publish.py build; it makes the piece again"
    return diagnostic("published-altered", span, "this is not the file that the manifest lists", hint)


def _differences(piece: PieceRecord, again: PieceRecord) -> Iterator[Diagnostic]:
    span = Span(piece.path)
    if piece.sha256 == again.sha256:
        return
    if not again.key:
        yield from again.diagnostics  # a machine failed, so nothing can be said of the piece
        return
    if piece.key != again.key:
        message = "its inputs have changed since it was made, or it was made by other versions"
        yield diagnostic("verify-outdated", span, message, "build it again, then verify")
    else:
        message = f"it was {piece.sha256[:12]}… and comes out as {again.sha256[:12] or 'nothing'}, from the same inputs"
        hint = "check if the file was made on another machine or with other fonts; then report it"
        yield diagnostic("not-reproduced", span, message, hint)
