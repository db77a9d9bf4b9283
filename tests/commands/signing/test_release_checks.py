"""What bars a release before anything is rendered, without a proof: quick, for each fault by itself."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.approval.records import SignOff, Waiver
from pressroom.approval.waiving import subject_hashes
from pressroom.commands.signing.release_checks import release_bars, unwaived_errors
from pressroom.commands.signing.verdicts import Verdicts, open_verdicts
from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic, documented_codes
from pressroom.planning.plan import Job
from tests.commands.conftest import TODAY, Bench, make_bench

_CONTROL = "{% macro control(control"
TEXT = Subject("message", "Call for help", "", "Pida ayuda")


@pytest.fixture(scope="module")
def _fresh(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return make_bench(tmp_path_factory.mktemp("fresh") / "project")


@pytest.fixture
def bench(_fresh: Bench, tmp_path: Path) -> Bench:
    """A project that nobody built or signed."""
    return Bench(Path(shutil.copytree(_fresh.root, tmp_path / "project")))


def _opened(bench: Bench, locale: str = "en") -> tuple[Verdicts, Job]:
    verdicts = open_verdicts(bench.workspace, TODAY)
    return verdicts, next(job for job in verdicts.jobs.values() if job.language.tag == locale)


def _bars(bench: Bench) -> list[tuple[str, int]]:
    """The codes and lines of what the document lacks; what the missing signatures say is left out."""
    found = release_bars(*_opened(bench))
    return [(d.code, d.span.line) for d in found if d.code != "unapproved"]


def _line(bench: Bench, text: str) -> int:
    return next(n for n, line in enumerate(bench.source.read_text("utf-8").splitlines(), 1) if text in line)


def test_nothing_but_signatures(bench: Bench) -> None:
    """A whole document lacks only its signatures."""
    assert _bars(bench) == []
    assert {d.code for d in release_bars(*_opened(bench))} == {"unapproved"}


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("# Call for help", "# Call for help\n\n<!-- slot: clinician -->", "release-slot", "slot:"),
        ("# Call for help", "<!-- pending: clinician -->\n# Call for help", "release-pending", "pending:"),
        ("panel: act", "panel: text", "act-missing", "panel: text"),
    ],
)
def test_what_a_document_lacks(bench: Bench, old: str, new: str, code: str, at: str) -> None:
    """A slot, words that wait for a clinician, a card without `act`: one finding, at its line."""
    bench.edit(bench.source, old, new)
    assert [name for name, _ in _bars(bench)] == [code]
    assert abs(_bars(bench)[0][1] - _line(bench, at)) <= 1


@pytest.mark.parametrize(
    ("version", "barred"),
    [("1.0", False), ("1.9", True), ("1.10", False), ("1.10a", False), ("1.11", False), ("2", False), ("1", True)],
)
def test_a_version_never_goes_down(bench: Bench, version: str, barred: bool) -> None:
    """Each part of a version is a number: 1.9 is below 1.10, and 1.10a is above it."""
    bench.edit(bench.source, 'version: "1.0"', f'version: "{version}"')
    verdicts, job = _opened(bench)
    released = {"1.0": (), "1.10": ()} if version != "1.0" else {"1.0": ()}
    evidence = replace(verdicts.evidence, versions={(job.document, "en"): released})
    found = [d for d in release_bars(replace(verdicts, evidence=evidence), job) if d.code == "version"]
    assert bool(found) == barred
    assert all((d.span.line, "below 1.10" in d.message) == (_line(bench, "version:"), True) for d in found)


@pytest.mark.parametrize("version", ["two", "1.0-b", "1.0.0.0.0", "1.0aa", "v1"])
def test_what_is_no_version(bench: Bench, version: str) -> None:
    """A version is numbers and at most one letter: a reader of paper tells by it which one is newer."""
    bench.edit(bench.source, 'version: "1.0"', f'version: "{version}"')
    assert _bars(bench) == [("version", _line(bench, "version:"))]
    verdicts, job = _opened(bench)
    evidence = replace(verdicts.evidence, versions={(job.document, "en"): {"1.0": ()}})
    found = [d.message for d in release_bars(replace(verdicts, evidence=evidence), job) if d.code == "version"]
    assert found == [f"{version!r} is not a version"]


def test_a_clinic_that_is_not_filled_in(bench: Bench) -> None:
    """A new project's clinic has its values in brackets until somebody writes them."""
    bench.edit("source/clinics.toml", "1 Meadow Lane", "[street and number]")
    assert [code for code, _ in _bars(bench)] == ["clinic-unfilled"]


def test_a_notice_of_language_services(bench: Bench) -> None:
    """A document that asks for the notice needs a layout that prints it, and a clinic that has supplied it."""
    bench.edit(bench.source, "review-by: 2027-11", "review-by: 2027-11\nnotice: required")
    found = [d for d in release_bars(*_opened(bench)) if d.code == "notice-missing"]
    assert [d.span.path for d in found] == ["layouts/slip/layout.toml", "source/clinics.toml"]
    _supply_notice(bench)
    found = [d for d in release_bars(*_opened(bench)) if d.code == "notice-missing"]
    assert [d.span.path for d in found] == ["layouts/slip/layout.toml"]


def test_a_layout_that_prints_the_notice(bench: Bench) -> None:
    """Where the layout prints it, the clinic must have supplied it, whether the document asks for it or not."""
    bench.edit("layouts/slip/template.html", f"{_CONTROL}) %}}", f"{_CONTROL}, notice) %}}{{{{ notice }}}}")
    assert [code for code, _ in _bars(bench)] == ["notice-missing"]
    _supply_notice(bench)
    assert _bars(bench) == []
    bench.edit(bench.source, "review-by: 2027-11", "review-by: 2027-11\nnotice: required")
    assert _bars(bench) == []


def _supply_notice(bench: Bench) -> None:
    clinics = bench.root / "source" / "clinics.toml"
    notice = '\n[larkspur-clinic.notice]\nen = "An invented notice"\n'
    clinics.write_text(clinics.read_text("utf-8") + notice, encoding="utf-8")


def test_only_a_card_needs_an_act_panel(bench: Bench) -> None:
    """On paper of another kind the panels are the author's."""
    bench.edit(bench.source, "panel: act", "panel: text")
    bench.edit("layouts/slip/layout.toml", 'class = "card"', 'class = "brochure"')
    assert "act-missing" not in {code for code, _ in _bars(bench)}


def test_an_expired_date(bench: Bench) -> None:
    """What is past its date is reported at the line of the date, and all else at that of the title."""
    bench.edit(bench.source, "\ndate: 2026-11", "\ndate: 2025-10")
    bench.edit(bench.source, "review-by: 2027-11", "review-by: 2026-10")
    verdicts, job = _opened(bench)
    assert {d.code: d.span.line for d in release_bars(verdicts, job)} == {
        "unapproved": _line(bench, "title:"),
        "expired": _line(bench, "review-by:"),
    }


def test_a_document_that_cannot_be_read(bench: Bench) -> None:
    """What is wrong with its file bars it."""
    bench.edit(bench.source, "# Call for help", "# Call for help\n\n<b>now</b>")
    assert "markup-html" in {code for code, _ in _bars(bench)}


def test_a_layout_that_cannot_be_read(bench: Bench) -> None:
    """What is wrong with its layout bars a piece."""
    bench.edit("layouts/slip/layout.toml", 'page = "front"', 'page = "back"')
    assert "layout" in {code for code, _ in _bars(bench)}


def test_a_letter_of_a_version(bench: Bench) -> None:
    """1.0 is below 1.0b."""
    verdicts, job = _opened(bench)
    evidence = replace(verdicts.evidence, versions={(job.document, "en"): {"1.0b": ()}})
    assert "version" in {d.code for d in release_bars(replace(verdicts, evidence=evidence), job)}


def test_a_number_of_two_documents(bench: Bench) -> None:
    """Two documents never share a number."""
    text = bench.source.read_text(encoding="utf-8")
    other = bench.source.parent / "other.md"
    other.write_text(text.replace("CRD-001", "CRD-002"), encoding="utf-8")
    assert _bars(bench) == []
    other.write_text(text, encoding="utf-8")
    assert ("number-twice", _line(bench, "number:")) in _bars(bench)


def _waiver(code: str, *, subject: Subject = TEXT, name: str = "Rita Revisora") -> Waiver:
    message, text = subject_hashes(subject)
    return Waiver(
        document="signs", locale="es", code=code, message=message, text=text, quoted=subject.translation,
        reason="an invented one", name=name, qualification="licensed in a story", dated=TODAY,
    )  # fmt: skip


def _translator(name: str) -> SignOff:
    return SignOff(
        document="signs", locale="es", role="translator", name=name, qualification="licensed in a story",
        dated=TODAY, review_by="2027-11", english="", translation="", texts="", words={}, drawings={},
    )  # fmt: skip


def _left(bench: Bench, finding: Diagnostic, *waivers: Waiver, signed: tuple[SignOff, ...] = ()) -> bool:
    """True if the finding still bars the Spanish."""
    verdicts, job = _opened(bench, "es")
    records = replace(verdicts.evidence.records, waivers=waivers)
    piece = verdicts.piece(job.id)
    assert piece.state is not None
    known = {job.id: replace(piece, state=replace(piece.state, signed=signed))}
    verdicts = replace(verdicts, evidence=replace(verdicts.evidence, records=records), _pieces=known)
    return unwaived_errors(verdicts, job, [finding]) == (finding,)


@pytest.mark.parametrize("code", ["number-changed", "overset", "release-slot", "markup-literal"])
def test_every_error_is_kept(bench: Bench, code: str) -> None:
    """Whatever its code, an error that nobody waived bars a piece."""
    assert _left(bench, diagnostic(code, Span("signs.po", 3), "an invented finding", subject=TEXT))


def test_what_a_reviewer_waived(bench: Bench) -> None:
    """A reviewer's waiver lifts a judgement; one of the translator, or of another text, does not."""
    (code, *_) = (name for name, known in documented_codes().items() if known.waivable and known.bars)
    finding = diagnostic(code, Span("signs.po", 3), "an invented finding", subject=TEXT)
    other = replace(TEXT, translation="Pida ayuda ya")
    assert _left(bench, finding)
    assert not _left(bench, finding, _waiver(code))
    assert _left(bench, finding, _waiver(code), signed=(_translator("RITA REVISORA"),))
    assert _left(bench, finding, _waiver(code, subject=other))


def test_a_warning_bars_nothing(bench: Bench) -> None:
    """A finding that is no error does not bar a piece."""
    (code, *_) = (name for name, known in documented_codes().items() if not known.bars)
    assert not _left(bench, diagnostic(code, Span("signs.po", 3), "an invented finding", subject=TEXT))
