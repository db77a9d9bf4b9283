from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.commands.building.desk_page import write_desk
from pressroom.publish import Store
from pressroom.workspace.workspace import Workspace
from tests.desk_pages import desk_text, offered_files

pytestmark = pytest.mark.usefixtures("fonts")

SHEET = """[two]
description = "Letter, plain, 1 × 2 with cut marks"
width = "8.5in"
height = "11in"
cell = ["90mm", "60mm"]
columns = 1
rows = 2
first = ["60mm", "20mm"]
pitch = ["90mm", "65mm"]
marks = true
"""
PRODUCT = """
[{name}]
layout = "slip"
description = "Slips, two to cut out"
then = "cut at the marks"
sheet = "two"
flip = "{flip}"
"""


def test_rows(minimal: Path, publish: Callable[..., Result], edit: Callable[[Path, str, str], None]) -> None:
    """A row says the paper without what is printed on it, the edge and what to do then; two files alike are one row."""
    (minimal / "layouts" / "sheets.toml").write_text(SHEET, encoding="utf-8")
    with (minimal / "layouts" / "products.toml").open("a", encoding="utf-8") as file:
        for name, flip in (("slips", "long-edge"), ("slips-again", "long-edge"), ("slips-short", "short-edge")):
            file.write(PRODUCT.format(name=name, flip=flip))
    edit(minimal / "source" / "visit.md", "[slip]", "[slips, slips-again, slips-short]")
    result = publish(minimal, "build", "--locale", "en", "--format", "json")
    assert result.exit_code == 0, result.output
    manifest = json.loads((minimal / "output" / "current" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["files"]) == 3
    (page,) = (minimal / "output" / "proofs").rglob("en.html")
    assert page.parent.name == "letter"
    text = page.read_text(encoding="utf-8")
    assert len(offered_files(minimal / "output", "proofs")) == 2
    assert text.count("Letter, plain; two sides, flip on the short edge; cut at the marks") == 1
    assert text.count("</svg>flip on the long edge</li>") == 1
    assert text.count("Slips, two to cut out. Then: cut at the marks.") == 1


def test_a_printer_of_one_edge(minimal: Path, publish: Callable[..., Result], edit: Callable[..., None]) -> None:
    """The page of a printer that turns paper on its short edge says so in every row, and tells two alike rows once."""
    (minimal / "layouts" / "sheets.toml").write_text(SHEET, encoding="utf-8")
    with (minimal / "layouts" / "products.toml").open("a", encoding="utf-8") as file:
        for name, flip in (("slips", "long-edge"), ("slips-short", "short-edge")):
            file.write(PRODUCT.format(name=name, flip=flip))
    with (minimal / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write('printers.desk = { front = [2.0, 0.0], flip = "short-edge" }\n')
    edit(minimal / "source" / "visit.md", "[slip]", "[slips, slips-short]")
    publish(minimal, "build", "--locale", "en")
    store = Store(minimal / "output", "current")
    folder = minimal / "output" / "printers" / "desk"
    shutil.copytree(store.current, folder / "current", symlinks=False)
    sources = {record.path: record.sha256 for record in store.manifest().pieces if record.made}
    (folder / "released.json").write_text(json.dumps(sources), encoding="utf-8")
    write_desk(Workspace.open(minimal), store, [record for record in store.manifest().pieces if record.made])
    page = desk_text(folder, "proofs")
    assert len(offered_files(folder, "proofs")) == 1
    assert "flip on the short edge" in page
    assert "flip on the long edge" not in page
    assert "flip on the long edge" in desk_text(minimal / "output", "proofs")
