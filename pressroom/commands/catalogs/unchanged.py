"""An update of a project that is as the last one left it: nothing is read twice, and the same is said of it.

By content, never by date (as the keys of pieces): of every file that an update may read, and of the program itself.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pressroom.catalog import MergeSummary
from pressroom.commands.catalogs.update import CatalogReport, total, update
from pressroom.workspace.workspace import Workspace

_ENGINE: Final = Path(__file__).parents[2]
_LEFT: Final = ".cache/pressroom/update.json"
_FOLDERS: Final = ("source", "locales")
_FILES: Final = ("pyproject.toml", "layouts/words.toml")


def update_if_changed(workspace: Workspace, locales: Sequence[str], created: str) -> CatalogReport:
    """`update`, which is spared where the last one had nothing to complain of and every file is as it was then."""
    before = _marks(workspace.root)
    name = " ".join(("update", *sorted(set(locales))))
    if (same := _said(_read(workspace).get(name), _digest(before))) is not None:
        return same
    report = update(workspace, locales, created)
    after = _marks(workspace.root)
    ours = {workspace.root / path for path in report.written}
    # What somebody saved meanwhile was perhaps not read.
    settled = all(before.get(path) == mark or path in ours for path, mark in after.items())
    if settled and before.keys() <= after.keys() and not report.diagnostics:
        sums = total(report.merges)
        messages = {field: getattr(sums, field) for field in sums.__dataclass_fields__}
        _write(workspace, name, {"marks": _digest(after), "seen": report.seen, "messages": _next(messages)})
    return report


def _said(held: object, digest: str) -> CatalogReport | None:
    match held:
        case {"marks": str(marks), "seen": int(seen), "messages": {"kept": int(kept), **others}} if marks == digest:
            waiting, untranslated = others.get("waiting"), others.get("untranslated")
            if isinstance(waiting, int) and isinstance(untranslated, int):
                summary = MergeSummary(kept=kept, waiting=waiting, untranslated=untranslated)
                return CatalogReport(seen=seen, merges=[("", summary)])
    return None


def _next(messages: dict[str, int]) -> dict[str, int]:
    """What an update after this one says: what this one settled is kept, what it marked waits."""
    settled = ("kept", "reverted", "revived", "given")
    waiting = ("waiting", "fuzzy", "dangerous")
    return {
        "kept": sum(messages[name] for name in settled),
        "waiting": sum(messages[name] for name in waiting),
        "untranslated": messages["untranslated"],
    }


def _marks(root: Path) -> dict[Path, str]:
    """The hash of every file by its path: the project's that an update may read, and the program's."""
    return {path: _mark(path) for path in sorted(_paths(root)) if path.is_file()}


def _mark(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "unreadable"


def _paths(root: Path) -> Iterator[Path]:
    yield from (root / name for name in _FILES)
    for folder in _FOLDERS:
        yield from (root / folder).rglob("*")
    yield from (path for path in _ENGINE.rglob("*") if path.suffix in (".py", ".toml"))
    # A library's folder is named for its version.
    yield from (path / "RECORD" for place in map(Path, sys.path) for path in place.glob("*.dist-info"))


def _digest(marks: dict[Path, str]) -> str:
    return hashlib.sha256("\n".join(f"{path} {mark}" for path, mark in marks.items()).encode()).hexdigest()


def _read(workspace: Workspace) -> dict[str, Any]:
    try:
        held = json.loads((workspace.root / _LEFT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _write(workspace: Workspace, name: str, left: dict[str, object]) -> None:
    """Keep it; where it can't be kept, the next update does its work again."""
    text = json.dumps(_read(workspace) | {name: left}, indent=1) + "\n"
    with suppress(OSError):
        workspace.write(_LEFT, text.encode())
