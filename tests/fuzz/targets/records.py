"""What the program wrote itself, and somebody may have edited: records, manifests, notes and signatures."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha512
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pressroom.approval import passkey_signature
from pressroom.approval.codec import RecordFormat
from pressroom.approval.confirmations import CONFIRMATION
from pressroom.approval.passkey import read_passkey
from pressroom.approval.passkey_registration import read_registration
from pressroom.approval.records import RECALL, SIGNOFF, WAIVER, WITHDRAWAL, Waiver
from pressroom.approval.releases import RELEASE, ReleaseFacts
from pressroom.approval.signature import NAMESPACE
from pressroom.approval.ssh_signature import is_signed, read_ssh_key
from pressroom.approval.wording import SIGNED_WORDS
from pressroom.cli.shown import ShownToday
from pressroom.commands.building.desk_page import SOURCES, sources_of
from pressroom.commands.catalogs.remembered import read_remembered, with_hash
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.publish import Manifest, PieceRecord, read_manifest
from pressroom.publish.manifest import NAME, ManifestError
from pressroom.workspace.documents import RENAME
from pressroom.workspace.log import edition_entries
from pressroom.workspace.workspace import Workspace
from tests.fuzz.targets.target import scratch, target, text_of
from tests.passkeys import ORIGIN, SoftPasskey

_FORMATS: tuple[RecordFormat[Any], ...] = (
    SIGNOFF, WAIVER, RECALL, WITHDRAWAL, RELEASE, RENAME, SIGNED_WORDS, CONFIRMATION,
)  # fmt: skip
_FILE = "reviewer-2026-11-23-0123456789abcdef.toml"
_ENTRY = "harm/es/translator-2026-11-22-0123456789abcdef"
_SIGNOFF = b"""document = "harm"
locale = "es"
role = "reviewer"
name = "Ana"
qualification = "nurse"
date = "2026-11-23"
review-by = "2027-11"
english = "a"
translation = "b"
texts = "c"
after = ["harm/es/translator-2026-11-22-0123456789abcdef"]

[words]
slip = "d"

[drawings]
"slip/leaf" = "e f"

[emergency]
leaf = "911"
"""
_RECALL = b"""document = "harm"
locale = "es"
reason = "a wrong dose"
by = "Ana"
date = "2026-11-23"
pieces = ["harm/es/slip/leaf"]
"""


def _records() -> Iterator[bytes]:
    waiver = Waiver(
        document="harm", locale="es", code="numbers", message="a", text="b", quoted="dos \x7f", reason="c", name="Ana",
        qualification="nurse", dated=date(2026, 11, 23),
    )  # fmt: skip
    yield WAIVER.write(waiver)[1].encode()
    yield _SIGNOFF
    yield _RECALL


@target(made=_records, cases=(f"locales/es/signoffs/harm/{_FILE}",))
def records(data: bytes) -> None:
    """A record is read, or refused; what is read is written so that it reads the same."""
    text = text_of(data)
    for form in _FORMATS:
        with suppress(ValueError):
            record = _unsealed(form, text)
            name, written = form.write(record)
            again = form.read(written, name)
            assert form.write(again) == (name, written)


def _unsealed(form: RecordFormat[Any], text: str) -> Any:
    return replace(form, sealed=False).read(text, _FILE)


@target(made=_records)
def log(data: bytes) -> None:
    """A project with this record is read, and says what does not count."""
    workspace = Workspace.open(scratch())
    places = ("locales/es/signoffs/harm", "source/recalls", "releases")
    for place in places:
        (scratch() / place).mkdir(parents=True, exist_ok=True)
        (scratch() / place / _FILE).write_bytes(data)
    workspace.records()
    for place in places:
        (scratch() / place / _FILE).unlink()


def _manifests() -> Iterator[bytes]:
    made = PieceRecord(
        document="harm", locale="es", clinic="leaf", product="slip", state="draft",
        facts=ReleaseFacts(version="1", inputs="1a2b3c4d", sha256="ab"), path="es/harm.pdf", pages=1,
    )  # fmt: skip
    yield Manifest((made, replace(made, path="", pages=0)), {"engine": "1"}, (_ENTRY,)).to_bytes()


@target(made=_manifests, cases=("manifest",))
def manifest(data: bytes) -> None:
    """The manifest of an edition is read, or refused with the reason; so is what it names of the log."""
    folder = scratch() / "output" / "released"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_bytes(data)
    list(edition_entries(scratch() / "output"))
    with suppress(ManifestError):
        read = read_manifest(folder)
        (folder / NAME).write_text(read.to_bytes().decode(), encoding="utf-8")
        assert read_manifest(folder) == read


@target(made=lambda: [b'{"shared": "a", "documents": {}, "glossaries": {}, "catalogs": {}}'])
def notes(data: bytes) -> None:
    """A note of an update is read, or is as good as none."""
    read_remembered(data)
    read_remembered(with_hash(data))


@target(made=lambda: [b'{"day": "2026-11-23", "marks": ["0123456789abcdef"]}', b'{"es/harm.pdf": "01ab"}'])
def shown(data: bytes) -> None:
    """What was shown today is read, or is as good as none; the list of a printer's files is read, or refused."""
    for path in (scratch() / ".cache/pressroom/shown.json", scratch() / "output/desk" / SOURCES):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    ShownToday(scratch(), date(2026, 11, 23)).new_of([diagnostic("clinic-phone", Span("a"), "b")])
    with suppress(DiagnosticError):
        assert all(isinstance(sha256, str) for sha256 in sources_of(scratch() / "output/desk").values())


_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIimzEkRPFkHjqQy6FLF0v8mOZAyJLr9Jd0JCVyZC4AM ana"


def _field(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


@cache
def _signature() -> tuple[str, bytes]:
    """A public key, and the inside of its signature of `_MESSAGE`."""
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    blob = _field(b"ssh-ed25519") + _field(private.public_key().public_bytes_raw())
    said = b"SSHSIG" + b"".join(map(_field, (b"pressroom", b"", b"sha512", sha512(_MESSAGE).digest())))
    signed = _field(b"ssh-ed25519") + _field(private.sign(said))
    body = b"SSHSIG" + (1).to_bytes(4) + b"".join(map(_field, (blob, b"pressroom", b"", b"sha512", signed)))
    return f"ssh-ed25519 {b64encode(blob).decode()}", body


_MESSAGE = b'document = "harm"\n'


@target(made=lambda: [_KEY.encode(), _signature()[1]], longest=4_000)
def signatures(data: bytes) -> None:
    """A key is read or refused, and no other bytes than those of a signature sign."""
    with suppress(ValueError):
        read_ssh_key(text_of(data))
    public, body = _signature()
    armour = b"-----BEGIN SSH SIGNATURE-----\n%b\n-----END SSH SIGNATURE-----\n" % b64encode(data)
    assert not is_signed(_MESSAGE, data, read_ssh_key(public), "pressroom")
    assert is_signed(_MESSAGE, armour, read_ssh_key(public), "pressroom") == (data == body)


@cache
def _passkey() -> tuple[SoftPasskey, bytes]:
    """A passkey whose signatures are the same each time, and the file of its signature of `_MESSAGE`."""
    passkey = SoftPasskey(private=Ed25519PrivateKey.from_private_bytes(bytes(32)))
    return passkey, passkey.sign(_MESSAGE)


def _passkeys() -> list[bytes]:
    passkey, file = _passkey()
    answer = passkey_signature.read_signature(file)
    return [passkey.text.encode(), file, answer.client_data, answer.authenticator_data, passkey.passkey.cose]


@target(made=_passkeys, longest=4_000)
def passkeys(data: bytes) -> None:
    """A passkey, its signature and what a browser returns are read or refused, and only the signature's bytes sign."""
    with suppress(ValueError):
        assert read_passkey(read_passkey(text_of(data)).text) == read_passkey(text_of(data))
    passkey, file = _passkey()
    for client, attestation in ((data, b""), (passkey.client_data(bytes(32), type="webauthn.create"), data)):
        with suppress(ValueError):
            read_registration(client, attestation, origin=ORIGIN, challenge=bytes(32))
    good = passkey_signature.read_signature(file)
    challenge = passkey_signature.challenge_of(_MESSAGE, NAMESPACE)
    for changed in (replace(good, client_data=data), replace(good, authenticator_data=data)):
        with suppress(ValueError):
            passkey_signature.check_assertion(passkey.passkey, changed, challenge)
    signs = passkey_signature.is_signed(_MESSAGE, data, passkey.passkey, NAMESPACE)
    assert signs == (data.replace(b"\r\n", b"\n") == file)
