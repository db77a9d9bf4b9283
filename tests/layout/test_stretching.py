from __future__ import annotations

from pathlib import Path

from pressroom.layout import Layout, read_layout, stretched
from pressroom.project import Files
from pressroom.units import ZERO, mm

ROOT = Path(__file__).parents[2]


def _tops(layout: Layout) -> dict[str, float]:
    return {one.name: round(one.box.top.mm, 2) for one in (*layout.areas, *layout.frames)}


def test_what_is_below_moves_down() -> None:
    """A frame that runs over pushes down what is below it in its panel, by so much and the room of its mark."""
    card = read_layout(Files(ROOT), "wallet-card")
    longer = stretched(card, {"more-signs-list": mm(5)})
    before, after = _tops(card), _tops(longer)
    below = {"back-rule", "address", "autonym", "control", "clinician"}
    assert {name for name in before if after[name] > before[name]} == below
    assert {round(after[name] - before[name], 2) for name in below} == {8.2}
    assert round((longer.height - card.height).mm, 2) == 8.2
    (signs,) = (frame for frame in longer.frames if frame.name == "more-signs-list")
    assert round(signs.box.height.mm - 5 - 3.2, 2) == round(53.98 - 17.1 - 11.2, 2)


def test_side_by_side() -> None:
    """Of two frames side by side the one that runs over more says how far the paper goes on."""
    card = read_layout(Files(ROOT), "wallet-card")
    longer = stretched(card, {"turn-over": mm(2), "phone": mm(1)})
    assert round((longer.height - card.height).mm, 2) == 5.2
    assert {panel.box.height for panel in longer.panels} == {longer.height}


def test_too_wide() -> None:
    """A frame that is only too wide gets the room of its mark."""
    card = read_layout(Files(ROOT), "wallet-card")
    assert round((stretched(card, {"signs-head": ZERO}).height - card.height).mm, 2) == 3.2


def test_a_band_goes_on_below() -> None:
    """The band and the number's white field are longer by as much as what stands on them; a rule is not."""
    for name in ("wallet-card", "folded-card"):
        card = read_layout(Files(ROOT), name)
        heights = {area.name: area.box.height for area in card.areas}
        longer = {
            area.name: area.box.height for area in stretched(card, {"more-signs-head": mm(4), "act": mm(1)}).areas
        }
        grown = {area: round((longer[area] - heights[area]).mm, 2) for area in heights}
        assert {area: more for area, more in grown.items() if more} == {"band": 7.2, "number": 4.2}
