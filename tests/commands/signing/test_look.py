"""A look that changed is shown: the places in words, and the pages before and now with the places framed."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from pressroom.cli.main import main
from pressroom.commands.signing.look import look_changes
from pressroom.commands.signing.review import review
from pressroom.commands.signing.sign import keep_signed_proofs
from pressroom.commands.signing.status import looks, requested_verdicts
from pressroom.planning.plan import Request
from pressroom.publish import Store
from tests.commands.conftest import TODAY, Bench


@pytest.fixture
def restyled(released: Bench) -> Bench:
    """A project whose look changed after all signed, with new proofs."""
    keep_signed_proofs(released.review_case("es"), released.output)
    released.edit("layouts/slip/style.css", ".frame-text {", ".frame-text { color: #333;")
    assert not released.build().failed
    return released


def test_the_places_are_named(restyled: Bench) -> None:
    """Each place has its page, its size and place in millimetres, and the words there."""
    case = restyled.review_case("es")
    (change,) = look_changes(case.verdicts, case.jobs, Store(restyled.output))
    assert "“Pida ayuda” is drawn in another way" in change.places[0].text
    assert "mm from the left" in change.places[0].text
    assert (change.before, change.now) == ({}, {})


def test_the_signed_page_is_kept_and_shown(restyled: Bench) -> None:
    """The proof that was signed outlives the builds after it; without it, the signed marks are drawn as boxes."""
    case, store = restyled.review_case("es"), Store(restyled.output)
    for _ in range(3):
        restyled.edit("layouts/slip/style.css", "color: #333", "color: #3333")
        restyled.edit("layouts/slip/style.css", "color: #3333", "color: #333")
        store.publish(store.manifest(), keep=1)
    (change,) = look_changes(case.verdicts, case.jobs, store, dpi=50)
    shutil.rmtree(restyled.output / "signed")
    (lost,) = look_changes(case.verdicts, case.jobs, store, dpi=50)
    assert [*change.before] == [*change.now] == [*lost.before] == [1]
    assert all(image.startswith(b"\x89PNG") for image in (change.before[1], change.now[1], lost.before[1]))
    assert len({change.before[1], change.now[1], lost.before[1]}) == 3


def test_the_review_sheet_shows_both(restyled: Bench) -> None:
    """A reviewer sees the page as it was signed and as it is now, and the list of places."""
    report = review(restyled.review_case("es"), restyled.output)
    html = next(path for path in report.value if path.suffix == ".html").read_text(encoding="utf-8")
    assert "as it was signed: what differs is framed" in html
    assert "now: what differs is framed" in html
    assert "“Pida ayuda” is drawn in another way" in html


def test_nothing_is_shown_of_a_look_that_is_signed(released: Bench) -> None:
    """While the proofs draw what was signed there is nothing to look at."""
    case = released.review_case("es")
    assert look_changes(case.verdicts, case.jobs, Store(released.output)) == []


def test_the_status_says_what_changed_or_how_to_know(released: Bench) -> None:
    """`status` names the places once a proof is built, and the command that builds it before."""
    assert looks(requested_verdicts(released.workspace, Request(), TODAY), released.output) == ()
    released.edit("layouts/slip/style.css", ".frame-text {", ".frame-text { color: #333;")
    assert "  {command} build signs --locale es" in looks(
        requested_verdicts(released.workspace, Request(), TODAY), released.output
    )
    released.build()
    lines = looks(requested_verdicts(released.workspace, Request(), TODAY), released.output)
    assert "signs in es (slip, larkspur-clinic): drawn differently from what was signed" in lines
    assert any("“Pida ayuda” is drawn in another way" in line for line in lines)


def test_who_signs_again_sees_what_changed(restyled: Bench) -> None:
    """`sign` says where the proof is drawn differently from what was signed, and that no text changed."""
    arguments = ["--project", str(restyled.root), "sign", "signs", "--locale", "es", "--role", "reviewer"]
    arguments += ["--name", "Rita Revisora", "--qualification", "invented"]
    said = CliRunner().invoke(main, arguments, input="n\n").output
    assert "no text changed since" in said
    assert "“Pida ayuda” is drawn in another way" in said
