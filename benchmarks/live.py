"""Times a redraw: from the save of a catalog to the event that names the new picture.

    nice -n -10 python -m benchmarks.live [--saves 12] [--locale es --locale ar --locale km]

It serves a copy of the project, opens a view as a browser does, and saves one translation again and again. A row has
the medians of a save after the first: the clock on the wall, and the processor time of the server and of its workers.
The overfull card is a text that no card holds: it is fitted as a wallet card, then as the folded card that takes its
place, and both say how much is too much. On a busy machine the processor times say more.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
LOCALES = ("es", "ar", "km")
# Its words are in every script of the project's languages; they need not be right.
LONG = " 911" * 150


@dataclass(frozen=True, slots=True)
class Case:
    """What is redrawn: its name, the document, its product, and whether its text is made too long."""

    name: str
    document: str
    product: str
    is_overfull: bool = False


CASES = (
    Case("wallet card", "dvt-pe", "wallet-card"),
    Case("overfull card", "dvt-pe", "wallet-card", is_overfull=True),
    Case("letter-fold brochure", "services", "trifold"),
)


def main() -> None:
    """Print a row for each case and locale."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--saves", type=int, default=12)
    parser.add_argument("--locale", action="append", default=[])
    options = parser.parse_args()
    print("| | locale | s, median | s, slowest | CPU s |\n|---|---|---|---|---|")
    for case in CASES:
        for locale in options.locale or LOCALES:
            with tempfile.TemporaryDirectory() as name:
                walls, cpu = redraws(case, locale, _project(Path(name)), options.saves)
            print(
                f"| {case.name} | {locale} | {statistics.median(walls):.2f} | {max(walls):.2f} | {cpu:.2f} |",
                flush=True,
            )


def redraws(case: Case, locale: str, folder: Path, saves: int) -> tuple[list[float], float]:
    """The seconds of each save after the first, and the median processor time of one."""
    catalog = folder / "locales" / locale / "LC_MESSAGES" / f"{case.document}.po"
    text = catalog.read_text(encoding="utf-8")
    if case.is_overfull:
        catalog.write_text(text := _with_more(text, LONG), encoding="utf-8")
    walls, costs = [], []
    with _served(folder) as (address, server), httpx.Client(base_url=address, timeout=120) as client:
        clinic = re.search(r"^\[([\w-]+)\]", (folder / "source/clinics.toml").read_text(encoding="utf-8"), re.MULTILINE)
        assert clinic is not None
        client.get(f"/live/{locale}/{case.document}", params={"product": case.product, "clinic": clinic[1]})
        with client.stream("GET", "/events") as stream:
            events = _events(stream.iter_lines())
            next(events)
            for number in range(saves + 1):
                before, began = _cpu(server), time.monotonic()
                catalog.write_text(_with_more(text, " 911" * (number + 1)), encoding="utf-8")
                name, data = next(one for one in events if one[0] in ("drawn", "stuck"))
                assert name == "drawn", data
                if number:
                    walls.append(time.monotonic() - began)
                    costs.append(_cpu(server) - before)
                # A person types the next word.
                time.sleep(0.5)
    return walls, statistics.median(costs)


def _with_more(text: str, more: str) -> str:
    """The catalog with more words in its longest translation of one line."""
    lines = re.findall(r'^msgstr "(.{20,})"$', text, re.MULTILINE)
    longest = max(lines, key=len)
    return text.replace(f'msgstr "{longest}"', f'msgstr "{longest}{more}"', 1)


def _project(folder: Path) -> Path:
    for name in ("source", "locales", "layouts"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, int]]:
    """The address of the project, served by a process of its own, and its id."""
    command = [sys.executable, "publish.py", "--project", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        address = next(found[0] for line in server.stdout if (found := re.search(r"http://localhost:\d+", line)))
        try:
            yield address, server.pid
        finally:
            server.terminate()


def _events(lines: Iterator[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    name = ""
    for line in lines:
        if line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            yield name, json.loads(line.removeprefix("data:"))


def _cpu(server: int) -> float:
    """Seconds of processor time that a process and its children have used."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            if int(entry.name) == server or int(fields[1]) == server:
                total += sum(map(int, fields[11:15]))
    return total / TICKS


if __name__ == "__main__":
    main()
