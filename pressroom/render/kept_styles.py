"""Styles that WeasyPrint computed for a page, kept for the next one that differs from it in texts and links alone.

Clinics' frames have the same elements in the same styles, and to compute these takes as long as to lay them out. What a
style says can't depend on a text, but for the question if there is one, nor on where a link leads. The version is
checked in `tags/hook.py`; `tests/render/test_kept_styles.py` compares pages that are laid out so with others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from xml.etree.ElementTree import Element

import weasyprint.document
from weasyprint.css import StyleFor

from pressroom.render.kept_boxes import Blocks, Layout, kept_boxes
from pressroom.render.kept_trees import FREE

# Pages whose styles are kept in a process: those of one clinic's pieces that are made at a time.
_KEPT: Final = 6
_computed = weasyprint.document.get_all_computed_styles
# An element as styles see it: its name and attributes, and whether it has a text, and one behind it.
_Seen = tuple[str, tuple[tuple[str, str], ...], bool, bool, int]
_Key = tuple[tuple[str, ...], tuple[_Seen, ...]]


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles of a page's elements by their number and pseudo-element, its sheets, its anchors in order."""

    styles: dict[tuple[int, Any], Any]
    sheets: Any
    page_sizes: Any
    anchors: tuple[str, ...]
    blocks: Blocks = field(default_factory=dict)

    def layout(self, root: Element) -> Layout:
        """The layout of a page with these styles."""
        elements = list(root.iter())
        return Layout(elements, [self.styles[at, None] for at in range(len(elements))], self.blocks)


_kept: dict[_Key, _Styles] = {}


@contextmanager
def kept_styles(sheets: tuple[str, ...]) -> Iterator[None]:
    """Inside this context, a page that was laid out before with other texts has its styles already.

    `sheets` are the texts of all style sheets.
    """
    used: list[_Key] = []
    layouts: list[Layout] = []

    def computed(html: Any, *others: Any) -> Any:  # noqa: ANN401  WeasyPrint publishes no types
        key = sheets, tuple(_seen(html.etree_element))
        used.append(key)
        if key in _kept:
            style_for = _with(_kept[key], html, *others)
        else:
            style_for = _computed(html, *others)
            while len(_kept) >= _KEPT:
                del _kept[next(iter(_kept))]
            _kept[key] = _of(style_for, html.etree_element, others[7])
        layouts[:] = [_kept[key].layout(html.etree_element)]
        return style_for

    weasyprint.document.get_all_computed_styles = computed
    try:
        with kept_boxes(layouts):
            yield
    except BaseException:
        # WeasyPrint says once what is wrong with a style, when it computes it.
        for key in used:
            _kept.pop(key, None)
        raise
    finally:
        weasyprint.document.get_all_computed_styles = _computed


def _seen(root: Element) -> Iterator[_Seen]:
    for element in root.iter():
        free = FREE.get(element.tag, "")
        # A link that leads nowhere has another style.
        attributes = tuple((name, "" if name == free else value) for name, value in element.attrib.items())
        yield element.tag, attributes, bool(element.text), bool(element.tail), len(element)


def _of(style_for: Any, root: Element, targets: Any) -> _Styles:  # noqa: ANN401
    number = {element: at for at, element in enumerate(root.iter())}
    styles = {
        (number[element], pseudo): style
        for (element, pseudo), style in style_for.get_computed_styles().items()
        if element in number
    }
    return _Styles(styles, style_for._sheets, style_for.initial_page_sizes, tuple(targets.target_lookup_items))


def _with(kept: _Styles, html: Any, *others: Any) -> Any:  # noqa: ANN401
    """The styles for another page's elements."""
    _, _, font_config, counter_style, _, _, _, targets, _ = others
    for style in html._ua_counter_style():
        counter_style.update(style)
    elements = list(html.etree_element.iter())
    style_for = StyleFor.__new__(StyleFor)
    style_for._cascaded_styles = {}
    style_for._computed_styles = {(elements[at], pseudo): style for (at, pseudo), style in kept.styles.items()}
    style_for.initial_page_sizes, style_for._sheets, style_for.font_config = kept.page_sizes, kept.sheets, font_config
    for anchor in kept.anchors:
        targets.collect_anchor(anchor)
    return style_for
