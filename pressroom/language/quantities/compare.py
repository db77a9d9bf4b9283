"""Compares what two texts say in numbers: the English, and its translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pressroom.language.quantities.facts import all_units, facts_of, reading_table
from pressroom.language.quantities.forms import words_pattern
from pressroom.language.quantities.limits import direction_of
from pressroom.language.quantities.model import Quantity, Reading, shown
from pressroom.language.quantities.pairing import Pairing, pair_up
from pressroom.language.quantities.plain import plain
from pressroom.language.quantities.reader import read_quantities
from pressroom.language.quantities.write import local_number

_NUMERIC: Final = re.compile("[\\d\u00bc-\u00be\u2150-\u215e]")
_WORD: Final = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a translation says otherwise: the kind, what it does, and the next move."""

    kind: str
    what: str
    hint: str = ""


def differences(english: str, translation: str, tag: str) -> list[Difference]:
    """What the translation says otherwise in numbers than the English, in the language of this tag."""
    if not _NUMERIC.search(translation) and not _NUMERIC.search(english) and not _counts(english):
        return []
    source = read_quantities(english, "en")
    target = read_quantities(translation, tag)
    pairing = pair_up(source.quantities, target.quantities)
    compared = _Compared(english, translation, tag, pairing, target)
    return [
        *compared.numbers(),
        *compared.times(),
        *compared.belongings(),
        *compared.often(source),
        *compared.order(),
    ]


def _counts(english: str) -> bool:
    """True if an English text without digits has a word that counts, or says how often or when.

    Words like "a" and "each" are one only for a translation that writes 1.
    """
    words = _WORD.findall(english.lower())
    if not _counting().isdisjoint(words):
        return True
    every = facts_of("en").every
    return every is not None and not _spans().isdisjoint(words) and bool(every.search(plain(english)))


@cache
def _counting() -> frozenset[str]:
    facts = facts_of("en")
    words = {_WORD.findall(word)[0] for word, (value, _) in facts.words.values.items() if value != 1 or word == "one"}
    return frozenset({*words, *facts.clock.minutes, "once"} - {"a", *reading_table()["aside"]})


@cache
def _spans() -> frozenset[str]:
    """The last words of what says how often: `day` of "a day"."""
    return frozenset(word.split()[-1] for word in facts_of("en").every_unit)


@dataclass(frozen=True, slots=True)
class _Compared:
    english: str
    translation: str
    tag: str
    pairing: Pairing
    target: Reading

    def numbers(self) -> Iterator[Difference]:
        """Values that are on one side only, or read as another value."""
        for e, t in self.pairing.misread:
            right = local_number(next(iter(e.values)), self.tag)
            what = f"has {t.written}, which is {' or '.join(shown(v) for v in sorted(t.values))} in this language"
            yield Difference("separator", what, f"write {right}")
        lost, extra = self.pairing.lost, self.pairing.extra
        if lost or extra:
            said = [f"lacks {', '.join(sorted(_shown(q) for q in lost))}"] if lost else []
            said += [f"has {', '.join(sorted(_shown(q) for q in extra))} too many"] if extra else []
            yield Difference("number", " and ".join(said))
        for e, t in self.pairing.other_words:
            yield Difference("number", f"has {t.written} where the English has {e.written}")

    def times(self) -> Iterator[Difference]:
        """Times and dates that are not those of the English."""
        for e, t in self.pairing.other_times:
            right = f"{_clock(e)} in a clock of 24 hours"
            yield Difference(
                "time", f"has {t.written}, not {e.written}", f"write {right}, or say which half of the day it is"
            )
        for e, t in self.pairing.other_days:
            day = min(e.days, key=repr)
            said = f"day {day.day}, month {day.month}" + (f", year {day.year}" if day.year else "")
            yield Difference(
                "date", f"has the date {t.written} for {e.written}", f"the English is {said}: write the month as a word"
            )

    def belongings(self) -> Iterator[Difference]:
        """Numbers that have another unit, sign or bound."""
        for e, t in self.pairing.pairs:
            yield from self._unit(e, t)
            yield from self._sign(e, t)
            yield from self._bound(e, t)

    def _unit(self, e: Quantity, t: Quantity) -> Iterator[Difference]:
        if e.units & t.units:
            if e.per and not e.per & t.per and (t.per or not (e.per & self.target.every or self._mentions(e.per))):
                yield Difference(
                    "unit", f"has {_with(t)}{_per(t)}, not {_with(e)}{_per(e)}", f"write {_with(e)}{_per(e)}"
                )
        elif e.units and t.units:
            if e.sure and t.sure and not self._may_be_alike(e, t):
                yield Difference(
                    "unit", f"has {_with(t)}, not {_with(e)}", "write the unit that the English has with this number"
                )
        elif e.units:
            yield from self._lost(e)
        elif t.units and t.sure and not t.soft and not self._explained(t):
            yield Difference(
                "unit",
                f"has {_with(t)}, and the English has no unit with {e.written}",
                "take the unit out, or write the number's own",
            )

    def _may_be_alike(self, e: Quantity, t: Quantity) -> bool:
        """True for units that are said for each other: one of anything in words, and what is counted by how often."""
        often = set(reading_table()["often"])
        return (t.values == {1} and (e.soft or t.soft)) or (e.units <= often and t.units <= often)

    def _lost(self, e: Quantity) -> Iterator[Difference]:
        facts = facts_of(self.tag)
        if not e.sure or e.soft or self._mentions(e.units):
            return
        if facts.table and e.units <= facts.units.known:
            yield Difference(
                "unit", f"has {e.written} without its unit ({_names(e.units)})", f"write it beside {e.written}"
            )
        elif any(all_units()[unit].get("dose") for unit in e.units):
            yield Difference("unit-unknown", f"has no unit that is known for {_with(e)}")

    def _mentions(self, units: Iterable[str]) -> bool:
        """True if a form of one of these units is anywhere in the translation."""
        text = plain(self.translation)
        return any((pattern := _anywhere(self.tag, unit)) and pattern.search(text) for unit in units)

    def _explained(self, t: Quantity) -> bool:
        """True if a unit that the translation adds is in the English elsewhere, or adds nothing to a dose."""
        if not any(all_units()[unit].get("dose") for unit in t.units):
            return True
        text = plain(self.english)
        return any((pattern := _anywhere("en", unit)) and pattern.search(text) for unit in t.units)

    def _sign(self, e: Quantity, t: Quantity) -> Iterator[Difference]:
        if e.sign == t.sign or e.soft or t.soft or "?" in (e.sign, t.sign):
            return
        what = f"has {t.sign}{t.written}, not {e.sign}{e.written}"
        yield Difference("sign", what, f"write {e.sign}{t.written}" if e.sign else f"take the {t.sign} out")

    def _bound(self, e: Quantity, t: Quantity) -> Iterator[Difference]:
        wanted, found = direction_of(e.limit.bound), direction_of(t.limit.bound)
        signs = set("<>≤≥")
        if e.limit.bound in signs and not t.limit.bound and not t.soft and not self._has_words_for_limits():
            kind = "comparison" if facts_of(self.tag).table else "comparison-lost"
            yield Difference(
                kind,
                f"has {t.written} without {e.limit.bound}",
                f"write {e.limit.bound} {t.written}, or the words for it",
            )
        elif e.limit.bound in signs and not t.limit.bound:
            return
        elif t.limit.bound in signs and not e.limit.bound:
            yield Difference(
                "comparison",
                f"has {t.limit.bound} {t.written}, and the English has no {t.limit.bound}",
                f"take the {t.limit.bound} out",
            )
        elif e.limit.bound in signs and t.limit.bound in signs:
            if e.limit.bound != t.limit.bound:
                yield Difference(
                    "comparison",
                    f"has {t.limit.bound} {t.written}, not {e.limit.bound} {e.written}",
                    f"write {e.limit.bound} {t.written}",
                )
        elif (
            wanted
            and found
            and wanted != found
            and e.limit.sure
            and t.limit.sure
            and e.limit.negated == t.limit.negated
        ):
            what = f"has {_bound_words(t)} {t.written}, not {_bound_words(e)} {e.written}"
            yield Difference("comparison", what, "write the words that set the same limit")
        elif wanted and wanted == found and e.limit.denied and t.limit.sure and not t.limit.negated:
            what = f"has {_bound_words(t)} {t.written}, and the English forbids it"
            yield Difference(
                "comparison", what, "forbid what the English forbids, or set the limit the other way round"
            )
        elif wanted and not found and e.limit.sure and self._has_other_limit(e, wanted):
            what = f"has no word for {_bound_words(e)!r} with {t.written}, and another limit beside it"
            yield Difference("comparison", what, "write the words that set the same limit")
        elif wanted and not found and e.limit.must and not e.soft and self._may_lack(wanted):
            yield Difference(
                "comparison-lost",
                f"has {t.written} without a word for {_bound_words(e)!r}",
                "write it, as the English has it",
            )

    def _has_words_for_limits(self) -> bool:
        """True if a word that sets a limit is somewhere in the translation, too far away to know its number."""
        pattern = _limits(self.tag)
        return pattern is not None and bool(pattern.search(plain(self.translation)))

    def _has_other_limit(self, e: Quantity, wanted: str) -> bool:
        """True if the translation sets the opposite limit somewhere, and the English nowhere."""
        opposite = "upper" if wanted == "lower" else "lower"
        sides = (self.pairing.all_source, self.pairing.all_target)
        there = [[q for q in side if direction_of(q.limit.bound) == opposite and q.limit.sure] for side in sides]
        return not there[0] and any(q.limit.negated == e.limit.negated for q in there[1])

    def _may_lack(self, direction: str) -> bool:
        """True if the language's words for limits are known, and no number of the translation has one of this kind."""
        return facts_of(self.tag).table and all(
            direction_of(t.limit.bound) != direction for t in self.pairing.all_target
        )

    def often(self, source: Reading) -> Iterator[Difference]:
        """How often: a day that became a week."""
        lost, extra = source.every - self.target.every, self.target.every - source.every
        counted = {unit for q in self.pairing.all_source for unit in q.units}
        extra -= counted
        if lost and extra and not self._mentions(lost):
            yield Difference(
                "unit", f"says per {_names(extra)}, not per {_names(lost)}", "write how often as the English does"
            )

    def order(self) -> Iterator[Difference]:
        """Numbers that nothing tells apart, in another order than in the English."""
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


@cache
def _anywhere(tag: str, unit: str) -> re.Pattern[str] | None:
    facts = facts_of(tag)
    forms = [
        form for form, meanings in facts.units.after.meanings.items() if unit in meanings and len(form.strip("*.")) > 1
    ]
    forms += [form for form, meanings in facts.units.before.meanings.items() if unit in meanings]
    return words_pattern(forms or ["\0"], joined=facts.joined)


@cache
def _limits(tag: str) -> re.Pattern[str] | None:
    facts = facts_of(tag)
    return words_pattern((word for word in facts.direction if word not in facts.links), joined=facts.joined)


def _shown(q: Quantity) -> str:
    return shown(min(q.values)) if q.values else q.written


def _names(units: Iterable[str]) -> str:
    return " or ".join(sorted(units))


def _with(q: Quantity) -> str:
    return f"{q.written} {_names(q.units)}"


def _per(q: Quantity) -> str:
    return f" per {_names(q.per)}" if q.per else ""


def _bound_words(q: Quantity) -> str:
    return {"lower": "at least or more than", "upper": "at most or less than"}.get(q.limit.bound, q.limit.bound)


def _clock(q: Quantity) -> str:
    minute = min(q.times)
    return f"{minute // 60}:{minute % 60:02}"
