"""Which libraries of the system are missing, and the command that installs them here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from typing import Final

from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic

# Loaded in a process of its own: a build's own process, the parent of workers, loads nothing that sets text.
_TRY: Final = """
import ctypes, sys
for file in sys.argv[1:]:
    try:
        ctypes.CDLL(file)
    except OSError:
        print(file)
"""
_ELSEWHERE: Final = "install Pango, HarfBuzz and Fontconfig as your system does it: docs/how-to/install.md"


def library_problems() -> tuple[Diagnostic, ...]:
    """One finding that names every missing library; none if pages can be set. It takes some 20 milliseconds."""
    table = data_table("render/system.toml")
    refused = _refused(file for files in table["libraries"].values() for file in files)
    missing = [name for name, files in table["libraries"].items() if refused.issuperset(files)]
    if not missing:
        return ()
    hint = next((f"run: {line}" for tool, line in table["install"].items() if shutil.which(tool)), _ELSEWHERE)
    message = f"this machine lacks {', '.join(missing)}, which set{'s' if len(missing) == 1 else ''} the pages"
    return (diagnostic("library-missing", Span("pressroom/render/system.toml"), message, hint),)


def _refused(files: Iterable[str]) -> frozenset[str]:
    """The files of these that the system cannot load."""
    command = [sys.executable, "-I", "-S", "-c", _TRY, *files]
    return frozenset(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
