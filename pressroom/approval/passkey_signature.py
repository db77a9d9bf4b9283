"""Signatures by passkeys: the file beside a record, and the check of one. No server and no network is needed.

The file has five lines, each ended by a newline; the values are base64url without padding, each in its one form:

    pressroom passkey signature 1
    credential CREDENTIAL
    authenticator-data DATA
    client-data DATA
    signature SIGNATURE

They are what the browser returned (WebAuthn Level 3, 5.2.2): CREDENTIAL is `rawId`, the rest is the assertion's
`authenticatorData`, `clientDataJSON` and `signature`. The challenge is the SHA-256 of `pressroom-record`, a newline,
and the record's exact bytes; `(echo pressroom-record; cat RECORD) | sha256sum` prints it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from fido2.webauthn import AuthenticatorData, CollectedClientData

from pressroom.approval.passkey import Passkey, base64url, from_base64url
from pressroom.border import border

_HEAD: Final = "pressroom passkey signature 1"
_LINES: Final = ("credential", "authenticator-data", "client-data", "signature")
_FORM: Final = re.compile("".join([f"{_HEAD}\n", *(rf"{name} ([A-Za-z0-9_-]+)\n" for name in _LINES)]))
# Bytes: the spec's longest id; an authenticator's extensions; browsers add fields to client data; RSA of 8192 bits.
_LIMITS: Final = {"credential": 1023, "authenticator-data": 1024, "client-data": 4096, "signature": 1024}
_LARGEST: Final = 12_000
_GET: Final = "webauthn.get"


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a browser returns when a person confirms with a passkey."""

    credential: bytes
    authenticator_data: bytes
    client_data: bytes
    signature: bytes

    @property
    def file(self) -> bytes:
        """The signature's file."""
        values = (self.credential, self.authenticator_data, self.client_data, self.signature)
        rows = (f"{name} {base64url(value)}\n" for name, value in zip(_LINES, values, strict=True))
        return f"{_HEAD}\n{''.join(rows)}".encode()


def challenge_of(record: bytes, namespace: str) -> bytes:
    """What a passkey signs of a record: 32 bytes."""
    return hashlib.sha256(f"{namespace}\n".encode() + record).digest()


def read_signature(data: bytes) -> Assertion:
    """The assertion in a signature's file; a checkout may have changed the ends of its lines. Raises ValueError."""
    if len(data) > _LARGEST:
        raise ValueError(f"it is {len(data)} bytes long")
    match = _FORM.fullmatch(data.replace(b"\r\n", b"\n").decode("ascii", "replace"))
    if match is None:
        raise ValueError("it is not the signature of a passkey in the form that is written")
    return _assertion(dict(zip(_LINES, match.groups(), strict=True)))


def read_answer(answer: Mapping[str, object]) -> Assertion:
    """The assertion in a browser's answer: the four values of the signature's file, in base64url. Raises ValueError."""
    values = {name: value for name, value in answer.items() if name in _LINES and isinstance(value, str)}
    if values.keys() != {*_LINES} or answer.keys() != values.keys():
        raise ValueError(f"it has not exactly {', '.join(_LINES)}")
    return _assertion(values)


def _assertion(values: Mapping[str, str]) -> Assertion:
    credential, authenticator, client, signature = (from_base64url(values[name], _LIMITS[name]) for name in _LINES)
    return Assertion(credential, authenticator, client, signature)


def is_signed(record: bytes, signature: bytes, passkey: Passkey, namespace: str) -> bool:
    """True if exactly this passkey made the signature, for exactly these bytes, in this namespace."""
    try:
        check_assertion(passkey, read_signature(signature), challenge_of(record, namespace))
    except ValueError:
        return False
    return True


def check_assertion(passkey: Passkey, assertion: Assertion, challenge: bytes) -> None:
    """Check an assertion as WebAuthn Level 3, 7.2 says, and that the person was verified.

    The counter is not looked at: passkeys that are synchronised between devices have none, and a signature is checked
    in any order, years later. Raises ValueError with the first thing that is wrong.
    """
    if assertion.credential != passkey.credential:
        raise ValueError("it is of another passkey")
    check_client_data(assertion.client_data, _GET, passkey.origin, challenge)
    with border():
        data = AuthenticatorData(assertion.authenticator_data)
        check_flags(data, passkey.rp_id)
        if data.is_attested():
            raise ValueError("it has a new credential in it")
        signed = assertion.authenticator_data + hashlib.sha256(assertion.client_data).digest()
        try:
            passkey.key.verify(signed, assertion.signature)
        except InvalidSignature:
            raise ValueError("its signature is wrong") from None


def check_client_data(written: bytes, type_: str, origin: str, challenge: bytes) -> None:
    """Check what a browser says of a ceremony: its type, its challenge, and on whose page it was. Raises ValueError."""
    with border():
        said = json.loads(written.decode("utf-8"), object_pairs_hook=_once)
        if not all(isinstance(said[name], str) for name in ("type", "challenge", "origin")):
            raise ValueError("its client data has a value of the wrong type")
        client = CollectedClientData(written)
    if client.type != type_:
        raise ValueError(f"it is a ceremony of another type than {type_}")
    if not compare_digest(client.challenge, challenge):
        raise ValueError("it is of another challenge")
    if client.origin != origin:
        raise ValueError(f"it was made on another page than one of {origin}")
    if client.cross_origin is not False or "topOrigin" in said:
        raise ValueError("it was made inside a page of somebody else")


def check_flags(data: AuthenticatorData, rp_id: str) -> None:
    """Check whom an authenticator signed for, and that a person was there and was verified. Raises ValueError."""
    if not compare_digest(data.rp_id_hash, hashlib.sha256(rp_id.encode()).digest()):
        raise ValueError(f"it is for another name than {rp_id}")
    if not data.is_user_present():
        raise ValueError("no person was there")
    if not data.is_user_verified():
        raise ValueError("the person was not verified by fingerprint, face or PIN")
    if data.is_backed_up() and not data.is_backup_eligible():
        raise ValueError("its flags contradict each other")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; ValueError if it says something twice, because two readers may read it differently."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("its client data says something twice")
    return said
