"""Writes what peers are given: our HTML as we lay it out, and the same texts for Typst.

The HTML has the sizes that we found and the drawings with their labels in place. Peers break its lines themselves.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressroom.compose import HtmlPage, Piece
from pressroom.compose.geometry import ORIGIN
from pressroom.content.model import Block
from pressroom.planning.fonts import prepare_fonts
from pressroom.planning.plan import Job, Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Exported:
    """The pages of all pieces, the values of all pieces for Typst, and the configuration of their fonts."""

    pages: tuple[Path, ...]
    values: tuple[Path, ...]
    fonts: str


def export(root: Path, folder: Path, locales: tuple[str, ...]) -> Exported:
    """Compose each piece of a project. Sizes are searched once for a document and language, as a build does."""
    workspace = Workspace.open(root)
    plan = make_plan(workspace, Request(locales=locales), (), ())
    jobs = [job for job in plan.jobs if job.requested]
    prepared = [(job, piece) for job in jobs if (piece := prepare(job).piece) is not None]
    assert prepare_fonts(workspace, [piece.language for _, piece in prepared]).value
    # WeasyPrint reads the list of fonts when it is imported.
    from benchmarks.peers.as_set import AsSet

    found: dict[tuple[str, str], AsSet] = {}
    pages, values = [], []
    for job, piece in prepared:
        key = (piece.document.name, piece.language.tag)
        if key not in found:
            found[key] = AsSet.of(piece)
        pages.append(_write_page(found[key].page(piece), folder / _name(job)))
        values.append(_values(job, piece, folder))
    return Exported(tuple(pages), tuple(values), os.environ["FONTCONFIG_FILE"])


def _name(job: Job) -> str:
    return f"{job.document}.{job.language.tag}.{job.clinic.id}"


def _write_page(page: HtmlPage, folder: Path) -> Path:
    """The page as one file of HTML with its styles, and its pictures beside it."""
    styles = "\n".join(f"<style>\n{sheet.text}\n</style>" for sheet in page.stylesheets)
    for address, data in page.assets.items():
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)
    html = page.html.replace("</head>", f"{styles}\n</head>", 1)
    # The address under which our engine is given pictures; here they are beside the page.
    path = folder / "page.html"
    path.write_text(html.replace(ORIGIN, ""), encoding="utf-8")
    return path


def _values(job: Job, piece: Piece, folder: Path) -> Path:
    """The same texts and pictures, for a template of Typst."""
    panels = [list(_blocks(piece, panel.blocks)) for panel in piece.document.panels]
    clinic = piece.clinic
    values = {
        "title": piece.translation.of(piece.document.front.title).text,
        "language": piece.language.tag.split("-")[0],
        "direction": piece.language.direction,
        "fonts": piece.language.font_names,
        "card": piece.product == "wallet-card",
        "width": piece.layout.width.pt,
        "height": piece.layout.height.pt,
        "panels": panels,
        "clinic": [clinic.name, *clinic.address, clinic.phone or "", clinic.emergency],
        "control": piece.control.lines,
        "ink": piece.brand.get("ink", "#1a2b3c"),
    }
    path = folder / _name(job) / "values.json"
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
    return path


def _blocks(piece: Piece, blocks: tuple[Block, ...]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        runs = _runs(piece, piece.translation.of(block.message).text) if block.message else []
        source = block.source if block.kind == "image" and block.source in piece.images else ""
        if source:
            yield {"kind": "image", "source": source, "alt": "".join(text for _, text in runs)}
        elif runs:
            yield {"kind": block.kind, "level": block.level, "runs": runs}
        yield from _blocks(piece, block.children)


def _runs(piece: Piece, text: str) -> list[tuple[bool, str]]:
    """A message as runs of text, each bold or not."""
    text = re.sub(r"\{([\w-]+)\}", lambda match: piece.placeholders.get(match[1], match[0]), text)
    text = re.sub(r"\[([^\]]*)\]\{\d+\}", r"\1", text)
    parts = re.split(r"\*\*(.+?)\*\*", text, flags=re.DOTALL)
    return [(bool(number % 2), part.replace("*", "")) for number, part in enumerate(parts) if part]
