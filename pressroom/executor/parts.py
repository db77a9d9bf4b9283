"""Takes tasks apart: what many of them share is sent to a machine or a worker once, and each names it by its hash."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, field
from typing import Any, Final

from pressroom.fingerprint import content_hash

# Bytes. Less is sent again with each task: naming it by its hash would save little.
_LARGE: Final = 1024
_REMEMBERED: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Packed:
    """A value as bytes, and the bytes of every part that it needs, by hash."""

    data: bytes
    parts: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A task as it is sent to a worker: its bytes, and the parts that the worker has not yet.

    If it is the `first`, the worker forgets the parts that it has.
    """

    data: bytes
    parts: dict[str, bytes]
    first: bool = False


@dataclass(slots=True)
class Given:
    """The parts that a worker has; when they are many, it begins from nothing."""

    names: set[str] = field(default_factory=set)
    size: int = 0

    def parcel(self, packed: Packed) -> Parcel:
        """What the worker needs for a task."""
        lacking = {name: data for name, data in packed.parts.items() if name not in self.names}
        more = sum(map(len, lacking.values()))
        first = not self.names or self.size + more > _REMEMBERED
        if first:
            self.names, self.size, lacking = set(), 0, packed.parts
            more = sum(map(len, lacking.values()))
        self.names |= lacking.keys()
        self.size += more
        return Parcel(packed.data, lacking, first)


@dataclass(slots=True)
class Packer:
    """Packs values: long bytes and values of the `shared` types become parts, equal ones the same part."""

    shared: tuple[type, ...] = ()
    # By identity: forty clinics' pieces have the same document. The value is kept, so that its id stays its own.
    _known: dict[int, tuple[object, str, dict[str, bytes]]] = field(default_factory=dict)
    _size: int = 0

    def pack(self, value: object) -> Packed:
        """The value in bytes, with all parts that it needs."""
        out, parts = io.BytesIO(), dict[str, bytes]()
        _Pickler(out, self, parts).dump(value)
        return Packed(out.getvalue(), parts)

    def is_part(self, value: object) -> bool:
        """True for a value that is sent apart."""
        return len(value) >= _LARGE if isinstance(value, bytes) else isinstance(value, self.shared)

    def part(self, value: object) -> tuple[str, dict[str, bytes]]:
        """The hash of a value that is sent apart, and all parts that it needs, itself among them."""
        if (known := self._known.get(id(value))) is None:
            out, parts = io.BytesIO(), dict[str, bytes]()
            _Pickler(out, self, parts, value).dump(value)
            data = out.getvalue()
            name = content_hash(data)
            self._size += len(data)
            if self._size > _REMEMBERED:
                self._known.clear()
                self._size = len(data)
            known = self._known[id(value)] = value, name, {**parts, name: data}
        return known[1:]


class _Pickler(pickle.Pickler):
    """Writes the hash of a part in its place; `whole` is the value that it was asked to write itself."""

    def __init__(self, out: io.BytesIO, packer: Packer, parts: dict[str, bytes], whole: object = None) -> None:
        super().__init__(out, protocol=pickle.HIGHEST_PROTOCOL)
        self._packer, self._parts, self._whole = packer, parts, whole

    def persistent_id(self, value: object) -> str | None:
        if value is self._whole or not self._packer.is_part(value):
            return None
        name, parts = self._packer.part(value)
        self._parts |= parts
        return name


@dataclass(slots=True)
class Shelf:
    """The parts that a process has received; each is read once, when the first task needs it."""

    data: dict[str, bytes] = field(default_factory=dict)
    _values: dict[str, Any] = field(default_factory=dict)

    def opened(self, parcel: Parcel) -> Any:  # noqa: ANN401
        """The task in a parcel; its parts stay for the next one."""
        if parcel.first:
            self.data, self._values = {}, {}
        self.data |= parcel.parts
        return self.unpack(parcel.data)

    def unpack(self, data: bytes) -> Any:  # noqa: ANN401  whatever was packed
        """The value that was packed.

        Raises:
            KeyError: a part that it needs was not received.
        """
        return _Unpickler(io.BytesIO(data), self).load()

    def value(self, name: str) -> Any:  # noqa: ANN401
        """The part with this hash."""
        if name not in self._values:
            self._values[name] = self.unpack(self.data[name])
            # The value is enough from now on.
            self.data[name] = b""
        return self._values[name]


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, shelf: Shelf) -> None:
        super().__init__(file)
        self._shelf = shelf

    def persistent_load(self, name: str) -> Any:  # noqa: ANN401
        return self._shelf.value(name)
