"""Finds HTML and template syntax in a translation. Messages are text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair, named
from pressroom.diagnostics import Diagnostic

_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])[^<>]{0,40}>?|\b(?:style|on[a-z]{3,12}|href|src)\s*=\s*[\"']")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TEMPLATE: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|<%|%>|%\([A-Za-z_]\w*\)[sd]")


def check_html(pair: Pair) -> Iterator[Diagnostic]:
    """No tag and no entity that the English has not, written or encoded."""
    found = Counter(_TAG.findall(pair.text)) + Counter(_ENTITY.findall(pair.text))
    if "&" in pair.text:
        found |= Counter(_TAG.findall(pair.decoded))
    wanted = Counter(_TAG.findall(pair.english)) + Counter(_ENTITY.findall(pair.english))
    if extra := sorted(found - wanted):
        hint = "write the words and signs themselves; **bold** is the only markup"
        yield pair.finding("translation-html", f"has HTML: {named(' '.join(extra))}", hint)


def check_template_syntax(pair: Pair) -> Iterator[Diagnostic]:
    """No sign of a template language: nothing compiles a message, and nothing shall look as if it did."""
    found = Counter(_TEMPLATE.findall(pair.decoded)) - Counter(_TEMPLATE.findall(pair.english))
    if found:
        hint = "a placeholder is written {name}, as in the English"
        yield pair.finding("template-syntax", f"has template syntax: {' '.join(sorted(found))}", hint)
