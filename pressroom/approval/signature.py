"""Signatures of records. Each kind of key has its own check: SSH keys sign on the command line, passkeys in a browser.

`ssh-keygen -Y sign` makes a signature by an SSH key, so that hardware keys, agents and passphrases work as people know
them. A browser makes one by a passkey.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.project.scratch import scratch_folder

NAMESPACE: Final = "pressroom-record"
SUFFIX: Final = ".sig"
_SECONDS: Final = 60


class SignatureError(Exception):
    """A record can't be signed with this key."""


@dataclass(frozen=True, slots=True)
class KeyKind:
    """How keys of one kind are read and used.

    `fingerprint` takes a public key as people.toml has it, and raises ValueError if it is none. `is_signed` takes the
    record's bytes, the signature and the public key. `hint` says where to get the key's text. `marks` are what no other
    listed key may have, besides the fingerprint.
    """

    fingerprint: Callable[[str], str]
    is_signed: Callable[[bytes, bytes, str], bool]
    hint: str = ""
    marks: Callable[[str], tuple[str, ...]] = lambda public: ()
    words: Callable[[str], str] = lambda public: ""


def ssh_fingerprint(public: str) -> str:
    """The fingerprint of a public SSH key, as `ssh-keygen -l` prints it. Raises ValueError if it is none."""
    # Imported here: a project without keys needs no cryptography.
    from pressroom.approval.ssh_signature import read_ssh_key

    return read_ssh_key(public).fingerprint


def _ssh_is_signed(record: bytes, signature: bytes, public: str) -> bool:
    from pressroom.approval.ssh_signature import is_signed, read_ssh_key

    return is_signed(record, signature, read_ssh_key(public), NAMESPACE)


def _passkey_fingerprint(public: str) -> str:
    from pressroom.approval.passkey import read_passkey

    return read_passkey(public).fingerprint


def _passkey_marks(public: str) -> tuple[str, ...]:
    from pressroom.approval.passkey import base64url, read_passkey

    return (base64url(read_passkey(public).credential),)


def _passkey_words(public: str) -> str:
    from pressroom.approval.passkey import read_passkey

    passkey = read_passkey(public)
    return f"passkey for {passkey.origin}{f', {passkey.label}' if passkey.label else ''}"


def _passkey_is_signed(record: bytes, signature: bytes, public: str) -> bool:
    from pressroom.approval.passkey import read_passkey
    from pressroom.approval.passkey_signature import is_signed

    return is_signed(record, signature, read_passkey(public), NAMESPACE)


SSH: Final = "ssh"
PASSKEY: Final = "passkey"
KINDS: Final[dict[str, KeyKind]] = {
    SSH: KeyKind(ssh_fingerprint, _ssh_is_signed, "copy the one line of the file that ends in .pub"),
    PASSKEY: KeyKind(
        _passkey_fingerprint,
        _passkey_is_signed,
        "copy the one line that the page /keys of `{command} serve` shows",
        _passkey_marks,
        _passkey_words,
    ),
}


def public_key_of(key: Path) -> str:
    """The public half of an SSH key, from its file or the file beside it that ends in `.pub`.

    Raises SignatureError if there is none.
    """
    for file in (key.with_name(f"{key.name}.pub"), key):
        try:
            line = file.read_text(encoding="utf-8").strip()
            ssh_fingerprint(line)
        except (OSError, ValueError):
            continue
        return line
    command = ["ssh-keygen", "-y", "-P", "", "-f", str(key)]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SignatureError(f"ssh-keygen can't be run: {error}") from None
    if done.returncode != 0:
        raise SignatureError(f"the public half of {key} is not beside it ({key.name}.pub)")
    return done.stdout.decode().strip()


def sign_record(record: bytes, key: Path) -> bytes:
    """The signature of a record by an SSH key. Raises SignatureError if ssh-keygen can't use the key."""
    with scratch_folder("sign") as folder:
        file = folder / "record"
        file.write_bytes(record)
        command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)]
        try:
            # It asks for a passphrase, or to touch a hardware key: on the terminal that the command runs in.
            done = subprocess.run(command, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SignatureError(f"ssh-keygen can't be run: {error}") from None
        if done.returncode != 0:
            raise SignatureError(f"ssh-keygen can't sign with {key}")
        return file.with_name(f"record{SUFFIX}").read_bytes()
