from __future__ import annotations

import hashlib
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from pressroom.language import families, font_file, sign_fonts
from pressroom.publish import Store

if TYPE_CHECKING:
    from tests.commands.conftest import Bench
from tests.desk_pages import offered_files

TODAY = date(2026, 11, 23)


def codes(report) -> set[str]:
    """The codes of a report's errors."""
    return {d.code for d in report.diagnostics if d.severity == "error"}


def refused(bench: Bench, *locales: str, today: date = TODAY) -> set[str]:
    """Why nothing of what was asked for is released, with nothing in the edition that was not there."""
    before = {path: path.read_bytes() for path in bench.offered()}
    report = bench.release(*(locales or ("es",)), today=today)
    assert report.failed
    assert not report.released
    assert all(before.get(path) == path.read_bytes() for path in bench.offered())
    return codes(report)


def test_nobody_signed(built):
    """A complete translation that nobody signed is not released."""
    assert refused(built) == {"unapproved"}
    assert built.offered() == []


def test_everybody_signed(released):
    """A piece that all signed is released under its version, without a proof's marks."""
    (file,) = released.offered()
    assert file.name == "signs.es.slip.larkspur-clinic.v1.0.pdf"
    text = " ".join(pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range().split())
    assert "Llame al 911" in text
    assert "CRD-001 · es · 1.0 · 2026-11 · review by 2027-11" in text
    assert "PROOF" not in text
    assert "DRAFT" not in text


def test_proofs_and_releases_live_apart(released):
    """Building proofs leaves the released edition as it was."""
    before = released.offered()[0].read_bytes()
    released.edit(released.source, "Call for help", "Call for help now")
    released.update()
    released.build()
    assert released.offered()[0].read_bytes() == before


def test_again_makes_nothing(released):
    """A second release of the same makes nothing, logs nothing and leaves the edition as it is."""
    edition = (released.output / "released").resolve()
    report = released.release()
    assert not report.failed
    assert report.made == frozenset()
    assert report.log == ""
    assert (released.output / "released").resolve() == edition
    assert len(list((released.root / "releases").iterdir())) == 1


@pytest.mark.parametrize(
    ("locale", "role"),
    [("en", "author"), ("en", "clinician"), ("es", "translator"), ("es", "reviewer"), ("es", "clinician")],
)
def test_each_signature_is_needed(released, locale, role):
    """Without any one of the signatures the piece is refused, and its last release stays."""
    (record,) = [r for r in released.workspace.records().records.signoffs if (r.locale, r.role) == (locale, role)]
    folder = released.root / ("source" if locale == "en" else "locales/es") / "signoffs" / "signs"
    (folder / record.file).unlink()
    assert refused(released) == {"unapproved", "log-broken", "record-broken"}
    assert len(released.offered()) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dé 2 pasos", "dé 3 pasos"),
        ("**hinchada**", "**fría**"),
        ("Pida ayuda", "Espere"),
        ("Llame al {emergency}", "No llame al {emergency}"),
        ('msgstr "Pida ayuda"', '#, fuzzy\nmsgstr "Pida ayuda"'),
        ('msgstr "Pida ayuda"', 'msgstr ""'),
    ],
)
def test_a_changed_translation(released, old, new):
    """No change of a signed translation, not of a digit, is released on the old signatures."""
    if "fuzzy" in new:
        released.edit(released.catalog, 'msgid "Call for help"', '#, fuzzy\nmsgid "Call for help"')
    else:
        released.edit(released.catalog, old, new)
    assert refused(released) & {"unapproved", "stale"}
    assert len(released.offered()) == 1


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("source/signs.md", "2 steps", "20 steps"),
        ("source/signs.md", "review-by: 2027-11", "review-by: 2029-11"),
        ("source/signs.md", "number: CRD-001", "number: CRD-002"),
        ("source/signs.md", "# Call for help\n\nIf your leg is **swollen**, take 2 steps back.",
         "If your leg is **swollen**, take 2 steps back.\n\n# Call for help"),
        ("source/clinics.toml", 'emergency = "911"', 'emergency = "112"'),
    ],
)  # fmt: skip
def test_a_changed_source(released, path, old, new):
    """A change of the English, its order, its review date or the emergency number voids every signature."""
    released.edit(path, old, new)
    released.update()
    assert {"stale", "unapproved"} <= refused(released, "en")
    assert "unapproved" in refused(released, "es")


def test_a_new_clinic_is_confirmed_by_a_clinician(released):
    """A clinic that was not there when the English was signed is released nothing."""
    clinics = released.root / "source" / "clinics.toml"
    clinics.write_text(clinics.read_text() + '\n[far]\nname = "Far"\naddress = ["Road"]\nemergency = "911"\n')
    report = released.release("es")
    assert {record.clinic for record in report.refused} == {"far"}
    assert {record.clinic for record in report.released} == {"larkspur-clinic"}


def test_layout_changed(released):
    """A new look is not released until one who signed has looked at it."""
    released.edit("layouts/slip/style.css", "{", "{ color: #111; ")
    assert refused(released) == {"look-unsigned"}
    released.build("es")
    released.sign("es", "reviewer", today=TODAY + timedelta(days=1))
    report = released.release("es", today=TODAY + timedelta(days=1))
    assert not report.failed, codes(report)


def test_rewrapping_keeps_signatures(released):
    """A tool's round trip of the catalog and re-wrapped English void nothing."""
    text = released.catalog.read_text(encoding="utf-8")
    wrapped = text.replace('msgstr "Si tiene la pierna ', 'msgstr ""\n"Si tiene la "\n"pierna ')
    assert wrapped != text
    released.catalog.write_text(wrapped + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n', encoding="utf-8")
    released.edit(released.source, "**swollen**, take 2", "**swollen**,\ntake 2")
    report = released.release("es", "en")
    assert not report.failed, codes(report)


def test_expired(released):
    """A piece is released on the last day of its review month and not on the next."""
    assert not released.release("es", today=date(2027, 11, 30)).failed
    assert refused(released, today=date(2027, 12, 1)) == {"expired"}


def test_the_clock_set_back(released):
    """A day earlier than the newest record releases nothing."""
    report = released.release("es", today=TODAY - timedelta(days=1))
    assert codes(report) == {"clock"}
    assert not report.released


def test_a_record_edited(released):
    """A record that was edited since it was written does not count."""
    (record,) = (released.root / "locales/es/signoffs/signs").glob("reviewer-*.toml")
    released.edit(record, "Rita Revisora", "Somebody Else")
    assert refused(released) == {"record-broken", "log-broken", "unapproved"}


def test_a_record_copied_from_another_locale(released):
    """A signature under one document or locale does not count in another's folder."""
    (clinician,) = (released.root / "source/signoffs/signs").glob("clinician-*.toml")
    folder = released.root / "locales/es/signoffs/signs"
    next(iter(folder.glob("clinician-*.toml"))).unlink()
    shutil.copy(clinician, folder / clinician.name)
    assert refused(released) == {"record-broken", "log-broken", "unapproved"}


def test_one_person_in_two_roles(built):
    """Two records of one person under two roles, however they were made, are one pair of eyes."""
    built.sign("en", "clinician")
    built.sign("es", "translator")
    offered = built.offer("es", "reviewer", "  tomás  TRADUCTOR ")
    assert "one-person" in {d.code for d in offered.problems}
    from pressroom.commands.signing.sign import write_signature
    from pressroom.commands.signing.signer import Signer

    assert offered.record is not None
    write_signature(
        built.review_case("es"), Signer("reviewer", "tomás TRADUCTOR", "x"), offered.record, offered.wording
    )
    built.sign("es", "clinician")
    assert {"one-person", "unapproved"} <= refused(built)


def test_old_words_do_not_come_back(released):
    """Words that were signed, then changed and signed anew, are not approved again by going back to them."""
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    released.build("es")
    for role in ("translator", "reviewer", "clinician"):
        released.sign("es", role)
    assert not released.release("es").failed
    released.edit(released.catalog, "Busque ayuda", "Pida ayuda")
    assert {"stale", "unapproved"} == refused(released)


def test_machine_drafts(released):
    """A text recorded as a machine's is released only where a translator signed that very text."""
    from pressroom.commands.catalogs.update import record_machine_drafts

    record_machine_drafts(released.workspace, "es", ())
    assert not released.release("es").failed
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    record_machine_drafts(released.workspace, "es", ())
    assert "unapproved" in refused(released)
    assert released.review_case("es").cases()[0][1].name == "machine"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("# Call for help", "<!-- pending: clinician -->\n# Call for help", "release-pending"),
        ("# Call for help", "# Call for help\n\n<!-- slot: clinician -->", "release-slot"),
        ("panel: act", "panel: text", "act-missing"),
        ('version: "1.0"', 'version: "1.0 PROOF"', "front-matter"),
        ('version: "1.0"', 'version: "../../1"', "front-matter"),
    ],
)
def test_the_document_itself(released, old, new, code):
    """Pending words, a slot, a card without `act` and a version that is none are refused, whoever signed."""
    released.edit(released.source, old, new)
    assert code in refused(released)


def test_overset(built):
    """Text that does not fit is never signed nor released."""
    long = "Si tiene la pierna **hinchada**, dé 2 pasos atrás. " + "Espere un momento más y vuelva a mirar. " * 60
    built.fill({"If your leg is **swollen**, take 2 steps back.": long.strip()})
    built.build()
    assert "overset" in {d.code for d in built.offer("es", "translator").problems}


def test_a_file_changed_in_the_edition(released):
    """A released file that somebody edits is made anew, and no edited bytes stay."""
    (file,) = released.offered()
    good = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(good.replace(b"%PDF-1.7", b"%PDF-1.6"))
    report = released.release("es")
    assert not report.failed
    assert released.offered()[0].read_bytes() == good


def test_without_the_log_nothing_is_released_or_offered(released):
    """The edition names the last entry. Without it nothing new is made or offered, and nothing is deleted."""
    shutil.rmtree(released.root / "releases")
    report = released.release()
    assert report.failed
    assert "log-broken" in codes(report)
    assert report.withdrawn == ()
    assert len(released.offered()) == 1
    assert offered_files(released.output) == []


def test_the_old_translation_goes_with_the_new_english(released):
    """A released translation of older English is offered only together with the English that replaced it."""
    released.edit(released.source, "take 2 steps", "take 3 steps")
    released.update()
    released.build("en")
    released.sign("en", "clinician")
    released.sign("en", "author")
    report = released.release()
    assert report.failed
    (kept,) = report.kept
    assert (kept.locale, kept.state, kept.offer_with) == ("es", "stale", "en/signs.en.slip.larkspur-clinic.v1.0.pdf")
    manifest = Store(released.output, "released").manifest().by_id()
    assert manifest[kept.id].offer_with == kept.offer_with


def test_the_manifest_says_it_all(released):
    """A released edition's manifest names the state, every signature, the hashes and the versions."""
    manifest = Store(released.output, "released").manifest()
    spanish = next(record for record in manifest.pieces if record.locale == "es")
    assert spanish.state == "approved"
    assert [said.split()[0] for said in spanish.signed] == ["translator", "reviewer", "clinician"]
    facts = spanish.facts
    assert all(
        (facts.sha256, facts.inputs, facts.content.english, facts.content.translation, spanish.drawing.base, facts.key)
    )
    assert {"weasyprint", "pango", "harfbuzz", "fontconfig", "icu4py"} <= set(manifest.made_with)
    assert "absent" not in manifest.made_with.values()
    fonts = {name: digest for name, digest in manifest.made_with.items() if name.startswith("font ")}
    listed = (*families(["Noto Sans"]), *sign_fonts())
    files = [font_file(face) for family in listed for face in family.faces]
    assert fonts == {f"font {file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_an_unreadable_recall_bars_everything(released):
    """A recall that can't be read could be of any piece, so nothing is released."""
    folder = released.root / "source" / "recalls"
    folder.mkdir()
    (folder / "signs-2026-11-23-00000000.toml").write_text("<<<<<<< ours\n")
    assert "record-broken" in refused(released)
