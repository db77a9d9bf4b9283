"""How evenly the lines of pieces end, as the engine breaks them line by line (greedy) and as they are composed (now).

    python -m benchmarks.line_ends [--project FOLDER] [--locale ar]... [--product trifold]... [--document NAME]...

Two rows for the running text of each locale and product, for all headings, whose lines are balanced, and for all
running text. Of paragraphs of more than one line: `spread` is the standard deviation of line ends within
a paragraph, without its last line, in per cent of the measure; `holes` are paragraphs with a line more than 30 % short,
the last one aside; `alone` are last lines of one word; `hyphens` are lines that end in one; `refused` are paragraphs
that the layout does not set as they were composed. `ms` is the CPU time of composing each, from widths that are known.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pressroom.language import registered_fonts, sign_fonts
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.render.fonts import private_fonts
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
HOLE = 0.3
HEADINGS = "headings"
RUNNING = frozenset({"p", "li", "td", "dd"})


@dataclass(slots=True)
class Ends:
    """What was counted of paragraphs of more than one line."""

    paragraphs: int = 0
    lines: int = 0
    spreads: list[float] = field(default_factory=list)
    holes: int = 0
    alone: int = 0
    hyphens: int = 0

    def count(self, widths: list[float], texts: list[str], words: float) -> None:
        """Add a paragraph: the share of its measure that each line fills, what the lines say, the last one's words."""
        self.paragraphs += 1
        self.lines += len(widths)
        if len(widths) > 2:
            self.spreads.append(100 * statistics.pstdev(widths[:-1]))
        self.holes += any(width < 1 - HOLE for width in widths[:-1])
        self.alone += words <= 1
        self.hyphens += sum(text.endswith("\u2010") for text in texts)

    def add(self, other: Ends) -> None:
        """Count what another one has counted."""
        for name in ("paragraphs", "lines", "holes", "alone", "hyphens"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.spreads += other.spreads

    def row(self) -> str:
        """The counts as cells of a table."""
        spread = statistics.fmean(self.spreads) if self.spreads else 0.0
        return f"{self.paragraphs} | {spread:.1f} | {self.holes} | {self.alone} | {self.hyphens}"


@dataclass(slots=True)
class Tally:
    """Both ways of one locale and product."""

    greedy: Ends = field(default_factory=Ends)
    now: Ends = field(default_factory=Ends)
    refused: int = 0
    seconds: float = 0.0

    def add(self, other: Tally) -> None:
        """Count what another one has counted."""
        self.greedy.add(other.greedy)
        self.now.add(other.now)
        self.refused += other.refused
        self.seconds += other.seconds


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=Path, default=ROOT)
    for name in ("locale", "product", "document"):
        parser.add_argument(f"--{name}", action="append", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        private_fonts((*registered_fonts().values(), *sign_fonts()), Path(folder))
        workspace = Workspace.open(options.project)
        request = Request(tuple(options.document), tuple(options.locale), products=tuple(options.product))
        plan = make_plan(workspace, request)
        jobs = [job for job in plan.jobs if job.requested and job.clinic.id == plan.clinics[0].id]
        pieces = (piece for job in jobs if (piece := prepare(job, "proof").piece) is not None)
        show_all(measured(pieces))


def show_all(tallies: Mapping[str, Tally]) -> None:
    """Print a table: a pair of rows for each tally, and one for their sum."""
    print("| | | paragraphs | spread | holes | alone | hyphens | refused | ms |\n" + "|---" * 9 + "|")
    whole = Tally()
    for name, tally in tallies.items():
        if name != HEADINGS:
            whole.add(tally)
        show(name, tally)
    show("all running text", whole)


def show(name: str, tally: Tally) -> None:
    """Print two rows."""
    cost = 1000 * tally.seconds / max(1, tally.now.paragraphs)
    print(f"| {name} | greedy | {tally.greedy.row()} | | |")
    print(f"| | now | {tally.now.row()} | {tally.refused} | {cost:.2f} |", flush=True)


def measured(pieces: Iterable[Any]) -> dict[str, Tally]:
    """The tallies of pieces: one for the running text of each locale and product, and one for all headings."""
    # Imported only now: WeasyPrint reads the list of fonts once.
    from pressroom.render import base_and_imprint, line_breaks, line_ends, numbers, paragraphs, proof
    from pressroom.render.line_breaks import words_in
    from pressroom.render.page_boxes import _line

    tallies: dict[str, Tally] = {}
    headings = Tally()
    compose, lay_out, flow = numbers._composed, line_ends.lay_out_composed, line_ends.compose_lines
    current = [headings]

    def timed(composer: Callable[..., Any], *inputs: Any) -> Any:
        start = time.process_time()
        found = composer(*inputs)
        current[0].seconds += time.process_time() - start
        return found

    def watched(engine: Any, css: str, composed: Any) -> object:
        greedy, now = engine.lay_out(css), lay_out(engine, css, composed)
        held = line_ends.followed(engine.root, now, composed)
        current[0].refused += len(composed) - len(held)
        for document, way in ((greedy, "greedy"), (now, "now")):
            for block in paragraphs.blocks(document):
                lines = [_line(line, block.column, (0.0, 0.0)) for line in block.lines]
                lines = [line for line in lines if line.text.strip()]
                if len(lines) > 1 and block.column and (tag := block.style["lang"]):
                    if line_breaks.kind_of(block) == "heading":
                        tally = headings
                    elif block.element.tag in RUNNING:
                        tally = current[0]
                    else:
                        continue  # such as the labels of a picture
                    shares = [line.width / block.column for line in lines]
                    texts = [line.text for line in lines]
                    getattr(tally, way).count(shares, texts, words_in(texts[-1], tag))
        return now

    numbers._composed = lambda *inputs: timed(compose, *inputs)
    line_ends.compose_lines = lambda *inputs: timed(flow, *inputs)
    line_ends.lay_out_composed = base_and_imprint.lay_out_composed = watched
    proof.draw_apart = lambda *_: None
    for piece in pieces:
        current[0] = tallies.setdefault(f"{piece.language.tag} {piece.product}", Tally())
        proof.render_piece(piece)
    return tallies | {HEADINGS: headings}


if __name__ == "__main__":
    main()
