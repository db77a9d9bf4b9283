"""Commands on approval: review, sign, take back, return, waive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pressroom.cli import complete, options
from pressroom.cli.clock import today
from pressroom.cli.command import command
from pressroom.cli.output import data, finish, first_to_fix, last, say, show, tell, typed
from pressroom.counted import counted

if TYPE_CHECKING:
    from pressroom.workspace.workspace import Workspace


@command("review")
@options.document_argument
@options.one_locale_option
@click.option(
    "--back", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="A catalog (.po) with translations back into English, printed beside the texts. Without it: "
    "`locales/LOCALE/back/DOCUMENT.po`, if there is one.",
)  # fmt: skip
@options.output_option
@options.in_project
def review(workspace: Workspace, document: str, locale: str, back: Path | None, output: Path | None) -> None:
    """Make a review sheet for those who sign.

    It is one PDF and one page for a screen. Both show English and translation side by side, message by message, with
    notes, terms, findings, what changed since somebody signed, pictures of the proof, and space to sign.
    """
    from pressroom.commands.signing.review import review

    report = review(options.review_case(workspace, document, locale), output or workspace.root / "output", back)
    data(files=report.value)
    made = (
        f"open {report.value[0]}; then: {typed(f'sign {document} --locale {locale} --role ROLE')}"
        if report.value
        else ""
    )
    finish(report.findings, *(f"wrote {path}" for path in report.value), next=made or first_to_fix(report.findings))


@command("sign")
@options.document_argument
@options.one_locale_option
@options.role_option
@options.signer_options("who signs.")
@click.option(
    "--product",
    "products",
    multiple=True,
    metavar="NAME",
    shell_complete=complete.products,
    help="Only this product. What you signed of others stays signed. Can be repeated.",
)
@options.output_option
@click.option("--yes", is_flag=True, help="Sign without a question, for scripts.")
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
) -> None:
    """Sign a document in a language.

    Shows all that you sign: every text with its translation, what changed since the last signature, the findings, and
    the proofs. Then it asks. Build the proofs and read them first.

    The English needs a clinician and an author or a reviewer. A translation needs a translator, a reviewer and a
    clinician. docs/how-to/sign.md explains who signs what.
    """
    from pressroom.cli.offer import offer_lines
    from pressroom.commands.signing.look import look_lines
    from pressroom.commands.signing.sign import keep_signed_proofs, prepare_signature, write_signature
    from pressroom.commands.signing.signer import Named, find_signer

    signer = find_signer(workspace, role, Named(id, key, name, qualification))
    case = options.review_case(workspace, document, locale, products)
    offered = prepare_signature(case, signer, output or workspace.root / "output", today())
    show(*offer_lines(offered, case), *look_lines(case.verdicts, case.jobs, output or workspace.root / "output"))
    say(offered.problems)
    if offered.problems or offered.record is None or offered.wording is None:
        last(first_to_fix(offered.problems))
        sys.exit(1)
    if not yes and not click.confirm(f"Sign this as {role}, {signer.name}?", err=True):
        sys.exit(1)
    path = write_signature(case, signer, offered.record, offered.wording, offered.marks)
    keep_signed_proofs(case, output or workspace.root / "output")
    record = workspace.relative(path)
    data(record=record)
    tell(f"signed: {record}")
    if workspace.people().value is None:
        note = "there is no source/people.toml, so anybody who can commit can sign in this name: docs/how-to/keys.md"
        tell(note)
    # Beside the record are its signature, the signed words and what the proofs draw.
    last(f"next: commit its folder: git add {workspace.relative(path.parent)}")


@command("unsign")
@options.document_argument
@options.one_locale_option
@options.role_option
@click.option(
    "--name", default="", metavar="NAME", help="Only this person's signature. Without it: everybody's in the role."
)
@click.option("--reason", required=True, metavar="TEXT", help="Why. The record keeps it.")
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
) -> None:
    """Take back a signature.

    The record of the signature stays; a second record beside it says that it no longer counts. What was released on
    it disappears from the desk page.
    """
    from pressroom.commands.signing.desk import refresh_released_desk
    from pressroom.commands.signing.withdraw import unsign

    by = options.who_takes_back(workspace, id, key, None)
    done = unsign(options.review_case(workspace, document, locale), role, name, reason, today(), by)
    if done is None:
        raise click.UsageError(f"{document} in {locale} has no signature as {role}")
    record = workspace.relative(done[0])
    data(record=record)
    tell(f"{done[1]} taken back: {record}")
    say(refresh_released_desk(workspace, output or workspace.root / "output", today()))
    last(f"next: commit {record}")


@command("return")
@options.document_argument
@options.one_locale_option
@click.option(
    "--note", required=True, metavar="TEXT", help="What is wrong. The translator reads it beside each message."
)
@options.person_options("name", "who returns it.")
@click.option(
    "--message",
    "numbers",
    multiple=True,
    type=int,
    metavar="N",
    help="Only the message with this number in `review`. Can be repeated.",
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
) -> None:
    """Return a translation to its translator, unsigned.

    Its messages become fuzzy, with your note. Every signature of this text is void, and what was released on it
    disappears from the desk page.
    """
    from pressroom.commands.signing.desk import refresh_released_desk
    from pressroom.commands.signing.withdraw import return_messages

    case = options.review_case(workspace, document, locale)
    by = options.who_takes_back(workspace, id, key, name)
    count, path = return_messages(case, numbers, by, note, today())
    record = workspace.relative(path)
    data(record=record, messages=count)
    tell(f"{counted(count, 'message')} returned; {record} says so")
    say(refresh_released_desk(workspace, output or workspace.root / "output", today()))
    last("next: commit the catalog and the record (git status names them)")


@command("waive")
@options.document_argument
@options.one_locale_option
@click.option(
    "--code", required=True, metavar="CODE", shell_complete=complete.codes,
    help="The code of the finding: the word in brackets that `check` prints.",
)  # fmt: skip
@click.option("--message", "number", required=True, type=int, metavar="N", help="The message's number in `review`.")
@options.signer_options("who waives: a reviewer, never the translator.")
@click.option("--reason", required=True, metavar="TEXT", help="Why the text is right as it is.")
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
) -> None:
    """Excuse one finding in one message.

    The waiver holds for this text alone; it is void when the text changes. A reviewer can't excuse findings about
    placeholders, telephone numbers and the direction of text.
    """
    from pressroom.commands.signing.signer import Named, find_signer
    from pressroom.commands.signing.waivers import waivable_finding, write_waiver

    signer = find_signer(workspace, "reviewer", Named(id, key, name, qualification))
    case = options.review_case(workspace, document, locale)
    finding = waivable_finding(case, signer, code, number, today())
    path = write_waiver(case, signer, finding, reason, today())
    record = workspace.relative(path)
    data(record=record)
    tell(f"waived: {record}")
    last(f"next: commit {record}")
