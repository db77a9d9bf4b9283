"""The two SHA-256 hashes of the engine: of a sequence of texts, and of a file's content."""

from __future__ import annotations

import hashlib
from io import BufferedReader


def fingerprint(*parts: str) -> str:
    """Returns 64 hex digits for a sequence of texts, which it hashes as they are.

    Each part is preceded by its length in bytes, so two different sequences never have the same hash: ("a", "b") and
    ("ab",) differ.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def content_hash(content: bytes | BufferedReader) -> str:
    """Returns 64 hex digits for bytes or an open file, as `sha256sum` prints them."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    return hashlib.file_digest(content, "sha256").hexdigest()
