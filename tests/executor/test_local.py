"""Runs of pieces in one process: what a crash costs, and what it does not."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from pressroom.compose import Piece
from pressroom.executor import local as workers
from pressroom.executor.local import Rendered, render_all


@pytest.fixture
def pieces(make_piece: Callable[..., Piece]) -> list[Piece]:
    """Five pieces to be made."""
    return [make_piece("\n<!-- panel: a -->\n\nText.\n")] * 5


def made(number: int, piece: Piece) -> Rendered:
    """A piece is told by the process that made it."""
    return Rendered(number, b"%d" % os.getpid(), 1, ())


def test_a_run_is_made_in_one_process(pieces: list[Piece]) -> None:
    """The pieces of a run come from one process, those of another from another, and each comes once."""
    done = {one.number: one.pdf for one in render_all(pieces, made, 2, [[0, 1, 2], [3, 4]])}
    assert sorted(done) == [0, 1, 2, 3, 4]
    assert done[0] == done[1] == done[2] != done[3] == done[4]


def test_without_runs_each_has_its_own(pieces: list[Piece]) -> None:
    """Where no runs are told, every piece has a process of its own."""
    assert len({one.pdf for one in render_all(pieces, made, 2)}) == len(pieces)


def test_a_crash_in_a_run_costs_its_piece_alone(pieces: list[Piece]) -> None:
    """A piece that kills its process is refused by name; those before and after it are made."""

    def fatal(number: int, piece: Piece) -> Rendered:
        if number == 2:
            os._exit(3)
        return made(number, piece)

    done = {one.number: one for one in render_all(pieces, fatal, 1, [[0, 1, 2, 3, 4]])}
    assert [number for number, one in sorted(done.items()) if one.pdf is None] == [2]
    assert sorted(done) == [0, 1, 2, 3, 4]
    assert [(d.code, "died with code 3" in d.message) for d in done[2].diagnostics] == [("render-crashed", True)]


def test_what_others_used_up_is_no_crash_of_its_own(pieces: list[Piece]) -> None:
    """A piece that dies only after others were made in its process is made in one of its own."""
    before: list[int] = []

    def weary(number: int, piece: Piece) -> Rendered:
        if len(before) == 2:
            os._exit(9)
        before.append(number)
        return made(number, piece)

    done = {one.number: one.pdf for one in render_all(pieces, weary, 1, [[0, 1, 2, 3, 4]])}
    assert sorted(done) == [0, 1, 2, 3, 4]
    assert None not in done.values()


def test_a_hang_in_a_run_costs_its_piece_alone(pieces: list[Piece], monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that runs too long is refused at once, and the rest of its run is made."""
    monkeypatch.setattr(workers, "_SECONDS", 1)

    def hanging(number: int, piece: Piece) -> Rendered:
        if number == 1:
            os.read(os.pipe()[0], 1)
        return made(number, piece)

    done = {one.number: one for one in render_all(pieces[:3], hanging, 1, [[0, 1, 2]])}
    assert [number for number, one in sorted(done.items()) if one.pdf is None] == [1]
    assert "ran longer than 1 s" in done[1].diagnostics[0].message
