"""Which released files expire, or have expired, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from pressroom.approval import Released, last_day
from pressroom.commands.signing.desk import last_good_day
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import ENGLISH
from pressroom.workspace.workspace import Workspace

# How long before the day a build warns: a review and all signatures take weeks.
NOTICE: Final = timedelta(days=60)
# What can't be handed out again does not expire.
_GONE: Final = frozenset({"recalled", "orphaned", "gone", "superseded", "dropped"})


@dataclass(frozen=True, slots=True)
class Expiry:
    """Released files of a document that expire together: `last` is the last day on which they may be handed out.

    `span` is where the review date is set. `next_move` is what to do.
    """

    last: date
    document: str
    number: str
    versions: tuple[str, ...]
    locales: tuple[str, ...]
    clinics: tuple[str, ...]
    files: int
    span: Span
    next_move: str


def expiries(verdicts: Verdicts, until: date) -> tuple[Expiry, ...]:
    """What has expired or will expire by that day, the earliest first. What was taken back or replaced is left out."""
    found: dict[tuple[date, str], list[Released]] = defaultdict(list)
    for entries in verdicts.evidence.rows.values():
        entry = entries[-1]
        last = _last_day(entry[1].facts.review_by)
        if last <= until and verdicts.on_entry(entry).name not in _GONE:
            found[last, entry[1].document].append(entry[1])
    return tuple(_expiry(verdicts, last, rows) for (last, _), rows in sorted(found.items()))


def _last_day(review_by: str) -> date:
    """The last day on which a file may be handed out; long past if the date can't be read."""
    try:
        return last_day(review_by)
    except ValueError:
        return date.min


def _expiry(verdicts: Verdicts, last: date, rows: list[Released]) -> Expiry:
    document = rows[0].document
    path, front = verdicts.workspace.documents().usable.get(document, (None, None))
    span = Span("releases")
    if path is not None and front is not None:
        span = Span(verdicts.workspace.relative(path), front.lines.get("review-by", 1))
    renewed = front is not None and last_day(front.review_by) > last
    return Expiry(
        last=last,
        document=document,
        number=rows[0].number,
        versions=tuple(sorted({row.facts.version for row in rows})),
        locales=tuple(sorted({row.locale for row in rows}, key=lambda tag: (tag != ENGLISH, tag))),
        clinics=tuple(sorted({row.clinic for row in rows})),
        files=len(rows),
        span=span,
        next_move=_after_renewal(verdicts, rows) if renewed else _renewal(document, span),
    )


def _renewal(document: str, span: Span) -> str:
    first = f"{{command}} sign {document} --locale {ENGLISH} --role clinician"
    return f"a clinician reads it again and sets review-by at {span}; then all sign, English first: {first}"


def _after_renewal(verdicts: Verdicts, rows: list[Released]) -> str:
    """The next move where the source has a later date already: the first thing that bars a release."""
    english_first = sorted(rows, key=lambda row: (row.locale != ENGLISH, row.locale))
    bars = (bar for row in english_first for bar in verdicts.on_piece(row.id).bars)
    first = next(bars, None)
    return first.hint if first is not None else f"release it: {{command}} build --release {rows[0].document}"


def expires_soon(workspace: Workspace, output: Path, today: date) -> tuple[Diagnostic, ...]:
    """A warning for everything on the desk page that expires soon. Cheap if nothing does: the page knows the day."""
    first = last_good_day(output)
    if first is None or first > today + NOTICE:
        return ()
    soon = expiries(open_verdicts(workspace, today), today + NOTICE)
    return tuple(diagnostic("expires-soon", e.span, in_words(e, today), e.next_move) for e in soon if e.last >= today)


def in_words(expiry: Expiry, today: date) -> str:
    """What expires and when: `signs (CRD-001, version 1.0) in en, es: 12 files expire after 2027-11-30, in 40 days`."""
    days = (expiry.last - today).days
    tags = expiry.locales if len(expiry.locales) < 8 else (f"{len(expiry.locales)} languages",)
    what = f"{counted(expiry.files, 'file expires', 'files expire')} after {expiry.last}"
    when = f"{what}, in {counted(days, 'day')}" if days > 0 else f"{what}, today"
    if days < 0:
        when = f"{counted(expiry.files, 'file')} expired after {expiry.last}, {counted(-days, 'day')} ago"
    versions = f"version {', '.join(expiry.versions)}"
    return f"{expiry.document} ({expiry.number}, {versions}) in {', '.join(tags)}: {when}"
