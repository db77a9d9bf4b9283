"""Commands on approval: review, sign, take back, return, waive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.output import finish, say
from pressroom.diagnostics import filled

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@click.command("review")
@options.document_argument
@options.one_locale_option
@click.option(
    "--back", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="A catalog of back-translations."
)
@options.output_option
@options.in_project
def review(workspace: Workspace, document: str, locale: str, back: Path | None, output: Path | None, form: str) -> None:
    """Make the review sheet of DOCUMENT in a locale.

    One PDF, and one page for a screen: English and translation side by side, message by message, with notes, terms,
    findings, what changed since it was signed, pictures of the proof, and space to sign.
    """
    from pressroom.commands.signing.review import review

    report = review(options.review_case(workspace, document, locale), output or workspace.root / "output", back)
    for path in report.value:
        click.echo(f"wrote {path}", err=form != "text")
    finish(report.findings, form)


@click.command("sign")
@options.document_argument
@options.one_locale_option
@options.role_option
@options.signer_options("who signs.")
@click.option(
    "--product",
    "products",
    multiple=True,
    metavar="NAME",
    help="Only as this product; what you signed on others stays signed. Repeatable.",
)
@options.output_option
@click.option("--yes", is_flag=True, help="Sign without asking.")
@options.in_project
def sign(
    workspace: Workspace,
    document: str,
    locale: str,
    role: str,
    id: str,
    key: Path | None,
    name: str,
    qualification: str,
    products: tuple[str, ...],
    output: Path | None,
    yes: bool,
    form: str,
) -> None:
    """Sign DOCUMENT in a locale.

    Shows every message that is signed, what changed since the last signature, where the pages are drawn in another
    way than they were signed, and what was found, then asks. Refuses if a check fails, if one person would fill two
    roles, or if the proof is not what the catalogs give.
    """
    from pressroom.cli.reports import show_offer
    from pressroom.commands.signing.look import look_lines
    from pressroom.commands.signing.sign import keep_signed_proofs, prepare_signature, write_signature
    from pressroom.commands.signing.signer import Named, find_signer

    signer = find_signer(workspace, role, Named(id, key, name, qualification))
    case = options.review_case(workspace, document, locale, products)
    offered = prepare_signature(case, signer, output or workspace.root / "output", today())
    if form == "text":
        show_offer(offered, case)
        for line in look_lines(case.verdicts, case.jobs, output or workspace.root / "output"):
            click.echo(filled(line))
    say(offered.problems, form)
    if offered.problems or offered.record is None or offered.wording is None:
        sys.exit(1)
    if not yes and not click.confirm(f"Sign this as {role}, {signer.name}?", err=True):
        sys.exit(1)
    path = write_signature(case, signer, offered.record, offered.wording, offered.marks)
    keep_signed_proofs(case, output or workspace.root / "output")
    # Beside the record are its signature, the signed words and what the proofs draw.
    folder = workspace.relative(path.parent)
    click.echo(f"signed: {workspace.relative(path)}; commit its folder: git add {folder}", err=form != "text")
    if workspace.people().value is None:
        note = "there is no source/people.toml, so anybody who can commit can sign in this name: docs/how-to/keys.md"
        click.echo(note, err=True)


@click.command("unsign")
@options.document_argument
@options.one_locale_option
@options.role_option
@click.option("--name", default="", help="Only this person's; everybody's in the role otherwise.")
@click.option("--reason", required=True, help="Why; the record has it.")
@options.as_option
@options.key_option
@options.output_option
@options.in_project
def unsign(
    workspace: Workspace,
    document: str,
    locale: str,
    role: str,
    name: str,
    reason: str,
    id: str,
    key: Path | None,
    output: Path | None,
    form: str,
) -> None:
    """Take back a signature under DOCUMENT.

    The record stays, and one beside it says that it no longer counts. What was released on it goes from the desk page.
    """
    from pressroom.commands.signing.desk import refresh_released_desk
    from pressroom.commands.signing.withdraw import unsign

    by = options.who_takes_back(workspace, id, key, None)
    done = unsign(options.review_case(workspace, document, locale), role, name, reason, today(), by)
    if done is None:
        raise click.UsageError(f"{document} in {locale} has no signature as {role}")
    click.echo(f"{done[1]} taken back: {workspace.relative(done[0])}; commit it", err=form != "text")
    say(refresh_released_desk(workspace, output or workspace.root / "output", today()), form)


@click.command("return")
@options.document_argument
@options.one_locale_option
@click.option("--note", required=True, help="What is wrong; the translator reads it beside each message.")
@options.person_options("name", "who returns it.")
@click.option(
    "--message",
    "numbers",
    multiple=True,
    type=int,
    metavar="N",
    help="Only this message, as `review` numbers them. Repeatable.",
)
@options.output_option
@options.in_project
def return_(
    workspace: Workspace,
    document: str,
    locale: str,
    note: str,
    id: str,
    key: Path | None,
    name: str | None,
    numbers: tuple[int, ...],
    output: Path | None,
    form: str,
) -> None:
    """Return DOCUMENT to its translator: the reviewer's no.

    Its messages become fuzzy with the remark, and every signature on this text is void. What was
    released on them goes from the desk page.
    """
    from pressroom.commands.signing.desk import refresh_released_desk
    from pressroom.commands.signing.withdraw import return_messages

    case = options.review_case(workspace, document, locale)
    by = options.who_takes_back(workspace, id, key, name)
    count, path = return_messages(case, numbers, by, note, today())
    click.echo(f"{count} messages returned; {workspace.relative(path)} says so: commit it", err=form != "text")
    say(refresh_released_desk(workspace, output or workspace.root / "output", today()), form)


@click.command("waive")
@options.document_argument
@options.one_locale_option
@click.option("--code", required=True, help="The finding's code, as `check` prints it.")
@click.option(
    "--message", "number", required=True, type=int, metavar="N", help="The message, as `review` numbers them."
)
@options.signer_options("who waives: a reviewer, never the translator.")
@click.option("--reason", required=True, help="Why the text is right as it is.")
@options.in_project
def waive(
    workspace: Workspace,
    document: str,
    locale: str,
    code: str,
    number: int,
    id: str,
    key: Path | None,
    name: str,
    qualification: str,
    reason: str,
    form: str,
) -> None:
    """Excuse one finding in one message of DOCUMENT.

    It holds for this very text. Placeholders, numbers to call and the direction of text are never excused.
    """
    from pressroom.commands.signing.signer import Named, find_signer
    from pressroom.commands.signing.waivers import waivable_finding, write_waiver

    signer = find_signer(workspace, "reviewer", Named(id, key, name, qualification))
    case = options.review_case(workspace, document, locale)
    finding = waivable_finding(case, signer, code, number, today())
    path = write_waiver(case, signer, finding, reason, today())
    click.echo(f"waived: {workspace.relative(path)}; commit it", err=form != "text")
