from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pressroom.approval.codec import RecordFormat, UnknownKey, decode, encode, optional
from pressroom.approval.records import RECALL, SIGNOFF, WAIVER, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.approval.wording import SIGNED_WORDS
from pressroom.workspace.documents import RENAME

# Names are hashes of what the files say, and may be signed: a change of the format must not change them.
GOLDEN = Path(__file__).with_name("records")
FORMATS: dict[str, RecordFormat[Any]] = {
    "00007": RELEASE,
    "0f433": SIGNED_WORDS,
    "clini": SIGNOFF,
    "trans": SIGNOFF,
    "dvt-p": RECALL,
    "visit": RECALL,
    "retur": WITHDRAWAL,
    "unsig": WITHDRAWAL,
    "waive": WAIVER,
    "old-n": RENAME,
}


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_records_keep_their_bytes(path: Path) -> None:
    """A record of an earlier version reads, and is written again with the same bytes under the same name."""
    form, text = FORMATS[path.name[:5]], path.read_text(encoding="utf-8")
    assert form.write(form.read(text, path.name)) == (path.name, text)


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_unknown_keys(path: Path) -> None:
    """A key that this version does not know is refused, also where an edited record still counts."""
    form, text = FORMATS[path.name[:5]], path.read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    with pytest.raises(UnknownKey, match="unknown key 'later'"):
        form.read(f"{head}\nlater = 1\n{rest}", path.name)


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("[!dvru]*")), ids=lambda path: path.name)
def test_an_edited_record_is_void(path: Path) -> None:
    """A sealed record under a name that is not its own does not count."""
    if FORMATS[path.name[:5]].sealed:
        with pytest.raises(ValueError, match="changed after it was written under this name"):
            FORMATS[path.name[:5]].read(path.read_text(encoding="utf-8"), f"x{path.name}")


@dataclass(frozen=True, slots=True)
class Inner:
    """A value in another."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Outer:
    """A record."""

    name: str
    inner: Inner = Inner()
    rows: tuple[Inner, ...] = optional(())
    pairs: dict[str, str] = optional({})


def test_nested_values() -> None:
    """A nested value adds its keys in its place; what has its default is left out only where it is optional."""
    assert encode(Outer("a")) == {"name": "a", "number": 0}
    full = Outer("a", Inner(2), (Inner(3),), {"k": "v"})
    assert encode(full) == {"name": "a", "number": 2, "rows": [{"number": 3}], "pairs": {"k": "v"}}
    assert decode(Outer, encode(full)) == full


@pytest.mark.parametrize(
    "table",
    [
        [],
        {},
        {"name": 1},
        {"name": "a", "number": "1"},
        {"name": "a", "number": True},
        {"name": "a", "rows": {}},
        {"name": "a", "rows": [1]},
        {"name": "a", "rows": [{"other": 1}]},
        {"name": "a", "pairs": []},
        {"name": "a", "pairs": {"k": 1}},
    ],
)
def test_wrong_types(table: object) -> None:
    """A table with a missing key or a value of another type is no record."""
    with pytest.raises(ValueError, match=r"it (is|has)|wrong type"):
        decode(Outer, table)


@pytest.mark.parametrize(("start", "field"), [("00007", "by"), ("dvt-p", "reason"), ("retur", "reason")])
def test_how_long_a_record_may_be(start: str, field: str) -> None:
    """A release and a recall of forty clinics have more than a million characters; no other record has."""
    (path,) = GOLDEN.glob(f"{start}*")
    form = FORMATS[start]
    record = form.read(path.read_text(encoding="utf-8"), path.name)
    name, text = form.write(replace(record, **{field: "x" * 1_000_001}))
    if form is WITHDRAWAL:
        with pytest.raises(ValueError, match="characters long"):
            form.read(text, name)
    else:
        assert getattr(form.read(text, name), field) == "x" * 1_000_001
