"""Fuzzy entries: how an update marks them, and how they remember the pair they had before the English changed.

Editors drop `#|` when a translator removes the mark, but keep `#.` (tried with Poedit, Lokalize, OmegaT, Weblate). So
the previous pair is in `#.` too: an update can restore it when the English goes back, whatever was typed since.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pressroom.catalog.model import FUZZY, Entry, Key
from pressroom.catalog.numbers import turning_words

_ENGLISH: Final = "The English was: "
_CONTEXT: Final = "Its context was: "
_TRANSLATED: Final = "Translated as: "
_ELSEWHERE: Final = "Translated so in "
_DANGER: Final = "DANGER, the meaning may have turned; read every word. Changed: "
PREVIOUS: Final = re.compile(r'\| ?(?:msgctxt |msgid |msgid_plural )?"')
# Flags that only the project sets. Babel takes {phone} for Python's format and flags it; our texts have no formats.
_OURS: Final = re.compile(r"max-length:|(?:no-)?[a-z-]+-format$")
_KEPT: Final = (_ENGLISH, _CONTEXT, _TRANSLATED, _ELSEWHERE)
_MEMORY: Final = re.compile(f"^#[.] (?:{'|'.join(map(re.escape, (*_KEPT, _DANGER)))})", re.MULTILINE)
_ESCAPED: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def previous_pair(entry: Entry) -> Entry | None:
    """The pair in an entry's comments, as an obsolete entry that an update can revive; None if it is not complete."""
    # Called several times for every entry, and almost none has one.
    for line in entry.extracted:
        if line.startswith(_TRANSLATED):
            break
    else:
        return None
    msgid, context, msgstr = (_after(start, entry.extracted) for start in (_ENGLISH, _CONTEXT, _TRANSLATED))
    return Entry(msgid, msgstr, context, obsolete=True) if msgid and msgstr else None


def memory_of(comments: str) -> bool:
    """True if the lines above a message remember what an update did with it."""
    return _MEMORY.search(comments) is not None


def with_previous_msgstr(entry: Entry, msgstr: str) -> Entry:
    """The entry with another translation of its previous English."""
    line = f"{_TRANSLATED}{msgstr.translate(_ESCAPED)}"
    return replace(entry, extracted=tuple(line if one.startswith(_TRANSLATED) else one for one in entry.extracted))


def carried_note(line: str, carry: Callable[[str], str]) -> str:
    """A comment with the text that a fuzzy entry remembers in it changed by `carry`; others stay."""
    for start in (_ENGLISH, _TRANSLATED):
        if line.startswith(start):
            return f"{start}{carry(_unescaped(line.removeprefix(start))).translate(_ESCAPED)}"
    return line


def made_fuzzy(message: Entry, before: Entry) -> Entry:
    """The new message with the old one's translation, fuzzy, and what an update needs to undo that.

    An entry that was fuzzy already keeps its previous text: that is what its msgstr translates. If a translator set
    the mark there is none. Then no `#|` is written, so that no update removes the mark.
    """
    entry = with_translation(message, before)
    entry = replace(marked_fuzzy(entry), previous_context=None, previous_msgid=None)
    if before.key == message.key:
        # The English is the same: the doubt is not about a change, so no update may remove the mark.
        return _with_notes(entry, message, _kept_notes(before))
    if before.fuzzy:
        context, msgid = before.previous_context, before.previous_msgid
        notes = _kept_notes(before) or (f"{_ENGLISH}{before.msgid.translate(_ESCAPED)}",)
    else:
        context, msgid = before.key
        notes = _memory(before)
    return _with_notes(replace(entry, previous_context=context, previous_msgid=msgid), message, notes)


def restored_suggestion(entry: Entry) -> Entry:
    """A fuzzy entry as the update left it, if an editor emptied it (OmegaT) or dropped its previous text.

    Empty is not deletion, and an untouched text still translates the previous English.
    """
    before = previous_pair(entry)
    if entry.obsolete or before is None:
        return entry
    # Babel turns previous text into a comment, which no translator wrote.
    entry = replace(entry, comments=tuple(line for line in entry.comments if not PREVIOUS.match(line)))
    untouched = entry.fuzzy and entry.previous_msgid is None and entry.msgstr == before.msgstr
    if entry.msgstr and not untouched:
        return entry
    return replace(
        marked_fuzzy(entry),
        msgstr=before.msgstr,
        previous_context=before.context,
        previous_msgid=before.msgid,
    )


def with_newer_text(entry: Entry, obsolete: Mapping[Key, Entry]) -> Entry:
    """A suggestion with the text that its previous message has by now, among the obsolete ones.

    On another branch a translator changed the text while its English was changed here.
    """
    before = previous_pair(entry) if entry.fuzzy and not entry.obsolete else None
    newer = obsolete.get(before.key) if before is not None else None
    if before is None or newer is None or newer.fuzzy or not newer.msgstr or entry.msgstr != before.msgstr:
        return entry
    return with_previous_msgstr(replace(entry, msgstr=newer.msgstr), newer.msgstr)


def kept_fuzzy(message: Entry, old: Entry) -> Entry:
    """An entry that stays fuzzy: it keeps its previous pair, and takes the rest from the template."""
    return _with_notes(with_translation(message, old), message, _kept_notes(old))


def marked_fuzzy(entry: Entry) -> Entry:
    """The entry with a fuzzy mark."""
    return entry if entry.fuzzy else replace(entry, flags=(FUZZY, *entry.flags))


def without_fuzzy(old: Entry) -> Entry:
    """The entry without its fuzzy mark and previous text."""
    flags = tuple(flag for flag in old.flags if flag != FUZZY)
    return replace(old, flags=flags, previous_msgid=None, previous_context=None, previous_plural=None)


def with_translation(message: Entry, old: Entry) -> Entry:
    """The template's entry with the translator's part of the old one: text, marks, comments, foreign flags."""
    flags = message.flags
    if old.flags:
        foreign = tuple(flag for flag in old.flags if not _OURS.match(flag) and flag not in flags)
        flags = tuple(sorted((*flags, *foreign), key=lambda flag: flag != FUZZY))
    # Not `replace`, which would take most of an update's time.
    return Entry(
        message.msgid,
        old.msgstr,
        message.context,
        previous_msgid=old.previous_msgid if old.fuzzy else None,
        previous_context=old.previous_context if old.fuzzy else None,
        flags=flags,
        comments=old.comments,
        extracted=message.extracted,
        references=message.references,
    )


def bare_message(entry: Entry) -> Entry:
    """The message of an entry as its template has it: without a translation and what an update noted about one."""
    extracted = tuple(line for line in entry.extracted if not line.startswith((*_KEPT, _DANGER)))
    flags = tuple(flag for flag in entry.flags if _OURS.match(flag))
    return Entry(entry.msgid, context=entry.context, flags=flags, extracted=extracted, references=entry.references)


def is_suggestion_from(entry: Entry, before: Entry) -> bool:
    """True if an entry is the fuzzy suggestion that an update made of this translation, and is unedited."""
    pair = previous_pair(entry) if entry.fuzzy and not entry.obsolete else None
    return pair is not None and (pair.key, pair.msgstr) == (before.key, before.msgstr) and entry.msgstr == pair.msgstr


def origin_note(path: str, why: str = "") -> str:
    """The comment that says from which catalog a translation came."""
    return f"{_ELSEWHERE}{path}{f': {why}' if why else ''}"


def changes_meaning(before: str, now: str) -> bool:
    """True if the two English messages differ in a number, a negation, a unit or an opposite."""
    return turning_words(before) != turning_words(now)


def _with_notes(entry: Entry, message: Entry, notes: tuple[str, ...]) -> Entry:
    """The entry with its memory in comments, and with a warning if the English before differs dangerously."""
    before = entry.previous_msgid or _after(_ENGLISH, notes)
    warning = _danger_note(before, message.msgid) if before else ()
    return replace(entry, extracted=(*message.extracted, *notes, *warning))


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


def _after(start: str, lines: Sequence[str]) -> str | None:
    line = next((line for line in lines if line.startswith(start)), None)
    return None if line is None else _unescaped(line.removeprefix(start))


def _unescaped(text: str) -> str:
    pieces = (piece.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t") for piece in text.split("\\\\"))
    return "\\".join(pieces)
