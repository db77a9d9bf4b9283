"""Layout folders read: TOML, templates and CSS go in, a `Layout` or the reasons why not come out."""

from __future__ import annotations

from pathlib import Path

from pressroom.layout.model import (
    LOCALE,
    NEXT,
    Area,
    FitGroup,
    Frame,
    Layout,
    Page,
    PanelPlace,
    Passage,
    Stylesheet,
    View,
)
from pressroom.layout.table import Table, read_table
from pressroom.units import ZERO


def read_brand(root: Path) -> dict[str, str]:
    """The tokens of `layouts/brand.toml`, flat: `[colour] ink` is `colour-ink`.

    Raises:
        LayoutError: the file is missing or can't be read.
    """
    table = read_table(root / "layouts" / "brand.toml", "layouts/brand.toml")
    return {
        f"{group}-{name}": str(value)
        for group, tokens in table.values.items()
        if isinstance(tokens, dict)
        for name, value in tokens.items()
    }


def layout_folders(root: Path, name: str) -> tuple[Path, ...]:
    """The folders a layout is made from, what others share first: a later file of the same name wins.

    Raises:
        LayoutError: a `layout.toml` is missing or can't be read.
    """
    table, chain = _layout_table(root, name)
    style = table.string("style", "")
    shared = root / "layouts" / "shared"
    return (shared, *([shared / style] if style else []), *(root / "layouts" / link for link in chain))


def _layout_table(root: Path, name: str, after: tuple[str, ...] = ()) -> tuple[Table, tuple[str, ...]]:
    """A layout's table with what it takes from those it is `like`, and all their names, those first."""
    path = f"layouts/{name}/layout.toml"
    table = read_table(root / path, path)
    like = table.string("like", "")
    if not like:
        return table, (name,)
    if like in after:
        raise table.refuse("like", f"is like {like!r}, which is like this one")
    base, chain = _layout_table(root, like, (*after, name))
    return Table({**base.values, **table.values}, path, table.text), (*chain, name)


def read_layout(root: Path, name: str) -> Layout:
    """The layout in `layouts/<name>/`, with what its style shares in `layouts/shared/`.

    Raises:
        LayoutError: a file is missing, or `layout.toml` lacks something or names what is not there.
    """
    table, _ = _layout_table(root, name)
    folders = layout_folders(root, name)
    sheet = table.table("sheet")
    panels = tuple(PanelPlace(t.string("name"), t.string("page"), t.box()) for t in table.tables("panels"))
    by_name = {panel.name: panel for panel in panels}
    passages = tuple(_passage(t) for t in table.tables("passages"))
    layout = Layout(
        name=name,
        path=table.path,
        style=table.string("style", ""),
        type_class=table.string("class"),
        width=sheet.length("width"),
        height=sheet.length("height"),
        safe=sheet.length("safe"),
        pages=tuple(_page(t) for t in table.tables("pages")),
        panels=panels,
        areas=tuple(_area(t, by_name) for t in table.tables("areas")),
        passages=passages,
        frames=tuple(_frame(t, by_name, {p.name for p in passages}) for t in table.tables("frames")),
        groups=tuple(_group(t) for t in table.tables("fit")),
        templates=_texts(root, folders, "*.html"),
        stylesheets=tuple(Stylesheet(p, t) for p, t in _texts(root, folders, "*.css", whole=True).items()),
        art=_texts(root, (root / "layouts" / "art",), "*.toml"),
        views={t.string("name"): _view(t) for t in table.tables("art")},
        flows=bool(table.values.get("flows", False)),
    )
    _check_names(layout, table)
    return layout


def _page(table: Table) -> Page:
    return Page(table.string("name"), table.lengths("folds"), table.string("language", LOCALE))


def _view(table: Table) -> View:
    edge, shift = (table.length(key) if key in table.values else ZERO for key in ("edge", "shift"))
    return View(table.string("view"), table.length("length"), edge, shift)


def _passage(table: Table) -> Passage:
    required = bool(table.values.get("required", True))
    most = int(table.number("most") or 1)
    return Passage(table.string("name"), table.string("panel"), table.string("takes", NEXT), required, most)


def _panel(table: Table, panels: dict[str, PanelPlace]) -> PanelPlace:
    panel = panels.get(table.string("panel"))
    if panel is None:
        raise table.refuse("panel", f"stands on no panel called {table.string('panel')!r}")
    return panel


def _area(table: Table, panels: dict[str, PanelPlace]) -> Area:
    panel = _panel(table, panels)
    return Area(table.string("name"), table.string("kind"), panel.page, table.inset(panel.box))


def _frame(table: Table, panels: dict[str, PanelPlace], passages: set[str]) -> Frame:
    panel, passage, name = _panel(table, panels), table.string("passage", ""), table.string("name")
    if passage and passage not in passages:
        raise table.refuse("passage", f"belongs to no passage called {passage!r}")
    role = table.string("role", name)
    return Frame(name, panel.page, table.inset(panel.box), passage, table.string("fit"), role)


def _group(table: Table) -> FitGroup:
    gap = table.values.get("gap")
    return FitGroup(
        name=table.string("name"),
        floor=table.number("floor"),
        preferred=table.number("preferred"),
        factor=table.number("factor") or 1.0,
        gap=(float(gap[0]), float(gap[1])) if gap else None,
        language=table.string("language", LOCALE),
    )


def _check_names(layout: Layout, table: Table) -> None:
    pages, groups = {page.name for page in layout.pages}, {group.name for group in layout.groups}
    if "template.html" not in layout.templates:
        raise table.refuse("class", "the folder has no template.html")
    if layout.flows and len(layout.pages) != 1:
        raise table.refuse("flows", "flows, and so has one page")
    for panel in layout.panels:
        if panel.page not in pages:
            raise table.refuse("page", f"panel {panel.name!r} stands on no page called {panel.page!r}")
    for frame in layout.frames:
        if frame.fit not in groups:
            raise table.refuse("fit", f"frame {frame.name!r} follows no fit group called {frame.fit!r}")


def _texts(root: Path, folders: tuple[Path, ...], pattern: str, *, whole: bool = False) -> dict[str, str]:
    """The files' texts in order; by path from the root where `whole`, else by name, a later folder's winning."""
    return {
        path.relative_to(root).as_posix() if whole else path.name: path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted(folder.glob(pattern))
    }
