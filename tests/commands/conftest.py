"""An invented clinic with a web edition, built once; and a small project that can be signed and released."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pressroom.approval.roles import RELEASER
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.commands.building.build import BuildReport, build
from pressroom.commands.catalogs.update import update
from pressroom.commands.releasing.release import ReleaseOrder, ReleaseReport, release
from pressroom.commands.signing.review_case import ReviewCase, open_review_case
from pressroom.commands.signing.sign import PendingSignature, prepare_signature, write_signature
from pressroom.commands.signing.signer import Named, Signer, find_signer, unlisted
from pressroom.language import find_language
from pressroom.planning.plan import Request
from pressroom.project import Project, find_project
from pressroom.workspace.workspace import Workspace

ROOT = Path(__file__).parents[2]
MINIMAL = ROOT / "tests" / "projects" / "minimal"
TODAY = date(2026, 11, 23)
SOURCE = """---
number: CRD-001
title: Warning signs
products: [slip]
version: "1.0"
date: 2026-11
review-by: 2027-11
---

<!-- panel: act -->

# Call for help

If your leg is **swollen**, take 2 steps back.

Call {emergency}
"""
SPANISH = {
    "Warning signs": "Señales de alarma",
    "Call for help": "Pida ayuda",
    "If your leg is **swollen**, take 2 steps back.": "Si tiene la pierna **hinchada**, dé 2 pasos atrás.",
    "Call {emergency}": "Llame al {emergency}",
    "Draft: not for patients": "Borrador: no es para pacientes",
}
# All invented.
PEOPLE = {
    ("en", "author"): "Alma Autora",
    ("en", "clinician"): "Cora Clinic",
    ("es", "translator"): "Tomás Traductor",
    ("es", "reviewer"): "Rita Revisora",
    ("es", "clinician"): "Carlos Clínico",
}


PUBLISHER = "Paula Publisher"
# Somebody who has a key and is not listed.
MALLORY = "Mallory"


def id_of(name: str) -> str:
    """What people.toml calls a person, and the name of the file of their key."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", "-")


def people_toml(keys: Path | None) -> str:
    """A file of people in which everybody has the role that `PEOPLE` gives them, with a key where there are keys."""
    languages = {name: f'{role} = ["{locale}"]' for (locale, role), name in PEOPLE.items()}
    rows = []
    for name, may in {**languages, PUBLISHER: "releaser = true"}.items():
        rows += ["", f"[{id_of(name)}]", f'name = "{name}"', 'qualification = "licensed in a story"', may]
        if keys is not None:
            public = (keys / f"{id_of(name)}.pub").read_text(encoding="utf-8").strip()
            rows += ["", f"[[{id_of(name)}.keys]]", 'kind = "ssh"', f'key = "{public}"', "valid-from = 2026-11-01"]
    return "\n".join(rows) + "\n"


@dataclass(frozen=True, slots=True)
class Bench:
    """A project on disk with its output. `keys` is the folder of its people's keys, if they are listed with them."""

    root: Path
    keys: Path | None = None

    @property
    def project(self) -> Project:
        """The project as its files are now."""
        return find_project(self.root)

    @property
    def workspace(self) -> Workspace:
        """The project's files as they are now."""
        return Workspace(self.project)

    @property
    def output(self) -> Path:
        """Where its proofs and releases go."""
        return self.root / "output"

    @property
    def source(self) -> Path:
        """The English."""
        return self.root / "source" / "signs.md"

    @property
    def catalog(self) -> Path:
        """The Spanish."""
        return self.root / "locales" / "es" / "LC_MESSAGES" / "signs.po"

    def edit(self, path: str | Path, old: str, new: str) -> None:
        """Replace a text in a file, which must have it."""
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.chmod(0o644)
        file.write_text(text.replace(old, new), encoding="utf-8")

    def update(self) -> None:
        """Bring the catalogs up to the English."""
        assert not update(Workspace(self.project), (), "2026-11-23 09:00+0000").failed

    def fill(self, texts: dict[str, str]) -> None:
        """Translate what has these English texts, and confirm what is fuzzy."""
        for path in sorted((self.root / "locales" / "es" / "LC_MESSAGES").glob("*.po")):
            catalog, _ = read_catalog(path.read_bytes(), path.name, find_language("es"))
            assert catalog is not None
            entries = tuple(
                replace(e, msgstr=texts[e.msgid], flags=()) if e.msgid in texts else e for e in catalog.entries
            )
            path.write_bytes(write_catalog(replace(catalog, entries=entries)))

    def build(self, *locales: str) -> BuildReport:
        """Make proofs."""
        request = Request(("signs",), locales)
        return build(self.workspace, request, output=self.output, jobs=1, progress=lambda done, total, name: None)

    def review_case(self, locale: str, today: date = TODAY) -> ReviewCase:
        """The document in a locale, laid open."""
        return open_review_case(Workspace(self.project), "signs", locale, today)

    def signer(self, locale: str, role: str, name: str = "", **more: object) -> Signer:
        """Who signs: the person of the role unless another is named, with their key if the project has keys."""
        name = name or PEOPLE.get((locale, role), PUBLISHER)
        if self.keys is None:
            return Signer(role, name, "licensed in a story", **more)
        return find_signer(self.workspace, role, Named(id_of(name), self.keys / id_of(name)))

    @property
    def publisher(self) -> Signer:
        """Who releases."""
        return unlisted(PUBLISHER) if self.keys is None else self.signer("", RELEASER)

    def with_people(self, keys: Path | None) -> Bench:
        """The same project with a file of people, and with their keys if there are any."""
        (self.root / "source" / "people.toml").write_text(people_toml(keys), encoding="utf-8")
        return Bench(self.root, keys)

    def offer(self, locale: str, role: str, name: str = "", today: date = TODAY, **more: object) -> PendingSignature:
        """What somebody would sign."""
        signer = self.signer(locale, role, name, **more)
        return prepare_signature(self.review_case(locale, today), signer, self.output, today)

    def sign(self, locale: str, role: str, name: str = "", today: date = TODAY, **more: object) -> Path:
        """Have somebody sign, who must be able to."""
        signer = self.signer(locale, role, name, **more)
        offered = self.offer(locale, role, name, today, **more)
        assert [d.message for d in offered.problems] == []
        assert offered.record is not None
        assert offered.wording is not None
        return write_signature(self.review_case(locale, today), signer, offered.record, offered.wording, offered.marks)

    def sign_all(self, today: date = TODAY) -> None:
        """Have everybody sign who has to."""
        for locale, role in PEOPLE:
            self.sign(locale, role, today=today)

    def release(self, *locales: str, today: date = TODAY, keep: int = 5, new_people: bool = False) -> ReleaseReport:
        """Release what may be."""
        order = ReleaseOrder(self.output, self.publisher, today, keep, 1, new_people)
        return release(Workspace(self.project), Request(("signs",), locales), order, lambda done, total, name: None)

    def offered(self, locale: str = "es") -> list[Path]:
        """The released files of a locale."""
        return sorted((self.output / "released" / locale).glob("*.pdf"))


def make_bench(root: Path) -> Bench:
    """The project with complete Spanish, nothing built and nothing signed."""
    shutil.copytree(MINIMAL, root, ignore=shutil.ignore_patterns("visit*", ".cache", "output"))
    bench = Bench(root)
    bench.source.write_text(SOURCE, encoding="utf-8")
    bench.update()
    bench.fill(SPANISH)
    return bench


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = make_bench(tmp_path_factory.mktemp("built") / "project")
    assert not bench.build().failed
    return bench


@pytest.fixture(scope="session")
def _released(_built: Bench, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = _copied(_built, tmp_path_factory.mktemp("released"))
    bench.sign_all()
    report = bench.release()
    assert not report.failed, [d.message for d in report.diagnostics]
    assert len(report.made) == 2
    return bench


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an SSH key for everybody, and one for somebody who is not listed."""
    folder = tmp_path_factory.mktemp("keys")
    for name in (*PEOPLE.values(), PUBLISHER, MALLORY):
        make_key(folder / id_of(name))
    return folder


def make_key(path: Path) -> Path:
    """A new SSH key without a passphrase, and its public half in a file beside it."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", path.name, "-f", path], check=True)
    return path


@pytest.fixture(scope="session")
def _signed_by_keys(_built: Bench, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = _copied(_built, tmp_path_factory.mktemp("signed-by-keys")).with_people(keys)
    bench.sign_all()
    report = bench.release()
    assert not report.failed, [d.message for d in report.diagnostics]
    return bench


@pytest.fixture
def with_keys(_built: Bench, keys: Path, tmp_path: Path) -> Bench:
    """A project whose proofs are built, whose people have keys, and that nobody has signed."""
    return _copied(_built, tmp_path).with_people(keys)


@pytest.fixture
def released_with_keys(_signed_by_keys: Bench, tmp_path: Path) -> Bench:
    """A project that all have signed with their keys, and that was released with a key."""
    return _copied(_signed_by_keys, tmp_path)


def _copied(bench: Bench, folder: Path) -> Bench:
    return Bench(Path(shutil.copytree(bench.root, folder / "project", symlinks=True)), bench.keys)


@pytest.fixture
def built(_built: Bench, tmp_path: Path) -> Bench:
    """A project whose proofs are built and that nobody has signed."""
    return _copied(_built, tmp_path)


@pytest.fixture
def released(_released: Bench, tmp_path: Path) -> Bench:
    """A project whose English and Spanish are signed by all and released."""
    return _copied(_released, tmp_path)


def with_web(folder: Path) -> Path:
    """A copy of the invented clinic's project, with this project's web layout among its own."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "other-clinic", folder / "clinic"))
    shutil.copytree(ROOT / "layouts" / "web-page", project / "layouts" / "web-page")
    products = project / "layouts" / "products.toml"
    products.write_text(products.read_text(encoding="utf-8") + '\n[web-page]\nlayout = "web-page"\n', encoding="utf-8")
    brand = project / "layouts" / "brand.toml"
    text = brand.read_text(encoding="utf-8").replace("[colour]", '[colour]\nalarm = "#a60010"')
    brand.write_text(text, encoding="utf-8")
    source = project / "source" / "leaflets" / "after-your-visit.md"
    text = source.read_text(encoding="utf-8").replace("[leaflet]", "[leaflet, web-page]")
    source.write_text(text, encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All pieces of the invented clinic in English, German and Persian: the folder of the current edition."""
    project = with_web(tmp_path_factory.mktemp("edition"))
    report = build(
        Workspace(find_project(project)), Request(), output=project / "output", jobs=2, progress=lambda *_: None
    )
    assert report.edition is not None
    return report.edition
