"""Templates as Jinja2 compiled them, kept for another process: to compile one takes as long as to write its frames."""

from __future__ import annotations

from typing import Final

from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Compiled templates by name and path, in a table that the caller sets.

    Jinja2 writes the hash of a template's text and its own version beside what it compiled, and compares both.
    """

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja2 what is kept of a template."""
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja2 compiled."""
        self.kept[bucket.key] = bucket.bytecode_to_string()


# That of this process. What is kept runs as a program: it must be what this user's program compiled.
COMPILED: Final = Compiled()
