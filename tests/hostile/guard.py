"""Hears what a process opens, starts and connects to, and notes what no command has a reason for.

Python reports such things to an audit hook before it does them. What a C library opens by itself is not heard: fonts,
by Pango and fontconfig, which get no name from outside.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

# Where a process that is watched adds what it did, one a line.
NOTES: Final = "PRESSROOM_TEST_NOTES"
# What it may read, as paths parted by colons; the projects and temporary folders that it may write come first.
READABLE: Final = "PRESSROOM_TEST_READABLE"
WRITABLE: Final = "PRESSROOM_TEST_WRITABLE"
_ROOT: Final = Path(__file__).parents[2]
_WORKER: Final = "pressroom.executor.worker"
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
# Their first argument is a path that is changed; of the last two, the second as well.
_CHANGES: Final = frozenset({
    "os.chmod", "os.chown", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.utime", "shutil.rmtree",
    "os.link", "os.rename",
})  # fmt: skip
_STARTS: Final = frozenset({"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn"})


def watch(project: Path, *named: Path) -> Path:
    """Watch this process and its workers, without end; `named` are files that the command line names.

    Returns the file of notes, which is in a place for temporary files beside the project.
    """
    # Everything that Python and the engine are made of, and what they ask the system.
    machine = (
        "/proc",
        "/sys",
        "/dev/urandom",
        "/usr/share",
        "/usr/local/share",
        "/usr/lib",
        "/etc/fonts",
        "/etc/localtime",
    )
    temporary = project.with_name("tmp")
    temporary.mkdir(exist_ok=True)
    tempfile.tempdir = os.environ["TMPDIR"] = str(temporary)
    # Where the user's key of caches is.
    os.environ["HOME"] = os.environ["XDG_STATE_HOME"] = str(temporary)
    os.environ[NOTES] = str(temporary / "notes")
    os.environ[WRITABLE] = os.pathsep.join(map(_real, (project, temporary, "/dev/null")))
    os.environ[READABLE] = os.pathsep.join(map(_real, (_ROOT, sys.prefix, sys.base_prefix, *machine, *named)))
    os.environ["PYTHONPATH"] = str(Path(__file__).parent / "site")
    start()
    return temporary / "notes"


def start() -> None:
    """Watch this process by what its environment says."""
    writable = tuple(os.environ[WRITABLE].split(os.pathsep))
    readable = (*writable, *os.environ[READABLE].split(os.pathsep))
    handle = os.open(os.environ[NOTES], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC)

    def heard(event: str, arguments: tuple[Any, ...]) -> None:
        if wrong := _wrong(event, arguments, readable, writable):
            os.write(handle, f"{wrong}\n".encode("utf-8", "backslashreplace"))

    sys.addaudithook(heard)


def _wrong(event: str, arguments: tuple[Any, ...], readable: tuple[str, ...], writable: tuple[str, ...]) -> str:
    """What no command has a reason for; empty for all else."""
    if event == "open":
        path, _, flags = arguments
        places = writable if flags & _WRITING else readable
        return "" if _is_in(path, places) else f"opens {path!r}"
    if event in _CHANGES:
        paths = arguments[:2] if event in ("os.link", "os.rename") else arguments[:1]
        return "" if all(_is_in(path, writable) for path in paths) else f"{event} {arguments!r}"
    if event == "subprocess.Popen":
        program, words = arguments[:2]
        # `render/system.py` tries libraries in a process that imports nothing.
        is_ours = program == sys.executable and (_WORKER in words or words[1:4] == ["-I", "-S", "-c"])
        return "" if is_ours else f"starts {words!r}"
    if event in _STARTS:
        return f"{event} {arguments!r}"
    # A worker is spoken to through a pair of sockets that have no name.
    if event.startswith("socket.") and not (event == "socket.__new__" and arguments[1] == 1):
        return f"{event} {arguments[1:]!r}"
    return ""


def _is_in(path: object, places: tuple[str, ...]) -> bool:
    if not isinstance(path, str | bytes | os.PathLike):
        return True  # a file that is open already
    name = os.fsdecode(path)
    if "/" not in name and name not in ("..", ""):
        return True  # a name in a folder that is open: `open_file.py` follows no link
    real = _real(name)
    return any(real == place or real.startswith(f"{place}/") for place in places)


def _real(path: object) -> str:
    return os.path.realpath(str(path))
