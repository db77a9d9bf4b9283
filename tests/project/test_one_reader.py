"""Only `project/open_file.py` reads files of a project, and only `project/atomic.py` writes files."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
READS = {"open", "fdopen", "read_text", "read_bytes", "from_file_path"}
WRITES = {"write_text", "write_bytes", "mkstemp", "NamedTemporaryFile"}
# Who else may, and why. `of` is what the call must be made on, as it is written; a module that needs no exception any
# more fails the test.
ALLOWED = {
    ("project/open_file.py", "os"): "the reader",
    ("project/atomic.py", "os"): "the writer, and a folder's names",
    ("project/atomic.py", "tempfile"): "the writer",
    ("data_files.py", "*"): "files of this package",
    ("compose/*.py", "*"): "templates and styles of this package",
    ("planning/keys.py", "file"): "files of this package",
    ("pages/*.py", "path"): "files of this package",
    ("commands/building/desk_folder.py", "path"): "files of this package",
    ("*", "Workspace"): "opens no file",
    ("*", "pikepdf"): "opens bytes",
    ("*", "Image"): "opens bytes",
    ("commands/handoff/archive.py", "archive"): "a member of a zip in memory",
    ("*", "*.Contents"): "a stream of a PDF in memory",
    ("render/tags/finish.py", "stream"): "a stream of a PDF in memory",
    ("render/hyphens.py", "path"): "a file of pyphen",
    ("planning/worker_setup.py", "path"): "a font of the system",
    ("drawing/*.py", "stream"): "a stream of a PDF in memory",
    ("drawing/*.py", "form"): "a stream of a PDF in memory",
    ("drawing/*.py", "descriptor.FontFile?"): "a stream of a PDF in memory",
    ("drawing/*.py", "font.ToUnicode"): "a stream of a PDF in memory",
    ("drawing/letters.py", "file"): "a font of the system",
    ("workspace/workspace.py", "cls"): "opens no file",
    ("preflight/*.py", "item"): "a stream of a PDF in memory",
    ("preflight/bounds.py", "stream"): "a stream of a PDF in memory",
    ("preflight/press_pdf.py", "profile"): "a stream of a PDF in memory",
    ("render/tags/hook.py", "files('weasyprint.pdf')*"): "a file of WeasyPrint",
    ("language/cldr.py", "Path(localedata*"): "a file of Babel",
    ("language/fonts.py", "font_file(face)"): "a font of the system",
    ("language/fonts.py", "path"): "a font of the system",
    ("planning/versions.py", "path"): "a font of the system",
    ("render/fonts.py", "path"): "a font of the system",
    ("render/fonts.py", "uharfbuzz.Blob"): "a font of the system",
    ("approval/signature.py", "*"): "a temporary folder for ssh-keygen",
    ("executor/process.py", "Path(f'/proc/*"): "what the system says of a process",
    ("cli/*.py", "formatter"): "Click's text of a help",
    ("publish/lock.py", "os"): "a lock is held open, not read",
    ("cli/build_answer.py", "output / '.lock'"): "a lock is held open, not read",
    ("commands/building/settled.py", "Path('/proc/*"): "what the system says of this process",
    ("project/file_marks.py", "probe"): "an empty file, to see the clock of the file system",
    ("project/kept.py", "os"): "the user's own key",
    ("project/kept.py", "unfinished"): "a value with a MAC: half of one does not count",
    ("project/scratch.py", "os"): "a folder is held open for its lock",
    ("project/folder_lock.py", "os"): "a folder is held open for its lock",
    ("cli/main.py", "o*"): "the standard streams, if the caller closed them",
    ("cli/console.py", "open"): "the device that takes what nobody reads",
}


def calls() -> Iterator[tuple[str, int, str]]:
    """The module, the line and the receiver of every call that could read or write a file."""
    for path in sorted((ROOT / "pressroom").rglob("*.py")):
        module = path.relative_to(ROOT / "pressroom").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=receiver, attr=name)) if name in READS | WRITES:
                    yield module, node.lineno, ast.unparse(receiver)
                case ast.Call(func=ast.Name(id=name)) if name in READS | WRITES:
                    yield module, node.lineno, name


def test_nobody_else_opens_files() -> None:
    """A project's file is opened with care (no link, no pipe, a limit) only if one function opens all of them."""
    needed, others = set(), []
    for module, line, receiver in calls():
        rules = [rule for rule in ALLOWED if fnmatch(module, rule[0]) and fnmatch(receiver, rule[1])]
        needed.update(rules)
        others += [] if rules else [f"pressroom/{module}:{line}: {receiver}"]
    assert others == [], "read project files with Workspace.files, others with file_bytes; write with write_atomic"
    assert ALLOWED.keys() - needed == set(), "an exception that nothing needs"
