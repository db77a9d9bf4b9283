from __future__ import annotations

import struct
from pathlib import Path

import pytest

from pressroom.planning.assets import press_profile
from pressroom.postpress.icc_profile import ProfileError, read_profile
from pressroom.workspace.workspace import Workspace


def profile(space: bytes = b"CMYK", kind: bytes = b"prtr", name: str = "Shop 39", *, version: int = 2) -> bytes:
    """A profile with a header and its name, and no table of inks: all that is read of one here."""
    if version == 2:
        told = b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name.encode() + b"\0"
    else:
        text = name.encode("utf-16-be")
        told = b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(text), 28) + text
    table = struct.pack(">I4sII", 1, b"desc", 144, len(told))
    head = struct.pack(">I8x4s4s4s12x4s", 144 + len(told), kind, space, b"Lab ", b"acsp").ljust(128, b"\0")
    return head + table + told


@pytest.mark.parametrize("version", [2, 4])
def test_name(version: int) -> None:
    """A profile is called what it calls itself, in either version of the format."""
    assert read_profile(profile(version=version)).name == "Shop 39"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (profile(b"RGB "), "is for RGB, not for CMYK"),
        (profile(kind=b"mntr"), "not of a printing press"),
        (profile(kind=b"pr\xf4r"), "is not an ICC profile"),
        (profile()[:-1], "cut off or damaged"),
        (b"not a profile", "is not an ICC profile"),
        (b"", "is not an ICC profile"),
    ],
)
def test_refused(data: bytes, said: str) -> None:
    """What is no profile of a press in CMYK is refused, and it is said why."""
    with pytest.raises(ProfileError, match=said):
        read_profile(data)


def test_the_one_the_settings_name(minimal: Path, edit) -> None:
    """The settings' profile is read; one that is for a screen, or lies outside the project, is an error."""
    path = minimal / "shop.icc"
    path.write_bytes(profile())
    edit(minimal / "pyproject.toml", "[tool.pressroom]\n", '[tool.pressroom]\npress-profile = "shop.icc"\n')
    assert press_profile(Workspace.open(minimal)) == (profile(), ())
    path.write_bytes(profile(b"RGB "))
    data, (problem,) = press_profile(Workspace.open(minimal))
    assert (data, problem.code) == (b"", "press-profile-wrong")
    assert "shop.icc is for RGB" in problem.message
    edit(minimal / "pyproject.toml", '"shop.icc"', '"../shop.icc"')
    assert "outside the project" in press_profile(Workspace.open(minimal))[1][0].message
