"""Makes this engine's dataclasses in less time: their common methods are not compiled for each class.

Before Python 3.13 `dataclasses` compiles each method of each class by itself, six for a frozen one. That was a fifth of
the start of a command, and of a worker. Here a class gets functions that know its fields, which do the same; those that
are called often, `__init__` and `__eq__`, are compiled as before. Classes of libraries are left alone.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from dataclasses import Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, Final

Method = Callable[..., Any]
_ROOT: Final = __name__.partition(".")[0]


def make_classes_light() -> None:
    """From now on; where Python itself compiles a class at once, nothing changes."""
    if sys.version_info >= (3, 13):
        return
    for name, light in (("_frozen_get_del_attr", _frozen), ("_repr_fn", _repr), ("_hash_fn", _hash)):
        setattr(dataclasses, name, _for_ours(light, getattr(dataclasses, name)))


def _for_ours(light: Method, compiled: Method) -> Method:
    def method(*arguments: Any) -> Any:  # noqa: ANN401  as `dataclasses` calls them; the last are the module's names
        is_ours = arguments[-1].get("__name__", "").partition(".")[0] == _ROOT
        return (light if is_ours else compiled)(*arguments)

    return method


def _frozen(cls: Any, fields: Sequence[Field[Any]], _names: object) -> tuple[Method, Method]:  # noqa: ANN401  a class
    names = frozenset(field.name for field in fields)

    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: ANN401
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: ANN401
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__


def _repr(fields: Sequence[Field[Any]], _names: object) -> Method:
    names = [field.name for field in fields]

    @recursive_repr()
    def __repr__(self: object) -> str:
        values = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{type(self).__qualname__}({values})"

    return __repr__


def _hash(fields: Sequence[Field[Any]], _names: object) -> Method:
    if not fields:
        return lambda self: hash(())
    values = attrgetter(*(field.name for field in fields))

    def __hash__(self: object) -> int:
        return hash(values(self))

    return __hash__
