"""Refuses what a layout's style must not do: add words, hide, turn or reorder them, or depend on what is not signed.

A style prints on every page. So a style may use the properties and values of `styles.toml`, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any, Final

import tinycss2

from pressroom.border import BorderError, border
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.selectors import Selector, read_selectors
from pressroom.layout.style_bounds import bound_problems
from pressroom.layout.style_values import custom_value_fault, screen_fault, value_fault

_RULES: Final = data_table("layout/styles.toml")
_PROPERTIES: Final[dict[str, list[str]]] = _RULES["properties"]
_LIST: Final = "docs/reference/layouts.md lists what a style may say"
_WORDS: Final = "write words in layouts/words.toml, where they are translated and signed"
_MEDIA: Final = re.compile(r"(?:(?:print|screen)|\(\s*(?:min|max)-width\s*:\s*[\d.]+(?:rem|em|px)\s*\))")
# Names of the boxes in a page's margin, which are at-rules in @page.
_MARGIN_BOX: Final = re.compile(
    r"(?:top|bottom)-(?:left|center|right)(?:-corner)?|(?:left|right)-(?:top|middle|bottom)"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """What the declarations of a rule are for: elements, or a box in a page's margin."""

    path: str
    screen: bool
    selectors: tuple[Selector, ...] = ()

    @property
    def margin_box(self) -> bool:
        return not self.selectors

    def refuse(self, code: str, line: int, message: str, hint: str = _LIST) -> Diagnostic:
        return diagnostic(code, Span(self.path, line), message, hint)


@cache
def style_problems(path: str, text: str, *, screen: bool = False) -> tuple[Diagnostic, ...]:
    """What a style says that it must not, each with its line; `screen` if it is for a web page."""
    if bound := tuple(bound_problems(path, text)):
        return bound
    try:
        with border():
            rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            return tuple(_rules(rules, _Place(path, screen)))
    except BorderError as error:
        return (diagnostic("look-unknown", Span(path, 1), f"this can't be read as CSS: {error}", _LIST),)


def _rules(rules: Iterable[Any], place: _Place) -> Iterator[Diagnostic]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from _rule(rule, place)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "page":
            yield from _page(rule, place)
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None:
            yield from _media(rule, place)
        elif rule.type == "at-rule":
            yield _at_rule(rule, place)
        else:
            yield place.refuse("look-unknown", rule.source_line, f"this is not CSS: {rule.message}", "correct the line")


def _at_rule(rule: Any, place: _Place) -> Diagnostic:  # noqa: ANN401  tinycss2 publishes no types
    name = rule.lower_at_keyword
    hints = {
        "import": "write the style out here: a style imports nothing",
        "font-face": "name the font in layouts/brand.toml (docs/how-to/fonts.md): a style brings none",
        "counter-style": _WORDS,
    }
    code = "look-adds" if name == "counter-style" else "look-depends"
    return place.refuse(code, rule.source_line, f"a style may not have @{name}", hints.get(name, _LIST))


def _page(rule: Any, place: _Place) -> Iterator[Diagnostic]:  # noqa: ANN401
    for box in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
        if box.type == "at-rule" and _MARGIN_BOX.fullmatch(box.lower_at_keyword):
            yield from _declarations(box.content or [], place)
        elif box.type == "at-rule" or box.type != "declaration":
            yield place.refuse("look-unknown", box.source_line, "@page has only boxes in its margin, as @bottom-left")
        else:
            hint = "set the sheet in layout.toml; @page has only boxes in its margin, as @bottom-left"
            yield place.refuse("look-unknown", box.source_line, f"@page sets {box.name}", hint)


def _media(rule: Any, place: _Place) -> Iterator[Diagnostic]:  # noqa: ANN401
    if not place.screen or not _MEDIA.fullmatch(tinycss2.serialize(rule.prelude).strip()):
        message, hint = "@media asks for more than print, screen or a width", "only a web page may, for these alone"
        yield place.refuse("look-depends", rule.source_line, message, hint)
    yield from _rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), place)


def _rule(rule: Any, place: _Place) -> Iterator[Diagnostic]:  # noqa: ANN401
    selectors, faults = read_selectors(rule.prelude)
    for code, line, message, hint in faults:
        yield place.refuse(code, line or rule.source_line, message, hint)
    if not faults:
        yield from _declarations(rule.content, _Place(place.path, place.screen, selectors))


def _declarations(content: Any, place: _Place) -> Iterator[Diagnostic]:  # noqa: ANN401
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type != "declaration":
            what = "this is not CSS" if item.type == "error" else "a rule is inside another"
            yield place.refuse("look-unknown", item.source_line, what, "write each rule on its own, outside of others")
        elif item.name.startswith("--"):
            yield from _custom(item, place)
        else:
            yield from _declaration(item, place)


def is_engines(name: str) -> bool:
    """True for a custom property that the engine sets, from what it measures or from the registry of scripts."""
    return any(fnmatchcase(name, own) for own in _RULES["engine"]["properties"])


def _custom(item: Any, place: _Place) -> Iterator[Diagnostic]:  # noqa: ANN401
    if is_engines(item.name.removeprefix("--")):
        message = f"{item.name} is set by the engine, from what it measures"
        yield place.refuse("look-hides", item.source_line, message, "use another name, and read the engine's by var()")
    if fault := custom_value_fault(item.value):
        message = f"{item.name} holds {fault}"
        yield place.refuse("look-unknown", item.source_line, message, "a custom property holds lengths and colours")


def _declaration(item: Any, place: _Place) -> Iterator[Diagnostic]:  # noqa: ANN401
    name = item.lower_name
    if name not in _PROPERTIES:
        yield _unlisted(item, place)
        return
    code = _RULES["wrong"].get(name, "look-unknown")
    if item.important:
        message = f"{name} is !important, over what the engine sets"
        yield place.refuse("look-hides", item.source_line, message, "take !important away")
    if fault := value_fault(_PROPERTIES[name], item.value, margin_box=place.margin_box, moves=_may_move(place)):
        yield place.refuse(code, item.source_line, f"{name} can't be {fault}", _hint(code))
    elif place.screen and (fault := screen_fault(name, item.value)):
        hint = "a web page is not measured, so its words must be large enough and stay in place"
        yield place.refuse("look-hides", item.source_line, f"{name}: {fault}", hint)
    elif misplaced := _misplaced(item, place):
        yield place.refuse(code, item.source_line, f"{name}: {misplaced[0]}", misplaced[1])


def _hint(code: str) -> str:
    return _WORDS if code == "look-adds" else _LIST


def _unlisted(item: Any, place: _Place) -> Diagnostic:  # noqa: ANN401
    name = item.lower_name
    for row in _RULES["refused"]:
        if any(fnmatchcase(name, pattern) for pattern in row["properties"]):
            return place.refuse(row["code"], item.source_line, f"{name} {row['what']}", _hint(row["code"]))
    return place.refuse("look-unknown", item.source_line, f"a style may not set {name}")


def _may_move(place: _Place) -> bool:
    """True where only pictures and markers are meant: they may hang out of their place."""
    return bool(place.selectors) and all(s.pseudo or s.subject_type == "img" for s in place.selectors)


def _misplaced(item: Any, place: _Place) -> tuple[str, str] | None:  # noqa: ANN401
    """Why this value can't be set for these elements, and the next move; None if it can."""
    name, value = item.lower_name, tinycss2.serialize(item.value).strip().lower()
    selectors = place.selectors
    if name == "direction" and not place.margin_box:
        return "it belongs to the text's language", "write dir in the template"
    if (
        name == "display"
        and value == "none"
        and not all(s.subject_classes & {*_RULES["selectors"]["edges"]} for s in selectors)
    ):
        return "none hides what was signed", "leave out of the template what the page should not say"
    if name == "float" and value != "none" and not _may_move(place):
        return "words that float change their order", "float pictures alone; set words side by side with flex"
    if name == "content":
        return _misplaced_content(value, selectors)
    if name == "counter-reset" and not all(s.subject_type == "ol" and not s.pseudo for s in selectors):
        return "only a numbered list counts", "write it for ol"
    if name == "counter-increment" and not all(s.numbers for s in selectors):
        return "only the items of a numbered list count", "write it for ol > li::before"
    return None


def _misplaced_content(value: str, selectors: tuple[Selector, ...]) -> tuple[str, str] | None:
    if not all(s.pseudo for s in selectors):
        return "it would replace an element's own words", _WORDS
    if "counter" in value and not all(s.numbers for s in selectors):
        return "a number that is not an item's own in a numbered list", "write it for ol > li::before"
    return None
