"""`preflight`: PDFs from anywhere go in, findings and what was seen come out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli.options import format_option
from pressroom.cli.say import say

if TYPE_CHECKING:
    from pressroom.preflight import Examined


@click.command("preflight")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@format_option
def command(files: tuple[Path, ...], form: str) -> None:
    """Check finished PDFs.

    FILES may be anybody's: their pages, boxes, fonts, tags, language, title, contrast, type, pictures, links and
    attachments are checked, and both PDF/UA-1 and PDF/A-2a. Of a press file, boxes, plates, ink, rules, reversed
    type and the output intent are; it is not held against PDF/X.
    """
    from pressroom.commands.building.preflight import preflight

    report = preflight(files)
    say(report.diagnostics, form)
    if form == "text":
        for path, examined in report.files:
            click.echo(_seen(path, examined))
    sys.exit(1 if report.failed else 0)


def _seen(path: str, examined: Examined) -> str:
    """One line of what a file is."""
    from pressroom.units import Length

    facts, sight = examined.facts, examined.sight
    if facts is None or sight is None:
        return f"{path}: not read"
    sizes = {
        (round(Length(right - left).mm, 2), round(Length(top - foot).mm, 2)) for left, foot, right, top in facts.boxes
    }
    parts = [
        f"{facts.pages} {'page' if facts.pages == 1 else 'pages'} of "
        + ", ".join(f"{width:g} × {height:g} mm" for width, height in sorted(sizes)),
        f"language {facts.language or 'unknown'}",
        f"title {facts.title!r}" if facts.title else "no title",
        ", ".join(sorted(facts.fonts)) or "no fonts",
        f"says it is {' and '.join(facts.claims)}" if facts.claims else "claims no standard",
    ]
    if sight.runs:
        faintest = min(run.contrast for run in sight.runs)
        parts.append(f"type from {min(run.size for run in sight.runs):.1f} pt, contrast from {faintest:.1f}:1")
    if examined.press:
        parts.append(f"a press file, verified: {'; '.join(examined.press)}")
    else:
        parts.append("both standards checked" if examined.profiles else "standards not checked")
    errors = sum(1 for d in examined.diagnostics if d.severity == "error")
    return f"{path}: {'; '.join(parts)}; {errors} errors" if errors else f"{path}: {'; '.join(parts)}"
