"""What a new project takes from its country: emergency number, form of a telephone number, paper; names from CLDR."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from pressroom.data_files import data_table
from pressroom.nearest import nearest

Paper = Literal["A4", "Letter"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166 code. `emergency` and `phone` are empty if the table has none."""

    code: str
    name: str
    emergency: str
    phone: str
    paper: Paper


class UnknownCountry(LookupError):
    """CLDR has no such country; `near` is the nearest name with its code, or empty."""

    def __init__(self, written: str, near: str) -> None:
        super().__init__(f"no country is called {written!r}")
        self.near = near


def find_country(written: str) -> Country:
    """The country of a code (`PL`) or of an English name (`Poland`), in any case.

    Raises:
        UnknownCountry: there is none.
    """
    names = _names()
    asked = " ".join(written.split()).casefold()
    codes = {name.casefold(): code for code, name in names.items()} | {code.casefold(): code for code in names}
    if asked not in codes:
        near = nearest(asked, codes)
        raise UnknownCountry(written, f"{codes[near]} ({names[codes[near]]})" if near else "")
    code, table = codes[asked], data_table("language/countries.toml")
    paper: Paper = "Letter" if code in table["letter"] else "A4"
    return Country(code, names[code], table["emergency"].get(code, ""), table["phone"].get(code, ""), paper)


@cache
def _names() -> dict[str, str]:
    """CLDR's English names by code of two letters; regions such as Europe have numbers."""
    # Imported here: Babel's tables take a tenth of a second.
    from babel import Locale

    territories = Locale("en").territories.items()
    return {code: name for code, name in territories if len(code) == 2 and code not in {"EU", "EZ", "QO", "UN", "ZZ"}}
