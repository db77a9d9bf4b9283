"""Reads layout folders: TOML, templates and CSS become a `Layout`, or a LayoutError with the line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

from pressroom.diagnostics import Span, diagnostic
from pressroom.layout.gathering import GATHERED
from pressroom.layout.model import (
    LOCALE,
    MIDDLE,
    NEXT,
    SIDES,
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
    Side,
    Stylesheet,
    View,
)
from pressroom.layout.roles import macro_name
from pressroom.layout.style_bounds import growth_problem
from pressroom.layout.style_rules import style_problems
from pressroom.layout.table import LayoutError, Table, read_table
from pressroom.nearest import suggestion
from pressroom.project import Files
from pressroom.units import ZERO, mm

# A style or a template of a layout; the longest of ours has a tenth of it.
_LONGEST_TEXT: Final = 200_000
_SMALLEST: Final = mm(10)
_LARGEST: Final = mm(5000)
# Points; inches and millimetres do not add up to the last digit.
_ROUNDING: Final = 0.01
_FOLDER: Final = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE)
_HELD: Final = re.compile(r"[a-z-]+[?+]?")
_HOLDS: Final = 'write holds = ["heading", "paragraph?", "list"]'
# The keys of a place: for documents with a drawing, and for those without.
_DRAWN: Final = "inset"
_UNDRAWN: Final = "inset-without-art"
# A heading is larger than its text, in em.
_LEAST_HEADING: Final = 1.1
_REPEATS: Final = "name a passage that the file has above this one"


def layout_folders(files: Files, name: str) -> tuple[Path, ...]:
    """The folders a layout is made from, what others share first: a later file of the same name wins."""
    table, chain = _layout_table(files, name)
    shared = files.root / "layouts" / "shared"
    styles = [shared / style] if (style := table.string("style", "")) else []
    return (shared, *styles, *(files.root / "layouts" / link for link in chain))


def _layout_table(files: Files, name: str, after: tuple[str, ...] = ()) -> tuple[Table, tuple[str, ...]]:
    """A layout's table with the keys of the layouts it is `like`, and all their names, its own last."""
    path = f"layouts/{name}/layout.toml"
    table = read_table(files, path)
    like = table.string("like", "")
    for key in ("style", "like"):
        if (named := table.string(key, "")) and not _FOLDER.fullmatch(named):
            raise table.refuse(key, f"names no folder of layouts: {named[:60]!r}", "write the folder's name alone")
    if not like:
        return table, (name,)
    if like in after:
        raise table.refuse("like", f"is like {like!r}, which is like this one")
    base, chain = _layout_table(files, like, (*after, name))
    return table.over(base), (*chain, name)


def read_layout(files: Files, name: str) -> Layout:
    """The layout in `layouts/<name>/`, with what its style shares in `layouts/shared/`; or a LayoutError."""
    table, _ = _layout_table(files, name)
    folders, art = layout_folders(files, name), files.root / "layouts" / "art"
    templates = _by_name(_texts(files, folders, "*.html"))
    sheet = table.table("sheet")
    pages = tuple(_page(t) for t in table.tables("pages"))
    panels = tuple(_place(t, {page.name: page for page in pages}) for t in table.tables("panels"))
    by_name = {panel.name: panel for panel in panels}
    # A web page has no panels.
    on_panel = {panel.name for panel in panels} or {""}
    passages = _passages(table, on_panel)
    groups = {t.string("name"): _group(t) for t in table.tables("fit")}
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
        areas=tuple(_area(t, by_name) for t in table.tables("areas") if _is_drawn(t)),
        passages=tuple(passages.values()),
        frames=tuple(_frame(t, by_name, passages, groups) for t in table.tables("frames") if _is_drawn(t)),
        groups=tuple(groups.values()),
        templates={name: template.text for name, template in templates.items()},
        stylesheets=tuple(_texts(files, folders, "*.css").values()),
        art={name: drawing.text for name, drawing in _by_name(_texts(files, (art,), "*.toml")).items()},
        views={t.string("name"): _view(t) for t in table.tables("art")},
        flows=table.boolean("flows", False),
        flow=tuple(_part(t, passages) for t in table.tables("flow")),
        template_paths={name: template.path for name, template in templates.items()},
    )
    undrawn = replace(
        layout,
        areas=tuple(_area(t, by_name, _UNDRAWN) for t in table.tables("areas")),
        frames=tuple(_frame(t, by_name, passages, groups, _UNDRAWN) for t in table.tables("frames")),
        views={},
        drawn=False,
    )
    # What is checked first has every frame.
    _check(undrawn, table)
    _check(layout, table)
    differs = layout.views or (undrawn.areas, undrawn.frames) != (layout.areas, layout.frames)
    return replace(layout, undrawn=undrawn) if differs else layout


def _is_drawn(table: Table) -> bool:
    """False for what only documents without a drawing have: it has a place for these alone."""
    return _UNDRAWN not in table.values or not {"inset", "box"}.isdisjoint(table.values)


def _page(table: Table) -> Page:
    folds, across = table.lengths("folds"), table.lengths("folds-across")
    return Page(table.string("name"), folds, table.string("language", LOCALE), across)


def _place(table: Table, pages: Mapping[str, Page]) -> PanelPlace:
    page = table.one_of("page", pages, "is on no page called")
    return PanelPlace(table.string("name"), page.name, table.box(), table.string("language", page.language))


def _view(table: Table) -> View:
    edge, shift = (table.length(key) if key in table.values else ZERO for key in ("edge", "shift"))
    return View(table.string("view"), table.length("length"), edge, shift, table.boolean("both", False))


def _passages(table: Table, panels: Collection[str]) -> dict[str, Passage]:
    passages: dict[str, Passage] = {}
    for row in table.tables("passages"):
        passage = _passage(row, panels)
        if passage.repeats not in ("", *passages):
            raise row.refuse("repeats", f"repeats no passage above it called {passage.repeats!r}", _REPEATS)
        for key, name in (("also", passage.also), ("from", passage.source)):
            if name not in ("", *passages):
                raise row.refuse(key, f"is no passage above called {name!r}", _REPEATS)
        if passage.source and not passage.gathers:
            raise row.refuse("from", "takes part of a passage, and does not say which", 'write gathers = "windows" too')
        passages[passage.name] = passage
    return passages


def _passage(table: Table, panels: Collection[str]) -> Passage:
    panel = table.one_of("panel", {name: name for name in ("", *panels)}, "is on no panel called", "")
    holds = table.strings("holds")
    for part in holds:
        if not _HELD.fullmatch(part):
            raise table.refuse("holds", f"holds {part!r}, which is no kind of block", _HOLDS)
    return Passage(
        name=table.string("name"),
        panel=panel,
        takes=table.string("takes", NEXT),
        required=table.boolean("required", not table.string("gathers", "")),
        most=int(table.number("most") or 1),
        or_next=table.boolean("or-next", False),
        repeats=table.string("repeats", ""),
        holds=holds,
        shared=table.boolean("shared", False),
        shared_alone=table.boolean("shared-alone", False),
        gathers=table.one_of("gathers", GATHERED, "gathers what no panel has:", ""),
        pictures=table.boolean("pictures", True),
        source=table.string("from", ""),
        also=table.string("also", ""),
    )


def _area(table: Table, panels: Mapping[str, PanelPlace], key: str = _DRAWN) -> Area:
    panel = table.one_of("panel", panels, "is on no panel called")
    return Area(table.string("name"), table.string("kind"), panel.page, _box(table, panel, key))


def _box(table: Table, panel: PanelPlace, key: str) -> Box:
    """The place on the panel for documents with a drawing, or for those without if that is another."""
    return table.inset(panel.box, key if key in table.values else _DRAWN)


def _passage_of(table: Table, passages: Mapping[str, Passage], key: str = "passage") -> str:
    """The name of the passage that a frame belongs to or depends on, or empty."""
    return table.one_of(key, {name: name for name in ("", *passages)}, "belongs to no passage called", "")


def _passages_of(table: Table, passages: Mapping[str, Passage], key: str) -> tuple[str, ...]:
    """The names of the passages that a frame depends on: a text or a list of them."""
    if not isinstance(table.values.get(key), list):
        return tuple(filter(None, (_passage_of(table, passages, key),)))
    names = table.strings(key)
    if unknown := [name for name in names if name not in passages]:
        hint = suggestion(unknown[0], sorted(passages))
        raise table.refuse(key, f"belongs to no passage called {unknown[0]!r}", hint)
    return names


def _part(table: Table, passages: Mapping[str, Passage]) -> Frame:
    """A part of a text that flows: it has no place of its own."""
    name = table.string("name")
    return Frame(name, "", Box(ZERO, ZERO, ZERO, ZERO), _passage_of(table, passages), "", table.string("role", name))


def _frame(
    table: Table,
    panels: Mapping[str, PanelPlace],
    passages: Mapping[str, Passage],
    groups: Mapping[str, FitGroup],
    key: str = _DRAWN,
) -> Frame:
    panel, name = table.one_of("panel", panels, "is on no panel called"), table.string("name")
    passage, group = _passage_of(table, passages), table.one_of("fit", groups, "follows no fit group called")
    align = table.one_of("align", {TOP: TOP, MIDDLE: MIDDLE}, "has its text at no place called", TOP)
    if passage and group.staff:
        hint = "give it a group without staff = true, which keeps to the language's smallest legible size"
        raise table.refuse("fit", f"sets a patient's words in the small type of staff, {group.name!r}", hint)
    box, role = _box(table, panel, key), table.string("role", name)
    when, unless = (_passages_of(table, passages, key) for key in ("when", "unless"))
    pictured = table.boolean("pictured", False) if "pictured" in table.values else None
    frame = Frame(name, panel.page, box, passage, group.name, role, panel.language, align, when, unless, pictured)
    windows = table.boolean("windows", True)
    bleeds = _bleeds(table)
    return replace(frame, widen=table.boolean("widen", True), windows=windows, bleeds=bleeds, **_fillers(table))


def _bleeds(table: Table) -> tuple[Side, ...]:
    """The edges of the sheet that a frame's field runs over in a press file."""
    sides: dict[str, Side] = {side: side for side in SIDES}
    names = table.strings("bleeds")
    for name in names:
        if name not in sides:
            raise table.refuse("bleeds", f"bleeds at no edge called {name!r}", suggestion(name, sorted(sides)))
    return tuple(sides[name] for name in names)


def _fillers(table: Table) -> dict[str, Any]:
    """What a row says of the window or the rows to write on that its text leaves room for."""
    lengths = {key: table.length(key) for key in ("window", "row") if key in table.values}
    rows = table.numbers("rows", 2)
    if rows is not None and not 1 <= rows[0] <= rows[1]:
        raise table.refuse("rows", "has fewer rows at most than at least", "write rows = [2, 8]")
    return lengths | ({"rows": (int(rows[0]), int(rows[1]))} if rows else {})


def _group(table: Table) -> FitGroup:
    floor, preferred, gap = table.number("floor"), table.number("preferred"), table.numbers("gap", 2)
    widen, heading = table.numbers("widen", 2), table.numbers("heading", 2)
    widen_alone = table.numbers("widen-alone", 2)
    if floor is not None and preferred is not None and floor > preferred:
        raise table.refuse("floor", f"floor {floor:g} is above preferred {preferred:g}", "the floor is the smaller one")
    if heading and not _LEAST_HEADING <= heading[0] <= heading[1]:
        raise table.refuse("heading", "is smaller than a heading", f"write [{_LEAST_HEADING}, 1.5], the smaller first")
    return FitGroup(
        name=table.string("name"),
        floor=floor,
        preferred=preferred,
        factor=table.number("factor") or 1.0,
        gap=(gap[0], gap[1]) if gap else None,
        ceiling=table.number("ceiling"),
        grow=table.number("grow") or 1.0,
        widen=(widen[0], widen[1]) if widen else None,
        heading=(heading[0], heading[1]) if heading else None,
        language=table.string("language", LOCALE),
        staff=table.boolean("staff", False),
        grow_alone=table.number("grow-alone"),
        widen_alone=(widen_alone[0], widen_alone[1]) if widen_alone else None,
    )


def _check(layout: Layout, table: Table) -> None:
    screen = f"layouts/{layout.name}/" if layout.type_class == WEB else ""
    if problems := [
        problem
        for sheet in layout.stylesheets
        for problem in style_problems(sheet.path, sheet.text, screen=bool(screen) and sheet.path.startswith(screen))
    ]:
        raise LayoutError(*problems)
    if (growth := growth_problem(layout.stylesheets)) is not None:
        raise LayoutError(growth)
    if TEMPLATE not in layout.templates:
        raise table.refuse("class", f"the folder has no {TEMPLATE}")
    for frames, key in ((layout.frames, "frames"), (layout.flow, "flow")):
        rows = {row.string("name"): row for row in table.tables(key)}
        for frame, row in ((frame, rows[frame.name]) for frame in frames):
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
    rows = {row.string("name"): row for row in table.tables("frames")}
    panels = {panel.name: panel.box for panel in layout.panels}
    for frame, row in ((frame, rows[frame.name]) for frame in layout.frames):
        if min(frame.box.margins(layout.width, layout.height).values()).pt < -_ROUNDING:
            raise row.refuse("box", "is outside the sheet", "measure it from the top left of its panel")
        panel = panels[row.string("panel")]
        folded = {side for side, far in panel.margins(layout.width, layout.height).items() if far.pt > _ROUNDING}
        if inner := sorted(folded.intersection(frame.bleeds)):
            message = f"bleeds at the {inner[0]} of its panel, where the sheet is folded, not cut"
            raise row.refuse("bleeds", message, "name edges of the sheet, for left-to-right readers")


def _texts(files: Files, folders: tuple[Path, ...], pattern: str) -> dict[str, Stylesheet]:
    """The files' paths and texts by path from the root, in order."""
    texts: dict[str, Stylesheet] = {}
    for path in (path for folder in folders for path in files.listing(folder, pattern)):
        relative = path.relative_to(files.root).as_posix()
        text, problems = files.text(path)
        if text is None:
            raise LayoutError(problems[0])
        if len(text) > _LONGEST_TEXT:
            message = f"the file is {len(text)} characters long; the limit is {_LONGEST_TEXT}"
            raise LayoutError(diagnostic("layout", Span(relative), message, "take out what no frame needs"))
        texts[relative] = Stylesheet(relative, text)
    return texts


def _by_name(texts: dict[str, Stylesheet]) -> dict[str, Stylesheet]:
    """By the name of the file; the layout's own wins over what is shared."""
    return {PurePosixPath(path).name: text for path, text in texts.items()}
