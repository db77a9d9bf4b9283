"""Modules that are imported when a function of theirs is first called, and not where they are named."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType


class _Waiting(ModuleType):
    """In the place of a module that is not imported yet; each name in it is taken for a function's."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*values: object, **named: object) -> object:
            return getattr(_imported(self.__name__), name)(*values, **named)

        return call


def import_later(*names: str) -> None:
    """Let these modules wait until they are used. One that is imported already stays."""
    for name in names:
        sys.modules.setdefault(name, _Waiting(name))


def _imported(name: str) -> ModuleType:
    """The module itself. All that wait make room first: they may import each other."""
    for waiting in [one for one, module in sys.modules.items() if isinstance(module, _Waiting)]:
        del sys.modules[waiting]
    return import_module(name)
