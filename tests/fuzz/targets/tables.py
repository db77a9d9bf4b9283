"""The TOML files of a project, each read as its commands read it."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from pressroom.approval.machine_drafts import parse_drafts
from pressroom.approval.people_file import read_people
from pressroom.catalog.lengths import read_lengths, write_lengths
from pressroom.commands.building.printers import find_printer
from pressroom.compose.art import ArtError, draw
from pressroom.diagnostics import Diagnostic, DiagnosticError
from pressroom.language import FontLockError, read_font_lock
from pressroom.language.project_languages import read_project_languages
from pressroom.layout import LayoutError, View, read_brand_fonts
from pressroom.layout.brand_edit import edited
from pressroom.layout.words import read_words
from pressroom.planning.named import UsageError
from pressroom.project import ProjectError, read_clinics
from pressroom.project.toml_text import toml_table
from pressroom.units import mm
from pressroom.workspace.workspace import Workspace
from tests.fuzz.targets.target import allowing, scratch, target, text_of

_PROJECTS = Path(__file__).parents[2] / "projects"


def _workspace(path: str, data: bytes) -> Workspace:
    file = scratch() / path
    file.parent.mkdir(parents=True, exist_ok=True)
    before = file.read_bytes() if file.is_file() else None
    file.write_bytes(data)
    try:
        return Workspace.open(scratch())
    finally:
        # Only the settings are read when a workspace is opened.
        if path == "pyproject.toml" and before is not None:
            file.write_bytes(before)


def _files(*patterns: str) -> list[bytes]:
    root = _PROJECTS.parents[1]
    return [path.read_bytes() for pattern in patterns for path in sorted(root.glob(pattern))[:3]]


@target(files=("source/clinics.toml", "layouts/words.toml", "layouts/slip/layout.toml"))
def toml(data: bytes) -> None:
    """A TOML text is a table, or there is a reason why not."""
    table, reason, _ = toml_table(text_of(data))
    assert table is not None or reason


_PRINTERS = b"""[tool.pressroom]
name = "A"
locales = ["es"]
address = "https://clinic.example/{document}-{locale}"
[tool.pressroom.printers.desk]
front = [1.0, -0.5]
scale = 1.004
flip = "short-edge"
"""


@target(files=("pyproject.toml",), made=lambda: [_PRINTERS, *_files("pyproject.toml")], cases=("settings",))
def settings(data: bytes) -> None:
    """The settings are read, or refused; each printer in them can be used, or is refused."""
    try:
        workspace = _workspace("pyproject.toml", data)
    except ProjectError:
        return
    allowing(DiagnosticError, workspace.languages, awaiting=True)
    workspace.project.address_of("harm", "es")
    for name in workspace.project.printers:
        allowing(UsageError, find_printer, workspace, name)


_LANGUAGES = b"""[es]
autonym = "castellano"
[x-ours]
english = "Ours"
autonym = "Ours"
script = "Latn"
plural = "nplurals=2; plural=(n != 1);"
"""


@target(
    made=lambda: [_LANGUAGES, *_files("tests/**/languages.toml", "pressroom/language/languages.toml")],
    cases=("locales/languages.toml",),
)
def languages(data: bytes) -> None:
    """A project's languages are read, or have findings and are those of the engine."""
    text = text_of(data)
    read_project_languages(text, "locales/languages.toml", lambda rule: "plural=" in rule)
    workspace = _workspace("locales/languages.toml", text.encode())
    allowing(DiagnosticError, workspace.languages)
    (scratch() / "locales/languages.toml").unlink()


_PEOPLE = b"""[ana-lopez]
name = "Ana Lopez"
qualification = "certified medical translator"
translator = ["es"]
releaser = true
earlier-names = ["Ana Ruiz"]
[[ana-lopez.keys]]
kind = "ssh"
key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIimzEkRPFkHjqQy6FLF0v8mOZAyJLr9Jd0JCVyZC4AM ana"
valid-from = 2026-11-01
roles = ["translator"]
void-from = 2027-01-15
"""


@target(made=lambda: [_PEOPLE], cases=("people",))
def people(data: bytes) -> None:
    """The people who may sign are read, or no one is."""
    read, problems = read_people(text_of(data), "source/people.toml", ("en", "es", "ar"))
    assert read is not None or problems


@target(
    files=("source/clinics.toml",), made=lambda: _files("source/clinics.toml", "tests/projects/*/source/clinics.toml"),
    cases=("clinics",),
)  # fmt: skip
def clinics(data: bytes) -> None:
    """The clinics are read; one that is wrong has a finding."""
    found, problems = read_clinics(text_of(data), "source/clinics.toml")
    assert found or problems


@target(files=("layouts/words.toml",), made=lambda: _files("layouts/words.toml"), cases=("words",))
def words(data: bytes) -> None:
    """The words of the layouts are read, or refused with a finding."""
    read_words(text_of(data), "layouts/words.toml")
    _workspace("layouts/words.toml", data).words()


@target(
    files=("layouts/slip/layout.toml",),
    made=lambda: _files("layouts/*/layout.toml", "tests/projects/*/layouts/*/layout.toml"),
    cases=("layout",),
)
def layout(data: bytes) -> None:
    """A layout is read, or is a finding."""
    _workspace("layouts/slip/layout.toml", data).layout("slip")


@target(files=("layouts/products.toml",), made=lambda: _files("layouts/products.toml"), cases=("products",))
def products(data: bytes) -> None:
    """The products are read, or have a finding."""
    found, problems = _workspace("layouts/products.toml", data).products()
    assert found is not None or problems


@target(made=lambda: _files("layouts/sheets.toml"))
def sheets(data: bytes) -> None:
    """The sheets are read with the products, or have a finding."""
    _workspace("layouts/sheets.toml", data).products()
    (scratch() / "layouts/sheets.toml").unlink()


@target(files=("layouts/brand.toml",), made=lambda: _files("layouts/brand.toml", "tests/projects/*/layouts/brand.toml"))
def brand(data: bytes) -> None:
    """The brand's colours, measures, inks, logo and fonts are read, or have a finding."""
    workspace = _workspace("layouts/brand.toml", data)
    workspace.brand()
    workspace.brand_spans()
    workspace.brand_logo()
    allowing(LayoutError, read_brand_fonts, workspace.files)
    if toml_table(text_of(data))[0] is not None:
        edited(text_of(data), ())


@target(made=lambda: _files("layouts/art/*.toml", "tests/projects/*/layouts/art/*.toml"))
def art(data: bytes) -> None:
    """A drawing of the layouts is drawn, or refused."""
    workspace = _workspace("layouts/art/fuzz.toml", data)
    layout = workspace.layout("slip")
    (scratch() / "layouts/art/fuzz.toml").unlink()
    if isinstance(layout, Diagnostic):
        return
    for name in toml_table(text_of(data))[0] or ("upright",):
        view = View(name, mm(90), mm(4), mm(0), both=True)
        brand = dict.fromkeys(("colour-ink", "colour-flow", "colour-dot", "colour-alarm"), "#123456")
        allowing(ArtError, partial(draw, "fuzz", layout, view, brand, bleed=mm(3), mirror=True))


_LENGTHS = """layouts = "0123"

[[text]]
document = "harm"
english = "A leaf"
frames = ["slip text"]
most = { Latn = 20, Arab = 18 }
"""


@target(made=lambda: [_LENGTHS.encode(), *_files("locales/lengths.toml")], cases=("locales/lengths.toml",))
def lengths(data: bytes) -> None:
    """The lengths are read, or refused; what is read is written so that it reads the same."""
    with suppress(ValueError):
        read = read_lengths(text_of(data))
        assert read_lengths(write_lengths(read)) == read
    _workspace("locales/lengths.toml", data).lengths()
    (scratch() / "locales/lengths.toml").unlink()


@target(made=lambda: [b'old = "harm-old"\nnew = "harm"\ndate = "2026-11-23"\nby = "A"\n'])
def renames(data: bytes) -> None:
    """The note that a document was renamed is read, or has a finding."""
    _workspace("source/renames/harm-old.toml", data).renames()
    (scratch() / "source/renames/harm-old.toml").unlink()


_LOCK = b'["NotoSans-Regular.ttf"]\nfamily = "Noto Sans"\npackage = "fonts-noto-core"\nversion = "1"\nsha256 = "00"\n'


@target(made=lambda: [_LOCK])
def locks(data: bytes) -> None:
    """The lock of the fonts and the list of machine drafts are read, or refused."""
    allowing(FontLockError, read_font_lock, text_of(data))
    _workspace("fonts.lock", data).font_lock()
    (scratch() / "fonts.lock").unlink()
    parse_drafts(text_of(data), "locales/es/drafts/harm.txt")
