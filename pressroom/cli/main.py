"""The commands: a command line goes in, one call of the pipeline and an exit code come out.

0: all that was asked for was made. 1: something was refused. 2: the command was used wrongly. 75: another build
holds the output. An exception that is none of these is our own fault and keeps its traceback.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom import __version__
from pressroom.cli.clock import now
from pressroom.cli.options import documents_argument, format_option, in_project, jobs_option, locale_option

if TYPE_CHECKING:
    from pressroom.pipeline.catalogs import CatalogReport
    from pressroom.project import Project


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pressroom")
@click.option(
    "--project", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path(),
    help="A folder of the project; the one you are in otherwise.",
)  # fmt: skip
@click.pass_context
def main(context: click.Context, project: Path) -> None:
    """Patient education in every patient's language: English in, catalogs for translators, checked PDFs out."""
    context.obj = project


@main.command()
@documents_argument
@locale_option
@click.option("--clinic", "clinics", multiple=True, metavar="NAME", help="Only for this clinic. Repeatable.")
@click.option("--product", "products", multiple=True, metavar="NAME", help="Only this product. Repeatable.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where editions go; output/ otherwise.")
@jobs_option
@format_option
@in_project
def build(
    project: Project,
    documents: tuple[str, ...],
    locales: tuple[str, ...],
    clinics: tuple[str, ...],
    products: tuple[str, ...],
    output: Path | None,
    jobs: int,
    form: str,
) -> None:
    """Make proofs of DOCUMENTS (all of them otherwise) in every locale, for every clinic.

    A piece whose inputs did not change is not made again. Every panel of a proof says that it is one.
    """
    from pressroom.cli.table import progress_line, show_build
    from pressroom.pipeline.build import build as run
    from pressroom.pipeline.plan import Request

    request = Request(documents, locales, clinics, products)
    report = run(project, request, output=output or project.root / "output", jobs=jobs, progress=progress_line())
    show_build(report, form)
    sys.exit(75 if report.busy else 1 if report.failed else 0)


@main.command()
@format_option
@in_project
def extract(project: Project, form: str) -> None:
    """Write the catalog templates: one a document, and one for the layouts' own words."""
    from pressroom.pipeline.catalogs import extract as run

    _finish(run(project, now()), form, "templates")


@main.command()
@locale_option
@format_option
@in_project
def update(project: Project, locales: tuple[str, ...], form: str) -> None:
    """Extract, and bring every locale's catalogs up to the English; no translation is lost."""
    from pressroom.pipeline.catalogs import update as run

    _finish(run(project, locales, now()), form, "catalogs")


@main.command()
@documents_argument
@click.option("--locale", required=True, metavar="TAG", help="The locale that was drafted.")
@format_option
@in_project
def drafted(project: Project, documents: tuple[str, ...], locale: str, form: str) -> None:
    """Record what is translated in DOCUMENTS (all otherwise) as a machine's drafts.

    A draft builds as a proof and can't be released; a message is a draft until its text is edited.
    """
    from pressroom.pipeline.catalogs import record_machine_drafts

    _finish(record_machine_drafts(project, locale, documents), form, "files")


def _finish(report: CatalogReport, form: str, what: str) -> None:
    from pressroom.cli.table import show_catalogs

    show_catalogs(report, form, what)
    sys.exit(1 if report.failed else 0)
