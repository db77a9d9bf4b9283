"""What loading the room costs, and what it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_STARTED = """
import sys
started = []
sys.addaudithook(lambda event, _: started.append(event) if event in ("subprocess.Popen", "os.posix_spawn") else None)
import pressroom.production.make
print(started)
"""
_LOADED = """
import sys
import pressroom.planning.fonts, pressroom.render.fonts
libraries = open("/proc/self/maps").read()
print([name for name in ("pango", "fontconfig") if name in libraries], "weasyprint" in sys.modules)
"""


def _run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT
    ).stdout.strip()


def test_loading_weasyprint_starts_no_process() -> None:
    """No compiler and no ldconfig run to find the libraries."""
    assert _run(_STARTED) == "[]"


def test_preparing_fonts_loads_no_pango() -> None:
    """The parent of the workers prepares fonts and loads neither Pango nor fontconfig."""
    assert _run(_LOADED) == "[] False"
