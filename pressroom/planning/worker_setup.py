"""What a worker on another machine must have, so that it makes the same bytes as this one; the worker compares."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pressroom.diagnostics import Severity
from pressroom.fingerprint import content_hash
from pressroom.language import FontFamily, Language, LockedFont, font_file
from pressroom.planning.fonts import fonts_in_use
from pressroom.planning.versions import library_versions
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """Versions of what decides each byte, the fonts as `private_fonts` takes them, and the hash of each font file."""

    versions: Mapping[str, str]
    families: tuple[FontFamily, ...]
    locked: Mapping[str, LockedFont]
    letters: Mapping[str, frozenset[str]]
    fonts: Mapping[str, str]


def worker_setup(workspace: Workspace, languages: Sequence[Language]) -> WorkerSetup:
    """What pieces in these languages are made with here, after `prepare_fonts`."""
    families, letters = fonts_in_use(workspace, languages)
    return WorkerSetup(_versions(), families, workspace.font_lock().value, letters, _font_hashes(families))


def setup_differences(setup: WorkerSetup) -> tuple[str, ...]:
    """Put the same fonts in place on this machine, and say how it differs from the build's. Called in a worker."""
    from pressroom.render.fonts import private_fonts
    from pressroom.render.system import library_problems

    if missing := library_problems():
        return tuple(problem.message for problem in missing)
    here = _versions()
    differences = [
        f"it has {name} {here.get(name, 'absent')}, and the build {version}"
        for name, version in setup.versions.items()
        if here.get(name) != version
    ]
    if differences:
        return tuple(differences)
    ready = private_fonts(setup.families, _folder(), locked=setup.locked, letters=setup.letters)
    if not ready.value:
        return tuple(problem.message for problem in ready.findings if problem.severity is Severity.ERROR)
    fonts = _font_hashes(setup.families)
    names = sorted(name for name in fonts.keys() | setup.fonts.keys() if fonts.get(name) != setup.fonts.get(name))
    return tuple(f"its font {name} has other bytes than the build's" for name in names)


def _versions() -> dict[str, str]:
    """The libraries' versions, and Python's, which local workers share with their build by themselves."""
    python = ".".join(platform.python_version_tuple()[:2])
    return library_versions() | {"Python": python}


def _font_hashes(families: Sequence[FontFamily]) -> dict[str, str]:
    """SHA-256 by name, of the private fonts that pages are set in and of the files they come from."""
    private = Path(os.environ["FONTCONFIG_FILE"]).parent / "fonts"
    files = {path.name: path for path in private.iterdir()}
    files |= {font_file(face).name: font_file(face) for family in families for face in family.faces}
    return {name: content_hash(path.read_bytes()) for name, path in sorted(files.items())}


def _folder() -> Path:
    """Where a worker keeps fonts that are cut down, from one build to the next."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "pressroom"
