"""Signing in two steps with a passkey: honest people sign, release and verify; whatever changed between is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pressroom.approval.records import SIGNOFF
from pressroom.approval.signature import SignatureError
from pressroom.commands.releasing.audit import audit
from pressroom.commands.releasing.log_trust import log_trust
from pressroom.commands.releasing.release_deed import ReleasePieces
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.browser_signer import named_in_browser, passkeys_of
from pressroom.commands.signing.deeds import ReturnText, SignText, TakeBackSignature
from pressroom.commands.signing.passkey_signing import (
    Done,
    PendingRecord,
    RecordChanged,
    accept,
    pending_record,
)
from pressroom.commands.signing.people import add, close
from pressroom.commands.signing.signer import Named
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.diagnostics import DiagnosticError
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request
from tests.commands.conftest import PEOPLE, PUBLISHER, TODAY, Bench, id_of, people_toml
from tests.passkeys import ORIGIN, SoftPasskey

ES = "locales/es/signoffs/signs"


@pytest.fixture(scope="session")
def passkeys() -> dict[str, SoftPasskey]:
    """A passkey of everybody, by id."""
    return {
        id_of(name): SoftPasskey(credential=f"passkey of {id_of(name)}".encode())
        for name in (*PEOPLE.values(), PUBLISHER)
    }


def listing(passkeys: dict[str, SoftPasskey]) -> str:
    """A file of people in which everybody has a passkey."""
    text = people_toml(None)
    for id, one in passkeys.items():
        text += f'\n[[{id}.keys]]\nkind = "passkey"\nkey = "{one.text}"\nvalid-from = 2026-11-01\n'
    return text


@pytest.fixture
def bench(built: Bench, passkeys: dict[str, SoftPasskey]) -> Bench:
    """A project whose people have passkeys, and that nobody has signed."""
    (built.root / "source" / "people.toml").write_text(listing(passkeys), encoding="utf-8")
    return built


def who(passkeys: dict[str, SoftPasskey], name: str) -> Named:
    """A person with their passkey."""
    return Named(id_of(name), passkey=passkeys[id_of(name)].passkey.fingerprint)


def offer(bench: Bench, passkeys: dict[str, SoftPasskey], locale: str, role: str, name: str = "") -> PendingRecord:
    """The first step of a signature."""
    deed = SignText("signs", locale, role, bench.output)
    pending = pending_record(bench.workspace, deed, who(passkeys, name or PEOPLE[locale, role]), TODAY)
    assert isinstance(pending, PendingRecord)
    return pending


def sign(bench: Bench, passkeys: dict[str, SoftPasskey], locale: str, role: str) -> Done:
    """Both steps."""
    pending = offer(bench, passkeys, locale, role)
    answer = passkeys[pending.named.id].answer(pending.challenge)
    return accept(bench.workspace, pending, answer, TODAY)


def test_all_sign_with_passkeys_and_it_is_released(bench, passkeys):
    """Five signatures and a release by passkeys count as those by SSH keys do, and `verify` calls the file current."""
    for locale, role in PEOPLE:
        done = sign(bench, passkeys, locale, role)
        record = bench.root / done.record
        assert record.is_file()
        assert record.with_name(f"{record.name}.sig").read_bytes().startswith(b"pressroom passkey signature 1\n")
        assert {done.record, f"{done.record}.sig"} < {*done.written}
        assert all((bench.root / path).is_file() for path in done.written)
    assert bench.review_case("es").cases()[0][1].name == "approved"
    deed = ReleasePieces(Request(("signs",)), bench.output, 5, 1)
    pending = pending_record(bench.workspace, deed, who(passkeys, PUBLISHER), TODAY)
    assert isinstance(pending, PendingRecord)
    assert bench.offered() == []
    done = accept(bench.workspace, pending, passkeys[id_of(PUBLISHER)].answer(pending.challenge), TODAY)
    assert done.report.failed is False
    assert len(done.report.made) == 2
    assert bench.workspace.records().diagnostics == ()
    (file,) = bench.offered()
    assert {f.verdict for f in identify(bench.workspace, file, TODAY).files} == {"current"}
    assert "signed" in log_trust(bench.workspace)
    again = pending_record(bench.workspace, deed, who(passkeys, PUBLISHER), TODAY)
    assert isinstance(again, Done)


def test_the_first_step_writes_nothing(bench, passkeys):
    """Only the second step changes a file of the project."""
    before = {
        path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file() and "output" not in path.parts
    }
    offer(bench, passkeys, "es", "reviewer")
    named = who(passkeys, "Rita Revisora")
    returned = pending_record(bench.workspace, ReturnText("signs", "es", (), "no", bench.output), named, TODAY)
    assert isinstance(returned, PendingRecord)
    after = {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file() and "output" not in path.parts}
    assert before == after


def test_another_challenge_signs_nothing(bench, passkeys):
    """An assertion for another record, by another passkey, or none at all is refused, and nothing is written."""
    pending = offer(bench, passkeys, "es", "reviewer")
    rita, carlos = passkeys["rita-revisora"], passkeys["carlos-clinico"]
    for answer in (rita.answer(bytes(32)), carlos.answer(pending.challenge), None):
        with pytest.raises(SignatureError):
            accept(bench.workspace, pending, answer, TODAY)
    assert not (bench.root / ES).exists()


def test_what_changed_is_named(bench, passkeys):
    """If somebody signs or edits meanwhile, nothing is written, and the refusal says what changed."""
    pending = offer(bench, passkeys, "es", "reviewer")
    answer = passkeys["rita-revisora"].answer(pending.challenge)
    sign(bench, passkeys, "es", "translator")
    with pytest.raises(RecordChanged) as refused:
        accept(bench.workspace, pending, answer, TODAY)
    assert refused.value.changes == ("the log: somebody signed, recalled or released something",)
    assert len([*(bench.root / ES).glob("*.toml")]) == 1


@pytest.mark.parametrize(
    ("path", "old", "new", "what"),
    [
        ("source/people.toml", 'name = "Rita Revisora"', 'name = "Rita Nueva"\nearlier-names = ["Rita"]', "name"),
        ("source/people.toml", 'reviewer = ["es"]', "", "may not sign"),
        ("locales/es/LC_MESSAGES/signs.po", "dé 2 pasos", "dé 3 pasos", "earlier words"),
        ("source/clinics.toml", 'emergency = "911"', 'emergency = "112"', "proof"),
    ],
)  # fmt: skip
def test_files_that_changed_meanwhile(bench, passkeys, path, old, new, what):
    """A word, a clinic's number or a person's role that changed after the first step is noticed at the second."""
    pending = offer(bench, passkeys, "es", "reviewer")
    bench.edit(path, old, new)
    with pytest.raises((RecordChanged, DiagnosticError)) as refused:
        accept(bench.workspace, pending, passkeys["rita-revisora"].answer(pending.challenge), TODAY)
    assert what in str(refused.value)
    assert not (bench.root / ES).exists()


def test_who_may_not_sign_gets_no_challenge(bench, passkeys):
    """The first step refuses whom the second would refuse."""
    with pytest.raises(DiagnosticError, match="may not sign es as clinician"):
        offer(bench, passkeys, "es", "clinician", "Rita Revisora")
    deed = SignText("signs", "es", "reviewer", bench.output)
    with pytest.raises(DiagnosticError, match="counts only with a key"):
        pending_record(bench.workspace, deed, Named("rita-revisora"), TODAY)


def test_a_name_alone_goes_through_both_steps(built):
    """Where nobody has a key the second step takes no assertion and compares what is written all the same."""
    deed, named = SignText("signs", "es", "reviewer", built.output), Named(name="Rita Revisora", qualification="reader")
    pending = pending_record(built.workspace, deed, named, TODAY)
    assert isinstance(pending, PendingRecord)
    assert (pending.challenge, pending.passkey) == (b"", None)
    done = accept(built.workspace, pending, None, TODAY)
    assert not Path(f"{built.root / done.record}.sig").exists()
    with pytest.raises(RecordChanged):
        accept(built.workspace, pending, None, TODAY)


def test_taking_back_needs_no_key_and_can_have_one(bench, passkeys):
    """A signature is taken back with a passkey or by name, because nothing may stop it."""
    sign(bench, passkeys, "es", "translator")
    deed = TakeBackSignature("signs", "es", "translator", "", "by mistake", bench.output)
    pending = pending_record(bench.workspace, deed, who(passkeys, "Tomás Traductor"), TODAY)
    assert isinstance(pending, PendingRecord)
    done = accept(bench.workspace, pending, passkeys["tomas-traductor"].answer(pending.challenge), TODAY)
    assert done.report == 1
    assert bench.workspace.records().diagnostics == ()
    sign(bench, passkeys, "es", "translator")
    pending = pending_record(bench.workspace, deed, Named("tomas-traductor"), TODAY)
    assert isinstance(pending, PendingRecord)
    assert pending.passkey is None
    assert accept(bench.workspace, pending, None, TODAY).report == 1


def test_the_passkeys_of_a_person(bench, passkeys):
    """A page offers a person's passkeys of its own origin, and those alone that sign in the role today."""
    rita = passkeys["rita-revisora"].passkey
    assert passkeys_of(bench.workspace, "rita-revisora", "reviewer", ORIGIN, TODAY) == (rita,)
    assert passkeys_of(bench.workspace, "rita-revisora", "reviewer", "https://other.example", TODAY) == ()
    bench.edit("source/people.toml", f'key = "{rita.text}"', f'key = "{rita.text}"\nroles = ["clinician"]')
    assert passkeys_of(bench.workspace, "rita-revisora", "reviewer", ORIGIN, TODAY) == ()
    assert passkeys_of(bench.workspace, "nobody", "", ORIGIN, TODAY) == ()


# ---- Attacks on what is written


def files_of(bench: Bench, passkeys: dict[str, SoftPasskey]) -> tuple[Path, Path]:
    """A record that Rita signed as reviewer, and its signature."""
    record = bench.root / sign(bench, passkeys, "es", "reviewer").record
    return record, record.with_name(f"{record.name}.sig")


def counted_as(bench: Bench, role: str = "reviewer") -> list[str]:
    """Whose signatures count in the role."""
    return [record.name for record in bench.review_case("es").signoffs(role)]


def codes(bench: Bench) -> set[str]:
    """What is wrong with the records."""
    return {finding.code for finding in bench.workspace.records().diagnostics}


@pytest.mark.parametrize("how", ["cut", "flipped", "emptied", "of another record", "by another person", "removed"])
def test_a_signature_that_was_tampered_with(bench, passkeys, how):
    """A signature that is not of this record by this passkey takes the record with it."""
    record, signature = files_of(bench, passkeys)
    assert counted_as(bench) == ["Rita Revisora"]
    good, rita = signature.read_bytes(), passkeys["rita-revisora"]
    signature.chmod(0o644)
    if how == "removed":
        signature.unlink()
    else:
        wrong = {
            "cut": good[:-10], "flipped": good.replace(b"A", b"B", 1), "emptied": b"",
            "of another record": rita.sign(b"another"),
            "by another person": passkeys["alma-autora"].sign(record.read_bytes()),
        }  # fmt: skip
        signature.write_bytes(wrong[how])
    assert counted_as(bench) == []
    assert codes(bench) == {"signature-wrong"}


def test_a_record_that_names_a_role_that_its_signer_lacks(bench, passkeys):
    """A passkey signs for its own person, in their roles and languages: a forged record in another role is refused."""
    record, _ = files_of(bench, passkeys)
    forged = replace(SIGNOFF.read(record.read_text(encoding="utf-8"), record.name), role="clinician", replaces=())
    name, text = SIGNOFF.write(forged)
    (record.parent / name).write_text(text, encoding="utf-8")
    (record.parent / f"{name}.sig").write_bytes(passkeys["rita-revisora"].sign(text.encode()))
    assert counted_as(bench, "clinician") == []
    assert codes(bench) == {"record-signer"}


def test_a_passkey_with_roles(bench, passkeys):
    """A passkey that is limited to some of its person's roles signs in no other."""
    files_of(bench, passkeys)
    text = passkeys["rita-revisora"].text
    bench.edit("source/people.toml", f'key = "{text}"', f'key = "{text}"\nroles = ["clinician"]')
    assert counted_as(bench) == []
    with pytest.raises(DiagnosticError, match="does not sign as reviewer"):
        offer(bench, passkeys, "es", "reviewer")


def test_a_passkey_that_was_closed(bench, passkeys):
    """What was signed before a passkey was closed counts; what it signs later does not, whatever its date."""
    files_of(bench, passkeys)
    close(bench.workspace, "rita-revisora", "tablet lost", (), TODAY)
    assert counted_as(bench) == ["Rita Revisora"]
    with pytest.raises(DiagnosticError, match="does not sign on"):
        offer(bench, passkeys, "es", "reviewer")
    record = next((bench.root / ES).glob("reviewer-*.toml"))
    later = replace(SIGNOFF.read(record.read_text(encoding="utf-8"), record.name), qualification="licensed in a story ")
    name, text = SIGNOFF.write(
        replace(later, dated=date(2026, 11, 2), after=bench.workspace.records().records.log.heads)
    )
    (record.parent / name).write_text(text, encoding="utf-8")
    (record.parent / f"{name}.sig").write_bytes(passkeys["rita-revisora"].sign(text.encode()))
    assert len(counted_as(bench)) == 1


def test_void_from_a_day(bench, passkeys):
    """From the day on which a passkey is closed it signs nothing new."""
    text = passkeys["rita-revisora"].text
    bench.edit("source/people.toml", f'key = "{text}"', f'key = "{text}"\nvoid-from = 2026-11-23')
    with pytest.raises(DiagnosticError, match="does not sign on 2026-11-23"):
        offer(bench, passkeys, "es", "reviewer")


def test_an_address_that_was_changed_in_the_list(bench, passkeys):
    """A signature was made on the pages that the list names: with another address it no longer counts."""
    files_of(bench, passkeys)
    text = passkeys["rita-revisora"].text
    bench.edit("source/people.toml", text, text.replace("press.clinic.example", "other.example"))
    assert counted_as(bench) == []
    assert "signature-wrong" in codes(bench)


def test_an_ssh_key_beside_a_passkey(bench, passkeys, keys):
    """A person has keys of both kinds: each signs, and each signature counts."""
    public = (keys / "rita-revisora.pub").read_text(encoding="utf-8").strip()
    file = bench.root / "source" / "people.toml"
    more = f'\n[[rita-revisora.keys]]\nkind = "ssh"\nkey = "{public}"\nvalid-from = 2026-11-01\n'
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    files_of(bench, passkeys)
    Bench(bench.root, keys).sign("es", "reviewer", "Rita Revisora")
    assert counted_as(bench) == ["Rita Revisora"]
    assert codes(bench) == set()


def test_the_audit_names_who_signed(bench, passkeys):
    """The trail for an auditor has the passkey's signature as it has one by an SSH key, checked without a server."""
    files_of(bench, passkeys)
    entries = audit(open_verdicts(bench.workspace, TODAY)).entries
    assert [(entry.who, entry.signature) for entry in entries] == [("Rita Revisora", "valid")]


def test_how_a_visitor_signs(bench, passkeys):
    """A visitor signs with the passkey that they prefer, else with their first; what takes back needs none."""
    sign_it = SignText("signs", "es", "reviewer", bench.output)
    back = ReturnText("signs", "es", (), "no", bench.output)
    second = SoftPasskey(credential=b"the second passkey of Rita")
    add(bench.workspace, "rita-revisora", {}, None, TODAY, second.text)

    def named(deed, who: Named, origin: str = ORIGIN) -> Named:
        return named_in_browser(bench.workspace, deed, who, origin, TODAY)

    first, other = passkeys["rita-revisora"].passkey.fingerprint, second.passkey.fingerprint
    assert named(sign_it, Named("rita-revisora")) == Named("rita-revisora", passkey=first)
    assert named(sign_it, Named("rita-revisora", passkey=other)) == Named("rita-revisora", passkey=other)
    assert named(sign_it, Named("rita-revisora", passkey="SHA256:none")).passkey == first
    assert named(back, Named("rita-revisora")) == Named("rita-revisora")
    assert named(back, Named("rita-revisora", passkey=other)).passkey == other
    assert named(back, Named(name="Rita", qualification="x")) == Named(name="Rita")
    with pytest.raises(UsageError, match="says who signs"):
        named(sign_it, Named(name="Rita Revisora", qualification="x"))
    with pytest.raises(DiagnosticError, match="has no passkey that signs as reviewer on the pages of https://other"):
        named(sign_it, Named("rita-revisora"), "https://other.example")


def test_a_name_is_enough_where_there_are_no_keys(built):
    """Without a list a visitor signs by name; with a list without keys, by the id that they chose."""
    deed = SignText("signs", "es", "reviewer", built.output)
    typed = Named(name="Rita Revisora", qualification="reader")
    assert named_in_browser(built.workspace, deed, typed, ORIGIN, TODAY) == typed
    bench = built.with_people(None)
    chosen = named_in_browser(bench.workspace, deed, Named("rita-revisora", passkey="x"), ORIGIN, TODAY)
    assert chosen == Named("rita-revisora")
