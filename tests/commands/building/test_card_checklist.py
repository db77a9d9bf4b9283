"""A checklist on a card: its words begin at the card's text edge, and its boxes hang before them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import Publish

ROOT = Path(__file__).parents[3]
CARD = """---
number: LK-009
title: Before each walk
products: [wallet-card]
version: "1.0"
date: 2026-11
review-by: 2027-11
---

<!-- panel: bring -->

# Before each walk

- [ ] **Laces** are tied
- [ ] **Lungs** feel well

<!-- panel: turn-over -->

Keep this card with you.

<!-- panel: head -->

## On the way

- **Light** shoes
- **Long** breaks

<!-- panel: act -->

Call {emergency}
"""


def _lefts(path: Path, page: int, letter: str) -> list[float]:
    with pypdfium2.PdfDocument(path) as pdf:
        text = pdf[page].get_textpage()
        signs = [(text.get_text_range(at, 1), text.get_charbox(at)[0]) for at in range(text.count_chars())]
    return [left for sign, left in signs if sign == letter]


@pytest.mark.usefixtures("fonts")
def test_words_begin_at_the_text_edge(publish: Publish, tmp_path: Path) -> None:
    """The same letter begins an item after a box in front and an item after a bullet behind: at one place."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "walking-group", tmp_path / "walks"))
    shutil.copytree(ROOT / "layouts", project / "layouts")
    (project / "source" / "brochures" / "before-walks.md").write_text(CARD, encoding="utf-8")
    result = publish(project, "build", "before-walks", "--locale", "en", "--product", "wallet-card")
    assert result.exit_code == 0, result.output
    path = next((project / "output" / "current" / "en").glob("before-walks.en.wallet-card.*"))
    boxed, bulleted = _lefts(path, 0, "L")[:2], _lefts(path, 1, "L")[:2]
    assert boxed[0] == pytest.approx(boxed[1], abs=0.05)
    assert boxed[0] == pytest.approx(bulleted[0], abs=0.3)
