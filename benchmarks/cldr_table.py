"""Writes `pressroom/language/cldr.toml`: what CLDR knows of languages and Babel leaves out.

Its argument is the folder of the npm package `cldr-misc-full`, unpacked, in the version of CLDR that Babel has. Run it
again when Babel moves to another CLDR; a test compares which languages both know.
Languages that have their own table in `languages.toml`, with a script, are left out: their signs are there.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from pathlib import Path
from typing import Final

from pressroom.data_files import data_table
from pressroom.language import cldr

_OUT: Final = Path(__file__).parents[1] / "pressroom" / "language" / "cldr.toml"
_HEAD: Final = """# What CLDR {version} has of a language and Babel leaves out. From `python -m benchmarks.cldr_table`.
#
# quotes   outer and inner quotation marks (CLDR's delimiters), where they are not “”‘’
# letters  the letters of its alphabet (CLDR's main exemplars), capitals first where it has any
#
# © Unicode, Inc.; under the Unicode License v3 (https://www.unicode.org/license.txt).
"""
_USUAL: Final = "“”‘’"
# Letters and `{ch}`, which are one letter to a reader, or a range.
_PART: Final = re.compile(r"\{([^}]*)\}|\\?(.)(?:-(.))?", re.DOTALL)
_CODE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})")
_CAPITALS: Final = frozenset({"Latn", "Cyrl", "Grek", "Armn", "Adlm"})


def main() -> None:
    """Read the package's folder and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"].partition(".")[0]
    tables = [_table(folder / "main" / tag, tag) for tag in cldr.tags()]
    _OUT.write_text("\n".join([_HEAD.format(version=version), *filter(None, tables)]), encoding="utf-8")


def _table(folder: Path, tag: str) -> str:
    listed = "script" in data_table("language/languages.toml").get(tag, {})
    if listed or cldr.script_of(tag) not in data_table("language/scripts.toml") or not folder.is_dir():
        return ""
    marks = _read(folder, "delimiters")
    sides = ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")
    quotes = "".join(marks[side] for side in sides)
    letters = _letters(_read(folder, "characters").get("exemplarCharacters", "[]"), tag)
    rows = [f'quotes = "{quotes}"\n' if quotes != _USUAL and len(quotes) == 4 else ""]
    rows += [f'letters = "{" ".join(letters)}"\n' if letters else ""]
    return f"[{tag}]\n{''.join(rows)}" if any(rows) else ""


def _read(folder: Path, name: str) -> dict[str, str]:
    (main,) = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["main"].values()
    found: dict[str, str] = main[name]
    return found


def _letters(pattern: str, tag: str) -> list[str]:
    """The letters of one of CLDR's sets, in its order; of a script of its own size too large to list, none."""
    script = cldr.script_of(tag)
    if script in {"Hans", "Hant", "Jpan", "Kore"}:
        return []
    small: list[str] = []
    for group, first, last in _PART.findall(_CODE.sub(lambda code: chr(int(code[1], 16)), pattern.strip()[1:-1])):
        if first == " ":
            continue
        single = group.replace("\\", "") or first
        small += [chr(point) for point in range(ord(first), ord(last) + 1)] if last else [single]
    small = [letter for letter in dict.fromkeys(small) if unicodedata.category(letter[0])[0] in "LM"]
    small = [letter for letter in small if not letter[0].isupper()]
    if script not in _CAPITALS:
        return small
    large = [letter.replace("i", "İ") if tag in ("tr", "az") else letter for letter in small]
    capitals = [letter[:1].upper() + letter[1:] for letter in large if len(letter[:1].upper()) == 1]
    return [*dict.fromkeys(letter for letter in capitals if letter not in small), *small]


if __name__ == "__main__":
    main()
