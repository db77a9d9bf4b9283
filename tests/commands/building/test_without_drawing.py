"""An ordinary brochure without a drawing, with a table, boxes and a picture: its text has the drawing's room."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import Publish

ROOT = Path(__file__).parents[3]
POINTS = 72


@pytest.fixture
def walks(tmp_path: Path, fonts: None) -> Path:
    """The project of an invented clinic, with this project's layouts and their words."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "walking-group", tmp_path / "walks"))
    shutil.copytree(ROOT / "layouts", project / "layouts")
    for locale in ("ar", "zh_Hans"):
        words = f"locales/{locale}/LC_MESSAGES/layouts.po"
        shutil.copy(ROOT / words, project / words)
    return project


def _lines(path: Path, page: int, *, left: float = 0.0, right: float = 1e4) -> tuple[str, float, float]:
    """A page's text between two edges, and the distances of its first and last letter from the head, in points.

    The marks of a proof, in the margins of 20 pt, are left out.
    """
    with pypdfium2.PdfDocument(path) as pdf:
        height, text = pdf[page].get_height(), pdf[page].get_textpage()
        boxes = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
    inside = [
        (sign, height - (box[1] + box[3]) / 2)
        for sign, box in boxes
        if left < (box[0] + box[2]) / 2 < right and 32 < height - (box[1] + box[3]) / 2 < height - 32 and sign.strip()
    ]
    return "".join(sign for sign, _ in inside), min(at for _, at in inside), max(at for _, at in inside)


def test_every_product_holds_it(publish: Publish, walks: Path) -> None:
    """A half fold holds it in English and Arabic, on both pages inside; a flyer of one side goes on behind."""
    products = ("--product", "half-fold", "--product", "flyer")
    result = publish(walks, "build", "cooking-group", "--locale", "en", "--locale", "ar", *products)
    assert result.exit_code == 0, result.output
    assert "overset" not in result.output.replace("is overset by", "")
    made = walks / "output" / "current"
    names = {tag: sorted(path.name.split(".")[2] for path in (made / tag).glob("*.pdf")) for tag in ("en", "ar")}
    assert list(names.values()) == [["flyer-as-flyer-two-sides", "half-fold"]] * 2
    for tag in ("en", "ar"):
        folded = next((made / tag).glob("*.half-fold.*"))
        middle = 5.5 * POINTS
        for left, right in ((0.0, middle), (middle, 2 * middle)):
            _, first, last = _lines(folded, 1, left=left, right=right)
            # Text begins at the head, where a drawing would be, and both pages are about as full.
            assert 36 < first < 90
            assert 300 < last < 8.5 * POINTS - 36
    # The cover lists the document's own headings on its field, and the back has the facts above the place.
    cover, _, _ = _lines(next((made / "en").glob("*.half-fold.*")), 0, left=middle)
    assert cover.index("Thecookinggroup") < cover.index("Inshort") < cover.index("Inthekitchen")
    back, _, _ = _lines(next((made / "en").glob("*.half-fold.*")), 0, right=middle)
    assert back.index("8evenings") < back.index("1MeadowLane")
    flyer = next((made / "en").glob("*.flyer-as-flyer-two-sides.*"))
    front, behind = _lines(flyer, 0)[0], _lines(flyer, 1)[0]
    assert "Whatwecook" in front
    assert "1MeadowLane" in behind
    assert "Emergency" in front + behind
