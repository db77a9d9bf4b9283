"""Mutates the safety net and runs its tests: `python -m tests.mutants [--only TEXT] [--sample N --seed N]`.

A mutant has one thing changed that decides: a comparison, a condition, a truth value, a number, an element of a list, a
statement. The safety net and its tests are in net.toml; by_hand.toml has the faults that a reviewer would think of.
A mutant that no test notices is printed. accepted.tsv lists those that are right to survive, with the reason. Ends with
1 if another one survives. mutmut and cosmic-ray import everything again for each mutant; here a fork takes 0.1 s.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import resource
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutants.changes import changes
from tests.mutants.place import ROOT, changes_import
from tests.mutants.trial import NO_TEST, SURVIVED, Mutant, try_mutants

HERE = Path(__file__).parent
Net = dict[str, list[str]]


def net() -> dict[str, Net]:
    """The parts of the safety net by name."""
    return tomllib.loads((HERE / "net.toml").read_text(encoding="utf-8"))


def modules_of(part: Net) -> list[str]:
    """The modules of a part, as paths in the repository."""
    found = {path for pattern in part["modules"] for path in ROOT.glob(pattern)}
    return sorted(str(path.relative_to(ROOT)) for path in found if path.name != "__init__.py")


def every_mutant(module: str) -> Iterator[Mutant]:
    """The mutants of a module, in the order of its text."""
    source = (ROOT / module).read_text(encoding="utf-8")
    for number, change in enumerate(changes(source)):
        yield Mutant(module, change.lines, change.where, change.what, number, at_import=change.at_import)


def by_hand() -> list[Mutant]:
    """The mutants that a person thought of: each a passage that is in its module once, and what it becomes."""
    rows = tomllib.loads((HERE / "by_hand.toml").read_text(encoding="utf-8"))["mutant"]
    return [_by_hand(row["module"], row["fault"], row["old"], row["new"]) for row in rows]


def _by_hand(module: str, fault: str, old: str, new: str) -> Mutant:
    text = (ROOT / module).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"by_hand.toml: {module} has this {text.count(old)} times: {old}"
    first = text[: text.index(old)].count("\n") + 1
    last = first + old.rstrip("\n").count("\n")
    statements = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.stmt)]
    lines = tuple(node.lineno for node in statements if node.lineno <= last and first <= (node.end_lineno or 0))
    changed = text.replace(old, new)
    return Mutant(module, lines, "", fault, text=changed, at_import=changes_import(module, changed))


def accepted() -> dict[tuple[str, str, str], str]:
    """The reasons of the mutants that are right to survive, by module, function and change."""
    rows = (HERE / "accepted.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {(module, where, what): why for module, where, what, why in cells}


def chosen(part: Net, wanted: argparse.Namespace, hand: Sequence[Mutant], chance: random.Random) -> list[Mutant]:
    """The mutants of a part that are asked for; those by hand are among them, whatever the sample."""
    modules = modules_of(part)
    made = [] if wanted.by_hand else [m for module in modules for m in every_mutant(module)]
    mutants = [m for m in made if wanted.only in f"{m.module}:{m.where}"]
    if wanted.sample is not None and wanted.sample < len(mutants):
        mutants = chance.sample(mutants, wanted.sample)
    mutants += [m for m in hand if m.module in modules and wanted.only in m.module]
    return sorted(mutants, key=lambda m: (m.module, m.lines))


def outcomes(part: Net, mutants: Sequence[Mutant], *, quick: bool) -> list[str]:
    """What the tests of a part say of its mutants: the slower ones only where the others say nothing."""
    said = try_mutants(mutants, part["tests"])
    left = [number for number, each in enumerate(said) if each in {SURVIVED, NO_TEST}]
    if left and not quick:
        again = try_mutants([mutants[number] for number in left], part["also"])
        for number, each in zip(left, again, strict=True):
            said[number] = said[number] if each == NO_TEST else each
    return said


def main() -> int:
    """Mutate, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="TEXT", help="only mutants whose module or function has this")
    parser.add_argument("--sample", type=int, metavar="N", help="so many mutants of each part, drawn by chance")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--by-hand", action="store_true", help="only the mutants of by_hand.toml")
    parser.add_argument("--quick", action="store_true", help="without the slower tests of whole commands")
    parser.add_argument("--all", action="store_true", help="print those that were killed too, and what killed them")
    wanted = parser.parse_args()
    known, chance, hand = accepted(), random.Random(wanted.seed), by_hand()
    count: Counter[str] = Counter()
    os.environ["CI"] = "true"  # hypothesis tries the same examples each time
    with tempfile.TemporaryDirectory(prefix="pressroom-mutants-") as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        for part in net().values():
            mutants = chosen(part, wanted, hand, chance)
            found = outcomes(part, mutants, quick=wanted.quick) if mutants else []
            for mutant, said in zip(mutants, found, strict=True):
                count[_report(mutant, said, known, every=wanted.all)] += 1
    took = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{sum(count.values())} mutants: {dict(count)}; {took.ru_utime + took.ru_stime:.0f} s of CPU time")
    return 1 if count["SURVIVED"] else 0


def _report(mutant: Mutant, said: str, known: dict[tuple[str, str, str], str], *, every: bool) -> str:
    """Print a mutant that survived; gives what became of it."""
    survived = said in {SURVIVED, NO_TEST}
    is_known = (mutant.module, mutant.where, mutant.what) in known
    outcome = "killed" if not survived else "accepted" if is_known else "SURVIVED"
    if outcome == "SURVIVED" or every:
        print(f"{mutant.module}:{mutant.lines[0]}: {outcome}: {mutant.where}\t{mutant.what}\t{said}", flush=True)
    return outcome


if __name__ == "__main__":
    sys.exit(main())
