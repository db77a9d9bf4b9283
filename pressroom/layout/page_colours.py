"""Which colours the words of a web page have, and on which ground, by the rules that a browser follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple
from xml.etree.ElementTree import Element

import tinycss2
from cssselect2 import ElementWrapper, Matcher, SelectorError, compile_selector_list
from tinycss2.color3 import RGBA, parse_color
from tinyhtml5 import parse

from pressroom.diagnostics import Span
from pressroom.layout.colours import Rgb, hex_of
from pressroom.layout.model import Stylesheet

# A word of a drawing that is the name of a colour means it, or is looked up in vain.
_COLOUR: Final = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}(?![0-9a-fA-F])|(?:rgb|hsl)a?\([^()]*\)|[A-Za-z]{3,20}")
# Where a drawing gives a colour to something, as an attribute or in a style, and that colour.
_SAID: Final = re.compile(rf"""(\b(?:fill|stroke|stop-color|color)\s*[=:]\s*["']?\s*)({_COLOUR.pattern})""")
_VARIABLE: Final = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
# Variables may name variables; a browser gives up on those that name themselves.
_DEEPEST: Final = 8
# A reader sees the page by day, by night, and on paper. A rule of one of these is not a rule of the others.
_WAYS: Final = ("screen", "dark", "print")
_KEPT: Final = frozenset({"color", "background", "background-color"})
_UNSEEN: Final = frozenset({"head", "style", "script", "template", "title"})
# What browsers do before any style (HTML Standard, 15.3).
_BROWSER: Final = Stylesheet("", ":where(a[href]) { color: #0000ee }")


class SeenText(NamedTuple):
    """Words on a page: their colour and their ground, `#rrggbb`, and the line of the style that colours them.

    Where no style colours the words, it is the line that colours their ground.
    """

    colour: str
    ground: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element gives to those inside it."""

    colour: Rgb
    ground: Rgb
    span: Span
    ground_span: Span
    variables: Mapping[str, str]


def texts_on_page(html: str, tokens: Mapping[str, str], sheets: Iterable[Stylesheet]) -> Iterator[SeenText]:
    """Each pair of a text's colour and its ground, once. `tokens` are the brand's, without their hyphens."""
    root = ElementWrapper.from_html_root(parse(html))
    sheets = (_BROWSER, *sheets)
    variables = {f"--{name}": value for name, value in tokens.items()}
    start = _Look((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), Span(""), Span(""), variables)
    seen: dict[tuple[str, str], SeenText] = {}
    for way in _WAYS:
        for text in _texts(root, _matcher(sheets, way), start):
            seen.setdefault(text[:2], text)
    yield from seen.values()


def written_colours(drawing: str) -> Iterator[str]:
    """Every colour that the text of a drawing may mean, as `#rrggbb`: in digits, by its name, or as `rgb(…)`."""
    for written in dict.fromkeys(_COLOUR.findall(drawing)):
        if (colour := _parsed(written)) is not None:
            yield hex_of((colour.red, colour.green, colour.blue))


def recoloured(drawing: str, instead: Mapping[str, str]) -> str:
    """The drawing with other values in place of these colours (`#rrggbb`), wherever it gives a colour to something."""

    def changed(said: re.Match[str]) -> str:
        colour = _parsed(said[2])
        found = None if colour is None else instead.get(hex_of((colour.red, colour.green, colour.blue)))
        return said[0] if found is None else f"{said[1]}{found}"

    return _SAID.sub(changed, drawing)


def _texts(element: Any, matcher: Matcher, above: _Look) -> Iterator[SeenText]:  # noqa: ANN401  cssselect2 has no types
    if element.local_name in _UNSEEN:
        return
    look = _look(element, matcher, above)
    inside: Element = element.etree_element
    if any(text and text.strip() for text in (inside.text, *(child.tail for child in inside))):
        yield SeenText(hex_of(look.colour), hex_of(look.ground), look.span if look.span.path else look.ground_span)
    for child in element.iter_children():
        yield from _texts(child, matcher, look)


def _look(element: Any, matcher: Matcher, above: _Look) -> _Look:  # noqa: ANN401
    """How the rules that match an element colour it: the more specific win, then the later, and `!important` first."""
    found = [
        ((declared.important, specificity, order), declared, path)
        for specificity, order, pseudo, (declarations, path) in matcher.match(element)
        if pseudo is None
        for declared in declarations
    ]
    said = {declared.name: (declared, path) for _, declared, path in sorted(found, key=lambda row: row[0])}
    own = {name: tinycss2.serialize(one.value).strip() for name, (one, _) in said.items() if name.startswith("--")}
    variables = {**above.variables, **own} if own else above.variables
    look = replace(above, variables=variables)
    grounds = [name for name in said if name.startswith("background")]
    if grounds:
        declared, path = said[grounds[-1]]
        if (ground := _colour(declared.value, variables)) is not None:
            span = Span(path, declared.source_line)
            look = replace(look, ground=_over(ground, above.ground), ground_span=span)
    if "color" in said:
        declared, path = said["color"]
        colour = _colour(declared.value, variables)
        span = Span(path, declared.source_line)
        look = replace(look, colour=_over(colour, look.ground), span=span) if colour else look
    return look


def _matcher(sheets: Iterable[Stylesheet], way: str) -> Matcher:
    matcher = Matcher()
    for sheet in sheets:
        rules = tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)
        for selectors, declarations in _rules(rules, way):
            for selector in selectors:
                matcher.add_selector(selector, (declarations, sheet.path))
    return matcher


def _rules(rules: list[Any], way: str) -> Iterator[tuple[list[Any], list[Any]]]:
    """The selectors and the declarations of each rule that counts in one way to see the page."""
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and _counts(rule, way):
            yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), way)
        elif rule.type == "qualified-rule":
            items = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            declared = [item for item in items if item.type == "declaration"]
            kept = [item for item in declared if item.lower_name in _KEPT or item.name.startswith("--")]
            with suppress(SelectorError):
                yield compile_selector_list(rule.prelude), kept


def _counts(rule: Any, way: str) -> bool:  # noqa: ANN401
    if rule.lower_at_keyword not in ("media", "supports", "layer"):
        return False
    condition = tinycss2.serialize(rule.prelude)
    return all(one == way or one not in condition for one in _WAYS[1:]) and not (
        way == "print" and "screen" in condition
    )


def _colour(value: list[Any], variables: Mapping[str, str]) -> RGBA | None:
    """The first colour of a value; None if it has none, or is that of the element around."""
    text = tinycss2.serialize(value)
    for _ in range(_DEEPEST):
        text = _VARIABLE.sub(lambda named: variables.get(named[1], named[2] or ""), text)
    colours = map(_parsed, tinycss2.parse_component_value_list(text))
    return next((colour for colour in colours if colour is not None), None)


def _parsed(written: Any) -> RGBA | None:  # noqa: ANN401
    colour = parse_color(written)
    return colour if isinstance(colour, RGBA) else None


def _over(colour: RGBA, ground: Rgb) -> Rgb:
    """A colour as it is seen on its ground."""
    red, green, blue = (
        ours * colour.alpha + below * (1 - colour.alpha)
        for ours, below in zip((colour.red, colour.green, colour.blue), ground, strict=True)
    )
    return red, green, blue
