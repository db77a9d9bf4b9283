"""Random lives of a small project: the English and the translations change, and every update is done twice.

    python -m benchmarks.life_cycles [--lives 200] [--seed 1]

After each round of edits it holds that

- a second `update` changes no byte, and neither does a third without the cache;
- an `update` that reads only what changed writes the very bytes of one that reads everything;
- no message is accepted whose translation is another message's;
- no translation that a translator finished is lost from the project's files.

It prints the first life that breaks one of these, and exits with 1.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pressroom.catalog import Catalog
from pressroom.catalog.model import Entry
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.catalogs.settled import update_unless_settled
from pressroom.language import find_language
from pressroom.workspace.workspace import Workspace

MINIMAL = Path(__file__).parents[1] / "tests" / "projects" / "minimal"
ES = find_language("es")
# Few sentences, so that documents share them, and few words to reword them with, so that they come back.
_SENTENCES = (
    "Keep it open all day",
    "Take one tablet before you rest",
    "Call the doctor after the pain",
    "Do not rest your leg for long",
    "Take two tablets after you rest",
)
_WORDS = ("long", "not", "two")
_CONTEXTS = ("", "", "card", "brochure")
_HEAD = """\
---
number: {name}
title: About {name}
products: [slip]
version: "1"
date: 2026-11
review-by: 2027-11
---

<!-- panel: visit -->

# Head of {name}

"""
# A block of a document: its context, empty for none, and its English.
Block = tuple[str, str]


@dataclass
class Life:
    """One random life: the documents' blocks, and every translation that was ever finished."""

    folder: Path
    chance: random.Random
    documents: dict[str, list[Block]] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    sentences: Sequence[str] = _SENTENCES
    contexts: Sequence[str] = _CONTEXTS
    log: list[str] = field(default_factory=list)

    def run(self, rounds: int) -> str:
        """What broke, or an empty string."""
        shutil.copytree(MINIMAL, self.folder, ignore=shutil.ignore_patterns("locales", "output", ".cache", "visit.md"))
        self.sentences = self.chance.sample(_SENTENCES, self.chance.randrange(1, len(_SENTENCES) + 1))
        self.contexts = self.chance.sample(_CONTEXTS, self.chance.randrange(2, len(_CONTEXTS) + 1))
        for name in "alpha", "beta", "gamma":
            self.documents[name] = [self._block() for _ in range(self.chance.randrange(1, 6))]
        for number in range(rounds):
            self._write_sources()
            if problem := self._updated_twice(number):
                return problem
            for _ in range(self.chance.randrange(1, 4)):
                self.chance.choice(_EDITS)(self)
        return ""

    def _updated_twice(self, number: int) -> str:
        stamp = f"2026-11-{number + 1:02} 09:00+0000"
        copy = Life(self.folder.with_name(f"copy-{number}"), self.chance)
        shutil.copytree(self.folder, copy.folder, ignore=shutil.ignore_patterns(".cache"))
        copy._update(stamp)
        self._update(stamp)
        first = self._files()
        if differ := [name for name, data in copy._files().items() if data != first.get(name)]:
            return f"an update of everything writes other bytes: {', '.join(differ)}"
        self._update("2026-12-01 09:00+0000")
        second = self._files()
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)
        self._update("2026-12-02 09:00+0000")
        for what, files in (("a second update", second), ("an update without the cache", self._files())):
            if changed := [name for name in files if files[name] != first.get(name)]:
                return f"{what} changed {', '.join(changed)}"
        return self._wrong(first)

    def _update(self, stamp: str) -> None:
        report = update_unless_settled(Workspace.open(self.folder), (), stamp)
        assert not report.failed, report.diagnostics

    def _wrong(self, files: dict[str, bytes]) -> str:
        everything = b"\n".join(files.values()).decode()
        for name in self.documents:
            for entry in self.catalog(name).active:
                if entry.translated and entry.msgstr.rpartition(" | ")[0] != meaning(entry.context, entry.msgid):
                    return f"{name}: {entry.key!r} is accepted as {entry.msgstr!r}"
        lost = [text for text in sorted(self.finished) if text not in everything]
        return f"lost: {lost}" if lost else ""

    def _files(self) -> dict[str, bytes]:
        folder = self.folder / "locales"
        return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}

    def _write_sources(self) -> None:
        for path in (self.folder / "source").glob("*.md"):
            if path.stem not in self.documents and path.name != "README.md":
                path.unlink()
        for name, blocks in self.documents.items():
            texts = [f"<!-- context: {context} -->\n{text}" if context else text for context, text in blocks]
            text = _HEAD.format(name=name) + "\n\n".join(texts) + "\n"
            (self.folder / "source" / f"{name}.md").write_text(text, encoding="utf-8")

    def catalog(self, name: str) -> Catalog:
        """The Spanish catalog of a document."""
        path = self._path(name)
        catalog, problems = read_catalog(path.read_bytes(), f"locales/es/LC_MESSAGES/{name}.po", ES)
        assert catalog is not None, problems
        return catalog

    def _path(self, name: str) -> Path:
        return self.folder / "locales" / "es" / "LC_MESSAGES" / f"{name}.po"

    # ---- Edits of the English ----

    def _block(self) -> Block:
        return self.chance.choice(self.contexts), self.chance.choice(self.sentences)

    def _some(self) -> tuple[list[Block], int]:
        """A document's blocks and the place of one of them."""
        blocks = self.documents[self.chance.choice(sorted(self.documents))]
        return blocks, self.chance.randrange(len(blocks))

    def insert(self) -> None:
        """A new text, or one that another document or an earlier version has."""
        blocks, place = self._some()
        others, other = self._some()
        new = (self.chance.choice(self.contexts), others[other][1]) if self.chance.random() < 0.5 else self._block()
        blocks.insert(place, new)
        self.log.append(f"insert {new}")

    def delete(self) -> None:
        """A text goes away."""
        blocks, place = self._some()
        if len(blocks) > 1:
            self.log.append(f"delete {blocks.pop(place)}")

    def reword(self) -> None:
        """A word is added or taken away."""
        blocks, place = self._some()
        context, text = blocks[place]
        words = text.split()
        if words[-1] in _WORDS:
            words.pop()
        else:
            words.append(self.chance.choice(_WORDS))
        self.log.append(f"reword {blocks[place]} to {' '.join(words)}")
        blocks[place] = context, " ".join(words)

    def move(self) -> None:
        """A text goes from one document to another."""
        blocks, place = self._some()
        others, other = self._some()
        if len(blocks) > 1 and blocks is not others:
            others.insert(other, blocks.pop(place))
            self.log.append(f"move {others[other]}")

    def change_context(self) -> None:
        """A text has another context."""
        blocks, place = self._some()
        old = blocks[place]
        blocks[place] = self.chance.choice(self.contexts), old[1]
        self.log.append(f"context {old} to {blocks[place][0]!r}")

    def remember(self) -> None:
        """A text is as it was: an obsolete or previous English comes back, here or in another document."""
        name, other = self.chance.choice(sorted(self.documents)), self.chance.choice(sorted(self.documents))
        entries = self.catalog(name).entries
        known = [(e, (e.previous_context or "", e.previous_msgid)) for e in entries if e.previous_msgid]
        known += [(e, (e.context or "", e.msgid)) for e in entries if e.obsolete]
        if not known:
            return
        entry, block = self.chance.choice(known)
        now = (entry.context or "", entry.msgid)
        if self.chance.random() < 0.7 and now in self.documents[name] and len(self.documents[name]) > 1:
            self.documents[name].remove(now)
        self.documents[other].append((block[0], block[1] or ""))
        self.log.append(f"remember {block} of {name} in {other}")

    # ---- A translator's work ----

    def _translator(self, wanted: Callable[[Entry], bool], work: Callable[[Entry], Entry]) -> None:
        names = sorted(self.documents)
        for name in names if self.chance.random() < 0.5 else [self.chance.choice(names)]:
            catalog = self.catalog(name)
            chosen = [e for e in catalog.active if wanted(e) and self.chance.random() < 0.9]
            done = {entry.key: work(entry) for entry in chosen}
            entries = tuple(done.get(entry.key, entry) if not entry.obsolete else entry for entry in catalog.entries)
            # What a translator replaces is not lost.
            self.finished -= {entry.msgstr for entry in chosen}
            self.finished |= {entry.msgstr for entry in done.values() if entry.translated}
            self.log.append(f"{name}: {[(entry.key, entry.msgstr) for entry in done.values()]}")
            self._path(name).write_bytes(write_catalog(replace(catalog, entries=entries)))

    def _right(self, entry: Entry) -> Entry:
        text = f"{meaning(entry.context, entry.msgid)} | {self.chance.randrange(2)}"
        return replace(entry, msgstr=text, flags=(), previous_msgid=None, previous_context=None)

    def translate(self) -> None:
        """What is not translated is."""
        self._translator(lambda entry: not entry.msgstr, self._right)

    def confirm(self) -> None:
        """Fuzzy texts are corrected."""
        self._translator(lambda entry: entry.fuzzy, self._right)

    def improve(self) -> None:
        """Other words for what was translated."""
        self._translator(lambda entry: entry.translated, self._right)

    def begin(self) -> None:
        """A translator types into a fuzzy text and leaves its mark."""
        self._translator(lambda entry: entry.fuzzy, lambda entry: replace(entry, msgstr="begun"))

    def doubt(self) -> None:
        """A translator marks a text."""
        self._translator(lambda e: e.translated, lambda e: replace(e, flags=("fuzzy",)))

    def ask(self) -> None:
        """A translator asks something."""
        self._translator(lambda entry: True, lambda entry: replace(entry, comments=("?: which one?",)))


_EDITS: tuple[Callable[[Life], None], ...] = (
    Life.insert, Life.delete, Life.reword, Life.reword, Life.move, Life.change_context, Life.remember, Life.remember,
    Life.translate,
    Life.translate, Life.translate, Life.confirm, Life.confirm, Life.improve, Life.begin, Life.doubt, Life.ask,
)  # fmt: skip


def meaning(context: str | None, msgid: str) -> str:
    """The one right translation of a message, but for its last word."""
    return f"es {context or '-'} {msgid}"


def lives(count: int, seed: int, rounds: int = 8) -> Iterator[tuple[int, str, list[str]]]:
    """Each life that broke something: its seed, what broke, and what was done in it."""
    for number in range(seed, seed + count):
        with tempfile.TemporaryDirectory() as folder:
            life = Life(Path(folder) / "project", random.Random(number))
            if problem := life.run(rounds):
                yield number, problem, life.log


def main() -> None:
    """Live so many lives, and print what broke."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--lives", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args(sys.argv[1:])
    broken = list(lives(options.lives, options.seed))
    for number, problem, log in broken[:3]:
        print(f"life {number}: {problem}", *log, sep="\n  ")
    print(f"{options.lives} lives, {len(broken)} broken")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
