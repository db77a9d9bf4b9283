"""The append-only log on a whole project: what is named must be there, and branches merge, with git itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pressroom.approval import Release, SignOff, Waiver
from pressroom.approval.records import RECALL, SIGNOFF, WAIVER, Record
from pressroom.approval.releases import RELEASE
from pressroom.commands.catalogs.rename import rename
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.desk import refresh_released_desk
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.sign import prepare_signature, write_signature
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall, unsign
from pressroom.diagnostics import Diagnostic
from pressroom.planning.versions import engine_build
from pressroom.workspace.records import people_hash, releases_folder, write_record
from tests.commands.conftest import PEOPLE, TODAY, Bench

ES = "locales/es/signoffs/signs"
NEXT = TODAY + timedelta(days=1)
LAST = TODAY + timedelta(days=2)


def git(bench: Bench, *arguments: str) -> str:
    """What git says in the project."""
    who = ["-c", "user.name=Paula", "-c", "user.email=paula@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *who, *arguments], cwd=bench.root, capture_output=True, text=True, check=True)
    return done.stdout


def commit(bench: Bench, message: str = "Records") -> None:
    """Commit everything but the output."""
    if not (bench.root / ".git").exists():
        git(bench, "init", "-q", "-b", "main")
        (bench.root / ".gitignore").write_text("/output/\n.cache\n")
    git(bench, "add", "-A")
    git(bench, "commit", "-qm", message)


def log_broken(bench: Bench) -> list[Diagnostic]:
    """What the records say of missing entries."""
    return [d for d in bench.workspace.records().diagnostics if d.code == "log-broken"]


def entries(bench: Bench) -> dict[str, Record]:
    """Every record that counts, by id."""
    records = bench.workspace.records().records
    groups = (records.signoffs, records.withdrawals, records.waivers, records.recalls, records.releases)
    return {record.id: record for group in groups for record in group}


def file_of(bench: Bench, id: str) -> Path:
    """The file of a record."""
    (path,) = [p for p in bench.root.rglob(f"{id.rpartition('/')[2]}.toml") if "output" not in p.parts]
    return path


# ---- Branches ----


def test_two_signers_on_two_branches_then_a_release(built: Bench) -> None:
    """Two people sign in parallel; git merges without a conflict, and the release names what both knew."""
    built.sign("en", "clinician")
    built.sign("en", "author")
    commit(built)
    git(built, "checkout", "-qb", "translator")
    built.sign("es", "translator")
    commit(built)
    git(built, "checkout", "-q", "main")
    built.sign("es", "reviewer")
    built.sign("es", "clinician")
    commit(built)
    git(built, "merge", "-q", "--no-edit", "translator")
    log = built.workspace.records().records.log
    assert len(log.heads) == 2
    assert log.missing == ()
    report = built.release("es", "en")
    assert not report.failed, [d.message for d in report.diagnostics]
    (made,) = built.workspace.records().records.releases
    assert set(made.after) == set(log.heads)
    assert built.workspace.records().records.log.heads == (made.id,)


def test_a_recall_on_one_branch_and_a_signature_on_another(released: Bench) -> None:
    """A signature of a branch that did not know of the recall does not answer it."""
    commit(released)
    git(released, "checkout", "-qb", "other")
    released.sign("es", "reviewer", today=NEXT)
    commit(released)
    git(released, "checkout", "-q", "main")
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", NEXT, released.output)
    commit(released)
    git(released, "merge", "-q", "--no-edit", "other")
    assert released.release("es", today=NEXT).failed
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role, today=NEXT)
    assert "recalled" in {d.code for d in released.release("es", today=NEXT).diagnostics}


def test_two_releases_on_two_branches(released: Bench) -> None:
    """Of two branches that both released a piece neither is later: nothing is current until the next release."""
    commit(released)
    git(released, "checkout", "-qb", "other")
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    assert not released.release("en", today=NEXT).failed
    commit(released)
    git(released, "checkout", "-q", "main")
    # It is another person's machine.
    shutil.rmtree(released.output)
    released.edit(released.source, 'version: "1.0"', 'version: "1.2"')
    assert not released.release("en", today=LAST).failed
    commit(released)
    git(released, "merge", "-q", "--no-edit", "-X", "ours", "other")
    assert log_broken(released) == []
    paper = released.offered("en")[0]
    assert identify(released.workspace, paper, LAST).files[0].verdict == "superseded"
    again = released.release("en", today=LAST)
    assert not again.failed
    assert again.log
    assert identify(released.workspace, released.offered("en")[0], LAST).files[0].verdict == "current"
    assert released.release("en", today=LAST).log == ""


# ---- What is named must be there ----


def _signed_again(bench: Bench) -> str:
    """A newer sign-off of the same person; the one before it would count again without it."""
    return entry_of(bench.sign("es", "reviewer", today=NEXT), "signs/es")


def _recalled(bench: Bench) -> str:
    path = recall(bench.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", NEXT, bench.output).path
    return entry_of(Path(path), "signs/es")


def _recalled_everywhere(bench: Bench) -> str:
    path = recall(bench.workspace, "signs", "", unlisted("Cora Clinic"), "misprint", NEXT, bench.output).path
    return entry_of(Path(path), "signs/all")


def _taken_back(bench: Bench) -> str:
    done = unsign(bench.review_case("es", NEXT), "reviewer", "", "by mistake", NEXT)
    assert done is not None
    return entry_of(done[0], "signs/es")


def _waived(bench: Bench) -> str:
    said = Waiver(
        document="signs", locale="es", code="too-long", message="0" * 16, text="0" * 16, quoted="x", reason="so",
        name="Rita Revisora", qualification="a story", dated=NEXT, after=bench.workspace.records().records.log.heads,
    )  # fmt: skip
    return entry_of(write_record(bench.workspace, bench.root / ES, *WAIVER.write(said)), "signs/es")


def _released(bench: Bench) -> str:
    (id,) = bench.workspace.records().records.log.heads
    assert id.startswith("releases/")
    return id


def entry_of(path: Path, place: str) -> str:
    """The id of the record in a file."""
    return f"{place}/{path.stem}"


KINDS: dict[str, Callable[[Bench], str]] = {
    "sign-off": _signed_again,
    "recall": _recalled,
    "recall in all locales": _recalled_everywhere,
    "withdrawal": _taken_back,
    "waiver": _waived,
    "release": _released,
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_that_another_names_is_deleted(released: Bench, kind: str) -> None:
    """It bars its document and locale at the line that names it, and the command of the hint brings it back."""
    id = KINDS[kind](released)
    # Somebody signs something else later, and so names it.
    released.sign("en", "reviewer", "Rosa Segunda", today=NEXT)
    commit(released)
    file = file_of(released, id)
    written = file.read_bytes()
    git(released, "rm", "-q", str(file))
    commit(released, "Tidy up")
    (problem,) = [d for d in log_broken(released) if not d.span.path.startswith("output")]
    assert id in problem.message
    line = (released.root / problem.span.path).read_text(encoding="utf-8").splitlines()[problem.span.line - 1]
    assert id in line
    report = released.release("es", today=NEXT)
    assert report.failed
    assert "log-broken" in {d.code for d in report.diagnostics}
    found = identify(released.workspace, released.output / "released", NEXT)
    assert not [one for one in found.files if one.path.startswith("es/") and one.holds]

    subprocess.run(["sh", "-c", command_of(problem)], cwd=released.root, check=True)
    assert file.read_bytes() == written
    assert log_broken(released) == []


@pytest.mark.parametrize("edit", [(b"misprint", b"mispront"), (b'locale = "es"', b'locale = "fr"')])
def test_a_recall_that_another_names_is_edited(released: Bench, edit: tuple[bytes, bytes]) -> None:
    """An edited recall still counts if it can, and bars everything it could have been about."""
    id = _recalled(released)
    released.sign("en", "reviewer", "Rosa Segunda", today=NEXT)
    file = file_of(released, id)
    file.write_bytes(file.read_bytes().replace(*edit))
    assert {"record-broken", "log-broken"} <= {d.code for d in released.workspace.records().diagnostics}
    assert released.release("en", today=NEXT).failed


def test_a_lost_entry_of_a_renamed_document(released: Bench) -> None:
    """Ids keep the name that a document had; what is barred, and where the file goes, follow the new name."""
    id = _signed_again(released)
    commit(released)
    assert not rename(released.workspace, "signs", "warning", "2026-11-24 09:00+0000").failed
    commit(released)
    assert released.workspace.records().diagnostics == ()
    written = file_of(released, id).read_bytes()
    sign_as(released, "warning", "en", "author")
    file_of(released, id).unlink()
    (problem,) = log_broken(released)
    assert problem.message.startswith(f"{id} is named here")
    assert ("warning", "es") in released.workspace.records().unsure
    git(released, "add", "-A")
    subprocess.run(["sh", "-c", command_of(problem)], cwd=released.root, check=True)
    assert file_of(released, id).read_bytes() == written
    assert log_broken(released) == []


def sign_as(bench: Bench, document: str, locale: str, role: str) -> None:
    """Write a signature on a document under its new name, of which there is no proof."""
    case = open_review_case(bench.workspace, document, locale, NEXT)
    signer = bench.signer(locale, role)
    offered = prepare_signature(case, signer, bench.output, NEXT)
    assert offered.record is not None
    assert offered.wording is not None
    write_signature(case, signer, offered.record, offered.wording)


def command_of(problem: Diagnostic) -> str:
    """The command that the hint gives."""
    return problem.hint.removeprefix("restore it: ").partition(";")[0]


def test_the_last_sign_off_is_edited(released: Bench) -> None:
    """An edited sign-off may be the one that replaced an earlier one, which does not count again for that."""
    file = file_of(released, _signed_again(released))
    file.write_bytes(file.read_bytes().replace(b"Rita", b"Rita "))
    report = released.release("es", today=NEXT)
    assert report.failed
    assert "record-broken" in {d.code for d in report.diagnostics}
    assert identify(released.workspace, released.offered()[0], NEXT).files[0].verdict == "unsure"


def test_another_document_is_not_barred(released: Bench) -> None:
    """A lost record on the Spanish does not bar the English."""
    file_of(released, _signed_again_and_named(released)).unlink()
    assert released.release("es", today=NEXT).failed
    report = released.release("en", today=NEXT)
    assert [piece.locale for piece in report.released] == ["en"]


def _signed_again_and_named(bench: Bench) -> str:
    id = _signed_again(bench)
    bench.sign("en", "reviewer", "Rosa Segunda", today=NEXT)
    return id


@pytest.mark.parametrize("kind", ["recall", "withdrawal", "sign-off", "release"])
def test_the_last_entry_of_all_is_deleted(released: Bench, kind: str) -> None:
    """No record names the last entry; the released edition and its desk page do."""
    id = KINDS[kind](released)
    refresh_released_desk(released.workspace, released.output, NEXT)
    file_of(released, id).unlink()
    assert {d.span.path for d in log_broken(released)} <= {"output/released/manifest.json", "output/desk.html"}
    problem = log_broken(released)[0]
    line = (released.root / problem.span.path).read_text(encoding="utf-8").splitlines()[problem.span.line - 1]
    assert id in problem.message
    assert id in line
    assert released.release("es", today=NEXT).failed
    found = identify(released.workspace, released.output / "released", NEXT)
    assert not [one for one in found.files if one.path.startswith("es/") and one.holds]


# ---- Clocks ----


def test_a_record_dated_back(released: Bench) -> None:
    """A sign-off with the day before an entry that it names does not count, and says what to do."""
    true = next(r for r in entries(released).values() if r.id.startswith("signs/es/reviewer"))
    unsign(released.review_case("es"), "reviewer", "", "by mistake", TODAY)
    heads = released.workspace.records().records.log.heads
    early = replace(true, dated=TODAY - timedelta(days=1), after=heads)
    path = write_record(released.workspace, released.root / ES, *SIGNOFF.write(early))
    found = released.workspace.records()
    (problem,) = [d for d in found.diagnostics if d.code == "clock"]
    assert problem.span.path == released.workspace.relative(path)
    assert heads[0] in path.read_text(encoding="utf-8").splitlines()[problem.span.line - 1]
    assert f"signs/es/{path.stem}" not in {r.id for r in found.records.signoffs}
    assert released.release("es").failed
    # With today's day it counts.
    write_record(released.workspace, released.root / ES, *SIGNOFF.write(replace(true, after=heads)))
    path.unlink()
    assert not released.release("es").failed


def test_a_release_dated_back(released: Bench) -> None:
    """A release with a day before the recall that it names does not count, so its files are not in the log."""
    (true,) = released.workspace.records().records.releases
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", NEXT, released.output)
    heads = released.workspace.records().records.log.heads
    forged = replace(true, number=2, after=heads, pieces=tuple(r for r in true.pieces if r.locale == "es"))
    write_record(released.workspace, releases_folder(released.project), *RELEASE.write(forged))
    found = released.workspace.records()
    assert "clock" in {d.code for d in found.diagnostics}
    assert [r.number for r in found.records.releases] == [1]


def test_a_recall_dated_back_still_counts(released: Bench) -> None:
    """What takes back counts with any day."""
    path = (
        released.root
        / recall(released.workspace, "signs", "es", unlisted("Cora"), "misprint", NEXT, released.output).path
    )
    written = RECALL.read(path.read_text(encoding="utf-8"), path.name)
    path.unlink()
    early = replace(written, dated=date(2020, 1, 1))
    write_record(released.workspace, path.parent, *RECALL.write(early))
    assert "clock" in {d.code for d in released.workspace.records().diagnostics}
    assert "recalled" in {d.code for d in released.release("es", today=NEXT).diagnostics}


# ---- One person, several products, several times ----


def test_the_same_words_signed_again_after_a_recall(released: Bench) -> None:
    """Each is a new entry, and the release after it is one too."""
    before = set(entries(released))
    _recalled(released)
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role, today=NEXT)
    assert len(set(entries(released)) - before) == 4


def test_signing_one_more_product_takes_nothing_back(released: Bench) -> None:
    """What was released on a person's signature stays current when they sign a second product of the same words."""
    edition = released.output / "released"
    products = released.root / "layouts" / "products.toml"
    products.write_text(products.read_text() + '\n[note]\nlayout = "slip"\ndescription = "A second slip"\n')
    released.edit(released.source, "products: [slip]", "products: [slip, note]")
    assert not released.build().failed
    before = identify(released.workspace, edition, NEXT)
    assert {file.verdict for file in before.files} == {"current"}
    for locale, role in PEOPLE:
        case = open_review_case(released.workspace, "signs", locale, NEXT, ("note",))
        signer = released.signer(locale, role)
        offered = prepare_signature(case, signer, released.output, NEXT)
        assert [d.message for d in offered.problems] == []
        assert offered.record is not None
        assert offered.wording is not None
        assert offered.record.replaces == ()
        write_signature(case, signer, offered.record, offered.wording)
        report = identify(released.workspace, edition, NEXT)
        assert {file.verdict for file in report.files} == {"current"}, [file.why for file in report.files]
    assert not released.release(today=NEXT).failed


def test_a_signature_that_its_signer_gave_again_was_not_taken_back(released: Bench) -> None:
    """Nobody says that a signature was taken back if its signer replaced it; what is new is said."""
    paper = Path(shutil.copy(released.offered()[0], released.root / "paper.pdf"))
    released.sign("es", "reviewer", today=NEXT)
    (found,) = identify(released.workspace, paper, NEXT).files
    assert found.verdict == "current"
    released.edit(released.catalog, "dé 2 pasos", "dé dos pasos")
    released.build("es")
    case = released.review_case("es", NEXT)
    offered = prepare_signature(case, released.signer("es", "translator"), released.output, NEXT)
    assert offered.record is not None
    assert offered.wording is not None
    write_signature(case, released.signer("es", "translator"), offered.record, offered.wording)
    released.edit(released.catalog, "dé dos pasos", "dé 2 pasos")
    (found,) = identify(released.workspace, paper, NEXT).files
    assert found.verdict == "unapproved"
    assert "taken back" not in found.why


def test_a_release_names_the_engine_and_the_people(released_with_keys: Bench) -> None:
    """Every entry that needs a signer has the hash of the list of people, a release the build of the engine too."""
    mark = people_hash(released_with_keys.workspace)
    found = entries(released_with_keys).values()
    assert mark
    assert {record.people for record in found if isinstance(record, SignOff | Release)} == {mark}
    (made,) = [record for record in found if isinstance(record, Release)]
    assert made.engine.endswith(f", build {engine_build()}")
    assert re.fullmatch("[0-9a-f]{16}", engine_build())
