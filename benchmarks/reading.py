"""What reading the project costs: `.venv/bin/python benchmarks/reading.py`, from the project's root.

Prints the CPU seconds of `status --locale es` for 1, 10, 20 and 40 invented clinics, and of `verify` of a control line.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from clinics import ROOT, project

COUNTS = (1, 10, 20, 40)


def cost(root: Path, *arguments: str) -> float:
    """CPU seconds of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "publish.py", "--project", str(root), *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure each twice, print the lesser."""
    with tempfile.TemporaryDirectory() as name:
        for count in COUNTS:
            root = project(Path(name) / f"p{count}", count)
            seconds = min(cost(root, "status", "--locale", "es") for _ in range(2))
            print(f"status, {count} clinics: {seconds:.2f} s of CPU")
    print(f"verify of a line: {min(cost(ROOT, 'verify', '1a2b3c4d') for _ in range(2)):.2f} s of CPU")


if __name__ == "__main__":
    main()
