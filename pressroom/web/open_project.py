"""The one open workspace of the server: read under a lock, and it learns of each file that changes."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, TypeVar

from anyio import Event as Stop
from anyio import to_thread
from watchfiles import Change, DefaultFilter, awatch

from pressroom.project import ProjectError
from pressroom.web.events import Hub
from pressroom.workspace.workspace import Workspace

T = TypeVar("T")
# Milliseconds in which changes are collected: an editor writes a file in several steps.
_QUIET: Final = 50
_UNWATCHED: Final = (".cache", ".pressroom", ".git", ".venv", "node_modules")


class OpenProject:
    """A workspace that several requests use, one at a time. `mark` grows with each change of the project's files."""

    def __init__(self, workspace: Workspace, hub: Hub) -> None:
        self._workspace, self.hub = workspace, hub
        self._lock = threading.RLock()
        self._heard: list[Callable[[tuple[str, ...]], None]] = []
        self.mark = 0

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._workspace.root

    @property
    def name(self) -> str:
        """The project's name."""
        return self._workspace.project.name

    def read(self, work: Callable[[Workspace], T]) -> T:
        """The result of `work` on the workspace, while no one else uses it. Blocks: call it from a thread."""
        with self._lock:
            return work(self._workspace)

    async def ask(self, work: Callable[[Workspace], T]) -> T:
        """The same, in a thread of its own."""
        return await to_thread.run_sync(self.read, work)

    def heard(self, listener: Callable[[tuple[str, ...]], None]) -> None:
        """Call `listener`, in some thread, with the paths that changed, each time after the workspace forgot them."""
        self._heard.append(listener)

    def written(self, paths: Iterable[Path | str]) -> None:
        """Forget what was read from these files, which this server wrote, and say so to all pages."""
        names = tuple(sorted({self._workspace.relative(self.root / path) for path in paths}))
        with self._lock:
            self._forget(names)
            self.mark += 1
        for listener in self._heard:
            listener(names)
        self.hub.send("changed", paths=list(names), mark=self.mark)

    def _forget(self, names: tuple[str, ...]) -> None:
        workspace = self._workspace
        try:
            workspace.changed(names)
            workspace.unusable = ()
        except ProjectError as error:
            # Somebody is in the middle of editing the settings: the last good ones stay, and the log decides.
            workspace.unusable = error.problems
            workspace.files.changed(names)

    async def watch(self, stop: Stop) -> None:
        """Notice what editors and commands change, until `stop` is set."""
        watched = DefaultFilter(ignore_dirs=(*DefaultFilter.ignore_dirs, *_UNWATCHED))
        async for changes in awatch(self.root, watch_filter=watched, step=_QUIET, stop_event=stop):
            try:
                await to_thread.run_sync(self.written, _paths(changes))
            except Exception:
                # One change that can't be followed must not end the watching of all others, nor the server.
                traceback.print_exc(file=sys.stderr)


def _paths(changes: Iterable[tuple[Change, str]]) -> list[Path]:
    """The files that changed. Of an editor that replaces a file, its folder is not new: `Files.changed` looks."""
    return sorted({Path(path) for _, path in changes})
