"""`./press advisories`, with a list of advisories on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NONE, FOUND, NOT_ASKED = 0, 1, 75
ADVISORY = {
    "id": "TEST-2026-1",
    "modified": "2026-11-30T00:00:00Z",
    "aliases": ["CVE-2026-1"],
    "summary": "reads what it should not",
    "affected": [
        {
            "package": {"name": "polib", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}],
        }
    ],
}


class _List(BaseHTTPRequestHandler):
    """Knows an advisory about polib, and answers as OSV does."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = {"vulns": [ADVISORY]} if asked["package"]["name"] == "polib" else {}
        answer = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def source() -> Iterator[str]:
    """The address of the list."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _List) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()
        thread.join()


def _asked(source: str, lock: Path, packages: str) -> subprocess.CompletedProcess[str]:
    lock.write_text("".join(f"{name} --hash=sha256:{'0' * 64}\n" for name in packages.split()), encoding="utf-8")
    return subprocess.run(
        [sys.executable, ROOT / "setup/advisories.py", "--source", source, "--lock", lock],
        env={**os.environ, "NO_PROXY": "*", "no_proxy": "*"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_advisory(source: str, tmp_path: Path) -> None:
    """A package with an advisory is named with the version that has the fix, and whether a build uses it."""
    done = _asked(source, tmp_path / "lock.txt", "click==8.5.1 polib==1.2.0")
    assert done.returncode == FOUND
    assert "polib 1.2.0 (a build uses it): CVE-2026-1 TEST-2026-1; fixed in 9.9" in done.stdout
    assert "asked about: 2; advisories: 1" in done.stdout


def test_none(source: str, tmp_path: Path) -> None:
    """Packages without an advisory are counted."""
    done = _asked(source, tmp_path / "lock.txt", "click==8.5.1")
    assert (done.returncode, done.stderr) == (NONE, "")
    assert "asked about: 1; advisories: 0" in done.stdout


def test_the_list_cannot_be_reached(tmp_path: Path) -> None:
    """Without an answer nothing is known: it is said, and the exit code is that of neither answer."""
    done = _asked("http://127.0.0.1:9/", tmp_path / "lock.txt", "polib==1.2.0")
    assert done.returncode == NOT_ASKED
    assert "NOTHING IS KNOWN" in done.stderr
    assert done.stdout == ""


def test_an_empty_lock_is_no_answer(source: str, tmp_path: Path) -> None:
    """A lock without packages is not taken for one without advisories."""
    assert _asked(source, tmp_path / "lock.txt", "").returncode == NOT_ASKED
