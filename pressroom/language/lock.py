"""The fonts lock of a project: the font files its pages were checked with."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

_HEAD = """# The font files this project's pages were looked at with; a build refuses any other.
# Written by `publish.py fonts --accept`. See docs/how-to/fonts.md.
"""
_KEYS = {"family", "package", "version", "sha256"}


class FontLockError(ValueError):
    """The lock can't be used; the message says why."""


@dataclass(frozen=True, slots=True)
class LockedFont:
    """One file by its name: its family, the Debian package it comes from, its version and its SHA-256."""

    file: str
    family: str
    package: str
    version: str
    sha256: str


def read_font_lock(text: str) -> dict[str, LockedFont]:
    """The locked files by name.

    Raises:
        FontLockError: the text is not TOML, or a table lacks a key.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FontLockError(f"this is not TOML: {error}") from None
    for name, table in tables.items():
        if not isinstance(table, dict) or set(table) != _KEYS:
            raise FontLockError(f"{name} must have {', '.join(sorted(_KEYS))} and nothing else")
    return {name: LockedFont(name, **{key: str(table[key]) for key in _KEYS}) for name, table in tables.items()}


def font_lock_text(fonts: Iterable[LockedFont]) -> str:
    """The text of the lock: a table for each file, sorted."""
    tables = [
        f'["{font.file}"]\nfamily = "{font.family}"\npackage = "{font.package}"\n'
        f'version = "{font.version}"\nsha256 = "{font.sha256}"\n'
        for font in sorted(fonts, key=lambda font: font.file)
    ]
    return "\n".join([_HEAD, *tables])
