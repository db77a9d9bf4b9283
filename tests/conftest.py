"""Whole projects to work on, small pieces to make, the door to knock at, and the fonts, put in place once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from pressroom.catalog import Translation
from pressroom.catalog.translation import Translated
from pressroom.commands.building import batch
from pressroom.compose import Control, Piece
from pressroom.content import Document, Message, pictures_of
from pressroom.content.illustrations import with_labels
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Span
from pressroom.executor import contained
from pressroom.executor.local import LocalExecutor
from pressroom.language import find_language
from pressroom.layout import read_brand, read_layout
from pressroom.layout.words import read_words
from pressroom.planning.assets import in_brand_colours
from pressroom.project import Clinic, Files
from tests.inline_executor import InlineExecutor

ROOT = Path(__file__).parents[1]
PROJECTS = ROOT / "tests" / "projects"

Publish = Callable[..., Result]

# A busy machine is slow, not wrong: no property has a deadline. CI tries the same examples each time, so that a change
# is judged by what it did; whoever runs the tests at a desk searches anew, and what is found becomes a test.
settings.register_profile("untimed", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --update-golden` writes tests/golden/ anew; look at the difference before it is kept."""
    parser.addoption("--update-golden", action="store_true", help="Write what is composed now as what is expected.")


@pytest.fixture(autouse=True, scope="session")
def state_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The key of the cache is in a folder of the tests, not in that of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture
def minimal(tmp_path: Path) -> Path:
    """A copy of the smallest whole project, to spoil."""
    return _copy("minimal", tmp_path)


@pytest.fixture
def other_clinic(tmp_path: Path) -> Path:
    """A copy of the invented clinic of another country."""
    return _copy("other-clinic", tmp_path)


def _copy(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(PROJECTS / name, folder / name))


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace a passage of a file that must be in it."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture
def publish() -> Publish:
    """Call the door in this process, on a project: `publish(folder, "build", "--locale", "es")`."""
    from pressroom.cli import main

    def call(project: Path, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["--project", str(project), *arguments], catch_exceptions=False)

    return call


@pytest.fixture(scope="session", autouse=True)
def fonts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every font of the private list, for all tests: fontconfig reads its list once in a process, and does so here."""
    from pressroom.language import registered_fonts, sign_fonts
    from pressroom.render.fonts import private_fonts

    assert private_fonts([*registered_fonts().values(), *sign_fonts()], tmp_path_factory.mktemp("fonts")) == (True, ())
    from pressroom.render.engine import font_configuration

    font_configuration()


@pytest.fixture(scope="session", autouse=True)
def _inline_executor(fonts: None) -> Iterator[None]:
    """What workers do is done in this process, but for tests that ask for `workers`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "LocalExecutor", InlineExecutor)
        patch.setattr(contained, "LocalExecutor", InlineExecutor)
        yield


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands start workers, as they do outside of tests."""
    monkeypatch.setattr(batch, "LocalExecutor", LocalExecutor)
    monkeypatch.setattr(contained, "LocalExecutor", LocalExecutor)


HEAD = '---\nnumber: A-1\ntitle: Title\nproducts: [slip]\nversion: "1"\ndate: 2026-11\nreview-by: 2027-11\n---\n'
CLINIC = Clinic("larkspur", "Larkspur Clinic", ("1 Meadow Lane", "Larkspur"), "911", "801-555-0142")

MakePiece = Callable[..., Piece]


@dataclass(frozen=True)
class _Pictures:
    """The illustrations beside a project's brochures, for texts that are read as `source/a.md`."""

    folder: Path

    def read(self, path: str) -> bytes | None:
        file = self.folder / path.removeprefix("source/")
        return file.read_bytes() if path and file.is_file() else None

    def of(self, document: Document, brand: dict[str, str]) -> dict[str, bytes]:
        sources = {block.source for panel in document.panels for block in pictures_of(panel.blocks)}
        found = {source: self.read(f"source/{source}") for source in sources}
        return {source: in_brand_colours(data, brand) for source, data in found.items() if data}


@pytest.fixture
def make_piece() -> MakePiece:
    """A piece of this Markdown, in a language, with translations by msgid (none: the English itself)."""
    return _make_piece


def _make_piece(
    body: str,
    tag: str = "en",
    said: dict[str, str] | None = None,
    *,
    head: str = HEAD,
    project: str = "minimal",
    layout: str = "slip",
    clinic: Clinic = CLINIC,
    marking: str = "proof",
) -> Piece:
    if marking == "release":
        body = body.replace("<!-- slot: clinician -->", "Call us")  # no release has a slot
    document, problems = parse_document(head + body, "source/a.md")
    assert document is not None, problems
    root = PROJECTS / project
    brand, pictures = read_brand(Files(root)), _Pictures(root / "source" / "brochures")
    document, _ = with_labels(document, pictures.read)
    words, _ = read_words((root / "layouts" / "words.toml").read_text(encoding="utf-8"), "layouts/words.toml")
    language = find_language(tag)
    texts = None if said is None else said | {"Title": "T"}
    return Piece(
        document=document,
        translation=translation(document.messages, tag, texts),
        language=language,
        clinic=clinic,
        places=(clinic,),
        product=layout,
        layout=read_layout(Files(root), layout),
        brand=brand,
        images=pictures.of(document, brand),
        words=words,
        layout_translation=translation(tuple(words.values()), tag, said),
        control=Control("A-1", tag, "PROOF", "2026-11", "2027-11", "0123abcd", "Title", language.english),
        marking="release" if marking == "release" else "proof",
    )


def translation(messages: tuple[Message, ...], tag: str, said: dict[str, str] | None) -> Translation:
    """What these messages are in a locale; `~text` is fuzzy, one that is not said is untranslated."""
    known = {}
    for message in messages:
        text = message.msgid if said is None else said.get(message.msgid, "")
        status = "fuzzy" if text.startswith("~") else "translated" if text else "untranslated"
        known[message.key] = Translated(text if status == "translated" else message.msgid, status, Span("a.po", 1))
    return Translation(tag, "a.po", known)


@pytest.fixture
def whole_checks(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that are checked whole from now on in this process; none is one of the sample."""
    # Imported here: most tests make no file.
    from pressroom.production import by_parts, make

    checked, examine = list[bytes](), make.examine

    def examining(pdf: bytes, *rest: Any) -> Any:
        checked.append(pdf)
        return examine(pdf, *rest)

    monkeypatch.setattr(make, "examine", examining)
    monkeypatch.setattr(by_parts, "_SAMPLE", 2**32)
    return checked
