"""A passkey in software, for tests: what a phone or a security key does, with every flag as a test wants it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fido2 import cbor
from fido2.cose import ES256, RS256, EdDSA

from pressroom.approval.passkey import Passkey, base64url, passkey_of
from pressroom.approval.passkey_signature import Assertion, challenge_of
from pressroom.approval.signature import NAMESPACE

ORIGIN = "https://press.clinic.example"
PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, ATTESTED = 1, 4, 8, 16, 64
_Private = ec.EllipticCurvePrivateKey | Ed25519PrivateKey | rsa.RSAPrivateKey


def _new_key() -> _Private:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class SoftPasskey:
    """A passkey whose private key is here."""

    origin: str = ORIGIN
    credential: bytes = b"credential of a story"
    label: str = "phone of a story"
    private: _Private = field(default_factory=_new_key)

    @property
    def passkey(self) -> Passkey:
        """Its public half."""
        public: Any = self.private.public_key()
        kind = {"EC": ES256, "Ed": EdDSA, "RS": RS256}[type(self.private).__name__.replace("EllipticC", "EC")[:2]]
        cose = cbor.encode(dict(kind.from_cryptography_key(public)))
        return passkey_of("", self.origin, self.credential, cose, self.label)

    @property
    def text(self) -> str:
        """What people.toml has of it."""
        return self.passkey.text

    def client_data(self, asked: bytes, /, **changes: Any) -> bytes:
        """What the browser says; a change to None leaves a value out."""
        said = {"type": "webauthn.get", "challenge": base64url(asked), "origin": self.origin, "crossOrigin": False}
        return json.dumps({k: v for k, v in (said | changes).items() if v is not None}).encode()

    def authenticator_data(self, flags: int = PRESENT | VERIFIED, rp_id: str = "", more: bytes = b"") -> bytes:
        """What the authenticator says."""
        name = rp_id or self.passkey.rp_id
        return hashlib.sha256(name.encode()).digest() + bytes([flags]) + bytes(4) + more

    def answer(self, challenge: bytes, authenticator: bytes = b"", client: bytes = b"") -> Assertion:
        """What the browser returns for a challenge."""
        client = client or self.client_data(challenge)
        authenticator = authenticator or self.authenticator_data()
        signed = authenticator + hashlib.sha256(client).digest()
        return Assertion(self.credential, authenticator, client, self._sign(signed))

    def sign(self, record: bytes, **changes: Any) -> bytes:
        """The signature's file of a record."""
        return self.answer(challenge_of(record, NAMESPACE), **changes).file

    def _sign(self, signed: bytes) -> bytes:
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(signed)
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(signed, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(signed, ec.ECDSA(hashes.SHA256()))
