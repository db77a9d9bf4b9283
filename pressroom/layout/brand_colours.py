"""The brand's colours where they are written: which of them a faint text is the fault of, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.brand import BRAND_FILE
from pressroom.layout.colours import Rgb, contrast, hex_of, rgb_of
from pressroom.layout.model import Stylesheet

# WCAG 2.2, 1.4.6 (AAA); large text may have less.
CONTRAST: Final = 7.0
LARGE_CONTRAST: Final = 4.5
# Measured colours are whole numbers: a hundredth is no difference.
_NO_DIFFERENCE: Final = 0.01
_STEPS: Final = 100
# What the name of a group's colour begins with: `flow` is under `[colour]`, `dark-flow` under `[dark]`.
_GROUPS: Final = {"colour-": "", "dark-": "dark-"}
# Of two colours of the brand, these are never at fault.
_GROUNDS: Final = ("paper", "dark-paper")


@dataclass(frozen=True, slots=True)
class BrandColours:
    """The tokens of the brand, and where each colour is written: `flow` is in `[colour]`, `dark-flow` in `[dark]`."""

    tokens: Mapping[str, str]
    spans: Mapping[str, Span] = field(default_factory=dict)

    def name_of(self, colour: str) -> str:
        """The name of a colour, empty if the brand has no such colour."""
        return next((name for name, own in self._named() if _same(own, colour)), "")

    def _named(self) -> Iterator[tuple[str, str]]:
        """Each colour with its name, those of `[colour]` first."""
        for group, prefix in _GROUPS.items():
            for token in (token for token in self.tokens if token.startswith(group)):
                yield prefix + token.removeprefix(group), self.tokens[token]

    def span(self, name: str) -> Span:
        """Where a colour is written."""
        return self.spans.get(name, Span(BRAND_FILE))

    def faint(self, text: str, ground: str, needs: float) -> Diagnostic | None:
        """The finding about text of too little contrast, at the brand's colour; None if neither colour is the brand's.

        `text` and `ground` are `#rrggbb`; `needs` is the ratio. Of two colours of the brand, paper is never at fault.
        """
        named = [(name, colour) for colour in (text, ground) if (name := self.name_of(colour))]
        named = [pair for pair in named if pair[0] not in _GROUNDS] or named
        if not named:
            return None
        name, colour = named[0]
        other = ground if colour == text else text
        message = (
            f"text in {self._said(text)} on {self._said(ground)} has a contrast of "
            f"{contrast(rgb_of(text), rgb_of(ground)):.1f}:1, and needs {needs:g}:1"
        )
        better = _readable(rgb_of(colour), rgb_of(other), needs)
        hint = f'write {name.removeprefix("dark-")} = "{better}", or another colour as far from {other}'
        return diagnostic("preflight-contrast", self.span(name), message, hint)

    def faint_on_screen(self, html: str, styles: Iterable[Stylesheet]) -> Iterator[Diagnostic]:
        """The findings about words of a web page that are too faint: at the brand's colour, or else in the style."""
        # Imported here: a build that makes no web page reads none.
        from pressroom.layout.page_colours import texts_on_page

        for text in texts_on_page(html, self.tokens, styles):
            ratio = contrast(rgb_of(text.colour), rgb_of(text.ground))
            if ratio >= CONTRAST - _NO_DIFFERENCE:
                continue
            message = (
                f"text in {text.colour} on {text.ground} has a contrast of {ratio:.1f}:1, and needs {CONTRAST:g}:1"
            )
            hint = f"write a colour of the brand that is as far from {text.ground}, as var(--colour-NAME)"
            # Two colours of the brand: the brand is at fault. Otherwise it is the style that brings another one.
            named = {self.name_of(text.colour), self.name_of(text.ground)}
            of_brand = None if "" in named or named <= {*_GROUNDS} else self.faint(text.colour, text.ground, CONTRAST)
            yield of_brand or diagnostic("preflight-contrast", text.span, message, hint)

    def faint_in_the_dark(self, drawing: str) -> Iterator[Diagnostic]:
        """The findings about colours of a drawing that are too near to a dark screen's ground, or to a tint on it."""
        from pressroom.layout.dark import SHAPE, drawing_colours, is_tint
        from pressroom.layout.page_colours import written_colours

        shades, written = drawing_colours(self.tokens, CONTRAST), set(written_colours(drawing))
        paper = shades["paper"]
        drawn = {name: shade for name, shade in shades.items() if shade.bright in written - {paper.bright}}
        tints = {name: shade for name, shade in drawn.items() if is_tint(shade.bright, paper.bright)}
        for name, other in product(drawn.keys() - tints.keys(), ("paper", *tints)):
            one, ground = shades[name].dark, shades[other].dark
            if (ratio := contrast(rgb_of(one), rgb_of(ground))) < SHAPE - _NO_DIFFERENCE:
                better = _readable(rgb_of(one), rgb_of(ground), SHAPE)
                message = (
                    f"drawings have {name} ({one}) on {other} ({ground}) on a dark screen: a contrast of "
                    f"{ratio:.1f}:1, and shapes need {SHAPE:g}:1"
                )
                hint = f'write {name} = "{better}" under [dark], or another colour as far from {ground}'
                yield diagnostic("preflight-contrast", self.span(f"dark-{name}"), message, hint)

    def _said(self, colour: str) -> str:
        return f"{name} ({colour})" if (name := self.name_of(colour)) else colour


def _same(one: str, other: str) -> bool:
    return hex_of(rgb_of(one)) == hex_of(rgb_of(other))


def _readable(colour: Rgb, other: Rgb, needs: float) -> str:
    """The nearest shade of a colour that is far enough from another: darker, or lighter if that one is dark."""
    end = 0.0 if contrast(other, (0.0, 0.0, 0.0)) >= contrast(other, (1.0, 1.0, 1.0)) else 1.0
    for step in range(_STEPS + 1):
        share = step / _STEPS
        red, green, blue = (channel + (end - channel) * share for channel in colour)
        shade = hex_of((red, green, blue))
        if contrast(rgb_of(shade), other) >= needs:
            return shade
    return hex_of((end, end, end))
