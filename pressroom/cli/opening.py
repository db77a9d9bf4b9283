"""A document opened for a command: its names go in, its docket comes out, or the command ends with the reasons."""

from __future__ import annotations

import sys

from pressroom.cli.clock import today
from pressroom.cli.say import say
from pressroom.pipeline.signing.docket import Docket, open_docket
from pressroom.project import Project


def opened(project: Project, document: str, locale: str, form: str, products: tuple[str, ...] = ()) -> Docket:
    """The docket of a document in a locale; exits with 1 where the document can't be read."""
    docket = open_docket(project, document, locale, today(), products)
    if not isinstance(docket, Docket):
        say(docket, form)
        sys.exit(1)
    return docket
