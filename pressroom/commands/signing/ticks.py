"""What a person must tick before they sign, and what they ticked.

A tick is the hash of what was read: a message with its text, a page as it is drawn. It goes away by itself when that
changes. Ticks are no records: they are in `.pressroom/ticks`, which is not committed, and which no build removes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pressroom.approval import may_sign_look
from pressroom.approval.wording import digest
from pressroom.commands.signing.proof_pages import Paper
from pressroom.commands.signing.review_sections import Section
from pressroom.commands.signing.review_view import ReviewView
from pressroom.commands.signing.signer import Signer
from pressroom.fingerprint import content_hash
from pressroom.project import file_bytes
from pressroom.project.atomic import refuse_links, write_atomic
from pressroom.project.folder_lock import folder_lock

FOLDER: Final = ".pressroom"
_TICK: Final = re.compile(r"[0-9a-f]{32}")
# Ticks of one person on one text in one role; the oldest go first. A book has some thousand messages.
_MOST: Final = 20_000
_LIMIT: Final = 2_000_000
_NOT_COMMITTED: Final = b"# What people ticked while they read. It is of this machine alone.\n*\n"

Kind = Literal["message", "rest", "page", "pages", "paper", "clinics"]


@dataclass(frozen=True, slots=True)
class Need:
    """Something to tick: its hash, and where it is on the page (`anchor`).

    `numbers` are the messages of a `message` or of the `rest`, which is as it was signed. `paper` and `page` are those
    of a `page`, of a whole `paper`, or the first of the `clinics`; `pages` are all pages that are drawn as before.
    """

    kind: Kind
    read: str
    anchor: str
    numbers: tuple[int, ...] = ()
    paper: Paper | None = None
    page: int = 0
    section: str = ""


def needs_of(view: ReviewView) -> tuple[Need, ...]:
    """Everything that the reader must tick, in the order of the page; nothing for somebody who only looks.

    Each message is ticked once. Those that the reader signed as they are have one tick for each section. Pages are
    ticked by reviewers and clinicians, whose signature is for the look too.
    """
    if view.reader is None:
        return ()
    looks = may_sign_look(view.reader.role)
    found = [need for section in view.sections for need in _of_section(view, section, looks=looks)]
    if looks:
        found += [Need("paper", p.read, f"paper-{p.product}", paper=p) for p in view.others if not p.signed]
        if any(not paper.signed for paper in view.clinics):
            read = digest(("clinics", *(paper.read for paper in view.clinics)))
            found.append(Need("clinics", read, "clinics", paper=view.clinics[0]))
        signed = [paper.read_page(page) for paper in view.papers for page in paper.pages if page.signed]
        if signed and view.since is not None:
            found.append(Need("pages", digest(("pages", view.since.record.id, *signed)), "pages"))
    return tuple(found)


def _of_section(view: ReviewView, section: Section, *, looks: bool) -> Iterator[Need]:
    name = section_name(section)
    if looks and section.paper is not None and section.page is not None and not section.page.signed:
        read = section.paper.read_page(section.page)
        yield Need("page", read, f"look-{section.page.number}", (), section.paper, section.page.number, name)
    for message in section.changed:
        yield Need("message", message.read, f"m{message.number}", (message.number,), section=name)
    if section.rest and view.since is not None:
        read = digest(("rest", view.since.record.id, *(message.read for message in section.rest)))
        yield Need("rest", read, f"rest-{name}", tuple(message.number for message in section.rest), section=name)


def section_name(section: Section) -> str:
    """A section's name in addresses: the number of its page, `layout` or `elsewhere`."""
    return str(section.number) if section.kind == "page" else section.kind


def ticked(needs: Iterable[Need], ticks: Collection[str]) -> tuple[Need, ...]:
    """Those that are ticked."""
    return tuple(need for need in needs if need.read in ticks)


def missing(needs: Iterable[Need], ticks: Collection[str]) -> tuple[Need, ...]:
    """Those that are not ticked."""
    return tuple(need for need in needs if need.read not in ticks)


def tick_file(root: Path, posix_locale: str, document: str, reader: Signer) -> Path:
    """The file of a person's ticks in a role on a document in a locale. A name makes no path: it is hashed."""
    who = reader.principal or f"name-{content_hash(' '.join(reader.name.split()).casefold().encode())[:16]}"
    return root / FOLDER / "ticks" / posix_locale / document / f"{who}.{reader.role}.json"


def read_ticks(path: Path) -> frozenset[str]:
    """What is ticked; nothing if there is no file, or none that this program wrote."""
    return frozenset(_read(path))


def change_ticks(path: Path, root: Path, on: Iterable[str], off: Iterable[str], today: date) -> frozenset[str]:
    """Tick these and untick those, and nothing else: two tabs do not overwrite each other. Returns all ticks.

    Raises:
        OSError: the disk is full or read-only; the ticks are as they were.
    """
    refuse_links(root, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ignore = root / FOLDER / ".gitignore"
    if not ignore.exists():
        write_atomic(ignore, _NOT_COMMITTED)
    with folder_lock(path.parent):
        before = _read(path)
        gone = {*off}
        after = {read: day for read, day in before.items() if read not in gone}
        after |= {read: str(today) for read in on if _TICK.fullmatch(read) and read not in after}
        if after != before:
            kept = dict([*after.items()][-_MOST:])
            write_atomic(path, (json.dumps({"ticks": kept}, indent=0) + "\n").encode())
    return frozenset(after)


def _read(path: Path) -> dict[str, str]:
    """The day of each tick, the oldest first."""
    data, _ = file_bytes(path.parent, path.name, limit=_LIMIT, optional=True)
    try:
        ticks = json.loads(data)["ticks"] if data is not None else {}
        return {read: day for read, day in ticks.items() if _TICK.fullmatch(read) and isinstance(day, str)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
