from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pressroom.approval import Waiver
from pressroom.approval.records import WAIVER
from pressroom.approval.waiving import subject_hashes
from pressroom.catalog.read import read_catalog
from pressroom.cli import main
from pressroom.language import find_language

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 23)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "tests/projects/other-clinic", tmp_path / "p", ignore=shutil.ignore_patterns(".cache", "output")
    )
    catalog = tmp_path / "p/locales/de/LC_MESSAGES/after-your-visit.po"
    blocks = catalog.read_text(encoding="utf-8").split("\n\n")
    blocks[2] = re.sub(r"msgstr (?s:.*)", 'msgstr ""', f"# ?: <b>Who?\n{blocks[2]}")
    catalog.write_text("\n\n".join(blocks), encoding="utf-8")
    return tmp_path / "p"


def run(project: Path, *words: str) -> Result:
    """What the command does in this project."""
    return CliRunner().invoke(main, ["--project", str(project), *words], catch_exceptions=False)


class Seen(HTMLParser):
    """What a browser would fetch or run, what a screen reader would say of the bars, and whether tags are paired."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.bars: list[str] = []
        self.outside: list[str] = []
        self.headings: list[str] = []

    def handle_starttag(self, tag, attrs):
        """Note a tag."""
        facts = dict(attrs)
        if tag != "meta":
            self.open.append(tag)
        if tag in ("script", "link", "img", "iframe") or "src" in facts or facts.get("href", "#")[:1] != "#":
            self.outside.append(tag)
        if facts.get("role") == "img":
            self.bars.append(facts["aria-label"])
        if re.fullmatch(r"h\d", tag):
            self.headings.append(tag)

    def handle_endtag(self, tag):
        """Note its end."""
        assert self.open.pop() == tag


def test_a_question_stands_below_the_table_and_in_the_json(project):
    """Text for people, with the line to go to; JSON for programs, in the row it belongs to."""
    text = run(project, "status").output
    assert "1 question from translators:\nlocales/de/LC_MESSAGES/after-your-visit.po:" in text
    assert "answer: a note above source/leaflets/after-your-visit.md:" in text
    rows = json.loads(run(project, "status", "--format", "json").output)["data"]["documents"]
    (question,) = [q for row in rows for q in row["questions"]]
    source = (project / question["source"]["path"]).read_text(encoding="utf-8").splitlines()
    assert question["message"].split()[0] in source[question["source"]["line"] - 1]
    asked = [(row["document"], row["locale"], q["question"]) for row in rows for q in row["questions"]]
    assert asked == [("after-your-visit", "de", "<b>Who?")]


def test_what_a_reviewer_waived_is_listed(project):
    """Who, why and when, below the table and in the JSON; a waiver of a text that changed since is void."""
    path = project / "locales/de/LC_MESSAGES/after-your-visit.po"
    catalog, _ = read_catalog(path.read_bytes(), path.name, find_language("de"))
    entry = next(entry for entry in catalog.active if entry.translated)
    message, text = subject_hashes(entry.subject)
    said = Waiver(
        document="after-your-visit", locale="de", code="number-changed", message=message, text=text,
        quoted=entry.msgstr, reason="a word", name="Rita", qualification="RN", dated=DAY,
    )  # fmt: skip
    folder = project / "locales/de/signoffs/after-your-visit"
    for waiver in (said, replace(said, text="0" * 16)):
        name, text = WAIVER.write(waiver)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    text = run(project, "status").output
    assert "2 findings waived:" in text
    assert "after-your-visit de: number-changed in “" in text
    assert "number-changed (void: the text changed since) in “" in text
    assert "  Rita, RN, 2026-11-23: a word" in text
    rows = json.loads(run(project, "status", "--format", "json").output)["data"]["documents"]
    waived = [(row["locale"], w["code"], w["name"], w["holds"]) for row in rows for w in row["waivers"]]
    assert sorted(waived) == [("de", "number-changed", "Rita", False), ("de", "number-changed", "Rita", True)]
    run(project, "status", "--html", str(project / "s.html"))
    page = (project / "s.html").read_text(encoding="utf-8")
    assert page.count("Rita, RN, 2026-11-23: a word") == 2
    assert page.count("void: the text changed since") == 1


def test_the_picture_stands_alone_and_says_its_bars_in_words(project, tmp_path):
    """Nothing is fetched, tags are paired, every bar has a text, and a question can't write HTML."""
    assert run(project, "status", "--html", str(tmp_path / "s.html")).exit_code == 0
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    seen = Seen()
    seen.feed(page)
    assert (seen.open, seen.outside) == ([], [])
    # A document and the layouts in two locales, at a glance and in the tables.
    assert len(seen.bars) == 8
    assert re.fullmatch(r"\d+ translated, 1 to translate", seen.bars[0])
    assert seen.headings == ["h1", "h2", "h2", "h2", "h2"]
    assert "&lt;b&gt;Who?" in page
    assert '<span lang="fa" dir="rtl" class="own">' in page
    assert "url(" not in page


def test_a_page_that_can_not_be_written_is_reported(project):
    """A page that can't be written, here below a file, is reported with exit code 1 and not a traceback."""
    result = run(project, "status", "--html", str(project / "pyproject.toml" / "s.html"))
    assert result.exit_code == 1
    assert "s.html can't be written: " in result.output


def test_a_hand_off_goes_out_and_comes_back_by_the_command(project, tmp_path):
    """Export says what it made, import what came back, a wrong file is exit code 1 and a wrong locale 2."""
    assert run(project, "update").exit_code == 0
    zipped = str(tmp_path / "de.zip")
    made = run(project, "handoff", "export", "--locale", "de", "--no-proofs", "--output", zipped)
    assert (made.exit_code, made.output.splitlines()[0]) == (0, f"{zipped}: 8 files")
    back = run(project, "handoff", "import", zipped)
    assert back.exit_code == 0
    assert back.output.splitlines()[0].split()[:4] == ["document", "locale", "from", "translated"]
    (tmp_path / "x.xlf").write_bytes(b"<!DOCTYPE x><xliff/>")
    refused = run(project, "handoff", "import", str(tmp_path / "x.xlf"), "--format", "json")
    assert refused.exit_code == 1
    assert "handoff-unreadable" in refused.output
    assert run(project, "handoff", "export", "--locale", "tlh").exit_code == 2


@pytest.mark.parametrize("path", ["source/clinics.toml", "layouts/products.toml"])
def test_a_table_that_cannot_be_read(project: Path, path: str) -> None:
    """Without the clinics or the products there is no text to tell of: that is an error, and nothing is finished."""
    with (project / path).open("a", encoding="utf-8") as file:
        file.write("x = =\n")
    done = run(project, "status")
    assert done.exit_code == 1
    assert f"first to fix: {path}:" in done.output
    assert "everything is translated" not in done.output
