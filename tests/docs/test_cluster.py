"""The page about clusters: its three commands, typed on this machine."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, read_steps
from tests.executor.cluster import free_port

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

PAGE = ROOT / "docs" / "how-to" / "use-a-cluster.md"
OURS = "tests/docs/test_cluster.py types these"


def test_three_commands_build_on_two_workers(tmp_path: Path) -> None:
    """The commands start a scheduler and two workers, and a build that they make; only the port is another one."""
    (commands,) = [step.commands() for step in read_steps(PAGE.read_text(encoding="utf-8")) if step.what == OURS]
    assert len(commands) == 3
    project = shutil.copytree(ROOT / "tests" / "projects" / "minimal", tmp_path / "project")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    port, running = str(free_port()), list[subprocess.Popen[bytes]]()
    try:
        for number, command in enumerate(commands):
            words = shlex.split(re.sub(r"\b8786\b", port, command).removesuffix("&"))
            if words[0] == "./press":
                words = [sys.executable, str(ROOT / "publish.py"), "--project", str(project), *words[1:]]
            else:
                words[:2] = [sys.executable, "-m", f"distributed.cli.dask_{words[1]}"]
            log = (tmp_path / f"{number}.log").open("wb")
            with log:
                running.append(subprocess.Popen(words, cwd=tmp_path, stdout=log, stderr=log, env=environment))
            time.sleep(1.0)
        assert running[-1].wait(timeout=300) == 0, (tmp_path / "2.log").read_text(encoding="utf-8")
        assert (project / "output" / "current" / "manifest.json").is_file()
        assert len(set(re.findall(r"Start worker at: +(\S+)", (tmp_path / "1.log").read_text(encoding="utf-8")))) == 2
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(timeout=30)
