"""What a command starts from: the document it works on, and the person who runs it."""

from __future__ import annotations

import getpass
import subprocess
import sys
from typing import TYPE_CHECKING

from pressroom.cli.clock import today
from pressroom.cli.output import say

if TYPE_CHECKING:
    from pressroom.commands.signing.review_case import ReviewCase
    from pressroom.workspace.workspace import Workspace


def opened(workspace: Workspace, document: str, locale: str, form: str, products: tuple[str, ...] = ()) -> ReviewCase:
    """A document in a locale, with all that is known of it; exits with 1 if the document can't be read."""
    from pressroom.commands.signing.review_case import open_review_case

    case = open_review_case(workspace, document, locale, today(), products)
    if isinstance(case, tuple):
        say(case, form)
        sys.exit(1)
    return case


def user_name(workspace: Workspace) -> str:
    """The name git would write into a commit in the project; the account's name if git has none."""
    command = ["git", "-C", str(workspace.root), "config", "user.name"]
    try:
        name = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        name = ""
    return name or getpass.getuser()
