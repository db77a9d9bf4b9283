"""The readers of what comes from outside, each as a function of bytes.

A target may return or raise the errors that its callers know; any other exception is a finding.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from pressroom.approval.people_file import read_people
from pressroom.catalog import read_catalog, write_catalog
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.lengths import read_lengths
from pressroom.catalog.whole import HEADER as END_HEADER
from pressroom.catalog.xml_tree import XmlError, parse_xml
from pressroom.commands.handoff.archive import ArchiveError, unpack
from pressroom.content import parse_document
from pressroom.content.inline import parse_inline
from pressroom.content.pictures import picture_fault
from pressroom.language import find_language
from pressroom.layout.words import read_words
from pressroom.project.clinics import read_clinics
from pressroom.publish import read_manifest
from pressroom.publish.file_identity import control_data, control_lines
from pressroom.publish.manifest import NAME, ManifestError

Target = Callable[[bytes], object]
ROOT = Path(__file__).parents[1] / "hostile" / "project"
_SPANISH = find_language("es")
_DOCUMENT, _ = parse_document((ROOT / "source" / "harm.md").read_text(encoding="utf-8"), "source/harm.md")
assert _DOCUMENT is not None


def catalog(data: bytes) -> None:
    """A catalog is refused, or is written so that it reads the same, and its checks end."""
    read, problems = read_catalog(data, "locales/es/LC_MESSAGES/harm.po", _SPANISH)
    if read is None:
        assert problems
        return
    if read.header.get(END_HEADER):
        # Without the entry that ends it, a text that stops in the middle of a sentence is taken for a cut one.
        again, _ = read_catalog(write_catalog(read), read.path, _SPANISH)
        assert again is not None
        assert [(e.key, e.msgstr) for e in again.entries] == [(e.key, e.msgstr) for e in read.entries]
    assert _DOCUMENT is not None
    check_catalog(_DOCUMENT.messages, read, _SPANISH)


def markdown(data: bytes) -> None:
    """A source is read, or refused with a finding."""
    document, problems = parse_document(_text(data), "source/harm.md")
    assert document is not None or problems


def inline(data: bytes) -> None:
    """Every sign of a message is printed, or is a mark that was read."""
    parse_inline(_text(data))


def placeholders(data: bytes) -> None:
    """A translation of one message is checked, whatever is in it."""
    text = _text(data)[:2_000].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    catalog(
        f'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "Call {{phone}} if the fever lasts."\nmsgstr "{text}"\n'.encode()
    )


def xliff(data: bytes) -> None:
    """XML is read, or refused with the reason."""
    _allowing(parse_xml, data, XmlError)


def archive(data: bytes) -> None:
    """A zip is read, or refused with the reason."""
    _allowing(lambda given: unpack(given, lambda name: True), data, ArchiveError)


def tables(data: bytes) -> None:
    """TOML of each kind is read, or refused with a finding."""
    text = _text(data)
    for read in (read_clinics, read_words):
        read(text, "source/a.toml")
    read_people(text, "source/people.toml", ("es",))
    _allowing(read_lengths, text, ValueError)


def png(data: bytes) -> None:
    """A picture is right, or it has a fault."""
    picture_fault(data, "a.png")


def svg(data: bytes) -> None:
    """A drawing is right, or it has a fault."""
    picture_fault(data, "a.svg")


def manifest(data: bytes) -> None:
    """A manifest is read, or refused with the reason."""
    with TemporaryDirectory() as folder:
        (Path(folder) / NAME).write_bytes(data)
        _allowing(read_manifest, Path(folder), ManifestError)


def lines(data: bytes) -> None:
    """What is written on a page is read for control lines."""
    text = _text(data)
    control_lines(text)
    control_data(f"pressroom; {text}")


def _allowing(read: Callable[..., object], given: object, error: type[Exception]) -> None:
    try:
        read(given)
    except error:
        return


def _text(data: bytes) -> str:
    return data.decode(errors="replace")


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (catalog, markdown, inline, placeholders, xliff, archive, tables, png, svg, manifest, lines)
}


def seeds(name: str) -> list[bytes]:
    """Small inputs of a target that are right, for a mutation to begin with."""
    files = {
        "catalog": ["locales/es/LC_MESSAGES/harm.po", "locales/ar/LC_MESSAGES/harm.po"],
        "markdown": ["source/harm.md", "source/safe.md"],
        "tables": ["source/clinics.toml", "layouts/words.toml", "layouts/slip/layout.toml"],
        "png": ["source/pics/leaf.png"],
        "svg": ["source/pics/branch.svg", "source/logos/leaf.svg"],
    }
    made = {
        "inline": [b"Call {phone} **before** you *come*, see [our site]{1}."],
        "placeholders": ["Llame al {phone} si la fiebre continúa 2 días.".encode()],
        "manifest": [json.dumps({"schema": 1, "files": [], "refused": []}).encode()],
        "lines": ["HRM-001 · es · 1.0 · 2026-11 · review by 2027-11 · 1a2b3c4d".encode()],
    }
    from tests.hostile.makers import archives

    made["archive"] = [archives.zip_named("harm.po", b"")]
    made["xliff"] = [archives.xliff("a", b"")]
    return made.get(name) or [(ROOT / path).read_bytes() for path in files[name]]
