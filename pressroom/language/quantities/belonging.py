"""Compares what a number belongs to in two texts: its unit, its sign and its limit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pressroom.language.quantities.difference import Difference, limit_words, per_unit, unit_names, with_unit
from pressroom.language.quantities.facts import all_units, facts_of, reading_table
from pressroom.language.quantities.forms import words_pattern
from pressroom.language.quantities.limits import direction_of
from pressroom.language.quantities.model import Quantity, Reading
from pressroom.language.quantities.pairing import Pairing
from pressroom.language.quantities.plain import plain


@dataclass(frozen=True, slots=True)
class Texts:
    """The English and the translation in the language `tag`, read, with who belongs to whom."""

    english: str
    translation: str
    tag: str
    pairing: Pairing
    target: Reading

    def belongings(self) -> Iterator[Difference]:
        """Numbers that have another unit, sign or bound."""
        for e, t in self.pairing.pairs:
            yield from self._unit(e, t)
            yield from self._sign(e, t)
            yield from self._bound(e, t)

    def _unit(self, e: Quantity, t: Quantity) -> Iterator[Difference]:
        if e.units & t.units:
            if e.per and not e.per & t.per and (t.per or not (e.per & self.target.every or self.mentions(e.per))):
                yield Difference(
                    "unit",
                    f"has {with_unit(t)}{per_unit(t)}, not {with_unit(e)}{per_unit(e)}",
                    f"write {with_unit(e)}{per_unit(e)}",
                )
        elif e.units and t.units:
            if self._may_be_alike(e, t):
                return
            if (e.sure and t.sure) or _measure_alike(e, t):
                yield Difference(
                    "unit",
                    f"has {with_unit(t)}, not {with_unit(e)}",
                    "write the unit that the English has with this number",
                )
            elif not t.sure:
                # What may be another word is no excuse for a unit that is missing.
                yield from self._lost(e)
        elif e.units:
            yield from self._lost(e)
        elif t.units and t.sure and not t.soft and not self._explained(t):
            yield Difference(
                "unit",
                f"has {with_unit(t)}, and the English has no unit with {e.written}",
                "take the unit out, or write the number's own",
            )

    def _may_be_alike(self, e: Quantity, t: Quantity) -> bool:
        """True for units that are said for each other: one of anything in words, and what is counted by how often."""
        often = set(reading_table()["often"])
        return (t.values == {1} and (e.soft or t.soft)) or (e.units <= often and t.units <= often)

    def _lost(self, e: Quantity) -> Iterator[Difference]:
        facts = facts_of(self.tag)
        if not e.sure or e.soft or self.mentions(e.units):
            return
        if facts.table and e.units <= facts.units.known:
            yield Difference(
                "unit", f"has {e.written} without its unit ({unit_names(e.units)})", f"write it beside {e.written}"
            )
        elif any(all_units()[unit].get("dose") for unit in e.units):
            yield Difference("unit-unknown", f"has no unit that is known for {with_unit(e)}")

    def mentions(self, units: Iterable[str]) -> bool:
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
            what = f"has {limit_words(t)} {t.written}, not {limit_words(e)} {e.written}"
            yield Difference("comparison", what, "write the words that set the same limit")
        elif wanted and wanted == found and e.limit.denied and t.limit.sure and not t.limit.negated:
            what = f"has {limit_words(t)} {t.written}, and the English forbids it"
            yield Difference(
                "comparison", what, "forbid what the English forbids, or set the limit the other way round"
            )
        elif wanted and not found and e.limit.sure and self._has_other_limit(e, wanted):
            what = f"has no word for {limit_words(e)!r} with {t.written}, and another limit beside it"
            yield Difference("comparison", what, "write the words that set the same limit")
        elif wanted and not found and e.limit.must and not e.soft and self._may_lack(wanted):
            yield Difference(
                "comparison-lost",
                f"has {t.written} without a word for {limit_words(e)!r}",
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


def _measure_alike(e: Quantity, t: Quantity) -> bool:
    """True if both numbers, in digits, are of a dose or a length: beside mg or cm even the letter of g or m is sure."""
    if e.soft or t.soft:
        return False
    rows = [[all_units()[unit] for unit in q.units] for q in (e, t)]
    return all(row.get("dose") for side in rows for row in side) or all(
        any("length" in r for r in side) for side in rows
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
