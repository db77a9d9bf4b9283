"""A project's files, each read at most once, and the values made from them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, TypeVar, cast

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.fingerprint import content_hash, fingerprint
from pressroom.project.open_file import LIMIT, Read, decoded, file_bytes, relative_name
from pressroom.project.packaged import BY_KEY, PREFIX, is_layout_file
from pressroom.project.toml_text import toml_table

T = TypeVar("T")


class Files:
    """Reads files below `root` and remembers which of them each value was made from.

    A path is absolute or relative to the root. `changed` forgets files and the values made from them, so that a
    long-lived program reads only edited files again. Not thread-safe.

    `packaged` is a second root, for `layouts/` alone: a file that the project lacks is read there, under the name that
    it has in the project. None if the project has its own layouts.
    """

    def __init__(self, root: Path, packaged: Path | None = None) -> None:
        self.root = root
        self.packaged = packaged
        self._read: dict[str, Read[bytes | None]] = {}
        self._made: dict[Hashable, tuple[object, frozenset[str]]] = {}
        # The names among them that the project does not have.
        self._not_own: set[str] = set()
        # What the values being made now have read, the outermost first; a folder's name ends in a slash.
        self._in_use: list[set[str]] = []

    def data(self, path: Path | str, *, limit: int = LIMIT, optional: bool = False) -> Read[bytes | None]:
        """The bytes of a file, see `file_bytes`."""
        name = relative_name(self.root, path)
        self._note(name)
        if name not in self._read:
            self._read[name] = file_bytes(self.root, name, limit=limit, optional=True)
            if self._read[name] == Read(None):
                self._read[name] = self._packaged_bytes(name, limit)
                self._not_own.add(name)
            else:
                self._not_own.discard(name)
        is_absent = self._read[name] == Read(None)
        return file_bytes(self.root, name) if is_absent and not optional else self._read[name]

    def _packaged_bytes(self, name: str, limit: int = LIMIT) -> Read[bytes | None]:
        """The bytes of the packaged file of this name, or neither bytes nor findings."""
        if self.packaged is None or not is_layout_file(name):
            return Read(None)
        return file_bytes(self.packaged, name, limit=limit, optional=True)

    def is_packaged(self, path: Path | str) -> bool:
        """True if a file is the packaged one, because the project has none of this name."""
        self.data(path, optional=True)
        name = relative_name(self.root, path)
        return name in self._not_own and self._read[name] != Read(None)

    def name_of(self, path: Path | str) -> str:
        """A file as findings name it; a packaged one with `PREFIX`."""
        name = relative_name(self.root, path)
        return f"{PREFIX}{name}" if is_layout_file(name) and self.is_packaged(name) else name

    def beneath(self, path: Path | str) -> bytes | None:
        """The packaged table whose keys a project's table overrides; None if no packaged table is under this file."""
        name = relative_name(self.root, path)
        return None if name not in BY_KEY or self.is_packaged(name) else self._packaged_bytes(name).value

    def text(self, path: Path | str, *, limit: int = LIMIT, optional: bool = False) -> Read[str | None]:
        """The text of a UTF-8 file, see `file_text`."""
        return decoded(self.data(path, limit=max(limit, LIMIT), optional=optional), relative_name(self.root, path))

    def parsed(
        self, path: Path | str, parse: Callable[[str, str], tuple[T, Iterable[Diagnostic]]], otherwise: T
    ) -> Read[T]:
        """What `parse` makes of a file's text and name; `otherwise` if the file can't be read."""
        text, findings = self.text(path)
        if text is None:
            return Read(otherwise, findings)
        value, problems = parse(text, relative_name(self.root, path))
        return Read(value, tuple(problems))

    def optional(self, name: str, read: Callable[[str], T], otherwise: T, code: str, hint: str) -> Read[T]:
        """What `read` makes of the text of a TOML file that may be absent; a ValueError of it is a finding.

        The finding is at the line where the text is not TOML, or at the error's `line`, or at the first.
        """
        text, findings = self.text(name, optional=True)
        try:
            return Read(otherwise, findings) if text is None else Read(read(text))
        except (ValueError, RecursionError) as error:
            _, wrong, line = toml_table(text or "")
            span = Span(name, line or getattr(error, "line", 0) or 1)
            return Read(otherwise, (diagnostic(code, span, f"can't be used: {wrong or error}", hint),))

    def hash_of(self, path: Path | str) -> str:
        """The content hash of a file, with the table beneath it; "absent" if it is not there or can't be read."""
        name = relative_name(self.root, path)
        return self.once(("hash", name), lambda: self._hash(name))

    def _hash(self, name: str) -> str:
        data, beneath = self.data(name, optional=True).value, self.beneath(name)
        if data is None:
            return "absent"
        return content_hash(data) if beneath is None else fingerprint(content_hash(data), content_hash(beneath))

    def listing(self, folder: Path | str, pattern: str = "*") -> tuple[Path, ...]:
        """The paths that match a glob pattern in a folder, sorted; folders may be among them.

        A folder that can't be searched (a link, no permission, a file in its place) is itself in the listing: reading
        it gives the reason. Otherwise the files in it would be missing without a finding.
        """
        name = relative_name(self.root, folder)
        return self.once(("listing", name, pattern), lambda: self._listing(name, pattern))

    def _listing(self, name: str, pattern: str) -> tuple[Path, ...]:
        self._note(f"{name}/")
        folder = self.root / name
        inside = set(_matching(folder, pattern.split("/")))
        if self.packaged is not None and is_layout_file(name):
            packaged = _matching(self.packaged / name, pattern.split("/"))
            inside |= {self.root / path.relative_to(self.packaged) for path in packaged}
        return tuple(sorted(inside | {folder} if _kind(folder) == "link" else inside))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value that `make` returned for this key; it is made again only if a file it was made from changed."""
        if (made := self._made.get(key)) is not None:
            value, used = made
            if self._in_use:
                self._in_use[-1].update(used)
            return cast("T", value)
        self._in_use.append(set())
        try:
            value = make()
            self._made[key] = value, frozenset(self._in_use[-1])
        finally:
            self._note(*self._in_use.pop())
        return value

    def changed(self, paths: Iterable[Path | str]) -> None:
        """Forget these files, or all files in these folders, and every value made from one of them."""
        names = {relative_name(self.root, path) for path in paths}
        # A folder's listing, named with a slash, changes if a file below it is new or gone.
        folders = {f"{folder}/" for name in names for folder in _folders_above(name)}
        changed = names | {folder for folder in folders if self._lists_others(folder)}
        self._read = {name: data for name, data in self._read.items() if not _is_touched(name, changed)}
        every = set().union(*(files for _, files in self._made.values()))
        touched = {used for used in every if _is_touched(used, changed)}
        self._made = {key: made for key, made in self._made.items() if touched.isdisjoint(made[1])}

    def _lists_others(self, folder: str) -> bool:
        """True if a listing of a folder, named with a slash, is not what it was."""
        listings = [
            (key, made[0]) for key, made in self._made.items() if isinstance(key, tuple) and key[0] == "listing"
        ]
        return any(self._listing(key[1], key[2]) != paths for key, paths in listings if f"{key[1]}/" == folder)

    def seen(self) -> tuple[list[Path], list[Path]]:
        """All files that were read or looked for, and all folders that were searched, packaged ones too."""
        folders = {key[1] for key in self._made if isinstance(key, tuple) and key[0] == "listing"}
        roots = [self.root, *([self.packaged] if self.packaged is not None else [])]
        files = [root / name for root in roots for name in (*self._read, *BY_KEY)]
        return files, [root / name for root in roots for name in folders if root == self.root or is_layout_file(name)]

    def are_as_read(self) -> bool:
        """True if every file still has the bytes that were read, and every folder the files that were found."""
        now = Files(self.root, self.packaged)
        listings = [key for key in self._made if isinstance(key, tuple) and key[0] == "listing"]
        return all(now.listing(*key[1:]) == self._made[key][0] for key in listings) and all(
            now.data(name, limit=len(read.value or b""), optional=True) == read for name, read in self._read.items()
        )

    def _note(self, *names: str) -> None:
        if self._in_use:
            self._in_use[-1].update(names)


def _matching(folder: Path, parts: list[str]) -> Iterator[Path]:
    """The paths that match the parts of a glob pattern, and the folders that can't be searched for them."""
    part, *rest = parts
    try:
        paths = sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError:
        yield folder
        return
    for path in paths:
        if part == "**":
            if fnmatchcase(path.name, *rest):
                yield path
            yield from _below(path, parts)
        elif fnmatchcase(path.name, part):
            if not rest or (part == path.name and _kind(path) != "folder"):
                yield path
            else:
                yield from _below(path, rest)


def _below(path: Path, parts: list[str]) -> Iterator[Path]:
    """The matching paths in a folder. A path that may be a folder and can't be searched is a match itself."""
    kind = _kind(path)
    if kind == "folder":
        yield from _matching(path, parts)
    elif kind != "file":
        yield path


def _kind(path: Path) -> Literal["folder", "link", "file", "unknown"]:
    """What a path is; a link to a file counts as a file: reading it gives the reason."""
    try:
        if path.is_symlink():
            return "file" if path.is_file() else "link"
        return "folder" if path.is_dir() else "file"
    except OSError:
        return "unknown"


def _is_touched(used: str, changed: set[str]) -> bool:
    """True if a file or folder that was read is among the changed ones, or in a changed folder."""
    return used in changed or not changed.isdisjoint(_folders_above(used))


def _folders_above(name: str) -> list[str]:
    """The folders of a name, without a slash at the end: `a/b` and `a` for `a/b/c` and for `a/b/`."""
    return [name[:place] for place, sign in enumerate(name) if sign == "/"]
