"""Refuses styles of a web page that can hide words or add some, on a proof and on a release alike.

On paper the letters' places are checked; a screen has no places, so the styles themselves are checked.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterator
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic

_STYLES: Final = re.compile(r"<style[^>]*>(.*?)</style>|\sstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.DOTALL | re.I)
_COMMENTS: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_ADDS: Final = re.compile(r"(?<![\w-])content\s*:\s*(?!none\b|normal\b|\"\"|'')[^;}]*", re.I)
_HIDES: Final = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:|opacity\s*:|"
    r"filter\s*:|mask[\w-]*\s*:|clip(?:-path)?\s*:|transform\s*:|scale\s*:|translate\s*:|text-indent\s*:|"
    r"font-size\s*:\s*0*\.?0*(?:[a-z%]+)?\s*[;}]|(?:max-)?(?:height|width|block-size|inline-size)\s*:\s*0[a-z%]*\s*[;}]|"
    r"position\s*:\s*(?:absolute|fixed)|overflow[\w-]*\s*:\s*(?:hidden|clip)|color\s*:\s*transparent|"
    r"(?:margin|inset|top|left|right|bottom)[\w-]*\s*:\s*-\s*\d)[^;}]*",
    re.I,
)


def check_style(page: str, span: Span) -> Iterator[Diagnostic]:
    """What the page's styles hide or add; escapes are refused, because they can spell any of it."""
    for found in _STYLES.finditer(page):
        style = _COMMENTS.sub(" ", markup.unescape(next(part for part in found.groups() if part is not None))) + ";"
        if "\\" in style or "@import" in style.lower():
            yield diagnostic("text-hidden", span, "a style holds an escape or another style", "write it out")
        for hidden in _HIDES.finditer(style):
            message = f"a style of the web page can hide words: {hidden.group().strip(' ;}')}"
            yield diagnostic("text-hidden", span, message, "show every word; what a page should not say, it leaves out")
        for added in _ADDS.finditer(style):
            message = f"a style of the web page adds words of its own: {added.group().strip()}"
            yield diagnostic("text-added", span, message, "write the words in layouts/words.toml")
