"""A profile's names, counted before they are read."""

from __future__ import annotations

import struct

import pytest
from PIL import ImageCms

from pressroom.content.icc_names import claims_too_many_names

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_a_right_profile() -> None:
    """The names of a profile that a library wrote fit."""
    assert b"mluc" in SRGB
    assert not claims_too_many_names(SRGB)


@pytest.mark.parametrize("names", [5, 1 << 24, (1 << 32) - 1])
def test_more_names_than_bytes(names: int) -> None:
    """16 million names of 12 bytes in a file of 588 bytes took 200 MB."""
    at = SRGB.index(b"mluc") + 8
    assert claims_too_many_names(SRGB[:at] + struct.pack(">I", names) + SRGB[at + 4 :])


def test_more_tags_than_profiles_have() -> None:
    """The table of tags is bounded."""
    assert claims_too_many_names(SRGB[:128] + struct.pack(">I", 1 << 20) + SRGB[132:])


def test_a_file_that_is_no_profile() -> None:
    """A text that was given by mistake has no names to count: its bytes mean something else."""
    assert not claims_too_many_names(b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"7" * 600)


@pytest.mark.parametrize("length", [0, 4, 128, 131, 132, 140, 300])
def test_a_profile_that_is_cut(length: int) -> None:
    """One that ends early is another fault; reading it here raises nothing."""
    assert claims_too_many_names(SRGB[:length]) in (True, False)
