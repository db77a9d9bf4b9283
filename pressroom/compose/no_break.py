"""Finds what must not be separated at a line's end, and the signs and spaces to change for it.

Doses, ranges, telephone numbers and addresses are never broken. In right-to-left text they and Latin phrases are
isolated here, so that a translator never types a control character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from pressroom.compose.left_to_right import held_dashes, is_right_to_left, left_to_right_spans
from pressroom.compose.line_break import BREAK, JOIN, line_signs
from pressroom.compose.mark_widths import MarkClass
from pressroom.language import Language, units_of

NBSP: Final = "\u00a0"
# A sign that is not seen and runs left to right.
LEFT_TO_RIGHT: Final = "\u200e"
# What is bound at the end: nothing; a heading's last word if it is tiny; a paragraph's last words if they are short.
Bind = Literal["no", "heading", "text"]
# The longest last word, and the longest pair of last words, in letters.
_SHORT: Final[dict[Bind, tuple[int, int]]] = {"heading": (5, 10), "text": (8, 13)}
# Scripts whose lines break between any two signs, so that headings too end in a lone one.
HAN: Final = frozenset({"Hans", "Hant", "Jpan"})
_LAST_WORDS = re.compile(r"(\S+) (\S+)$")
_DASH = re.compile(r" (?=[–—] )")
# Some write a space before the sign that ends a sentence (Khmer, Nepali, Hindi; others in error); no line begins so.
_ENDING = re.compile(r" (?=[។៕៖၊။।॥።፣؟،؛۔։?!.,;:](?:[\s»”]|$))")
# The signs that repeat a word in Thai, Lao and Khmer, which some write after a space.
_REPEATED = re.compile(" (?=[ๆໆៗ])")
_LONE_LETTER = re.compile(r"(?<![\w'’-])\w (?=\S)")
_NUMBER_END = re.compile(r"\d(?=[ \u00a0]?\S)")
_LEAST_LAST: Final = 4
_WORD = re.compile(r"\S+")
# The shortest word that may be hyphenated at all (render.line_breaks).
_PARTED: Final = 10
_ENDS: Final = ".,;:!?)»”’"
_SENTENCE_ENDS: Final = frozenset(".!?:")
# A capital says nothing of a name in German.
_NOUNS_ARE_CAPITAL: Final = frozenset({"de"})
# Scripts that write no space between words, so that a unit may be followed by the next word at once.
UNSPACED: Final = frozenset({"Hans", "Hant", "Jpan", "Khmr", "Laoo", "Mymr", "Thai"})
_GAP = "[ \u00a0\u202f]"
_JOINED = rf"(?:{_GAP}?[–—−-]{_GAP}?|[.,:/×]|\){_GAP}?-?|{_GAP}(?=\(?\d\d))"
_DIGITS = rf"[+(]*\d(?:{_JOINED}?\(?\d)*"
_NUMBER = rf"{_DIGITS}\)?"
ADDRESS: Final = r"https?://[^\s()]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./-]*\w)?\b"
_KEPT = re.compile(rf"{ADDRESS}|{_NUMBER}")
# Words in Latin letters, as `CT scan` and `vena cava (IVC)`; what goes on as an address is none.
_LATIN_WORD = r"[A-Za-z][\w'’-]*"
_TERM = rf"(?<![A-Za-z]){_LATIN_WORD}(?: (?:{_LATIN_WORD}|\({_LATIN_WORD}\)))+(?![\w'’@/-]|[.:]\w|://)"
_KEPT_IN_OTHERS = re.compile(rf"{ADDRESS}|(?P<term>(?a:{_TERM}))|{_NUMBER}")
# A phrase so long is broken between its words where it must be; its numbers are not.
LONG: Final = 20


@dataclass(frozen=True, slots=True)
class Joints:
    """Changes to a text by offset: `before` are signs to be put in, `instead` what a space becomes.

    `whole` are words from start to end that no hyphen may part, `marks` are set in elements of a class.
    """

    before: dict[int, str]
    instead: dict[int, str]
    whole: tuple[tuple[int, int], ...] = ()
    marks: Mapping[int, MarkClass] = field(default_factory=dict)

    def within(self, start: int) -> Joints:
        """The changes to a stretch that begins at `start` and is never broken, without a sign before it."""
        return replace(self, before={at: sign for at, sign in self.before.items() if at != start}, whole=())

    def apply(self, text: str, start: int) -> str:
        """The part of the text that begins at `start`, changed."""
        signs = enumerate(text, start=start)
        return "".join(self.before.get(at, "") + self.instead.get(at, sign) for at, sign in signs)


def joints(
    text: str,
    language: Language,
    *,
    bind: Bind,
    heading: bool = False,
    closed: Iterable[tuple[int, int]] = (),
) -> Joints:
    """The changes to a complete message with its values; no line ends within a stretch of `closed`."""
    found = list(stretches(text, language))
    kept = [(stretch.start, stretch.end) for stretch in found if stretch.kept]
    before = line_signs(text, language, [*kept, *closed], firm=heading)
    held = [stretch.start + at for stretch in found if stretch.isolated for at in held_dashes(stretch.text)]
    before |= {at: LEFT_TO_RIGHT for dash in held for at in (dash, dash + 1)}
    instead = {at: NBSP for start, end in kept for at in range(start, end) if text[at] == " "}
    instead |= {match.start(): NBSP for space in (_DASH, _ENDING, _REPEATED) for match in space.finditer(text)}
    instead |= _language_spaces(text, language) | _dose_spaces(text, language)
    if bind != "no":
        _bind_end(text, language, bind, before, instead)
    return Joints(before, instead, tuple(_whole(text, language)) if language.hyphenate and not heading else ())


def _whole(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Words that are never hyphenated: compounds (they have their own hyphen), names, a paragraph's last word."""
    for match in _WORD.finditer(text):
        first, rest = match[0][:1], match[0].rstrip(_ENDS)
        begins = match.start() == 0 or text[match.start() - 2 : match.start() - 1] in _SENTENCE_ENDS
        name = first.isupper() and not begins and language.tag not in _NOUNS_ARE_CAPITAL
        if len(rest) >= _PARTED and (name or "-" in rest or match.end() == len(text.rstrip())):
            yield match.span()


def _language_spaces(text: str, language: Language) -> dict[int, str]:
    """French signs keep a fixed space, Slavic words of one letter go with the next."""
    spaces: dict[int, str] = {}
    for signs, space, after in language.spaced_signs:
        pattern = rf"(?<=[{re.escape(signs)}]) " if after else rf" (?=[{re.escape(signs)}])"
        spaces |= {match.start(): space for match in re.finditer(pattern, text)}
    if language.lone_letters:
        spaces |= {m.end() - 1: NBSP for m in _LONE_LETTER.finditer(text) if m[0][0].isalpha()}
    return spaces


def _dose_spaces(text: str, language: Language) -> dict[int, str]:
    """The spaces between a number and its unit, where the unit runs the other way and is outside the isolate."""
    ends = (match.end() for match in _NUMBER_END.finditer(text))
    return {at: NBSP for end in ends for at in range(end, dose_end(text, end, language)) if text[at] == " "}


def _bind_end(text: str, language: Language, bind: Bind, before: dict[int, str], instead: dict[int, str]) -> None:
    if language.script in HAN:
        if len(text) > _LEAST_LAST:
            before |= {at: JOIN for at in (len(text) - 2, len(text) - 1) if not text[at - 1 : at + 1].isascii()}
        return
    last = _LAST_WORDS.search(text)
    word, pair = _SHORT[bind]
    if last is not None and _letters(last[2], language) <= word and _letters(last[0], language) <= pair:
        if bind == "heading" or _letters(last[1], language) <= word:
            instead[last.end(1)] = NBSP
        return
    ends = [at for at, sign in before.items() if sign == BREAK]
    if ends and _letters(text[max(ends) :], language) < _LEAST_LAST and " " not in text[max(ends) :]:
        del before[max(ends)]


def _letters(text: str, language: Language) -> int:
    """The number of letters side by side; a Korean one is as wide as two."""
    count = sum(1 for sign in text if unicodedata.category(sign) not in {"Mn", "Me", "Cf"})
    return count * 2 if language.script == "Kore" else count


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text set one way, from `start`: `kept` is never broken, `isolated` runs left to right whatever surrounds it.

    `latin` is isolated too, and set in the Latin font; a number in the language's own digits is set in its own.
    """

    text: str
    start: int
    kept: bool = False
    isolated: bool = False

    @property
    def latin(self) -> bool:
        """True if it is to be set in the Latin font."""
        return self.isolated and (self.text.isascii() or any(map(_is_latin, self.text)))

    @property
    def end(self) -> int:
        """The offset of its end."""
        return self.start + len(self.text)


def _is_latin(sign: str) -> bool:
    """True of a digit or a letter that the Latin font has, false of the digits of Arabic and Persian."""
    return sign.isalnum() and not unicodedata.name(sign, "").startswith(("ARABIC", "EXTENDED ARABIC"))


def stretches(text: str, language: Language, spans: Iterable[tuple[int, int]] | None = None) -> Iterator[Stretch]:
    """Split a run of text into plain, kept and isolated stretches, in order, nothing lost.

    `spans` are those of the run if they were found in the whole message, where what is beside the run counts too.
    """
    rtl = language.direction == "rtl"
    end = 0
    for start, stop in _spans(text, language, rtl) if spans is None else spans:
        if start > end:
            yield Stretch(text[end:start], end)
        kept = not rtl or stop - start <= LONG
        yield Stretch(text[start:stop], start, kept=kept, isolated=rtl and not is_right_to_left(text[start:stop]))
        end = stop
    if end < len(text):
        yield Stretch(text[end:], end)


def _spans(text: str, language: Language, rtl: bool) -> Iterator[tuple[int, int]]:
    """Where each thing begins and ends that is not plain text."""
    if rtl:
        yield from left_to_right_spans(text)
        return
    pattern = _KEPT if language.script == "Latn" else _KEPT_IN_OTHERS
    if language.keep_whole:
        words = "|".join(map(re.escape, sorted(language.keep_whole, key=len, reverse=True)))
        pattern = re.compile(f"{words}|{pattern.pattern}")
    at = 0
    while (match := pattern.search(text, at)) is not None:
        if len(match.groupdict().get("term") or "") > LONG:
            at = match.end()
            continue
        start, stop = _balanced(text, match.start(), match.end())
        if text[stop - 1].isdigit():
            stop = max(stop, dose_end(text, stop, language))
        yield start, stop
        at = max(stop, match.end())


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a bracket whose other half is outside."""
    inside = text[start:end]
    if inside.endswith(")") and inside.count(")") > inside.count("("):
        end -= 1
    while inside.startswith("(") and inside.count("(") > inside.count(")"):
        start, inside = start + 1, inside[1:]
    return start, end


def dose_end(text: str, at: int, language: Language) -> int:
    """Where the unit ends that follows a number which ends at `at`; `at` where none does."""
    start = at + 1 if text[at : at + 1] in {" ", "\u00a0", "\u202f"} else at
    for unit in units_of(language):
        end = start + len(unit)
        if text.startswith(unit, start) and (_word_ends(text, end, unit) or _may_run_on(unit, language)):
            return end
    return at


def _word_ends(text: str, at: int, unit: str) -> bool:
    """True where no letter follows; after a Latin symbol one of another script may (`mL를`)."""
    following = text[at : at + 1]
    goes_on = following and unicodedata.category(following)[0] in "LM"
    return not goes_on or (
        unit.isascii() and not following.isascii() and unicodedata.name(following, "")[:5] != "LATIN"
    )


def _may_run_on(unit: str, language: Language) -> bool:
    return language.script in UNSPACED and not unit.isascii() and (len(unit) > 1 or language.script.startswith("H"))
