"""A release in a browser: `passkey_signing` prepares it and does it by the code of `build --release`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from pressroom.approval.roles import RELEASER
from pressroom.commands.releasing.release import ReleaseOrder, release
from pressroom.commands.signing.passkey_signing import Done
from pressroom.commands.signing.signer import Signer
from pressroom.planning.plan import Request
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ReleasePieces:
    """Release what is requested and signed by all. The pieces are made in both steps, with the same bytes.

    `keep` is how many editions are kept, `jobs` the number of worker processes. The report is a `ReleaseReport`.
    """

    request: Request
    output: Path
    keep: int
    jobs: int
    new_people: bool = False
    role: ClassVar[str] = RELEASER
    locale: ClassVar[str] = ""
    optional: ClassVar[bool] = False

    def do(self, workspace: Workspace, signer: Signer, today: date) -> Done:
        """Make the pieces, log the release, and publish the edition."""
        order = ReleaseOrder(self.output, signer, today, self.keep, self.jobs, self.new_people)
        report = release(workspace, self.request, order, lambda done, total, name: None)
        return Done(report.log, report.diagnostics, report)
