"""The locales that a user names, and what is said of a name that the project does not have.

Apart from the plan: commands that plan nothing name locales too, and must begin quickly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pressroom.language import ENGLISH, Language, find_invented
from pressroom.nearest import suggestion
from pressroom.workspace.workspace import Workspace

INVENTED: Final = "it is invented, has no catalogs, and is only ever a proof: {{command}} build --locale {}"


class UsageError(Exception):
    """The user asked for something that the project does not have; `hint` says what it has."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def locales_named(workspace: Workspace, names: Sequence[str]) -> tuple[Language, ...]:
    """The project's locales of these names, those that wait for a translator too; all of them if no name is given.

    Raises:
        UsageError: the project has no such locale.
        UnknownLanguage: there is no such language.
    """
    known = {language.tag: language for language in workspace.languages(awaiting=True).value if language.tag != ENGLISH}
    tags = [workspace.language_named(name).tag for name in names]
    for name, tag in zip(names, tags, strict=True):
        if tag not in known:
            raise UsageError(f"no locale of this project is called {name!r}", names_there_are(name, known))
    return tuple(known[tag] for tag in tags or known)


def names_there_are(name: str, known: Iterable[str]) -> str:
    """The hint about a name that is not among the known ones."""
    if find_invented(name) is not None:
        return INVENTED.format(name)
    return suggestion(name, sorted(known))
