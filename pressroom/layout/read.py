"""Reads layout folders: TOML, templates and CSS become a `Layout`, or a LayoutError with the line."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from pressroom.layout.model import (
    LOCALE,
    MIDDLE,
    NEXT,
    TEMPLATE,
    TOP,
    WEB,
    Area,
    Box,
    FitGroup,
    Frame,
    Layout,
    Page,
    PanelPlace,
    Passage,
    Stylesheet,
    View,
)
from pressroom.layout.roles import macro_name
from pressroom.layout.table import LayoutError, Table, read_table
from pressroom.project import Files
from pressroom.units import ZERO, mm

_SMALLEST: Final = mm(10)
_LARGEST: Final = mm(5000)
# Points; inches and millimetres do not add up to the last digit.
_ROUNDING: Final = 0.01


def layout_folders(files: Files, name: str) -> tuple[Path, ...]:
    """The folders a layout is made from, what others share first: a later file of the same name wins.

    Raises:
        LayoutError: a `layout.toml` is missing or can't be read.
    """
    table, chain = _layout_table(files, name)
    style = table.string("style", "")
    layouts = files.root / "layouts"
    shared = layouts / "shared"
    return (shared, *([shared / style] if style else []), *(layouts / link for link in chain))


def _layout_table(files: Files, name: str, after: tuple[str, ...] = ()) -> tuple[Table, tuple[str, ...]]:
    """A layout's table with what it takes from those it is `like`, and all their names, those first."""
    path = f"layouts/{name}/layout.toml"
    table = read_table(files, path)
    like = table.string("like", "")
    if not like:
        return table, (name,)
    if like in after:
        raise table.refuse("like", f"is like {like!r}, which is like this one")
    base, chain = _layout_table(files, like, (*after, name))
    return table.over(base), (*chain, name)


def read_layout(files: Files, name: str) -> Layout:
    """The layout in `layouts/<name>/`, with what its style shares in `layouts/shared/`.

    Raises:
        LayoutError: a file is missing, or `layout.toml` lacks something or names what is not there.
    """
    table, _ = _layout_table(files, name)
    folders, art = layout_folders(files, name), files.root / "layouts" / "art"
    templates = _by_name(_texts(files, folders, "*.html"))
    sheet = table.table("sheet")
    pages = tuple(_page(t) for t in table.tables("pages"))
    panels = tuple(_place(t, pages) for t in table.tables("panels"))
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
        pages=pages,
        panels=panels,
        areas=tuple(_area(t, by_name) for t in table.tables("areas")),
        passages=passages,
        frames=tuple(_frame(t, by_name, {p.name for p in passages}) for t in table.tables("frames")),
        groups=tuple(_group(t) for t in table.tables("fit")),
        templates={name: template.text for name, template in templates.items()},
        stylesheets=tuple(_texts(files, folders, "*.css").values()),
        art={name: drawing.text for name, drawing in _by_name(_texts(files, (art,), "*.toml")).items()},
        views={t.string("name"): _view(t) for t in table.tables("art")},
        flows=table.boolean("flows", False),
        flow=tuple(_part(t, {p.name for p in passages}) for t in table.tables("flow")),
        template_paths={name: template.path for name, template in templates.items()},
    )
    _check_names(layout, table)
    _check(layout, table)
    return layout


def _page(table: Table) -> Page:
    folds, across = table.lengths("folds"), table.lengths("folds-across")
    return Page(table.string("name"), folds, table.string("language", LOCALE), across)


def _place(table: Table, pages: tuple[Page, ...]) -> PanelPlace:
    page = table.string("page")
    whole = next((one.language for one in pages if one.name == page), LOCALE)
    return PanelPlace(table.string("name"), page, table.box(), table.string("language", whole))


def _view(table: Table) -> View:
    edge, shift = (table.length(key) if key in table.values else ZERO for key in ("edge", "shift"))
    return View(table.string("view"), table.length("length"), edge, shift, table.boolean("both", False))


def _passage(table: Table) -> Passage:
    required = table.boolean("required", True)
    most = int(table.number("most") or 1)
    return Passage(table.string("name"), table.string("panel", ""), table.string("takes", NEXT), required, most)


def _panel(table: Table, panels: dict[str, PanelPlace]) -> PanelPlace:
    panel = panels.get(table.string("panel"))
    if panel is None:
        raise table.refuse("panel", f"stands on no panel called {table.string('panel')!r}")
    return panel


def _area(table: Table, panels: dict[str, PanelPlace]) -> Area:
    panel = _panel(table, panels)
    return Area(table.string("name"), table.string("kind"), panel.page, table.inset(panel.box))


def _passage_of(table: Table, passages: set[str]) -> str:
    passage = table.string("passage", "")
    if passage and passage not in passages:
        raise table.refuse("passage", f"belongs to no passage called {passage!r}")
    return passage


def _part(table: Table, passages: set[str]) -> Frame:
    """A part of a text that flows: it has no place of its own."""
    name = table.string("name")
    return Frame(name, "", Box(ZERO, ZERO, ZERO, ZERO), _passage_of(table, passages), "", table.string("role", name))


def _frame(table: Table, panels: dict[str, PanelPlace], passages: set[str]) -> Frame:
    panel, passage, name = _panel(table, panels), _passage_of(table, passages), table.string("name")
    align = table.string("align", TOP)
    if align not in (TOP, MIDDLE):
        raise table.refuse("align", f"stands at no {align!r} of its frame", _among({TOP, MIDDLE}))
    role, fit, box = table.string("role", name), table.string("fit"), table.inset(panel.box)
    return Frame(name, panel.page, box, passage, fit, role, panel.language, align)


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
        language=table.string("language", LOCALE),
        staff=table.boolean("staff", False),
    )


def _check(layout: Layout, table: Table) -> None:
    if TEMPLATE not in layout.templates:
        raise table.refuse("class", f"the folder has no {TEMPLATE}")
    for frames, key in ((layout.frames, "frames"), (layout.flow, "flow")):
        for frame, row in zip(frames, table.tables(key), strict=True):
            if layout.role(frame.role) is None:
                message = f"{frame.role!r} has no macro {macro_name(frame.role)!r} in {layout.template_paths[TEMPLATE]}"
                raise row.refuse("role", message, "write {% macro NAME(frame, panels, blocks) %} for it")
    if layout.type_class == WEB:
        return
    if not layout.pages:
        raise table.refuse("pages", "the layout has no page", "write [[pages]] and its name")
    if layout.flows and len(layout.pages) != 1:
        raise table.refuse("flows", "flows, and so has one page", "leave one [[pages]]")
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
        if passage.panel not in panels and layout.type_class != WEB:
            raise row.refuse("panel", f"stands on no panel called {passage.panel!r}", _among(panels))
    for frame, row in zip(layout.frames, table.tables("frames"), strict=True):
        if frame.fit not in groups:
            raise row.refuse("fit", f"follows no fit group called {frame.fit!r}", _among(groups))
        if frame.passage and frame.fit in {group.name for group in layout.groups if group.staff}:
            hint = "give it a group without staff = true, which keeps to the language's smallest legible size"
            raise row.refuse("fit", f"sets a patient's words in the small type of staff, {frame.fit!r}", hint)


def _stands_on(box: Box, layout: Layout) -> bool:
    right, foot = box.left + box.width - layout.width, box.top + box.height - layout.height
    return min(box.left.pt, box.top.pt) >= -_ROUNDING and max(right.pt, foot.pt) <= _ROUNDING


def _among(names: set[str]) -> str:
    return f"there are {', '.join(sorted(names))}"


def _texts(files: Files, folders: tuple[Path, ...], pattern: str) -> dict[str, Stylesheet]:
    """The files' paths and texts by path from the root, in order.

    Raises:
        LayoutError: one can't be read.
    """
    found: dict[str, Stylesheet] = {}
    for path in (path for folder in folders for path in files.listing(folder, pattern)):
        relative = path.relative_to(files.root).as_posix()
        text, problems = files.text(path)
        if text is None:
            raise LayoutError(problems[0])
        found[relative] = Stylesheet(relative, text)
    return found


def _by_name(texts: dict[str, Stylesheet]) -> dict[str, Stylesheet]:
    """By the name of the file; the layout's own wins over what is shared."""
    return {PurePosixPath(path).name: text for path, text in texts.items()}
