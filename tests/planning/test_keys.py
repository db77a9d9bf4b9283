from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.planning import keys
from pressroom.planning.named import UsageError
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.workspace.workspace import Workspace

Edit = Callable[[Path, str, str], None]


def _keys(root: Path) -> dict[tuple[str, ...], str]:
    return {job.id: job.key for job in make_plan(Workspace.open(root), Request()).jobs}


def test_dates_change_nothing(minimal: Path) -> None:
    """A file touched, or moved about in time, changes no key."""
    before = _keys(minimal)
    for path in minimal.rglob("*"):
        os.utime(path, (1, 1))
    assert _keys(minimal) == before
    assert len(before) == 2


EVERYWHERE = {"en", "es"}
SPANISH = "locales/es/LC_MESSAGES/visit.po"


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("source/visit.md", EVERYWHERE),
        ("source/clinics.toml", set()),  # clinics are compared as they are read
        ("layouts/brand.toml", EVERYWHERE),
        ("layouts/words.toml", EVERYWHERE),
        ("layouts/slip/layout.toml", EVERYWHERE),
        ("layouts/slip/template.html", EVERYWHERE),
        ("layouts/slip/style.css", EVERYWHERE),
        ("layouts/shared/new.css", EVERYWHERE),
        ("source/new.PNG", EVERYWHERE),
        (SPANISH, {"es"}),
        ("locales/es/LC_MESSAGES/layouts.po", {"es"}),
        ("locales/es/LC_MESSAGES/glossary.po", {"es"}),
        ("locales/es/drafts/visit.txt", {"es"}),
        ("locales/es/drafts/layouts.txt", {"es"}),
        ("README.md", set()),
        ("locales/visit.pot", set()),
    ],
)
def test_a_byte_changes_the_sources(name: str, changed: set[str], minimal: Path) -> None:
    """A byte more in a file changes the sources of what is read from it, and of nothing else."""
    before = _sources(minimal)
    path = minimal / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    after = _sources(minimal)
    assert {id[1] for id in before if before[id] != after[id]} == changed


def _sources(root: Path) -> dict[tuple[str, ...], str]:
    return {job.id: job.sources for job in make_plan(Workspace.open(root), Request()).jobs}


def test_the_sources_are_all_files(other_clinic: Path) -> None:
    """Every file that a piece is prepared from is among its sources, so that the same sources give the same piece."""
    workspace = Workspace.open(other_clinic)
    job = next(job for job in make_plan(workspace, Request()).jobs if job.language.tag == "fa")
    _ = job.sources
    hashed = {key[1] for key in workspace.files._made if isinstance(key, tuple) and key[0] == "hash"}
    prepare(job)
    read = {name for name, data in workspace.files._read.items() if data.value is not None}
    # Clinics, products and settings are compared as they are read.
    as_read = {"source/clinics.toml", "layouts/products.toml", "layouts/sheets.toml", "fonts.lock"}
    others = {name for name in read if name.startswith(("source/", "locales/")) and "/fa/" not in name}
    assert read - hashed - as_read - others == set()
    assert job.document in str(hashed)


PRINTS_THE_SAME = {
    "a blank line in a catalog": (SPANISH, 'msgid "Wear', '\nmsgid "Wear'),
    "a translator's comment": (SPANISH, "#. list item in visit", "# is that so?\n#. list item in visit"),
    "the day of a catalog": (SPANISH, '"Language: es', '"PO-Revision-Date: 2026-12-01 10:00+0000\\n"\n"Language: es'),
    "an unused entry": (SPANISH, "#~ msgid", '#~ msgid "Old"\n#~ msgstr "Viejo"\n\n#~ msgid'),
    "a note for translators": ("source/visit.md", "The number is the", "This number is the"),
    "a line in the front matter": ("source/visit.md", "number: MIN-001", "# invented\nnumber: MIN-001"),
    "a comment among the clinics": ("source/clinics.toml", "# Invented", "# By nobody\n# Invented"),
    "a comment in the brand": ("layouts/brand.toml", "[colour]", "# ours\n[colour]"),
    "a token that nothing uses": ("layouts/brand.toml", "[colour]", '[rule]\nwide = "2pt"\n\n[colour]'),
    "a word of another layout": ("layouts/words.toml", "[draft]", '[other]\ntext = "Others"\n\n[draft]'),
    "a comment in a layout's table": ("layouts/slip/layout.toml", "[sheet]", "# one page\n[sheet]"),
    "a comment in a style": ("layouts/slip/style.css", ".frame-text", "/* the text,\n in var(--x) */\n\n.frame-text"),
    "a comment behind a declaration": (
        "layouts/slip/style.css",
        "line-height: 1.26;",
        "line-height: 1.26; /* close */\n",
    ),
    "an indentation in a style": ("layouts/slip/style.css", ".items", "\n  .items"),
    "a comment in a template": ("layouts/slip/template.html", "{% macro text", "{# All of\n it. #}\n{% macro text"),
    "a comment above a template": ("layouts/slip/template.html", "{% macro text", "{# Ours. #}\n\n{% macro text"),
    "a comment in a macro": ("layouts/slip/template.html", "<p lang", "{# staff #}<p lang"),
    "a blank line in a template": ("layouts/slip/template.html", "{% macro control", "\n\n{% macro control"),
    "a comment among languages": ("locales/languages.toml", "[es]", "# as we say\n[es]"),
    "a language that no page is in": ("locales/languages.toml", "[es]", '[so]\nautonym = "Somali"\n\n[es]'),
}


@pytest.mark.parametrize(("name", "old", "new"), PRINTS_THE_SAME.values(), ids=PRINTS_THE_SAME)
def test_what_is_not_printed(name: str, old: str, new: str, minimal: Path, edit: Edit) -> None:
    """A key stays the same if an edit changes nothing that the piece could print, though the file has other bytes."""
    (minimal / "locales" / "languages.toml").write_text('[es]\nautonym = "Castellano"\n', encoding="utf-8")
    before, sources = _keys(minimal), _sources(minimal)
    edit(minimal / name, old, new)
    assert _sources(minimal) != sources
    assert _keys(minimal) == before


def test_a_comment_in_a_drawing(tmp_path: Path, edit: Edit) -> None:
    """A comment in a drawing prints nothing, so no piece is made again."""
    walking_group = Path(shutil.copytree("tests/projects/walking-group", tmp_path / "walking-group"))
    before, sources = _keys(walking_group), _sources(walking_group)
    shown = {id for id in before if id[:2] == ("walking-group", "en")}
    edit(walking_group / "source/brochures/pics/path.svg", "<path", "<!-- the\n way --><path")
    after = _keys(walking_group)
    assert shown
    changed = _sources(walking_group)
    assert all(changed[id] != sources[id] for id in shown)
    assert {id: after[id] for id in shown} == {id: before[id] for id in shown}


PRINTS_ANOTHER = {
    "a message": ("source/visit.md", "loose clothes", "wide clothes", EVERYWHERE),
    "a date": ("source/visit.md", "2027-11", "2027-12", EVERYWHERE),
    "a translation": (SPANISH, "ropa cómoda", "ropa ancha", {"es"}),
    "a translation that is in doubt": (SPANISH, 'msgid "Wear', '#, fuzzy\nmsgid "Wear', {"es"}),
    "the word for a draft": ("locales/es/LC_MESSAGES/layouts.po", "Borrador", "Esbozo", {"es"}),
    "a telephone number": ("source/clinics.toml", "555-0142", "555-0143", EVERYWHERE),
    "a colour": ("layouts/brand.toml", "#000", "#010101", EVERYWHERE),
    "a style": ("layouts/slip/style.css", "0.4em", "0.5em", EVERYWHERE),
    "a space in a style, between two classes": (
        "layouts/slip/style.css",
        ".frame-text",
        ".frame .frame-text",
        EVERYWHERE,
    ),
    "a template": ("layouts/slip/template.html", "<p lang", '<p class="line" lang', EVERYWHERE),
    "a fact of a language": ("locales/languages.toml", "Castellano", "Español", {"es"}),
    "a measure": ("layouts/slip/layout.toml", "safe = ", 'safe = "6mm" #', EVERYWHERE),
}


@pytest.mark.parametrize(("name", "old", "new", "changed"), PRINTS_ANOTHER.values(), ids=PRINTS_ANOTHER)
def test_what_is_printed(name: str, old: str, new: str, changed: set[str], minimal: Path, edit: Edit) -> None:
    """A key changes if an edit changes anything that the piece prints, or how it prints it."""
    edit(minimal / "layouts/slip/style.css", ".frame-text {", ".frame-text { color: var(--colour-ink);")
    (minimal / "locales" / "languages.toml").write_text('[es]\nautonym = "Castellano"\n', encoding="utf-8")
    before = _keys(minimal)
    edit(minimal / name, old, new)
    after = _keys(minimal)
    assert {id[1] for id in before if before[id] != after[id]} == changed


def test_a_language_that_a_layout_names(minimal: Path, edit: Edit) -> None:
    """A language that a panel is always in counts for the pieces of every language, and no other does."""
    panel = '[[panels]]\nname = "second"\npage = "front"\nlanguage = "so"\nbox = ["0mm", "0mm", "90mm", "60mm"]\n\n'
    edit(minimal / "layouts/slip/layout.toml", "[[passages]]", f"{panel}[[passages]]")
    languages = minimal / "locales" / "languages.toml"
    languages.write_text('[so]\nautonym = "Somali"\n\n[ha]\nautonym = "Hausa"\n', encoding="utf-8")
    before = _keys(minimal)
    edit(languages, '"Hausa"', '"Harshen Hausa"')
    assert _keys(minimal) == before
    edit(languages, '"Somali"', '"Soomaali"')
    after = _keys(minimal)
    assert {id for id in before if before[id] == after[id]} == set()


def test_refused(minimal: Path, edit: Edit) -> None:
    """A piece that is refused has another key whenever one of its files changes, so that it is looked at again."""
    edit(minimal / SPANISH, "Llame al {phone} **", "Llame **")
    before = _keys(minimal)
    edit(minimal / SPANISH, 'msgid "Wear', '\nmsgid "Wear')
    after = _keys(minimal)
    assert {id[1] for id in before if before[id] != after[id]} == {"es"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("23125 018", "23125 019"),
        ('phone = "+49 30 23125 018"\nemergency = "112"', 'phone = "+49 30 23125 018"\nemergency = "911"'),
        ("Praxis am See", "Praxis an der See"),
        ("Uferstraße 12", "Uferstraße 13"),
    ],
)
def test_what_a_clinic_says_changes_its_own_keys(old: str, new: str, other_clinic: Path, edit: Edit) -> None:
    """A change of a clinic's entry changes the keys of that clinic's pieces, and of no other's."""
    before = _keys(other_clinic)
    edit(other_clinic / "source" / "clinics.toml", old, new)
    after = _keys(other_clinic)
    assert {id for id in before if before[id] != after[id]} == {id for id in before if id[2] == "praxis-am-see"}


def test_a_new_number_changes_the_sources_of_its_clinic(other_clinic: Path, edit: Edit) -> None:
    """The texts of other clinics are not looked at again for a clinic's number, unless they may have it typed."""
    clinics, document = other_clinic / "source" / "clinics.toml", next((other_clinic / "source").rglob("*.md"))
    before = _sources(other_clinic)
    edit(clinics, "23125 018", "23125 019")
    after = _sources(other_clinic)
    assert {id for id in before if before[id] != after[id]} == {id for id in before if id[2] == "praxis-am-see"}
    document.write_text(f"{document.read_text(encoding='utf-8')}\nCall 030 23125 020.\n", encoding="utf-8")
    before = _sources(other_clinic)
    edit(clinics, "+49 30 23125 019", "030 23125 020")
    after = _sources(other_clinic)
    assert {id for id in before if before[id] != after[id]} >= {id for id in before if id[0] == document.stem}


def test_pieces_of_two_clinics_have_two_keys(other_clinic: Path) -> None:
    """No two pieces of a project have the same key."""
    made = _keys(other_clinic)
    assert len(set(made.values())) == len(made)


@pytest.mark.parametrize(
    ("name", "value"),
    [("_engine", "another engine"), ("library_versions", {"weasyprint": "0"}), ("font_mark", "another font")],
)
def test_the_engine_its_libraries_and_the_fonts_count(
    name: str, value: object, minimal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the engine, a library or a font is another one, every key is another one."""
    before = _keys(minimal)
    monkeypatch.setattr(keys, name, lambda *_: value)
    after = _keys(minimal)
    assert {id for id in before if before[id] == after[id]} == set()


@pytest.mark.parametrize(
    ("line", "read"),
    [('address = "https://example.org/{document}/{locale}"', _keys), ('press-profile = "print.icc"', _sources)],
)
def test_a_setting_counts(
    line: str, read: Callable[[Path], dict[tuple[str, ...], str]], minimal: Path, edit: Edit
) -> None:
    """The address of a document changes every key; the print shop's profile the sources of all pieces."""
    (minimal / "print.icc").write_bytes(b"a profile")
    before = read(minimal)
    edit(minimal / "pyproject.toml", "[tool.pressroom]\n", f"[tool.pressroom]\n{line}\n")
    after = read(minimal)
    assert {id for id in before if before[id] == after[id]} == set()


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("render/new.py", True),
        ("language/new.toml", True),
        ("compose/new.html", True),
        ("layout/new.css", True),
        ("render/new.pyc", False),
        ("packaged/layouts/new.css", False),  # what a piece uses of these is in its key
    ],
)
def test_the_files_of_the_engine(name: str, counts: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file of the engine counts, and no packaged layout."""
    engine = keys._engine.__wrapped__
    monkeypatch.setattr(keys, "_ENGINE", tmp_path)
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")
    before = engine()
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("new", encoding="utf-8")
    assert (engine() != before) == counts


@pytest.mark.parametrize(
    ("request_", "message", "hint"),
    [
        (Request(documents=("vist",)), "no document is called 'vist'", "visit"),
        (Request(locales=("fr",)), "no locale of this project is called 'fr'", "en, es"),
        (Request(clinics=("lark",)), "no clinic is called 'lark'", "larkspur-clinic"),
        (Request(products=("card",)), "no product is called 'card'", "slip"),
    ],
)
def test_unknown(request_: Request, message: str, hint: str, minimal: Path) -> None:
    """What a request names and the project has not is refused with what there is."""
    with pytest.raises(UsageError) as caught:
        make_plan(Workspace.open(minimal), request_)
    assert message in str(caught.value)
    assert hint in caught.value.hint


def test_narrowed(other_clinic: Path) -> None:
    """A request narrows what is wanted; the rest is planned all the same, so that it is kept."""
    request = Request(locales=("fa",), clinics=("praxis-am-see",))
    jobs = make_plan(Workspace.open(other_clinic), request).jobs
    assert len(jobs) == 6
    assert [job.id for job in jobs if job.requested] == [("after-your-visit", "fa", "praxis-am-see", "leaflet")]


def test_press_files_together() -> None:
    """Asked for `press`, a project makes the press files that its documents can have, and no other product."""
    root = Path(__file__).parents[2]
    wanted = {
        (j.document, j.product.name)
        for j in make_plan(Workspace.open(root), Request(products=("press",))).jobs
        if j.requested
    }
    assert ("dvt-pe", "wallet-card-press") in wanted
    assert ("services", "trifold-press") in wanted
    assert ("services", "wallet-card-press") not in wanted
    assert all(product.endswith("-press") for _, product in wanted)


def test_the_stand_in_counts(other_clinic: Path, edit: Edit) -> None:
    """A change of the layout that takes a product's place where its text does not fit changes that product."""
    table = other_clinic / "layouts" / "products.toml"
    table.write_text(table.read_text(encoding="utf-8") + STAND_IN, encoding="utf-8")
    shutil.copytree(other_clinic / "layouts" / "leaflet", other_clinic / "layouts" / "roomy")
    front = next((other_clinic / "source").rglob("*.md"))
    edit(front, "products: [leaflet]", "products: [tight, leaflet]")
    before = _keys(other_clinic), _sources(other_clinic)
    edit(other_clinic / "layouts" / "roomy" / "layout.toml", "safe = ", "safe = '6mm' #")
    after = _keys(other_clinic), _sources(other_clinic)
    for was, now in zip(before, after, strict=True):
        assert {id[3] for id in was if was[id] != now[id]} == {"tight"}


STAND_IN = """
[roomy]
layout = "roomy"

[tight]
layout = "leaflet"
otherwise = "roomy"
"""
