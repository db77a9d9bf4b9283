from pathlib import Path

from pressroom.cli.reference import products_table
from pressroom.layout import WEB, read_layout, read_products
from pressroom.planning.products import product_rows
from pressroom.project import Files
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "products.md"


def test_reference_page() -> None:
    """The table of the reference page is the one that the project would print now."""
    rows, problems = product_rows(Workspace.open(ROOT))
    assert not problems
    assert products_table(rows) in PAGE.read_text(encoding="utf-8"), "run: publish.py products --markdown"


def test_pictures() -> None:
    """Every layout that is printed has a picture on the page, of at most 20 KiB."""
    text = PAGE.read_text(encoding="utf-8")
    for layout in sorted({product.layout for product in read_products(Files(ROOT)).values()}):
        if read_layout(Files(ROOT), layout).type_class == WEB:
            continue
        picture = ROOT / "docs" / "pictures" / "products" / f"{layout}.png"
        assert f"../pictures/products/{layout}.png" in text, layout
        assert picture.stat().st_size <= 20 * 1024, layout


def test_lists_what_there_is(publish, minimal) -> None:
    """`products` names each product and the documents it is made of."""
    result = publish(minimal, "products")
    assert result.exit_code == 0
    assert "slip" in result.output
    assert "documents: visit" in result.output


def test_product_not_possible(publish, minimal, edit) -> None:
    """A product that a document has no panels for is refused by name, and passed over with `all`."""
    products = minimal / "layouts" / "products.toml"
    products.write_text(products.read_text() + '\n[wide]\nlayout = "wide"\n')
    wide = minimal / "layouts" / "wide"
    wide.mkdir()
    (wide / "layout.toml").write_text(
        'like = "slip"\n\n[[passages]]\nname = "text"\npanel = "front"\ntakes = "not-there"\n'
    )
    refused = publish(minimal, "build", "visit", "--product", "wide", "--locale", "en")
    assert refused.exit_code == 1
    assert "panel-missing" in refused.output
    assert "wide" not in publish(minimal, "products").output.split("wide\n", 1)[0]


def test_new_document(publish, minimal) -> None:
    """A new brochure needs a layout with places for its panels, and is refused in words where there is none."""
    result = publish(minimal, "new-document", "knee-care")
    assert result.exit_code == 2
    assert "places for a brochure" in result.output


def test_sheet_without_cards(publish, minimal) -> None:
    """A sheet that there is not is refused with the names of those there are."""
    result = publish(minimal, "sheet", "visit", "--on", "avery-5371", "--locale", "en")
    assert result.exit_code == 2
    assert "no sheet is called" in result.output
