"""Which test runs which statements of the safety net, and how long it takes.

The modules are imported with a note before each statement of their functions: tracing every call takes twenty times as
long.
"""

from __future__ import annotations

import ast
import functools
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.mutants.place import ROOT, imported_as, run_pytest

Line = tuple[str, int]
_NOTE = "__note__"
# A fixture that prepares the fonts takes 0.4 s, and these rooms set no text.
_WITHOUT_FONTS = ("tests/approval", "tests/catalog", "tests/language", "tests/publish", "tests/workspace")


@dataclass(frozen=True, slots=True)
class Ran:
    """What a test took, in seconds of CPU time, and the lines of the statements it ran."""

    seconds: float
    lines: frozenset[Line]


@dataclass(slots=True, eq=False)
class Measurement:
    """A plugin for pytest that runs the tests and notes what they run. `imported` is what no test has to run."""

    modules: Collection[str]
    tests: dict[str, Ran] = field(default_factory=dict)
    imported: set[Line] = field(default_factory=set)
    failure: str = ""
    _now: set[Line] = field(default_factory=set)
    _fixtures: defaultdict[str, set[Line]] = field(default_factory=lambda: defaultdict(set))

    def run(self, tests: Sequence[str]) -> tuple[dict[str, Ran], set[Line]] | str:
        """The tests by their pytest name and what was run before them; or the name of a test that fails."""
        for module in self.modules:
            imported_as(module, lambda module=module: _with_notes(module), {_NOTE: self._note})
        run_pytest(tests, self)
        return self.failure or (self.tests, self.imported)

    def _note(self, line: Line) -> None:
        self._now.add(line)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Remember a file that can't be imported."""
        if report.failed:
            self.failure = self.failure or report.nodeid

    pytest_runtest_logreport = pytest_collectreport

    def pytest_internalerror(self, excrepr: object) -> None:
        """Remember an error of a plugin."""
        self.failure = str(excrepr)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """Note apart what is run for several tests: each of them depends on it."""
        before, self._now = self._now, set()
        try:
            return (yield)
        finally:
            before |= self._now
            if fixturedef.scope != "function":
                self._fixtures[fixturedef.argname] |= self._now
            self._now = before

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run each test, with the caches of the modules empty."""
        self.imported |= self._now
        for item, following in with_next(session.items):
            leave_out_fonts(item)
            self._forget()
            self._now = set()
            began = time.process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds = time.process_time() - began
            shared = (self._fixtures[name] for name in getattr(item, "fixturenames", ()) if name in self._fixtures)
            self.tests[item.nodeid] = Ran(seconds, frozenset(self._now.union(*shared)))
        return True

    def _forget(self) -> None:
        for name in self.modules:
            module = sys.modules.get(name.removesuffix(".py").replace("/", "."))
            for value in vars(module).values() if module else ():
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


def with_next(items: Sequence[pytest.Item]) -> Iterable[tuple[pytest.Item, pytest.Item | None]]:
    """Each test with the one after it, as pytest wants to know."""
    return zip(items, [*items[1:], None], strict=False)


def leave_out_fonts(item: pytest.Item) -> None:
    """Run a test without the fixtures that prepare what it does not use."""
    names = getattr(item, "fixturenames", [])
    if item.nodeid.startswith(_WITHOUT_FONTS):
        names[:] = [name for name in names if name not in {"fonts", "_inline_executor"}]


def _with_notes(module: str) -> ast.Module:
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                for name in ("body", "orelse", "finalbody"):
                    statements = getattr(node, name, None)
                    if isinstance(statements, list) and not isinstance(node, ast.ClassDef):
                        setattr(node, name, list(_noted(module, statements)))
    return ast.fix_missing_locations(tree)


def _noted(module: str, statements: Sequence[ast.stmt]) -> Iterable[ast.stmt]:
    for statement in statements:
        if not _is_note(statement):
            line = ast.Tuple([ast.Constant(module), ast.Constant(statement.lineno)], ast.Load())
            call = ast.Call(ast.Name(_NOTE, ast.Load()), [line], [])
            yield ast.copy_location(ast.Expr(call), statement)
        yield statement


def _is_note(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and _NOTE in ast.unparse(statement)
