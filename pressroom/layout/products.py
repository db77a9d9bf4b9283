"""Reads products and sheets of paper: `products.toml` and `sheets.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from pressroom.diagnostics import Span
from pressroom.layout.table import Table, read_table
from pressroom.nearest import suggestion
from pressroom.project import Files, Read
from pressroom.units import Length

Flip = Literal["", "long-edge", "short-edge"]
Inks = Literal["", "cmyk", "gray"]
ALL: Final = "all"
# Names for several products, and the inks of these products.
_TOGETHER: Final[dict[str, Inks]] = {"press": "cmyk", "gray": "gray"}
# A product's name is part of a file's name.
_NAME: Final = re.compile(r"[a-z0-9-]{1,40}")
SHEETS_FILE: Final = "layouts/sheets.toml"
_KEYS: Final = ("layout", "description", "paper", "sheet", "flip", "inks", "otherwise", "then")
_LAYOUT: Final = "write the name of a folder in layouts/, or put the file there"
FLIPS: Final[dict[str, Flip]] = {"": "", "long-edge": "long-edge", "short-edge": "short-edge"}
_INKS: Final[dict[str, Inks]] = {"": "", "cmyk": "cmyk", "gray": "gray"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper, portrait, with cells in rows and columns that pieces are printed in.

    `first` is the top left corner of the first cell, `pitch` the distance from one cell to the next. A piece smaller
    than a cell is in its middle. `marks` asks for cut marks.
    """

    name: str
    description: str
    width: Length
    height: Length
    cell: tuple[Length, Length]
    columns: int
    rows: int
    first: tuple[Length, Length]
    pitch: tuple[Length, Length]
    marks: bool


@dataclass(frozen=True, slots=True)
class Product:
    """Something a clinic hands out: a layout, and how it is finished.

    `sheet` is the paper it is imposed on, `flip` how a printer must turn that paper, `inks` the plates of a press
    file. `otherwise` is the product for languages that do not fit this one, `then` what to do with the printed paper.
    """

    name: str
    layout: str
    description: str
    paper: str = ""
    sheet: Sheet | None = None
    flip: Flip = ""
    inks: Inks = ""
    otherwise: str = ""
    then: str = ""
    span: Span = field(default=Span("layouts/products.toml"), repr=False, compare=False)

    @property
    def edge(self) -> Flip:
        """The edge its paper is turned on; empty if it has one side, or as many pages as it needs."""
        edges: dict[str, Flip] = {"short": "short-edge", "long": "long-edge"}
        edge = self.paper.partition("flip on the ")[2]
        return self.flip or next((flip for name, flip in edges.items() if edge.startswith(name)), "")


def read_products(files: Files) -> dict[str, Product]:
    """The products of `layouts/products.toml` by name.

    Raises:
        LayoutError: the table is missing, lacks something, or names what is not there.
    """
    table, sheets = _rows(files, "products"), read_sheets(files)
    products = {row.string("name"): _product(files, row, sheets) for row in table}
    for row, product in zip(table, products.values(), strict=True):
        if product.otherwise and product.otherwise not in products:
            raise row.refuse("otherwise", f"gives way to no product called {product.otherwise!r}")
    return products


def fallbacks(products: Mapping[str, Product], product: Product) -> tuple[Product, ...]:
    """The products that take the place of one whose text does not fit, each if the one before does not hold it."""
    chain = [product]
    while (other := products.get(chain[-1].otherwise)) is not None and other not in chain:
        chain.append(other)
    return tuple(chain[1:])


def collective(products: Mapping[str, Product]) -> dict[str, tuple[str, ...]]:
    """The names that mean several products, and which: `all`, and by their inks `press` and `gray`."""
    by_inks = {name: tuple(p.name for p in products.values() if p.inks == inks) for name, inks in _TOGETHER.items()}
    named = {ALL: tuple(products), **by_inks}
    return {name: those for name, those in named.items() if name not in products and (those or name == ALL)}


def read_sheets(files: Files) -> dict[str, Sheet]:
    """The sheets of `layouts/sheets.toml` by name; none without that file; or a LayoutError."""
    if files.data(SHEETS_FILE, optional=True) == Read(None):
        return {}
    return {row.string("name"): _sheet(row) for row in _rows(files, "sheets")}


def _rows(files: Files, name: str) -> list[Table]:
    path = f"layouts/{name}.toml"
    table = read_table(files, path)
    rows = [table.table(key) for key in table.values]
    return [
        Table({"name": row.name.strip(), **row.values}, path, row.text, row.name, row.first, row.beneath)
        for row in rows
    ]


def _product(files: Files, row: Table, sheets: dict[str, Sheet]) -> Product:
    if not _NAME.fullmatch(row.string("name")):
        raise row.refuse("name", "can't name a product", "use lower-case letters, digits and hyphens, 40 at most")
    if unknown := sorted({*row.values} - {"name", *_KEYS}):
        raise row.refuse(unknown[0], f"has no use for {unknown[0]!r}", suggestion(unknown[0], _KEYS))
    sheet = row.one_of("sheet", {"": None, **sheets}, "is imposed on no sheet called", "")
    layout = row.string("layout")
    if not re.fullmatch(r"[a-z0-9-]+", layout):
        raise row.refuse("layout", f"{layout!r} is not the name of a folder in layouts/", "write its name alone")
    if files.data(f"layouts/{layout}/layout.toml", optional=True) == Read(None):
        raise row.refuse("layout", f"has the layout {layout!r}, and there is no layouts/{layout}/layout.toml", _LAYOUT)
    return Product(
        name=row.string("name"),
        layout=layout,
        description=row.string("description", ""),
        paper=row.string("paper", sheet.description if sheet else ""),
        sheet=sheet,
        flip=row.one_of("flip", FLIPS, "has the flip", ""),
        inks=row.one_of("inks", _INKS, "has the inks", ""),
        otherwise=row.string("otherwise", ""),
        then=row.string("then", ""),
        span=row.span("layout"),
    )


def _sheet(row: Table) -> Sheet:
    (width, height), (left, top), (across, down) = (row.lengths(key, 2) for key in ("cell", "first", "pitch"))
    columns, rows = int(row.number("columns") or 1), int(row.number("rows") or 1)
    sheet = Sheet(
        name=row.string("name"),
        description=row.string("description", ""),
        width=row.length("width"),
        height=row.length("height"),
        cell=(width, height),
        columns=columns,
        rows=rows,
        first=(left, top),
        pitch=(across, down),
        marks=bool(row.values.get("marks", False)),
    )
    if left + across * (columns - 1) + width > sheet.width or top + down * (rows - 1) + height > sheet.height:
        raise row.refuse("columns", "has cells outside the paper")
    return sheet
