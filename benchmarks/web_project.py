"""A large released project for `benchmarks.web`: cards in 46 languages for 40 clinics, 1,840 files each.

Planned, checked, signed, logged and published by the program itself. Two things are synthetic. In a language, words are
the beginning of its own name. No page is laid out: each file is one and the same card, with other bytes at its end, and
its drawing is a number. So pictures show the same card for all.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from unittest import mock

from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.building import batch
from pressroom.commands.building.build import build
from pressroom.commands.catalogs.update import update
from pressroom.commands.releasing.release import ReleaseOrder, release
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.sign import prepare_signature, write_signature
from pressroom.commands.signing.signer import Signer, unlisted
from pressroom.drawing import PieceDrawing
from pressroom.drawing.model import DrawnPiece
from pressroom.fingerprint import fingerprint
from pressroom.language import ENGLISH, engine_registry
from pressroom.planning.plan import Request
from pressroom.production.task import Rendered, Task
from pressroom.project import Read, find_project
from pressroom.publish import store
from pressroom.workspace.workspace import Workspace
from tests.commands.conftest import MINIMAL, SOURCE, make_bench

TODAY = date(2026, 11, 23)
_NOW = "2026-11-23 09:00+0000"
# A placeholder, which stays, or a word.
_WORDS = re.compile(r"(\{[^}]*\})|[A-Za-z]+")
_DOCUMENTS = ("signs", "stairs", "shoes")


class _NoPages:
    """An executor that lays nothing out: it gives a card that was made before, and says that it draws a number."""

    card = b""

    def __init__(self, function: str, jobs: int, limits: object = None, **_: object) -> None:
        self._tasks: deque[tuple[int, Task]] = deque()
        self.retried: dict[int, str] = {}

    def submit(self, number: int, task: Task, seconds: float = 0.0) -> None:
        """Queue a task."""
        self._tasks.append((number, task))

    def results(self) -> Iterator[tuple[int, Rendered]]:
        """A file for each task."""
        while self._tasks:
            number, task = self._tasks.popleft()
            piece = task.piece
            inputs = piece.control.inputs
            base = f"drawn of {piece.document.name} in {piece.language.tag}"
            imprint = f"drawn of {piece.clinic.id}"
            drawn = PieceDrawing(fingerprint(base)[:32], fingerprint(imprint)[:32])
            data = self.card + f"\n% {base} {imprint} {inputs}\n".encode()
            yield number, Rendered(data, 1, (), drawing=DrawnPiece(drawn, base, imprint))

    def close(self) -> None:
        """Nothing was started."""


def large_project(folder: Path, languages: int = 46, clinics: int = 40, documents: int = 1) -> Path:
    """Make the project, released; returns its root."""
    _NoPages.card = _one_card(folder / "one")
    root, names = folder / "project", _DOCUMENTS[:documents]
    locales = [tag for tag in engine_registry().languages if tag != ENGLISH][: languages - 1]
    shutil.copytree(MINIMAL, root, ignore=shutil.ignore_patterns("visit*", ".cache", "output"))
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["es"]', json.dumps(locales)), encoding="utf-8")
    for number, name in enumerate(names, start=1):
        text = SOURCE.replace("CRD-001", f"CRD-{number:03}").replace("Warning signs", f"Warning signs {number}")
        (root / "source" / f"{name}.md").write_text(text, encoding="utf-8")
    rows = [
        f'[clinic-{n}]\nname = "Invented Clinic {n}"\naddress = ["{n} Meadow Lane", "Larkspur"]\n'
        f'phone = "801-555-01{n:02}"\nemergency = "911"\n'
        for n in range(clinics)
    ]
    (root / "source" / "clinics.toml").write_text("\n".join(rows), encoding="utf-8")
    assert not update(Workspace(find_project(root)), (), _NOW).failed
    _translate(root)
    fonts = mock.patch.object(batch, "prepare_fonts", return_value=Read(True))
    with mock.patch.object(batch, "LocalExecutor", _NoPages), fonts:
        report = build(Workspace.open(root), Request(), output=root / "output", jobs=1, progress=_silent)
        errors = [f"{d.span.path}: {d.code}: {d.message}" for d in report.diagnostics if d.bars]
        assert not report.failed, errors[:9]
        with mock.patch.object(store, "read_manifest", cache(store.read_manifest)):
            # Each signature would read it: a second, 414 times.
            _sign(root, names, [ENGLISH, *locales])
        order = ReleaseOrder(root / "output", unlisted("Paula Publisher"), TODAY, 5, 1)
        released = release(Workspace.open(root), Request(), order, _silent)
        assert len(released.made) == languages * clinics * documents, (len(released.made), released.refused[:1])
    return root


def _one_card(folder: Path) -> bytes:
    bench = make_bench(folder)
    assert not bench.build("en").failed
    bench.sign("en", "author")
    bench.sign("en", "clinician")
    bench.release("en")
    return bench.offered("en")[0].read_bytes()


def _translate(root: Path) -> None:
    for path in sorted((root / "locales").glob("*/LC_MESSAGES/*.po")):
        tag = path.parents[1].name.replace("_", "-")
        language = engine_registry().find(tag)
        catalog, _ = read_catalog(path.read_bytes(), path.name, language)
        assert catalog is not None
        # So few letters that no check takes them for another language.
        word = re.sub(r"[^\w\s-]", "", language.autonym).split()[0][:3]
        said = {entry.msgid: _said(entry.msgid, word) for entry in catalog.entries}
        entries = tuple(replace(entry, msgstr=said[entry.msgid], flags=()) for entry in catalog.entries)
        path.write_bytes(write_catalog(replace(catalog, entries=entries)))


def _said(english: str, word: str) -> str:
    return _WORDS.sub(lambda found: found[1] or word, english)


def _sign(root: Path, documents: tuple[str, ...], locales: list[str]) -> None:
    """Everybody signs what they see now; they know of nobody else's signature yet, as on branches of git."""
    workspace, pending = Workspace.open(root), []
    for locale in locales:
        roles = ("author", "clinician") if locale == ENGLISH else ("translator", "reviewer", "clinician")
        for document in documents:
            case = open_review_case(workspace, document, locale, TODAY)
            for role in roles:
                signer = Signer(role, f"{role.title()} Of-{locale.title()}", "licensed in a story")
                offered = prepare_signature(case, signer, root / "output", TODAY)
                assert not offered.problems, offered.problems[0]
                pending.append((case, signer, offered))
    for case, signer, offered in pending:
        assert offered.record is not None
        assert offered.wording is not None
        write_signature(case, signer, offered.record, offered.wording, offered.marks)


def _silent(done: int, total: int, name: str) -> None:
    pass
