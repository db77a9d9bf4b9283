from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from pressroom.commands.building.explain import Why
from pressroom.planning.ledger import differences, ledger_of
from pressroom.render.copyfit import Sizes
from pressroom.render.frame_model import FrameModel
from pressroom.render.work import Work, together
from tests.production.test_by_parts import of_clinic

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
SAME = "a file changed, and the piece prints the same"
SPANISH = "locales/es/LC_MESSAGES/visit.po"
pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture
def built(minimal: Path, publish: Publish) -> Path:
    """A project whose pieces are made."""
    assert publish(minimal, "build").exit_code == 0
    return minimal


def _why(publish: Publish, root: Path, *arguments: str) -> dict[str, tuple[bool, str]]:
    """Whether the piece of each language is made, and why."""
    answer: dict[str, Any] = json.loads(publish(root, "build", "--explain", "--format", "json", *arguments).stdout)
    return {why["locale"]: (why["made"], why["reason"]) for why in answer["data"]["why"]}


def test_first_time(minimal: Path, publish: Publish) -> None:
    """A piece that was never made is made for the first time, and the next build says that nothing changed."""
    assert _why(publish, minimal) == {"en": (True, "for the first time"), "es": (True, "for the first time")}
    assert _why(publish, minimal) == {"en": (False, "nothing changed"), "es": (False, "nothing changed")}


def test_in_words(built: Path, publish: Publish) -> None:
    """People read a line for each document, product and language, with the clinic or how many there are."""
    lines = publish(built, "build", "--explain").stdout.splitlines()
    assert "visit slip es (larkspur-clinic): kept: nothing changed" in lines


def test_how_it_was_measured(minimal: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that is made says how many layouts it took, and which frames a page showed otherwise; a kept one not."""
    at = FrameModel.at

    def wrong(model: FrameModel, sizes: Sizes) -> object:
        laid = at(model, sizes)
        for child in laid.children:
            child.top -= 3
        return laid

    monkeypatch.setattr(FrameModel, "at", wrong)
    (why, _) = json.loads(publish(minimal, "build", "--explain", "--format", "json").stdout)["data"]["why"]
    assert why["layouts"] > 1
    assert why["disagreed"] == ["control", "text"]
    assert why["unread"] == []
    lines = publish(minimal, "build", "--explain").stdout.splitlines()
    assert "visit slip es (larkspur-clinic): kept: nothing changed" in lines


def test_the_line_of_a_piece_that_was_made() -> None:
    """After the reason come the layouts, and the frames that were measured in them."""
    work = Work(4, ("text",), (("contact", "a table"), ("map", "what floats")))
    why = Why("visit", "slip", "es", True, "phone changed", ("larkspur-clinic", "aster-clinic"), work)
    assert str(why) == (
        "visit slip es (2 clinics): made: phone changed; 4 layouts; a page was not as calculated: text; "
        "measured in layouts: contact (a table), map (what floats)"
    )


def test_work_of_several_pieces() -> None:
    """Layouts add up; a frame is named once."""
    one, other = Work(3, ("b",), (("c", "a table"),)), Work(1, ("a", "b"), (("c", "a table"),))
    assert together([one, other]) == Work(4, ("a", "b"), (("c", "a table"),))


EDITS = {
    "a translation": (
        (SPANISH, "Use ropa cómoda", "Use ropa ancha"),
        {"es": (True, f"message “Wear loose clothes” ({SPANISH}:34) changed")},
    ),
    "a comment": (
        (SPANISH, "#. title in visit", "# A comment.\n#. title in visit"),
        {"es": (False, "a file changed, and the piece prints the same")},
    ),
    "a message": (
        ("source/visit.md", "- Wear loose clothes", "- Wear loose clothes\n- Bring this letter"),
        {
            "en": (True, "message “Bring this letter” is new (source/visit.md:18)"),
            "es": (True, "message “Bring this letter” is new (source/visit.md:18)"),
        },
    ),
    "a number": (
        ("source/clinics.toml", "0142", "0143"),
        {
            "en": (True, "phone of larkspur-clinic (source/clinics.toml:2) changed"),
            "es": (True, "phone of larkspur-clinic (source/clinics.toml:2) changed"),
        },
    ),
    "a style": (
        ("layouts/slip/style.css", "0.4em", "0.5em"),
        {
            "en": (True, "layouts/slip/style.css (layouts/slip/style.css) changed"),
            "es": (True, "layouts/slip/style.css (layouts/slip/style.css) changed"),
        },
    ),
    "a measure": (
        ("layouts/slip/layout.toml", "78mm", "77mm"),
        {
            "en": (True, "layouts/slip/layout.toml (layouts/slip/layout.toml) changed"),
            "es": (True, "layouts/slip/layout.toml (layouts/slip/layout.toml) changed"),
        },
    ),
    "a product": (
        ("layouts/products.toml", "A slip of paper", "A small slip of paper"),
        {
            "en": (True, "product slip (layouts/products.toml:2) changed"),
            "es": (True, "product slip (layouts/products.toml:2) changed"),
        },
    ),
    "a date": (
        ("source/visit.md", "review-by: 2027-11", "review-by: 2027-12"),
        {
            "en": (True, "front matter of visit (source/visit.md:3) changed"),
            "es": (True, "front matter of visit (source/visit.md:3) changed"),
        },
    ),
}


@pytest.mark.parametrize(("change", "expected"), EDITS.values(), ids=EDITS)
def test_what_changed(
    change: tuple[str, str, str], expected: dict[str, tuple[bool, str]], built: Path, publish: Publish, edit: Edit
) -> None:
    """A build names what changed with its line: a message, a clinic's number, a style, a measure, the front matter."""
    name, old, new = change
    edit(built / name, old, new)
    assert {"en": (False, "nothing changed"), "es": (False, "nothing changed")} | expected == _why(publish, built)


def test_a_language_of_the_project(built: Path, publish: Publish) -> None:
    """The project's table of a language concerns the pieces in that language alone."""
    (built / "locales" / "languages.toml").write_text('[es]\nautonym = "Castellano"\n')
    why = _why(publish, built)
    assert why["en"] == (False, SAME)
    assert why["es"] == (True, "the fonts of es, the letters in them, or its facts changed")


COMMENTS = {
    "layouts/slip/style.css": ("line-height", "/* of\n\n lines */ line-height"),
    "layouts/slip/template.html": ("{% macro control", "{# for\n\n staff #}\n\n{% macro control"),
    "layouts/brand.toml": ("[colour]", "\n# ours\n[colour]"),
    "layouts/words.toml": ("[draft]", "\n# ours\n[draft]"),
    "layouts/slip/layout.toml": ("[sheet]", "\n# ours\n[sheet]"),
    "source/clinics.toml": ("[larkspur", "\n# ours\n[larkspur"),
}


def test_comments_print_nothing(built: Path, publish: Publish, edit: Edit) -> None:
    """Comments and blank lines in every file of a project make nothing again, and a build from nothing agrees."""
    edit(built / "layouts/slip/style.css", ".frame-text { ", ".frame-text {\n  ")
    for name, (old, new) in COMMENTS.items():
        edit(built / name, old, new)
    assert _why(publish, built) == {"en": (False, SAME), "es": (False, SAME)}
    assert publish(built, "build", "--verify").exit_code == 0


def test_a_sheet(minimal: Path, publish: Publish, edit: Edit) -> None:
    """What a piece is imposed on is named with its own file."""
    sheet = 'width = "210mm"\nheight = "297mm"\ncell = ["90mm", "60mm"]\ncolumns = 2\nrows = 4\n'
    sheets = minimal / "layouts" / "sheets.toml"
    sheets.write_text(
        f'[a4]\ndescription = "A4"\n{sheet}first = ["15mm", "20mm"]\npitch = ["90mm", "60mm"]\nmarks = true\n'
    )
    edit(minimal / "layouts" / "products.toml", 'layout = "slip"', 'layout = "slip"\nsheet = "a4"\nflip = "long-edge"')
    assert publish(minimal, "build").exit_code == 0
    edit(sheets, "20mm", "21mm")
    assert _why(publish, minimal)["es"] == (True, "sheet a4 (layouts/sheets.toml) changed")


def test_damaged(built: Path, publish: Publish) -> None:
    """A file that is not what was made is made again, and that is the reason."""
    (path,) = (built / "output/current/es").iterdir()
    path.chmod(0o644)
    path.write_bytes(b"%PDF-")
    assert _why(publish, built)["es"] == (True, "its file is gone, or is not what was made")


def test_a_picture() -> None:
    """A picture is named by its own file, in the folder of its document."""
    piece = of_clinic(0)
    pictured = replace(piece, images={**piece.images, "drawings/door.png": b"a door"})
    (said,) = differences(ledger_of(piece), ledger_of(pictured))
    assert said == "picture drawings/door.png is new (source/leaflets/drawings/door.png)"


def test_without_the_ledger(
    built: Path, publish: Publish, edit: Edit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where nothing is kept of the earlier build, it still says which part of the piece changed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    edit(built / SPANISH, "Use ropa cómoda", "Use ropa ancha")
    assert _why(publish, built)["es"] == (True, "its texts, its layout or its pictures changed")


def test_another_program(built: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that changed is named."""
    from pressroom.planning import keys, versions

    others = versions.library_versions() | {"pango": "0.0"}
    for module in (keys, versions):
        monkeypatch.setattr(module, "library_versions", lambda: others)
    assert _why(publish, built)["es"] == (True, "pango changed")
