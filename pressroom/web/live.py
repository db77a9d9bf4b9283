"""Draws what is open in a browser, again after each change of the project's files, and says so to the pages.

A face asks `LiveViews.proof` for a view, which opens it. From then on each change of a file that the view is made from
draws it again in the resident worker of its document and language. Events, each with the view's `document`, `locale`,
`product` and `clinic`:

- `saved {mark, messages: [{n, status}]}`: the text of these messages of the document changed in a file.
- `drawn {mark, made_as, ms, pages: [{n, hash, w, h}]}`: a new picture; `ms` is from the change to the picture.
- `stuck {mark, code, message, hint, good_age}`: it can't be drawn. The last picture stays: it was made `good_age`
  seconds ago (null: there is none yet). With the code `gone` the project has no such document or clinic any more.

`mark` grows with each request of a view. `/page/{hash}.png` and `/words/{hash}.json` never change.
"""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import traceback
from collections.abc import Hashable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any, Final

from anyio import to_thread

from pressroom.commands.building.live_fonts import LiveFonts
from pressroom.commands.building.live_view import LiveView, PreparedView, machine_fault, prepare_view
from pressroom.diagnostics import PROGRAM_FAULT, Diagnostic, DiagnosticError
from pressroom.executor.protocol import Fault
from pressroom.executor.resident import Residents
from pressroom.planning.named import UsageError
from pressroom.production.live_proof import LivePage, LiveProof, LiveTask
from pressroom.web.events import Hub
from pressroom.web.live_state import LiveState, OpenView, Pictures
from pressroom.web.open_project import OpenProject
from pressroom.workspace.workspace import Workspace

_DRAW: Final = "pressroom.production.live:draw"
# Workers that stay, of some 150 MB each: two documents beside their English, and one more.
_MOST_OWNERS: Final = 5
# Seconds in which a program that writes a file ends it.
_WRITING: Final = 0.3


class LiveViews:
    """The open views of a project. All methods may be called from any thread."""

    def __init__(self, project: OpenProject, hub: Hub) -> None:
        self._project, self._hub, self._fonts = project, hub, LiveFonts()
        self._lock = threading.RLock()
        # The last asked for at the end.
        self._open: dict[LiveView, OpenView] = {}
        self._set_in: dict[Hashable, str] = {}
        self._pictures = Pictures()
        self._workers: Residents[LiveTask, LiveProof] = Residents(_DRAW, self._settled)

    def start(self) -> None:
        """Start a warm worker, and listen for changes of files."""
        self._workers.start()
        self._project.heard(self._changed)

    def close(self) -> None:
        """End all workers."""
        self._workers.close()

    async def proof(self, view: LiveView, seconds: float = 20.0) -> LiveState:
        """A view as it is now; if it has no picture yet, the first one within so many seconds.

        Raises:
            UsageError: the project has no such document, language, clinic or product.
        """
        shown, is_new = self._opened(view)
        if is_new:
            try:
                await to_thread.run_sync(self._draw, shown)
            except UsageError:
                self.forget(view)
                raise
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            if shown.proof is None and shown.is_drawing:
                shown.waiting.append(lambda: loop.call_soon_threadsafe(done.set))
            else:
                done.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), seconds)
        with self._lock:
            return shown.state

    def page(self, name: str) -> LivePage | None:
        """The page with this hash, if it is still known."""
        with self._lock:
            return self._pictures.pages.get(name)

    def views(self) -> list[LiveView]:
        """What is open, the last asked for at the end."""
        with self._lock:
            return list(self._open)

    def forget(self, view: LiveView) -> None:
        """Close a view; its worker ends with the last view of its document and language."""
        with self._lock:
            shown = self._open.pop(view, None)
            if shown is not None:
                shown.done()
            if shown is not None and all(one.owner != shown.owner for one in self._open.values()):
                self._set_in.pop(shown.owner, None)
                self._workers.release(shown.owner)

    def _opened(self, view: LiveView) -> tuple[OpenView, bool]:
        """The view, as the last that was asked for; True if it was not open. The oldest views are closed."""
        with self._lock:
            shown = self._open.pop(view, None)
            is_new = shown is None
            shown = OpenView(view) if shown is None else shown
            self._open[view] = shown
            owners = list(dict.fromkeys(one.owner for one in reversed(self._open.values())))
            for owner in owners[_MOST_OWNERS:]:
                for old in [one.view for one in self._open.values() if one.owner == owner]:
                    self.forget(old)
        return shown, is_new

    def _changed(self, _: tuple[str, ...]) -> None:
        """Draw again what differs, the last asked for first."""
        with self._lock:
            shown = list(reversed(self._open.values()))
        for one in shown:
            try:
                self._draw(one)
            except UsageError as error:
                said = {"code": "gone", "message": str(error), "hint": error.hint, "good_age": one.age}
                self._send("stuck", one, **said)
                self.forget(one.view)

    def _draw(self, shown: OpenView) -> None:
        """Have a view drawn if it is another piece than the one that was drawn last.

        No other thread uses the workspace meanwhile: else an older piece could be drawn after a newer one.
        """
        began = time.monotonic()

        def draw(workspace: Workspace) -> None:
            try:
                prepared = prepare_view(workspace, shown.view, self._fonts)
            except DiagnosticError as error:
                prepared = PreparedView(None, error.problems, "")
            except UsageError:
                raise
            except Exception as error:
                # A fault of the program in one view must not keep the others from being drawn.
                traceback.print_exc(file=sys.stderr)
                fault = machine_fault(f"{type(error).__name__}: {error}", PROGRAM_FAULT, machine=False)
                prepared = PreparedView(None, (fault,), "")
            with self._lock:
                self._ask(shown, prepared, began)

        self._project.read(draw)

    def _ask(self, shown: OpenView, prepared: PreparedView, began: float) -> None:
        """Ask the worker for a picture, or say why there is none."""
        before, shown.prepared = shown.prepared, prepared
        if before is not None and prepared.is_drawn_as(before):
            return
        shown.mark += 1
        if messages := shown.changed_since(before):
            self._send("saved", shown, messages=messages)
        if prepared.task is None:
            self._stick_soon(shown, prepared.reason)
        else:
            shown.began, shown.is_drawing = began, True
            self._give(shown, prepared.task)

    def _give(self, shown: OpenView, task: LiveTask) -> None:
        owner = shown.owner
        if self._set_in.get(owner, task.fonts) != task.fonts:
            # A process keeps the fonts that it began with.
            self._workers.release(owner)
            for other in (one for one in self._open.values() if one.owner == owner and one.is_drawing):
                if other is not shown and other.prepared is not None and other.prepared.task is not None:
                    self._workers.give(owner, other.view, other.prepared.task)
        self._set_in[owner] = task.fonts
        self._workers.give(owner, shown.view, task)

    def _settled(self, _: Hashable, view: Hashable, result: LiveProof | Fault) -> None:
        """A worker has drawn a view, or could not."""
        with self._lock:
            shown = self._open.get(view) if isinstance(view, LiveView) else None
            if shown is None:
                return
            if isinstance(result, Fault):
                self._stick(shown, machine_fault(result.reason, result.hint, machine=result.machine))
                # The next change of a file tries again, whatever it is.
                shown.prepared = replace(shown.prepared, key="") if shown.prepared else None
            elif result.is_drawn:
                self._keep(shown, result)
            else:
                self._stick(shown, next(iter(result.findings), None))

    def _keep(self, shown: OpenView, proof: LiveProof) -> None:
        """Show a picture. If the files can't be drawn any more since it was asked for, it is the last good one."""
        is_of_today = shown.prepared is not None and shown.prepared.task is not None
        shown.proof, shown.good = proof, time.monotonic()
        shown_now = {page.hash for one in self._open.values() if one.proof for page in one.proof.pages}
        self._pictures.add(proof.pages, shown_now)
        milliseconds = round((shown.good - shown.began) * 1000)
        self._send("drawn", shown, made_as=proof.made_as, ms=milliseconds, pages=pages_as_data(proof.pages))
        if is_of_today:
            shown.stuck = None
            shown.done()
        else:
            self._stick(shown, shown.stuck)

    def _stick_soon(self, shown: OpenView, reason: Diagnostic | None) -> None:
        """Say why a view is not drawn, unless a file changes again: it may have been read while it was written."""
        mark, shown.stuck = shown.mark, reason

        def stick() -> None:
            with self._lock:
                if shown.mark == mark:
                    self._stick(shown, reason)

        timer = threading.Timer(_WRITING, stick)
        timer.daemon = True
        timer.start()

    def _stick(self, shown: OpenView, reason: Diagnostic | None) -> None:
        """Say why a view is not drawn; its last picture stays."""
        reason = reason or machine_fault("nothing was drawn", "", machine=False)
        shown.stuck = reason
        shown.done()
        said = {"code": reason.code, "message": reason.message, "hint": reason.hint, "good_age": shown.age}
        self._send("stuck", shown, **said)

    def _send(self, name: str, shown: OpenView, **data: object) -> None:
        view = shown.view
        where = {"document": view.document, "locale": view.locale, "product": view.product, "clinic": view.clinic}
        self._hub.send(name, **where, mark=shown.mark, **data)


def pages_as_data(pages: Iterable[LivePage]) -> list[dict[str, Any]]:
    """Pages as events and answers name them: number, hash, and size in pixels."""
    return [{"n": page.number, "hash": page.hash, "w": page.pixels[0], "h": page.pixels[1]} for page in pages]
