"""The review sheet shows every proof as what it is: pages of a PDF as pictures, a web page by its name."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from pressroom.approval import ReleaseFacts
from pressroom.commands.building.batch import piece_path
from pressroom.commands.building.build import build
from pressroom.commands.signing.review import review
from pressroom.commands.signing.review_case import ReviewCase, open_review_case
from pressroom.layout import Layout
from pressroom.planning.plan import Request
from pressroom.publish import Manifest, PieceRecord, Store
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import TODAY, with_web

ROOT = Path(__file__).parents[3]


def opened(project: Path, document: str, locale: str, today: date = TODAY) -> ReviewCase:
    """The document in the locale."""
    return open_review_case(Workspace.open(project), document, locale, today)


def blank() -> bytes:
    """A PDF of one page."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("locale", ["en", "es"])
@pytest.mark.parametrize("document", ["dvt-pe", "epidural-blood-patch", "services"])
def test_the_documents_of_this_project(document, locale, tmp_path, monkeypatch):
    """Step 1 of docs/how-to/sign.md works for every document, English and a translation, whatever products it has."""
    monkeypatch.setattr("pressroom.render.proof.render_paper", lambda composition, template: b"%PDF-1.7")
    case, store = opened(ROOT, document, locale), Store(tmp_path)
    records, kinds = [], set()
    for job in case.jobs:
        layout = case.workspace.layout(job.product.layout)
        assert isinstance(layout, Layout)
        kind = layout.file_kind
        kinds.add(kind)
        digest = store.add(blank() if kind == "pdf" else b"<!doctype html><p>A page")
        facts = ReleaseFacts(sha256=digest, key=job.key)
        path = piece_path(job, "proof", kind)
        records.append(PieceRecord(*job.id, "machine", facts, path, 1, sources=job.sources))
    store.publish(Manifest(tuple(records)))
    report = review(case, tmp_path)
    assert "proof-outdated" not in {d.code for d in report.findings}
    page = report.value[-1].read_text(encoding="utf-8")
    products = {job.product.name for job in case.jobs}
    assert kinds == {"pdf", "html"}
    assert page.count("data:image/png") == len(products) - page.count("in a browser")
    assert page.count("in a browser") == 1


def test_a_web_page_that_was_really_made(tmp_path):
    """A review sheet has pictures of the leaflet, and says where the web page can be read."""
    project = with_web(tmp_path)
    request = Request((), ("de",))
    assert not build(
        Workspace.open(project), request, output=project / "output", jobs=1, progress=lambda *_: None
    ).failed
    report = review(opened(project, "after-your-visit", "de"), project / "output")
    assert report.findings == ()
    page = report.value[-1].read_text(encoding="utf-8")
    assert "data:image/png" in page
    assert ".web-page." in page.split("in a browser")[0]


@pytest.mark.parametrize("header", ["en", "de"])
def test_back_translations_are_english_whatever_the_header_says(header, tmp_path):
    """A back-translation may be a copy of the translation's catalog with other texts, or a file of its own."""
    project = with_web(tmp_path)
    source = (project / "locales/de/LC_MESSAGES/after-your-visit.po").read_text(encoding="utf-8")
    text = source.replace("Language: de", f"Language: {header}").replace('\n#~ msgid "(end of the file)"\n', "\n")
    text = text.removesuffix('\n#~ msgstr "(end of the file)"\n')
    back = tmp_path / "back.po"
    back.write_text(text, encoding="utf-8")
    report = review(opened(project, "after-your-visit", "de"), project / "output", back)
    assert not [finding for finding in report.findings if finding.code.startswith(("catalog", "plural"))]
