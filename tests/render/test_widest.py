from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.layout import read_layout
from pressroom.project import Files
from pressroom.render import measure
from pressroom.render.measure import Letter, widest
from pressroom.units import ZERO, mm


def test_hanging_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters that hang out of a large print's line as far as their script lets them make no word too wide."""
    layout = replace(
        read_layout(Files(Path(__file__).parents[2]), "large-print"), width=mm(200), height=mm(200), safe=mm(20)
    )
    monkeypatch.setattr(measure, "_letters", lambda pdf, margin: iter([Letter(300.0, mm(180).pt + 10, 300.0)]))
    assert widest(b"", layout).pt == pytest.approx(10)
    assert widest(b"", layout, 9).pt == pytest.approx(10)
    assert widest(b"", layout, 11) == ZERO
