"""Ours against its peers: makes the corpora, runs all programs on them in turn, and prints tables.

    python -m benchmarks.peers [--quick | --full] [--only TABLE] [--ours FOLDER] [--rounds N]

Peers: the `weasyprint` command, WeasyPrint in a loop, Chromium (if the machine has it), Typst. WeasyPrint and Typst are
installed in an environment of their own. CPU seconds are of all processes; those on the clock are those of this machine
with whatever else it does. Runs take turns, and medians are printed. `--ours` names the checkout of another engine to
measure beside this one, and can be repeated.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import corpus
from benchmarks.peers.corpus import ALL_LOCALES, FEW_LOCALES, ROOT, THREE_LOCALES
from benchmarks.peers.export import Exported, export
from benchmarks.peers.measured import Cost, median
from benchmarks.peers.methods import Method, build, disk, is_tagged, pages_of, peers, peers_environment

TABLES = ("distinct", "fan-out", "incremental", "growth")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. Peers make no file from another one, so a few clinics say what many cost them."""

    locales: tuple[str, ...]
    clinics: tuple[int, ...]
    peers_clinics: int
    edited_clinics: int
    growth: tuple[int, ...]


QUICK = Size(FEW_LOCALES, (1, 10), 1, 10, (100,))
USUAL = Size(ALL_LOCALES, (1, 10, 40), 3, 40, (100, 1000))
FULL = Size(ALL_LOCALES, (1, 10, 40, 400), 10, 40, (100, 1000, 10_000))


class Benchmark:
    """The tables, made in a folder that is removed afterwards."""

    def __init__(self, folder: Path, size: Size, engines: Sequence[Path], rounds: int) -> None:
        self.folder, self.size, self.engines, self.rounds = folder, size, engines, rounds
        self.peers = [*peers(peers_environment(ROOT / ".cache" / "benchmarks"))]
        self.command = 0.0

    def ours(self, project: Path, locales: Sequence[str]) -> list[Method]:
        """A build by each engine."""

        def method(engine: Path) -> Method:
            name = "ours" if engine == ROOT else f"ours, {engine.name}"
            how = "`build` from nothing, two workers: sizes searched, checked whole, published"
            return Method(name, how, lambda exported, output: build(engine, project, output, locales))

        return [method(engine) for engine in self.engines]

    def distinct(self) -> None:
        """Three documents, each in many languages, for one clinic."""
        project = corpus.project(self.folder / "distinct", 1)
        exported = export(project, self.folder / "distinct-pages", self.size.locales)
        pieces = len(exported.pages)
        print(
            f"## Distinct pieces: {len(corpus.DOCUMENTS)} documents × {len(self.size.locales)} languages = {pieces}\n"
        )
        methods = [*self.ours(project, self.size.locales), *self.peers]
        costs = self._in_turn(methods, exported, "distinct")
        self._compared(methods, costs, pieces, "distinct")
        self.command = next(c.cpu for m, c in zip(methods, costs, strict=True) if "command" in m.name) / pieces

    def fan_out(self) -> None:
        """Three documents in three languages, for more and more clinics."""
        cells = len(corpus.DOCUMENTS) * len(THREE_LOCALES)
        print(f"## Clinics: {len(corpus.DOCUMENTS)} documents × {len(THREE_LOCALES)} languages × clinics\n")
        rows = []
        for count in self.size.clinics:
            project = corpus.project(self.folder / f"clinics-{count}", count)
            methods = self.ours(project, THREE_LOCALES)
            for method, cost in zip(methods, self._in_turn(methods, None, f"clinics-{count}"), strict=True):
                rows.append([method.name, str(count), *_cost_cells(cost, cells * count), ""])
        count = self.size.peers_clinics
        project = corpus.project(self.folder / "clinics-peers", count)
        exported = export(project, self.folder / "clinics-pages", THREE_LOCALES)
        for method, cost in zip(self.peers, self._in_turn(self.peers, exported, "peers"), strict=True):
            rows.append([method.name, str(count), *_cost_cells(cost, cells * count), "each file made whole"])
        many = max(self.size.clinics)
        if many > count:
            typst = [method for method in self.peers if method.name.startswith("Typst")]
            project = corpus.project(self.folder / "clinics-typst", many)
            exported = export(project, self.folder / "typst-pages", THREE_LOCALES)
            for method, cost in zip(typst, self._in_turn(typst, exported, "typst"), strict=True):
                rows.append([method.name, str(many), *_cost_cells(cost, cells * many), "its compiler remembers"])
        _table(["", "clinics", *COST_HEAD, ""], rows)
        self._methods([*methods, *self.peers])

    def incremental(self) -> None:
        """Edits, one after the other, each with a cold build after it."""
        count = self.size.edited_clinics
        pieces = count * len(corpus.DOCUMENTS) * len(THREE_LOCALES)
        print(f"## Edits of a project with {count} clinics, {pieces} files\n")
        roots = {engine: corpus.project(self.folder / f"edits-{n}", count) for n, engine in enumerate(self.engines)}
        for engine, root in roots.items():
            build(engine, root, self.folder / f"{root.name}-out", THREE_LOCALES)
        rows = []
        for edit in corpus.edits(count):
            for engine, root in roots.items():
                edit.change(root)
                cost = build(engine, root, self.folder / f"{root.name}-out", THREE_LOCALES)
                made = re.search(r"(\d+) made", cost.said)
                name = "ours" if engine == ROOT else f"ours, {engine.name}"
                cells = [edit.name, name, made[1] if made else "0", f"{cost.cpu:.2f} s", f"{cost.wall:.2f} s"]
                rows.append([*cells, f"{cost.peak:.0f} MB"])
            if self.command:
                files = edit.files(count)
                cells = [edit.name, "a Makefile and the `weasyprint` command", str(files)]
                rows.append([*cells, f"{files * self.command:.2f} s", "", ""])
        _table(["edit", "", "files made", "CPU", "clock", "memory"], rows)
        print(
            "Ours: the whole command, cold. A Makefile goes by dates of files: computed, files × the command's cost.\n"
        )

    def growth(self) -> None:
        """One card in five languages, for so many clinics that it is so many files."""
        print("## Growth: one card in five languages\n")
        rows = []
        documents = {"cards/dvt-pe.md": "wallet-card"}
        for files in self.size.growth:
            for engine in self.engines:
                name = f"{files}-{engine.name}"
                project = corpus.project(self.folder / f"growth-{name}", files // len(FEW_LOCALES), documents)
                output = self.folder / f"growth-{name}-out"
                first = build(engine, project, output, FEW_LOCALES)
                used, inodes = disk(output)
                again = build(engine, project, output, FEW_LOCALES)
                corpus.write_clinics(project, files // len(FEW_LOCALES), changed=True)
                one = build(engine, project, output, FEW_LOCALES)
                label = "ours" if engine == ROOT else f"ours, {engine.name}"
                cells = [label, f"{files:,}", f"{1000 * first.cpu / files:.1f} ms", f"{first.wall:.0f} s"]
                cells += [f"{first.peak:.0f} MB", f"{used / files / 1000:.1f} KB", f"{inodes / files:.2f}"]
                rows.append([*cells, f"{again.cpu:.2f} s", f"{one.cpu:.2f} s"])
                shutil.rmtree(output)
        head = ["", "files", "CPU a file", "clock", "memory", "disk a file", "inodes a file"]
        _table([*head, "nothing changed, CPU", "one telephone, CPU"], rows)

    def _in_turn(self, methods: Sequence[Method], exported: Exported | None, name: str) -> list[Cost]:
        costs: dict[int, list[Cost]] = defaultdict(list)
        nothing = Exported((), (), "")
        for round_ in range(self.rounds):
            for number, method in enumerate(methods):
                folder = self.folder / f"out-{name}-{round_}-{number}"
                folder.mkdir(parents=True)
                cost = method.make(exported or nothing, folder)
                costs[number].append(cost)
                print(f"{name}: {method.name}: {cost.cpu:.1f} s of CPU", file=sys.stderr, flush=True)
                if round_:
                    shutil.rmtree(folder)
        return [median(costs[number]) for number in range(len(methods))]

    def _compared(self, methods: Sequence[Method], costs: Sequence[Cost], pieces: int, name: str) -> None:
        ours = costs[0].cpu
        rows = []
        for number, (method, cost) in enumerate(zip(methods, costs, strict=True)):
            made = _pdfs(self.folder / f"out-{name}-0-{number}")
            size = sum(path.stat().st_size for path in made) / max(len(made), 1) / 1000
            tagged = ", ".join(sorted({is_tagged(path) for path in made}))
            cells = [
                method.name,
                str(len(made)),
                *_cost_cells(cost, pieces),
                f"{cost.cpu / ours:.2f}",
                f"{size:.0f} KB",
            ]
            rows.append([*cells, f"{pages_of(made) / max(len(made), 1):.2f}", tagged])
        _table(["", "files", *COST_HEAD, "CPU, ours = 1", "a file", "pages", "tagged"], rows)
        self._methods(methods)

    def _methods(self, methods: Sequence[Method]) -> None:
        for name, how in {method.name: method.how for method in methods}.items():
            print(f"- {name}: {how}.")
        print()


COST_HEAD = ("CPU a file", "clock a file", "memory")


def _cost_cells(cost: Cost, files: int) -> list[str]:
    return [f"{1000 * cost.cpu / files:.1f} ms", f"{1000 * cost.wall / files:.1f} ms", f"{cost.peak:.0f} MB"]


def _pdfs(folder: Path) -> list[Path]:
    """The PDFs that were made, at the places where a person finds them."""
    current = folder / "current"
    return sorted((current if current.exists() else folder).rglob("*.pdf"))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def _machine() -> str:
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    return f"{cores} cores, load {load:.1f} at the start, Python {platform.python_version()}"


def main() -> None:
    """Make the tables that are asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = asked.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_const", dest="size", const=QUICK, help="some minutes")
    size.add_argument("--full", action="store_const", dest="size", const=FULL, help="some hours")
    asked.add_argument("--only", action="append", choices=TABLES, help="this table; can be repeated")
    asked.add_argument("--ours", action="append", type=Path, default=[], metavar="FOLDER", help="another engine too")
    asked.add_argument("--rounds", type=int, default=1, help="how often each program runs")
    options = asked.parse_args()
    print(f"{_machine()}; {options.rounds} round(s)\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="pressroom-peers-") as name:
        engines = [ROOT, *(engine.resolve() for engine in options.ours)]
        benchmark = Benchmark(Path(name), options.size or USUAL, engines, options.rounds)
        tables: dict[str, Callable[[], None]] = {
            "distinct": benchmark.distinct,
            "fan-out": benchmark.fan_out,
            "incremental": benchmark.incremental,
            "growth": benchmark.growth,
        }
        for table in TABLES:
            if table in (options.only or TABLES):
                tables[table]()


if __name__ == "__main__":
    main()
