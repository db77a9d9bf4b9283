"""The columns of a table share its width by what their cells say."""

from __future__ import annotations

import pytest

from pressroom.compose.table_columns import STEPS, Cell, column_shares

WALKS = (
    ("Thing", "Who needs it", "How many"),
    ("Water", "everyone", "2"),
    ("Telecommunications equipment", "leaders of a group", "1"),
    ("Sandwiches", "whoever is hungry by noon", "1,250 g"),
)


def rows(texts: tuple[tuple[str, ...], ...], whole: int = 9) -> list[list[Cell]]:
    """Cells of these texts; short ones below the head keep to one line."""
    return [[Cell.of(text, whole=at > 0 and len(text) <= whole) for text in row] for at, row in enumerate(texts)]


def lines(shares: tuple[int, ...], room: float) -> int:
    """How many lines the rows have where so many letters have room."""
    table = rows(WALKS)
    return sum(max(c.lines(s / 100 * room) for c, s in zip(row, shares, strict=True)) for row in table)


def test_fewest_lines() -> None:
    """Rows have fewer lines than with columns that share the width by their longest texts."""
    shares = column_shares(rows(WALKS), 400, 14)
    natural = (44, 40, 16)
    assert sum(shares) == 100
    assert all(share in STEPS for share in shares)
    assert lines(shares, 48) < lines(natural, 48)


def test_a_short_column_is_narrow() -> None:
    """A column of numbers leaves the width to one of sentences."""
    table = (
        ("Week", "How far"),
        ("1 and 2", "Once around the pond, and then once more around the pond"),
        ("3", "10 km"),
    )
    first, second = column_shares(rows(table, 14), 200, 12)
    assert first < second / 2


@pytest.mark.parametrize(
    ("texts", "width"),
    [
        ((("Day", "Time"), ("Monday", "8:30")), 400),
        ((("Day", "Time"), ("Donaudampfschifffahrt", "Sonderveranstaltungen")), 100),
    ],
)
def test_nothing_to_share_out(texts: tuple[tuple[str, ...], ...], width: float) -> None:
    """Where each row has one line, and where the longest words take everything, no share is said."""
    assert column_shares(rows(texts), width, 12) == ()


def test_lines_of_a_cell() -> None:
    """Words are not parted, a whole cell has one line, and letters without spaces fill their lines."""
    assert Cell.of("to the old mill", whole=False).lines(8) == 2
    assert Cell.of("to the old mill", whole=True).lines(8) == 1
    assert Cell.of("绕着池塘走一圈", whole=False).lines(6) == 3
    assert Cell.of("", whole=False).lines(6) == 1
