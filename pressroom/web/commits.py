"""Commits what was written in a browser to git (`serve --commit`): these files alone, in the name of their author.

What somebody else has staged stays staged, and is not committed. A commit that fails loses nothing: the files are
written before it, and the next one tries again.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.requests import Request

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.web.sessions import Visitor

# Seconds; a hook of the repository may run.
_SECONDS: Final = 60
_UNSAFE: Final = re.compile(r"[<>\x00-\x1f\x7f]+")
_FROM_INPUT: Final = ("--pathspec-from-file=-", "--pathspec-file-nul")


@dataclass(frozen=True, slots=True)
class Commit:
    """What is to be committed: paths in the project, the first line of the message, and the author."""

    paths: tuple[str, ...]
    subject: str
    author: str


class Committer:
    """Commits one after the other. `origin` is the server's address: its host is that of the authors' addresses."""

    def __init__(self, root: Path, origin: str) -> None:
        self._root, self._host = root, urlsplit(origin).hostname or "localhost"
        self._lock = threading.Lock()
        self._waiting: list[Commit] = []
        # Why what was saved is not committed; None if all is.
        self.problem: Diagnostic | None = None

    @property
    def is_possible(self) -> bool:
        """True if the project is in a git repository."""
        done = self._git("rev-parse", "--is-inside-work-tree")
        return done is not None and done.returncode == 0 and done.stdout.strip() == "true"

    def commit(self, paths: Iterable[Path | str], subject: str, by: Visitor) -> Diagnostic | None:
        """Commit these files, after those that wait. Returns the reason if git refuses; then they wait too."""
        author = f"{_plain(by.name) or 'unknown'} <{address_of(by.id or by.name)}@{self._host}>"
        with self._lock:
            self._waiting.append(Commit(tuple(sorted({*map(self._inside, paths)})), _plain(subject), author))
            self.problem = None
            while self._waiting and self.problem is None:
                self.problem = self._commit(self._waiting[0])
                if self.problem is None:
                    del self._waiting[0]
        return self.problem

    def _inside(self, path: Path | str) -> str:
        return (self._root / path).relative_to(self._root).as_posix()

    def _commit(self, wanted: Commit) -> Diagnostic | None:
        given = "\0".join(wanted.paths)
        done = self._git("add", "--intent-to-add", *_FROM_INPUT, given=given)
        if done is not None and done.returncode == 0:
            same = self._git("diff", "--quiet", "HEAD", "--", *wanted.paths)
            if same is not None and same.returncode == 0:
                return None
            options = ("--quiet", "--only", f"--author={wanted.author}", f"--message={wanted.subject}")
            done = self._git("commit", *options, *_FROM_INPUT, given=given)
        if done is not None and done.returncode == 0:
            return None
        said = "git can't be run, or took too long" if done is None else _first_line(done.stderr or done.stdout)
        hint = f"correct that; the next save commits it too. Or commit it yourself: git add {' '.join(wanted.paths)}"
        return diagnostic("not-committed", Span(wanted.paths[0]), f"it is saved and not committed: {said}", hint)

    def _git(self, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str] | None:
        committer = {"GIT_COMMITTER_NAME": "pressroom", "GIT_COMMITTER_EMAIL": f"pressroom@{self._host}"}
        quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
        try:
            return subprocess.run(
                ["git", *arguments],
                cwd=self._root,
                input=given,
                env={**os.environ, **committer, **quiet},
                capture_output=True,
                text=True,
                errors="replace",
                timeout=_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None


def address_of(name: str) -> str:
    """The first half of an e-mail address, from an id or a name: ASCII letters, digits and hyphens alone."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64] or "unknown"


async def committed(request: Request, paths: Iterable[Path | str], subject: str, name: str = "") -> Diagnostic | None:
    """Commit files that the visitor has just saved, if the server was asked to; the reason if git refuses.

    A visitor who has not said who they are may have given a `name` with this form. Each page shows the reason until all
    is committed, so a caller need not.
    """
    committer: Committer | None = request.app.state.committer
    files = tuple(paths)
    if committer is None or not files:
        return None
    visitor: Visitor = getattr(request.state, "visitor", None) or Visitor("", name or "unknown", "")
    problem = await to_thread.run_sync(committer.commit, files, f"{subject}, by {visitor.name}", visitor)
    if problem is not None:
        sys.stderr.write(f"{problem.span}: {problem.message}\n")
    return problem


def _plain(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split())


def _first_line(said: str) -> str:
    return next((line.strip() for line in said.splitlines() if line.strip()), "git says nothing")[:200]
