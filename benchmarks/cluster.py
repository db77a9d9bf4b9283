"""What a cluster adds to a piece: `python -m benchmarks.cluster [TASKS]`, from the project's root.

Sends so many tasks that do nothing and return a file of 60 KB through a scheduler and two workers on this machine, and
prints the CPU of each process for a task, with results sent back and with results in a folder. Before that it packs the
pieces of the project, and prints the bytes of a task and of what its tasks share.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from pressroom.commands.building.on_cluster import SHARED
from pressroom.executor.cluster import Cluster, ClusterExecutor
from pressroom.executor.guest import Terms
from pressroom.executor.parts import Packer
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.production.task import Task
from pressroom.workspace.workspace import Workspace
from tests.executor.cluster import local_cluster

ROOT = Path(__file__).parents[1]
SIZE = 60_000


def piece(number: int) -> bytes:
    """A file that no other task returns."""
    return number.to_bytes(8) * (SIZE // 8)


def _cpu(process: int) -> float:
    """Seconds of CPU of a process, without those that it started."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def overhead(tasks: int, shared: bool) -> None:
    """Print what a task costs each process."""
    with tempfile.TemporaryDirectory() as name, local_cluster(Path(name), 2) as cluster:
        where = Cluster(cluster.address, f"{name}/results" if shared else "")
        processes = [os.getpid(), cluster.scheduler.pid, *(worker.pid for worker in cluster.workers)]
        with closing(ClusterExecutor[int, bytes](where, Terms("benchmarks.cluster:piece"))) as executor:
            for number in range(tasks):
                executor.submit(number, number)
            before, began = [_cpu(one) for one in processes], time.perf_counter()
            assert len(dict(executor.results())) == tasks
            wall = time.perf_counter() - began
        used = [1000 * (_cpu(one) - was) / tasks for one, was in zip(processes, before, strict=True)]
    how = "in a folder" if shared else "sent back"
    cells = [f"build {used[0]:.2f} ms", f"scheduler {used[1]:.2f} ms", f"workers {sum(used[2:]):.2f} ms of CPU a task"]
    print(f"results {how}: {', '.join(cells)}")
    print(f"  {tasks / wall:.0f} tasks a second on this machine, which has all four processes")


def sizes() -> None:
    """Print the bytes of a task of this project."""
    workspace = Workspace.open(ROOT)
    plan = make_plan(workspace, Request(), (), ())
    packer, parts, tasks = Packer(SHARED), dict[str, bytes](), []
    for job in plan.jobs:
        if job.requested and (prepared := prepare(job)).piece is not None:
            packed = packer.pack(Task(prepared.piece))
            parts |= packed.parts
            tasks.append((len(packed.data), sum(map(len, packed.parts.values()))))
    alone, whole = (statistics.mean(size) for size in zip(*((own, own + rest) for own, rest in tasks), strict=True))
    together = sum(map(len, parts.values()))
    print(f"{len(tasks)} pieces: {whole / 1000:.0f} KB with all parts; {alone / 1000:.1f} KB a task without them,")
    print(f"  and {together / 1e6:.2f} MB of {len(parts)} parts once for each worker")


def main() -> None:
    """Print all."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    sizes()
    for shared in (False, True):
        overhead(tasks, shared)


if __name__ == "__main__":
    main()
