from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pressroom.approval.codec import RecordFormat, UnknownKey, day, decode, encode, optional
from pressroom.approval.records import RECALL, SIGNOFF, WAIVER, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.approval.wording import SIGNED_WORDS
from pressroom.project import Files
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
    with pytest.raises(ValueError, match="changed after it was written under this name"):
        FORMATS[path.name[:5]].read(path.read_text(encoding="utf-8"), f"x{path.name}")


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("[dvru]*")), ids=lambda path: path.name)
def test_an_edited_record_that_takes_back_counts(path: Path) -> None:
    """A recall or a withdrawal counts also if somebody edited it: what takes back must fail safe."""
    form, text = FORMATS[path.name[:5]], path.read_text(encoding="utf-8")
    edited = text.replace("2026-11-", "2026-12-")
    assert edited != text
    record = form.read(edited, path.name)
    assert not form.is_intact(record, edited, path.name)
    assert form.is_intact(form.read(text, path.name), text, path.name)


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


def _refuse_two(record: Inner) -> None:
    if record.number == 2:
        raise ValueError("two is no number")


def test_a_value_that_no_record_can_have() -> None:
    """A format can refuse values."""
    form = RecordFormat(Inner, "head", lambda record, seal: f"{seal}.toml", check=_refuse_two)
    name, text = form.write(Inner(3))
    assert form.read(text, name) == Inner(3)
    name, text = form.write(Inner(2))
    with pytest.raises(ValueError, match="two is no number"):
        form.read(text, name)


def test_each_file_is_its_own_record(tmp_path: Path) -> None:
    """A file is read once for each kind of record and each path; one that can't be read is an error."""
    form = RecordFormat(Inner, "head", lambda record, seal: f"{seal}.toml", sealed=False)
    same = RecordFormat(Other, "head", lambda record, seal: f"{seal}.toml", sealed=False)
    for number in (1, 2):
        (tmp_path / f"{number}.toml").write_text(f"number = {number}\n", encoding="utf-8")
    files = Files(tmp_path)
    read = [form.read_file(files, tmp_path / f"{number}.toml") for number in (1, 2, 1)]
    assert read == [Inner(1), Inner(2), Inner(1)]
    assert same.read_file(files, tmp_path / "1.toml") == Other(1)
    with pytest.raises(ValueError, match="no such file"):
        form.read_file(files, tmp_path / "3.toml")


@dataclass(frozen=True, slots=True)
class Other:
    """Another kind of record with the same keys."""

    number: int = 0


@pytest.mark.parametrize("written", ["2026-1-1", "20261123", "2026-W48-1", "2026-11-23 ", "26-11-23", "2026-13-01", ""])
def test_what_is_no_day(written: str) -> None:
    """A day is written in one way: Python would read two of these."""
    with pytest.raises(ValueError, match=r"day|month"):
        day(written)
    assert day("2026-11-23") == date(2026, 11, 23)
