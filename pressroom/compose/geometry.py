"""Writes the stylesheet that places everything, from a layout, a language and a brand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pressroom.language import Language
from pressroom.layout import LOCALE, MIDDLE, SIDES, Box, Frame, Layout, Side
from pressroom.units import ZERO, Length, mm

# The language of a page by its name, which is the locale's or that of a page always in one language.
Speech = Callable[[str], Language]
ORIGIN: Final = "https://project.invalid/"
# Around a press file's trim: its bleed, and beyond that its marks.
PRESS_MARGIN: Final = mm(10)
# Classes of product whose running text may be hyphenated; never a card, never a heading, and never large print, whose
# text flows (American Council of the Blind, "Best Practices and Guidelines for Large Print Documents").
_HYPHENATED: Final = frozenset({"brochure"})
_HYPHENS: Final = (
    ".sheet-{page} p, .sheet-{page} li {{ hyphens: auto; hyphenate-limit-chars: 12 5 5; hyphenate-limit-zone: 14% }}"
)
# A picture has at most this share of the height of what it is in.
_MOST_OF_ROOM: Final = 0.5
# How far text in the middle of its frame begins below its top; none while it is measured.
_DROP: Final = "padding-top: calc(var(--drop-{name}, 0) * 1pt); box-sizing: border-box"
# The gaps and the height of a window that copyfit finds for a frame, in pt.
_WIDENED: Final = "--para: var(--para-{name}, 0); --section: var(--section-{name}, 0)"
_FILLED: Final = "--window: var(--window-{name}, 0); --row: {row}"
# A field in a press file: its colour goes on behind it, over the trim, and nothing in it moves.
_FIELD: Final = '{field}::before {{ content: ""; position: absolute; z-index: -1; background: inherit; {sides} }}'
_MIRRORED: Final[Mapping[Side, Side]] = {"left": "right", "right": "left", "top": "top", "bottom": "bottom"}
# Names and addresses, and words that no hyphen may part (compose.no_break), are never hyphenated, in any language.
_WHOLE: Final = (
    "address, .brand, .control, .sheet p[lang=en], .sheet [lang=en], .sheet .latin, .sheet .whole { hyphens: manual }"
)


@dataclass(frozen=True, slots=True)
class Spill:
    """How much larger than the trim the paper is, for overset text, which would be lost, or a press's marks."""

    left: Length = ZERO
    right: Length = ZERO
    bottom: Length = ZERO
    top: Length = ZERO


def page_language(layout: Layout, page: str, speech: Speech) -> Language:
    """The language of a page: the locale's, or the one it is always in."""
    return speech(next(p.language for p in layout.pages if p.name == page))


def placed(box: Box, page: str, layout: Layout, speech: Speech) -> Box:
    """Where a box of a page is in its language: right-to-left mirrors the whole page."""
    mirror = page_language(layout, page, speech).direction == "rtl"
    return box.mirrored(layout.width) if mirror else box


def geometry_css(
    layout: Layout, speech: Speech, brand: Mapping[str, str], art: Mapping[str, str], bleed: Length, spill: Spill
) -> str:
    """CSS for the sheet, its pages, panels, areas and frames, with every token of the brand as a custom property.

    `art` maps the name of a page to the address of its drawing, which runs `bleed` over the trim on every side.
    """
    rules = [
        _paper(layout, spill),
        f":root {{ {custom_properties({**brand, 'safe': layout.safe.css()})}; {_speech(speech(LOCALE), layout)} }}",
    ]
    pages = {page.name: page.language for page in layout.pages}
    spoken = {f".sheet-{name}": language for name, language in pages.items() if language != LOCALE}
    spoken |= {f".frame-{f.name}": f.language for f in layout.frames if f.language != pages[f.page]}
    rules += [_speech_rule(layout, selector, speech(language)) for selector, language in spoken.items()]
    if layout.type_class in _HYPHENATED and not layout.flows:
        hyphenated = [p.name for p in layout.pages if speech(p.language).hyphenate]
        rules += [*(_HYPHENS.format(page=page) for page in hyphenated), _WHOLE]
    rules += [f".frame-{f.name} {{ {_tallest(f.box.height)} }}" for f in layout.frames]
    rules += [f".flow {{ {_tallest(layout.height - layout.safe * 2)} }}"] if layout.flows else []
    rules += [_drawing(layout, page, address, bleed) for page, address in art.items()]
    groups = {group.name: group for group in layout.groups}
    for kind, boxes in (("panel", layout.panels), ("area", layout.areas), ("frame", layout.frames)):
        rules += [f".{kind}-{b.name} {{ {_position(placed(b.box, b.page, layout, speech))} }}" for b in boxes]
    rules += [f".frame-{f.name} {{ --gap: var(--gap-{f.name}) }}" for f in layout.frames if groups[f.fit].gap]
    rules += [f".frame-{f.name} {{ {_WIDENED.format(name=f.name)} }}" for f in layout.frames if groups[f.fit].widen]
    rules += [f".frame-{f.name} {{ {_FILLED.format(name=f.name, row=f.row.css())} }}" for f in layout.frames]
    rules += [f".frame-{f.name} {{ {_DROP.format(name=f.name)} }}" for f in layout.frames if f.align == MIDDLE]
    rules += [_bleeding(f, layout, speech, bleed) for f in layout.frames if f.bleeds and bleed > ZERO]
    return "\n".join(rules) + "\n"


def _bleeding(frame: Frame, layout: Layout, speech: Speech, bleed: Length) -> str:
    """The field of a frame, and each element of the class `bleeds` in it, from its place to the end of the bleed."""
    far = frame.box.margins(layout.width, layout.height)
    over = {side: ZERO - far[side] - bleed if side in frame.bleeds else ZERO for side in SIDES}
    if page_language(layout, frame.page, speech).direction == "rtl":
        over = {_MIRRORED[side]: length for side, length in over.items()}
    sides = "; ".join(f"{side}: {length.css()}" for side, length in over.items())
    selector, inner = f".frame-{frame.name}", f".frame-{frame.name} .bleeds"
    fields = [_FIELD.format(field=field, sides=sides) for field in (selector, inner)]
    return "\n".join([f"{inner} {{ position: relative }}", *fields])


def _tallest(room: Length) -> str:
    """The height that no picture in this room exceeds, so that its text has a page too."""
    return f"--picture-height: {(room * _MOST_OF_ROOM).css()}"


def picture_widths(widths: Iterable[int]) -> str:
    """The style of pictures that are as wide as these shares of their column, in per cent."""
    return "".join(f".wide-{width} > .shown {{ width: {width}% }}\n" for width in sorted(set(widths)))


def _paper(layout: Layout, spill: Spill) -> str:
    if layout.flows:
        margin = layout.safe.css()
        return f"@page {{ size: {layout.width.css()} {layout.height.css()}; margin: {margin} }}"
    width = layout.width + spill.left + spill.right
    height = layout.height + spill.top + spill.bottom
    # No margin at the foot: what runs into a margin is dropped without a word.
    margin = f"{spill.top.css()} {spill.right.css()} 0 {spill.left.css()}"
    page = f"@page {{ size: {width.css()} {height.css()}; margin: {margin} }}"
    return f"{page}\n.sheet {{ width: {layout.width.css()}; height: {layout.height.css()} }}"


def _speech_rule(layout: Layout, selector: str, language: Language) -> str:
    """What is always in one language has that language's fonts and leading, and its own type sizes."""
    tag = language.tag
    own = [g for g in layout.groups if g.name.endswith(f"-{tag}")]
    names = [f"fs-{g.name}" for g in own] + [f"heading-{g.name}" for g in own if g.heading]
    sizes = "".join(f"; --{name.removesuffix(f'-{tag}')}: var(--{name})" for name in names)
    return f"{selector} {{ {_speech(language, layout)}{sizes}; font-family: var(--family) }}"


def _drawing(layout: Layout, page: str, address: str, bleed: Length) -> str:
    start = ZERO - bleed - (layout.safe if layout.flows else ZERO)
    place = _position(Box(start, start, layout.width + bleed * 2, layout.height + bleed * 2))
    return f'.art-{page} {{ {place}; background-image: url("{ORIGIN}{address}") }}'


def _position(box: Box) -> str:
    return f"left: {box.left.css()}; top: {box.top.css()}; width: {box.width.css()}; height: {box.height.css()}"


def custom_properties(values: Mapping[str, str]) -> str:
    """The declarations of CSS custom properties."""
    return "; ".join(f"--{name}: {value}" for name, value in values.items())


def _speech(language: Language, layout: Layout) -> str:
    families = ", ".join(f'"{family}"' for family in language.font_names)
    tokens = {
        "family": families,
        "smallest": f"{language.sizes.get(layout.type_class, language.sizes['brochure'])[0]:g}",
        **{name: f"{em:g}" for name, em in language.leading(0).items()},
        "bullet-shift": f"{language.bullet_shift:g}",
        "title": f"{language.title:g}em",
        "title-lead": f"{language.title_lead:g}",
        "label": f"{language.label[0]:g}em",
        "label-shift": f"{language.label[1]:g}em",
    }
    return custom_properties(tokens)
