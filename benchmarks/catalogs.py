"""Times catalogs against the peers: makes a corpus, runs ours, po4a, msgmerge and translate-toolkit, prints a table.

    python -m benchmarks.catalogs [--documents 60] [--fuzzy 2000] [--linear] [--large 100000]

A peer that is not installed is left out. A time is seconds of processor, its own and its children's, and in brackets
those of the clock on the wall; they are of one run, and indicative.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.catalog_corpus import Document, corpus, edited
from pressroom.catalog import Catalog
from pressroom.catalog.merge import merge, merge_locale
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import template_catalog
from pressroom.catalog.write import write_catalog
from pressroom.content.parse import parse_document
from pressroom.language import find_language

LOCALES = ("es", "ar", "zh-Hans", "vi", "ru", "ko")
ROOT = Path(__file__).parents[1]
DOOR, MINIMAL = ROOT / "publish.py", ROOT / "tests" / "projects" / "minimal"
CREATED = "2026-11-23 09:00+0000"
Step = Callable[[Path, list[Document]], None]


def ours(folder: Path, documents: list[Document]) -> None:
    """Extract every document and update every locale, as the program does: read, merge, write what changed."""
    templates = [_extract(folder, document) for document in documents]
    for tag in LOCALES:
        language = find_language(tag)
        existing = {t.path: _read(folder / _po(t, language.posix), tag) for t in templates}
        for made, _ in merge_locale({t.path: t for t in templates}, existing, language).values():
            _write(folder / made.path, write_catalog(made))


def command(folder: Path, documents: list[Document]) -> None:
    """The same by the program's own command, from its start to its end: a project, and `publish.py update`."""
    if not (folder / "source").exists():
        _project(folder, LOCALES)
    _sources(folder, documents)
    ran = subprocess.run(
        [sys.executable, str(DOOR), "--project", str(folder), "update"], capture_output=True, text=True
    )
    if ran.returncode:
        raise RuntimeError(f"update: {ran.stderr[-500:]}")


def _project(folder: Path, locales: Sequence[str]) -> None:
    """The smallest project, in these locales, without a document."""
    ignored = shutil.ignore_patterns("locales", "output", ".cache", "visit.md")
    shutil.copytree(MINIMAL, folder, ignore=ignored, dirs_exist_ok=True)
    settings = (folder / "pyproject.toml").read_text(encoding="utf-8")
    listed = ", ".join(f'"{tag}"' for tag in locales)
    (folder / "pyproject.toml").write_text(settings.replace('locales = ["es"]', f"locales = [{listed}]"))


def _sources(folder: Path, documents: list[Document]) -> None:
    for number, document in enumerate(documents, start=1):
        text = document.markdown.replace("B-1", f"B-{number}").replace("panel: text", "panel: visit")
        _write(folder / "source" / f"{document.name}.md", text.replace("[trifold]", "[slip]").encode())


def _extract(folder: Path, document: Document) -> Catalog:
    parsed, problems = parse_document(document.markdown, f"source/{document.name}.md")
    assert parsed is not None, problems
    previous = _read(folder / f"locales/{document.name}.pot", "en")
    template = template_catalog(document.name, parsed.messages, previous, CREATED)
    _write(folder / template.path, write_catalog(template))
    return template


def _po(template: Catalog, posix: str) -> str:
    return f"locales/{posix}/LC_MESSAGES/{Path(template.path).stem}.po"


def _read(path: Path, tag: str) -> Catalog | None:
    if not path.exists():
        return None
    catalog, problems = read_catalog(path.read_bytes(), path.name, find_language(tag))
    assert catalog is not None, problems
    return replace(catalog, path=str(path)[str(path).index("locales/") :])


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != data:
        path.write_bytes(data)


def po4a(folder: Path, documents: list[Document]) -> None:
    """po4a with its default of one catalog a locale, which is its quickest; catalogs only."""
    lines = [f"[po4a_langs] {' '.join(find_language(tag).posix for tag in LOCALES)}"]
    lines.append("[po4a_paths] po/all.pot $lang:po/$lang.po")
    for document in documents:
        _write(folder / f"{document.name}.md", document.plain.encode())
        lines.append(f'[type: text] {document.name}.md $lang:out/$lang/{document.name}.md opt:"-o markdown"')
    (folder / "po").mkdir(exist_ok=True)
    _write(folder / "po4a.cfg", "\n".join(lines).encode())
    _run(folder, "po4a", "--no-translations", "--quiet", "--master-charset", "UTF-8", "po4a.cfg")


def toolkit(folder: Path, documents: list[Document]) -> None:
    """translate-toolkit: md2po to templates, pot2po for each locale."""
    for document in documents:
        _write(folder / "md" / f"{document.name}.md", document.plain.encode())
    _run(folder, "md2po", "-P", "--duplicates=merge", "--progress=none", "md", "pot")
    for tag in LOCALES:
        _run(folder, "pot2po", "--progress=none", "-t", f"po-{tag}", "pot", f"new-{tag}")
        shutil.rmtree(folder / f"po-{tag}", ignore_errors=True)
        (folder / f"new-{tag}").rename(folder / f"po-{tag}")


def _run(folder: Path, *command: str) -> None:
    for tag in LOCALES:
        (folder / f"po-{tag}").mkdir(exist_ok=True)
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{command[0]}: {ran.stderr[-500:]}")


def _cpu() -> float:
    """Seconds of processor so far, of this process and of those it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _timed(step: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor and of the clock on the wall."""
    begun, at = _cpu(), time.perf_counter()
    step()
    return _cpu() - begun, time.perf_counter() - at


def _told(seconds: tuple[float, float]) -> str:
    return f"{seconds[0]:.2f} s ({seconds[1]:.2f})"


def time_life(name: str, step: Step, documents: list[Document]) -> list[str]:
    """Create, translate all, update, again with nothing new, with one paragraph in fifty edited, with that reverted."""
    after = edited(documents, 0.02)
    messages = len(LOCALES) * sum(len(document.paragraphs) for document in documents)
    cells, rate = [name], ""
    with tempfile.TemporaryDirectory() as folder:
        for place, version in enumerate((documents, documents, documents, after, documents)):
            seconds = _timed(partial(step, Path(folder), version))
            cells.append(_told(seconds))
            if version is after:
                rate = f"{messages / seconds[0]:,.0f}"
            if place == 0:
                wanted = sum(_finish(path) for path in sorted(Path(folder).rglob("*.po")))
        left = sum(_finished(path) for path in sorted(Path(folder).rglob("*.po")))
    return [*cells, rate, f"{wanted - left:,} of {wanted:,}"]


def _finish(path: Path) -> int:
    catalog = _any(path)
    entries = tuple(replace(e, msgstr=f"es {e.msgid}", flags=()) if not e.obsolete else e for e in catalog.entries)
    path.write_bytes(write_catalog(replace(catalog, entries=entries)))
    return len(catalog.active)


def _finished(path: Path) -> int:
    return sum(entry.translated and entry.msgstr == f"es {entry.msgid}" for entry in _any(path).active)


def _any(path: Path) -> Catalog:
    tags = {find_language(tag).posix: tag for tag in LOCALES}
    names = (part.removeprefix("po-") for part in (*path.parent.parts, path.stem))
    tag = next((tags[name] for name in names if name in tags), "es")
    catalog, problems = read_catalog(path.read_bytes(), path.name, find_language(tag))
    assert catalog is not None, problems
    return catalog


def time_fuzzy(messages: int, share: float) -> list[list[str]]:
    """One catalog of so many messages with a share of them edited: time, and how many were found or found wrongly."""
    (before,) = corpus(1, messages)
    (after,) = edited([before], share)
    return [
        row
        for row in (_fuzzy_ours(before, after), _fuzzy_msgmerge(before, after), _fuzzy_toolkit(before, after))
        if row
    ]


def _templates(folder: Path, *documents: Document) -> list[Catalog]:
    return [_extract(folder / str(number), document) for number, document in enumerate(documents)]


def _translated(template: Catalog) -> Catalog:
    made, _ = merge(template, None, find_language("es"))
    return replace(made, entries=tuple(replace(entry, msgstr=f"es {entry.msgid}") for entry in made.entries))


def _judged(name: str, seconds: tuple[float, float], made: Catalog, before: Document, after: Document) -> list[str]:
    pairs = dict(zip(after.paragraphs[1:], before.paragraphs, strict=True))
    pairs = {new: old for new, old in pairs.items() if new != old}
    fuzzy = {entry.msgid: entry.msgstr for entry in made.active if entry.fuzzy}
    right = sum(fuzzy.get(new) == f"es {old}" for new, old in pairs.items())
    wrong = len([new for new in fuzzy if fuzzy[new] != f"es {pairs.get(new)}"])
    return [name, _told(seconds), f"{right} of {len(pairs)}", str(wrong)]


def _fuzzy_ours(before: Document, after: Document) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        old, new = _templates(Path(folder), before, after)
    existing = _translated(old)
    found: list[Catalog] = []
    seconds = _timed(lambda: found.append(merge(new, existing, find_language("es"))[0]))
    return _judged("ours", seconds, found[0], before, after)


def _fuzzy_files(tool: str, before: Document, after: Document, command: Callable[[Path], list[str]]) -> list[str]:
    if shutil.which(tool) is None:
        return []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = _templates(folder, before, after)
        (folder / "old.po").write_bytes(write_catalog(_translated(old)))
        (folder / "new.pot").write_bytes(write_catalog(new))
        seconds = _timed(lambda: subprocess.run(command(folder), check=True, capture_output=True))
        made, problems = read_catalog((folder / "made.po").read_bytes(), "made.po", find_language("es"))
    assert made is not None, problems
    return _judged(tool, seconds, made, before, after)


def _fuzzy_msgmerge(before: Document, after: Document) -> list[str]:
    def command(folder: Path) -> list[str]:
        return ["msgmerge", "-q", "--previous", "-o", f"{folder}/made.po", f"{folder}/old.po", f"{folder}/new.pot"]

    return _fuzzy_files("msgmerge", before, after, command)


def _fuzzy_toolkit(before: Document, after: Document) -> list[str]:
    def command(folder: Path) -> list[str]:
        return ["pot2po", "--progress=none", "-t", f"{folder}/old.po", f"{folder}/new.pot", f"{folder}/made.po"]

    return _fuzzy_files("pot2po", before, after, command)


def time_linear(documents: int) -> list[list[str]]:
    """Half as many documents, as many, and twice as many: create, and update after an edit, for ours."""
    rows = []
    for count in (documents // 2, documents, 2 * documents):
        cells = time_life("ours", ours, corpus(count))
        rows.append([str(count), cells[1], cells[4], cells[6]])
    return rows


def time_large(messages: int) -> list[list[str]]:
    """A project of so many messages, in one locale, by the program's own commands: time and memory of each."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        _project(folder, ["es"])
        _sources(folder, corpus(messages // 200, 199))
        for words in ("extract", "update", "update", "update", "check", "status"):
            command = [sys.executable, str(DOOR), "--project", str(folder), words]
            seconds = _timed(lambda: subprocess.run(command, capture_output=True, check=False))  # noqa: B023
            rows.append([words, _told(seconds), f"{_peak():.0f} MB"])
            if len(rows) == 2:
                for path in folder.rglob("*.po"):
                    _finish(path)
    return rows


def _peak() -> float:
    """The largest memory of any child so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def table(head: list[str], rows: list[list[str]]) -> None:
    """Print rows under a head, as Markdown."""
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(row) + " |")
    print()


def main() -> None:
    """Make the corpus, time who is there, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=60)
    asked.add_argument("--fuzzy", type=int, default=2_000)
    asked.add_argument("--linear", action="store_true")
    asked.add_argument("--large", type=int, default=0)
    options = asked.parse_args(sys.argv[1:])
    documents = corpus(options.documents)
    words = sum(len(p.split()) for d in documents for p in d.paragraphs)
    print(f"{len(documents)} documents, {words:,} words, {len(LOCALES)} locales\n")
    peers: list[tuple[str, Step]] = [("po4a", po4a), ("md2po", toolkit)]
    steps = [
        ("ours", ours),
        ("publish.py update", command),
        *((name, step) for name, step in peers if shutil.which(name)),
    ]
    head = [
        "",
        "create",
        "all translated",
        "nothing changed",
        "after an edit",
        "after its revert",
        "messages/s",
        "lost",
    ]
    table(head, [time_life(n, s, documents) for n, s in steps])
    print(f"{options.fuzzy:,} messages, 10 % edited\n")
    table(["", "time", "found", "found wrongly"], time_fuzzy(options.fuzzy, 0.1))
    if options.linear:
        table(["documents", "create", "after an edit", "messages/s"], time_linear(options.documents))
    if options.large:
        print(f"{options.large:,} messages in one project\n")
        table(["", "time", "largest memory so far"], time_large(options.large))


if __name__ == "__main__":
    main()
