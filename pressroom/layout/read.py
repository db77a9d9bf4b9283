"""Layout folders read: TOML, templates and CSS go in, a `Layout` or the reasons why not come out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.model import (
    NEXT,
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
from pressroom.units import Length


class LayoutError(Exception):
    """A layout, the brand or the table of products can't be used; carries the diagnostic."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


class _Table:
    """A TOML table whose missing and wrong values are refused by name and line."""

    def __init__(self, values: Mapping[str, Any], path: str, text: str, name: str = "") -> None:
        self.values, self.path, self.text, self.name = values, path, text, name

    def refuse(self, key: str, message: str, hint: str = "see docs/reference/layouts.md") -> LayoutError:
        line = next((n for n, row in enumerate(self.text.splitlines(), 1) if row.lstrip().startswith(key)), 0)
        return LayoutError(diagnostic("layout", Span(self.path, line), f"{self.name}{message}", hint))

    def string(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, f"lacks the text {key!r}")
        return value

    def length(self, key: str) -> Length:
        return self._length(key, self.string(key))

    def lengths(self, key: str, count: int | None = None) -> tuple[Length, ...]:
        values = self.values.get(key, [])
        if not isinstance(values, list) or (count is not None and len(values) != count):
            raise self.refuse(key, f"{key} is not a list of {count or 'some'} lengths")
        return tuple(self._length(key, value) for value in values)

    def _length(self, key: str, value: object) -> Length:
        try:
            return Length.parse(str(value))
        except ValueError as error:
            raise self.refuse(key, f"{key}: {error}") from None

    def box(self, key: str = "box") -> Box:
        left, top, width, height = self.lengths(key, 4)
        return Box(left, top, width, height)

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        return None if value is None else float(value)

    def tables(self, key: str) -> list[_Table]:
        found = self.values.get(key, [])
        rows = [(row.get("name", "?"), row) for row in found] if isinstance(found, list) else list(found.items())
        return [_Table({"name": name, **row}, self.path, self.text, f"{key} {name!r} ") for name, row in rows]


def _table(path: Path, relative: str) -> _Table:
    try:
        text = path.read_text(encoding="utf-8")
        return _Table(tomllib.loads(text), relative, text)
    except FileNotFoundError:
        raise LayoutError(diagnostic("layout", Span(relative), "the file is missing")) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(diagnostic("layout", Span(relative), f"can't be read: {error}")) from None


def read_products(root: Path) -> dict[str, Product]:
    """The products of `layouts/products.toml` by name.

    Raises:
        LayoutError: the table is missing or lacks something.
    """
    table = _table(root / "layouts" / "products.toml", "layouts/products.toml")
    rows = [_Table(row, table.path, table.text, f"product {name!r} ") for name, row in table.values.items()]
    return {
        name: Product(name, row.string("layout"), row.string("description", ""))
        for name, row in zip(table.values, rows, strict=True)
    }


def read_brand(root: Path) -> dict[str, str]:
    """The tokens of `layouts/brand.toml`, flat: `[colour] ink` is `colour-ink`.

    Raises:
        LayoutError: the file is missing or can't be read.
    """
    table = _table(root / "layouts" / "brand.toml", "layouts/brand.toml")
    return {
        f"{group}-{name}": str(value)
        for group, tokens in table.values.items()
        if isinstance(tokens, dict)
        for name, value in tokens.items()
    }


def read_layout(root: Path, name: str) -> Layout:
    """The layout in `layouts/<name>/`, with what all layouts share in `layouts/shared/`.

    Raises:
        LayoutError: a file is missing, or `layout.toml` lacks something or names what is not there.
    """
    folder, shared = root / "layouts" / name, root / "layouts" / "shared"
    path = f"layouts/{name}/layout.toml"
    table = _table(folder / "layout.toml", path)
    sheet = _Table(table.values.get("sheet", {}), path, table.text, "sheet ")
    panels = tuple(PanelPlace(t.string("name"), t.string("page"), t.box()) for t in table.tables("panels"))
    passages = tuple(_passage(t) for t in table.tables("passages"))
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
        templates=_texts(root, (shared, folder), "*.html"),
        stylesheets=tuple(Stylesheet(p, t) for p, t in _texts(root, (shared, folder), "*.css", whole=True).items()),
        art=_texts(root, (root / "layouts" / "art",), "*.toml"),
    )
    _check_names(layout, table)
    return layout


def _passage(table: _Table) -> Passage:
    required = bool(table.values.get("required", True))
    return Passage(table.string("name"), table.string("panel"), table.string("takes", NEXT), required)


def _frame(table: _Table, panels: dict[str, PanelPlace], passages: set[str]) -> Frame:
    panel, passage = panels.get(table.string("panel")), table.string("passage", "")
    if panel is None:
        raise table.refuse("panel", f"stands on no panel called {table.string('panel')!r}")
    if passage and passage not in passages:
        raise table.refuse("passage", f"belongs to no passage called {passage!r}")
    return Frame(table.string("name"), panel.page, table.box().within(panel.box), passage, table.string("fit"))


def _group(table: _Table) -> FitGroup:
    gap = table.values.get("gap")
    return FitGroup(
        name=table.string("name"),
        floor=table.number("floor"),
        preferred=table.number("preferred"),
        factor=table.number("factor") or 1.0,
        gap=(float(gap[0]), float(gap[1])) if gap else None,
    )


def _check_names(layout: Layout, table: _Table) -> None:
    pages, groups = {page.name for page in layout.pages}, {group.name for group in layout.groups}
    if "template.html" not in layout.templates:
        raise table.refuse("class", "the folder has no template.html")
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
