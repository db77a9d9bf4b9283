"""A text as the visitor reviews it: opened for a request, with what they ticked and the proofs that are being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from starlette.requests import Request

from pressroom.approval.roles import ROLES
from pressroom.commands.catalogs.remarks import Remark
from pressroom.commands.signing.passkey_signing import Deed, Done
from pressroom.commands.signing.readers import Identity, Readership, readership
from pressroom.commands.signing.remarks_by_place import remarks_by_place
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.review_view import ReviewView, review_view
from pressroom.commands.signing.ticks import Need, missing, needs_of, read_ticks, tick_file
from pressroom.language import UnknownLanguage
from pressroom.pages.words import translations
from pressroom.planning.named import UsageError
from pressroom.publish import Store
from pressroom.web.proof_builds import Making, builds_of
from pressroom.web.respond import language_of, project_of, settings_of
from pressroom.web.sessions import Bounded
from pressroom.web.signing import offer, take
from pressroom.workspace.workspace import Workspace

# Texts that are kept as they were read.
_MOST: Final = 30


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A text, what its reader must tick and has ticked, and the build of its proofs if they are outdated.

    `remarks` are by place.
    """

    view: ReviewView
    needs: tuple[Need, ...]
    ticks: frozenset[str]
    roles: tuple[str, ...]
    identity: Identity | None
    making: Making | None
    remarks: dict[str, list[Remark]]

    @property
    def missing(self) -> tuple[Need, ...]:
        """What is not ticked."""
        return missing(self.needs, self.ticks)

    @property
    def tick_file(self) -> Path | None:
        """Where the reader's ticks are."""
        case, reader = self.view.review_case, self.view.reader
        if reader is None:
            return None
        return tick_file(case.workspace.root, case.language.posix, case.document.name, reader)


def identity_of(request: Request) -> Identity | None:
    """Who is at the browser."""
    visitor = getattr(request.state, "visitor", None)
    return Identity(visitor.id, visitor.name, visitor.qualification) if visitor is not None else None


async def done_by_name(request: Request, deed: Deed) -> Done:
    """Do at once what takes something back: that needs no passkey, so that nothing stops it.

    Raises DiagnosticError with every reason why it can't be done, UsageError and SignatureError.
    """
    offered = await offer(request, deed)
    return offered if isinstance(offered, Done) else await take(request, {"pending": offered.id})


def words(request: Request) -> Callable[[str], str]:
    """The words of the interface in the visitor's language."""
    return translations(language_of(request)).gettext


async def open_text(request: Request, *, make: bool = False) -> Reviewed | None:
    """The text that an address names; None if there is none. With `make`, outdated proofs are made."""
    identity = identity_of(request)
    document, locale = request.path_params["document"], request.path_params["locale"]
    role, today = request.query_params.get("role", ""), settings_of(request).today()
    builds, kept = builds_of(request), _kept(request)

    def read(workspace: Workspace) -> Reviewed | None:
        # A tick asks for the same text again: it is read again only after a file or the edition of proofs changed.
        edition = Store(workspace.output).current.resolve()
        key = repr((document, locale, role, identity, today, project_of(request).mark, edition))
        seen = kept.get(key)
        if seen is None:
            seen = _read(workspace, document, locale, role, identity, today)
            if seen is None:
                return None
            kept.put(key, seen)
        view = seen.view
        text = (view.review_case.document.name, view.review_case.language.tag)
        making = builds.begin(text, workspace) if make and view.outdated else builds.state(text)
        return _with_ticks(replace(seen, making=making if view.outdated else None))

    return await project_of(request).ask(read)


def _read(
    workspace: Workspace, document: str, locale: str, role: str, identity: Identity | None, today: date
) -> Reviewed | None:
    try:
        case = open_review_case(workspace, document, locale, today)
    except (UsageError, UnknownLanguage):
        return None
    as_reader: Readership = readership(case, identity, role)
    view = review_view(case, as_reader.reader, workspace.output)
    return Reviewed(view, needs_of(view), frozenset(), as_reader.roles, identity, None, remarks_by_place(view))


def _kept(request: Request) -> Bounded[Reviewed]:
    """The texts that were read last."""
    if not hasattr(request.app.state, "reviewed"):
        request.app.state.reviewed = Bounded[Reviewed](_MOST)
    kept: Bounded[Reviewed] = request.app.state.reviewed
    return kept


def _with_ticks(seen: Reviewed) -> Reviewed:
    path = seen.tick_file
    return seen if path is None else replace(seen, ticks=read_ticks(path))


def address_of(request: Request, *parts: str, role: str = "") -> str:
    """The address of a text's page, or of one below it; the role is kept."""
    names = request.path_params
    path = "/".join(("/review", names["locale"], names["document"], *parts))
    role = role or request.query_params.get("role", "")
    role = role if role in ROLES else ""
    return f"{path}?role={role}" if role else path
