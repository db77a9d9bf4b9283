"""Sets web and mail addresses: the one behind a link is printed after its words, and a long one may be broken.

A line may end after `/`, `.`, `-` and `@`, without a hyphen, which a reader would type. A short address stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from pressroom.compose.line_break import BREAK
from pressroom.compose.no_break import ADDRESS, HAN
from pressroom.content.inline import InlineRun
from pressroom.language import Language

_ADDRESS: Final = re.compile(ADDRESS)
_MAY_BREAK: Final = re.compile(r"(?<=[/.@-])(?=\w)")
_STEP: Final = re.compile(r"(?<=/)(?=\w)")
# So many letters fit on a line of every layout's column, and are never broken.
_KEPT: Final = 22
_BESIDE_CODE: Final = 18
# On a screen a link is pressed: its address is there for a printer alone.
BEHIND: Final = Markup('<span class="behind">{}</span>')
# What may be beside the only link of a text.
_BESIDE_LINK: Final = frozenset(" .:。：؛።។")


def is_web_address(text: str) -> bool:
    """True for an address of the web or of mail."""
    return _ADDRESS.fullmatch(text) is not None


def address_parts(address: str, kept: int = _KEPT) -> list[str]:
    """The parts of an address that are never broken."""
    return [address] if len(address) <= kept else _MAY_BREAK.split(address)


def code_address(address: str) -> Markup:
    """The address beside its code: a line may end after `/`, and elsewhere only in a part that fills a line."""
    parts = [part for step in _STEP.split(address) for part in address_parts(step, _BESIDE_CODE)]
    return Markup(BREAK).join(Markup('<span class="keep">{}</span>').format(part) for part in parts)


def address_html(address: str, *, isolated: bool) -> Markup:
    """An address; a long one has the signs at which it may be broken."""
    parts = address_parts(address)
    kept = len(parts) == 1
    attributes = Markup(' class="{}{}"').format("keep" if kept else "web-address", " latin" if isolated else "")
    direction = Markup(' dir="ltr"') if isolated else Markup("")
    return Markup("<span{}{}>{}</span>").format(attributes, direction, BREAK.join(parts))


def printed_address(target: str) -> str:
    """What a reader types to get where a link leads."""
    return target.removeprefix("https://").removeprefix("mailto:").removesuffix("/")


def link_alone(runs: Sequence[InlineRun]) -> int | None:
    """The number of the link that this text is, perhaps with a full stop or a colon; None for another text."""
    links = [run.link for run in runs if run.link is not None]
    others = "".join(run.text for run in runs if run.link is None)
    plain = not any(run.placeholder or run.line_break for run in runs)
    return links[0] if len(links) == 1 and plain and _BESIDE_LINK.issuperset(others) else None


def address_behind(words: str, target: str, language: Language) -> Markup:
    """The address of a link in brackets; nothing behind words that say it themselves, or for a telephone number."""
    address = printed_address(target)
    if target.startswith("tel:") or address in words:
        return Markup("")
    opening, closing = ("（", "）") if language.script in HAN else (" (", ")")
    return opening + address_html(address, isolated=language.direction == "rtl") + closing


def address_below(words: str, target: str, language: Language) -> Markup:
    """The address of a link that is a text of its own, bold on a line of its own."""
    address = printed_address(target)
    if target.startswith("tel:") or address in words:
        return Markup("")
    html = address_html(address, isolated=language.direction == "rtl")
    return Markup('<br><a href="{}"><b>{}</b></a>').format(target, html)
