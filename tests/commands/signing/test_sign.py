from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta

import pytest

from pressroom.approval.signature import SignatureError
from pressroom.commands.signing.sign import Signer, write_signature

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


@pytest.fixture
def keys(built, tmp_path):
    """A project that counts only records signed by the keys of two invented people."""
    if shutil.which("ssh-keygen") is None:
        pytest.skip("ssh-keygen (openssh-client) is not installed")
    allowed = []
    for name in ("cora", "tomas", "mallory"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / name], check=True)
        if name != "mallory":
            allowed.append(f"{name}@clinic.example {(tmp_path / name).with_suffix('.pub').read_text()}")
    (built.root / "source" / "allowed-signers").write_text("".join(allowed))
    built.edit("pyproject.toml", "[tool.pressroom]", '[tool.pressroom]\nallowed-signers = "source/allowed-signers"')
    return tmp_path


def test_signed_by_key(built, keys):
    """A record signed by an allowed key counts."""
    built.sign("en", "clinician", key=keys / "cora", principal="cora@clinic.example")
    built.sign("en", "author", key=keys / "tomas", principal="tomas@clinic.example")
    assert built.review_case("en").cases()[0][1].name == "approved"


def test_no_key(built, keys):
    """With a file of allowed signers a record without a signature does not count."""
    assert "signer" in problems(built, "en", "clinician")
    path = built.sign("en", "clinician", key=keys / "cora", principal="cora@clinic.example")
    path.with_name(f"{path.name}.sig").unlink()
    review_case = built.review_case("en")
    assert review_case.cases()[0][1].name == "translated"
    assert {d.code for d in review_case.problems if d.severity == "error"} == {"record-unsigned"}


def test_somebody_elses_key(built, keys):
    """A key that is not the named person's, or nobody's, signs nothing, and leaves no record."""
    for key, principal in (
        ("mallory", "cora@clinic.example"),
        ("tomas", "cora@clinic.example"),
        ("mallory", "mallory"),
    ):
        signer = Signer("clinician", "Cora Clinic", "licensed in a story", principal, keys / key)
        offered = built.offer("en", "clinician", key=keys / key, principal=principal)
        review_case = built.review_case("en")
        with pytest.raises(SignatureError):
            write_signature(review_case, signer, offered.record, offered.wording)
        assert review_case.signoffs() == []
    assert built.review_case("en").cases()[0][1].name == "translated"


def test_a_list_of_signers_behind_a_link(built, keys):
    """The list of allowed signers is a file of the project: through a link it allows nobody, and is named."""
    built.sign("en", "clinician", key=keys / "cora", principal="cora@clinic.example")
    allowed = built.root / "source" / "allowed-signers"
    allowed.rename(keys / "elsewhere")
    allowed.symlink_to(keys / "elsewhere")
    review_case = built.review_case("en")
    assert review_case.signoffs() == []
    assert "source/allowed-signers" in {finding.span.path for finding in review_case.problems}


def test_a_copied_signature(built, keys):
    """A signature copied beside another record does not sign it."""
    english = built.sign("en", "clinician", key=keys / "cora", principal="cora@clinic.example")
    spanish = built.sign("es", "translator", key=keys / "tomas", principal="tomas@clinic.example")
    shutil.copy(english.with_name(f"{english.name}.sig"), spanish.with_name(f"{spanish.name}.sig"))
    assert built.review_case("es").signoffs() == []


def test_one_key_is_one_person(built, keys):
    """One key under two names is one person."""
    built.sign("es", "translator", "Tomás", key=keys / "tomas", principal="tomas@clinic.example")
    more = {"key": keys / "tomas", "principal": "tomas@clinic.example"}
    assert "one-person" in {d.code for d in built.offer("es", "reviewer", "Quite Another", **more).problems}


def test_one_key_under_two_names(built, keys):
    """One key that the project allows to two people is one person, who signs in one role."""
    allowed = built.root / "source" / "allowed-signers"
    allowed.write_text(allowed.read_text() + f"rita@clinic.example {(keys / 'tomas.pub').read_text()}")
    built.sign("es", "translator", key=keys / "tomas", principal="tomas@clinic.example")
    with pytest.raises(SignatureError, match="has signed as translator, for Tomás"):
        built.sign("es", "reviewer", key=keys / "tomas", principal="rita@clinic.example")
    assert [record.role for record in built.review_case("es").signoffs()] == ["translator"]
