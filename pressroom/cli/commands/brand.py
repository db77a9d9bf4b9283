"""The command that sets up a brand from one colour and a logo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.command import command
from pressroom.cli.output import columns, data, finish, show, typed

if TYPE_CHECKING:
    from pressroom.commands.projects.brand import BrandPlan
    from pressroom.workspace.workspace import Workspace

_FILE = click.Path(path_type=Path, dir_okay=False)


@command("brand")
@click.option("--colour", "--color", "colour", required=True, metavar="COLOUR", help="Your colour, as `#7a1f5c`.")
@click.option("--logo", type=_FILE, metavar="FILE", help="Your logo, an SVG or a PNG. It is copied into layouts/art/.")
@click.option("--logo-text", default="", metavar="TEXT", help="What is read aloud for the logo.")
@click.option(
    "--profile",
    type=_FILE,
    metavar="FILE",
    help="The print shop's ICC profile. Without it: the project's, or an estimate.",
)
@click.option(
    "--replace", is_flag=True, help="Put the new values in the place of yours. Without it, yours are refused."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and show it. The project stays as it is.")
@options.output_option
@options.in_project
def brand(
    workspace: Workspace,
    colour: str,
    logo: Path | None,
    logo_text: str,
    profile: Path | None,
    replace: bool,
    dry_run: bool,
    output: Path | None,
) -> None:
    """Set up the look from one colour and a logo.

    Computes the colours that the styles need, the inks that print them, and their contrast. Writes them into
    layouts/brand.toml, where comments and other values stay, and makes a page that shows them. The alarm stays red.
    """
    from pressroom.commands.projects.brand import BrandOrder, plan_brand, write_brand
    from pressroom.commands.projects.brand_page import make_brand_page

    order = BrandOrder(colour=colour, logo=logo, logo_text=logo_text, profile=profile, replace=replace)
    plan = plan_brand(workspace, order)
    written = [] if dry_run else write_brand(workspace, plan, replace=replace)
    page = make_brand_page(workspace, plan, output or workspace.root / "output")
    data(
        written=written, page=page, notes=plan.notes, press=plan.press, values=[
            {"group": value.group, "key": value.key, "value": value.text} for value in plan.values
        ],
        contrasts=[{"use": pair.use, "ratio": round(pair.ratio, 2), "needs": pair.needs} for pair in plan.scheme.pairs],
    )  # fmt: skip
    _show(plan, dry_run=dry_run)
    done = [f"wrote {name}" for name in written] or ["nothing was written" if dry_run else "nothing changed"]
    then = f"then {typed('build')}" if not dry_run else "without --dry-run it is written"
    finish((), *done, next=f"look at {page} on a screen and on paper; {then}")


def _show(plan: BrandPlan, *, dry_run: bool) -> None:
    from pressroom.commands.projects.brand import printed_hex

    show(f"Inks are {plan.press}.\n")
    rows = [("colour", "screen", "inks C M Y K", "print about", "apart")]
    rows += [(one.name, one.colour, one.percents, printed_hex(one), f"{one.apart:.1f}") for one in plan.swatches]
    show(columns(rows) + "\n")
    pairs = [("where they meet", "contrast", "needs")]
    pairs += [(pair.use, f"{pair.ratio:.1f}:1", f"{pair.needs:g}:1") for pair in plan.scheme.pairs]
    show(columns(pairs) + "\n")
    seen = ", ".join(f"{apart:.0f} ({who})" for who, apart in plan.scheme.seen.items())
    show(f"flow and dot are apart by {seen}; 20 is never mistaken\n")
    if plan.logo:
        show(f"logo: {plan.logo.name}, {plan.logo.facts}")
    for note in plan.notes:
        show(note)
    for one in plan.replaced:
        show(f"{'would replace' if dry_run else 'replaced'}: {one}")
