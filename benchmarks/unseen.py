"""Sets unseen texts of languages (the listed ones, or any) in the real layouts, measures the PDFs, prints a row each.

    python -m benchmarks.unseen [--locale ar]... [--product trifold]... [--keep FOLDER]

Every piece is set three times: with texts as long as a translation's, with short ones, and with texts twice as long as
the first, which must be refused by as much as is measured. Facts are read from the letters of the finished PDF, with
another library than wrote it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressroom.compose import Piece
from pressroom.language import find_language, languages, registered_fonts, sign_fonts
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.render.fonts import private_fonts
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
PRODUCTS = ("wallet-card", "folded-card", "trifold", "large-print", "flyer")
SHARES = {"short": 0.6, "like": 1.0, "twice": 2.0}


@dataclass(slots=True)
class Row:
    """What was found of one language."""

    tag: str
    source: str = ""
    fonts: set[str] = field(default_factory=set)
    made: int = 0
    refused: int = 0
    checks: Counter[str] = field(default_factory=Counter)
    off: list[float] = field(default_factory=list)
    spilled: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--locale", action="append")
    parser.add_argument("--product", action="append")
    parser.add_argument("--length", action="append", choices=SHARES)
    parser.add_argument("--document", action="append")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        private_fonts((*registered_fonts().values(), *sign_fonts()), Path(folder))
        # Imported only now: WeasyPrint reads the list of fonts once.
        from benchmarks import unseen_checks

        wanted = [find_language(tag) for tag in options.locale or languages()]
        pieces = english_pieces(tuple(options.product or PRODUCTS), tuple(options.document or ()))
        lengths = tuple(options.length or SHARES)
        work = [(language, pieces, lengths, options.keep) for language in wanted]
        print("| tag | texts | fonts | set | refused | checks | faults |\n|---|---|---|---|---|---|---|")
        faults = 0
        with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
            for row in pool.imap(unseen_checks.check_language, work):
                faults += len(row.faults)
                sums = ", ".join(f"{name} {count}" for name, count in sorted(row.checks.items()))
                fonts = ", ".join(sorted(row.fonts))
                print(
                    f"| {row.tag} | {row.source} | {fonts} | {row.made} | {row.refused} | {sums} | {len(row.faults)} |"
                )
                for spilled in row.spilled:
                    print(f"    refused: {spilled}")
                for fault in row.faults:
                    print(f"    {fault}")
                sys.stdout.flush()
    sys.exit(1 if faults else 0)


def english_pieces(products: tuple[str, ...], documents: tuple[str, ...] = ()) -> list[Piece]:
    """The project's own documents, a piece a product that can hold it, ready to be given other words.

    In English where there is such a product, and in Spanish those in two languages.
    """
    workspace = Workspace.open(ROOT)
    plan = make_plan(workspace, Request(documents, ("es", "en"), products=products))
    jobs = [job for job in plan.jobs if job.requested and job.clinic.id == plan.clinics[0].id]
    found = [piece for job in jobs if (piece := prepare(job, "release").piece) is not None]
    by_language = sorted(found, key=lambda piece: piece.language.tag == "en")
    pieces = {(piece.product, piece.document.name): piece for piece in by_language}
    return [replace(piece, instead=None) for piece in pieces.values()]


if __name__ == "__main__":
    main()
