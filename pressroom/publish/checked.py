"""Remembers which objects were read and had their content, so that the next build need not read them all again.

While the mark of an object is the same, its content is. A mark is what the file system says, see `project.file_marks`.
A bit that a disk lost changes no mark: `build --verify`, `sign` and every release read the files themselves.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pressroom.project.file_marks import TICK, is_past
from pressroom.project.kept import FOLDER, Kept
from pressroom.publish.store import Store

_NANOSECONDS: Final = 1e9
# Inode, size, and the times of the last change of the content and of anything else, in nanoseconds.
Facts = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class CheckedObjects:
    """The objects of a store; `before` are the marks that an earlier build remembered, `seen` those of this one."""

    store: Store
    kept: Kept
    before: dict[str, list[int]] = field(default_factory=dict)
    seen: dict[str, Facts] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, root: Path) -> CheckedObjects:
        """The objects of a store, for a build of the project at `root`."""
        kept = Kept.of(root)
        try:
            before = json.loads(kept.get(_name(store)) or b"{}")
        except ValueError:
            before = {}
        return cls(store, kept, before)

    def holds(self, sha256: str) -> bool:
        """True if the object of this hash has this content: it was read now, or its mark is that of an earlier time."""
        facts = self._facts(sha256)
        if facts is None:
            return False
        self.seen[sha256] = facts
        return list(facts) == self.before.get(sha256) or self.store.holds(sha256)

    def remember(self, made: Iterable[str], held: Iterable[str]) -> None:
        """Remember objects that were just made, and those that were held and were not written since."""
        new = set(made)
        marks = {sha256: facts for sha256 in {*new, *held} if (facts := self._facts(sha256)) is not None}
        # A new edition's links change the last time, and no other.
        same = {sha: facts for sha, facts in marks.items() if sha in new or self.seen.get(sha, ())[:3] == facts[:3]}
        if {sha: list(facts) for sha, facts in same.items()} == self.before:
            return
        newest = max((facts[3] for facts in same.values()), default=0)
        try:
            (self.kept.root / FOLDER).mkdir(parents=True, exist_ok=True)
            if not is_past(newest, self.kept.root / FOLDER):
                time.sleep(2 * TICK / _NANOSECONDS)
            past = is_past(newest, self.kept.root / FOLDER)
        except OSError:
            return
        if past:
            self.kept.put(_name(self.store), json.dumps(same).encode())

    def _facts(self, sha256: str) -> Facts | None:
        try:
            facts = os.lstat(f"{self.store.root}/objects/{sha256}") if sha256 else None
        except OSError:
            return None
        return (facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns) if facts is not None else None


def _name(store: Store) -> str:
    return f"objects {store.root.absolute()}"
