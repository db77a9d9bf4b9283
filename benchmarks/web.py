"""How long each page takes with 46 languages and 40 clinics: `python -m benchmarks.web [PROJECT]`, from the root.

Makes the project of `benchmarks.web_project`, or takes one that was made. Serves it in a process of its own, asks for
each page once cold and then eleven times, and prints the median, the size, and the memory of the server. Then the same
after a change of a file, and of the read-only face.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.web_project import large_project

ROOT = Path(__file__).parents[1]
_TIMES = 11
PAGES = (
    "/", "/?show=needs", "/translate", "/translate/es", "/translate/es/signs", "/review", "/review/es/signs",
    "/review/release", "/desk/", "/desk/clinic-7/letter/", "/desk/clinic-7/letter/es", "/verify",
)  # fmt: skip


@contextmanager
def served(root: Path, *options: str) -> Iterator[tuple[httpx.Client, int]]:
    """A browser of the served project, and the server's process id."""
    command = [sys.executable, "-m", "pressroom", "--project", str(root), "serve", "--port", "0", *options]
    began = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found is not None
        print(f"starts in {time.monotonic() - began:.1f} s")
        with httpx.Client(base_url=found[0], timeout=600) as browser:
            yield browser, server.pid
        server.terminate()
        server.wait()


def ask(browser: httpx.Client, pid: int, path: str) -> None:
    """Print what a page takes: seconds the first time, then milliseconds, and of the server's CPU."""
    times, cpu, answer = [], [], browser.get("/robots.txt")
    for _ in range(_TIMES + 1):
        began, used = time.monotonic(), _cpu(pid)
        answer = browser.get(path, follow_redirects=True)
        times.append(time.monotonic() - began)
        cpu.append(_cpu(pid) - used)
    size, warm, of_cpu = len(answer.content) / 1000, statistics.median(times[1:]), statistics.fmean(cpu[1:])
    print(
        f"{path:32} {answer.status_code} {size:8.1f} kB  first {times[0]:6.2f} s, {cpu[0]:5.2f} s CPU"
        f"  then {1000 * warm:7.1f} ms, {1000 * of_cpu:6.1f} ms CPU",
        flush=True,
    )


def _cpu(pid: int) -> float:
    """Seconds of CPU that the server has used, without its workers."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> str:
    """What the server holds now, and held at most."""
    status = dict(re.findall(r"(\w+):\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii")))
    return ", ".join(f"{name} {int(status[name]) // 1000} MB" for name in ("VmRSS", "VmHWM"))


def measure(root: Path) -> None:
    """Print what all pages take."""
    log = "\n".join(path.read_text(encoding="utf-8") for path in (root / "releases").glob("*.toml"))
    eight = re.findall(r'inputs = "(\w+)"', log)[1234 % log.count("[[piece]]")]
    paper = f"/verify/{eight}"
    print(f"{log.count('[[piece]]'):,} files")
    with served(root) as (browser, pid):
        for path in (*PAGES, paper):
            ask(browser, pid, path)
        print("server:", memory(pid))
        catalog = root / "locales" / "es" / "LC_MESSAGES" / "signs.po"
        catalog.write_bytes(catalog.read_bytes())
        time.sleep(1)
        print("after a change of one catalog:")
        for path in ("/", "/desk/clinic-7/letter/", "/review", paper):
            ask(browser, pid, path)
    with served(root, "--verify-only") as (browser, pid):
        print("read-only:")
        for path in (paper, "/verify/00000000"):
            ask(browser, pid, path)
        print("server:", memory(pid))


def main() -> None:
    """Make the project, or take one, and measure."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        root = large_project(Path(folder))
        print(f"made in {time.monotonic() - began:.0f} s")
        measure(root)


if __name__ == "__main__":
    main()
