"""A document opened for a command: its names go in, its docket comes out, or the command ends with the reasons."""

from __future__ import annotations

import sys

from pressroom.cli.clock import today
from pressroom.cli.say import say
from pressroom.commands.signing.review_case import ReviewCase, open_review_case
from pressroom.workspace.workspace import Workspace


def opened(workspace: Workspace, document: str, locale: str, form: str, products: tuple[str, ...] = ()) -> ReviewCase:
    """The docket of a document in a locale; exits with 1 where the document can't be read."""
    docket = open_review_case(workspace, document, locale, today(), products)
    if not isinstance(docket, ReviewCase):
        say(docket, form)
        sys.exit(1)
    return docket
