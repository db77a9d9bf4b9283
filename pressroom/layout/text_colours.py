"""Which colours a style gives to text, and on which ground, as far as one rule says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import tinycss2
from tinycss2.color3 import RGBA, parse_color

from pressroom.layout.colours import hex_of

_HEX: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_TOKEN: Final = re.compile(r"var\(\s*--([\w-]+)\s*(?:,[^()]*)?\)")
# A word of a drawing that is the name of a colour means it, or is looked up in vain.
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}(?![0-9a-fA-F])|(?:rgb|hsl)a?\([^()]*\)|[A-Za-z]{3,20}")
# Light text alone is on a ground that another rule makes dark: nothing can be said of it here.
_LIGHT: Final = frozenset({"colour-paper", "#fff", "#ffffff", "#FFF", "#FFFFFF"})


def text_colours(style: str) -> Iterator[tuple[str, str]]:
    """The text colour and the ground of each rule that sets one; the ground is empty if the rule sets none.

    A colour is written `#rrggbb`, `#rgb`, or is the name of a token (`colour-flow`).
    """
    yield from _of_rules(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True))


def _of_rules(rules: list[Any]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None:
            yield from _of_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "qualified-rule":
            items = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            said = {item.lower_name: tinycss2.serialize(item.value) for item in items if item.type == "declaration"}
            text = _colour(said.get("color", ""))
            ground = _colour(said.get("background-color", said.get("background", "")))
            if text and (ground or text not in _LIGHT):
                yield text, ground


def written_colours(drawing: str) -> Iterator[str]:
    """Every colour that the text of a drawing may mean, as `#rrggbb`: in digits, by its name, or as `rgb(…)`."""
    for written in dict.fromkeys(_COLOUR.findall(drawing)):
        colour = parse_color(written)
        if isinstance(colour, RGBA):
            yield hex_of((colour.red, colour.green, colour.blue))


def _colour(value: str) -> str:
    """The first colour of a value, empty if it has none."""
    found = [match for match in (_TOKEN.search(value), _HEX.search(value)) if match]
    first = min(found, key=lambda match: match.start(), default=None)
    return "" if first is None else first[1] if first.re is _TOKEN else first[0]
