"""What an update remembers of each document and catalog, so that the next one reads only what changed.

A note holds hashes alone, and a file whose hash differs is read again. A note that was damaged does not count.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.decode import SIZE_LIMIT
from pressroom.catalog.fuzzy import memory_of
from pressroom.catalog.model import FUZZY, Key
from pressroom.catalog.read import TRANSLATION_LIMIT
from pressroom.catalog.translation_memory import kept_translations
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.workspace.workspace import Workspace

_ENGINE: Final = Path(__file__).parents[2]
_FILES: Final = ("pyproject.toml",)
_FOLDERS: Final = ("source", "locales")
_LIBRARIES: Final = ("babel", "markdown-it-py", "polib", "rapidfuzz")
# What is remembered a document and a catalog at a time, and records, which no update reads.
_ROWS: Final = (".md", ".po", ".pot")
_RECORDS: Final = ("drafts", "signoffs")
# Hex digits of the hash of a text, and of a translation: its msgid, then all of it.
TEXT: Final = 16
TRANSLATION: Final = 2 * TEXT
# A message that needs nothing but its translation: one line each, no mark, no translator's comment, no earlier text.
_FILLABLE: Final = re.compile(
    r'(?P<head>(?:#[.:] [^\n]*\n)*(?:#, (?![^\n]*\bfuzzy\b)[^\n]*\n)?(?:msgctxt "(?P<context>[^"\\\n]*)"\n)?'
    r'msgid "(?P<msgid>[^"\\\n]+)"\nmsgstr ")(?P<msgstr>[^"\\\x00-\x1f]*)"\n?'
)
# What editors write into the header when they save, and an update keeps.
_SAVED: Final = re.compile(r'^"(PO-Revision-Date|Last-Translator|Language-Team): [^"\\\n]+\\n"$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Hashes of a document's source and template, and `keys`, those of its messages in one string."""

    source: str
    template: str
    keys: str


@dataclass(frozen=True, slots=True)
class CatalogRow:
    """A catalog after an update, by hashes.

    `template` is the one it was updated with, `skeleton` the file without the translations of its fillable messages.
    `known` are the translations it has for others, `open` the messages for which others may have one; the `fixed` ones
    of both are in messages that are not fillable. `counts` are of messages: kept, waiting, untranslated.
    """

    template: str
    catalog: str
    drafts: str
    skeleton: str
    known: str
    open: str
    fixed_known: str
    fixed_open: str
    counts: Sequence[int]


@dataclass(slots=True)
class Remembered:
    """All rows of a project. `shared` is the hash of everything else that an update reads, `glossaries` by locale."""

    shared: str
    documents: dict[str, DocumentRow] = field(default_factory=dict)
    glossaries: dict[str, str] = field(default_factory=dict)
    catalogs: dict[str, dict[str, CatalogRow]] = field(default_factory=dict)

    def note_template(self, name: str, source: str, template: Catalog, data: bytes) -> None:
        """Note a template that was written."""
        keys = "".join(key_hash(entry.key) for entry in template.active)
        self.documents[name] = DocumentRow(source, content_hash(data), keys)

    def note_catalog(self, locale: str, name: str, catalog: Catalog, data: bytes, drafts: str) -> None:
        """Note a catalog that was written."""
        row = catalog_row(catalog, data, self.documents[name].template, drafts)
        self.catalogs.setdefault(locale, {})[name] = row


def write_remembered(remembered: Remembered) -> bytes:
    """The note."""
    table = {
        "shared": remembered.shared,
        "documents": {name: asdict(row) for name, row in remembered.documents.items()},
        "glossaries": remembered.glossaries,
        "catalogs": {
            locale: {name: asdict(row) for name, row in rows.items()} for locale, rows in remembered.catalogs.items()
        },
    }
    return with_hash(json.dumps(table).encode())


def read_remembered(data: bytes) -> Remembered | None:
    """A note as it was written; None if a byte of it differs, or if it is of another version."""
    body = without_hash(data)
    if body is None:
        return None
    try:
        table = json.loads(body)
        return Remembered(
            table["shared"],
            {name: DocumentRow(**row) for name, row in table["documents"].items()},
            table["glossaries"],
            {
                locale: {name: CatalogRow(**row) for name, row in rows.items()}
                for locale, rows in table["catalogs"].items()
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def with_hash(body: bytes) -> bytes:
    """The bytes of a note: the hash of its text on the first line, then the text."""
    return f"{content_hash(body)}\n".encode() + body


def without_hash(data: bytes) -> bytes | None:
    """The text of a note; None if a byte of it differs from what was written."""
    head, _, body = data.partition(b"\n")
    return body if head == content_hash(body).encode() else None


def text_hash(text: str) -> str:
    """The hash of a msgid."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=TEXT // 2).hexdigest()


def key_hash(key: Key) -> str:
    """The hash of a message."""
    return text_hash(f"{key[0]!r}\0{key[1]}")


def pieces(text: str, size: int) -> Iterator[str]:
    """The hashes in a string of hashes."""
    return (text[at : at + size] for at in range(0, len(text), size))


def holds(text: str, wanted: str, size: int) -> bool:
    """True if a string of hashes, each of `size` digits, has one that begins with `wanted`."""
    at = text.find(wanted)
    while at % size and at >= 0:
        at = text.find(wanted, at + 1)
    return at >= 0


def _translation_hash(context: str | None, msgid: str, msgstr: str, *, in_use: bool = True) -> str:
    return text_hash(msgid) + text_hash(f"{in_use}{context!r}\0{msgid}\0{msgstr}")


def _is_known(entry: Entry) -> bool:
    return bool(entry.msgstr.strip()) and not entry.fuzzy and entry.plural is None


def catalog_row(catalog: Catalog, data: bytes, template: str, drafts: str) -> CatalogRow:
    """The row of a catalog that an update made."""
    active = catalog.active
    filled = filled_parts(data)
    fixed = _fixed(catalog, filled)
    untranslated = sum([not entry.msgstr for entry in active])
    waiting = sum([FUZZY in entry.flags for entry in active if entry.flags and entry.msgstr])
    counts = (len(active) - waiting - untranslated, waiting, untranslated)
    return CatalogRow(
        template=template,
        catalog=content_hash(data),
        drafts=drafts,
        skeleton=filled.skeleton,
        known=fixed[0] + "".join(filled.known),
        open=fixed[1] + filled.open,
        fixed_known=fixed[0],
        fixed_open=fixed[1],
        counts=counts,
    )


def _fixed(catalog: Catalog, filled: _Filled) -> tuple[str, str]:
    """The translations that a catalog gives, and the messages it is open for, without those that are fillable."""
    active = catalog.active
    if len(filled.known) + len(filled.open) // TEXT == len(active) == len(catalog.entries):
        return "", ""
    kept = kept_translations(catalog, {entry.key for entry in active})
    known = [_translation_hash(e.context, e.msgid, e.msgstr, in_use=False) for e in kept if _is_known(e)]
    hashes = (_translation_hash(e.context, e.msgid, e.msgstr) for e in active if _is_known(e))
    known += [one for one in hashes if one not in filled.known]
    opened = Counter(text_hash(entry.msgid) for entry in active if not entry.translated)
    return "".join(known), "".join((opened - Counter(pieces(filled.open, TEXT))).elements())


@dataclass(frozen=True, slots=True)
class _Filled:
    """The fillable messages of a file: what is left without their translations, and what those are."""

    skeleton: str
    known: dict[str, None]
    open: str


def filled_parts(data: bytes) -> _Filled:
    """The fillable messages of a file; of one that may be no catalog the skeleton is like no other."""
    text = data.decode("utf-8", errors="replace")
    head, *blocks = text.split("\n\n")
    skeleton = [_SAVED.sub(r"\1", head)]
    known: dict[str, None] = {}
    opened: list[str] = []
    remembers = memory_of(text)
    for block in blocks:
        found = _message(block)
        if found is None or (remembers and memory_of(block)):
            skeleton.append(block)
            continue
        start, context, msgid, msgstr, digest = found
        if not msgstr:
            opened.append(digest)
        elif _is_plain(msgstr):
            known[digest + text_hash(f"{True}{context!r}\0{msgid}\0{msgstr}")] = None
        else:
            skeleton.append(block)
            continue
        skeleton.append(start)
    return _Filled(content_hash("\n\n".join(skeleton).encode()), known, "".join(opened))


@lru_cache(maxsize=10_000)
def _message(block: str) -> tuple[str, str | None, str, str, str] | None:
    """The parts of a fillable message, and the hash of its msgid. Untranslated ones are the same in every locale."""
    match = _FILLABLE.fullmatch(block)
    if match is None:
        return None
    start, context, msgid, msgstr = match.groups()
    return start, context, msgid, msgstr, text_hash(msgid)


def _is_plain(msgstr: str) -> bool:
    return bool(msgstr.strip()) and len(msgstr) <= TRANSLATION_LIMIT and "\ufffd" not in msgstr


def refilled(row: CatalogRow, data: bytes) -> CatalogRow | None:
    """The row of a catalog in which translators only wrote translations since; None if more than that changed.

    An update would write the same bytes.
    """
    if len(data) > SIZE_LIMIT:
        return None
    filled = filled_parts(data)
    before = len(row.open) - len(row.fixed_open)
    if filled.skeleton != row.skeleton or not set(pieces(filled.open, TEXT)) <= set(pieces(row.open, TEXT)):
        return None
    kept, waiting, untranslated = row.counts
    done = (before - len(filled.open)) // TEXT
    return replace(
        row,
        catalog=content_hash(data),
        known=row.fixed_known + "".join(filled.known),
        open=row.fixed_open + filled.open,
        counts=(kept + done, waiting, untranslated - done),
    )


def changed_texts(before: str, after: str) -> set[str]:
    """The hashes of the msgids whose translations differ."""
    return {one[:TEXT] for one in set(pieces(before, TRANSLATION)) ^ set(pieces(after, TRANSLATION))}


def has_any(row: str, texts: Set[str]) -> bool:
    """True if a string of message hashes has one of these."""
    return not texts.isdisjoint(pieces(row, TEXT))


def gives_any(known: str, texts: Set[str]) -> bool:
    """True if a string of translations has one of these messages."""
    return not texts.isdisjoint(known[at : at + TEXT] for at in range(0, len(known), TRANSLATION))


def shared_state(workspace: Workspace) -> str:
    """The hash of all that every catalog depends on: tables and settings, renames, and the program itself."""
    files = workspace.files
    listed = (path for folder in _FOLDERS for path in files.listing(folder, "**/*"))
    parts = [f"{name} {version(name)}" for name in _LIBRARIES]
    for path in (*(workspace.root / name for name in _FILES), *listed):
        name = workspace.relative(path)
        # A folder has no hash.
        if path.suffix not in _ROWS and not set(_RECORDS) & set(name.split("/")):
            parts += [name, digest] if (digest := files.hash_of(path)) != "absent" else []
    for path in sorted(_ENGINE.rglob("*")):
        if path.suffix in (".py", ".toml"):
            facts = path.stat()
            parts.append(f"{path} {facts.st_size} {facts.st_mtime_ns}")
    return fingerprint(*parts)
