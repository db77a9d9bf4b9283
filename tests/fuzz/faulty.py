"""A target with faults, to test that the command finds and keeps them."""

from __future__ import annotations

import os

from tests.fuzz.targets.target import target


@target(made=lambda: [b"ab"], longest=100)
def faulty(data: bytes) -> None:
    """It raises on most inputs, and ends its process on one that grew."""
    if len(data) > 60:
        os.abort()
    if data != b"ab":
        raise LookupError("not ab")
