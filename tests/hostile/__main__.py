"""Runs cases and prints what they get, to write the index with: `python -m tests.hostile [NAME …]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.hostile.case import copy_of_project, read_index
from tests.hostile.test_hostile import outcome_of

if __name__ == "__main__":
    wanted = sys.argv[1:]
    for case in read_index():
        if wanted and not any(case.name.startswith(name) for name in wanted):
            continue
        with tempfile.TemporaryDirectory() as folder:
            outcome = outcome_of(case, copy_of_project(Path(folder) / "project"))
        errors = outcome.errors
        right = (not errors if case.passes else case.codes <= errors | outcome.words) and not outcome.fault
        if case.does.split(" ")[0] == "build":
            right = right and outcome.made == case.left
        mark = "  " if right and outcome.cpu < 1 and outcome.grown < 100 << 20 else "!!"
        made, used = " ".join(sorted(outcome.made)), f"{outcome.cpu:.2f} s, {outcome.grown >> 20} MB"
        print(f"{mark} {case.name}: {' '.join(sorted(errors)) or '-'} | {made} | {used}")
        if mark == "!!" and wanted:
            print("      " + outcome.said[:1500].replace("\n", "\n      "))
        if outcome.fault:
            print("     ", outcome.fault[-700:].replace("\n", "\n      "))
