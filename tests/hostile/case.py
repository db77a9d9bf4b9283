"""Reads the index of cases, and puts a case's input where it belongs."""

from __future__ import annotations

import os
import re
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.escapes import read_escapes
from tests.hostile.makers import MAKERS

HERE = Path(__file__).parent
INDEX = HERE / "index.tsv"
COLUMNS = ("name", "does", "where", "input", "code", "at", "stops", "attempts")
# What a case calls the files of the project.
PLACES = {
    "po": "locales/es/LC_MESSAGES/harm.po",
    "ar": "locales/ar/LC_MESSAGES/harm.po",
    "words.po": "locales/es/LC_MESSAGES/layouts.po",
    "doc": "source/harm.md",
    "clinics": "source/clinics.toml",
    "people": "source/people.toml",
    "brand": "layouts/brand.toml",
    "products": "layouts/products.toml",
    "words": "layouts/words.toml",
    "layout": "layouts/slip/layout.toml",
    "style": "layouts/slip/style.css",
    "template": "layouts/slip/template.html",
    "settings": "pyproject.toml",
    "png": "source/pics/leaf.png",
    "svg": "source/pics/branch.svg",
    "logo": "source/logos/leaf.svg",
    "manifest": "output/current/manifest.json",
}
PIECES = frozenset(f"{document}.{tag}" for document in ("harm", "safe") for tag in ("en", "es", "ar"))
PASSES = "passes"
_PLACE = re.compile(r"(?P<file>.*?)(?::(?P<line>\d+))?")
_OWN_FONT = '\n[font.Latn]\nfamily = "Larkspur"\nregular = "{0}"\nbold = "{0}"\n'


@dataclass(frozen=True, slots=True)
class Case:
    """One line of the index; `tests/hostile/README.md` says what its columns are."""

    name: str
    does: str
    where: str
    input: str
    code: str
    at: str
    stops: str
    attempts: str

    @property
    def path(self) -> str:
        """The file, from the project's root."""
        return PLACES.get(self.where, self.where)

    @property
    def passes(self) -> bool:
        """True if the program is right to take it; `attempts` says why."""
        return self.code == PASSES

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the findings that must be there."""
        return frozenset() if self.passes else frozenset(self.code.split())

    @property
    def places(self) -> tuple[tuple[str, int], ...]:
        """The file and the line of the error of each code, in the order of the codes; line 0 is the file as a whole."""
        places = [_PLACE.fullmatch(one) for one in self.at.split() if one != "-"]
        return tuple((_path_of(place["file"], self.path), int(place["line"] or 0)) for place in places if place)

    @property
    def left(self) -> frozenset[str]:
        """The proofs that are still made."""
        return frozenset(piece for piece in PIECES if not _is_stopped(piece, self.stops.split()))

    @property
    def line(self) -> str:
        """The input as a line that somebody types: `text LINE` or `many COUNT TEXT`."""
        kind, _, rest = self.input.partition(" ")
        count, _, text = rest.partition(" ") if kind == "many" else ("1", "", rest)
        return read_escapes(text) * int(count)

    def put(self, project: Path) -> None:
        """Put the input into a copy of the project."""
        path = project / self.path
        kind, _, rest = self.input.partition(" ")
        if kind == "as":
            # A document of its own, under a name to try.
            path, rest = project / read_escapes(self.path), rest or (project / PLACES["doc"]).read_text("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "font":
            # The brand's own font, whose file is this.
            with (project / PLACES["brand"]).open("a", encoding="utf-8") as brand:
                brand.write(_OWN_FONT.format(self.path.removeprefix("layouts/")))
            kind = "make"
        if kind == "face":
            # The regular face of the brand's own font; the bold one is as it is installed.
            font, bold = self.path.removeprefix("layouts/"), "fonts/bold.ttf"
            (path.parent / "bold.ttf").write_bytes(MAKERS["font-bold"]("", b""))
            with (project / PLACES["brand"]).open("a", encoding="utf-8") as brand:
                brand.write(_OWN_FONT.replace("{0}", bold).replace(bold, font, 1))
            kind = "make"
        if kind == "shown":
            # A picture that the document shows.
            with (project / PLACES["doc"]).open("a", encoding="utf-8") as document:
                document.write(f"\n![A leaf]({self.path.removeprefix('source/')})\n")
            kind = "make"
        if kind in _KINDS:
            _KINDS[kind](path, rest)
            return
        there = path.read_bytes() if path.is_file() else b""
        if path.is_file():
            path.unlink()
        path.write_bytes(_bytes(kind, rest, there))


def _path_of(name: str, path: str) -> str:
    """A file from the project's root, by a name of `PLACES`; `same` is that of the case."""
    return path if name == "same" else PLACES.get(name, read_escapes(name))


def read_index() -> list[Case]:
    """All cases, in the order of the index."""
    lines = INDEX.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    assert tuple(rows[0]) == COLUMNS
    wrong = [row for row in rows if len(row) != len(COLUMNS)]
    assert not wrong, f"a line of the index has {len(COLUMNS)} columns: {wrong[0]}"
    return [Case(*row) for row in rows[1:]]


def copy_of_project(folder: Path) -> Path:
    """A copy of the project to spoil."""
    return Path(shutil.copytree(HERE / "project", folder, ignore=shutil.ignore_patterns(".cache", "output")))


def _bytes(kind: str, rest: str, there: bytes) -> bytes:
    if kind == "make":
        name, _, argument = rest.partition(" ")
        return MAKERS[name](read_escapes(argument), there)
    if kind == "text":
        return read_escapes(rest).encode("utf-8", "surrogatepass")
    if kind == "append":
        return there + read_escapes(rest).encode()
    if kind == "bytes":
        return read_escapes(rest).encode("latin-1")
    assert kind == "edit", f"unknown kind of input: {kind}"
    old, _, new = rest.partition(" → ")
    old, new = read_escapes(old), read_escapes(new)
    assert old.encode() in there, f"not in the file: {old}"
    return there.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)


def _is_stopped(piece: str, stops: list[str]) -> bool:
    document, _, tag = piece.partition(".")
    return bool({"all", piece, document, tag} & set(stops))


def _link(path: Path, target: str) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def _fifo(path: Path, _: str) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def _folder(path: Path, _: str) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _socket(path: Path, _: str) -> None:
    path.unlink(missing_ok=True)
    # The name of a socket has a limit that a test's folder exceeds.
    there = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(there)


def _gone(path: Path, _: str) -> None:
    path.unlink()


def _named(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


_KINDS = {"link": _link, "fifo": _fifo, "folder": _folder, "socket": _socket, "gone": _gone, "as": _named}
