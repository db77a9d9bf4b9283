"""Makes the pictures of the application for the documentation: `python -m tests.web.pictures [PROJECT]`.

It makes the invented project of `showcase.py` in a temporary folder, or takes one that was made before, serves it, and
writes `docs/pictures/web/` with Debian's Chromium.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.commands.conftest import Bench
from tests.web.conftest import CHROMIUM, serving
from tests.web.showcase import ROOT, TODAY, make_showcase

_OUT: Final = ROOT / "docs" / "pictures" / "web"
# Flat pages need few colours: a fifth of the bytes.
_COLOURS: Final = 64


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file's name, the address, the size in CSS pixels, the scheme, and what to wait for."""

    name: str
    path: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    language: str = "en"
    wait_for: str = "main"


PICTURES: Final = (
    Picture("overview", "/"),
    Picture("overview-phone", "/", 390, 844),
    Picture("translate", "/translate/ar/walking-group?product=flyer-two-sides&m=10", wait_for=".page svg"),
    Picture("review", "/review/zh-Hans/walking-group", 820, 1000, wait_for="main .page"),
    Picture("desk", "/desk/", 820, 700),
    Picture("verify", "/verify", 820, 700),
)


def main() -> None:
    """Make all of them."""
    with _project() as root, sync_playwright() as playwright:
        _OUT.mkdir(parents=True, exist_ok=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        server = serving(Bench(root), TODAY)
        address = next(server).address
        for picture in PICTURES:
            path = _OUT / f"{picture.name}.png"
            path.write_bytes(_small(_taken(browser, address, picture)))
            sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB\n")
        next(server, None)
        browser.close()


@contextmanager
def _project() -> Iterator[Path]:
    if len(sys.argv) > 1:
        yield Path(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        yield make_showcase(Path(folder) / "larkspur")


def _taken(browser: Browser, address: str, picture: Picture) -> bytes:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
        locale=picture.language,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address + picture.path)
    page.locator(picture.wait_for).first.wait_for(timeout=300_000)
    # The last picture of a page that is drawn in the background.
    page.wait_for_timeout(1000)
    data = page.screenshot()
    context.close()
    return data


def _small(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        few = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
