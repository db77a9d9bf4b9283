"""What the engine takes for true of a library: a test that fails says which version broke it, and what needs it."""

from __future__ import annotations

import functools
import importlib.metadata
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

from tests.test_lock import DEV, pins

ROOT = Path(__file__).parents[2]
# Every assumption that was declared: the library, and the modules that depend on it, as paths in `pressroom/`.
ASSUMED: list[tuple[str, str, tuple[str, ...]]] = []
P = ParamSpec("P")


def assumed_of(library: str, *modules: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """A test of something that `modules` take for true of a library; its docstring is what they take for true."""

    def decorate(test: Callable[P, None]) -> Callable[P, None]:
        ASSUMED.append((test.__name__, library, modules))

        @functools.wraps(test)
        def checked(*arguments: P.args, **options: P.kwargs) -> None:
            try:
                test(*arguments, **options)
            except Exception as error:
                raise AssertionError(broken(library, modules, test.__doc__ or "")) from error

        return checked

    return decorate


def broken(library: str, modules: tuple[str, ...], truth: str) -> str:
    """What is said of an assumption that does not hold any more."""
    installed, locked = importlib.metadata.version(library), pins(DEV).get(library)
    versions = installed if installed == locked else f"{installed} (the lock has {locked})"
    where = ", ".join(f"pressroom/{module}" for module in modules)
    said = " ".join(truth.split())
    return f"{library} {versions}: this is not so any more: {said} Read again what depends on it: {where}"
