"""Passkeys (WebAuthn credentials): the text of one in `source/people.toml`, and the key that is in it.

The text is one line, its words parted by single spaces:

    webauthn-es256 https://press.clinic.example CREDENTIAL KEY anything, for example: phone of Ana

The first word names the algorithm, the second the origin: the address of the pages on which this passkey signs.
CREDENTIAL is the credential's id and KEY its public key (COSE, RFC 9052, in CTAP2's canonical CBOR), both in base64url
without padding. Each value has one form, so one passkey has one text, apart from its last words.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fido2 import cbor
from fido2.cose import ES256, RS256, CoseKey, EdDSA

from pressroom.border import border

# The algorithms that are accepted, by the names in `key`: what passkeys of phones, computers and security keys use.
_ALGORITHMS: Final[dict[str, type[CoseKey]]] = {
    "webauthn-es256": ES256,
    "webauthn-eddsa": EdDSA,
    "webauthn-rs256": RS256,
}
ALGORITHMS: Final = tuple(kind.ALGORITHM for kind in _ALGORITHMS.values())
# The COSE labels of a key and what is fixed of them: key type, algorithm, curve (RFC 9053, 7; RFC 8230, 4).
_FIXED: Final[dict[str, dict[int, int]]] = {
    "webauthn-es256": {1: 2, 3: -7, -1: 1},
    "webauthn-eddsa": {1: 1, 3: -8, -1: 6},
    "webauthn-rs256": {1: 3, 3: -257},
}
_VALUES: Final = {"webauthn-es256": (-2, -3), "webauthn-eddsa": (-2,), "webauthn-rs256": (-1, -2)}
_WORDS: Final = 5
_LONGEST: Final = 8_000
# WebAuthn Level 3, 4, "credential ID": at least 16 bytes; 6.5.1: at most 1023.
_SHORTEST_ID: Final = 16
_LONGEST_ID: Final = 1023
_COORDINATE: Final = 32
_RSA_BITS: Final = (2048, 8192)
_LABEL: Final = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
# Browsers make passkeys for names alone, never for an IP address, and without TLS only on this machine.
_ORIGIN: Final = re.compile(
    rf"(https://(?=[^:]*[a-z])({_LABEL}\.)*{_LABEL}|http://localhost)(?P<port>:[1-9][0-9]{{0,4}})?"
)
_DEFAULT_PORTS: Final = {"https": ":443", "http": ":80"}
_LAST_PORT: Final = 65_535
_BASE64URL: Final = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey's public half: the origin on which it signs, the credential's id, and its COSE key as bytes.

    `label` are the words after it, for people.
    """

    algorithm: str
    origin: str
    credential: bytes
    cose: bytes
    label: str = ""
    key: CoseKey = field(default_factory=CoseKey, compare=False, repr=False)

    @property
    def rp_id(self) -> str:
        """The relying party's id: the name of the origin, without scheme and port."""
        return rp_id_of(self.origin)

    @property
    def fingerprint(self) -> str:
        """`SHA256:` and 43 letters, of the public key alone: a key that is listed twice has one fingerprint."""
        digest = base64.b64encode(hashlib.sha256(self.cose).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"

    @property
    def text(self) -> str:
        """What `key` in people.toml is."""
        words = (self.algorithm, self.origin, base64url(self.credential), base64url(self.cose), self.label)
        return " ".join(word for word in words if word)


def base64url(data: bytes) -> str:
    """Bytes in base64url without padding (RFC 4648, 5)."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_base64url(written: str, longest: int) -> bytes:
    """The bytes of base64url without padding; at most `longest`. Raises ValueError for any other form of them."""
    if not _BASE64URL.fullmatch(written):
        raise ValueError("it is not base64url")
    # Four letters have three bytes.
    if len(written) > -(-longest * 4 // 3):
        raise ValueError(f"it is longer than {longest} bytes")
    with border():
        data = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    if base64url(data) != written:
        raise ValueError("it is base64url in another form than is written")
    return data


def check_origin(origin: str) -> None:
    """Raises ValueError unless a passkey can be for this origin, and browsers write it so."""
    match = _ORIGIN.fullmatch(origin)
    if match is None:
        raise ValueError(f"{origin[:80]!r} is no origin of a passkey, as https://press.clinic.example is one")
    port = match["port"] or ""
    if port == _DEFAULT_PORTS[origin.partition(":")[0]] or int(port[1:] or 0) > _LAST_PORT:
        raise ValueError(f"{origin!r} is not as browsers write it: the port {port[1:]} is left out or none")


def rp_id_of(origin: str) -> str:
    """The name in an origin."""
    return origin.partition("://")[2].partition(":")[0]


def read_passkey(text: str) -> Passkey:
    """The passkey of a text as people.toml has it. Raises ValueError with what is wrong with it."""
    if len(text) > _LONGEST:
        raise ValueError(f"it is {len(text)} characters long")
    words = text.split(" ", _WORDS - 1)
    if len(words) < _WORDS - 1:
        raise ValueError("it is not a passkey in one line, as the page /keys writes it")
    algorithm, origin, credential, cose = words[: _WORDS - 1]
    if algorithm not in _ALGORITHMS:
        raise ValueError(f"{algorithm[:40]!r} is none of {', '.join(_ALGORITHMS)}")
    check_origin(origin)
    label = words[_WORDS - 1] if len(words) == _WORDS else ""
    if (len(words) == _WORDS and label != " ".join(label.split())) or not _is_plain(label):
        raise ValueError("the words after the key have signs that can't be seen")
    return passkey_of(algorithm, origin, from_base64url(credential, _LONGEST_ID), from_base64url(cose, _LONGEST), label)


def passkey_of(algorithm: str, origin: str, credential: bytes, cose: bytes, label: str = "") -> Passkey:
    """A passkey from its parts; the algorithm is the key's own if it is empty. Raises ValueError."""
    if not _SHORTEST_ID <= len(credential) <= _LONGEST_ID:
        raise ValueError(f"a credential's id has {_SHORTEST_ID} to {_LONGEST_ID} bytes, not {len(credential)}")
    with border():
        read = cbor.decode(cose)
        written = cbor.encode(read)
    if not isinstance(read, Mapping) or written != cose:
        raise ValueError("its public key is not in the form that authenticators write")
    algorithm = algorithm or next((name for name, kind in _ALGORITHMS.items() if read.get(3) == kind.ALGORITHM), "")
    if algorithm not in _ALGORITHMS:
        raise ValueError(f"keys of the algorithm {read.get(3)} are not accepted; {', '.join(_ALGORITHMS)} are")
    _check_key(algorithm, read)
    return Passkey(algorithm, origin, credential, cose, label, _ALGORITHMS[algorithm](read))


def _check_key(algorithm: str, key: Mapping[Any, Any]) -> None:
    """Raises ValueError unless the key has exactly what its algorithm needs, and is one."""
    fixed, names = _FIXED[algorithm], _VALUES[algorithm]
    # True is 1 in Python and other bytes in CBOR: one key would have two texts.
    numbers = [*key, *(key.get(label) for label in fixed)]
    is_one = key.keys() == {*fixed, *names} and all(type(number) is int for number in numbers)
    is_one = is_one and all(key[label] == value for label, value in fixed.items())
    values = [key[name] for name in names] if is_one else []
    if not is_one or not all(isinstance(value, bytes) for value in values):
        raise ValueError(f"its public key is not one of {algorithm}")
    if algorithm == "webauthn-rs256":
        _check_rsa(*values)
        return
    if any(len(value) != _COORDINATE for value in values):
        raise ValueError(f"its public key is not one of {algorithm}")
    with border():
        if algorithm == "webauthn-eddsa":
            Ed25519PublicKey.from_public_bytes(values[0])
        else:
            x, y = (int.from_bytes(value) for value in values)
            ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _check_rsa(modulus: bytes, exponent: bytes) -> None:
    if modulus[:1] in (b"", b"\0") or exponent[:1] in (b"", b"\0"):
        raise ValueError("its public key has a number in another form than authenticators write")
    numbers = rsa.RSAPublicNumbers(int.from_bytes(exponent), int.from_bytes(modulus))
    least, most = _RSA_BITS
    if not least <= numbers.n.bit_length() <= most:
        raise ValueError(f"an RSA key of {numbers.n.bit_length()} bits can't be used")
    with border():
        numbers.public_key()


def _is_plain(text: str) -> bool:
    return not any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cs", "Cn") for sign in text)
