"""Who is at the keyboard: the name that version control has, or the account's; only where none is given."""

from __future__ import annotations

import getpass
import subprocess
from pathlib import Path


def at_the_keyboard(folder: Path) -> str:
    """The name git would write into a commit in this folder; the account's where git has none."""
    asked = ["git", "-C", str(folder), "config", "user.name"]
    try:
        name = subprocess.run(asked, capture_output=True, text=True, timeout=10, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    return name or getpass.getuser()
