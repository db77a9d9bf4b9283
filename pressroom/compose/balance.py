"""Checks that the HTML of a frame is balanced, so that it can't reach beyond the frame."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final, NamedTuple

# Elements without an end tag.
VOID: Final = frozenset({"br", "col", "hr", "img", "wbr"})
# Elements that can be in a frame. Others change what is beside them (`body`, `style`), end by themselves (`button`), or
# strike, reorder, shrink, quote or hide words (`del`, `bdo`, `sup`, `q`, `details`).
_INLINE: Final = "a|abbr|b|bdi|br|cite|code|data|dfn|em|i|img|kbd|mark|samp|span|strong|time|u|var|wbr"
_BLOCK: Final = re.compile(
    "address|article|aside|blockquote|caption|col|colgroup|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr"
    "|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
# A block in one of these would end it, or leave its style on what follows.
_TEXT_ONLY: Final = re.compile(f"p|pre|h[1-6]|{_INLINE}")
# Parts of a list or table, and what each must be directly in. Elsewhere HTML ends or moves the elements around them.
_ROWS: Final = ("table", "thead", "tbody", "tfoot")
_PARENTS: Final = {
    **{
        "li": ("ol", "ul"),
        "dt": ("dl",),
        "dd": ("dl",),
        "tr": _ROWS,
        "td": ("tr",),
        "th": ("tr",),
        "col": ("colgroup",),
    },
    **dict.fromkeys(("caption", "colgroup", "thead", "tbody", "tfoot"), ("table",)),
}
_TABLE: Final = {*_ROWS, "tr", "colgroup"}
# An attribute or a tag that has no end swallows this tag, which follows everything.
_LAST: Final = "last\ufdd2"


class HtmlFault(NamedTuple):
    """What is wrong, for a sentence about the macro, and the line of the HTML from 1."""

    message: str
    line: int


@lru_cache(maxsize=512)
def html_fault(html: str) -> HtmlFault | None:
    """The first fault of a frame's HTML; None if each of its elements is closed in it, and no other."""
    if mark := re.search("<[!?]", html):
        return HtmlFault(
            "writes an HTML comment or a declaration; a comment is {# … #}", html.count("\n", 0, mark.start()) + 1
        )
    parser = _Parser()
    parser.feed(f"{html}<{_LAST}>")
    if parser.fault or parser.ended:
        return parser.fault
    return HtmlFault("writes a tag that has no end", html.count("\n") + 1)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open_tags: list[tuple[str, int]] = []
        self.fault: HtmlFault | None = None
        self.ended = False

    def _refuse(self, message: str) -> None:
        self.fault = self.fault or HtmlFault(message, self.getpos()[0])

    @property
    def _innermost(self) -> str:
        return self.open_tags[-1][0] if self.open_tags else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == _LAST:
            self.ended = True
            if self.open_tags:
                tag, line = self.open_tags[-1]
                self.fault = self.fault or HtmlFault(f"opens <{tag}> and does not close it", line)
        elif not _BLOCK.fullmatch(tag) and not re.fullmatch(_INLINE, tag):
            self._refuse(f"writes <{tag}>, which can't be in a frame")
        elif _BLOCK.fullmatch(tag) and _TEXT_ONLY.fullmatch(self._innermost):
            self._refuse(f"writes <{tag}> in <{self._innermost}>, which holds only text")
        elif tag in _PARENTS and self._innermost not in _PARENTS[tag]:
            self._refuse(f"writes <{tag}> outside its list or table")
        elif self._innermost in _TABLE and tag not in _PARENTS:
            self._refuse(f"writes <{tag}> directly in <{self._innermost}>")
        elif tag not in VOID:
            self.open_tags.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """To HTML, `<div/>` is `<div>`."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._innermost == tag:
            self.open_tags.pop()
        else:
            where = f" where <{self._innermost}> is open" if self._innermost else ", which it did not open"
            self._refuse(f"closes </{tag}>{where}")
