"""The command `prune`."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from pressroom.cli import options
from pressroom.cli.clock import today
from pressroom.cli.command import command
from pressroom.cli.due import days
from pressroom.cli.output import data, finish, show, table, typed
from pressroom.counted import counted

if TYPE_CHECKING:
    from pressroom.commands.releasing.pruning import Pruned
    from pressroom.workspace.workspace import Workspace

_SIZE: Final = re.compile(r"(\d{1,6})\s*(MB|GB)", re.IGNORECASE)
_BYTES: Final = {"MB": 1_000_000, "GB": 1_000_000_000}


def _bytes(context: click.Context, option: click.Parameter, written: str | None) -> int | None:
    """The bytes of an option: `500MB`, `2GB`."""
    size = _SIZE.fullmatch(written) if written is not None else None
    if written is not None and size is None:
        raise click.BadParameter(f"{written!r} is no size; write it as 500MB or 2GB", context, option)
    return int(size[1]) * _BYTES[size[2].upper()] if size is not None else None


@command("prune")
@click.option("--keep", type=click.IntRange(1, 1000), metavar="N", help="Keep the newest N of proofs and of releases.")
@click.option("--older-than", "age", callback=days, metavar="TIME", help="Delete what is older, as `90d` or `12w`.")
@click.option(
    "--size", callback=_bytes, metavar="SIZE", help="Delete the oldest until all take `2GB`, `500MB` or less."
)
@click.option("--delete", is_flag=True, help="Delete them. Without it the command only says what would go.")
@options.output_option
@options.in_project
def prune(
    workspace: Workspace,
    keep: int | None,
    age: timedelta | None,
    size: int | None,
    delete: bool,
    output: Path | None,
) -> None:
    """Delete old editions, to free disk space.

    The current editions of proofs and of releases always stay. `rollback` can't return to an edition that is gone. The
    log, the signatures and the signed proofs are not touched.
    """
    from pressroom.commands.releasing.pruning import Limits, prune

    if keep is None and age is None and size is None:
        raise click.UsageError("what may go? give --keep, --older-than or --size")
    pruned = prune((output or workspace.root / "output").resolve(), Limits(keep, age, size), today(), delete=delete)
    rows = [
        {
            "kind": "proofs" if kept.edition.channel == "current" else "released",
            "number": kept.edition.number,
            "published": str(kept.published),
            "path": str(kept.edition.path),
        }
        for kept in pruned.gone
    ]
    data(editions=rows, before=pruned.before, after=pruned.after, deleted=delete and pruned.problem is None)
    if rows:
        show(table(rows))
    problems = [] if pruned.problem is None else [pruned.problem]
    busy = pruned.problem is not None and pruned.problem.code == "output-busy"
    finish(problems, *([] if problems else [_said(pruned, delete=delete)]), busy=busy)


def _said(pruned: Pruned, *, delete: bool) -> str:
    what = counted(len(pruned.gone), "edition")
    sizes = f"{_megabytes(pruned.before)} before, {_megabytes(pruned.after)} after"
    if not pruned.gone:
        return f"no edition goes: all files take {_megabytes(pruned.before)}"
    if delete:
        return f"deleted {what}: {sizes}"
    return f"would delete {what}: {sizes}; to do it, add --delete to {typed('prune')}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
