"""Layout folders read: TOML, templates and CSS go in, a `Layout` or the reasons why not come out."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final

from pressroom.layout.model import (
    NEXT,
    WEB,
    Box,
    FitGroup,
    Frame,
    Layout,
    Page,
    PanelPlace,
    Passage,
    Product,
    Stylesheet,
)
from pressroom.layout.table import LayoutError, Table, read_table
from pressroom.project import read_text
from pressroom.units import mm

_SMALLEST: Final = mm(10)
_LARGEST: Final = mm(5000)
# Points; inches and millimetres do not add up to the last digit.
_ROUNDING: Final = 0.01


def read_products(root: Path) -> dict[str, Product]:
    """The products of `layouts/products.toml` by name.

    Raises:
        LayoutError: the table is missing or lacks something.
    """
    table = read_table(root / "layouts" / "products.toml", "layouts/products.toml")
    return {name: _product(name, table.table(name)) for name in table.values}


def _product(name: str, row: Table) -> Product:
    layout = row.string("layout")
    if not re.fullmatch(r"[a-z0-9-]+", layout):
        raise row.refuse("layout", f"{layout!r} is not the name of a folder in layouts/", "write its name alone")
    return Product(name, layout, row.string("description", ""))


def read_brand(root: Path) -> dict[str, str]:
    """The tokens of `layouts/brand.toml`, flat: `[colour] ink` is `colour-ink`.

    Raises:
        LayoutError: the file is missing or can't be read.
    """
    table = read_table(root / "layouts" / "brand.toml", "layouts/brand.toml")
    tokens: dict[str, str] = {}
    for group in table.values:
        row = table.table(group)
        for name, value in row.values.items():
            if isinstance(value, dict | list) or any(sign in str(value) for sign in ";{}<"):
                raise row.refuse(name, f"{name} is not a value that CSS could take", 'write ink = "#000"')
            tokens[f"{group}-{name}"] = str(value)
    return tokens


def read_layout(root: Path, name: str) -> Layout:
    """The layout in `layouts/<name>/`, with what all layouts share in `layouts/shared/`.

    Raises:
        LayoutError: a file is missing, or `layout.toml` lacks something or names what is not there.
    """
    folder, shared, art = (root / "layouts" / part for part in (name, "shared", "art"))
    path = f"layouts/{name}/layout.toml"
    table = read_table(folder / "layout.toml", path)
    sheet = table.table("sheet")
    panels = tuple(PanelPlace(t.string("name"), t.string("page"), t.box()) for t in table.tables("panels"))
    passages = tuple(_passage(t) for t in table.tables("passages"))
    templates = _by_name(_texts(root, (shared, folder), "*.html"))
    layout = Layout(
        name=name,
        path=path,
        type_class=table.string("class"),
        width=sheet.length("width"),
        height=sheet.length("height"),
        safe=sheet.length("safe"),
        pages=tuple(Page(t.string("name"), t.lengths("folds")) for t in table.tables("pages")),
        panels=panels,
        passages=passages,
        frames=tuple(
            _frame(t, {p.name: p for p in panels}, {p.name for p in passages}) for t in table.tables("frames")
        ),
        groups=tuple(_group(t) for t in table.tables("fit")),
        templates={name: template.text for name, template in templates.items()},
        stylesheets=tuple(_texts(root, (shared, folder), "*.css").values()),
        art={name: drawing.text for name, drawing in _by_name(_texts(root, (art,), "*.toml")).items()},
        template_paths={name: template.path for name, template in templates.items()},
    )
    _check_names(layout, table)
    _check(layout, table)
    return layout


def _passage(table: Table) -> Passage:
    return Passage(
        table.string("name"), table.string("panel"), table.string("takes", NEXT), table.boolean("required", True)
    )


def _frame(table: Table, panels: dict[str, PanelPlace], passages: set[str]) -> Frame:
    panel, passage = panels.get(table.string("panel")), table.string("passage", "")
    if panel is None:
        raise table.refuse("panel", f"stands on no panel called {table.string('panel')!r}")
    if passage and passage not in passages:
        raise table.refuse("passage", f"belongs to no passage called {passage!r}")
    return Frame(table.string("name"), panel.page, table.box().within(panel.box), passage, table.string("fit"))


def _group(table: Table) -> FitGroup:
    floor, preferred, gap = table.number("floor"), table.number("preferred"), table.numbers("gap", 2)
    if floor is not None and preferred is not None and floor > preferred:
        raise table.refuse("floor", f"floor {floor:g} is above preferred {preferred:g}", "the floor is the smaller")
    return FitGroup(
        name=table.string("name"),
        floor=floor,
        preferred=preferred,
        factor=table.number("factor") or 1.0,
        gap=(gap[0], gap[1]) if gap else None,
    )


def _check(layout: Layout, table: Table) -> None:
    if "template.html" not in layout.templates:
        raise table.refuse("class", "the folder has no template.html")
    if layout.type_class == WEB:
        return
    if not layout.pages:
        raise table.refuse("pages", "the layout has no page", "write [[pages]] and its name")
    for key, size in (("width", layout.width), ("height", layout.height)):
        if not _SMALLEST <= size <= _LARGEST:
            hint = f"a sheet is from {_SMALLEST.mm:.0f} to {_LARGEST.mm:.0f} mm; a PDF holds no larger"
            raise table.table("sheet").refuse(key, f"{key} is {size.mm:g} mm", hint)
    for frame, row in zip(layout.frames, table.tables("frames"), strict=True):
        if not _stands_on(frame.box, layout):
            raise row.refuse("box", "stands outside the sheet", "measure it from the top left of its panel")


def _check_names(layout: Layout, table: Table) -> None:
    pages, groups = {page.name for page in layout.pages}, {group.name for group in layout.groups}
    panels = {panel.name for panel in layout.panels}
    for panel, row in zip(layout.panels, table.tables("panels"), strict=True):
        if panel.page not in pages:
            raise row.refuse("page", f"stands on no page called {panel.page!r}", _among(pages))
    for passage, row in zip(layout.passages, table.tables("passages"), strict=True):
        if passage.panel not in panels:
            raise row.refuse("panel", f"stands on no panel called {passage.panel!r}", _among(panels))
    for frame, row in zip(layout.frames, table.tables("frames"), strict=True):
        if frame.fit not in groups:
            raise row.refuse("fit", f"follows no fit group called {frame.fit!r}", _among(groups))


def _stands_on(box: Box, layout: Layout) -> bool:
    right, foot = box.left + box.width - layout.width, box.top + box.height - layout.height
    return min(box.left.pt, box.top.pt) >= -_ROUNDING and max(right.pt, foot.pt) <= _ROUNDING


def _among(names: set[str]) -> str:
    return f"there are {', '.join(sorted(names))}"


def _texts(root: Path, folders: tuple[Path, ...], pattern: str) -> dict[str, Stylesheet]:
    """The files' paths and texts by path from the root, in order.

    Raises:
        LayoutError: one can't be read.
    """
    found: dict[str, Stylesheet] = {}
    for path in (path for folder in folders for path in sorted(folder.glob(pattern))):
        relative = path.relative_to(root).as_posix()
        text, problems = read_text(path, relative)
        if text is None:
            raise LayoutError(problems[0])
        found[relative] = Stylesheet(relative, text)
    return found


def _by_name(texts: dict[str, Stylesheet]) -> dict[str, Stylesheet]:
    """By the name of the file; the layout's own wins over what is shared."""
    return {PurePosixPath(path).name: text for path, text in texts.items()}
