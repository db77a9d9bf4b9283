from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from pressroom.layout.colours import lab_difference, lab_of, rgb_of
from pressroom.layout.inks import estimated, nearest_inks
from pressroom.postpress.icc_profile import read_profile
from pressroom.postpress.profile_inks import profile_look

# Of Ghostscript's package; the folder has another name in newer ones.
PROFILES = [
    path
    for folder in ("/usr/share/color/icc/ghostscript", "/usr/share/ghostscript/iccprofiles")
    if (path := Path(folder) / "default_cmyk.icc").is_file()
]
needs_profile = pytest.mark.skipif(not PROFILES, reason="Ghostscript's profiles are not installed")


@needs_profile
def test_the_estimate_is_near_to_the_profile_it_is_made_from() -> None:
    """Of all mixes that a press may print, the estimate differs by 1.1 on average and by less than 3.5 at most."""
    look = profile_look(read_profile(PROFILES[0].read_bytes()))
    mixes = [mix for mix in product((0, 0.25, 0.5, 0.75, 1), repeat=4) if sum(mix) <= 2.8]
    apart = [lab_difference(*pair) for pair in zip(look(mixes), estimated(mixes), strict=True)]
    assert len(apart) == 555
    assert sum(apart) / len(apart) < 1.1
    assert max(apart) < 3.5


@needs_profile
@pytest.mark.parametrize("colour", ["#0f4c5c", "#7a1f5c", "#715400", "#24408e", "#dbe4e7"])
def test_inks_are_chosen_by_the_shops_profile(colour: str) -> None:
    """The inks that a profile is asked for look like the colour in that profile, and are not too many."""
    look = profile_look(read_profile(PROFILES[0].read_bytes()))
    inks = nearest_inks(rgb_of(colour), look)
    assert sum(inks) < 2.801
    assert lab_difference(lab_of(rgb_of(colour)), look([inks])[0]) < 5.5
