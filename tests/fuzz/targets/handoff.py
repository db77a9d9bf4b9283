"""What comes back from an agency: XLIFF, memories and zips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pressroom.catalog import Catalog
from pressroom.catalog.merge_returned import merge_returned, words_hash
from pressroom.catalog.read import read_catalog
from pressroom.catalog.tmx import write_tmx
from pressroom.catalog.write import write_catalog
from pressroom.catalog.xliff import read_xliff, write_xliff
from pressroom.catalog.xml_tree import is_xml_character, parse_xml
from pressroom.catalog.xml_tree import text_of as text_in
from pressroom.commands.handoff.archive import ArchiveError, Sent, read_manifest, unpack, write_manifest
from pressroom.commands.handoff.returned_files import read_returned
from pressroom.diagnostics import Diagnostic
from pressroom.language import engine_registry, find_language
from pressroom.workspace.workspace import Workspace
from tests.fuzz.targets.target import PROJECT, allowing, scratch, target
from tests.hostile.makers import archives

_SPANISH = find_language("es")
_PATH = "locales/es/LC_MESSAGES/harm.po"


def _ours() -> Catalog:
    catalog, _ = read_catalog((PROJECT / _PATH).read_bytes(), _PATH, _SPANISH)
    assert catalog is not None
    return catalog


def _xliffs() -> list[bytes]:
    return [write_xliff(_ours()), archives.xliff("a", b"")]


@target(made=_xliffs, cases=("in.xlf",))
def xliff(data: bytes) -> None:
    """XLIFF is read and merged, or refused with a finding; what is read is written so that it reads the same."""
    files, findings = read_xliff(data, "a.xlf")
    assert files or findings or b"<file" not in data
    ours = _ours()
    for file in files:
        merge_returned(ours, file.catalog, ours)
        merge_returned(ours, file.catalog, None)


@target(files=(_PATH, "locales/ar/LC_MESSAGES/harm.po"), cases=("po",))
def xliff_again(data: bytes) -> None:
    """A catalog that is exported as XLIFF and comes back is the same catalog, and its TMX has every translation."""
    catalog, _ = read_catalog(data, _PATH, _SPANISH, ours=False)
    if catalog is None or any(entry.plural is not None for entry in catalog.active):
        return
    (file,), findings = read_xliff(write_xliff(catalog), "a.xlf")
    assert not findings
    assert [_words(entry) for entry in file.catalog.entries] == [_words(entry) for entry in catalog.active]
    tree = parse_xml(write_tmx([catalog]))
    segments = [text_in(segment) for segment in tree.iter("seg")]
    pairs = dict.fromkeys((e.context, e.msgid, e.msgstr) for e in catalog.active if e.translated)
    assert segments == [_in_xml(text) for _, msgid, msgstr in pairs for text in (msgid, msgstr)]


def _words(entry: object) -> tuple[object, ...]:
    return entry.context, entry.msgid, entry.msgstr, entry.fuzzy and bool(entry.msgstr)  # type: ignore[attr-defined]


def _in_xml(text: str) -> str:
    return "".join(sign if is_xml_character(sign) else "\ufffd" for sign in text)


def _zips() -> Iterable[bytes]:
    from pressroom.commands.handoff.archive import pack

    ours = _ours()
    yield archives.zip_named("harm.po", b"")
    yield pack({"es/harm.po": write_catalog(ours), "es/harm.xlf": write_xliff(ours)})


@target(made=_zips, cases=("in.zip",))
def archive(data: bytes) -> None:
    """A zip is read, or refused with the reason."""
    allowing(ArchiveError, unpack, data, lambda name: True)


@target(made=lambda: [*_zips(), *_xliffs(), (PROJECT / _PATH).read_bytes()], cases=("in.zip", "in.xlf", "in.po"))
def returned(data: bytes) -> None:
    """A file that comes back, of whatever kind, becomes catalogs or findings."""
    workspace = Workspace.open(scratch())
    kind = ".zip" if data.startswith(b"PK") else ".po" if b"msgid" in data[:2_000] else ".xlf"
    path = scratch() / f"in{kind}"
    path.write_bytes(data)
    results = list(read_returned(workspace, path, locale=None, document=None, base=None))
    assert results
    for result in results:
        if not isinstance(result, Diagnostic):
            merge_returned(_ours(), result.catalog, result.sent and result.sent.catalog)


def _manifests() -> Iterator[bytes]:
    ours = _ours()
    yield write_manifest([Sent("harm", ours)])
    yield write_manifest([Sent("harm", replace(ours, entries=ours.entries[:2]))])


@target(made=_manifests)
def handoff_manifest(data: bytes) -> None:
    """The manifest of a hand-off holds what was sent, or is refused."""
    try:
        sent = read_manifest(data, engine_registry())
    except ValueError:
        return
    assert all(words_hash(one.catalog) == one.base for one in sent)
