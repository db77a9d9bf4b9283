"""Reads public SSH keys, and checks signatures that `ssh-keygen -Y sign` made.

The format of a signature is OpenSSH's PROTOCOL.sshsig; the formats of keys are RFC 4253, 5656, 8709 and PROTOCOL.u2f.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

_MAGIC: Final = b"SSHSIG"
_VERSION: Final = 1
_ARMOR: Final = re.compile(
    rb"\s*-----BEGIN SSH SIGNATURE-----\n(?P<body>[A-Za-z0-9+/=\n]+)-----END SSH SIGNATURE-----\s*"
)
_HASHES: Final[dict[bytes, Callable[[bytes], bytes]]] = {
    b"sha256": lambda data: hashlib.sha256(data).digest(),
    b"sha512": lambda data: hashlib.sha512(data).digest(),
}
_CURVES: Final[dict[bytes, tuple[type[ec.EllipticCurve], type[hashes.HashAlgorithm]]]] = {
    b"nistp256": (ec.SECP256R1, hashes.SHA256),
    b"nistp384": (ec.SECP384R1, hashes.SHA384),
    b"nistp521": (ec.SECP521R1, hashes.SHA512),
}
_RSA_HASHES: Final[dict[bytes, type[hashes.HashAlgorithm]]] = {
    b"rsa-sha2-256": hashes.SHA256,
    b"rsa-sha2-512": hashes.SHA512,
}
_SMALLEST_RSA: Final = 2048
_LARGEST_RSA: Final = 16384
# A hardware key says with this bit that somebody touched it.
_TOUCHED: Final = 1
_HARDWARE: Final = b"@openssh.com"
_UNCOMPRESSED: Final = b"\x04"


@dataclass(frozen=True, slots=True)
class SshKey:
    """A public key: its type, its bytes as SSH sends them, and its fingerprint as `ssh-keygen -l` prints it."""

    type: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """`SHA256:` and 43 letters."""
        digest = base64.b64encode(hashlib.sha256(self.blob).digest()).decode()
        return f"SHA256:{digest.rstrip('=')}"


class _Fields:
    """Reads the fields of an SSH message one after the other. Raises ValueError where one is missing."""

    def __init__(self, data: bytes) -> None:
        self._data, self._place = data, 0

    def take(self, size: int) -> bytes:
        taken = self._data[self._place : self._place + size]
        if len(taken) != size:
            raise ValueError("it is cut off")
        self._place += size
        return taken

    def number(self) -> int:
        return int.from_bytes(self.take(4))

    def text(self) -> bytes:
        return self.take(self.number())

    def integer(self) -> int:
        written = self.text()
        # One number has one form, so that one key has one fingerprint.
        if written[:1] >= b"\x80" or (written[:1] == b"\0" and written[1:2] < b"\x80"):
            raise ValueError("it has a number in another form than SSH writes")
        return int.from_bytes(written)

    def end(self) -> None:
        if self._place != len(self._data):
            raise ValueError("it has more bytes than it needs")


def read_ssh_key(line: str) -> SshKey:
    """The key of a line like `ssh-ed25519 AAAA… comment`, as in a file that ends in `.pub`.

    Raises ValueError for anything else: options before the key, a certificate, a type that can't be checked.
    """
    words = line.split(maxsplit=2)
    if len(words) < 2 or "\n" in line:
        raise ValueError("it is not a public key in one line")
    try:
        blob = base64.b64decode(words[1].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("it is not a public key in one line") from None
    if _Fields(blob).text() != words[0].encode():
        raise ValueError(f"it is not a key of type {words[0]}")
    _verifier(blob)
    return SshKey(words[0], blob)


def is_signed(message: bytes, signature: bytes, key: SshKey, namespace: str) -> bool:
    """True if exactly this key made the signature, for exactly these bytes, in this namespace."""
    try:
        blob, named, reserved, hash_name, signed = _parts(signature)
        if blob != key.blob or named != namespace.encode() or reserved or hash_name not in _HASHES:
            return False
        fields = (named, reserved, hash_name, _HASHES[hash_name](message))
        _verifier(blob)(_MAGIC + b"".join(len(field).to_bytes(4) + field for field in fields), signed)
    except (ValueError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _parts(signature: bytes) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """The public key, the namespace, the reserved field, the name of the hash, and the signature proper."""
    armor = _ARMOR.fullmatch(signature.replace(b"\r\n", b"\n"))
    if armor is None:
        raise ValueError("it is not an SSH signature")
    try:
        fields = _Fields(base64.b64decode(armor["body"].replace(b"\n", b""), validate=True))
    except binascii.Error:
        raise ValueError("it is not an SSH signature") from None
    if fields.take(len(_MAGIC)) != _MAGIC or fields.number() != _VERSION:
        raise ValueError("it is an SSH signature of a version that can't be checked")
    parts = fields.text(), fields.text(), fields.text(), fields.text(), fields.text()
    fields.end()
    return parts


# Checks a message and its signature; raises ValueError or InvalidSignature.
_Verifier = Callable[[bytes, bytes], None]


def _verifier(blob: bytes) -> _Verifier:
    """What checks signatures of a key. Raises ValueError if the key can't be used."""
    fields = _Fields(blob)
    type_ = fields.text()
    name = type_.removeprefix(b"sk-").removesuffix(_HARDWARE)
    hardware = type_ == b"sk-" + name + _HARDWARE
    if name == b"ssh-ed25519":
        check = _ed25519(fields)
    elif name.startswith(b"ecdsa-sha2-"):
        check = _ecdsa(fields, name.removeprefix(b"ecdsa-sha2-"))
    elif name == b"ssh-rsa" and not hardware:
        check = _rsa(fields)
    else:
        raise ValueError(f"keys of type {type_.decode('ascii', 'replace')} can't be checked")
    if name != type_ and not hardware:
        raise ValueError(f"keys of type {type_.decode('ascii', 'replace')} can't be checked")
    application = fields.text() if hardware else b""
    fields.end()
    return lambda message, signature: _checked(type_, application, check, message, signature)


# Checks the signed bytes by the name of the algorithm and the signature's main field.
_Check = Callable[[bytes, bytes, bytes], None]


def _checked(type_: bytes, application: bytes, check: _Check, message: bytes, signature: bytes) -> None:
    fields = _Fields(signature)
    algorithm, proper = fields.text(), fields.text()
    if algorithm != type_ and type_ != b"ssh-rsa":
        raise ValueError("its algorithm is not the key's")
    if type_.endswith(_HARDWARE):
        flags, counter = fields.take(1), fields.take(4)
        if not flags[0] & _TOUCHED:
            raise ValueError("the key was not touched")
        sha256 = _HASHES[b"sha256"]
        message = sha256(application) + flags + counter + sha256(message)
    fields.end()
    check(message, algorithm, proper)


def _ed25519(fields: _Fields) -> _Check:
    key = Ed25519PublicKey.from_public_bytes(fields.text())
    return lambda message, _, signature: key.verify(signature, message)


def _ecdsa(fields: _Fields, curve_name: bytes) -> _Check:
    if curve_name not in _CURVES or fields.text() != curve_name:
        raise ValueError("its curve can't be checked")
    (curve, hash_), point = _CURVES[curve_name], fields.text()
    if not point.startswith(_UNCOMPRESSED):
        raise ValueError("its point is in another form than SSH writes")
    key = ec.EllipticCurvePublicKey.from_encoded_point(curve(), point)

    def check(message: bytes, _: bytes, signature: bytes) -> None:
        numbers = _Fields(signature)
        r, s = numbers.integer(), numbers.integer()
        numbers.end()
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hash_()))

    return check


def _rsa(fields: _Fields) -> _Check:
    exponent, modulus = fields.integer(), fields.integer()
    if not _SMALLEST_RSA <= modulus.bit_length() <= _LARGEST_RSA:
        raise ValueError(f"an RSA key of {modulus.bit_length()} bits can't be used")
    key = rsa.RSAPublicNumbers(exponent, modulus).public_key()

    def check(message: bytes, algorithm: bytes, signature: bytes) -> None:
        if algorithm not in _RSA_HASHES:
            raise ValueError("its algorithm can't be checked")
        key.verify(signature, message, padding.PKCS1v15(), _RSA_HASHES[algorithm]())

    return check
