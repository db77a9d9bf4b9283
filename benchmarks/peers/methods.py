"""How each program makes the files of a corpus; every way says what it is."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from benchmarks.peers.export import Exported
from benchmarks.peers.measured import Cost, run

HERE = Path(__file__).parent
WEASYPRINT, TYPST = "weasyprint==70.*", "typst>=0.15"
ONE_BY_ONE = """
import json, subprocess, sys
for page, pdf in json.load(open(sys.argv[1])):
    subprocess.run([*sys.argv[2:], page, pdf], check=True)
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Method:
    """One way to make all files of a corpus, and how it is said in a table."""

    name: str
    how: str
    make: Callable[[Exported, Path], Cost]


def peers_environment(folder: Path) -> Path:
    """An environment with the peers that are Python packages; made once. Returns its folder of programs."""
    programs = folder / "bin"
    if not (programs / "weasyprint").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(programs / "pip"), "install", "-qqq", WEASYPRINT, TYPST], check=True)
        subprocess.run([str(programs / "python"), "-m", "compileall", "-q", str(folder / "lib")], check=False)
    return programs


def build(engine: Path, project: Path, output: Path, locales: Sequence[str], jobs: int = 2) -> Cost:
    """A build by the program's own command, from its start to its end."""
    command = [sys.executable, str(engine / "publish.py"), "--project", str(project), "build"]
    command += [part for locale in locales for part in ("--locale", locale)]
    cost = run([*command, "--output", str(output), "--jobs", str(jobs)], engine, {"PYTHONPATH": str(engine)})
    if cost.code:
        raise RuntimeError(f"build: exit code {cost.code}\n{cost.said[-2000:]}")
    return cost


def peers(programs: Path) -> Iterator[Method]:
    """The peers that are there; a browser is not installed by this program."""
    command = [str(programs / "weasyprint"), "--pdf-variant", "pdf/ua-1"]

    def one_by_one(exported: Exported, folder: Path) -> Cost:
        listed = _list(exported.pages, folder)
        loop = [sys.executable, "-S", "-c", ONE_BY_ONE, str(listed), *command]
        return run(loop, folder, {"FONTCONFIG_FILE": exported.fonts})

    def warm(exported: Exported, folder: Path) -> Cost:
        loop = [str(programs / "python"), str(HERE / "warm_weasyprint.py"), str(_list(exported.pages, folder))]
        return run(loop, folder, {"FONTCONFIG_FILE": exported.fonts})

    def typst(exported: Exported, folder: Path) -> Cost:
        fonts = Path(exported.fonts).parent / "fonts"
        loop = [str(programs / "python"), str(HERE / "warm_typst.py"), str(_list(exported.values, folder))]
        return run([*loop, str(HERE / "brochure.typ"), str(fonts)], folder)

    yield Method("`weasyprint` command", "the command once for each file, `--pdf-variant pdf/ua-1`", one_by_one)
    yield Method("WeasyPrint, warm loop", "one process, `write_pdf(pdf_variant='pdf/ua-1')` for each file", warm)
    if browser := next(filter(None, map(shutil.which, BROWSERS)), None):

        def chromium(exported: Exported, folder: Path) -> Cost:
            loop = [sys.executable, str(HERE / "warm_chromium.py"), str(_list(exported.pages, folder)), browser]
            return run(loop, folder, {"FONTCONFIG_FILE": exported.fonts})

        yield Method("Chromium, warm", "one browser, `Page.printToPDF` with tags for each file", chromium)
    yield Method("Typst, warm", "one compiler, PDF/UA-1, its own template with the same texts and pictures", typst)


def _list(sources: Sequence[Path], folder: Path) -> Path:
    """A list of pairs, of each source and the PDF that is made of it."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [(str(source), str(folder / f"{source.parent.name}.pdf")) for source in sources]
    listed = folder / "list.json"
    listed.write_text(json.dumps(pairs), encoding="utf-8")
    return listed


def is_tagged(path: Path) -> str:
    """What a file says of itself: PDF/UA, tags alone, or none."""
    with pikepdf.open(path) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return "no"
        metadata = bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
        return "PDF/UA-1" if b"pdfuaid" in metadata else "tags"


def pages_of(paths: Sequence[Path]) -> int:
    """The pages of all files."""
    total = 0
    for path in paths:
        with pikepdf.open(path) as pdf:
            total += len(pdf.pages)
    return total


def disk(folder: Path) -> tuple[int, int]:
    """Bytes on the disk and the number of inodes, each file counted once, however many names it has."""
    seen: dict[int, int] = {}
    for path in folder.rglob("*"):
        facts = path.lstat()
        seen[facts.st_ino] = facts.st_blocks * 512
    return sum(seen.values()), len(seen)
