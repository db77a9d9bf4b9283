"""Makes the page that shows a brand, `output/brand.pdf`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pressroom.commands.projects.brand import BrandPlan, printed_hex
from pressroom.compose.brand_sheet import BrandSheet, ShownColour, compose_brand
from pressroom.layout.block_words import word_of
from pressroom.layout.colours import contrast, rgb_of
from pressroom.layout.oklch import as_seen
from pressroom.project.atomic import write_if_changed
from pressroom.workspace.workspace import Workspace

_RANKS = ("note", "important", "warning")
_READERS = {"everyone": "everyone", "protan": "readers without red", "deutan": "readers without green"}


def make_brand_page(workspace: Workspace, plan: BrandPlan, output: Path) -> Path:
    """Write the page of a brand, as it would be; returns the file.

    Raises:
        RenderError: it can't be drawn.
        OSError: it can't be written.
    """
    from pressroom.render.proof import render_paper

    path = output / "brand.pdf"
    write_if_changed(path, render_paper(compose_brand(_sheet(workspace, plan)), "brand.html"))
    return path


def _sheet(workspace: Workspace, plan: BrandPlan) -> BrandSheet:
    scheme, kept = plan.scheme, plan.kept
    words = workspace.words().value
    numbers = [clinic.emergency for clinic in workspace.clinics().value]
    tokens = {
        "colour-ink": kept.ink,
        "colour-paper": kept.paper,
        "colour-alarm": kept.alarm,
        "dark-ink": kept.dark_ink,
        "dark-paper": kept.dark_paper,
    }
    tokens |= {f"{value.group}-{value.key}": value.text for value in plan.values if value.group in ("colour", "dark")}
    return BrandSheet(
        title=f"The brand of {workspace.project.name}",
        given=scheme.given,
        press=plan.press,
        colours=tuple(_colours(plan)),
        contrasts=[
            (pair.use, pair.one, pair.other, f"{pair.ratio:.1f}:1", f"{pair.needs:g}:1") for pair in scheme.pairs
        ],
        seen=[
            (
                said,
                as_seen(scheme.colours["flow"], kind),
                as_seen(scheme.colours["dot"], kind),
                f"{scheme.seen[kind]:.0f}",
            )
            for kind, said in _READERS.items()
        ],
        tokens=tokens,
        words={rank: words[word_of(rank)].msgid if word_of(rank) in words else rank for rank in _RANKS},
        emergency=next(iter(numbers), "[number]"),
        notes=plan.notes,
        logo=(plan.logo.name, plan.logo.data, plan.logo.name) if plan.logo else None,
    )


def _colours(plan: BrandPlan) -> Iterator[ShownColour]:
    uses = {value.key: value.comment for value in plan.values if value.group == "colour"}
    for one in plan.swatches:
        ratio = f"{contrast(rgb_of(one.colour), rgb_of(plan.kept.paper)):.1f}:1"
        use = uses[one.name].rpartition(",")[0] or uses[one.name]
        yield ShownColour(one.name, use, one.colour, printed_hex(one), one.percents, f"{one.apart:.1f}", ratio)
