"""The two hashes of the engine: a fingerprint of text parts, and the hash of a file's content. Both are SHA-256."""

from __future__ import annotations

import hashlib
from io import BufferedReader


def fingerprint(*parts: str) -> str:
    """Returns 64 hex digits for a sequence of texts; a caller that prints or names something with it cuts them.

    Each part is preceded by its length in bytes, so two different sequences never hash the same text: ("a", "b") and
    ("ab",) differ, whatever separators the parts contain. Texts are taken as they are: a caller that wants NFC or
    folded whitespace folds first.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def content_hash(content: bytes | BufferedReader) -> str:
    """Returns 64 hex digits for bytes or an open file, as `sha256sum` prints them.

    Raises:
        OSError: the file can't be read.
    """
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    return hashlib.file_digest(content, "sha256").hexdigest()
