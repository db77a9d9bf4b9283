"""What `status` says of released files: what expires, what has expired, and where recalled papers are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import click

from pressroom.cli.clock import today
from pressroom.cli.output import columns, data, show

if TYPE_CHECKING:
    from pressroom.commands.signing.expiry import Expiry
    from pressroom.planning.plan import Request
    from pressroom.workspace.workspace import Workspace

_TIME: Final = re.compile(r"(\d{1,4})([dw]?)")


def days(context: click.Context, option: click.Parameter, written: str | None) -> timedelta | None:
    """The time of an option in days or weeks: `60d`, `8w`; a number alone is days."""
    if written is None:
        return None
    time = _TIME.fullmatch(written)
    if time is None:
        raise click.BadParameter(f"{written!r} is no time; write it as 60d or 8w", context, option)
    return timedelta(days=int(time[1]) * (7 if time[2] == "w" else 1))


def show_due(workspace: Workspace, request: Request, within: timedelta) -> None:
    """Print what expires within a time, what has expired included, the earliest first."""
    from pressroom.commands.signing.expiry import expiries
    from pressroom.commands.signing.verdicts import open_verdicts

    day = today()
    found = [e for e in expiries(open_verdicts(workspace, day), day + within) if _is_asked(e, request, workspace)]
    data(due=[_row(expiry, day) for expiry in found])
    show(*_expiry_lines(found, day))
    if not found:
        show(f"nothing that was released expires before {day + within}")


def released_lines(workspace: Workspace, request: Request) -> Iterator[str]:
    """What has expired or expires soon, then the sheets and printers' files of recalled pieces."""
    from pressroom.cli.reports import copy_rows
    from pressroom.commands.signing.expiry import NOTICE, expiries
    from pressroom.commands.signing.recalled_files import known_copies
    from pressroom.commands.signing.verdicts import open_verdicts

    if not workspace.records().records.releases:
        return
    verdicts, day = open_verdicts(workspace, today()), today()
    found = [e for e in expiries(verdicts, day + NOTICE) if _is_asked(e, request, workspace)]
    expired, soon = [e for e in found if e.last < day], [e for e in found if e.last >= day]
    if expired:
        yield "\npast the review date, and not handed out any more:"
        yield from _expiry_lines(expired, day)
    if soon:
        yield f"\nexpires within {NOTICE.days} days:"
        yield from _expiry_lines(soon, day)
    copies = known_copies(workspace.root, verdicts.evidence)
    if copies:
        yield "\nsheets and printers' files that hold a recalled piece:"
        yield columns(copy_rows(copies))


def _is_asked(expiry: Expiry, request: Request, workspace: Workspace) -> bool:
    tags = {workspace.language_named(name).tag for name in request.locales}
    return (not request.documents or expiry.document in request.documents) and (
        not tags or not tags.isdisjoint(expiry.locales)
    )


def _expiry_lines(found: Iterable[Expiry], day: date) -> Iterator[str]:
    from pressroom.commands.signing.expiry import in_words

    for expiry in found:
        yield in_words(expiry, day)
        yield f"  next: {expiry.next_move}"


def _row(expiry: Expiry, day: date) -> dict[str, object]:
    return {
        "last day": expiry.last.isoformat(),
        "document": expiry.document,
        "number": expiry.number,
        "versions": list(expiry.versions),
        "locales": list(expiry.locales),
        "clinics": list(expiry.clinics),
        "files": expiry.files,
        "expired": expiry.last < day,
        "next": expiry.next_move,
    }
