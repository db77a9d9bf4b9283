from __future__ import annotations

import json
import re
from datetime import date

import pypdfium2
import pytest
from click.testing import CliRunner

from pressroom.cli import main
from pressroom.commands.signing.review import review
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.signer import unlisted
from pressroom.commands.signing.status import document_statuses, requested_verdicts
from pressroom.commands.signing.withdraw import recall
from pressroom.planning.plan import Request

TODAY = date(2026, 11, 23)


def told(bench, locale: str = "es", today: date = TODAY):
    """The news of the document in a locale."""
    return document_statuses(requested_verdicts(bench.workspace, Request(), today))["signs", locale]


def test_states(built):
    """The state goes from translated by reviewed to approved as people sign, and stays reviewed without the English."""
    assert told(built).words == "translated"
    built.sign("es", "translator")
    built.sign("es", "reviewer")
    assert told(built).words == "reviewed"
    built.sign("es", "clinician")
    assert told(built).words == "reviewed"
    built.sign("en", "clinician")
    assert told(built, "en").words == "translated"
    built.sign("en", "author")
    assert (told(built).words, told(built, "en").words) == ("approved", "approved")


def test_on_top(released):
    """Expired, recalled and stale are said on top of the state."""
    assert told(released, today=date(2027, 12, 1)).words == "approved, expired"
    released.edit(released.catalog, "Pida ayuda", "Busque ayuda")
    assert told(released).words == "translated, stale"
    recall(released.workspace, "signs", "es", unlisted("Cora Clinic"), "misprint", TODAY, released.output)
    assert told(released).words == "translated, stale, recalled"


def test_sentences_that_nobody_has_written(built):
    """A slot is said beside the state, in every locale, and the review sheet says where it is."""
    built.edit(built.source, "Call for help", "Call for help\n\n<!-- slot: clinician -->")
    assert (told(built).words, told(built, "en").words) == ("translated, slots", "translated, slots")
    line = 1 + built.source.read_text(encoding="utf-8").split("<!-- slot")[0].count("\n")
    files = review(open_review_case(built.workspace, "signs", "es", TODAY), built.output).value
    page = files[-1].read_text(encoding="utf-8")
    assert f"source/signs.md:{line}: a sentence awaits a clinician" in page


def test_a_broken_record_is_named(built):
    """A record that does not count is named: on the error stream, or among the findings of the JSON."""
    built.sign("es", "translator")
    (record,) = (built.root / "locales/es/signoffs/signs").glob("translator-*.toml")
    record.write_bytes(b"\xff")
    shown = CliRunner().invoke(main, ["--project", str(built.root), "status"])
    assert shown.exit_code == 0
    assert record.name in shown.stderr
    assert record.name not in shown.stdout
    said = json.loads(CliRunner().invoke(main, ["--project", str(built.root), "status", "--format", "json"]).stdout)
    assert [finding for finding in said["findings"] if finding["path"].endswith(record.name)]


def test_what_changed(released):
    """Each locale is told, word by word, what changed in the English since it was signed, and only that."""
    assert told(released).english == ()
    released.edit(released.source, "take 2 steps back", "take 2 big steps back")
    released.update()
    changes = [str(change) for change in told(released).english]
    assert changes == ["If your leg is **swollen**, take 2 {+big +}steps back."]
    shown = CliRunner().invoke(main, ["--project", str(released.root), "status", "--locale", "es"])
    assert "the English changed since Carlos Clínico signed as clinician on 2026-11-23" in shown.stdout
    assert "{+big +}" in shown.stdout


def test_the_review_sheet(built, tmp_path):
    """The sheet has every message in both languages, its findings, its status and pictures of the proof's pages."""
    built.edit(built.catalog, "dé 2 pasos", "dé 3 pasos")
    built.edit(built.catalog, 'msgid "Call for help"', '#, fuzzy\nmsgid "Call for help"')
    built.build("es")
    back = tmp_path / "back.po"
    back.write_text(built.catalog.read_text().replace("Señales de alarma", "Signs of alarm"))
    report = review(built.review_case("es"), built.output, back)
    assert report.findings == ()
    pdf, page = report.value
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(pdf))
    text = " ".join(text.split())
    for said in ("Warning signs", "Señales de alarma", "Signs of alarm", "Pida ayuda", "fuzzy", "number-changed"):
        assert said in text
    html = page.read_text()
    assert html.count("data:image/png;base64,") == 1
    assert not re.search(r"(src|href)=.(?!data:)", html)
    again = (pdf.read_bytes(), page.read_bytes())
    review(built.review_case("es"), built.output, back)
    assert (pdf.read_bytes(), page.read_bytes()) == again


def test_a_review_sheet_without_a_proof(built):
    """A review sheet whose proof has other words says so and shows no page."""
    built.edit(built.catalog, "Pida ayuda", "Busque ayuda")
    report = review(built.review_case("es"), built.output)
    assert {d.code for d in report.findings} == {"proof-outdated"}
    assert "data:image" not in report.value[1].read_text()


@pytest.mark.parametrize("printed", [True, False])
def test_the_notice(released, printed):
    """A piece that must travel with the notice is released only with the clinic's own text, where it is printed."""
    released.edit(released.source, "review-by: 2027-11", "review-by: 2027-11\nnotice: required")
    if printed:
        template = "layouts/slip/template.html"
        released.edit(template, "text(panels, blocks)", "text(panels, blocks, notice)")
        released.edit(template, ".blocks) }}", ".blocks) }}{{ notice }}")
    clinics = released.root / "source" / "clinics.toml"
    assert "notice-missing" in {d.code for d in released.release("es").diagnostics}
    clinics.write_text(clinics.read_text() + '\n[larkspur-clinic.notice]\nes = "Ayuda gratis en su idioma."\n')
    released.build("es")
    released.sign("es", "reviewer")
    report = released.release("es")
    assert report.failed is not printed
    if printed:
        text = pypdfium2.PdfDocument(released.offered()[0])[0].get_textpage().get_text_range()
        assert "Ayuda gratis" in " ".join(text.split())
