from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from pressroom.cli import due, main
from pressroom.cli.commands import building
from pressroom.cli.commands import status as status_command
from pressroom.commands.signing.expiry import expires_soon, expiries, in_words
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.commands.signing.withdraw import recall
from tests.commands.conftest import TODAY, Bench

LAST = date(2027, 11, 30)


def found(bench: Bench, today: date, within: int = 60):
    """What expires within these days."""
    return expiries(open_verdicts(bench.workspace, today), today + timedelta(days=within))


@pytest.mark.parametrize(
    ("today", "count"),
    [(LAST - timedelta(days=61), 0), (LAST - timedelta(days=60), 1), (LAST, 1), (LAST + timedelta(days=1), 1)],
)
def test_within_the_time(released, today, count):
    """A file is named from the first day within the time, on its last day, and when it has expired."""
    assert len(found(released, today)) == count


def test_what_is_named(released):
    """A document is named once, with its languages, the place of its date, and the next move."""
    (expiry,) = found(released, LAST)
    assert (expiry.last, expiry.locales, expiry.files) == (LAST, ("en", "es"), 2)
    assert str(expiry.span) == "source/signs.md:7"
    assert "sets review-by at source/signs.md:7" in expiry.next_move
    assert in_words(expiry, LAST) == "signs (CRD-001, version 1.0) in en, es: 2 files expire after 2027-11-30, today"
    assert in_words(expiry, LAST - timedelta(days=40)).endswith("expire after 2027-11-30, in 40 days")
    assert in_words(expiry, LAST + timedelta(days=3)).endswith("expired after 2027-11-30, 3 days ago")


def test_the_next_move_after_the_date_was_set(released):
    """With a later date in the source the next move is the first signature that is missing, then the release."""
    released.edit(released.source, "review-by: 2027-11", "review-by: 2028-11")
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    (expiry,) = found(released, TODAY, 400)
    assert expiry.next_move.startswith("run: {command} sign signs --locale en --role")
    released.build()
    released.sign_all()
    (expiry,) = found(released, TODAY, 400)
    assert expiry.next_move == "release it: {command} build --release signs"
    assert not released.release().failed
    assert found(released, TODAY, 400) == ()


def test_what_is_not_handed_out_does_not_expire(released):
    """A recalled file is not named: nobody may hand it out before its day either."""
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert [expiry.locales for expiry in found(released, LAST)] == [("en",)]


def test_a_build_warns_only_within_the_time(released):
    """The warning comes with a build from the sixtieth day before, and costs nothing earlier."""
    assert expires_soon(released.workspace, released.output, TODAY) == ()
    (warning,) = expires_soon(released.workspace, released.output, LAST - timedelta(days=60))
    assert (warning.code, str(warning.severity)) == ("expires-soon", "warning")
    assert "in 60 days" in warning.message
    assert expires_soon(released.workspace, released.root / "elsewhere", LAST) == ()


@pytest.fixture
def on(monkeypatch):
    """Run a command on a day."""

    def call(bench: Bench, day: date, *arguments: str):
        for module in (due, status_command, building):
            monkeypatch.setattr(module, "today", lambda: day)
        return CliRunner().invoke(main, ["--project", str(bench.root), *arguments])

    return call


def test_the_command(released, on):
    """`status --due` lists it as text and JSON; `status` alone says what has expired."""
    near, past = LAST - timedelta(days=50), LAST + timedelta(days=2)
    assert "nothing that was released expires" in on(released, near, "status", "--due", "7w").stdout
    assert "in 50 days\n  next: a clinician reads it again" in on(released, near, "status", "--due", "60d").stdout
    (row,) = json.loads(on(released, past, "status", "--due", "0", "--format", "json").stdout)["data"]["due"]
    assert (row["document"], row["last day"], row["expired"], row["files"]) == ("signs", "2027-11-30", True, 2)
    assert (
        json.loads(on(released, past, "status", "other", "--due", "0", "--format", "json").stdout)["data"]["due"] == []
    )
    assert "past the review date, and not handed out any more:\nsigns" in on(released, past, "status").stdout
    assert "expires within 60 days:\nsigns" in on(released, near, "status").stdout
    assert on(released, near, "status", "--due", "soon").exit_code == 2


def test_a_build_and_a_release_name_it(released, on):
    """Both print the warning, as a diagnostic of the document's review date; --verbose again on the same day."""
    near = LAST - timedelta(days=9)
    for command in (("build", "--locale", "en"), ("build", "--release", "--verbose")):
        shown = on(released, near, *command)
        assert "source/signs.md:7: warning[expires-soon]: signs (CRD-001, version 1.0) in en, es" in shown.stderr
