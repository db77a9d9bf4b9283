"""Which libraries of the system are missing, and the command that installs them here."""

from __future__ import annotations

import ctypes
import shutil
from typing import Final

from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic

_ELSEWHERE: Final = "install Pango, HarfBuzz and Fontconfig as your system does it: docs/how-to/install.md"


def library_problems() -> tuple[Diagnostic, ...]:
    """One finding that names every missing library; none if pages can be set. It takes some milliseconds."""
    table = data_table("render/system.toml")
    missing = [name for name, files in table["libraries"].items() if not any(map(_loads, files))]
    if not missing:
        return ()
    hint = next((f"run: {line}" for tool, line in table["install"].items() if shutil.which(tool)), _ELSEWHERE)
    message = f"this machine lacks {', '.join(missing)}, which set{'s' if len(missing) == 1 else ''} the pages"
    return (diagnostic("library-missing", Span("pressroom/render/system.toml"), message, hint),)


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True
