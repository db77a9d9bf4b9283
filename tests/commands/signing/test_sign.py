from __future__ import annotations

from datetime import date, timedelta

import pytest

TODAY = date(2026, 11, 23)


def problems(bench, locale: str, role: str, name: str = "", **more) -> set[str]:
    """Why somebody can't sign."""
    return {d.code for d in bench.offer(locale, role, name, **more).problems}


def test_an_offer_shows_every_word(built):
    """What is signed is every message with its translation, and the proof by name and hash."""
    offered = built.offer("es", "translator")
    assert [line.text for line in offered.wording.lines][:2] == ["Señales de alarma", "Pida ayuda"]
    assert list(offered.record.proofs) == ["es/signs.es.slip.larkspur-clinic.PROOF.pdf"]
    assert offered.record.emergency == {"larkspur-clinic": "911"}
    assert offered.since is None


def test_what_changed_since(released):
    """After a change the next signer sees the words that are gone and new, in both languages."""
    released.edit(released.source, "take 2 steps", "take 3 steps")
    released.update()
    released.fill(
        {"If your leg is **swollen**, take 3 steps back.": "Si tiene la pierna **hinchada**, dé 3 pasos atrás."}
    )
    offered = released.offer("es", "translator")
    assert [[(p.kind, p.text) for p in c.parts if p.kind != "same"] for c in offered.english] == [
        [("gone", "2 "), ("new", "3 ")]
    ]
    assert [[(p.kind, p.text) for p in c.parts if p.kind != "same"] for c in offered.text] == [
        [("gone", "2 "), ("new", "3 ")]
    ]


def test_no_proof_no_signature(built):
    """Nobody signs what was not built from the words that the catalogs have now."""
    built.edit(built.catalog, "Pida ayuda", "Busque ayuda")
    assert "proof-outdated" in problems(built, "es", "translator")


def test_a_proof_that_was_touched(built):
    """Nobody signs over a proof whose file is not the one that was built."""
    (file,) = (built.output / "current" / "es").glob("*.pdf")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"\n")
    assert "proof-outdated" in problems(built, "es", "translator")


def test_a_failing_check(built):
    """Nobody signs a translation in which a check finds an error."""
    built.edit(built.catalog, "dé 2 pasos", "dé 3 pasos")
    built.build()
    assert "number-changed" in problems(built, "es", "translator")


def test_a_fuzzy_message(built):
    """Nobody signs a text of which one message is fuzzy."""
    built.edit(built.catalog, 'msgid "Call for help"', '#, fuzzy\nmsgid "Call for help"')
    built.build()
    assert "unapproved" in problems(built, "es", "translator")


def test_pending_words(built):
    """A clinician does not sign English that still says it waits for a clinician."""
    built.edit(built.source, "# Call for help", "<!-- pending: clinician -->\n# Call for help")
    built.build()
    assert "release-pending" in problems(built, "en", "clinician")


def test_a_slot(built):
    """A clinician does not sign English in which a sentence is still to be given; the finding has the slot's line."""
    built.edit(built.source, "# Call for help", "# Call for help\n\n<!-- slot: clinician -->")
    built.build()
    (slot,) = (d for d in built.offer("en", "clinician").problems if d.code == "release-slot")
    lines = (built.root / built.source).read_text(encoding="utf-8").splitlines()
    assert lines[slot.span.line - 1] == "<!-- slot: clinician -->"


@pytest.mark.parametrize(
    ("locale", "role", "name"),
    [("en", "translator", "Ann Other"), ("es", "reviewer", " "), ("es", "reviewer", "\u200b")],
)
def test_who_signs_what(built, locale, role, name):
    """The English has no translator, and nobody is no signer."""
    assert "signer" in {d.code for d in built.offer(locale, role, name).problems}


def test_one_person_two_roles(built):
    """The reviewer is not the translator, however the name is written."""
    built.sign("es", "translator", "Ana  Prueba")
    assert "one-person" in problems(built, "es", "reviewer", "ANA PRUEBA")
    assert "one-person" not in problems(built, "es", "reviewer", "Beto Prueba")


def test_a_past_day(released):
    """Nobody signs on a day before the newest record."""
    assert "clock" in {d.code for d in released.offer("es", "reviewer", today=TODAY - timedelta(days=1)).problems}


def test_two_reviewers(released):
    """A second reviewer of the same words takes nothing from the first."""
    released.sign("es", "reviewer", "Rosa Revisora")
    assert not released.release("es").failed
    assert len(released.review_case("es").signoffs("reviewer")) == 2
