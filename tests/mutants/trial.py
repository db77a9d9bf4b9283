"""Tries mutants in one run of pytest: it collects the tests once, and forks a child of itself for each mutant.

A child puts its mutant in place in memory, and runs the tests that run the changed statement, the quickest first, until
one fails. So no file is changed, and what takes long, importing and collecting, is done once.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from tests.mutants.changes import changed
from tests.mutants.child import in_child
from tests.mutants.lines import Line, Measurement, Ran, leave_out_fonts, with_next
from tests.mutants.place import ROOT, imported_as, put_in_place, run_pytest

SURVIVED, NO_TEST, AT_IMPORT = "", "no test runs it", "at import"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one change: one of `changes`, by its number, or a whole `text` that a person wrote.

    `module` is its path in the repository, `lines` are those of the changed statements. `at_import` is True if the
    change is not in a function.
    """

    module: str
    lines: tuple[int, ...]
    where: str
    what: str
    number: int = -1
    text: str = ""
    at_import: bool = False

    def tree(self) -> object:
        """What takes the place of the module's text."""
        return self.text or changed((ROOT / self.module).read_text(encoding="utf-8"), self.number)


def try_mutants(mutants: Sequence[Mutant], tests: Sequence[str]) -> list[str]:
    """For each mutant the test that killed it, or what else ended the child; `SURVIVED`, or `NO_TEST` if none runs it.

    Mutants of what runs while modules are imported are tried with all the tests, in a child that imports them.
    """
    measured = in_child(lambda: Measurement({m.module for m in mutants}).run(tests), seconds=3600)
    assert isinstance(measured, tuple), f"this fails without a mutant: {measured}"
    ran, imported = measured
    found = in_child(lambda: _Trial(mutants, ran, imported).run(tests), seconds=36_000)
    assert isinstance(found, list), found
    return [_by_import(m, tests) if said == AT_IMPORT else said for m, said in zip(mutants, found, strict=True)]


def _by_import(mutant: Mutant, tests: Sequence[str]) -> str:
    def attempt() -> str:
        imported_as(mutant.module, mutant.tree, {})
        failures = _Failures()
        run_pytest(["-x", *tests], failures)
        return failures.first

    return str(in_child(attempt, seconds=300, bounded=True))


@dataclass(slots=True, eq=False)
class _Failures:
    """A plugin that remembers the first failure, and leaves out fixtures."""

    first: str = SURVIVED

    def pytest_runtest_logreport(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.failed:
            self.first = self.first or report.nodeid

    pytest_collectreport = pytest_runtest_logreport

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            leave_out_fonts(item)


@dataclass(slots=True, eq=False)
class _Trial:
    """The plugin that tries the mutants where pytest would run the tests."""

    mutants: Sequence[Mutant]
    ran: Mapping[str, Ran]
    imported: set[Line]
    said: list[str] = field(default_factory=list)
    failures: _Failures = field(default_factory=_Failures)

    def run(self, tests: Sequence[str]) -> list[str]:
        run_pytest(tests, self)
        assert len(self.said) == len(self.mutants), self.failures.first
        return self.said

    def pytest_internalerror(self, excrepr: object) -> None:
        self.failures.first = str(excrepr)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failures.pytest_runtest_logreport(report)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        covering: defaultdict[Line, list[pytest.Item]] = defaultdict(list)
        for item in session.items:
            leave_out_fonts(item)
            for line in self.ran[item.nodeid].lines:
                covering[line].append(item)
        for number, mutant in enumerate(self.mutants):
            items = {item for line in mutant.lines for item in covering[mutant.module, line]}
            if mutant.at_import:
                # It may matter to all that is tested together with something of the module.
                files = {item.path for line in covering if line[0] == mutant.module for item in covering[line]}
                items = {item for item in session.items if item.path in files}
            said = self._try(mutant, sorted(items, key=lambda item: self.ran[item.nodeid].seconds))
            _progress(f"{number + 1}/{len(self.mutants)}: {mutant.module}: {mutant.what}: {said or 'lives'}")
            self.said.append(said)
        return True

    def _try(self, mutant: Mutant, items: Sequence[pytest.Item]) -> str:
        at_import = any((mutant.module, line) in self.imported for line in mutant.lines)
        if not items:
            return AT_IMPORT if at_import else NO_TEST

        def attempt() -> str:
            if not put_in_place(mutant.module, mutant.tree()):
                return AT_IMPORT
            for item, following in with_next(items):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if self.failures.first:
                    break
            return self.failures.first

        seconds = sum(self.ran[item.nodeid].seconds for item in items)
        return str(in_child(attempt, seconds=20 + 5 * int(seconds), bounded=True))


def _progress(line: str) -> None:
    """It takes minutes: say what was tried, on standard error."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
