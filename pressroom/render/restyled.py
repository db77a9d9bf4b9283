"""Reads what the styles of laid-out boxes would say at other type sizes, without laying anything out.

WeasyPrint computes a style from what its rules say and from the style around it. The same is done here for block boxes
alone, with other sizes at the root, and only for what depends on sizes. Boxes with the same rules in the same
surroundings have one style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, Final

import tinycss2
from weasyprint.css import ComputedStyle
from weasyprint.css.functions import check_math
from weasyprint.css.tokens import Pending

from pressroom.render.copyfit import KINDS, Sizes
from pressroom.render.quick_styles import LOGICAL
from pressroom.typesetting.blocks import Length, Lengths, Share, Unmodelled

# WeasyPrint publishes no types.
Style = Any
Value = Any
Token = Any
_SIDES: Final = ("top", "right", "bottom", "left")
_OWN: Final = tuple(f"__{kind}_" for kind in KINDS)
_LEADINGS: Final = frozenset({"__line_height", "__tight", "__title_lead"})
_HANDED_DOWN: Final = ("font_size", "line_height")
_INHERITED: Final = "inherit"
_NOTHING: Final = frozenset[str]()
_FIXED: Final = frozenset({"px", "pt", "pc", "in", "cm", "mm", "q", "%", ""})
_WEIGHT: Final = (2, inf, (0, 1, 0))
_READ: Final = (
    *(f"margin_{side}" for side in _SIDES),
    *(f"padding_{side}" for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *("width", "height", "min_width", "min_height", "max_width", "max_height", "column_gap", "flex_basis"),
    *("left", "right"),
)


@dataclass(slots=True)
class _Own:
    """A style of the document, and the number of the one around it.

    `inherited` is what its size of type and of lines depends on, as `_named` says it. `known` are its lengths, by the
    type sizes that they depend on.
    """

    around: int
    style: Style
    inherited: frozenset[str]
    known: dict[tuple[str | None, ...], Lengths] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    varying: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()

    def read(self) -> None:
        """Fill in the values, which of them vary with sizes, and on which sizes all depend."""
        self.values = {name: self.style[name] for name in _READ}
        named = {name: found for name in _READ if (found := _of_property(self.style, name))}
        self.varying, self.sizes = tuple(named), tuple(sorted(self.inherited.union(*named.values())))


@dataclass(slots=True)
class Styles:
    """The styles of one laid-out document by number, each with that of the style around it.

    `frames` are those of frames, whose slots may have heights of their own.
    """

    found: list[_Own] = field(default_factory=list)
    frames: dict[int, str] = field(default_factory=dict)
    _numbers: dict[object, int] = field(default_factory=dict)
    _last: tuple[Sizes, _Resized] | None = None

    def number(self, style: Style) -> int:
        """The number of a style."""
        number = self._numbers.get(id(style))
        if number is None:
            around = -1 if style.parent_style is None else self.number(style.parent_style)
            rules = getattr(style, "cascaded", None)
            says = None if rules is None else tuple((name, id(value[0])) for name, value in rules.items())
            key = (around, says, getattr(style, "pseudo_type", None))
            number = self._numbers.get(key)
            if number is None:
                number = self._numbers[key] = len(self.found)
                outer = self.found[around].inherited if around >= 0 else _NOTHING
                self.found.append(_Own(around, style, outer.union(*(_of_rule(style, name) for name in _HANDED_DOWN))))
                # No other style gets its address while this one is kept.
                self._numbers[id(style)] = number
        return number

    def at(self, sizes: Sizes) -> Mapping[int, Lengths]:
        """What every style says at these sizes, by its number. Raises Unmodelled where it is asked for."""
        if self._last is None or self._last[0] != sizes:
            self._last = sizes, _Resized(self, sizes)
        return self._last[1]


class _Resized(dict[int, Lengths]):
    """The lengths of styles at certain sizes, each calculated when it is asked for."""

    def __init__(self, styles: Styles, sizes: Sizes) -> None:
        self.styles, self.sizes = styles, sizes
        self.custom = {f"__{name.replace('-', '_')}": value for name, value in sizes.values.items()}
        self.computed: dict[int, Style] = {}

    def __missing__(self, number: int) -> Lengths:
        own = self.styles.found[number]
        if not own.values:
            own.read()
        # These sizes do not say what a frame's own slots are, nor what a box takes from the one around it.
        if self.sizes.own_slots or _INHERITED in own.sizes:
            lengths = self[number] = _lengths(own, self._style(number))
            return lengths
        said = tuple(map(self.custom.get, own.sizes))
        if said not in own.known:
            own.known[said] = _lengths(own, self._style(number))
        lengths = self[number] = own.known[said]
        return lengths

    def _style(self, number: int) -> Style:
        if number not in self.computed:
            own = self.styles.found[number]
            parent = self._style(own.around) if own.around >= 0 else None
            self.computed[number] = self._new(number, own.style, parent)
        return self.computed[number]

    def _new(self, number: int, style: Style, parent: Style) -> Style:
        if not isinstance(style, ComputedStyle):
            return type(style)(parent)
        rules = style.cascaded
        if parent is None:
            rules = {name: rule for name, rule in rules.items() if not name.startswith(_OWN)}
            rules |= _properties(self.custom)
        elif slots := self.sizes.own_slots.get(self.styles.frames.get(number, "")):
            rules = rules | _properties({f"__slot_{kind}": f"{height:.4g}" for kind, height in slots.items()})
        root = style.root_style if parent is None else parent.root_style
        pages = style.initial_page_sizes
        return ComputedStyle(parent, rules, style.pseudo_type, root, style.base_url, style.font_config, pages)


def _properties(values: Mapping[str, str]) -> dict[str, object]:
    """Custom properties as rules of a style."""
    return {
        name.replace("-", "_"): (tuple(tinycss2.parse_component_value_list(value)), _WEIGHT)
        for name, value in values.items()
    }


def _of_property(style: Style, name: str) -> frozenset[str]:
    """What a property depends on, as `_named` says it; also if a rule sets it by its logical name."""
    own, logical = _of_rule(style, name), LOGICAL[style["direction"]].get(name)
    return own | _of_rule(style, logical) if logical else own


def _of_rule(style: Style, name: str) -> frozenset[str]:
    """What the value of a rule for this property depends on."""
    rules = getattr(style, "cascaded", {})
    if name not in rules:
        return _NOTHING
    value = rules[name][0]
    if isinstance(value, Pending) or check_math(value):
        return frozenset(_named(value.tokens if isinstance(value, Pending) else [value], style))
    if value == _INHERITED:
        return frozenset({_INHERITED})
    unit: str = getattr(value, "unit", None) or ""
    return _NOTHING if unit in _FIXED else frozenset({unit})


def _named(tokens: Iterable[Token], style: Style) -> Iterator[str]:
    """The type sizes in a value and in its custom properties, by their names, and units that depend on type."""
    for token in tokens:
        if token.type == "dimension" and (unit := token.unit.lower()) not in _FIXED:
            yield unit
        elif token.type == "ident" and (name := token.value.replace("-", "_"))[:2] == "__":
            yield from [name] if name.startswith(_OWN) or name in _LEADINGS else _of_custom(name, style)
        yield from _named(getattr(token, "arguments", None) or getattr(token, "content", None) or (), style)


def _of_custom(name: str, style: Style) -> Iterator[str]:
    for around in _around(style):
        rules = getattr(around, "cascaded", {})
        if name in rules:
            value = rules[name][0]
            yield from _named(value.tokens if isinstance(value, Pending) else value, around)
            return


def _around(style: Style) -> Iterator[Style]:
    while style is not None:
        yield style
        style = style.parent_style


def _lengths(own: _Own, style: Style) -> Lengths:
    says = {**own.values, **{name: style[name] for name in own.varying}}
    before, after = (
        [_fixed(says[f"padding_{side}"]) + says[f"border_{side}_width"] for side in sides]
        for sides in (("top", "left"), ("bottom", "right"))
    )
    lead, size = style["line_height"], style["font_size"]
    gap, basis = says["column_gap"], says["flex_basis"]
    return Lengths(
        font=size,
        lead=None if lead == "normal" else lead * size if isinstance(lead, int | float) else lead.value,
        margins=tuple(_length(says[f"margin_{side}"]) for side in _SIDES),  # type: ignore[arg-type]
        above=before[0],
        below=after[0],
        left=before[1],
        sides=before[1] + after[1],
        width=_length(says["width"]),
        height=_length(says["height"]),
        least=(_length(says["min_width"]), _length(says["min_height"])),
        most=(_length(says["max_width"]), _length(says["max_height"])),
        is_whole=own.style["box_sizing"] == "border-box",
        gap=0.0 if gap == "normal" else _fixed(gap),
        grow=own.style["flex_grow"],
        shrink=own.style["flex_shrink"],
        basis=None if basis == "content" else _length(basis),
        insets=(_length(says["left"]), _length(says["right"])),
    )


def _length(value: Value) -> Length:
    if value == "auto" or value is None:
        return None
    if check_math(value):
        raise Unmodelled("a calculated share")
    return Share(value.value / 100) if value.unit == "%" else float(value.value)


def _fixed(value: Value) -> float:
    length = _length(value)
    if isinstance(length, Share) and length:
        raise Unmodelled("a share as padding")
    return length or 0.0
