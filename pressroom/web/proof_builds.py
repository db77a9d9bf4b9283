"""Makes the proofs of a text in the background, so that people who review need no command."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from starlette.requests import Request

from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request as PieceRequest
from pressroom.web.open_project import OpenProject
from pressroom.web.respond import project_of
from pressroom.workspace.workspace import Workspace

Text = tuple[str, str]
# Texts whose last build is remembered.
_MOST: Final = 200
# Seconds between two tries, and how many there are, while a command holds the output.
_PAUSE: Final = 1.0
_TRIES: Final = 300
# The server's other work needs a core.
_JOBS: Final = max(1, len(os.sched_getaffinity(0)) - 1)


@dataclass(frozen=True, slots=True)
class Making:
    """A build of a text's proofs: how many pieces are made of how many, and whether it ended, with what it found.

    `mark` is the project's when it began: no other build is tried until a file changes.
    """

    mark: int
    done: int = 0
    total: int = 0
    ended: bool = False
    findings: tuple[Diagnostic, ...] = ()


class ProofBuilds:
    """One build at a time, in a thread; `output` is the folder of finished files."""

    def __init__(self, project: OpenProject) -> None:
        self._project = project
        self._lock = threading.Lock()
        self._makings: OrderedDict[Text, Making] = OrderedDict()
        self._waiting: list[tuple[Text, Workspace, Path]] = []
        self._thread: threading.Thread | None = None

    def state(self, text: Text) -> Making | None:
        """The build of a document in a locale that runs, or that ran and nothing changed since."""
        making = self._makings.get(text)
        return making if making is not None and (not making.ended or making.mark == self._project.mark) else None

    def begin(self, text: Text, workspace: Workspace) -> Making:
        """Make the proofs, unless that is under way, or was tried with the files as they are."""
        with self._lock:
            known = self.state(text)
            if known is not None:
                return known
            making = Making(self._project.mark)
            self._put(text, making)
            self._waiting.append((text, workspace.reopened(), workspace.output))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="proofs", daemon=True)
                self._thread.start()
            return making

    def _put(self, text: Text, making: Making) -> None:
        self._makings[text] = making
        self._makings.move_to_end(text)
        while len(self._makings) > _MOST:
            self._makings.popitem(last=False)

    def _run(self) -> None:
        """Make what waits; a build that fails in a way of its own ends alone."""
        while (next_ := self._next()) is not None:
            text, workspace, output = next_
            findings: tuple[Diagnostic, ...] = ()
            try:
                findings = self._made(text, workspace, output)
            finally:
                self._put(text, replace(self._makings[text], ended=True, findings=findings))
                self._project.hub.send("made", document=text[0], locale=text[1])

    def _next(self) -> tuple[Text, Workspace, Path] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.pop(0)
            self._thread = None
            return None

    def _made(self, text: Text, workspace: Workspace, output: Path) -> tuple[Diagnostic, ...]:
        from pressroom.commands.building.build import build

        def progress(done: int, total: int, name: str) -> None:
            self._put(text, replace(self._makings[text], done=done, total=total))
            self._project.hub.send("making", document=text[0], locale=text[1], done=done, total=total)

        try:
            request = PieceRequest((text[0],), (text[1],))
            for _ in range(_TRIES):
                report = build(workspace, request, output=output, jobs=_JOBS, progress=progress)
                if not report.busy:
                    break
                # A command builds at this moment, perhaps these very proofs.
                time.sleep(_PAUSE)
                workspace = workspace.reopened()
        except DiagnosticError as error:
            return error.problems
        except UsageError:
            return ()
        return report.diagnostics


def builds_of(request: Request) -> ProofBuilds:
    """The builds of this server."""
    if not hasattr(request.app.state, "proof_builds"):
        request.app.state.proof_builds = ProofBuilds(project_of(request))
    builds: ProofBuilds = request.app.state.proof_builds
    return builds
