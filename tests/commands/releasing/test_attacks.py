"""Every way somebody hurried, careless or hostile would get a text onto a release that people did not sign as it is."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from pressroom.approval import Waiver, text_hash
from pressroom.approval.records import SIGNOFF, WAIVER
from pressroom.commands.building import batch as building
from pressroom.commands.releasing.release import ReleaseOrder, release
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.withdraw import recall, return_messages, unsign
from pressroom.planning.fonts import accept_fonts
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request
from pressroom.publish import ManifestError
from pressroom.workspace.records import write_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Bench

TODAY = date(2026, 11, 23)
ES = "locales/es/signoffs/signs"
PO = "locales/es/LC_MESSAGES/signs.po"


def refusal(bench: Bench, *locales: str, today: date = TODAY) -> set[str]:
    """The codes for which nothing is released; each is told with a next move, and nothing new is in the edition."""
    before = {path: path.read_bytes() for path in bench.offered()}
    report = bench.release(*(locales or ("es",)), today=today)
    errors = [d for d in report.diagnostics if d.severity == "error"]
    assert report.failed
    assert report.released == ()
    assert errors
    assert all(d.message and d.hint for d in errors)
    assert all(before.get(path) == path.read_bytes() for path in bench.offered())
    return {d.code for d in errors}


def record(bench: Bench, locale: str, role: str):
    """The record of a role."""
    return next(r for r in bench.workspace.records().records.signoffs if (r.locale, r.role) == (locale, role))


def forge(bench: Bench, locale: str, role: str, **change: object) -> None:
    """A record made from another by a hand that knows how records are named; it replaces the true one."""
    true = record(bench, locale, role)
    folder = bench.root / ("source/signoffs/signs" if locale == "en" else ES)
    known = {"replaces": (true.id,), "after": bench.workspace.records().records.log.heads}
    write_record(bench.workspace, folder, *SIGNOFF.write(replace(true, **(known | change))))


# Records.


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rita Revisora", "Rita Otra"),
        ('locale = "es"', 'locale = "en"'),
        ('document = "signs"', 'document = "other"'),
        ("2026-11-23", "2026-11-22"),
        ('review-by = "2027-11"', 'review-by = "2028-11"'),
        ('"911"', '"112"'),
    ],
)
def test_an_edited_record(released, old, new):
    """A record of which anything was edited does not count, and the refusal names its file."""
    path = released.root / ES / record(released, "es", "reviewer").file
    released.edit(path, old, new)
    assert {"unapproved", "record-broken"} <= refusal(released)


@pytest.mark.parametrize("name", ["clinician-2026-11-23-00000000.toml", "reviewer-2026-11-24-{hash}.toml", "note.toml"])
def test_a_renamed_record(released, name):
    """A record under another name does not count."""
    path = released.root / ES / record(released, "es", "reviewer").file
    path.rename(path.with_name(name.format(hash=path.stem.rpartition("-")[2])))
    assert {"unapproved", "record-broken"} <= refusal(released)


def test_a_record_copied_into_another_role(released):
    """A translator's record rewritten as the reviewer's is one person in two roles."""
    true = record(released, "es", "translator")
    (released.root / ES / record(released, "es", "reviewer").file).unlink()
    write_record(released.workspace, released.root / ES, *SIGNOFF.write(replace(true, role="reviewer")))
    assert "one-person" in refusal(released)


def test_records_copied_from_another_document(released):
    """Signatures under one document do not count in the folder of another."""
    other = released.root / "source" / "more.md"
    other.write_text(released.source.read_text().replace("CRD-001", "CRD-002"))
    released.update()
    shutil.copy(released.catalog, released.catalog.with_name("more.po"))
    for folder in ("source/signoffs", "locales/es/signoffs"):
        shutil.copytree(released.root / folder / "signs", released.root / folder / "more")
    found = released.workspace.records()
    assert {d.code for d in found.diagnostics} == {"record-broken"}
    assert {r.document for r in found.records.signoffs} == {"signs"}


def test_records_copied_from_another_locale(released):
    """Signatures under Spanish do not count as those of another locale."""
    released.edit("pyproject.toml", '["es"]', '["es", "fr"]')
    released.update()
    shutil.copy(released.catalog, released.root / "locales/fr/LC_MESSAGES/signs.po")
    shutil.copytree(released.root / ES, released.root / "locales/fr/signoffs/signs")
    assert {"record-broken"} <= refusal(released, "fr")


def test_records_copied_from_another_project(released):
    """A project with other clinics gains nothing by the signatures of the first, whose numbers they confirmed."""
    released.edit("source/clinics.toml", "[larkspur-clinic]", "[far-clinic]")
    assert "unapproved" in refusal(released)


def test_a_record_of_a_day_to_come(released):
    """A record dated tomorrow releases nothing today."""
    forge(released, "es", "reviewer", dated=TODAY + timedelta(days=1))
    assert refusal(released) == {"clock"}


def test_the_clock_set_back_before_the_log(released):
    """With every signature older than the log of releases, a day before the log releases nothing."""
    assert refusal(released, today=TODAY - timedelta(days=1)) == {"clock"}


@pytest.mark.parametrize(
    "field", ["english", "translation", "texts", "review_by", "words", "drawings", "clinic_values"]
)
def test_a_forged_hash(released, field):
    """A record with another hash of anything that it stands for does not carry the piece."""
    other = {"slip": "0" * 32, "slip/larkspur": f"{'0' * 32} {'0' * 32}", "larkspur": "0" * 32}
    value = other if field in ("words", "drawings", "clinic_values") else "2030-01" if "by" in field else "0" * 32
    everybody = [("es", role) for role in ("translator", "reviewer", "clinician")]
    for locale, role in everybody:
        forge(released, locale, role, **{field: value})
    if field == "texts":
        # The words signed are kept to show what changed; they decide nothing.
        assert not released.release("es").failed
    else:
        assert refusal(released) & {"unapproved", "look-unsigned", "stale"}


@pytest.mark.parametrize(
    "name",
    [
        "TOMÁS TRADUCTOR", "Tomas Traductor", "Traductor, Tomás", "  Tomás   Traductor ", "Toma\u0301s Traductor",
        "Dr. Tomás Traductor", "T. Traductor", "Tomás Traductor, MD", "Tomás", "Tom\u200bás Traductor",
        "Т\u043emás Тr\u0430du\u0441t\u043er", "Tomás Traduct0r", "\uff34omás Traductor", "Tomás Traductοr",
    ],
)  # fmt: skip
def test_one_person_however_written(built, name):
    """A name that can't be told from the translator's signs as nothing else, and counts as nothing else."""
    built.sign("en", "clinician")
    built.sign("es", "translator")
    assert "one-person" in {d.code for d in built.offer("es", "reviewer", name).problems}
    built.sign("es", "reviewer")
    built.sign("es", "clinician")
    forge(built, "es", "reviewer", name=name)
    assert "one-person" in refusal(built)


def test_a_symlinked_record(released, tmp_path):
    """A record that is a link to a file elsewhere does not count."""
    path = released.root / ES / record(released, "es", "reviewer").file
    path.symlink_to(shutil.move(path, tmp_path / path.name))
    assert {"unapproved", "record-broken"} <= refusal(released)


def test_a_symlinked_recall_bars(released, tmp_path):
    """A recall that is a link can't be read, so nothing is released."""
    folder = released.root / "source" / "recalls"
    folder.mkdir()
    (folder / "signs.toml").symlink_to(tmp_path / "gone.toml")
    assert "record-broken" in refusal(released)


def test_a_withdrawal_that_was_edited_into_nonsense(released):
    """A return that can't be read bars its piece: what it voided must not come back."""
    _, path = return_messages(released.review_case("es"), (), unlisted("Rita"), "too formal", TODAY)
    path.write_text("voids =")
    assert "record-broken" in refusal(released)


def test_a_returned_text_whose_fuzzy_marks_are_taken_away(released):
    """A tool that drops the fuzzy marks of returned messages does not bring the signatures back."""
    before = released.catalog.read_bytes()
    return_messages(released.review_case("es"), (), unlisted("Rita"), "too formal", TODAY)
    released.catalog.write_bytes(before)
    assert "unapproved" in refusal(released)


def test_a_signature_taken_back(released):
    """After a signature was taken back nothing new is released."""
    unsign(released.review_case("es"), "reviewer", "", "by mistake", TODAY)
    assert "unapproved" in refusal(released)


def test_two_branches_merged(released):
    """Two branches in which two people signed the same words merge; two that signed other words release nothing."""
    released.sign("es", "reviewer", "Rosa Segunda")
    assert not released.release("es").failed
    forge(released, "es", "reviewer", translation="0" * 32, replaces=(), after=())
    assert "stale" in refusal(released)


@pytest.mark.parametrize("path", [PO, "source/signs.md", "{record}", "source/clinics.toml"])
def test_marks_of_a_merge_left_in_a_file(released, path):
    """A file with the marks of a merge that nobody finished releases nothing."""
    file = released.root / path.format(record=f"{ES}/{record(released, 'es', 'reviewer').file}")
    text = file.read_text()
    file.write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> branch\n")
    assert refusal(released)


# Waivers.


def waive(bench: Bench, code: str, english: str, text: str, name: str = "Rita Revisora", **change: str) -> None:
    """A waiver written as the program would, for whatever it would refuse."""
    said = Waiver(
        document="signs",
        locale="es",
        code=code,
        message=text_hash(f"\x04{english}"),
        text=text_hash(text),
        quoted=text,
        reason="because",
        name=name,
        qualification="a story",
        dated=TODAY,
    )
    write_record(bench.workspace, bench.root / ES, *WAIVER.write(replace(said, **change)))


def spoilt(bench: Bench, old: str, new: str) -> None:
    """A translation with an error, signed by hands that wrote their own records."""
    bench.edit(bench.catalog, old, new)
    case = bench.review_case("es").cases()[0][0]
    for role in ("translator", "reviewer", "clinician"):
        forge(bench, "es", role, translation=case.wording.translation)


NUMBER = "If your leg is **swollen**, take 2 steps back."
CHANGED = "Si tiene la pierna **hinchada**, dé 3 pasos atrás."


def test_a_waiver_lets_its_finding_pass(released):
    """A reviewer's waiver of a changed number in this very text excuses it, and nothing else does."""
    spoilt(released, "dé 2 pasos", "dé 3 pasos")
    assert "number-changed" in refusal(released)
    waive(released, "number-changed", NUMBER, CHANGED)
    assert released.review_case("es").errors() == []


@pytest.mark.parametrize(
    "change",
    [
        {"message": "0" * 16},
        {"text": "0" * 16},
        {"document": "other"},
        {"locale": "fr"},
        {"code": "markup-changed"},
        {"name": "Tomas Traductor"},
    ],
)
def test_a_waiver_of_something_else(released, change):
    """A waiver of another message, text, document, locale or finding, or by the translator, excuses nothing."""
    spoilt(released, "dé 2 pasos", "dé 3 pasos")
    waive(released, **{"code": "number-changed", "english": NUMBER, "text": CHANGED, **_named(change)})
    assert "number-changed" in refusal(released)


def _named(change: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in change.items() if key not in ("text", "message")} | (
        {"english": "Call for help"} if "message" in change else {"text": "Otra"} if "text" in change else {}
    )


@pytest.mark.parametrize(
    ("english", "old", "new"),
    [
        ("Call {emergency}", "Llame al {emergency}", "Llame al 911"),
        ("Call {emergency}", "Llame al {emergency}", "Llame al {phone}"),
        (NUMBER, "**hinchada**", "<b>hinchada</b>"),
        ("Call for help", "Pida ayuda", "Pida \u202eayuda"),
    ],
)
def test_what_is_never_waived(released, english, old, new):
    """No waiver excuses a placeholder, markup, an emergency number or the direction of text."""
    spoilt(released, old, new)
    codes = {d.code for d in released.review_case("es").findings() if d.severity == "error"}
    assert codes
    for code in codes:
        waive(
            released,
            code,
            english,
            next(e.msgstr for e in released.review_case("es").catalogs()[0][0].active if e.msgid == english),
        )
    assert refusal(released) & codes


# Words.


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dé 2 pasos", "dé 2 pas\u043es"),
        ("dé 2 pasos", "dé  2 p\u200basos"),
        ("Pida ayuda", "Pida ayuda."),
        ("Pida ayuda", "pida ayuda"),
        ("**hinchada**", "*hinchada*"),
        ("**hinchada**", "hinchada"),
        ("Llame al {emergency}", "{emergency} llame al"),
        ("pierna **hinchada**, dé", "pierna **hinchada** dé"),
        ('msgid "Call for help"', 'msgctxt "act"\nmsgid "Call for help"'),
        ('msgid "Call for help"', 'msgid "Call for help!"'),
    ],
)
def test_words_changed_after_signing(released, old, new):
    """No sign of a signed translation can change, whoever calls it the same text."""
    released.edit(released.catalog, old, new)
    assert refusal(released)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 steps", "3 steps"),
        ("**swollen**", "*swollen*"),
        ("steps back.", "steps back!"),
        ("title: Warning signs", "title: Signs"),
        ("Call {emergency}", "Call {phone}"),
        ("panel: act", "panel: turn-over"),
        ("# Call for help", "<!-- pending: clinician -->\n# Call for help"),
    ],
)
def test_english_changed_after_signing(released, old, new):
    """No sign of the signed English can change, nor its place, and a word that awaits a clinician bars it."""
    released.edit(released.source, old, new)
    assert refusal(released, "en")
    assert refusal(released)


def test_a_fuzzy_mark_dropped_by_a_tool(released):
    """English that changed makes its translation fuzzy; the mark taken away, the old translation is not released."""
    released.edit(released.source, "take 2 steps back", "take 2 steps forward")
    released.update()
    text = released.catalog.read_text()
    assert "fuzzy" in text
    released.catalog.write_text("\n".join(line for line in text.splitlines() if "fuzzy" not in line) + "\n")
    assert {"unapproved", "stale"} <= refusal(released)


def test_an_entry_twice(released):
    """A catalog with two entries of one message releases nothing: which was signed nobody knows."""
    text = released.catalog.read_text()
    released.catalog.write_text(text + '\nmsgid "Call for help"\nmsgstr "Espere"\n')
    assert refusal(released)


def test_the_record_of_drafts_deleted_or_edited(built):
    """Without a translator's signature a draft is not released, whatever becomes of the record that says it is one."""
    folder = built.root / "locales" / "es" / "drafts"
    folder.mkdir()
    built.sign("en", "clinician")
    built.sign("es", "reviewer")
    built.sign("es", "clinician")
    (folder / "signs.txt").write_text("not a row\n")
    assert "draft-record" in refusal(built) or "unapproved" in refusal(built)
    (folder / "signs.txt").unlink()
    assert refusal(built) == {"unapproved"}


@pytest.mark.parametrize("name", [PO, "source/signs.md", "source/clinics.toml"])
def test_a_symlink_in_place_of_a_text(released, tmp_path, name):
    """A text that is a link to a file elsewhere is not released, though it says the same."""
    path = released.root / name
    path.symlink_to(shutil.move(path, tmp_path / path.name))
    assert refusal(released)


# What stands around the words.


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("source/clinics.toml", "Larkspur Clinic", "Another Clinic"),
        ("source/clinics.toml", "1 Meadow Lane", "2 Meadow Lane"),
        ("source/clinics.toml", "801-555-0142", "801-555-0143"),
        ("source/clinics.toml", 'emergency =', 'url = "https://example.org"\nemergency ='),
        ("pyproject.toml", "[tool.pressroom]", '[tool.pressroom]\naddress = "https://example.org/{document}-{locale}"'),
        ("layouts/slip/style.css", "{", "{ color: #111; "),
    ],
)  # fmt: skip
def test_what_stands_around_the_words(released, path, old, new):
    """A clinic's imprint, an address or a style that draws what nobody who signed has looked at is not released."""
    file = released.root / path
    file.write_text(file.read_text().replace(old, new, 1))
    assert "look-unsigned" in refusal(released)


@pytest.mark.parametrize(
    ("path", "old", "new", "made"),
    [
        # Comments are part of no key, so the file that was released is kept.
        ("layouts/brand.toml", "[", "# another\n[", 0),
        ("layouts/slip/style.css", "{", "{ /* nothing */ ", 0),
        ("layouts/slip/template.html", "{{ blocks", "{# nothing #}{{ blocks", 0),
        ("layouts/slip/style.css", "{", "{ orphans: 2; ", 1),
        ("layouts/slip/template.html", "{{ blocks", "{{ '' }}{{ blocks", 1),
    ],
)
def test_a_change_that_draws_the_same_page(released, path, old, new, made):
    """Whatever draws exactly the signed page is released; nobody signs twice."""
    file = released.root / path
    file.write_text(file.read_text().replace(old, new, 1))
    report = released.release("es")
    assert not report.failed
    assert len(report.made) == made


def test_another_engine_that_draws_the_same(released, monkeypatch):
    """An upgrade changes every key, and asks for no signature while it draws the same pages."""
    monkeypatch.setattr("pressroom.planning.keys._engine", lambda: "another")
    report = released.release("es")
    assert not report.failed
    assert len(report.made) == 1


def test_a_font_that_is_not_the_locked_one(built):
    """A font file with other bytes than the lock has, whatever its own checksums say, releases nothing until mended."""
    built.sign_all()
    lock = built.root / accept_fonts(built.workspace)
    text = lock.read_text()
    lock.write_text(re.sub(r'sha256 = "\w+"', f'sha256 = "{"0" * 64}"', text))
    report = built.release("es")
    told = [d for d in report.diagnostics if d.severity == "error"]
    assert {d.code for d in told} == {"font-locked"}
    assert all("apt-get install --reinstall fonts-noto-core" in d.hint for d in told)
    assert built.offered() == []
    lock.write_text(text)
    assert not built.release("es").failed
    assert len(built.offered()) == 1


def test_a_product_that_nobody_signed(released):
    """A release asked for as a product that nobody signed is refused, though the words are signed as another."""
    products = released.root / "layouts" / "products.toml"
    products.write_text(products.read_text() + '\n[other]\nlayout = "slip"\ndescription = "The same"\n')
    order = ReleaseOrder(released.output, unlisted("Paula"), TODAY, 5, 1)
    report = release(released.workspace, Request(("signs",), ("es",), (), ("other",)), order, lambda *_: None)
    assert report.released == ()
    assert {d.code for d in report.diagnostics if d.severity == "error"} == {"unapproved"}
    for wrong in (Request(("sings",)), Request((), ("xx",)), Request((), (), ("far",)), Request((), (), (), ("none",))):
        with pytest.raises(UsageError):
            release(released.workspace, wrong, order, lambda *_: None)


def test_text_written_while_it_is_released(released, monkeypatch):
    """A text that changes on disk after the decision, while the files are made, is not released."""
    released.edit(released.source, 'version: "1.0"', 'version: "1.1"')
    press = building.Batch.make

    def slow(self, *given):
        yield from press(self, *given)
        released.edit(released.catalog, "Pida ayuda", "Espere")

    monkeypatch.setattr(building.Batch, "make", slow)
    assert "changed-meanwhile" in refusal(released)


# The edition.


def put(path, data: bytes) -> None:
    """Another file in a file's place, as an editor or a copy leaves it."""
    path.unlink()
    path.write_bytes(data)


def replaced(bench: Bench) -> None:
    """A file of the edition replaced."""
    put(bench.offered()[0], b"%PDF-1.7 tampered")


def replaced_by_a_link(bench: Bench) -> None:
    """A file of the edition replaced by a link."""
    (bench.root / "x.pdf").write_bytes(b"%PDF-1.7 tampered")
    bench.offered()[0].unlink()
    (bench.output / "released").resolve().joinpath("es", "signs.es.slip.larkspur-clinic.v1.0.pdf").symlink_to(
        bench.root / "x.pdf"
    )


def added(bench: Bench) -> None:
    """A file laid beside those of the edition."""
    (bench.output / "released").resolve().joinpath("es", "Handout.pdf").write_bytes(b"%PDF-1.7 tampered")


def copied(bench: Bench) -> None:
    """The link replaced by a folder with a tampered copy."""
    edition = (bench.output / "released").resolve()
    (bench.output / "released").unlink()
    shutil.copytree(edition, bench.output / "released")
    put(bench.offered()[0], b"%PDF-1.7 tampered")


def object_replaced(bench: Bench) -> None:
    """The bytes kept under a hash replaced."""
    for path in (bench.output / "objects").iterdir():
        put(path, b"%PDF-1.7 tampered")


@pytest.mark.parametrize("harm", [replaced, replaced_by_a_link, added, copied, object_replaced])
def test_a_hand_in_the_edition(released, harm: Callable[[Bench], None]):
    """Whatever was done by hand to the released edition is gone after the next release, and verify tells it before."""
    harm(released)
    told = identify(released.workspace, released.output / "released", TODAY)
    assert told.failed or harm is object_replaced
    released.release()
    files = [path for path in (released.output / "released").resolve().rglob("*") if path.is_file()]
    assert len(files) == 3
    assert not any(path.is_symlink() for path in files)
    assert not any(b"tampered" in path.read_bytes() for path in files)
    assert not identify(released.workspace, released.output / "released", TODAY).failed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"path": "es/', '"path": "../../'),
        ('"path": "es/', '"path": "es/new-'),
        ('"state": "approved"', '"state": "x"'),
    ],
)
def test_a_manifest_edited_by_hand(released, old, new):
    """A manifest that is not as it was written is refused. In a folder of another name it decides nothing either."""
    released.edit(released.output / "released" / "manifest.json", old, new)
    released.edit(released.catalog, "Pida ayuda", "Espere")
    with pytest.raises(ManifestError, match="it was changed after it was written"):
        released.release()
    edition = (released.output / "released").resolve()
    (released.output / "released").unlink()
    edition.rename(released.output / "released")
    released.release()
    assert not list(released.root.glob("*.pdf"))
    assert not list((released.output / "released" / "es").glob("new-*"))
    assert "Espere" not in (released.output / "released" / "manifest.json").read_text()


def test_an_old_edition_put_back_by_hand(released, tmp_path):
    """An edition from before a recall, put back by hand, loses the recalled piece at the next release."""
    old = (released.output / "released").resolve()
    backup = shutil.copytree(old, tmp_path / "backup")
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert not list(released.output.rglob("signs.es.*v1.0.pdf"))
    shutil.rmtree(old)
    shutil.move(backup, old)
    (released.output / "released").unlink()
    (released.output / "released").symlink_to(old)
    assert len(released.offered()) == 1
    assert "recalled" in refusal(released)
    assert released.offered() == []


def test_an_output_that_leads_elsewhere(released, tmp_path):
    """Objects kept elsewhere by a link are not what is published: an edition's files are files."""
    shutil.move(released.output / "objects", tmp_path / "objects")
    (released.output / "objects").symlink_to(tmp_path / "objects")
    released.edit(released.source, "Call for help", "Call for help now")
    released.release("en")
    assert all(not path.is_symlink() for path in (released.output / "released").resolve().rglob("*"))
