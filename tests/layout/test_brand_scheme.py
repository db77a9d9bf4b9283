"""One colour makes a brand that can be read, is not the alarm, can be printed, and is seen by the colour blind."""

from __future__ import annotations

import pytest

from pressroom.layout.brand_scheme import Kept, Scheme, make_scheme
from pressroom.layout.colours import difference, rgb_of
from pressroom.layout.oklch import ColourError, hue, light

ALARM = "#a60010"
KEPT = Kept("#000", "#fff", ALARM, "#e9eef0", "#12181b", "#ff9d9d")
COLOURS = {
    "teal": "#0f4c5c",
    "plum": "#7a1f5c",
    "yellow": "#ffd400",
    "the alarm itself": ALARM,
    "red": "#c8102e",
    "neon": "#39ff14",
    "near black": "#0a0a0a",
    "gray": "#777777",
    "pink": "#e4007c",
    "white": "#ffffff",
}


@pytest.fixture(scope="module", params=COLOURS.values(), ids=COLOURS)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    """The brand of each colour."""
    return make_scheme(request.param, KEPT)


def test_every_pair_stands_out(scheme: Scheme) -> None:
    """Whatever the colour, words, fields, drawings and a dark screen have the contrast that they need."""
    assert [pair.use for pair in scheme.pairs if not pair.holds] == []
    assert {"words on paper", "drawings: dot on paper", "dark screen: flow"} <= {pair.use for pair in scheme.pairs}


def test_nothing_is_the_alarm(scheme: Scheme) -> None:
    """Neither the lines nor the dot are taken for the alarm."""
    assert difference(rgb_of(scheme.colours["flow"]), rgb_of(ALARM)) >= 20
    assert difference(rgb_of(scheme.colours["dot"]), rgb_of(ALARM)) >= 15


def test_the_dot_is_seen_by_all(scheme: Scheme) -> None:
    """The dot differs from the lines in lightness, and for readers who see no red or no green."""
    assert abs(light(scheme.colours["dot"]) - light(scheme.colours["flow"])) >= 0.09
    assert min(scheme.seen.values()) >= 19
    assert scheme.seen.keys() == {"everyone", "protan", "deutan"}


def test_inks_print_it(scheme: Scheme) -> None:
    """No colour needs more than 280 % of ink or looks another colour in ink, and each has its estimate."""
    for one in scheme.swatches:
        assert sum(map(int, one.percents.split())) <= 280
        assert one.apart < 8
        assert len(one.percents.split()) == 4


def test_a_colour_that_serves_is_kept() -> None:
    """A dark plum is the flow as it is, and nothing is said."""
    made = make_scheme(" #7A1F5C ", KEPT)
    assert (made.colours["flow"], made.notes) == ("#7a1f5c", ())


@pytest.mark.parametrize(
    ("colour", "said"),
    [
        ("#ffd400", "#ffd400 has 1.4:1 on paper and needs 7:1, so it is darker: #7"),
        (ALARM, "is 0 from the alarm #a60010 and needs 20, so it is darker and duller"),
        ("#39ff14", "inks come no nearer to #0"),
        ("#0a0a0a", "from black: lines look like words"),
        ("color(display-p3 0 1 0)", "screens can't show color(display-p3 0 1 0) as it is"),
    ],
)
def test_a_change_is_said_with_its_figures(colour: str, said: str) -> None:
    """A colour that can't serve is changed, and the notes say why."""
    assert any(said in note for note in make_scheme(colour, KEPT).notes)


def test_a_darker_colour_keeps_its_hue() -> None:
    """A yellow that is too light becomes a dark yellow, not a gray or a green."""
    flow = make_scheme("#ffd400", KEPT).colours["flow"]
    assert abs(hue(flow) - hue("#ffd400")) < 10
    assert light(flow) < 0.5


@pytest.mark.parametrize("written", ["plumm", "", "#12", "#7a1f5c80", "rgb(1 2"])
def test_what_is_no_colour(written: str) -> None:
    """A word that is no colour, or one that is see-through, is refused with what to write."""
    with pytest.raises(ColourError, match="write six digits, as #7a1f5c"):
        make_scheme(written, KEPT)
