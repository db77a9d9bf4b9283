"""Waits for changes of a project's files, for `build --watch`: one process stays warm, and reads again what changed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pressroom.project.file_marks import Watched, mark_of
from pressroom.workspace.workspace import Workspace

# Seconds between two looks; and how long nothing must change, because editors write a file in several steps.
EVERY: Final = 0.5
QUIET: Final = 0.2


def changes(workspace: Workspace, every: float = EVERY, quiet: float = QUIET) -> Iterator[tuple[str, ...]]:
    """Yield the files and folders that changed, each time that some did, once they are at rest.

    The workspace has forgotten them. It never ends by itself: a signal ends it.
    """
    before = _marks(workspace)
    if not workspace.files.are_as_read():
        # Something changed while the first build ran.
        workspace.changed(map(Path, before))
        yield (str(workspace.root),)
        before = _marks(workspace) | before
    while True:
        time.sleep(every)
        now = _marks(workspace)
        if not _differing(before, now):
            continue
        while _differing(now, later := _after(quiet, workspace)):
            now = later
        changed = _differing(before, now)
        workspace.changed(map(Path, changed))
        yield tuple(workspace.relative(Path(path)) for path in changed)
        # What was read meanwhile is watched too. A change during the work is seen by the marks of before it.
        before = _marks(workspace) | now


def _differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The paths of which the mark changed; one that is no longer read does not count."""
    return sorted(path for path, mark in now.items() if before.get(path, mark) != mark)


def _after(seconds: float, workspace: Workspace) -> dict[str, str]:
    time.sleep(seconds)
    return _marks(workspace)


def _marks(workspace: Workspace) -> dict[str, str]:
    """The mark of each file and folder that was read."""
    files, folders = workspace.files.seen()
    found = {str(path): _mark(Watched(files=(str(path),))) for path in files}
    return found | {str(path): _mark(Watched(folders=(str(path),))) for path in folders}


def _mark(watched: Watched) -> str:
    try:
        return mark_of(watched).digest
    except OSError:
        return "unreadable"
