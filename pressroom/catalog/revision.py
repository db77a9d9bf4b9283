"""What a fuzzy entry remembers: the pair before the change goes in, comments that a later update reads come out.

Editors drop `#|` as soon as the mark is removed, but keep `#.` (tried with Poedit, Lokalize, OmegaT, Weblate), so
the old pair stands there too: an update can give it back when the English goes back, whatever was typed since.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog.model import FUZZY, Entry
from pressroom.catalog.numbers import turning_words

_ENGLISH: Final = "The English was: "
_CONTEXT: Final = "Its context was: "
_TRANSLATED: Final = "Translated as: "
_ELSEWHERE: Final = "Translated so in "
_DANGER: Final = "DANGER, the meaning may have turned; read every word. Changed: "
PREVIOUS: Final = re.compile(r'\| ?(?:msgctxt |msgid |msgid_plural )?"')
# What the project alone says. Babel takes {phone} for a format of Python's and says so; no text of ours is a format.
_OURS: Final = re.compile(r"max-length:|(?:no-)?[a-z-]+-format$")
_KEPT: Final = (_ENGLISH, _CONTEXT, _TRANSLATED, _ELSEWHERE)
_ESCAPED: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True, slots=True)
class Remembered:
    """A translated pair as it was before the English changed."""

    msgid: str
    context: str | None
    msgstr: str

    def obsolete(self) -> Entry:
        """The pair as an obsolete entry, ready to be revived."""
        return Entry(self.msgid, self.msgstr, self.context, obsolete=True)


def remembered(entry: Entry) -> Remembered | None:
    """The pair that an entry's comments keep; none where they keep none, or only half of it."""
    # Asked of every entry several times, and of almost all in vain.
    for line in entry.extracted:
        if line.startswith(_TRANSLATED):
            break
    else:
        return None
    msgid, context, msgstr = (_after(start, entry.extracted) for start in (_ENGLISH, _CONTEXT, _TRANSLATED))
    return Remembered(msgid, context, msgstr) if msgid and msgstr else None


def remembering(entry: Entry, msgstr: str) -> Entry:
    """The entry, its memory corrected: so the English before is to be translated."""
    line = f"{_TRANSLATED}{msgstr.translate(_ESCAPED)}"
    return replace(entry, extracted=tuple(line if one.startswith(_TRANSLATED) else one for one in entry.extracted))


def marked(wanted: Entry, before: Entry) -> Entry:
    """The new message with the old one's translation, fuzzy, and all that is needed to undo it.

    An entry that was fuzzy already keeps the previous text it had: that is what its msgstr translates. Where a
    translator had set the mark there is none, and no `#|` is written, so that no update ever takes the mark away.
    """
    entry = filled(wanted, before)
    entry = replace(entry, flags=_with_mark(entry.flags), previous_context=None, previous_msgid=None)
    if before.key == wanted.key:
        # The same English: what is in doubt is not the change of it, so there is nothing that could take the mark off.
        return _with_notes(entry, wanted, _kept_notes(before))
    if before.fuzzy:
        context, msgid = before.previous_context, before.previous_msgid
        notes = _kept_notes(before) or (f"{_ENGLISH}{before.msgid.translate(_ESCAPED)}",)
    else:
        context, msgid = before.key
        notes = _memory(before)
    return _with_notes(replace(entry, previous_context=context, previous_msgid=msgid), wanted, notes)


def recalled(entry: Entry) -> Entry:
    """A suggestion as the update had left it, where an editor emptied it (OmegaT) or dropped its previous text.

    Empty is not deletion; and what nobody touched still translates the English before.
    """
    before = remembered(entry)
    if entry.obsolete or before is None:
        return entry
    # Babel hands previous text on as a comment: that is nobody's word.
    entry = replace(entry, comments=tuple(line for line in entry.comments if not PREVIOUS.match(line)))
    untouched = entry.fuzzy and entry.previous_msgid is None and entry.msgstr == before.msgstr
    if entry.msgstr and not untouched:
        return entry
    return replace(
        entry,
        msgstr=before.msgstr,
        flags=_with_mark(entry.flags),
        previous_context=before.context,
        previous_msgid=before.msgid,
    )


def still_marked(wanted: Entry, old: Entry) -> Entry:
    """An entry that stays fuzzy: what it remembers stays, the rest is the template's."""
    return _with_notes(filled(wanted, old), wanted, _kept_notes(old))


def unmarked(old: Entry) -> Entry:
    """The entry without its fuzzy mark and previous text."""
    flags = tuple(flag for flag in old.flags if flag != FUZZY)
    return replace(old, flags=flags, previous_msgid=None, previous_context=None, previous_plural=None)


def filled(wanted: Entry, old: Entry) -> Entry:
    """The template's entry with the translator's part of the old one: text, marks, comments, foreign flags."""
    flags = wanted.flags
    if old.flags:
        foreign = tuple(flag for flag in old.flags if not _OURS.match(flag) and flag not in flags)
        flags = tuple(sorted((*flags, *foreign), key=lambda flag: flag != FUZZY))
    # Built, not replaced: most of an update's time would be spent in `replace`.
    return Entry(
        wanted.msgid,
        old.msgstr,
        wanted.context,
        previous_msgid=old.previous_msgid if old.fuzzy else None,
        previous_context=old.previous_context if old.fuzzy else None,
        flags=flags,
        comments=old.comments,
        extracted=wanted.extracted,
        references=wanted.references,
    )


def elsewhere(path: str, why: str = "") -> str:
    """The comment of a translation that another place gave."""
    return f"{_ELSEWHERE}{path}{f': {why}' if why else ''}"


def is_dangerous(before: str, now: str) -> bool:
    """True where the two English messages differ in a number, a negation, a unit or an opposite."""
    return turning_words(before) != turning_words(now)


def _with_notes(entry: Entry, wanted: Entry, notes: tuple[str, ...]) -> Entry:
    """The entry with what is remembered, and with the warning that follows from it and from nothing else."""
    before = entry.previous_msgid or _after(_ENGLISH, notes)
    warning = _danger_note(before, wanted.msgid) if before else ()
    return replace(entry, extracted=(*wanted.extracted, *notes, *warning))


def _danger_note(before: str, now: str) -> tuple[str, ...]:
    old, new = turning_words(before), turning_words(now)
    changed = [f"−{word}" for word in sorted((old - new).elements())]
    changed += [f"+{word}" for word in sorted((new - old).elements())]
    return (f"{_DANGER}{' '.join(changed)}",) if changed else ()


def _memory(before: Entry) -> tuple[str, ...]:
    context = (f"{_CONTEXT}{before.context.translate(_ESCAPED)}",) if before.context is not None else ()
    return (
        f"{_ENGLISH}{before.msgid.translate(_ESCAPED)}",
        *context,
        f"{_TRANSLATED}{before.msgstr.translate(_ESCAPED)}",
    )


def _kept_notes(old: Entry) -> tuple[str, ...]:
    return tuple(line for line in old.extracted if line.startswith(_KEPT))


def _with_mark(flags: tuple[str, ...]) -> tuple[str, ...]:
    return flags if FUZZY in flags else (FUZZY, *flags)


def _after(start: str, lines: Sequence[str]) -> str | None:
    line = next((line for line in lines if line.startswith(start)), None)
    return None if line is None else _unescaped(line.removeprefix(start))


def _unescaped(text: str) -> str:
    pieces = (piece.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t") for piece in text.split("\\\\"))
    return "\\".join(pieces)
