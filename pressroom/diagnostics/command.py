"""What a text for people says differently for each reader: the command that they typed, and where the docs are.

Texts say `{command} build` and `docs/how-to/keys.md`; what prints them fills both in.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path, PurePath
from typing import Final

from pressroom.diagnostics.model import Diagnostic

COMMAND: Final = "{command}"
# Set by a launcher that runs this program, such as `./press`.
LAUNCHER: Final = "PRESSROOM_LAUNCHER"
_NAME: Final = "pressroom"
_PAGE: Final = re.compile(r"\bdocs/(?:[a-z-]+/)?[a-z-]+\.md")
_PACKAGE: Final = Path(__file__).parents[1]


def filled(text: str) -> str:
    """The text with the typed command in place of `COMMAND`, and pages of the docs where this reader has them."""
    text = text.replace(COMMAND, typed_command()) if COMMAND in text else text
    return _PAGE.sub(lambda page: _found(page[0]), text) if "docs/" in text else text


def _found(page: str) -> str:
    """A page's path from here if it is there, as in a checkout; else in the package."""
    places = (_PACKAGE / "packaged" / page, _PACKAGE.parent / page)
    return page if Path(page).is_file() else next((str(place) for place in places if place.is_file()), page)


def filled_finding(finding: Diagnostic) -> Diagnostic:
    """The finding with the typed command in its message and its hint."""
    message, hint = filled(finding.message), filled(finding.hint)
    is_same = message is finding.message and hint is finding.hint
    return finding if is_same else replace(finding, message=message, hint=hint)


@cache
def typed_command() -> str:
    """How this process was started: `./press`, `python publish.py`, `pressroom` or `python -m pressroom`."""
    return os.environ.get(LAUNCHER) or command_of(sys.argv[0], sys.orig_argv)


def command_of(script: str, typed: Sequence[str]) -> str:
    """The command that started a script; `typed` begins with the interpreter as it was typed.

    A program that is neither this one nor a script of Python has no command of ours: `pressroom` then.
    """
    path, python = PurePath(script), typed[0] if typed else "python"
    if path.name == "__main__.py" and path.parent.name == _NAME:
        return f"{python} -m {_NAME}"
    if path.name == "publish.py":
        return f"{python} {script}"
    if path.stem == _NAME and shutil.which(_NAME) != script and path.is_absolute():
        return script
    return _NAME
