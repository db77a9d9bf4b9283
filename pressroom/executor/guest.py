"""What a contained worker does on a machine of a cluster: compares the machine with the build's, then runs tasks."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Final

from pressroom.executor.objects import Objects
from pressroom.executor.parts import Shelf
from pressroom.fingerprint import content_hash

GREETING: Final = "greeting"
_SHELF: Final = Shelf()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a machine must have before it runs a task, and where results go.

    `function` runs a task, `package.module:name`. `engine` is the fingerprint of the engine's own files. `prepare` gets
    the value of the part `setup` and returns the reasons why this machine can't be used. Where they are empty, nothing
    is compared. `objects` is the address of a folder for results; empty: results are sent back.
    """

    function: str
    engine: str = ""
    prepare: str = ""
    setup: str = ""
    objects: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A task on its way to a machine, or None to greet it; `needs` are the hashes of its parts, `parts` their bytes.

    Tasks of one `kind` are alike.
    """

    terms: Terms
    name: str
    task: bytes | None
    needs: frozenset[str] = frozenset()
    parts: dict[str, bytes] = field(default_factory=dict)
    kind: Hashable = None


@dataclass(frozen=True, slots=True)
class Done:
    """A result, pickled; or the hash of those bytes, which are in the folder for results under the call's name."""

    data: bytes
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why this machine can't make what the build would make."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The machine lacks parts of the task; it asks for all of them again."""


def work(call: Call) -> Done | Refused:
    """Run a task, if this machine is as the build's."""
    _SHELF.data |= call.parts
    if reasons := _reasons(call.terms):
        return Refused(reasons)
    if call.task is None:
        return Done(b"")
    result = _function(call.terms.function)(_SHELF.unpack(call.task))
    data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    return Done(b"", Objects(call.terms.objects).put(call.name, data)) if call.terms.objects else Done(data)


@cache
def _reasons(terms: Terms) -> tuple[str, ...]:
    """Why this machine can't be used. The engine first: another one may not even be able to read the setup."""
    if terms.engine:
        from pressroom.planning.versions import engine_build

        if engine_build() != terms.engine:
            return (f"it has another version of the engine ({engine_build()}, and the build has {terms.engine})",)
    reasons: tuple[str, ...] = _function(terms.prepare)(_SHELF.value(terms.setup)) if terms.prepare else ()
    if terms.objects and not reasons:
        reasons = _greeted(Objects(terms.objects))
    return reasons


def _greeted(objects: Objects) -> tuple[str, ...]:
    """Read what the build wrote in the folder for results, which may be another folder here, and write it again."""
    try:
        objects.put(GREETING, objects.get(GREETING, content_hash(GREETING.encode())))
    except OSError as error:
        return (str(error),)
    return ()


@cache
def _function(name: str) -> Callable[[Any], Any]:
    module, function = name.split(":")
    found: Callable[[Any], Any] = getattr(import_module(module), function)
    return found
