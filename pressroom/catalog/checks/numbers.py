"""Checks that a translation has the numbers of the English, in any digits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair, words_of
from pressroom.catalog.numbers import english_word_numbers, separators, value, written_numbers
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language

_SPACED: Final = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def check_numbers(pair: Pair) -> Iterator[Diagnostic]:
    """The same multiset of values; a number the English writes as a word may be digits here."""
    lost, extra = number_differences(pair)
    if not lost and not extra:
        return
    said = [f"lacks {', '.join(sorted(lost.elements()))}"] if lost else []
    said += [f"has {', '.join(sorted(extra.elements()))} too many"] if extra else []
    hint = "write the same numbers; if one is right as a word, a reviewer signs a waiver"
    yield pair.finding("number-changed", " and ".join(said), hint)


def number_differences(pair: Pair) -> tuple[Counter[str], Counter[str]]:
    """The values that the translation lacks, and those it has too many."""
    if not any(map(str.isnumeric, pair.english)) and not any(map(str.isnumeric, pair.text)):
        return Counter(), Counter()
    source, target = words_of(pair.source), words_of(pair.target)
    lost, extra = _differences(source, target, pair.language)
    if lost and extra and separators(pair.language)[1].isspace():
        return min((lost, extra), _differences(source, _SPACED.sub("\u00a0", target), pair.language), key=_size)
    return lost, extra


def _differences(source: str, target: str, language: Language) -> tuple[Counter[str], Counter[str]]:
    wanted, found = Counter(written_numbers(source)), Counter(written_numbers(target))
    # What is written alike is alike, whichever sign the language has for decimals: US Spanish writes 1.5 and 1,000.
    missing, added = wanted - found, found - wanted
    lost = Counter(value(number) for number in missing.elements())
    extra = Counter(value(number, *separators(language)) for number in added.elements())
    both = lost & extra
    return lost - both, extra - both - english_word_numbers(source)


def _size(differences: tuple[Counter[str], Counter[str]]) -> int:
    return sum(map(len, differences))
