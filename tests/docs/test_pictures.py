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
