"""Compares what two texts say in numbers: the English, and its translation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from pressroom.content.words import small_words
from pressroom.language.quantities.belonging import Texts
from pressroom.language.quantities.difference import Difference, clock_time, unit_names, value_of
from pressroom.language.quantities.facts import facts_of, reading_table
from pressroom.language.quantities.model import Reading, shown
from pressroom.language.quantities.pairing import pair_up
from pressroom.language.quantities.plain import plain
from pressroom.language.quantities.reader import read_quantities, without_arguments
from pressroom.language.quantities.write import local_number

# What parts thousands, or a whole number from its fraction.
_PARTED: Final = re.compile(r"\d[.,٫٬'’]\d")
# Whole numbers alone: not the parts of a date or a telephone number.
_RANGE: Final = re.compile(r"(?<![\d.,/–-])(\d{1,4}) ?[–-] ?(\d{1,4})(?![\d.,/–-]*\d)")
_NUMERIC: Final = re.compile("[\\d\u00bc-\u00be\u2150-\u215e]")


def differences(english: str, translation: str, tag: str) -> list[Difference]:
    """What the translation says otherwise in numbers than the English, in the language of this tag."""
    if not _NUMERIC.search(translation) and not _NUMERIC.search(english) and not counts(english):
        return []
    source = read_quantities(english, "en")
    target = read_quantities(without_arguments(english, translation), tag)
    pairing = pair_up(source.quantities, target.quantities)
    compared = _Compared(english, translation, tag, pairing, target)
    return [
        *compared.numbers(),
        *compared.times(),
        *compared.belongings(),
        *compared.often(source),
        *compared.order(),
    ]


# A document is checked in one language after the other.
@lru_cache(maxsize=4096)
def counts(english: str) -> bool:
    """True if an English text without digits has a word that counts, or says how often or when.

    Words like "a" and "each" are one only for a translation that writes 1.
    """
    words = small_words(english)
    if not _counting().isdisjoint(words):
        return True
    every = facts_of("en").every
    return every is not None and not _spans().isdisjoint(words) and bool(every.search(plain(english)))


@cache
def _counting() -> frozenset[str]:
    facts = facts_of("en")
    words = {small_words(word)[0] for word, (value, _) in facts.words.values.items() if value != 1 or word == "one"}
    return frozenset({*words, *facts.clock.minutes, "once"} - {"a", *reading_table()["aside"]})


@cache
def _spans() -> frozenset[str]:
    """The last words of what says how often: `day` of "a day"."""
    return frozenset(word.split()[-1] for word in facts_of("en").every_unit)


class _Compared(Texts):
    """The differences by kind."""

    __slots__ = ()

    def numbers(self) -> Iterator[Difference]:
        """Values that are on one side only, or read as another value."""
        for e, t in self.pairing.misread:
            right = local_number(next(iter(e.values)), self.tag)
            what = f"has {t.written}, which is {' or '.join(shown(v) for v in sorted(t.values))} in this language"
            yield Difference("separator", what, f"write {right}")
        for e, t in self.pairing.pairs:
            thousandfold = {value * 1000 for value in e.values} & t.values
            if thousandfold and t.values & e.values and _PARTED.search(t.written) and not _PARTED.search(e.written):
                both = " or ".join(shown(value) for value in sorted(t.values))
                what = f"has {t.written}, which can be read as {both}"
                yield Difference("separator", what, f"write {local_number(next(iter(e.values)), self.tag)}")
        lost, extra = self.pairing.lost, self.pairing.extra
        if lost or extra:
            said = [f"lacks {', '.join(sorted(value_of(q) for q in lost))}"] if lost else []
            said += [f"has {', '.join(sorted(value_of(q) for q in extra))} too many"] if extra else []
            yield Difference("number", " and ".join(said))
        for e, t in self.pairing.other_words:
            yield Difference("number", f"has {t.written} where the English has {e.written}")

    def times(self) -> Iterator[Difference]:
        """Times and dates that are not those of the English."""
        for e, t in self.pairing.other_times:
            right = f"{clock_time(e)} in a clock of 24 hours"
            yield Difference(
                "time", f"has {t.written}, not {e.written}", f"write {right}, or say which half of the day it is"
            )
        for e, t in self.pairing.other_days:
            day = min(e.days, key=repr)
            said = f"day {day.day}, month {day.month}" + (f", year {day.year}" if day.year else "")
            yield Difference(
                "date", f"has the date {t.written} for {e.written}", f"the English is {said}: write the month as a word"
            )

    def often(self, source: Reading) -> Iterator[Difference]:
        """How often: a day that became a week."""
        lost, extra = source.every - self.target.every, self.target.every - source.every
        counted = {unit for q in self.pairing.all_source for unit in q.units}
        extra -= counted
        if lost and extra and not self.mentions(lost):
            yield Difference(
                "unit",
                f"says per {unit_names(extra)}, not per {unit_names(lost)}",
                "write how often as the English does",
            )

    def order(self) -> Iterator[Difference]:
        """Numbers that nothing tells apart, in another order than in the English, and ranges turned round."""
        english, translation = plain(self.english), plain(self.translation)
        ranges = {(start, end) for start, end in _RANGE.findall(english) if int(start) < int(end)}
        # Arabic may say a range from its right.
        turns = any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in translation)
        for start, end in () if turns else _RANGE.findall(translation):
            if (end, start) in ranges and (start, end) not in ranges:
                yield Difference("order", f"has {start}–{end}, and the English {end}–{start}", f"write {end}–{start}")
        facts = facts_of(self.tag)
        known = facts.units.known if facts.table else frozenset[str]()
        dated = [part for q in self.pairing.all_source if q.days or q.clock for part in q.parts]
        open_pairs = [
            (e, t)
            for e, t in self.pairing.pairs
            if not e.units & t.units
            and not (e.units and e.units <= known)
            and not (e.soft or t.soft or e.ratio)
            and not any(part is e for part in dated)
        ]
        values = [min(e.values) for e, _ in open_pairs if e.values]
        places = [self.pairing.place_of(t) for e, t in open_pairs if e.values]
        if len(set(values)) > 1 and places != sorted(places):
            order = ", ".join(
                t.written for _, t in sorted(zip(places, (t for _, t in open_pairs), strict=False), key=lambda x: x[0])
            )
            yield Difference(
                "order", f"has its numbers in another order: {order}", "see that each number is with what it counts"
            )
