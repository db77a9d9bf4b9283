"""What everything but making costs: `python -m benchmarks.scale [FILES …]`, from the project's root.

Plans so many pieces of one card in five languages, and publishes as many files of 60 KB that hold nothing. Then a tenth
of the files changes four times, and all editions but the newest are pruned. Prints the CPU of each stage for a file,
the manifest, and the disk. No page is laid out.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.peers import corpus
from benchmarks.peers.methods import disk
from pressroom.approval import ReleaseFacts
from pressroom.commands.releasing.pruning import Limits, prune
from pressroom.planning.plan import Request, make_plan
from pressroom.publish import Manifest, PieceRecord, Store
from pressroom.workspace.workspace import Workspace

SIZE = 60_000


def _timed(stage: str, files: int, work: Callable[[], object]) -> None:
    began = time.process_time()
    work()
    used = time.process_time() - began
    print(f"  {stage}: {1_000_000 * used / files:.0f} µs a file, {used:.2f} s", flush=True)


def _print_disk(what: str, files: int, output: Path) -> None:
    used, inodes = disk(output)
    print(f"  disk with {what}: {used / files / 1000:.1f} KB and {inodes / files:.2f} inodes a file", flush=True)


def measure(files: int, folder: Path) -> None:
    """Print what the stages cost at this number of files."""
    documents = {"cards/dvt-pe.md": "wallet-card"}
    root = corpus.project(folder / "project", files // len(corpus.FEW_LOCALES), documents)
    request, jobs = Request(locales=corpus.FEW_LOCALES), []
    print(f"{files:,} files")

    def plan() -> None:
        planned = make_plan(Workspace.open(root), request, (), ()).jobs
        jobs.extend(job for job in planned if job.requested and job.sources)

    _timed("planned, with the hash of its sources", files, plan)
    store = Store(folder / "output")
    records: list[PieceRecord] = []

    def add() -> None:
        for number, job in enumerate(jobs):
            sha256 = store.add(number.to_bytes(8) * (SIZE // 8))
            path = f"{job.language.tag}/{job.document}.{job.language.tag}.{job.clinic.id}.PROOF.pdf"
            facts = ReleaseFacts(sha256=sha256, key=f"{number}")
            records.append(PieceRecord(*job.id, "translated", facts, path, 2, sources=f"{number}"))

    _timed("stored as an object", files, add)
    manifest = Manifest(tuple(sorted(records, key=lambda record: record.id)), {})
    _timed("published as an edition", files, lambda: store.publish(manifest))
    _timed("manifest read", files, lambda: store.manifest())
    changed = replace(manifest, pieces=(replace(manifest.pieces[0], pages=3), *manifest.pieces[1:]))
    _timed("published again, one piece changed", files, lambda: store.publish(changed))
    _print_disk("two editions", files, folder / "output")
    for edition in range(1, 5):
        for number in range(edition, files, 10):
            sha256 = store.add((edition << 32 | number).to_bytes(8) * (SIZE // 8))
            records[number] = replace(records[number], facts=replace(records[number].facts, sha256=sha256))
        store.publish(Manifest(tuple(sorted(records, key=lambda record: record.id)), {}))
    _print_disk("five editions, each with a tenth changed", files, folder / "output")
    _timed("pruned to one edition", files, lambda: prune(folder / "output", Limits(keep=1), date.max, delete=True))
    _print_disk("one edition", files, folder / "output")
    size = (store.current / "manifest.json").stat().st_size
    print(f"  manifest {size / files:.0f} bytes a file")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"  memory of this process so far {peak:.0f} MB")


def main() -> None:
    """Measure each number of files."""
    for files in [int(text) for text in sys.argv[1:]] or [1000, 10_000]:
        with tempfile.TemporaryDirectory(prefix="pressroom-scale-") as name:
            measure(files, Path(name))


if __name__ == "__main__":
    main()
