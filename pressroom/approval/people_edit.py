"""Changes the text of `source/people.toml`: adds a person or a key, closes keys. Everything else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from pressroom.approval.codec import write_toml
from pressroom.approval.people import ListedPerson
from pressroom.approval.signature import SSH


def with_person(text: str, id: str, values: Mapping[str, object]) -> str:
    """The text with one more person; `values` are the keys of their table."""
    return _appended(text, f"[{id}]", values)


def with_key(text: str, id: str, public: str, since: date, kind: str = SSH) -> str:
    """The text with one more key of a person."""
    return _appended(text, f"[[{id}.keys]]", {"kind": kind, "key": public, "valid-from": since})


def with_end(text: str, person: ListedPerson, after: Sequence[str], note: str) -> str:
    """The text in which a person's open keys count only up to these entries of the log, or the person without a key.

    `note` says why, in a comment.
    """
    header = f"{person.id}.keys" if person.keys else person.id
    lines, block = list[str](), list[str]()
    for line in (*text.splitlines(), None):
        if line is None or line.lstrip().startswith("["):
            is_open = block and _is_table(block[0], header) and not any(_is_end(row) for row in block)
            lines += _ended(block, after, note) if is_open else block
            block = []
        if line is not None:
            block.append(line)
    return "\n".join(lines) + "\n"


def end_lines(after: Sequence[str], note: str) -> list[str]:
    """The lines that close a key, to write by hand where the file can't be changed."""
    return [f"# {' '.join(note.split())}", *write_toml({"void-after": list(after)}, "").splitlines()]


def _ended(block: list[str], after: Sequence[str], note: str) -> list[str]:
    """A table with its end written after its last value; a comment below that may be about the next table."""
    last = max(number for number, line in enumerate(block) if line.strip() and not line.lstrip().startswith("#")) + 1
    return [*block[:last], *end_lines(after, note), *block[last:]]


def _is_table(line: str, header: str) -> bool:
    return re.fullmatch(rf'\s*\[\[?\s*"?{re.escape(header)}"?\s*\]\]?\s*(#.*)?', line) is not None


def _is_end(line: str) -> bool:
    return re.match(r'\s*"?void-after"?\s*=', line) is not None


def _appended(text: str, header: str, values: Mapping[str, object]) -> str:
    table = write_toml(values, "").strip()
    return f"{text.rstrip()}\n\n{header}\n{table}\n".lstrip()
