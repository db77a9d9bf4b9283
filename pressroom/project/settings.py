"""A project's settings: the table [tool.pressroom] of its pyproject.toml, checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Any, Final

from pressroom.diagnostics import DiagnosticError, Span, diagnostic

# A code can't be corrected once it is printed: both parts must be there to tell documents and locales apart.
_ADDRESS = re.compile(r"https://(?=[^ ]*\{document\})(?=[^ ]*\{locale\})[A-Za-z0-9./_{}-]+")


class ProjectError(DiagnosticError):
    """There is no project here, or its settings can't be used."""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(tag, str) for tag in value)


def _is_address(value: object) -> bool:
    return isinstance(value, str) and (not value or _ADDRESS.fullmatch(value) is not None)


def _are_tables(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(table, dict) for table in value.values())


# Each setting: its check, what is wrong with a value that fails it, and what to write.
_SETTINGS: Final[dict[str, tuple[Callable[[object], bool], str, str]]] = {
    "name": (_is_text, "is not text", 'write name = "…"'),
    "locales": (_is_list, "is not a list of language tags", 'write locales = ["es", "ar"]'),
    "awaiting": (_is_list, "is not a list of language tags", 'write awaiting = ["nv"]'),
    "address": (_is_address, "is no address", 'write "https://clinic.example/{document}-{locale}", both in it'),
    "press-profile": (_is_text, "is not text", 'write press-profile = "shop.icc"'),
    "printers": (_are_tables, "is not made of tables", "write [tool.pressroom.printers.front-desk]"),
    "allowed-signers": (_is_text, "is not text", "name the file, relative to the project"),
}


def read_settings(table: dict[str, Any]) -> dict[str, Any]:
    """The settings by the names of `Project`'s fields; a list becomes a tuple, and a setting not made is left out.

    Raises:
        ProjectError: the table has a key that nothing reads, or a value can't be used.
    """
    for key, value in table.items():
        if key not in _SETTINGS:
            near = difflib.get_close_matches(key, _SETTINGS, n=1)
            raise refused(f"[tool.pressroom] has no setting {key!r}", f"there are {', '.join(near or _SETTINGS)}")
        is_valid, wrong, hint = _SETTINGS[key]
        if not is_valid(value):
            raise refused(f"{key} {wrong}", hint)
    return {key.replace("-", "_"): tuple(v) if isinstance(v, list) else v for key, v in table.items()}


def refused(message: str, hint: str) -> ProjectError:
    """The error of settings that can't be used."""
    return ProjectError(diagnostic("project-settings", Span("pyproject.toml"), message, hint))
