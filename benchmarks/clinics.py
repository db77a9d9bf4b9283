"""What forty clinics cost against one: `.venv/bin/python benchmarks/clinics.py [PAIRS]`, from the project's root.

Makes one document in three locales for one clinic and for forty invented ones, in turn, each in an empty output, and
prints the ratio of the CPU time of both, and of a piece.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCALES = ("es", "ar", "zh-Hans")
COUNTS = (1, 40)


def project(folder: Path, count: int) -> Path:
    """A copy of the project with so many invented clinics."""
    for name in ("source", "locales", "layouts"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    rows = [
        f'[clinic-{n}]\nname = "Invented Clinic {n}"\naddress = ["{n} Meadow Lane", "Larkspur"]\n'
        f'phone = "801-555-01{n:02}"\nemergency = "911"\n'
        for n in range(count)
    ]
    (folder / "source" / "clinics.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder


def cost(root: Path, output: Path) -> float:
    """CPU seconds of one build from nothing, its workers' too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "publish.py", "--project", str(root), "build", "epidural-blood-patch"]
    command += ["--product", "trifold", "--output", str(output), "--jobs", "2"]
    for locale in LOCALES:
        command += ["--locale", locale]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure in pairs, print medians."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    ratios = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        roots = [project(folder / f"p{count}", count) for count in COUNTS]
        for root in roots:
            text = (root / "source/brochures/epidural-blood-patch.md").read_text(encoding="utf-8")
            text = text.replace("products: [trifold, web-page]", "products: [trifold]")
            (root / "source/brochures/epidural-blood-patch.md").write_text(text, encoding="utf-8")
        for pair in range(pairs):
            one, forty = (cost(root, folder / f"out-{pair}-{number}") for number, root in enumerate(roots))
            ratios.append(forty / one)
            print(f"one clinic {one:.1f} s, forty {forty:.1f} s of CPU: {forty / one:.1f} times")
    ratio = statistics.median(ratios)
    print(f"median ratio {ratio:.1f}: a further clinic costs {(ratio - 1) / 39:.2f} of the first build")


if __name__ == "__main__":
    main()
