"""Countries by code and name, and what a new project takes from them."""

from __future__ import annotations

import re

import pytest

from pressroom.data_files import data_table
from pressroom.language.countries import UnknownCountry, find_country


@pytest.mark.parametrize(
    ("written", "code", "emergency", "paper"),
    [
        ("PL", "PL", "112", "A4"),
        ("il", "IL", "101", "A4"),
        ("United States", "US", "911", "Letter"),
        ("mexico", "MX", "911", "Letter"),
        ("GB", "GB", "999", "A4"),
        ("Nauru", "NR", "", "A4"),
    ],
)
def test_a_country_has_its_number_and_paper(written: str, code: str, emergency: str, paper: str) -> None:
    """The ambulance's number where the table has it, and never another one."""
    country = find_country(written)
    assert (country.code, country.emergency, country.paper) == (code, emergency, paper)


@pytest.mark.parametrize(("written", "near"), [("Isreal", "IL (Israel)"), ("Germnay", "DE (Germany)"), ("qqqqqq", "")])
def test_an_unknown_country_has_a_nearest_one(written: str, near: str) -> None:
    """A mistyped name leads to the country that was meant."""
    with pytest.raises(UnknownCountry) as caught:
        find_country(written)
    assert caught.value.near == near


def test_the_table_is_of_countries_and_numbers() -> None:
    """Each code is a country of CLDR, each emergency number is short, and no telephone number is anybody's."""
    table = data_table("language/countries.toml")
    for code in (*table["letter"], *table["emergency"], *table["phone"]):
        assert find_country(code).code == code
    assert all(re.fullmatch(r"[0-9]{2,5}", number) for number in table["emergency"].values())
    assert all(re.fullmatch(r"\+[0-9]{1,3}[ .0-]+", number) for number in table["phone"].values())
