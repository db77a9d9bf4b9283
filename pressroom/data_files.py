"""The package's own data files."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


@cache
def data_table(path: str) -> dict[str, Any]:
    """The TOML file at this path in the package, such as `language/scripts.toml`. Do not change it."""
    return tomllib.loads(data_text(path))


def data_text(path: str) -> str:
    """The text of the file at this path in the package, such as `cli/status.css`."""
    return (_PACKAGE / path).read_text(encoding="utf-8")


def has_data(path: str) -> bool:
    """True if there is a file at this path in the package."""
    return (_PACKAGE / path).is_file()
