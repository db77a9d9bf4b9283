"""A project's own files lie over the packaged layouts: file by file, and in four tables key by key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.language import find_language
from pressroom.layout import LayoutError, read_brand, read_layout, read_products, read_sheets
from pressroom.planning.keys import piece_key
from pressroom.planning.plan import Request, make_plan
from pressroom.project import Files, find_project, packaged_root
from pressroom.workspace.workspace import Workspace

Publish = Callable[..., Result]
SETTINGS = '[tool.pressroom]\nname = "Larkspur"\nlocales = ["es"]\n'
CLINIC = '[larkspur]\nname = "Larkspur Clinic"\naddress = ["1 Meadow Lane"]\nphone = "555-0100"\nemergency = "112"\n'
BROCHURE = """---
number: VIS-001
title: Your visit
products: [flyer-a4, web-page]
version: "0.1"
date: 2026-11
review-by: 2027-11
---

<!-- panel: cover -->

# Your visit

<!-- panel: one -->

## What to bring

- Your letter
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project without a folder `layouts/`."""
    (tmp_path / "source").mkdir()
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "source" / "clinics.toml").write_text(CLINIC, encoding="utf-8")
    (tmp_path / "source" / "visit.md").write_text(BROCHURE, encoding="utf-8")
    return tmp_path


def files(project: Path) -> Files:
    """The project's files over the packaged ones."""
    return Files(project, packaged_root())


def write(project: Path, name: str, text: str) -> None:
    """Write a file of the project's own in `layouts/`."""
    path = project / "layouts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def key(workspace: Workspace) -> str:
    """The key of the English flyer."""
    product = workspace.products().value["flyer-a4"]
    (clinic,) = workspace.clinics().value
    return piece_key(workspace, workspace.root / "source/visit.md", find_language("en"), clinic, product)


def test_a_project_without_layouts_has_the_packaged_ones(project: Path) -> None:
    """Every product and its layout is there, under the names that they have in the package."""
    read = files(project)
    assert {"trifold-a4", "metric-card", "web-page"} <= read_products(read).keys()
    assert "a4-id1" in read_sheets(read)
    assert read_layout(read, "trifold-a4").path == "layouts/trifold-a4/layout.toml"
    assert read.is_packaged("layouts/trifold-a4/layout.toml")


def test_a_project_with_its_own_layouts_gets_none(project: Path) -> None:
    """`own-layouts` keeps a design as it is, whatever a newer program brings."""
    (project / "pyproject.toml").write_text(f"{SETTINGS}own-layouts = true\n", encoding="utf-8")
    assert find_project(project).packaged is None
    with pytest.raises(LayoutError):
        read_brand(Workspace.open(project).files)


def test_a_file_replaces_the_packaged_file_of_its_path(project: Path) -> None:
    """One style is the project's, the rest of the layout is packaged."""
    write(project, "shared/flyer/style.css", ".title { color: #123456 }\n")
    layout = read_layout(files(project), "flyer-a4")
    texts = {sheet.path: sheet.text for sheet in layout.stylesheets}
    assert texts["layouts/shared/flyer/style.css"] == ".title { color: #123456 }\n"
    assert texts["layouts/shared/family.css"] == (packaged_root() / "layouts/shared/family.css").read_text("utf-8")


def test_a_new_file_joins_the_packaged_ones(project: Path) -> None:
    """A project adds a layout that is like a packaged one, and a product that uses it."""
    write(project, "narrow/layout.toml", 'like = "flyer-a4"\n')
    write(project, "products.toml", '[narrow]\nlayout = "narrow"\n')
    read = files(project)
    assert read_layout(read, "narrow").width == read_layout(read, "flyer-a4").width
    assert read_products(read)["narrow"].layout == "narrow"
    assert "trifold" in read_products(read)


def test_tables_are_overridden_key_by_key(project: Path) -> None:
    """A project that writes one colour and one description keeps every other packaged key."""
    write(project, "brand.toml", '[colour]\nflow = "#123456"\n')
    write(project, "products.toml", '[flyer-a4]\ndescription = "One page"\n')
    write(project, "sheets.toml", '[a4-id1]\ndescription = "Eight cards"\n')
    read = files(project)
    packaged = read_brand(Files(packaged_root()))
    brand = read_brand(read)
    assert brand["colour-flow"] == "#123456"
    assert brand["colour-alarm"] == packaged["colour-alarm"]
    assert read_products(read)["flyer-a4"].description == "One page"
    assert read_products(read)["flyer-a4"].paper == "A4, one side"
    assert read_sheets(read)["a4-id1"].rows == 4


def test_a_new_colour_does_not_keep_the_packaged_inks(project: Path) -> None:
    """The packaged inks would print the packaged colour, so a press file asks for inks of the project's own."""
    write(project, "brand.toml", '[colour]\nflow = "#123456"\n')
    brand = read_brand(files(project))
    assert "press-flow" not in brand
    assert "press-alarm" in brand


def test_words_are_overridden_key_by_key(project: Path) -> None:
    """A word keeps the note that the package has for it, and each word says which file it is in."""
    write(project, "words.toml", '# Ours.\n[phone]\ntext = "Call"\n')
    words = Workspace.open(project).words().value
    assert (words["phone"].msgid, str(words["phone"].span)) == ("Call", "layouts/words.toml:2")
    assert words["phone"].notes
    assert words["draft"].span.path == "pressroom/layouts/words.toml"


def test_a_fault_names_the_file_in_which_it_is(project: Path) -> None:
    """A finding leads to the project's line if the project wrote it, and else to the packaged file."""
    write(project, "products.toml", '\n[flyer-a4]\nflip = "sideways"\n')
    with pytest.raises(LayoutError) as caught:
        read_products(files(project))
    assert str(caught.value.problem.span) == "layouts/products.toml:3"
    write(project, "products.toml", "")
    write(project, "sheets.toml", '[a4-id1]\ndescription = "Eight cards"\ncolumns = 9\n')
    with pytest.raises(LayoutError) as caught:
        read_sheets(files(project))
    assert str(caught.value.problem.span) == "layouts/sheets.toml:3"
    write(project, "sheets.toml", '[a4-id1]\nwidth = "100mm"\n')
    with pytest.raises(LayoutError) as caught:
        read_sheets(files(project))
    assert caught.value.problem.span.path == "pressroom/layouts/sheets.toml"


def test_a_key_counts_the_packaged_bytes(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A piece is made again if a packaged file that it uses is another, and not if a copy lies over it."""
    packaged = tmp_path_factory.mktemp("packaged")
    shutil.copytree(packaged_root() / "layouts", packaged / "layouts")
    workspace = Workspace.open(project)
    workspace.files = Files(project, packaged)
    first = key(workspace)
    style = packaged / "layouts/shared/flyer/style.css"
    write(project, "shared/flyer/style.css", style.read_text("utf-8"))
    workspace.files = Files(project, packaged)
    assert key(workspace) == first
    (project / "layouts/shared/flyer/style.css").unlink()
    style.write_text(style.read_text("utf-8") + "p { margin: 0 }\n", encoding="utf-8")
    workspace.files = Files(project, packaged)
    assert key(workspace) != first


def test_an_overridden_table_keeps_what_is_beneath_in_the_key(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The packaged brand counts although the project has a brand file."""
    packaged = tmp_path_factory.mktemp("packaged")
    shutil.copytree(packaged_root() / "layouts", packaged / "layouts")
    write(project, "brand.toml", '[colour]\nflow = "#123456"\n')
    first = Files(project, packaged).hash_of("layouts/brand.toml")
    brand = packaged / "layouts/brand.toml"
    brand.write_text(brand.read_text("utf-8").replace("27pt", "28pt"), encoding="utf-8")
    assert Files(project, packaged).hash_of("layouts/brand.toml") != first


def test_a_changed_file_is_read_again(project: Path) -> None:
    """A file put over a packaged one, or taken away, is seen by `changed`."""
    workspace = Workspace.open(project)
    assert workspace.brand().value["colour-flow"] != "#123456"
    write(project, "brand.toml", '[colour]\nflow = "#123456"\n')
    workspace.changed(["layouts/brand.toml"])
    assert workspace.brand().value["colour-flow"] == "#123456"
    (project / "layouts/brand.toml").unlink()
    workspace.changed(["layouts/brand.toml"])
    assert workspace.brand().value["colour-flow"] != "#123456"


def test_a_link_in_layouts_is_refused_and_not_replaced(project: Path) -> None:
    """A link over a packaged file is a fault to correct: the packaged file is not silently used."""
    (project / "layouts").mkdir()
    (project / "layouts" / "brand.toml").symlink_to("/etc/hostname")
    with pytest.raises(LayoutError) as caught:
        read_brand(files(project))
    assert "link" in caught.value.problem.message


def test_a_project_without_layouts_builds_and_its_words_are_extracted(project: Path, publish: Publish) -> None:
    """`update` writes the packaged words into the template, and a proof is made in English."""
    assert publish(project, "update").exit_code == 0
    assert 'msgid "Draft: not for patients"' in (project / "locales/layouts.pot").read_text("utf-8")
    result = publish(project, "build", "--locale", "en", "--product", "flyer-a4")
    assert result.exit_code == 0, result.output
    assert list((project / "output/current/en").rglob("*.pdf"))
    plan = make_plan(Workspace.open(project), Request())
    assert {job.product.layout for job in plan.jobs} == {"flyer-a4", "web-page"}


def test_a_finding_in_a_packaged_layout_says_so(project: Path, publish: Publish) -> None:
    """The path of a packaged file is not one of the project: nobody looks for it there."""
    front = BROCHURE.replace("[flyer-a4, web-page]", "[trifold-a4]")
    (project / "source" / "visit.md").write_text(front.replace("panel: one", "panel: nowhere"), encoding="utf-8")
    write(project, "trifold-a4/style.css", ".title { position: fixed }\n")
    result = publish(project, "build", "--locale", "en")
    assert "\nlayouts/trifold-a4/style.css:1: error" in f"\n{result.output}"
