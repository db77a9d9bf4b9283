"""Checks that what the English forbids is forbidden, and nothing else: "do not take it" is not "take it"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pressroom.catalog.checks.pair import Pair, words_of
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.language.quantities import plain

_DATA: Final = "catalog/checks/negation.toml"
_OR_NOT: Final = re.compile(r"\bor not\b|\bwhether\b|\bnot only\b")
# Scripts without spaces, where a word may follow another at once, and languages whose endings follow at once.
_JOINED: Final = frozenset({"Hans", "Hant", "Jpan", "Kore", "Thai", "Khmr", "Mymr", "Laoo", "Deva"})


def check_negation(pair: Pair) -> Iterator[Diagnostic]:
    """A message that forbids has a word that denies in the translation; one that denies nothing forbids nothing."""
    tag, joined = pair.language.tag, pair.language.script in _JOINED
    if tag not in data_table(_DATA) or tag == ENGLISH:
        return
    source = plain(words_of(pair.source))
    if _pattern(ENGLISH, "forbid", joined=False).search(source) and not _OR_NOT.search(source):
        if not _pattern(tag, "denial", joined=joined).search(plain(words_of(pair.target))):
            hint = "say what must not be done; if another word says it, a reviewer signs a waiver"
            yield pair.finding("negation-changed", "has no word for “not”", hint)
    elif not _pattern(ENGLISH, "turning", joined=False).search(source):
        found = _pattern(tag, "forbid", joined=joined).search(plain(words_of(pair.target)))
        if found is not None:
            hint = "say it as the English does; if it is right so, a reviewer signs a waiver"
            yield pair.finding("negation-changed", f"has “{found[0]}”, and the English denies nothing", hint)


@cache
def _pattern(tag: str, key: str, *, joined: bool) -> re.Pattern[str]:
    """Finds any of the words; `*` stands for letters at the beginning or end."""
    forms = [re.escape(plain(word)) for word in data_table(_DATA)[tag][key]]
    if joined:
        return re.compile("|".join(form.replace(r"\*", "") for form in forms))
    words = (form.replace(r"\*", r"[^\W\d_]*") for form in forms)
    ends = (f"{word}(?![^\\W\\d_])" if word[-1:].isalpha() else word for word in words)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(ends)})")
