"""Who may sign what, with which key: the honest way is short, and each way around it is closed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pressroom.approval.records import SIGNOFF, SignOff
from pressroom.approval.releases import RELEASE
from pressroom.approval.roles import RELEASER
from pressroom.approval.signature import SignatureError, public_key_of, sign_record, ssh_fingerprint
from pressroom.commands.releasing.editions import rollback
from pressroom.commands.releasing.log_trust import log_trust
from pressroom.commands.releasing.sheets import SheetRelease, SheetRequest, make_sheet
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.people import people_report
from pressroom.commands.signing.sign import prepare_signature, write_signature
from pressroom.commands.signing.signer import Named, find_signer, signer_problems
from pressroom.commands.signing.withdraw import recall, unsign
from pressroom.diagnostics import DiagnosticError, Span
from pressroom.planning.named import UsageError
from pressroom.project import ProjectError
from pressroom.publish.store import sha256_of
from tests.commands.conftest import MALLORY, PEOPLE, PUBLISHER, TODAY, Bench, id_of, make_key
from tests.papers import THREE_SLIPS

FILE = "source/people.toml"
ES = "locales/es/signoffs/signs"


def state(bench: Bench, locale: str, today: date = TODAY) -> str:
    """The state of the document in a locale."""
    return bench.review_case(locale, today).cases()[0][1].name


def told(bench: Bench) -> set[str]:
    """The codes of what is wrong with the people and the records."""
    return {finding.code for finding in bench.workspace.records().diagnostics}


def messages(bench: Bench) -> str:
    """What is wrong with the people and the records, in words."""
    return "\n".join(finding.message for finding in bench.workspace.records().diagnostics)


def is_refused(bench: Bench, locale: str = "es", today: date = TODAY) -> bool:
    """True if a new release of the piece is refused."""
    bench.edit(bench.source, 'version: "1.0"', 'version: "1.1"')
    # The command line decides who releases; what may be released does not depend on it.
    report = Bench(bench.root).release(locale, today=today)
    return report.failed and not report.made


def problems(bench: Bench, locale: str, role: str, name: str = "", today: date = TODAY) -> set[str]:
    """Why somebody can't sign."""
    return {finding.code for finding in bench.offer(locale, role, name, today).problems}


def forge(bench: Bench, path: Path, key: str, **changes: object) -> Path:
    """Write a record again with other values, under its right name, signed by somebody's key."""
    record, secret = SIGNOFF.read(path.read_text(encoding="utf-8"), path.name), bench.keys / key
    record = replace(record, **({"key": ssh_fingerprint(public_key_of(secret))} | changes))
    name, text = SIGNOFF.write(record)
    forged = path.parent / name
    forged.write_text(text, encoding="utf-8")
    forged.with_name(f"{name}.sig").write_bytes(sign_record(text.encode(), secret))
    return forged


def entry_of(bench: Bench, locale: str, role: str) -> SignOff:
    """The sign-off of a role."""
    (record,) = bench.review_case(locale).signoffs(role)
    return record


# ---- The honest way ----


def test_everybody_signs_and_it_is_released(released_with_keys):
    """With a key for everybody, a piece is signed, released and current, and nothing is wrong."""
    assert told(released_with_keys) == set()
    assert (state(released_with_keys, "en"), state(released_with_keys, "es")) == ("approved", "approved")
    (release,) = released_with_keys.workspace.records().records.releases
    assert (release.principal, release.key[:7], len(release.people)) == ("paula-publisher", "SHA256:", 32)
    assert not identify(released_with_keys.workspace, released_with_keys.output / "released", TODAY).failed
    assert not is_refused(released_with_keys)


def test_a_key_says_who_you_are(with_keys):
    """Who gives a key need not say who they are: it is the key of one person."""
    signer = find_signer(with_keys.workspace, "author", Named(key=with_keys.keys / "alma-autora"))
    assert (signer.principal, signer.name) == ("alma-autora", "Alma Autora")


def test_people_without_keys(built):
    """With a list of people and no keys, records count by listed people in their roles, without signatures."""
    bench = built.with_people(None)
    alma = find_signer(bench.workspace, "author", Named("alma-autora"))
    offered = bench.offer("en", "author", principal="alma-autora")
    write_signature(bench.review_case("en"), alma, offered.record, offered.wording)
    assert [r.principal for r in bench.review_case("en").signoffs()] == ["alma-autora"]
    bench.edit(FILE, 'author = ["en"]', "author = []")
    assert bench.review_case("en").signoffs() == []
    assert told(bench) == {"record-signer"}


def test_a_list_of_people_keeps_what_was_signed(released):
    """Who was named in a record before there was a list still signed it, if the list has exactly this name."""
    released.with_people(None)
    assert state(released, "es") == "approved"
    released.edit(FILE, 'name = "Rita Revisora"', 'name = "Rita Revisora de Paz"')
    assert state(released, "es") == "translated"


def test_signed_again_with_a_key(released, keys):
    """Records from before the first key do not count, each folder says so, and everybody signs again."""
    bench = released.with_people(keys)
    assert (state(bench, "es"), told(bench)) == ("translated", {"record-unsigned"})
    bench.sign_all()
    assert not bench.release().failed
    assert state(bench, "es") == "approved"
    assert [d.span.path.split("/")[0] for d in bench.workspace.records().diagnostics] == ["releases"]
    assert not identify(bench.workspace, bench.output / "released", TODAY).failed


# ---- Who may not ----


def test_what_a_key_may_not_sign(with_keys):
    """A role or a language that a person does not have can't be signed."""
    for locale, role in (("en", "clinician"), ("en", "reviewer"), ("es", "clinician"), ("en", "translator")):
        assert "signer" in problems(with_keys, locale, role, PEOPLE["es", "translator"])


@pytest.mark.parametrize(
    "named",
    [
        Named(), Named("mallory"), Named("аlma-autora"), Named("alma-autorа"), Named("ALMA-AUTORA"),
        Named("alma-autora", name="Alma Autora"), Named(name="Alma Autora", qualification="MD"),
    ],
)  # fmt: skip
def test_nobody_that_is_listed(with_keys, named):
    """Without an id that is listed, letter by letter, nobody signs, and a name is no id."""
    with pytest.raises(UsageError):
        find_signer(with_keys.workspace, "author", named)


def test_without_a_list(built):
    """Where nobody is listed, an id or a key says nothing, and a name is needed."""
    for named in (Named("alma-autora"), Named(key=Path("key"), name="Alma"), Named()):
        with pytest.raises(UsageError):
            find_signer(built.workspace, "author", named)


def test_no_key(with_keys):
    """Where anybody has a key, nobody signs without one."""
    signer = find_signer(with_keys.workspace, "author", Named("alma-autora"))
    offered = Bench(with_keys.root).offer("en", "author", principal="alma-autora")
    assert [d.code for d in offered.problems] == ["signer"]
    write_signature(with_keys.review_case("en"), signer, offered.record, offered.wording)
    assert (state(with_keys, "en"), told(with_keys)) == ("translated", {"record-unsigned"})


def test_somebody_elses_key(with_keys):
    """A key that is another's or nobody's signs nothing, and leaves no record."""
    for key in ("tomas-traductor", id_of(MALLORY)):
        signer = find_signer(with_keys.workspace, "clinician", Named("cora-clinic", with_keys.keys / key))
        offered = with_keys.offer("en", "clinician")
        refused = prepare_signature(with_keys.review_case("en"), signer, with_keys.output, TODAY).problems
        assert "signer" in {finding.code for finding in refused}
        with pytest.raises(SignatureError):
            write_signature(with_keys.review_case("en"), signer, offered.record, offered.wording)
    assert with_keys.review_case("en").signoffs() == []


# ---- Attacks with commit rights and one key ----


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"principal": "tomas-traductor", "name": "Tomás Traductor"},
        {"principal": "tomas-traductor", "name": "Tomás Traductor", "qualification": "MD"},
        {"principal": "tomas-traductor"},
        {"principal": "соra-clinic"},
        {"principal": ""},
    ],
)
def test_the_translators_key_signs_as_clinician(released_with_keys, changes):
    """The Spanish translator's key on a record of the English, as a clinician of whatever name, does not count."""
    (clinician,) = (released_with_keys.root / "source/signoffs/signs").glob("clinician-*.toml")
    forge(released_with_keys, clinician, "tomas-traductor", **changes)
    clinician.unlink()
    assert [r.role for r in released_with_keys.review_case("en").signoffs()] == ["author"]
    assert told(released_with_keys) >= {"record-signer", "log-broken"}
    assert is_refused(released_with_keys, "en")


def test_a_moved_signature(with_keys):
    """A signature copied beside another record does not sign it; both records are of one person."""
    first, second = with_keys.sign("es", "translator"), with_keys.sign("es", "reviewer")
    shutil.copy(first.with_name(f"{first.name}.sig"), second.with_name(f"{second.name}.sig"))
    assert [r.role for r in with_keys.review_case("es").signoffs()] == ["translator"]
    assert told(with_keys) == {"signature-wrong"}


def test_a_lost_signature(released_with_keys):
    """A record whose signature is gone does not count, and what names it is barred: it may have replaced another."""
    (path,) = (released_with_keys.root / ES).glob("reviewer-*.sig")
    path.unlink()
    assert told(released_with_keys) == {"signature-wrong", "log-broken"}
    assert is_refused(released_with_keys)


def test_the_newest_signature_is_lost(released_with_keys):
    """Nothing names the newest record yet. Without its signature its document is barred in that language."""
    bench = released_with_keys
    bench.edit(bench.catalog, "Pida ayuda", "Busque ayuda")
    bench.build()
    path = bench.sign("es", "reviewer")
    path.with_name(f"{path.name}.sig").unlink()
    bench.edit(bench.catalog, "Busque ayuda", "Pida ayuda")
    assert told(bench) == {"signature-wrong"}
    report = identify(bench.workspace, bench.output / "released", TODAY)
    assert {file.path[:2]: file.verdict for file in report.files} == {"en": "current", "es": "unsure"}
    assert is_refused(bench)


def test_a_signature_with_other_line_ends(released_with_keys):
    """A checkout with the line ends of Windows voids no signature."""
    for path in (released_with_keys.root / ES).glob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert state(released_with_keys, "es") == "approved"


def test_a_key_listed_twice(released_with_keys):
    """A key that is listed for two people makes the list unusable: nobody signs, and nothing is released."""
    public = (released_with_keys.keys / "tomas-traductor.pub").read_text(encoding="utf-8").split()[1]
    rita = (released_with_keys.keys / "rita-revisora.pub").read_text(encoding="utf-8").split()[1]
    released_with_keys.edit(FILE, rita, public)
    assert told(released_with_keys) == {"people"}
    with pytest.raises(DiagnosticError, match="is listed for tomas-traductor already"):
        released_with_keys.signer("es", "reviewer")
    report = identify(released_with_keys.workspace, released_with_keys.output / "released", TODAY)
    assert {file.verdict for file in report.files} == {"unsure"}
    assert is_refused(released_with_keys)


def test_one_person_twice(released_with_keys):
    """One person listed twice, with two spellings of the name and two keys, makes the list unusable."""
    released_with_keys.edit(FILE, 'name = "Rita Revisora"', 'name = "Traductor, Tomas"')
    assert told(released_with_keys) == {"people"}
    assert is_refused(released_with_keys)


def test_a_person_who_was_added(released_with_keys):
    """Who adds a person is seen: nothing is released until the releaser says that the change was looked at."""
    old = released_with_keys.workspace.people().value.mark
    make_key(released_with_keys.root / "new")
    public = (released_with_keys.root / "new.pub").read_text(encoding="utf-8").strip()
    with (released_with_keys.root / FILE).open("a", encoding="utf-8") as file:
        file.write('\n[eve-nueva]\nname = "Eve Nueva"\nqualification = "MD"\nclinician = ["en", "es"]\n')
        file.write(f'\n[[eve-nueva.keys]]\nkind = "ssh"\nkey = "{public}"\nvalid-from = 2026-11-01\n')
    released_with_keys.edit(released_with_keys.source, 'version: "1.0"', 'version: "1.1"')
    report = released_with_keys.release()
    assert ({d.code for d in report.diagnostics}, report.released) == ({"people-changed"}, ())
    assert not released_with_keys.release(new_people=True).diagnostics
    marks = [release.people for release in released_with_keys.workspace.records().records.releases]
    assert marks[0] == old != marks[1]


def test_a_rollback_does_not_pass_a_new_list(released_with_keys):
    """A rollback hands out earlier files: the next release asks about the list all the same."""
    bench = released_with_keys
    bench.edit(bench.source, 'version: "1.0"', 'version: "1.1"')
    assert not bench.release().diagnostics
    with (bench.root / FILE).open("a", encoding="utf-8") as file:
        file.write("# another list\n")
    assert not rollback(bench.workspace, bench.output, 1, bench.publisher, TODAY).reasons
    assert len(bench.workspace.records().records.releases) == 3
    assert {d.code for d in bench.release().diagnostics} == {"people-changed"}


@pytest.mark.parametrize("how", ["deleted", "emptied", "linked", "without keys", "without releasers"])
def test_the_list_taken_away(released_with_keys, tmp_path, how):
    """A list that is gone, empty, a link, or without keys while signatures are there bars everything, and says so."""
    file = released_with_keys.root / FILE
    text = file.read_text(encoding="utf-8")
    match how:
        case "deleted":
            file.unlink()
        case "emptied":
            file.write_text("", encoding="utf-8")
        case "linked":
            file.symlink_to(shutil.move(file, tmp_path / "people.toml"))
        case "without keys":
            released_with_keys.with_people(None)
        case "without releasers":
            file.write_text(text.replace("releaser = true", "releaser = false"), encoding="utf-8")
    found = released_with_keys.workspace.records().diagnostics
    assert {(d.span.path, d.severity) for d in found} == {(FILE, "error")}
    report = identify(released_with_keys.workspace, released_with_keys.output / "released", TODAY)
    assert {file.verdict for file in report.files} == {"unsure"}
    assert state(released_with_keys, "es") == "translated"


def test_the_setting_of_earlier_versions(built):
    """The setting allowed-signers is an error that says what took its place."""
    built.edit("pyproject.toml", "[tool.pressroom]", '[tool.pressroom]\nallowed-signers = "source/signers"')
    with pytest.raises(ProjectError) as error:
        _ = built.workspace
    assert "people.toml" in error.value.problems[0].message
    assert "docs/how-to/keys.md" in error.value.problems[0].hint


def test_signatures_of_earlier_versions(built):
    """Signatures beside records are not overlooked where nobody is listed: what they were for has to be said."""
    path = built.sign("es", "translator")
    path.with_name(f"{path.name}.sig").write_bytes(b"-----BEGIN SSH SIGNATURE-----")
    assert "it is missing, and a key signed 1 of the records" in messages(built)
    assert (state(built, "es"), built.review_case("es").signoffs()) == ("translated", [])


def test_an_unknown_kind_of_key(released_with_keys):
    """A record by a key of a kind that this version can't check does not count, and says why."""
    text = (released_with_keys.root / FILE).read_text(encoding="utf-8")
    before, _, after = text.partition("[[rita-revisora.keys]]")
    changed = f"{before}[[rita-revisora.keys]]{after.replace('ssh', 'quantum', 1)}"
    (released_with_keys.root / FILE).write_text(changed, encoding="utf-8")
    assert told(released_with_keys) == {"people-key", "record-signer"}
    assert "quantum" in messages(released_with_keys)
    assert state(released_with_keys, "es") == "translated"


def test_a_key_that_was_not_valid_yet(released_with_keys):
    """A record dated before the key's first day does not count."""
    released_with_keys.edit(FILE, "valid-from = 2026-11-01", "valid-from = 2026-11-24")
    assert state(released_with_keys, "es") == "translated"
    assert "signs from 2026-11-24 on" in messages(released_with_keys)
    assert "signer" in problems(released_with_keys, "es", "reviewer")


def test_a_key_for_some_roles(released_with_keys):
    """A key that is listed for some roles signs in no other, whatever its person may do with another key."""
    bench = released_with_keys
    bench.edit(FILE, 'reviewer = ["es"]', 'reviewer = ["es"]\nclinician = ["es"]')
    close(bench, "rita-revisora", 'roles = ["clinician", "releaser"]')
    assert state(bench, "es") == "translated"
    assert "does not sign as reviewer" in messages(bench)
    assert "signer" in problems(bench, "es", "reviewer")
    assert {row.person.id: row.keys for row in people_report(bench.workspace, "", TODAY).rows}["rita-revisora"][0][
        1
    ].endswith("only as clinician and releaser")


# ---- Keys that were closed ----


def close(bench: Bench, id: str, how: str) -> None:
    """Close a person's key in the list."""
    text = (bench.root / FILE).read_text(encoding="utf-8")
    before, header, after = text.partition(f"[[{id}.keys]]")
    changed = f"{before}{header}{after.replace('valid-from', f'{how}{chr(10)}valid-from', 1)}"
    (bench.root / FILE).write_text(changed, encoding="utf-8")


def heads(bench: Bench) -> str:
    """The last entries of the log, as people.toml has them."""
    return ", ".join(f'"{id}"' for id in bench.workspace.records().records.log.heads)


def test_a_closed_key_keeps_what_it_signed(released_with_keys):
    """What was signed before a key was closed still counts; with the key nobody signs any more."""
    close(released_with_keys, "rita-revisora", f"void-after = [{heads(released_with_keys)}]")
    assert state(released_with_keys, "es") == "approved"
    assert not identify(released_with_keys.workspace, released_with_keys.output / "released", TODAY).failed
    assert "signer" in problems(released_with_keys, "es", "reviewer")


@pytest.mark.parametrize("how", ["void-after", "void-from"])
def test_the_clock_set_back_after_a_key_was_closed(released_with_keys, how):
    """A closed key with the clock set back signs nothing that counts, though every date is of before."""
    bench, later = released_with_keys, TODAY + timedelta(days=400)
    bench.edit(bench.source, "review-by: 2027-11", "review-by: 2029-11")
    bench.update()
    bench.build()
    for locale, role in PEOPLE:
        if (locale, role) != ("es", "reviewer"):
            bench.sign(locale, role)
    close(bench, "rita-revisora", f"void-after = [{heads(bench)}]" if how == "void-after" else "void-from = 2026-12-01")
    # The thief has the key, and the day on which it was valid.
    template = next((bench.root / ES).glob("reviewer-*.toml"))
    today = entry_of(bench, "es", "translator")
    case = bench.review_case("es").cases()[0][0]
    record = SIGNOFF.read(template.read_text(encoding="utf-8"), template.name)
    forged = forge(
        bench, template, "rita-revisora",
        english=today.english, translation=today.translation, words=today.words, drawings=today.drawings,
        review_by=today.review_by, replaces=(record.id,), after=bench.workspace.records().records.log.heads,
    )  # fmt: skip
    assert case.review_by == "2029-11"
    assert state(bench, "es", later) == "translated"
    assert is_refused(bench, today=later)
    assert forged.is_file()


def test_a_day_to_come(released_with_keys):
    """A key with a last day signs until then."""
    close(released_with_keys, "rita-revisora", "void-from = 2027-01-15")
    close(released_with_keys, "paula-publisher", "void-from = 2027-01-15")
    lapsing = {row.person.id: row.lapsing for row in people_report(released_with_keys.workspace, "", TODAY).rows}
    (release,) = released_with_keys.workspace.records().records.releases
    assert lapsing.pop("paula-publisher") == ((release.id, date(2027, 1, 15)),)
    assert problems(released_with_keys, "es", "reviewer") == set()
    assert "signer" in problems(released_with_keys, "es", "reviewer", today=date(2027, 1, 15))
    assert state(released_with_keys, "es") == "approved"


# ---- Releases ----


def test_a_row_added_to_the_log(released_with_keys, tmp_path):
    """A row for a forged file that nobody signed, or somebody else, is not believed, and verify says so."""
    bench = released_with_keys
    (release,) = bench.workspace.records().records.releases
    forged = tmp_path / "forged.pdf"
    original = bench.offered()[0].read_bytes()
    forged.write_bytes(original + b"\n% forged\n")
    (row,) = [piece for piece in release.pieces if piece.locale == "es"]
    row = replace(row, facts=replace(row.facts, sha256=sha256_of(forged)))
    for key in ("", "rita-revisora"):
        fingerprint = ssh_fingerprint(public_key_of(bench.keys / key)) if key else ""
        added = replace(release, number=2, pieces=(row,), key=fingerprint, after=(release.id,))
        name, text = RELEASE.write(added)
        (bench.root / "releases" / name).write_text(text, encoding="utf-8")
        if key:
            (bench.root / "releases" / f"{name}.sig").write_bytes(sign_record(text.encode(), bench.keys / key))
        assert {file.verdict for file in identify(bench.workspace, forged, TODAY).files} == {"altered"}
        assert told(bench) <= {"record-unsigned", "record-signer"}
        assert "1 of its entries are not" in log_trust(bench.workspace)
        (bench.root / "releases" / name).unlink()


def test_every_kind_of_release_is_signed(released_with_keys, tmp_path):
    """A sheet of released cards and a return to an earlier edition are releases too, and are signed like them."""
    bench = released_with_keys
    (bench.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS, encoding="utf-8")
    request = SheetRequest("signs", "", ("es",), "larkspur-clinic", "desk", "long-edge")
    made = make_sheet(bench.workspace, request, bench.output, SheetRelease(bench.publisher, TODAY))
    (tmp_path / "sheet.pdf").write_bytes(made.pdf)
    assert [file.verdict for file in identify(bench.workspace, tmp_path / "sheet.pdf", TODAY).files] == ["current"]
    bench.edit(bench.catalog, "Pida ayuda", "Busque ayuda")
    bench.build("es")
    for role in ("translator", "reviewer", "clinician"):
        bench.sign("es", role)
    assert not bench.release("es").failed
    assert rollback(bench.workspace, bench.output, 1, bench.publisher, TODAY).reasons == ()
    releases = bench.workspace.records().records.releases
    assert [(r.principal, bool(r.key)) for r in releases] == [("paula-publisher", True)] * 4
    assert len([*(bench.root / "releases").glob("*.sig")]) == 4
    assert told(bench) == set()


def test_whether_the_log_is_signed(built, keys):
    """Verify says whether the log is signed, and why it is not."""
    assert "there is no source/people.toml" in log_trust(built.workspace)
    built.with_people(None)
    assert "no releaser has a key" in log_trust(built.workspace)
    built.with_people(keys)
    assert log_trust(built.workspace) == "the log of releases is signed"
    built.edit(FILE, "releaser = true", "releaser = 1")
    assert "can't say" in log_trust(built.workspace)


def test_nobody_else_releases(released_with_keys):
    """Only a releaser releases, with a key of theirs."""
    for named in (Named("rita-revisora", released_with_keys.keys / "rita-revisora"), Named(id_of(PUBLISHER))):
        signer = find_signer(released_with_keys.workspace, RELEASER, named)
        found = [*signer_problems(released_with_keys.workspace, signer, "", Span(FILE), TODAY)]
        assert [d.code for d in found] == ["signer"]


# ---- What takes back ----


def test_what_takes_back_counts_without_a_signature(released_with_keys):
    """A recall or a withdrawal counts whether it is signed or not, and even if its signature is wrong."""
    bench = released_with_keys
    rita = bench.signer("es", "reviewer")
    path, _ = unsign(bench.review_case("es"), "translator", "", "by mistake", TODAY, rita)
    assert path.with_name(f"{path.name}.sig").is_file()
    assert told(bench) == set()
    path.with_name(f"{path.name}.sig").unlink()
    assert told(bench) == {"signature-wrong"}
    assert bench.review_case("es").signoffs("translator") == []
    done = recall(bench.workspace, "signs", "es", rita, "misprint", TODAY, bench.output)
    assert (bench.root / f"{done.path}.sig").is_file()
