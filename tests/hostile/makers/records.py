"""Records and manifests: JSON and TOML that the program wrote once, and somebody edited."""

from __future__ import annotations

import json
import re


def manifest_deep(levels: str, _: bytes) -> bytes:
    """A list in a list, and so on."""
    return b"[" * int(levels) + b"]" * int(levels)


def manifest_path(path: str, there: bytes) -> bytes:
    """The manifest with another path for its first file."""
    return re.sub(rb'"path": "[^"]+"', b'"path": ' + json.dumps(path).encode(), there, count=1)


def manifest_field(argument: str, there: bytes) -> bytes:
    """The manifest with another value of a field: `NAME JSON`."""
    name, value = argument.split(" ", 1)
    return re.sub(rb'"%s": [^,\n]+' % name.encode(), f'"{name}": {value}'.encode(), there, count=1)


def manifest_big(digits: str, there: bytes) -> bytes:
    """The manifest with a schema of so many digits."""
    return manifest_field(f"schema {'9' * int(digits)}", there)
