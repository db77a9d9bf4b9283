"""Every product is painted in the order that it is read in, because programs copy text in the order of painting."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path
from shutil import which

import pypdfium2
import pytest

from pressroom.compose import Piece, compose
from pressroom.project import Clinic

pytestmark = pytest.mark.usefixtures("fonts")
CLINIC = Clinic("q", "Q90", ("Q91 Lane", "Q92"), "911", "801-555-0142")
BROCHURE = """
<!-- panel: cover -->

# Q01

<!-- panel: what -->

## Q11

Q12

- Q13
- Q14

Q15

<!-- panel: how -->

## Q21

1. Q22
2. Q23

### Q24

Q25

<!-- panel: work -->

## Q31

Q32

<!-- panel: facts -->

## Q41

### Q42

Q43

<!-- panel: contact -->

## Q51
"""
CARD = """
<!-- panel: dvt -->

# Q01

Q02

- Q03
- **Q04** Q05

<!-- panel: turn-over -->

Q06

<!-- panel: call-us -->

Q07

<!-- panel: pe -->

## Q11

Q12

- Q13
- Q14

<!-- panel: act -->

Q15 {emergency}
"""
PRODUCTS = {
    CARD: ("wallet-card", "business-card", "metric-card", "folded-card", "bilingual-card", "bilingual-tall-card"),
    BROCHURE: ("trifold", "half-fold", "flyer", "flyer-two-sides", "large-print", "bilingual-half-fold"),
}
Reader = Callable[[Path], str]


def _pdfium(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def _poppler(path: Path) -> str:
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()


def _read(text: str, piece: Piece) -> list[str]:
    """The words to look for, the name of the language, and the number; each once."""
    wanted = rf"Q\d\d|{piece.language.autonym}|801-555-0142"
    return list(dict.fromkeys(re.findall(wanted, text)))


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("tag", ["en", "ar"])
@pytest.mark.parametrize(("text", "layout"), [(text, name) for text, names in PRODUCTS.items() for name in names])
def test_what_is_read_first_is_painted_first(
    text: str, layout: str, tag: str, make_piece: Callable[..., Piece], tmp_path: Path
) -> None:
    """Headings, steps, bullets, addresses, the number and the language come out of the file as they are tagged."""
    from pressroom.render.proof import render_piece

    said = {word: f"كلمة {word}" for word in re.findall(r"Q\d\d", text)} if tag == "ar" else None
    piece = make_piece(text, tag, said, project="../..", layout=layout, clinic=CLINIC)
    made = render_piece(piece)
    assert made.pdf is not None, made.diagnostics
    path = tmp_path / "a.pdf"
    path.write_bytes(made.pdf)
    expected = _read(
        " ".join(unescape(re.sub(r"<[^>]+>|[\u200b\u2060]", "", p.html)) for p in compose(piece).parts), piece
    )
    assert len(expected) > 12
    for read in (_pdfium, _poppler):
        assert _read(read(path), piece) == expected
