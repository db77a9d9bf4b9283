"""Measures which words of a build's PDFs come out right when a reader copies them, and prints a table.

    python -m benchmarks.extraction [--project FOLDER] [--output EDITION] [--locale ar]... [--product NAME]... [--lost]

The words that should come out are those of the composed piece: its translation with the clinic's values, frame by
frame. A word counts if the reader has it letter for letter and in its place among the others of its frame (a longest
common subsequence). The figure in brackets counts a word if it is in its place among all words of the piece: it falls
where a frame comes out before its neighbour. Scripts without spaces are cut into words by ICU, on both sides. Proof
marks and hashes are left out. `--lost` prints the words that a reader has not in their frame.

Readers: PDFium (Chrome), Poppler (`pdftotext`, Evince, Okular; `-raw` leaves the text in the order of the file), with
`--pdfjs` pdf.js (Firefox).
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
from icu4py.breakers import WordBreaker

from pressroom.compose import Piece, compose
from pressroom.compose.no_break import UNSPACED
from pressroom.language import Language
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[1]
# What the composer adds to guide line breaks, and what extractors put around words that run right to left.
_GUIDES = re.compile("[\u200e\u200f\u200b\u2060\u00ad\u034f\ufe0e\u202a-\u202e\u2066-\u2069\ufffe]")
# A proof's hash in its control line is that of another edition.
_HASH = re.compile(r"(?<![0-9a-f])(?=[a-f]*\d)[0-9a-f]{8}(?![0-9a-f])")
_INSTEAD = re.compile(r"-as-([\w-]+)\.")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "div", "td", "th", "br", "ol", "ul", "section", "article"})


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=Path, default=ROOT)
    parser.add_argument("--output", type=Path, help="an edition; without it, the project's current one")
    parser.add_argument("--locale", action="append")
    parser.add_argument("--product", action="append")
    parser.add_argument("--lost", action="store_true")
    parser.add_argument("--pdfjs", type=Path, help="a folder with pdfjs-dist in its node_modules")
    options = parser.parse_args()
    if options.pdfjs:
        READERS["pdf.js"] = _pdf_js(options.pdfjs)
    wanted = (options.locale or [], options.product or [])
    output = options.output or options.project / "output/current"
    workspace = Workspace.open(options.project)
    pieces = {(p.document.name, p.language.tag, p.clinic.id, p.product): p for p in _pieces(workspace, output, *wanted)}
    rows: dict[tuple[str, str], list[list[int]]] = defaultdict(list)
    print(f"| locale | product | words | {' | '.join(READERS)} |\n|---|---|---|{'---|' * len(READERS)}")
    for path, job in _files(output, *wanted):
        piece = pieces.get(job)
        if piece is not None:
            rows[job[1], job[3]].append(measured(path, piece, lost=options.lost))
    for (locale, product), counts in sorted(rows.items()):
        total, *rest = map(sum, zip(*counts, strict=True))
        shares = [100 * one / total for one in rest]
        cells = [f"{here:.1f} ({among:.1f})" for here, among in zip(shares[::2], shares[1::2], strict=True)]
        print(f"| {locale} | {product} | {total} | {' | '.join(cells)} |")


def measured(path: Path, piece: Piece, *, lost: bool = False) -> list[int]:
    """How many words a piece has, and of each reader how many are right in their frame, and in the whole piece."""
    frames = [letters_of(frame) for frame in intended(piece)]
    counts = [sum(len(right(frame, "", piece.language)) for frame in frames)]
    for name, read in READERS.items():
        found = letters_of(read(path))
        alone = [word for frame in frames for word in right(frame, found, piece.language)]
        among = right("\n".join(frames), found, piece.language)
        share = counts[0] / len(among)  # ICU may find other words across the ends of frames
        counts += [sum(is_right for _, is_right in alone), round(share * sum(is_right for _, is_right in among))]
        if lost and (words := [word for word, is_right in alone if not is_right]):
            print(f"{path.name}: {name}: {' '.join(words)}")
    return counts


def _files(output: Path, locales: Sequence[str], products: Sequence[str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The PDFs of a build, each with its document, locale, clinic and product."""
    for row in json.loads((output / "manifest.json").read_text(encoding="utf-8"))["files"]:
        asked = (not locales or row["locale"] in locales) and (not products or row["product"] in products)
        if asked and row["path"].endswith(".pdf"):
            # Where a language does not fit a product, another takes its place.
            instead = _INSTEAD.search(row["path"])
            product = instead[1] if instead else row["product"]
            yield output / row["path"], (row["document"], row["locale"], row["clinic"], product)


def _pieces(workspace: Workspace, output: Path, locales: Sequence[str], products: Sequence[str]) -> Iterator[Piece]:
    """The pieces that the build's files are made from."""
    jobs = {job for _, job in _files(output, locales, products)}
    request = Request(locales=tuple({job[1] for job in jobs}), products=tuple(_asked_for(output)))
    for job in make_plan(workspace, request).jobs:
        if job.id[:2] in {(document, locale) for document, locale, *_ in jobs}:
            piece = prepare(job).piece
            while piece is not None:
                yield piece
                piece = piece.instead


def _asked_for(output: Path) -> set[str]:
    """The products that were asked for."""
    return {row["product"] for row in json.loads((output / "manifest.json").read_text(encoding="utf-8"))["files"]}


class _Words(HTMLParser):
    """The text of the frames of a page, without what no screen reader speaks, a line a block."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._hidden = 0
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.text.append("\n" if tag in _BLOCKS else "")
        if tag not in {"br", "img", "meta", "link", "hr"}:
            # The title at the foot of every page is no part of the text, as a page's number is none.
            hidden = ("aria-hidden", "true") in attrs or ("class", "running-title") in attrs
            self._open.append((tag, hidden))
            self._hidden += hidden

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, hidden = self._open.pop()
            self._hidden -= hidden
            if name == tag:
                break
        self.text.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.text.append("" if self._hidden else data)


def intended(piece: Piece) -> Iterator[str]:
    """The text of each of a piece's frames, in reading order."""
    for part in compose(piece).parts:
        parser = _Words()
        parser.feed(part.html)
        yield "".join(parser.text)


def letters_of(text: str) -> str:
    """A text without guides; a letter with its mark may be one sign or two, which to Unicode is the same text."""
    return unicodedata.normalize("NFC", _HASH.sub("", _GUIDES.sub("", text)))


def right(frame: str, read: str, language: Language) -> list[tuple[str, bool]]:
    """The words of a text, each with True if what was read has it whole and in its order.

    Between spaces; where a script writes none, the words that ICU finds, whose letters must be side by side.
    """
    if language.script not in UNSPACED:
        words, found = frame.split(), read.split()
        kept = _kept(words, found)
        return [(word, at in kept) for at, word in enumerate(words)]
    run, found = "".join(frame.split()), list("".join(read.split()))
    kept = _kept(list(run), found)
    flat = "".join(sign if ord(sign) < 0x10000 else "\ufffc" for sign in run)
    return [
        (run[start:end], all(at in kept for at in range(start, end)))
        for start, end in WordBreaker(flat, language.tag).segments()
    ]


def _kept(parts: Sequence[str], read: Sequence[str]) -> set[int]:
    """The places of the parts that are read, in this order."""
    blocks = SequenceMatcher(None, parts, read, autojunk=False).get_matching_blocks()
    return {at for block in blocks for at in range(block.a, block.a + block.size)}


def _pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        # A hyphen at a line's end comes out as U+0002 or U+FFFE.
        return "\n".join(page.get_textpage().get_text_range().replace("\x02", "") for page in document)


def _poppler(path: Path) -> str:
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout.decode()


def _poppler_raw(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()


def _pdf_js(folder: Path) -> Callable[[Path], str]:
    """Reads with pdf.js (Firefox): `npm install pdfjs-dist` in the folder."""

    def read(path: Path) -> str:
        run = ["node", "--input-type=module", "-e", _SCRIPT, path.resolve()]
        return subprocess.run(run, capture_output=True, check=True, cwd=folder).stdout.decode()

    return read


_SCRIPT = """
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { readFileSync } from "fs";
const data = new Uint8Array(readFileSync(process.argv[1]));
const pdf = await getDocument({ data, verbosity: 0 }).promise;
for (let number = 1; number <= pdf.numPages; number++) {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  console.log(items.map(item => item.str + (item.hasEOL ? "\\n" : "")).join(""));
}
"""
READERS: dict[str, Callable[[Path], str]] = {"PDFium": _pdfium, "Poppler": _poppler, "Poppler -raw": _poppler_raw}

if __name__ == "__main__":
    main()
