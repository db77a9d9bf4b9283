"""A folder that all machines of a cluster reach, for results: a shared folder, S3, or whatever fsspec knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pressroom.border import BorderError, border
from pressroom.fingerprint import content_hash


class ObjectsError(OSError):
    """The folder can't be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Objects:
    """Results in a folder, by name. Its address is a path, or `s3://bucket/folder` and the like.

    Each method raises ObjectsError, whatever the library or the network raises.
    """

    address: str

    def put(self, name: str, data: bytes) -> str:
        """Write an object, or write it again; returns the hash of its bytes, which its reader compares."""
        with self._opened(f"{name} can't be written") as (system, folder):
            system.makedirs(folder, exist_ok=True)
            system.pipe_file(f"{folder}/{name}", data)
        return content_hash(data)

    def get(self, name: str, digest: str) -> bytes:
        """Read an object; other bytes than were written are refused."""
        with self._opened(f"{name} can't be read") as (system, folder):
            data: bytes = system.cat_file(f"{folder}/{name}")
        if content_hash(data) != digest:
            raise ObjectsError(f"{self.address}: {name} has other bytes than were written")
        return data

    def remove(self, name: str) -> None:
        """Remove an object."""
        with self._opened(f"{name} can't be removed") as (system, folder):
            system.rm_file(f"{folder}/{name}")

    def remove_all(self) -> None:
        """Remove the folder with everything in it."""
        with self._opened("it can't be removed") as (system, folder):
            system.rm(folder, recursive=True)

    @contextmanager
    def _opened(self, failed: str) -> Iterator[tuple[Any, str]]:
        try:
            with border():
                from fsspec.core import url_to_fs

                system, folder = url_to_fs(self.address)
                yield system, folder.rstrip("/")
        except BorderError as error:
            raise ObjectsError(f"{self.address}: {failed}: {error}") from error
