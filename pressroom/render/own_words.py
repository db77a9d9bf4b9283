"""What an imprint must say, from what was composed for it: the words and numbers of each frame, links, and facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import Final
from unicodedata import bidirectional, normalize

from pressroom.compose import Composition
from pressroom.drawing.frame_words import FrameWords, digits_of
from pressroom.render.tags.model import GUIDES

_TAG: Final = re.compile(r"<[^>]*>")
_LINK: Final = re.compile(r'<a (?:[^>]*? )?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_PASSED_OVER: Final = {**GUIDES, ord("-"): None, 0x2010: None}
# Styles write the numbers of a list.
_NUMBERED: Final = "<li"
# A number that no list counts to.
_LONG: Final = 3
_TURNED: Final = ("R", "AL")


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a frame must say: its words in Latin letters or digits, as they are found, and all its digits in order.

    `numbers` are the digits of each word that has some. In a `numbered` frame styles write other digits beside them.
    `in_order` are all its Latin letters and digits, empty where they may be painted in another order.
    """

    words: Mapping[str, int]
    numbers: tuple[str, ...]
    numbered: bool
    in_order: str = ""

    def missed(self, found: FrameWords) -> str:
        """What a frame does not do, in words: say or draw something; empty if all is there."""
        for text in (found.said, found.given):
            said = as_found(text)
            for word in sorted(self.words):
                if said.count(word) < self.words[word]:
                    return f"say {word!r}"
            if not self._has(digits := digits_of(text)):
                return f"say the digits {''.join(self.numbers)!r}, but {digits!r}"
            if self.in_order and (other := _latin_signs(text)) != self.in_order:
                return f"say {self.in_order!r} in this order and nothing else, but {other!r}"
        if not self._has(drawn := digits_of(found.drawn)):
            return f"draw the digits {''.join(self.numbers)!r}, but {drawn!r}"
        if not self._are_in_lines(found.drawn.split()):
            return f"draw the numbers {', '.join(self.numbers)} line after line, but {found.drawn.split()}"
        return f"draw each letter that it says, {found.wrong!r} first" if found.wrong else ""

    def _has(self, digits: str) -> bool:
        """True if these are the frame's digits: in order, or each number whole in another order."""
        if self.numbered:
            return all(digits.count(one) >= times for one, times in Counter(self.numbers).items())
        return digits == "".join(self.numbers) or _consists(digits, tuple(sorted(self.numbers)))

    def _are_in_lines(self, lines: Sequence[str]) -> bool:
        """True if each line has the next numbers, in any order; or if one of them is parted by the end of a line."""
        if self.numbered or not all(_has_whole(line, self.numbers) for line in lines):
            return True
        following = iter(self.numbers)
        for line in lines:
            numbers, length = list[str](), 0
            while length < len(line):
                numbers.append(next(following))
                length += len(numbers[-1])
            if not _consists(line, tuple(sorted(numbers))):
                return False
        return True


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What an imprint must say: frame by frame, where its links lead, and the facts of its file.

    `dialled` are the links to a number whose words have no other digits.
    """

    frames: Mapping[str, OwnText] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    dialled: frozenset[str] = frozenset()
    facts: Mapping[str, str] = field(default_factory=dict)

    def not_its_own(self, text: str) -> str:
        """A number in a text that a tag gives programs and no frame has; empty if there is none."""
        if any(frame.numbered for frame in self.frames.values()):
            known = {one for frame in self.frames.values() for one in frame.numbers}
            words = map(digits_of, text.split())
            return next((one for one in words if len(one) >= _LONG and one not in known), "")
        found = digits_of(text)
        return "" if any(found in "".join(frame.numbers) for frame in self.frames.values()) else found


def own_words(composition: Composition) -> OwnWords:
    """What the finished file must say of one clinic."""
    htmls = dict[str, str]()
    for part in composition.parts:
        if part.imprint:
            htmls[part.frame] = f"{htmls.get(part.frame, '')} {part.html}"
    links = [(unescape(to), _TAG.sub("", words)) for html in htmls.values() for to, words in _LINK.findall(html)]
    others = {to for to, words in links if not to.startswith("tel:") or digits_of(words) not in digits_of(to)}
    leads = frozenset(to for to, _ in links)
    head = composition.head
    facts = {"/Title": head.title, "/Author": head.author, "/Keywords": head.keywords}
    turned = "rtl" in (composition.direction, *(sheet.direction for sheet in composition.sheets))
    texts = {name: _own_text(html, turned=turned) for name, html in htmls.items()}
    return OwnWords(texts, leads, leads - others, facts)


def _own_text(html: str, *, turned: bool = False) -> OwnText:
    words = unescape(_TAG.sub(" ", html)).translate(GUIDES).split()
    numbers = tuple(filter(None, map(digits_of, words)))
    text, numbered = "".join(words), _NUMBERED in html
    in_order = "" if numbered or turned or any(bidirectional(sign) in _TURNED for sign in text) else _latin_signs(text)
    return OwnText(Counter(_latin(words)), numbers, numbered, in_order)


@lru_cache(maxsize=256)
def _latin_signs(text: str) -> str:
    """The Latin letters and digits of a text, without their accents."""
    return "".join(sign for sign in normalize("NFKD", text) if sign < "\u0250" and sign.isalnum())


def _latin(words: list[str]) -> Iterator[str]:
    """The words that are in Latin letters or digits, as they can be found in what is drawn of them."""
    return (found for word in words if (found := as_found(word)) and max(found) < "\u0250")


def as_found(text: str) -> str:
    """A text without spaces and hyphens, in small letters."""
    return "".join(text.translate(_PASSED_OVER).casefold().split())


def _has_whole(line: str, numbers: Sequence[str]) -> bool:
    """True if a line may be made of some of these numbers."""
    ends = {0}
    for at in range(len(line)):
        ends |= {at + len(one) for one in numbers if at in ends and line.startswith(one, at)}
    return len(line) in ends


@lru_cache(maxsize=1000)
def _consists(digits: str, numbers: tuple[str, ...]) -> bool:
    """True if digits are these numbers, in any order: words of right-to-left text are painted in another one."""
    if len(digits) != sum(map(len, numbers)):
        return False
    return not numbers or any(
        digits.startswith(one)
        and _consists(digits[len(one) :], (*numbers[: (at := numbers.index(one))], *numbers[at + 1 :]))
        for one in dict.fromkeys(numbers)
    )
