"""An invented clinic's project in which everything is: each state of a text, a recall, questions, people.

The tests of accessibility and the pictures of the documentation are made of it. All people and both places are
invented; its two brochures are about a walking group and a cooking group.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Final

from pressroom.commands.building.build import build
from pressroom.commands.catalogs.update import record_machine_drafts, update
from pressroom.commands.releasing.release import ReleaseOrder, release
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.sign import prepare_signature, write_signature
from pressroom.commands.signing.signer import Named, find_signer
from pressroom.commands.signing.withdraw import recall
from pressroom.planning.plan import Request
from pressroom.workspace.workspace import Workspace

ROOT: Final = Path(__file__).parents[2]
TODAY: Final = date(2026, 11, 29)
_SIGNED: Final = date(2026, 11, 20)
_LOCALES: Final = ("ar", "es", "fr", "ur", "zh-Hans")
_BUILT: Final = ("en", "ar", "ur", "zh-Hans")
_WALK, _COOK = "walking-group", "cooking-group"
# All invented: id, name, by what right, and the languages of each role.
_PEOPLE: Final = (
    ("alma-reyes", "Alma Reyes", "health educator", {"author": ["en"]}),
    ("cora-lind", "Cora Lind", "MD", {"clinician": ["en", *_LOCALES]}),
    ("sami-haddad", "Sami Haddad", "translator", {"translator": ["ar"]}),
    ("leila-nasser", "Leila Nasser", "RN", {"reviewer": ["ar"]}),
    ("wei-chen", "Wei Chen", "translator", {"translator": ["zh-Hans"]}),
    ("mei-lin", "Mei Lin", "RN", {"reviewer": ["zh-Hans"]}),
    ("imran-shah", "Imran Shah", "translator", {"translator": ["ur"]}),
    ("noor-khan", "Noor Khan", "RN", {"reviewer": ["ur"]}),
    ("ana-quintero", "Ana Quintero", "translator", {"translator": ["es"]}),
)
_RELEASER: Final = ("paula-prins", "Paula Prins", "publisher")
_CLINICS: Final = """[larkspur]
name = "Larkspur Clinic"
address = ["1 Meadow Lane", "Larkspur, UT 84000"]
phone = "801-555-0142"
emergency = "911"
"""
_SPANISH: Final = {
    "The walking group": "El grupo de caminatas",
    "In short": "En resumen",
    "My questions:": "Mis preguntas:",
    "Where to find us": "Dónde encontrarnos",
    "What we do": "Qué hacemos",
}


def make_showcase(root: Path) -> Path:
    """Make it in a folder that is not there yet; returns the folder. It builds and releases, which takes a while."""
    shutil.copytree(ROOT / "tests/projects/walking-group", root, ignore=shutil.ignore_patterns(".cache", "output"))
    _write_files(root)
    for tag in ("ar", "es", "fr", "ur", "zh_Hans"):
        (root / f"locales/{tag}/LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"locales/{tag}/LC_MESSAGES/layouts.po", root / f"locales/{tag}/LC_MESSAGES/layouts.po")
    _update(root)
    _edit(
        root / "locales/es/LC_MESSAGES/walking-group.po",
        {f'msgid "{en}"\nmsgstr ""': f'msgid "{en}"\nmsgstr "{es}"' for en, es in _SPANISH.items()},
    )
    _edit(
        root / "locales/ur/LC_MESSAGES/walking-group.po",
        {'msgid "What we do"': '# ?: Does everybody walk, or only patients?\nmsgid "What we do"'},
    )
    _build(root)
    _sign_all(root, "en", _WALK, _COOK)
    _sign_all(root, "ar", _WALK, _COOK)
    _sign_all(root, "zh-Hans", _COOK)
    _sign_all(root, "ur", _WALK)
    _sign(root, "zh-Hans", _WALK, "translator")
    _sign(root, "zh-Hans", _WALK, "reviewer")
    _release(root)
    signer = find_signer(Workspace.open(root), "clinician", Named("cora-lind"))
    recall(Workspace.open(root), _WALK, "ur", signer, "one sentence says the opposite", TODAY, root / "output")
    record_machine_drafts(Workspace.open(root), "es", (_WALK,))
    _edit(
        root / "source/brochures/cooking-group.md",
        {"At the end we all eat together.": "At the end we all eat together and talk."},
    )
    _update(root)
    return root


def _write_files(root: Path) -> None:
    (root / "source/clinics.toml").write_text(_CLINICS, encoding="utf-8")
    settings = root / "pyproject.toml"
    listed = ", ".join(f'"{tag}"' for tag in _LOCALES)
    settings.write_text(
        f'[tool.pressroom]\nname = "Larkspur Clinic"\nformat = 1\nlocales = [{listed}]\n', encoding="utf-8"
    )
    for name in (_WALK, _COOK):
        path = root / f"source/brochures/{name}.md"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines = ["products: [flyer]" if line.startswith("products:") else line for line in lines]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = []
    for id, name, right, roles in _PEOPLE:
        rows += ["", f"[{id}]", f'name = "{name}"', f'qualification = "{right}"']
        rows += [f"{role} = [{', '.join(map(repr, tags))}]".replace("'", '"') for role, tags in roles.items()]
    id, name, right = _RELEASER
    rows += ["", f"[{id}]", f'name = "{name}"', f'qualification = "{right}"', "releaser = true"]
    (root / "source/people.toml").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _update(root: Path) -> None:
    assert not update(Workspace.open(root), (), "2026-11-20 09:00+0000").failed


def _edit(path: Path, changes: dict[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, f"{path} has no {old!r}"
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _build(root: Path) -> None:
    report = build(Workspace.open(root), Request((), _BUILT), output=root / "output", jobs=2, progress=lambda *_: None)
    assert report.edition is not None


def _sign_all(root: Path, locale: str, *documents: str) -> None:
    for document in documents:
        for role in ("author", "clinician") if locale == "en" else ("translator", "reviewer", "clinician"):
            _sign(root, locale, document, role)


def _sign(root: Path, locale: str, document: str, role: str) -> None:
    workspace = Workspace.open(root)
    case = open_review_case(workspace, document, locale, _SIGNED)
    id = next(id for id, _, _, roles in _PEOPLE if locale in roles.get(role, ()))
    signer = find_signer(workspace, role, Named(id))
    offered = prepare_signature(case, signer, root / "output", _SIGNED)
    assert offered.record is not None, [finding.message for finding in offered.problems]
    assert offered.wording is not None
    write_signature(case, signer, offered.record, offered.wording, offered.marks)


def _release(root: Path) -> None:
    signer = find_signer(Workspace.open(root), "releaser", Named(_RELEASER[0]))
    order = ReleaseOrder(root / "output", signer, _SIGNED, 5, 1, False)
    report = release(Workspace.open(root), Request(), order, lambda *_: None)
    assert report.made, [finding.message for finding in report.diagnostics]
