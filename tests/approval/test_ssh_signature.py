from __future__ import annotations

import base64
import hashlib
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval.signature import NAMESPACE, SignatureError, public_key_of, sign_record
from pressroom.approval.ssh_signature import is_signed, read_ssh_key

RECORD = b'document = "visit"\nrole = "reviewer"\n'
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(32))
TYPES = {
    "ed25519": ("-t", "ed25519"), "rsa": ("-t", "rsa", "-b", "2048"), "p256": ("-t", "ecdsa", "-b", "256"),
    "p384": ("-t", "ecdsa", "-b", "384"), "p521": ("-t", "ecdsa", "-b", "521"),
}  # fmt: skip


def keygen(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run ssh-keygen, the program that everybody else signs and verifies with."""
    return subprocess.run(["ssh-keygen", *arguments], input=given, capture_output=True, check=False)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A key of each type."""
    folder = tmp_path_factory.mktemp("keys")
    for name, options in TYPES.items():
        assert keygen("-q", *options, "-N", "", "-C", f"{name} of a story", "-f", str(folder / name)).returncode == 0
    return {name: folder / name for name in TYPES}


def verified(public: str, record: bytes, signature: bytes, folder: Path, namespace: str = NAMESPACE) -> bool:
    """What ssh-keygen says of a signature."""
    (folder / "allowed").write_text(f"who {public}\n", encoding="utf-8")
    (folder / "signature").write_bytes(signature)
    files = ("-f", str(folder / "allowed"), "-s", str(folder / "signature"))
    return keygen("-Y", "verify", *files, "-I", "who", "-n", namespace, given=record).returncode == 0


@pytest.mark.parametrize("name", TYPES)
def test_ssh_keygen_signs_and_we_check(keys, name):
    """A signature by ssh-keygen holds for exactly its bytes, its key and its namespace."""
    key, signature = read_ssh_key(public_key_of(keys[name])), sign_record(RECORD, keys[name])
    other = read_ssh_key(public_key_of(keys["p256" if name != "p256" else "rsa"]))
    assert is_signed(RECORD, signature, key, NAMESPACE)
    assert not is_signed(RECORD + b" ", signature, key, NAMESPACE)
    assert not is_signed(RECORD, signature, other, NAMESPACE)
    assert not is_signed(RECORD, signature, key, "file")


@pytest.mark.parametrize("name", TYPES)
def test_the_fingerprint_is_ssh_keygens(keys, name):
    """People see the same fingerprint here and in every tool of SSH."""
    shown = keygen("-l", "-f", f"{keys[name]}.pub").stdout.decode()
    assert shown.split()[1] == read_ssh_key(public_key_of(keys[name])).fingerprint


def test_no_changed_byte_passes(keys, tmp_path):
    """Each byte of a signature counts, and ssh-keygen accepts nothing more than we do."""
    public, signature = public_key_of(keys["ed25519"]), sign_record(RECORD, keys["ed25519"])
    head, *body, tail = signature.strip().split(b"\n")
    raw = base64.b64decode(b"".join(body))
    accepted = []
    for place in range(len(raw)):
        changed = base64.encodebytes(raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :])
        spoilt = b"\n".join([head, changed.strip(), tail]) + b"\n"
        accepted += [place] if is_signed(RECORD, spoilt, read_ssh_key(public), NAMESPACE) else []
    assert accepted == []
    assert verified(public, RECORD, signature, tmp_path)


@pytest.mark.parametrize(
    "spoilt",
    [b"", b"no signature", b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
     b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n",
     b"-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAf////8=\n-----END SSH SIGNATURE-----\n"],
)  # fmt: skip
def test_what_is_no_signature(keys, spoilt):
    """A file that is cut off or no signature at all is none, and raises nothing."""
    assert not is_signed(RECORD, spoilt, read_ssh_key(public_key_of(keys["ed25519"])), NAMESPACE)


def _field(data: bytes) -> bytes:
    return len(data).to_bytes(4) + data


def hardware_signature(private: Ed25519PrivateKey, *, flags: int = 1) -> tuple[str, bytes]:
    """The public key and signature of a security key, as its chip makes them (PROTOCOL.u2f). Flag 1: it was touched."""
    name, application = b"sk-ssh-ed25519@openssh.com", b"ssh:"
    blob = _field(name) + _field(private.public_key().public_bytes_raw()) + _field(application)
    parts = (NAMESPACE.encode(), b"", b"sha512", hashlib.sha512(RECORD).digest())
    message = b"SSHSIG" + b"".join(map(_field, parts))
    rest = bytes([flags]) + (7).to_bytes(4)
    signed = private.sign(hashlib.sha256(application).digest() + rest + hashlib.sha256(message).digest())
    signature = b"SSHSIG" + (1).to_bytes(4) + b"".join(map(_field, (blob, *parts[:3])))
    signature += _field(_field(name) + _field(signed) + rest)
    armor = base64.encodebytes(signature).strip()
    public = f"{name.decode()} {base64.b64encode(blob).decode()}"
    return public, b"-----BEGIN SSH SIGNATURE-----\n" + armor + b"\n-----END SSH SIGNATURE-----\n"


def test_a_security_key(tmp_path):
    """A hardware key signs like any other, but only if somebody touched it."""
    private = Ed25519PrivateKey.generate()
    public, signature = hardware_signature(private)
    assert verified(public, RECORD, signature, tmp_path)
    assert is_signed(RECORD, signature, read_ssh_key(public), NAMESPACE)
    assert not is_signed(RECORD + b" ", signature, read_ssh_key(public), NAMESPACE)
    assert is_signed(RECORD, hardware_signature(private, flags=5)[1], read_ssh_key(public), NAMESPACE)
    # With flag 4 alone a PIN was typed, and nobody touched the key.
    for flags in (0, 4, 254):
        assert not is_signed(RECORD, hardware_signature(private, flags=flags)[1], read_ssh_key(public), NAMESPACE)


@pytest.mark.parametrize(
    "line",
    ["", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa {blob}", "cert-authority ssh-ed25519 {blob}",
     "ssh-ed25519 {blob}x", "ssh-ed25519 {blob}\nssh-ed25519 {blob}", "ssh-dss AAAAB3NzaC1kc3M=",
     "ssh-ed25519 {longer}"],
)  # fmt: skip
def test_what_is_no_key(keys, line):
    """Options, certificates, a wrong type, a spoilt or a second key are refused."""
    blob = public_key_of(keys["ed25519"]).split()[1]
    longer = base64.b64encode(base64.b64decode(blob) + b"\0").decode()
    with pytest.raises(ValueError, match=r"it |keys"):
        read_ssh_key(line.format(blob=blob, longer=longer))


def _key(*fields: bytes) -> str:
    return f"{fields[0].decode()} {base64.b64encode(b''.join(map(_field, fields))).decode()}"


SQUARE = 3**1300
PLAIN = SQUARE.to_bytes((SQUARE.bit_length() + 8) // 8)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ((b"ssh-rsa", b"\x01\x00\x01", b"\0" + PLAIN), "another form"),
        ((b"ssh-rsa", b"\0\x01\x00\x01", PLAIN), "another form"),
        ((b"ssh-rsa", b"\x81", PLAIN), "another form"),
        ((b"ssh-rsa", b"\x80", PLAIN), "another form"),
        ((b"sk-ssh-rsa@openssh.com", b"\x01\x00\x01", PLAIN, b"ssh:"), "can't be checked"),
        ((b"ssh-dss", b"\x03", PLAIN), "can't be checked"),
        ((b"ssh-rsa-cert-v01@openssh.com", b"\x03", PLAIN), "can't be checked"),
        ((b"ecdsa-sha2-nistp192", b"nistp192", b"\x04" + bytes(48)), "curve"),
        ((b"ecdsa-sha2-nistp256", b"nistp384", b"\x04" + bytes(64)), "curve"),
        ((b"ecdsa-sha2-nistp256", b"nistp256", b"\x02" + bytes(32)), "another form"),
    ],
)
def test_a_key_in_another_form(fields: tuple[bytes, ...], why: str) -> None:
    """One key has one form, so that it has one fingerprint; a type that can't be checked is named."""
    with pytest.raises(ValueError, match=why):
        read_ssh_key(_key(*fields))


def _resigned(signature: bytes, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    """A signature whose algorithm and numbers are changed."""
    raw = base64.b64decode(b"".join(signature.strip().split(b"\n")[1:-1]))

    def split(data: bytes) -> list[bytes]:
        fields = []
        while data:
            size = int.from_bytes(data[:4])
            fields.append(data[4 : 4 + size])
            data = data[4 + size :]
        return fields

    *rest, proper = split(raw[10:])
    parts = b"".join(map(_field, [*rest, b"".join(map(_field, change(split(proper))))]))
    body = base64.encodebytes(raw[:10] + parts).strip()
    return b"-----BEGIN SSH SIGNATURE-----\n" + body + b"\n-----END SSH SIGNATURE-----\n"


@pytest.mark.parametrize("name", ["rsa", "p256"])
def test_a_signature_in_another_form(keys, name):
    """No byte may be added to a signature, and an RSA key signs with no hash that can be forged."""
    key, signature = read_ssh_key(public_key_of(keys[name])), sign_record(RECORD, keys[name])
    assert is_signed(RECORD, _resigned(signature, lambda fields: fields), key, NAMESPACE)
    for change in (
        lambda fields: [b"ssh-rsa", fields[1]],
        lambda fields: [fields[0], fields[1] + b"\0"],
        lambda fields: [fields[0], fields[1], b""],
        lambda fields: [b"rsa-sha2-256" if name == "rsa" else b"ecdsa-sha2-nistp384", fields[1]],
    ):
        assert not is_signed(RECORD, _resigned(signature, change), key, NAMESPACE)


def test_a_short_rsa_key(tmp_path):
    """An RSA key that can be broken is refused."""
    assert keygen("-q", "-t", "rsa", "-b", "1024", "-N", "", "-f", str(tmp_path / "short")).returncode == 0
    with pytest.raises(ValueError, match="1024 bits"):
        read_ssh_key((tmp_path / "short.pub").read_text(encoding="utf-8").strip())


def test_the_public_half(keys, tmp_path):
    """A key without its .pub file still says who it is; what is no key is an error."""
    moved = tmp_path / "key"
    moved.write_bytes(keys["ed25519"].read_bytes())
    moved.chmod(0o600)
    assert public_key_of(moved).split()[:2] == public_key_of(keys["ed25519"]).split()[:2]
    with pytest.raises(SignatureError):
        public_key_of(tmp_path / "nothing")


SIGN = """
import sys
from pathlib import Path
from pressroom.approval.signature import sign_record
sys.stdout.buffer.write(sign_record(b"record", Path(sys.argv[1])))
"""


def test_a_passphrase_is_asked_for_on_the_terminal(tmp_path):
    """A key with a passphrase signs: ssh-keygen asks on the terminal in which the command runs."""
    assert keygen("-q", "-t", "ed25519", "-N", "a secret", "-f", str(tmp_path / "key")).returncode == 0
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-c", SIGN, str(tmp_path / "key")])
    said = b""
    while b"END SSH SIGNATURE" not in said:
        said += os.read(terminal, 10_000)
        # "Enter passphrase: " or, since OpenSSH 10, 'Enter passphrase for "key": '.
        if b"passphrase" in said and said.endswith(b": "):
            os.write(terminal, b"a secret\n")
    # Closing the terminal first would hang up on the program.
    assert os.waitpid(pid, 0)[1] == 0
    os.close(terminal)
    signature = said[said.index(b"-----BEGIN") :]
    assert is_signed(b"record", signature, read_ssh_key(public_key_of(tmp_path / "key")), NAMESPACE)


@given(place=st.integers(0, 300), length=st.integers(0, 20), data=st.binary(max_size=20))
def test_no_signature_is_a_crash(place, length, data):
    """However a signature is spoilt, it is no signature, and raises nothing."""
    public, signature = hardware_signature(PRIVATE)
    raw = base64.b64decode(b"".join(signature.strip().split(b"\n")[1:-1]))
    spoilt = raw[:place] + data + raw[place + length :]
    armor = b"-----BEGIN SSH SIGNATURE-----\n" + base64.encodebytes(spoilt) + b"-----END SSH SIGNATURE-----\n"
    assert is_signed(RECORD, armor, read_ssh_key(public), NAMESPACE) == (spoilt == raw)
