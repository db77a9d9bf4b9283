"""What people do to a text in a browser, each as a value that `passkey_signing` prepares and does.

The code is that of the commands `sign`, `return`, `unsign` and `recall`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from pressroom.commands.signing.desk import refresh_released_desk
from pressroom.commands.signing.passkey_signing import Done
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.sign import keep_signed_proofs, prepare_signature, write_signature
from pressroom.commands.signing.signer import Signer
from pressroom.commands.signing.withdraw import recall, return_messages, unsign
from pressroom.diagnostics import DiagnosticError
from pressroom.planning.named import UsageError
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignText:
    """Sign a document in a locale in a role, as `sign`; `products` as there, all if there are none."""

    document: str
    locale: str
    role: str
    output: Path
    products: tuple[str, ...] = ()
    optional: ClassVar[bool] = False

    def do(self, workspace: Workspace, signer: Signer, today: date) -> Done:
        """Write the sign-off, its words and the marks of its drawings."""
        case = open_review_case(workspace, self.document, self.locale, today, self.products)
        offered = prepare_signature(case, signer, self.output, today)
        if offered.problems or offered.record is None or offered.wording is None:
            raise DiagnosticError(*offered.problems)
        path = write_signature(case, signer, offered.record, offered.wording, offered.marks)
        keep_signed_proofs(case, self.output)
        return Done(workspace.relative(path))


@dataclass(frozen=True, slots=True)
class ReturnText:
    """Return messages to the translator with a remark, as `return`; all messages if no number is given.

    The report is how many messages were returned.
    """

    document: str
    locale: str
    numbers: tuple[int, ...]
    note: str
    output: Path
    role: ClassVar[str] = ""
    optional: ClassVar[bool] = True

    def do(self, workspace: Workspace, signer: Signer, today: date) -> Done:
        """Make the messages fuzzy, and write the withdrawal."""
        case = open_review_case(workspace, self.document, self.locale, today)
        count, path = return_messages(case, self.numbers, signer, self.note, today)
        return Done(workspace.relative(path), refresh_released_desk(workspace, self.output, today), count)


@dataclass(frozen=True, slots=True)
class TakeBackSignature:
    """Take back a role's signatures, of one person if a name is given, as `unsign`. The report is how many."""

    document: str
    locale: str
    of_role: str
    of_name: str
    reason: str
    output: Path
    role: ClassVar[str] = ""
    optional: ClassVar[bool] = True

    def do(self, workspace: Workspace, signer: Signer, today: date) -> Done:
        """Write the withdrawal."""
        case = open_review_case(workspace, self.document, self.locale, today)
        done = unsign(case, self.of_role, self.of_name, self.reason, today, signer)
        if done is None:
            message = f"{self.document} in {self.locale} has no signature as {self.of_role}"
            raise UsageError(message, "load the page again: somebody may have taken it back")
        path, count = done
        return Done(workspace.relative(path), refresh_released_desk(workspace, self.output, today), count)


@dataclass(frozen=True, slots=True)
class RecallDocument:
    """Recall a document in a locale, in all if it is empty, as `recall`. The report is what `recall` returns."""

    document: str
    of_locale: str
    reason: str
    output: Path
    role: ClassVar[str] = ""
    locale: ClassVar[str] = ""
    optional: ClassVar[bool] = True

    def do(self, workspace: Workspace, signer: Signer, today: date) -> Done:
        """Write the recall, and take the files out of the edition."""
        done = recall(workspace, self.document, self.of_locale, signer, self.reason, today, self.output)
        return Done(done.path, (done.problem,) if done.problem is not None else (), done)
