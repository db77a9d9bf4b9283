"""Compares the files of two builds pixel by pixel, and prints where they differ.

    python benchmarks/pixels.py NEW OLD [--dpi 100] [--strict]

NEW and OLD are output folders, for example `output/current` of two checkouts. Pages are rendered with PDFium. The short
hash at the end of a control line changes whenever an input changes, a layout's source included, and the line moves with
its width. So the line is painted over in both pictures, and its text is compared without the hash; `--strict` paints
nothing over. Web pages are compared as text with white space folded. Exit code 1 where anything differs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pypdfium2
from PIL import Image, ImageChops, ImageDraw

_LINE = re.compile(r"(?P<says>\S+ · \S+ · \S+ · \d{4}-\d{2} · review by \d{4}-\d{2} · )[0-9a-f]{8}")
_HASH = re.compile(r"(?<![0-9a-z])[0-9a-f]{8}(?![0-9a-z])")
_MARGIN = 3  # pixels around a letter: antialiasing

Box = tuple[float, float, float, float]


@click.command()
@click.argument("new", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("old", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dpi", default=100, help="Resolution of the comparison.")
@click.option("--strict", is_flag=True, help="Compare control hashes too.")
def main(new: Path, old: Path, dpi: int, strict: bool) -> None:
    """Compare every PDF and web page in NEW with the file of the same path in OLD."""
    new, old = new.resolve(), old.resolve()
    compared = 0
    differences: list[str] = []
    for path in sorted([*new.rglob("*.pdf"), *new.rglob("*.html")]):
        name = path.relative_to(new)
        if (old / name).is_file():
            compared += 1
            difference = _difference(path, old / name, dpi, strict)
            differences += [f"{name}: {difference}"] if difference else []
        else:
            differences.append(f"{name}: not in {old}")
    missing = {path.relative_to(old) for path in old.rglob("*.pdf")} - {
        path.relative_to(new) for path in new.rglob("*.pdf")
    }
    print(*differences, *(f"{name}: not in {new}" for name in sorted(missing)), sep="\n")
    print(f"{compared} files compared, {len(differences)} differ, {len(missing)} are missing")
    sys.exit(bool(differences or missing or not compared))


def _difference(new: Path, old: Path, dpi: int, strict: bool) -> str:
    """What differs; empty where nothing does."""
    if new.read_bytes() == old.read_bytes():
        return ""
    if new.suffix == ".html":
        one, other = (path.read_text(encoding="utf-8") for path in (new, old))
        alike = one == other if strict else _folded(one) == _folded(other)
        return "" if alike else "the text of the page"
    first, second = pypdfium2.PdfDocument(new), pypdfium2.PdfDocument(old)
    if len(first) != len(second):
        return f"{len(first)} pages, was {len(second)}"
    for number in range(len(first)):
        place = _page_difference(first[number], second[number], dpi / 72, strict)
        if place:
            return f"page {number + 1}: {place}"
    return ""


def _page_difference(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage, scale: float, strict: bool) -> str:
    pictures = [page.render(scale=scale).to_pil().convert("RGB") for page in (one, other)]
    if pictures[0].size != pictures[1].size:
        return f"{pictures[0].size} pixels, was {pictures[1].size}"
    if not strict:
        lines = [list(_control_lines(page)) for page in (one, other)]
        if [says for says, _ in lines[0]] != [says for says, _ in lines[1]]:
            return f"control lines {lines[0]}, were {lines[1]}"
        for box in [box for both in lines for _, boxes in both for box in boxes]:
            for picture in pictures:
                _paint_over(picture, box, one.get_height(), scale)
    box = ImageChops.difference(*pictures).getbbox()
    return f"pixels {box}" if box else ""


def _control_lines(page: pypdfium2.PdfPage) -> Iterator[tuple[str, list[Box]]]:
    """Each control line without its hash, and the places of its letters in points from the page's bottom left."""
    text = page.get_textpage()
    letters = "".join(text.get_text_range(index, 1)[:1] or " " for index in range(text.count_chars()))
    for match in _LINE.finditer(re.sub(r"\s", " ", letters).replace("\ufffe", " ")):
        yield match["says"], [text.get_charbox(index, loose=True) for index in range(*match.span())]


def _folded(html: str) -> str:
    return re.sub(r">\s+|\s+<", lambda match: match[0].strip(), " ".join(_HASH.sub("", html).split()))


def _paint_over(picture: Image.Image, box: Box, height: float, scale: float) -> None:
    left, bottom, right, top = box
    corners = (left, height - top, right, height - bottom)
    grown = [edge * scale + (-_MARGIN if index < 2 else _MARGIN) for index, edge in enumerate(corners)]
    ImageDraw.Draw(picture).rectangle(grown, fill="white")


if __name__ == "__main__":
    main()
