"""Shorter ways to values that WeasyPrint computes for each box of each layout; each gives the value of the long way.

A layout asks some 12,000 properties of styles that mention few of them, and each answer takes the whole way: cascade,
custom properties, calculations. Most are the initial value, or the parent's. The version is checked in
`tags/hook.py`; `tests/render/test_quick_styles.py` compares every property of every box with the long way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import cache
from typing import Any, Final
from xml.etree.ElementTree import Element

import tinyhtml5.inputstream
import weasyprint.css
import weasyprint.css.computed_values
import weasyprint.css.units
import weasyprint.layout.inline
import weasyprint.layout.percent
import weasyprint.layout.table
import weasyprint.text.line_break
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.html import UA_STYLESHEET
from weasyprint.urls import URLFetcher

from pressroom.compose.geometry import ORIGIN
from pressroom.render.quick_values import CUSTOM, ENTANGLED, PROPAGATED, LongWay, quick_value

_INITIAL: Final = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED | INITIAL_NOT_COMPUTED | ENTANGLED and not name.startswith(PROPAGATED)
}
_INHERITED: Final = frozenset(name for name in INHERITED if not name.startswith(PROPAGATED))
_BORDERS: Final = {f"border_{side}_width": f"border_{side}_style" for side in ("top", "right", "bottom", "left")}
# All that a layout asks of a box: who asks for one will ask for the others.
_OF_A_BOX: Final = {
    name: _INITIAL[name]
    for name in (
        *(f"{what}_{side}" for what in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
        *(f"border_{side}_style" for side in ("top", "right", "bottom", "left")),
        *(f"border_{end}_{side}_radius" for end in ("top", "bottom") for side in ("left", "right")),
        *("width", "min_width", "max_width", "height", "min_height", "max_height", "box_sizing"),
        *("background_color", "background_image", "border_image_source", "mask_border_source", "box_shadow"),
        *("appearance", "bookmark_level", "bookmark_state", "box_decoration_break", "continue", "image_orientation"),
        *("column_count", "column_width", "max_lines", "overflow", "string_set", "transform"),
        *("counter_increment", "counter_reset", "counter_set"),
    )
}
# The logical property of each physical one, by direction of the text.
LOGICAL: Final = {
    direction: {name: function(block="ttb", inline=direction) for name, function in PHYSICAL_FUNCTIONS.items()}
    for direction in ("ltr", "rtl")
}
_computed = ComputedStyle.__missing__
_computed_anonymous = AnonymousStyle.__missing__
_has_math = weasyprint.css.check_math
_resolved = weasyprint.layout.percent.resolve_one_percentage
# Values of these types hold no calc().
_PLAIN: Final = frozenset({str, int, float, type(None)})
# Notes at the foot of a page, which no style may ask for, each have a style for each element.
_OF_NOTES: Final = ("footnote-", "note-")


class _Expressions(dict[tuple[Any, bool], re.Pattern[str]]):
    """The table that tinyhtml5 looks in for each stretch of text, and puts what it made under another key."""

    def __missing__(self, key: tuple[Any, bool]) -> re.Pattern[str]:
        signs, are_wanted = key
        listed = "".join(f"\\x{ord(sign):02x}" for sign in signs)
        self[key] = found = re.compile(f"[{'' if are_wanted else '^'}{listed}]+")
        return found


tinyhtml5.inputstream.characters_until_regex = _Expressions()


class PlainHTML(HTML):  # type: ignore[misc]
    """A page without notes at its foot."""

    @classmethod
    def of_tree(cls, root: Element, fetcher: URLFetcher) -> PlainHTML:
        """A page from the tree that it would be parsed to."""
        html = cls.__new__(cls)
        html.base_url, html.url_fetcher, html.media_type = ORIGIN, fetcher, "print"
        html.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        html.etree_element = root
        return html

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return super()._ua_stylesheets(forms) if forms else [_browser_style()]


@cache
def _browser_style() -> CSS:
    """A browser's style as WeasyPrint has parsed it, without the rules for notes."""
    style = copy(UA_STYLESHEET)
    style.matcher = copy(style.matcher)
    rules = style.matcher.other_selectors
    style.matcher.other_selectors = [rule for rule in rules if not (rule[3] or "").startswith(_OF_NOTES)]
    return style


@contextmanager
def quick_styles() -> Iterator[None]:
    """Inside this context WeasyPrint computes values of styles in fewer steps."""
    replaced = [(where, name, getattr(where, name), new) for where, name, new in _REPLACEMENTS]
    for where, name, _, new in replaced:
        setattr(where, name, new)
    try:
        yield
    finally:
        for where, name, old, _ in replaced:
            setattr(where, name, old)


def _value(style: ComputedStyle, name: str) -> Any:  # noqa: ANN401  WeasyPrint publishes no types
    """The computed value of a property that the style was not asked for before."""
    if _is_set(style, name):
        return _value_of_rule(style, name)
    if name in _OF_A_BOX:
        _fill(style)
        return style[name]
    if name in _INITIAL:
        value = style[name] = _INITIAL[name]
    elif name in _INHERITED or name[:2] == CUSTOM:
        if style.parent_style is None:
            return _computed(style, name)
        value = style.parent_style[name]
        if has_math(value):
            return _computed(style, name)
        style[name] = value
    elif name in _BORDERS and style[_BORDERS[name]] in ("none", "hidden"):
        value = style[name] = 0
    else:
        value = _computed(style, name)
    return value


def _value_of_rule(style: ComputedStyle, name: str) -> Any:  # noqa: ANN401
    """The computed value of a property that a rule sets."""
    cascaded, wanted = style.cascaded, name
    if name in PHYSICAL_FUNCTIONS:
        logical = LOGICAL[style["direction"]][name]
        if logical in cascaded:
            if name in cascaded:
                return _computed(style, name)
            wanted = logical
    try:
        return quick_value(style, name, cascaded[wanted][0], wanted.replace("_", "-"))
    except LongWay:
        return _computed(style, name)


def _fill(style: ComputedStyle) -> None:
    """Give the style the initial values of what a box is asked for, where nothing sets them."""
    cascaded, logical = style.cascaded, LOGICAL[style["direction"]]
    for name, value in _OF_A_BOX.items():
        if name not in style and name not in cascaded and logical.get(name) not in cascaded:
            style[name] = value


def _value_of_anonymous(style: AnonymousStyle, name: str) -> Any:  # noqa: ANN401
    """The value of a property of a box that no element asked for."""
    if name not in _OF_A_BOX:
        return _computed_anonymous(style, name)
    style.update({one: value for one, value in _OF_A_BOX.items() if one not in style})
    return style[name]


def _is_set(style: ComputedStyle, name: str) -> bool:
    """True where a rule sets the property, or the logical one that is the same."""
    cascaded = style.cascaded
    return name in cascaded or (name in PHYSICAL_FUNCTIONS and LOGICAL[style["direction"]][name] in cascaded)


def has_math(value: Any) -> Any:  # noqa: ANN401
    """True where calc() or another calculation is in a value."""
    return False if type(value) in _PLAIN else _has_math(value)


def _resolve(box: Any, name: str, refer_to: Any) -> None:  # noqa: ANN401
    """Give a box the value of a length in pixels, where `refer_to` is 100 %."""
    value = box.style[name]
    if getattr(value, "unit", None) == "px":
        setattr(box, name, value.value)
    else:
        _resolved(box, name, refer_to)


def _font_key(style: Any, include_size: bool = False) -> Any:  # noqa: ANN401
    """What the height of a line and of its letters depends on."""
    key = tuple(style[name] for name in _OF_FONTS)
    return (*key, style["font_size"], style["line_height"]) if include_size else key


def _kept(function: Callable[[Any], Any], name: str) -> Callable[[Any], Any]:
    """What a function gives for a style, computed once for each: no layout changes the font of a style that it has."""

    def once(style: Any) -> Any:  # noqa: ANN401
        if type(style) not in _STYLES:
            return function(style)
        known = style.__dict__
        if name not in known:
            known[name] = function(style)
        return known[name]

    return once


_STYLES: Final = frozenset({ComputedStyle, AnonymousStyle})
_strut = _kept(weasyprint.text.line_break.strut, "_kept_strut")
_font = _kept(weasyprint.text.line_break.get_font_description, "_kept_font")
_OF_FONTS: Final = (
    *("font_family", "font_style", "font_stretch", "font_weight"),
    *(f"font_variant_{one}" for one in ("ligatures", "position", "caps", "numeric", "alternates", "east_asian")),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
)
_REPLACEMENTS: Final = (
    (ComputedStyle, "__missing__", _value),
    (AnonymousStyle, "__missing__", _value_of_anonymous),
    (weasyprint.css, "check_math", has_math),
    (weasyprint.css.computed_values, "check_math", has_math),
    (weasyprint.layout.percent, "check_math", has_math),
    (weasyprint.layout.percent, "resolve_one_percentage", _resolve),
    (weasyprint.layout.inline, "resolve_one_percentage", _resolve),
    (weasyprint.layout.table, "resolve_one_percentage", _resolve),
    (weasyprint.text.line_break, "_font_style_cache_key", _font_key),
    (weasyprint.text.line_break, "get_font_description", _font),
    (weasyprint.css.computed_values, "strut", _strut),
    (weasyprint.css.units, "strut", _strut),
    (weasyprint.layout.inline, "strut", _strut),
)
