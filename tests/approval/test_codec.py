from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.approval.codec import RecordFormat, UnknownKey, decode, encode, optional, write_toml
from pressroom.approval.plain_toml import plain_table
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
        with pytest.raises(ValueError, match="not what was written under this name"):
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


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUE = st.one_of(TEXT, st.integers(), st.booleans(), st.lists(TEXT, max_size=3))
KEY = st.one_of(st.from_regex(r"[a-z-]{1,6}", fullmatch=True), TEXT)


@given(st.dictionaries(st.from_regex(r"[a-z-]{1,6}", fullmatch=True), VALUE), st.dictionaries(KEY, TEXT), TEXT)
def test_what_is_written_is_read_plainly(table: dict[str, Any], inner: dict[str, str], text: str) -> None:
    """The fast reader and `tomllib` read every table that is written alike."""
    written = write_toml(table | {"a_": inner, "b_": [{"k": text}, {"k": text, "l": 1}]}, "head")
    plain = plain_table(written)
    assert plain is None or plain == tomllib.loads(written)


def _texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.iterdir())]


@given(st.sampled_from(_texts()), st.data())
def test_a_spoilt_record_is_read_as_tomllib_reads_it(text: str, data: st.DataObject) -> None:
    """With any passage replaced, the fast reader gives what `tomllib` gives, or nothing."""
    for _ in range(20):
        at, length = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 9))
        new = data.draw(
            st.one_of(
                st.text(max_size=3),
                st.sampled_from(
                    [
                        "[a]\n",
                        "[[a]]\n",
                        '"',
                        "\\",
                        "\\/",
                        "1e5",
                        "{",
                        "NaN",
                        "null",
                        "\n",
                        " = ",
                        "#",
                        "\\ud83d\\ude00",
                        "'''",
                        "01",
                        "-1",
                        "[1]",
                        '[{"a": 1}]',
                        "\r\n",
                        "\x7f",
                        "a.b = 1\n",
                    ]
                ),
            )
        )
        spoilt = text[:at] + new + text[at + length :]
        plain = plain_table(spoilt)
        if plain is not None:
            assert plain == tomllib.loads(spoilt)


def test_records_are_read_plainly() -> None:
    """Every record is written as the fast reader reads it."""
    assert all(plain_table(text) is not None for text in _texts())
