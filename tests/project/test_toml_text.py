"""TOML that is made to harm is refused with its line."""

from __future__ import annotations

import pytest

from pressroom.approval.codec import read_toml
from pressroom.catalog.lengths import read_lengths
from pressroom.project import read_clinics, toml_table

HARMFUL = {
    "digits": "a = 1\nb = " + "9" * 5000,
    "nested": "a = 1\nb = " + "[" * 5000,
    "dotted": "a = 1\n" + "b." * 5000 + "c = 1",
    "heads": "a = 1\n[" + "b." * 5000 + "c]",
}


@pytest.mark.parametrize("name", HARMFUL)
def test_what_harms_has_a_line(name: str) -> None:
    """A number of 5,000 digits, and brackets and keys of 5,000 parts, are refused at their line."""
    table, reason, line = toml_table(HARMFUL[name])
    assert (table, line) == (None, 2)
    assert reason


def test_a_file_of_a_megabyte() -> None:
    """What people write by hand is shorter."""
    assert toml_table("#" * 1_000_001)[1:] == ("this is 1,000,001 characters long; the limit is 1,000,000", 1)


@pytest.mark.parametrize("name", ["digits", "nested"])
def test_every_other_reader_of_toml(name: str) -> None:
    """A record and the table of lengths raise the ValueError that their callers report."""
    with pytest.raises(ValueError, match=r"."):
        read_toml(HARMFUL[name])
    with pytest.raises(ValueError, match=r"."):
        read_lengths(HARMFUL[name])


def test_a_hundred_thousand_clinics() -> None:
    """A table of more clinics than a project can have is one finding."""
    clinics, findings = read_clinics("".join(f"[a{n}]\n" for n in range(3000)), "source/clinics.toml")
    assert clinics == ()
    assert [finding.message for finding in findings] == ["there are 3,000 clinics; the limit is 2,000"]


def test_a_message_is_short() -> None:
    """A key of a million letters is not printed whole."""
    _, (finding,) = read_clinics(f"{'a' * 500_000} = 1", "source/clinics.toml")
    assert len(finding.message) < 1_100
