"""Languages without a table of quantities: CLDR's units and signs of numbers are read."""

from __future__ import annotations

import pytest

from pressroom.language import measures
from pressroom.language.quantities import differences

ENGLISH = measures("en")
TAGS = ("hy", "ka", "ta", "te", "bn", "pa-Guru", "kn", "ml", "si", "tr", "cs", "hu", "mr", "uz", "az")


@pytest.mark.parametrize("tag", TAGS)
def test_same(tag: str) -> None:
    """A dose, a volume, a weight, a length and a temperature in the language's own words say what the English says."""
    assert len(measures(tag)) == len(ENGLISH) == 5
    for english, own in zip(ENGLISH, measures(tag), strict=True):
        assert [*differences(f"Take {english}.", f"{own}.", tag)] == [], own


@pytest.mark.parametrize("tag", TAGS)
def test_another_number(tag: str) -> None:
    """Another number is found."""
    for english, own in zip(ENGLISH, measures(tag), strict=True):
        digits = "".join(filter(str.isdigit, own))
        changed = own.replace(digits, str(int(digits) + 1))
        assert [*differences(f"Take {english}.", f"{changed}.", tag)], changed


@pytest.mark.parametrize("tag", TAGS)
def test_another_unit(tag: str) -> None:
    """Millilitres for milligrams are found."""
    volume = measures(tag)[1].replace("250", "10")
    assert [*differences("Take 10 milligrams.", f"{volume}.", tag)], volume


@pytest.mark.parametrize(
    ("tag", "decimal", "thousands"),
    [("cs", "37,5", "1\u00a0500"), ("hy", "37,5", "1\u00a0500"), ("ta", "37.5", "1,500")],
)
def test_signs_of_numbers(tag: str, decimal: str, thousands: str) -> None:
    """Decimals and thousands have CLDR's signs of the language."""
    assert [*differences("Above 37.5 °C call us.", f"{decimal} °C.", tag)] == []
    assert [*differences("Drink 1,500 mL.", f"{thousands} mL.", tag)] == []


@pytest.mark.parametrize("tag", ["cs", "hy", "ka"])
def test_signs_of_english(tag: str) -> None:
    """With a comma for decimals, the English 1,500 is one and a half, a thousand times too little."""
    assert [*differences("Drink 1,500 mL.", "1,500 mL.", tag)]
