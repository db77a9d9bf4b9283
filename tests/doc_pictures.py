"""Makes the other pictures of `docs/pictures/`: `python -m tests.doc_pictures [tutorial|blocks|proofs]...`.

What they show is made as the page that they are on says: the tutorial is followed, the other two are built.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

from tests.docs.conftest import Reader
from tests.docs.pages import ROOT, read_steps
from tests.product_pictures import small

FOLDER: Final = ROOT / "docs" / "pictures"
_GROUND: Final = "#dfe8e7"
_MOST: Final = {"tutorial": 45 * 1024, "blocks": 40 * 1024, "proofs": 110 * 1024}
# The last command of the tutorial before its picture.
_SHOWN: Final = "pressroom build your-visit --locale es"
# The part of the inside that has blocks, in points.
_BLOCKS: Final = (16, 26, 776, 436)


def main(names: Iterable[str]) -> None:
    """Make these pictures, or all."""
    for name in names or PICTURES:
        (FOLDER / f"{name}.png").write_bytes(small(PICTURES[name](), _MOST[name]))


def tutorial() -> Image.Image:
    """Both sides of the brochure that somebody who follows the tutorial has, below each other."""
    steps = read_steps((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))
    last = max(at for at, step in enumerate(steps) if _SHOWN in step.text)
    with tempfile.TemporaryDirectory() as folder:
        before, reader = Path.cwd(), Reader(Path(folder), Path(folder))
        os.chdir(folder)
        try:
            for step in steps[: last + 1]:
                reader.does(step)
            pages = _pages(_only(reader.root / "output" / "current" / "es"), 560)
        finally:
            os.chdir(before)
    return _placed([[page] for page in pages], gap=10, ground="#fff")


def blocks() -> Image.Image:
    """The blocks of the invented clinic's brochure."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "walking-group"
        shutil.copytree(ROOT / "tests" / "projects" / "walking-group", project)
        shutil.copytree(ROOT / "layouts", project / "layouts")
        page = _pages(_built(project, "walking-group", "en", "trifold"), 1105)[1]
    left, top, right, bottom = (round(edge * page.width / 792) for edge in _BLOCKS)
    return page.crop((left, top, right, bottom))


def proofs() -> Image.Image:
    """The wallet card in English, Arabic and Chinese, and both sides of the brochure in Spanish."""
    sides = (("en", 1), ("ar", 0), ("zh-Hans", 1))
    cards = [_pages(_built(ROOT, "dvt-pe", locale, "wallet-card"), 386)[side] for locale, side in sides]
    return _placed([cards, _pages(_built(ROOT, "epidural-blood-patch", "es", "trifold"), 589)], gap=22)


PICTURES: Final[dict[str, Callable[[], Image.Image]]] = {"tutorial": tutorial, "blocks": blocks, "proofs": proofs}


def _built(project: Path, document: str, locale: str, product: str) -> bytes:
    """The proof of a piece for the first clinic."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "publish.py"), "--project", str(project), "build", document]
        options = ["--locale", locale, "--product", product, "--output", folder]
        subprocess.run([*command, *options], cwd=ROOT, check=True)
        return _only(Path(folder) / "current" / locale)


def _only(folder: Path) -> bytes:
    """The last file of a folder of proofs by its name: the usual clinic's."""
    return sorted(folder.glob("*.pdf"))[-1].read_bytes()


def _pages(pdf: bytes, width: int) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=width / page.get_width()).to_pil().convert("RGB") for page in document]


def _placed(rows: list[list[Image.Image]], gap: int, ground: str = _GROUND) -> Image.Image:
    """The rows below each other, with a gap between all."""
    width = max(sum(page.width + gap for page in row) for row in rows) - gap
    height = sum(max(page.height for page in row) + gap for row in rows) - gap
    edge = gap if ground == _GROUND else 0
    whole, down = Image.new("RGB", (width + 2 * edge, height + 2 * edge), ground), edge
    for row in rows:
        across = edge
        for page in row:
            whole.paste(page, (across, down))
            across += page.width + gap
        down += max(page.height for page in row) + gap
    return whole


if __name__ == "__main__":
    main(sys.argv[1:])
