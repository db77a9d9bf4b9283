"""Makes the pictures of products in `docs/pictures/products/`: `python -m tests.product_pictures [NAME]...`.

A name is a layout's, or `press` or `sheet`.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

from pressroom.layout import WEB, read_layout, read_products
from pressroom.project import Files

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "pictures" / "products"
_DOCUMENTS: Final = {"card": "dvt-pe", "brochure": "epidural-blood-patch"}
# Pictures of what is done with a product: which one, of which document, and how many pages are shown.
FINISHED: Final = {"press": ("trifold-press", "epidural-blood-patch", 1), "sheet": ("wallet-card-letter", "dvt-pe", 2)}
# The tall card is for languages that need its room.
_LOCALES: Final = {"bilingual-tall-card": "km"}
_GROUND: Final = "#dfe5e7"
_EDGE: Final = 3
# A picture of pages beside each other, and of pages below each other, in pixels.
_BESIDE, _BELOW = 520, 380
# Pages as wide as a card, and those that are taller than wide, have room beside each other, in points.
_NARROW: Final = 260
_MOST: Final = 20 * 1024
_SMALLER: Final = 0.93


def main(names: list[str]) -> None:
    """Make the pictures of these, or of all that are printed."""
    files = Files(ROOT)
    layouts = sorted({product.layout for product in read_products(files).values()})
    for name in names or [*layouts, *FINISHED]:
        if name in FINISHED:
            product, document, shown = FINISHED[name]
            pages = _proof(product, document)[:shown]
        elif (kind := read_layout(files, name).type_class) != WEB:
            pages = _proof(name, _DOCUMENTS[kind])
        else:
            continue
        (FOLDER / f"{name}.png").write_bytes(small(_pages(pages), _MOST))


def _proof(product: str, document: str) -> list[Image.Image]:
    locale = _LOCALES.get(product, "es")
    with tempfile.TemporaryDirectory() as folder:
        options = ["--locale", locale, "--clinic", "utah-vascular-clinic", "--product", product, "--output", folder]
        subprocess.run([sys.executable, "publish.py", "build", document, *options], cwd=ROOT, check=True)
        (path,) = (Path(folder) / "current" / locale).glob("*.pdf")
        with pypdfium2.PdfDocument(path) as pdf:
            width, height = pdf[0].get_size()
            beside = width < max(_NARROW, height)
            room = _BESIDE / len(pdf) if beside else _BELOW
            return [page.render(scale=(room - 2 * _EDGE) / page.get_width()).to_pil().convert("RGB") for page in pdf]


def _pages(pages: list[Image.Image]) -> Image.Image:
    """The pages on one ground, those of cards beside each other and others below each other."""
    framed = [ImageOps.expand(page, _EDGE, _GROUND) for page in pages]
    beside = sum(page.width for page in framed) <= _BESIDE + len(framed)
    width = sum(page.width for page in framed) if beside else max(page.width for page in framed)
    height = max(page.height for page in framed) if beside else sum(page.height for page in framed)
    whole, at = Image.new("RGB", (width, height), _GROUND), 0
    for page in framed:
        whole.paste(page, (at, 0) if beside else (0, at))
        at += page.width if beside else page.height
    return whole


def small(image: Image.Image, most: int) -> bytes:
    """A PNG of at most so many bytes: in fewer colours, then smaller. Colours are far apart: a little red stays red."""
    for colours in (32, 24, 16):
        out = io.BytesIO()
        image.quantize(colours, Image.Quantize.MAXCOVERAGE, 4, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= most:
            return out.getvalue()
    return small(ImageOps.scale(image, _SMALLER, Image.Resampling.LANCZOS), most)


if __name__ == "__main__":
    main(sys.argv[1:])
