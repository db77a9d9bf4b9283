"""SSH signatures of records, by keys that the project allows.

`ssh-keygen -Y` signs and verifies; the allowed-signers file is the one of git and of ssh-keygen(1).
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import Final

NAMESPACE: Final = "pressroom-record"
SUFFIX: Final = ".sig"
_SECONDS: Final = 60
_FINGERPRINT = re.compile(rb"SHA256:[A-Za-z0-9+/]{43}\b")


class SignatureError(Exception):
    """A record can't be signed with this key."""


def signing_key(record: bytes, signature: bytes, allowed: bytes, principal: str, dated: date) -> str:
    """The fingerprint of the key with which `principal` signed exactly these bytes; empty if none did.

    `allowed` is the content of the allowed-signers file: which keys a principal has, and on which days.
    """
    if not principal or principal.startswith("-") or any(sign.isspace() for sign in principal):
        return ""
    with tempfile.TemporaryDirectory() as folder:
        file, signers = Path(folder) / "signature", Path(folder) / "allowed"
        file.write_bytes(signature)
        signers.write_bytes(allowed)
        arguments = ["-Y", "verify", "-f", str(signers), "-I", principal, "-n", NAMESPACE, "-s", str(file)]
        try:
            done = _run([*arguments, "-O", f"verify-time={dated:%Y%m%d}"], record)
        except (OSError, subprocess.TimeoutExpired):
            return ""
    match = _FINGERPRINT.search(done.stdout) if done.returncode == 0 else None
    return match[0].decode() if match else ""


def sign_record(record: bytes, key: Path) -> bytes:
    """The signature of a record by an SSH key. Raises SignatureError if ssh-keygen can't use the key."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "record"
        file.write_bytes(record)
        try:
            done = _run(["-Y", "sign", "-f", str(key), "-n", NAMESPACE, str(file)], b"")
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SignatureError(f"ssh-keygen can't be run: {error}") from None
        if done.returncode != 0:
            raise SignatureError(done.stderr.decode(errors="replace").strip() or "ssh-keygen refused")
        return file.with_name(f"record{SUFFIX}").read_bytes()


def _run(arguments: list[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["ssh-keygen", *arguments], input=given, capture_output=True, timeout=_SECONDS, check=False)
