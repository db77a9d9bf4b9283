"""Checks a finished web page: language, title, headings, links, pictures, and styles.

On paper the letters' places are checked. A screen has no places, so styles that can hide or add words are refused.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.plain_style import without_comments
from pressroom.preflight.check import Finding, heading_findings

_ACTIVE: Final = frozenset({"script", "iframe", "object", "embed", "form", "link", "base", "audio", "video"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_ADDRESSES: Final = ("https://", "tel:", "mailto:", "#")


@dataclass(slots=True)
class _Reader(HTMLParser):
    """Collects the facts and findings of a page while it is parsed."""

    language: str = ""
    direction: str = ""
    title: str = ""
    headings: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _in_title: bool = False

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language, self.direction = values.get("lang", ""), values.get("dir", "")
        self._in_title = tag == "title"
        if tag in _HEADINGS:
            self.headings.append(_HEADINGS[tag])
        if tag in _ACTIVE or any(name.startswith("on") for name in values):
            hint = "a patient's page needs no script and no other page"
            self.findings.append(("preflight-active", f"it holds <{tag}>", hint))
        if tag == "img":
            self._picture(values)
        if tag == "a" and not values.get("href", "").startswith(_ADDRESSES):
            message = f"a link leads to {values.get('href', '')!r}"
            self.findings.append(("preflight-link", message, "link to https addresses only"))

    def _picture(self, values: dict[str, str]) -> None:
        if not values.get("src", "").startswith("data:"):
            message = f"it would fetch {values.get('src', '')!r}"
            self.findings.append(("preflight-active", message, "write picture(...) in the template"))
        if not values.get("alt", "").strip():
            message = "a picture does not say what it shows"
            self.findings.append(
                ("preflight-picture-text", message, "give it an alternative text, or make it decoration")
            )

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._in_title = False


def check_page(html: str, language: str, direction: str, span: Span) -> list[Diagnostic]:
    """Every way in which a page is not what its readers need; `language` and `direction` are the locale's."""
    page = _Reader()
    page.feed(html)
    findings = list(page.findings)
    if (page.language, page.direction) != (language, direction):
        message = f"its language is {page.language!r} {page.direction!r}, not {language!r} {direction!r}"
        findings.append(("preflight-language", message, "set lang and dir in the template"))
    if not page.title:
        findings.append(("preflight-title", "it has no title", "set the title in the template's head"))
    findings += heading_findings(page.headings)
    return [diagnostic(code, span, message, hint) for code, message, hint in findings]


_STYLES: Final = re.compile(r"<style[^>]*>(.*?)</style>|\sstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.DOTALL | re.I)
_ADDS: Final = re.compile(r"(?<![\w-])content\s*:\s*(?!none\b|normal\b|\"\"|'')[^;}]*", re.I)
_HIDES: Final = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:|opacity\s*:|"
    r"filter\s*:|mask[\w-]*\s*:|clip(?:-path)?\s*:|transform\s*:|scale\s*:|translate\s*:|text-indent\s*:|"
    r"font-size\s*:\s*0*\.?0*(?:[a-z%]+)?\s*[;}]|(?:max-)?(?:height|width|block-size|inline-size)\s*:\s*0[a-z%]*\s*[;}]|"
    r"position\s*:\s*(?:absolute|fixed)|overflow[\w-]*\s*:\s*(?:hidden|clip)|color\s*:\s*transparent|"
    r"(?:margin|inset|top|left|right|bottom)[\w-]*\s*:\s*-\s*\d)[^;}]*",
    re.I,
)


# The one thing that a screen does not show: where a link leads, which a browser prints behind its words.
_BEHIND_STYLE: Final = "@media screen { .behind { display: none; } }"
_BEHIND: Final = re.compile(
    r'<a href="(?:https://|mailto:)([^"]+?)/?">(?:(?!</?a\b).)*<span class="behind">((?:(?!</?a\b).)*)</span></a>',
    re.DOTALL,
)
_TAG: Final = re.compile(r"<[^>]*>")


def _behind_is_address(page: str) -> bool:
    """True if all that a screen does not show is the address of the link that it is in."""
    hidden = _BEHIND.findall(page)
    addresses = all(_TAG.sub("", text).strip(" ()（）") == address for address, text in hidden)
    return addresses and len(hidden) == len(re.findall(r"""class=["'][^"']*\bbehind\b""", page))


def check_style(page: str, span: Span) -> Iterator[Diagnostic]:
    """What the page's styles hide or add; escapes are refused, because they can spell any of it."""
    if _behind_is_address(page):
        page = page.replace(_BEHIND_STYLE, "", 1)
    for found in _STYLES.finditer(page):
        style = without_comments(markup.unescape(next(part for part in found.groups() if part is not None))) + ";"
        if "\\" in style or "@import" in style.lower():
            yield diagnostic("text-hidden", span, "a style holds an escape or another style", "write it out")
        for hidden in _HIDES.finditer(style):
            message = f"a style of the web page can hide words: {hidden.group().strip(' ;}')}"
            yield diagnostic("text-hidden", span, message, "show every word; leave unwanted words out of the template")
        for added in _ADDS.finditer(style):
            message = f"a style of the web page adds words of its own: {added.group().strip()}"
            yield diagnostic("text-added", span, message, "write the words in layouts/words.toml")
