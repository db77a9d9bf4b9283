"""Commits what was written in a browser to git (`serve --commit`): these files alone, in the name of their author.

What somebody else has staged stays staged, and is not committed. A commit that fails loses nothing: the files are
written before it.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pressroom.diagnostics import Diagnostic, Span, diagnostic

# Seconds; a hook of the repository may run.
_SECONDS: Final = 60
_UNSAFE: Final = re.compile(r"[<>\x00-\x1f\x7f]+")
_ONE_AT_A_TIME: Final = threading.Lock()


def is_repository(root: Path) -> bool:
    """True if the folder is in the working tree of a git repository."""
    done = _git(root, "rev-parse", "--is-inside-work-tree")
    return done is not None and done.returncode == 0 and done.stdout.strip() == "true"


def commit_files(
    root: Path, paths: Iterable[str], *, subject: str, id: str, name: str, origin: str
) -> Diagnostic | None:
    """Commit these files, by paths in the project, with the author `name <id@host>`; the reason if git refuses.

    `origin` is the server's address, whose host is the author's. Files that are as they were committed are no error.
    """
    host = urlsplit(origin).hostname or "localhost"
    author = f"{_plain(name) or 'unknown'} <{address_of(id or name)}@{host}>"
    files = sorted({*paths})
    if not files:
        return None
    given = "\0".join(files)
    with _ONE_AT_A_TIME:
        added = _git(root, "add", "--intent-to-add", "--pathspec-from-file=-", "--pathspec-file-nul", given=given)
        changed = _git(root, "diff", "--quiet", "HEAD", "--", *files)
        if added is not None and added.returncode == 0 and changed is not None and changed.returncode == 0:
            return None
        done = added
        if added is not None and added.returncode == 0:
            options = ("--quiet", "--only", f"--author={author}", f"--message={_plain(subject)}")
            done = _git(
                root, "commit", *options, "--pathspec-from-file=-", "--pathspec-file-nul", given=given, host=host
            )
    if done is not None and done.returncode == 0:
        return None
    said = "git can't be run, or took too long" if done is None else _first_line(done.stderr or done.stdout)
    message = f"this is saved and not committed: {said}"
    return diagnostic("not-committed", Span(files[0]), message, f"commit it: git add {' '.join(files)}")


def address_of(name: str) -> str:
    """The first half of an e-mail address, from an id or a name: ASCII letters, digits and hyphens alone."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64] or "unknown"


def _plain(text: str) -> str:
    return " ".join(_UNSAFE.sub(" ", text).split())


def _first_line(said: str) -> str:
    return next((line.strip() for line in said.splitlines() if line.strip()), "git says nothing")[:200]


def _git(
    root: Path, *arguments: str, given: str = "", host: str = "localhost"
) -> subprocess.CompletedProcess[str] | None:
    committer = {"GIT_COMMITTER_NAME": "pressroom", "GIT_COMMITTER_EMAIL": f"pressroom@{host}"}
    quiet = {"GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1", "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=root,
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
