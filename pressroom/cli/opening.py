"""What a command starts from: the document it works on, and the person who runs it."""

from __future__ import annotations

import getpass
import subprocess
import sys

from pressroom.cli.clock import today
from pressroom.cli.output import say
from pressroom.commands.signing.review_case import ReviewCase, open_review_case
from pressroom.workspace.workspace import Workspace


def opened(workspace: Workspace, document: str, locale: str, form: str, products: tuple[str, ...] = ()) -> ReviewCase:
    """A document in a locale, with all that is known of it; exits with 1 if the document can't be read."""
    case = open_review_case(workspace, document, locale, today(), products)
    if not isinstance(case, ReviewCase):
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
