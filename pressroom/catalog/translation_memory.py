"""Where an update finds translations: the locale's other catalogs, and the entries that this catalog had before.

For thousands of messages: msgmerge compares every pair, and so does Babel in Python; translate-toolkit misses one in
sixteen. Here a selection by length and shared words leaves few pairs, and those are compared in C.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Indel

from pressroom.catalog.fuzzy import changes_meaning, previous_pair
from pressroom.catalog.model import Catalog, Entry, Key


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation of the very same English from `path`. `doubt` says why a translator must check it, or is empty."""

    entry: Entry
    path: str
    doubt: str = ""


class TranslationMemory:
    """The translations of a locale's catalogs by msgid. One memory serves all documents of an update."""

    def __init__(self) -> None:
        self._in_use: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        self._kept: dict[str, list[tuple[str, Entry]]] = defaultdict(list)

    def add(self, path: str, in_use: Iterable[Entry], kept: Iterable[Entry]) -> None:
        """Add a catalog: its translations in use, and those it keeps of messages that were changed or deleted."""
        for translations, entries in ((self._in_use, in_use), (self._kept, kept)):
            for entry in entries:
                if entry.msgstr.strip() and not entry.fuzzy and entry.plural is None:
                    translations[entry.msgid].append((path, entry))

    def suggestion(self, message: Entry, path: str) -> Suggestion | None:
        """The best translation of this message for the catalog at `path`.

        The pair (context, msgid) decides. There is no doubt if the context is the same and the documents in use agree
        on the translation; only where no document uses one, those kept count.
        """
        rows = [translations.get(message.msgid, ()) for translations in (self._in_use, self._kept)]
        # In the order of their paths: the order in which documents were read makes no difference.
        rows = [sorted(row, key=lambda one: one[0]) if len(row) > 1 else row for row in rows]
        same = [[(place, entry) for place, entry in row if entry.context == message.context] for row in rows]
        if best := same[0] or same[1]:
            place, entry = best[0]
            other = next((there for there, rival in best if rival.msgstr != entry.msgstr), None)
            return Suggestion(entry, place, f"{other} has it otherwise" if other else "")
        others = sorted((one for row in rows for one in row), key=lambda one: one[0] != path)
        return Suggestion(others[0][1], others[0][0], "there its context is another") if others else None


def kept_translations(existing: Catalog, messages: Set[Key]) -> Iterator[Entry]:
    """What a catalog keeps of messages that are not among `messages`: obsolete entries, and remembered pairs."""
    for entry in existing.entries:
        if entry.obsolete or entry.key not in messages:
            yield entry
        if not entry.obsolete and (pair := previous_pair(entry)) is not None:
            yield pair


class Candidates:
    """The entries from which one document's new messages may take a translation.

    `active` are the catalog's own by key, `obsolete` its obsolete ones and the pairs that fuzzy entries remember,
    `changed_from` its fuzzy entries by the key that they translate.
    """

    def __init__(self, template: Catalog, existing: Catalog | None) -> None:
        self._existing = existing
        self.messages = {entry.key for entry in template.active}
        entries = existing.entries if existing else ()
        self.active = existing.by_key() if existing else {}
        pairs = [pair for entry in self.active.values() if (pair := previous_pair(entry)) is not None]
        obsolete = [*(e for e in entries if e.obsolete and e.msgstr and e.plural is None), *pairs]
        # The first of several with one key.
        self.obsolete = {entry.key: entry for entry in reversed(obsolete)}
        changed = [e for e in self.active.values() if e.fuzzy and e.msgstr and e.previous_msgid is not None]
        self.changed_from: dict[Key, Entry] = {(e.previous_context, e.previous_msgid or ""): e for e in changed}
        self._pools: list[tuple[list[Entry], Matcher]] = []

    def similar(self, message: Entry) -> tuple[Entry, bool] | None:
        """The entry most like a new message, and whether that entry was edited into it.

        An entry whose message went away now is offered even if a number changed, and is marked. One that stays, or
        went away before, is offered only if nothing dangerous differs.
        """
        if not self._pools:
            self._pools = [(pool, Matcher([e.msgid for e in pool])) for pool in self._similar_pools()]
        (edited, edited_index), (others, other_index) = self._pools
        if (best := edited_index.best(message.msgid)) is not None:
            return edited[best[0]], True
        if (best := other_index.best(message.msgid)) is not None:
            entry = others[best[0]]
            return None if changes_meaning(entry.msgid, message.msgid) else (entry, False)
        return None

    def _similar_pools(self) -> tuple[list[Entry], list[Entry]]:
        entries = self._existing.entries if self._existing else ()
        singular = [e for e in entries if e.msgstr and e.plural is None]
        edited = [e for e in singular if not e.obsolete and e.key not in self.messages]
        return edited, [e for e in singular if (e.obsolete or e.key in self.messages) and not e.fuzzy]


_WORD: Final = re.compile(r"\w+")
# Two sentences of one subject share about half of their letters by chance; below this, most pairs are strangers.
_LETTERS: Final = 0.60
_WORDS: Final = 0.50
# With so few words one changed word is half of the message, and only the letters can tell.
_FEW: Final = 2
_CLOSE: Final = 0.72
_LOOKED_AT: Final = 24


class Matcher:
    """An index of known msgids by their words; the rarer a shared word, the sooner its msgid is looked at."""

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known
        self.words = [tuple(_WORD.findall(text.lower())) for text in known]
        self.holders: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self.words):
            for word in dict.fromkeys(words):
                self.holders[word].append(place)
        self.short = [place for place, words in enumerate(self.words) if len(words) <= _FEW + 1]

    def best(self, msgid: str) -> tuple[int, float] | None:
        """The place of the known msgid most like this one, and how like it is (0 to 1); the earliest of equals."""
        if not self.known:
            return None
        words = tuple(_WORD.findall(msgid.lower()))
        found: tuple[int, float] | None = None
        for place in self._nearby(msgid, words):
            floor = found[1] if found else 0.0
            score = _likeness(msgid, words, self.known[place], self.words[place], floor)
            if score > floor or (found and score == floor and score and place < found[0]):
                found = place, score
        return found

    def _nearby(self, msgid: str, words: tuple[str, ...]) -> list[int]:
        shared: Counter[int] = Counter()
        total = len(self.known)
        for word in dict.fromkeys(words):
            holders = self.holders.get(word, ())
            # A word of many messages does not help to find one, unless there are few messages.
            if len(holders) * 8 <= total or total < 200:
                for place in holders:
                    shared[place] += 1
        near = [place for place, _ in shared.most_common(4 * _LOOKED_AT)]
        if len(words) <= _FEW:
            near += [place for place in self.short if place not in shared]
        length = len(msgid)
        near = [p for p in near if 3 * min(length, len(self.known[p])) >= max(length, len(self.known[p]))]
        return near if len(words) <= _FEW else near[:_LOOKED_AT]


def _likeness(one: str, one_words: tuple[str, ...], other: str, other_words: tuple[str, ...], floor: float) -> float:
    few = max(len(one_words), len(other_words)) <= _FEW
    letters = Indel.normalized_similarity(one, other, score_cutoff=max(_CLOSE if few else _LETTERS, 2 * floor - 1))
    if few or not letters:
        return letters
    words = Indel.normalized_similarity(one_words, other_words, score_cutoff=_WORDS)
    return (letters + words) / 2 if words else 0.0
