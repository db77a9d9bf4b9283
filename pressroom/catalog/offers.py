"""What an update can draw on: catalogs go in, the translations they offer for a new message come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pressroom.catalog.matching import Matcher
from pressroom.catalog.model import Catalog, Entry, Key
from pressroom.catalog.revision import is_dangerous, remembered


@dataclass(frozen=True, slots=True)
class Gift:
    """A translation of the very same words in another place; `doubt` says why it needs a look, empty if it doesn't."""

    entry: Entry
    path: str
    doubt: str = ""


class Donors:
    """The translations of a locale's documents by msgid, made once for all the documents that are updated."""

    def __init__(self, catalogs: Sequence[Catalog]) -> None:
        self.paths = tuple(catalog.path for catalog in catalogs)
        self._held: dict[str, list[tuple[str, Entry]]] = {}
        # All the active ones first: a translation in use is better than one that was given up.
        for obsolete in (False, True):
            for catalog in catalogs:
                for entry in catalog.entries:
                    if entry.obsolete is obsolete and entry.msgstr.strip() and not entry.fuzzy and entry.plural is None:
                        self._held.setdefault(entry.msgid, []).append((catalog.path, entry))

    @property
    def msgids(self) -> set[str]:
        """The messages that have a translation somewhere."""
        return set(self._held)

    def gift(self, wanted: Entry, path: str) -> Gift | None:
        """The best offer for this message from any catalog but the one at `path`.

        It is beyond doubt where the context is the same and the documents in use agree on the translation.
        """
        held = [(place, entry) for place, entry in self._held.get(wanted.msgid, ()) if place != path]
        same = [(place, entry) for place, entry in held if entry.context == wanted.context]
        if not same:
            return Gift(held[0][1], held[0][0], "there its context is another") if held else None
        used = [(place, entry) for place, entry in same if not entry.obsolete] or same
        place, entry = used[0]
        other = next((there for there, rival in used if rival.msgstr != entry.msgstr), None)
        return Gift(entry, place, f"{other} has it otherwise" if other else "")


class Offers:
    """The locale's own catalog of one document, seen from its new template."""

    def __init__(self, template: Catalog, existing: Catalog | None, donors: Donors, path: str) -> None:
        entries = existing.entries if existing else ()
        self.active = existing.by_key() if existing else {}
        before = [pair.obsolete() for entry in self.active.values() if (pair := remembered(entry)) is not None]
        self.obsolete = _first([*(e for e in entries if e.obsolete and e.msgstr and e.plural is None), *before])
        self.changed_from = _changed_from(self.active.values())
        self._donors = donors
        self._path = path
        self._own = Donors([existing] if existing else [])
        wanted = {entry.key for entry in template.active}
        self._edited = [e for e in self.active.values() if e.key not in wanted and e.msgstr and e.plural is None]
        self._others = [
            e for e in entries if (e.key in wanted or e.obsolete) and e.msgstr and not e.fuzzy and e.plural is None
        ]
        self._matchers: list[Matcher] = []

    def gift(self, wanted: Entry) -> Gift | None:
        """The same words translated elsewhere: in another document, or here in another context."""
        given = self._donors.gift(wanted, self._path)
        if given is None or given.doubt:
            return self._own.gift(wanted, "") or given
        return given

    def suggestion(self, wanted: Entry) -> tuple[Entry, bool] | None:
        """The entry most like a new message, and whether that was edited into it.

        The message that went away is offered even where a number changed, and marked; one that stays, or went away
        long ago, only where nothing dangerous differs.
        """
        if not self._matchers:
            self._matchers = [Matcher([e.msgid for e in pool]) for pool in (self._edited, self._others)]
        edited, others = self._matchers
        if (found := edited.best(wanted.msgid)) is not None:
            return self._edited[found[0]], True
        if (found := others.best(wanted.msgid)) is not None:
            entry = self._others[found[0]]
            return None if is_dangerous(entry.msgid, wanted.msgid) else (entry, False)
        return None


def _first(entries: Iterable[Entry]) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for entry in entries:
        found.setdefault(entry.key, entry)
    return found


def _changed_from(entries: Iterable[Entry]) -> dict[Key, Entry]:
    changed = (e for e in entries if e.fuzzy and e.msgstr and e.previous_msgid is not None)
    return {(entry.previous_context, entry.previous_msgid or ""): entry for entry in changed}
