from __future__ import annotations

from pressroom.layout import read_products
from pressroom.project import Files
from tests.doc_pictures import FOLDER, PICTURES
from tests.docs.pages import ROOT
from tests.product_pictures import FINISHED
from tests.web.pictures import PICTURES as WEB_PICTURES


def test_each_picture_has_a_command() -> None:
    """Every picture of the docs is made by a command."""
    layouts = {product.layout for product in read_products(Files(ROOT)).values()}
    made = {
        *PICTURES,
        *(f"products/{name}" for name in (*layouts, *FINISHED)),
        *(f"web/{one.name}" for one in WEB_PICTURES),
    }
    there = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.png")}
    assert there <= made


def test_each_picture_is_on_a_page() -> None:
    """Every picture of the docs is shown by one of its pages."""
    pages = "".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.png")}
    assert {name for name in there if f"pictures/{name})" not in pages} == set()
