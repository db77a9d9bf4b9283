"""What is signed is what is printed: whatever draws another page than the signed one releases nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pressroom.compose import page as composing
from pressroom.drawing.lines import text_hash
from pressroom.drawing.operators import OPERATORS
from pressroom.layout import Stylesheet
from pressroom.publish.manifest import read_manifest
from pressroom.render import proof as rendering
from pressroom.workspace.signed_words import signed_marks
from tests.commands.conftest import TODAY, Bench

LATER = TODAY + timedelta(days=9)


def refused(bench: Bench, *locales: str, today=TODAY) -> dict[str, list[str]]:
    """The messages for which nothing is released, by code."""
    report = bench.release(*(locales or ("es",)), today=today)
    assert report.released == ()
    assert report.failed
    found: dict[str, list[str]] = {}
    for finding in report.diagnostics:
        found.setdefault(finding.code, []).append(finding.message)
    return found


def another_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's files differ from those that made the last edition, so every piece is made again."""
    monkeypatch.setattr("pressroom.planning.keys._engine", lambda: "another")


def on_releases(monkeypatch: pytest.MonkeyPatch, change) -> None:
    """An engine that draws a release in another way than the proof of the same piece."""
    another_engine(monkeypatch)
    compose = rendering.compose

    def changed(piece, *of, **more):
        made = compose(piece, *of, **more)
        return change(made) if piece.marking == "release" else made

    monkeypatch.setattr(rendering, "compose", changed)


def with_text(old: str, new: str):
    """The page with another text in one of its frames."""

    def change(composition):
        sheets = tuple(
            replace(sheet, parts=tuple(replace(part, html=part.html.replace(old, new)) for part in sheet.parts))
            for sheet in composition.sheets
        )
        assert sheets != composition.sheets
        return replace(composition, sheets=sheets)

    return change


def with_style(style: str):
    """The page with one more style of the engine's."""
    return lambda page: replace(page, stylesheets=(*page.stylesheets, Stylesheet("(engine)", style)))


def test_a_word_that_only_the_release_has(released: Bench, monkeypatch) -> None:
    """A release that says another word than the proof is refused, and the refusal says where and what."""
    on_releases(monkeypatch, with_text("Pida", "No pida"))
    found = refused(released)
    assert "look-unsigned" in found
    (place,) = found["look-differs"]
    assert "page 1" in place
    assert "mm" in place
    assert "“Pida ayuda” is now “No pida ayuda”" in place


@pytest.mark.parametrize(
    "style",
    [
        "h1 { color: #111 }",
        "h1 { letter-spacing: 0.1pt }",
        "h1 { text-decoration: line-through }",
        "h1 { transform: rotate(180deg) }",
        "h1 { position: relative; top: 0.02pt }",
        "p { font-weight: bold }",
        ".frame-text { background: #ffe }",
        ".frame-control { font-size: 9pt }",
        ".frame-control { top: 30mm }",
        ".frame-control p::before { content: 'No ' }",
        "html:has(meta[content^='2026-11']) h1::before { content: 'No ' }",
        "section::after { content: ''; position: absolute; top: 0; width: 5mm; height: 5mm; background: #fff }",
    ],
)
def test_a_style_that_only_the_release_has(released: Bench, style: str, monkeypatch) -> None:
    """No change of the engine's styles passes: a word struck, moved, turned, covered, or a mark in the margin."""
    on_releases(monkeypatch, with_style(style))
    assert refused(released)


def test_an_engine_that_draws_the_same_asks_nobody(released: Bench, monkeypatch) -> None:
    """Other files of the engine that draw the same pages need no signature."""
    on_releases(monkeypatch, with_style("h1 { color: #000 }"))
    report = released.release("en", "es")
    assert not report.failed
    assert len(report.made) == 2


def test_an_upgrade_that_draws_otherwise_is_looked_at_once(released: Bench, monkeypatch) -> None:
    """Only the look is signed again, by a reviewer or clinician; the words stay signed. A translator's does not do."""
    another_engine(monkeypatch)
    style = composing.engine_style
    monkeypatch.setattr(
        composing, "engine_style", lambda name: replace(style(name), text=style(name).text + "\nh1 { color: #222 }")
    )
    assert refused(released, today=LATER).keys() >= {"look-unsigned", "look-differs"}
    assert not released.build("es").failed
    released.sign("es", "translator", today=LATER)
    assert "look-unsigned" in refused(released, today=LATER)
    released.sign("es", "reviewer", today=LATER)
    report = released.release("es", today=LATER)
    assert not report.failed, [d.message for d in report.diagnostics]


def test_two_papers_that_are_drawn_differently_have_other_letters(released: Bench, monkeypatch) -> None:
    """The letters in a release's control line are those of the signed drawing."""
    before = next(record for record in released.release("es").released)
    released.edit("layouts/slip/style.css", "{", "{ color: #111; ")
    released.build("es")
    released.sign("es", "reviewer", today=LATER)
    after = next(record for record in released.release("es", today=LATER).released)
    assert before.drawing.base != after.drawing.base
    assert before.facts.inputs != after.facts.inputs
    # An upgrade that draws the same keeps them.
    another_engine(monkeypatch)
    again = next(record for record in released.release("es", today=LATER).released)
    assert (again.key != after.key, again.facts.inputs) == (True, after.facts.inputs)


def test_a_later_date_and_version_change_nothing_but_the_control_line(released: Bench) -> None:
    """A releaser raises version and date, as the docs say; nobody signs again, and nothing else may change."""
    before = next(record for record in released.release("es").released)
    released.edit(released.source, 'version: "1.0"\ndate: 2026-11', 'version: "1.1"\ndate: 2026-12')
    report = released.release("es", today=LATER)
    assert not report.failed, [d.message for d in report.diagnostics]
    (after,) = report.released
    assert after.drawing == before.drawing
    assert after.facts.inputs != before.facts.inputs


def test_a_file_that_nobody_can_read_is_not_signed(built: Bench, monkeypatch) -> None:
    """What the reader does not know has no drawing, and so no signature."""
    another_engine(monkeypatch)
    monkeypatch.delitem(OPERATORS, "TJ")
    report = built.build()
    assert {piece.drawing.known for piece in report.pieces} == {False}
    assert all(piece.made for piece in report.pieces)
    assert {"drawing-unread", "proof-outdated"} <= {d.code for d in built.offer("en", "author").problems}


def test_the_marks_that_were_signed_are_kept_beside_the_signature(released: Bench) -> None:
    """Each signed drawing is a file, one mark a line, named by the hash of what it paints."""
    workspace = released.workspace
    (record,) = (r for r in workspace.records().records.signoffs if (r.locale, r.role) == ("es", "reviewer"))
    drawing = record.drawing_of("slip", "larkspur-clinic")
    text = signed_marks(workspace, record, drawing.base)
    assert "# Pida ayuda" in text
    assert text_hash(text.splitlines()) == drawing.base
    file = released.root / "locales/es/signoffs/signs/drawings" / f"{drawing.base}.txt"
    file.write_text(text.replace("size=(", "size=(9"), encoding="utf-8")
    assert signed_marks(released.workspace, record, drawing.base) == ""


def test_forty_clinics_are_one_look(built: Bench, monkeypatch) -> None:
    """One signature covers the proofs of all clinics: one base and forty imprints; all are released."""
    clinics = built.root / "source" / "clinics.toml"
    more = [
        f'\n[c{n}]\nname = "Clinic {n}"\naddress = ["{n} Road"]\nphone = "801-555-01{n}"\nemergency = "911"\n'
        for n in range(10, 49)
    ]
    clinics.write_text(clinics.read_text(encoding="utf-8") + "".join(more), encoding="utf-8")
    assert not built.build().failed
    built.sign_all()
    (record, *_) = built.workspace.records().records.signoffs
    assert len(record.drawings) == 40
    assert len({drawn.split()[0] for drawn in record.drawings.values()}) == 1
    report = built.release("es", "en")
    assert not report.failed, [d.message for d in report.diagnostics]
    assert len(report.made) == 80


def test_every_piece_of_another_clinic_has_a_drawing(edition) -> None:
    """Layouts, fonts and a web page of another project are read too."""
    pieces = [piece for piece in read_manifest(edition).pieces if piece.made]
    assert {piece.kind for piece in pieces} == {"pdf", "html"}
    assert all(piece.drawing.known and len(piece.marks) == 2 for piece in pieces)
