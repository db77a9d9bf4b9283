"""`build`: what was asked for goes in, proofs and a table come out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pressroom.cli.options import documents_argument, format_option, in_project, jobs_option, locale_option
from pressroom.project import Project


@click.command("build")
@documents_argument
@locale_option
@click.option("--clinic", "clinics", multiple=True, metavar="NAME", help="Only for this clinic. Repeatable.")
@click.option("--product", "products", multiple=True, metavar="NAME", help="Only this product. Repeatable.")
@click.option(
    "--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions go; output/ otherwise."
)
@click.option("--verify", is_flag=True, help="Make everything again elsewhere, and compare it with what is current.")
@jobs_option
@format_option
@in_project
def command(
    project: Project,
    documents: tuple[str, ...],
    locales: tuple[str, ...],
    clinics: tuple[str, ...],
    products: tuple[str, ...],
    output: Path | None,
    verify: bool,
    jobs: int,
    form: str,
) -> None:
    """Make proofs of DOCUMENTS in every locale.

    All documents, locales and clinics where none is named. A piece whose inputs did not change is not made again.
    Every panel of a proof says that it is one.
    """
    from pressroom.cli.build_table import progress_line, show_build
    from pressroom.pipeline.build import build
    from pressroom.pipeline.plan import Request

    request = Request(documents, locales, clinics, products)
    output = output or project.root / "output"
    if verify:
        from pressroom.cli.verify_report import finish_verify
        from pressroom.pipeline import verify as again

        finish_verify(again.verify(project, request, output=output, jobs=jobs, progress=progress_line()), form)
    report = build(project, request, output=output, jobs=jobs, progress=progress_line())
    show_build(report, form)
    sys.exit(75 if report.busy else 1 if report.failed else 0)
