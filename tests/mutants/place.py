"""Puts a changed module in place in this process: in the functions that are there, or as it is imported."""

from __future__ import annotations

import ast
import functools
import importlib.util
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import pytest

ROOT = Path(__file__).parents[2]


def run_pytest(arguments: Sequence[str], plugin: object) -> int:
    """Run pytest in this process with a plugin; gives its exit code."""
    return int(pytest.main(["-q", "-s", "-p", "no:cacheprovider", *arguments], plugins=[plugin]))


def module_name(module: str) -> str:
    """The name that a module is imported by, from its path in the repository."""
    return module.removesuffix(".py").replace("/", ".")


def compiled(module: str, tree: ast.Module | str) -> CodeType:
    """What Python runs of a module with this text or tree."""
    return compile(tree, str(ROOT / module), "exec", dont_inherit=True)


def changes_import(module: str, tree: ast.Module | str) -> bool:
    """True if a module differs outside of functions."""
    return _outside(compiled(module, (ROOT / module).read_text(encoding="utf-8"))) != _outside(compiled(module, tree))


def put_in_place(module: str, tree: ast.Module | str) -> bool:
    """Put a changed module in place of the one that is imported; False if only an import can do that.

    Its functions get the new code. Values that it names and that differ are bound again wherever they were imported.
    """
    now, new = compiled(module, (ROOT / module).read_text(encoding="utf-8")), compiled(module, tree)
    imported = sys.modules[module_name(module)]
    if _outside(now) != _outside(new) and not _bind_again(imported, now, new):
        return False
    before, codes = dict(_functions(now, "")), dict(_functions(new, ""))
    there = dict(_named(imported, vars(imported), ""))
    for name, code in codes.items():
        if code == before[name]:
            continue
        if name not in there or there[name].__code__.co_freevars != code.co_freevars:
            return False
        there[name].__code__ = code
    return True


def _bind_again(imported: ModuleType, now: CodeType, new: CodeType) -> bool:
    """Bind changed values of a module again; False if a class or the default of a function changed."""
    values = vars(imported).copy()
    exec(new, values)
    changed = {name for name, value in values.items() if _is_value(value) and value != vars(imported).get(name)}
    classes = [_outside(code) for code in now.co_consts if isinstance(code, CodeType) and _is_class(code)]
    if not changed or classes != [_outside(c) for c in new.co_consts if isinstance(c, CodeType) and _is_class(c)]:
        return False
    for name in changed:
        before = vars(imported)[name]
        for other in list(sys.modules.values()):
            if other is imported or getattr(other, "__name__", "").startswith(("pressroom", "tests", "test_")):
                for known, value in list(vars(other).items()):
                    if value is before and (known == name or type(before) not in {bool, int, str}):
                        setattr(other, known, values[name])
    return True


def _is_value(value: object) -> bool:
    return not isinstance(value, type | ModuleType | FunctionType | functools._lru_cache_wrapper) and not callable(
        value
    )


def _outside(code: CodeType) -> tuple[object, ...]:
    """What runs at import: the instructions and constants of a module and of its classes, without its functions."""
    parts: list[object] = [code.co_code, code.co_names]
    for constant in code.co_consts:
        if not isinstance(constant, CodeType):
            parts.append(repr(constant))
        elif _is_class(constant):
            parts.append(_outside(constant))
        elif constant.co_name.startswith("<"):  # a comprehension or lambda that runs at import
            parts.append(constant)
    return tuple(parts)


def _is_class(code: CodeType) -> bool:
    return "__module__" in code.co_names and "__qualname__" in code.co_names


def _functions(code: CodeType, inside: str) -> Iterator[tuple[str, CodeType]]:
    """The code of each function of a module and of its classes; what is inside of a function is a part of it."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            name = f"{inside}{constant.co_name}"
            if _is_class(constant):
                yield from _functions(constant, f"{name}.")
            elif not constant.co_name.startswith("<"):
                yield name, constant


def _named(module: ModuleType, names: Mapping[str, object], inside: str) -> Iterator[tuple[str, FunctionType]]:
    for name, value in list(names.items()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            yield from _named(module, vars(value), f"{inside}{name}.")
        elif (function := _function(value)) is not None and function.__code__.co_filename == module.__file__:
            yield f"{inside}{name}", function


def _function(value: object) -> FunctionType | None:
    """The function that a decorator wrapped."""
    if isinstance(value, property):
        value = value.fget
    elif isinstance(value, functools.cached_property):
        value = value.func
    elif isinstance(value, staticmethod | classmethod):
        value = value.__func__
    while hasattr(value, "__wrapped__"):
        value = value.__wrapped__
    return value if isinstance(value, FunctionType) else None


def imported_as(module: str, tree: Callable[[], ast.Module | str], names: Mapping[str, object]) -> None:
    """From now on this process imports a module, which it has not yet, as this tree, with more global names."""
    name = module_name(module)
    assert name not in sys.modules

    class Finder(MetaPathFinder, Loader):
        def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
            if fullname != name:
                return None
            return importlib.util.spec_from_loader(fullname, self, origin=str(ROOT / module))

        def exec_module(self, imported: ModuleType) -> None:
            imported.__file__ = str(ROOT / module)
            vars(imported).update(names)
            exec(compiled(module, tree()), vars(imported))

    sys.meta_path.insert(0, Finder())
