from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import Result

from pressroom.commands.building import build, desk_page
from pressroom.project.kept import Kept

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
SPANISH = "locales/es/LC_MESSAGES/visit.po"
WORDS = "locales/es/LC_MESSAGES/layouts.po"
pytestmark = pytest.mark.usefixtures("fonts")


def _built(publish: Publish, root: Path, *arguments: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(publish(root, "build", "--format", "json", *arguments).stdout)
    return {**answer["data"], "findings": answer["findings"]}


def _made(answer: dict[str, Any]) -> list[str]:
    return [piece["locale"] for piece in answer["pieces"] if piece["made now"]]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (SPANISH, "#. title in visit", "# A comment.\n\n#. title in visit"),
        ("source/visit.md", "# Your visit", "\n\n# Your visit"),
        ("source/clinics.toml", "# Invented", "# Invented\n#"),
    ],
)
def test_lines_move(name: str, old: str, new: str, minimal: Path, publish: Publish, edit: Edit) -> None:
    """A piece that prints the same is kept, and its findings name today's lines, in their hints too."""
    edit(minimal / SPANISH, "Use ropa cómoda", ("Use ropa muy cómoda y ancha para su visita de hoy. " * 22).strip())
    edit(minimal / "source/visit.md", "Bring 2 questions or more", "Bring your questions and two papers. " * 20)
    edit(minimal / "source/clinics.toml", 'phone = "801-555-0142"', 'phone = ""')
    first = _built(publish, minimal)
    edit(minimal / name, old, new)
    kept = _built(publish, minimal)
    made_again = _built(publish, minimal, "--output", str(minimal / "elsewhere"))
    assert (_made(kept), _made(made_again)) == ([], ["en", "es"])
    assert kept["findings"] == made_again["findings"] != first["findings"]
    overset = [finding["path"] for finding in kept["findings"] if finding["code"] == "overset"]
    assert overset == ["source/visit.md", SPANISH]


def test_lines_are_remembered(minimal: Path, publish: Publish, edit: Edit) -> None:
    """What was found when a piece was made follows its lines through several edits."""
    edit(minimal / SPANISH, "Use ropa cómoda", ("Use ropa muy cómoda y ancha para su visita de hoy. " * 22).strip())
    first = _built(publish, minimal)
    for _ in range(2):
        edit(minimal / SPANISH, "#. title in visit", "# A comment.\n#. title in visit")
        last = _built(publish, minimal)
    assert _made(last) == []
    assert [d["line"] for d in last["findings"] if d["path"] == SPANISH] == [
        d["line"] + 2 for d in first["findings"] if d["path"] == SPANISH
    ]


def test_new_findings(minimal: Path, publish: Publish) -> None:
    """A kept piece has what the rules find today: here a term that was added to the glossary."""
    _built(publish, minimal)
    (minimal / "locales/es/LC_MESSAGES/glossary.po").write_text(GLOSSARY, encoding="utf-8")
    kept = _built(publish, minimal)
    assert _made(kept) == []
    assert [d["code"] for d in kept["findings"] if d["path"] == SPANISH] == ["term-missing"]


def test_barred_by_what_it_does_not_print(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A piece is not kept if today's findings bar it, even those about a word that it does not print."""
    _built(publish, minimal)
    edit(minimal / "layouts/words.toml", "[draft]", '[other]\ntext = "Others"\n\n[draft]')
    edit(minimal / WORDS, "#~ msgid", 'msgid "Others"\nmsgstr "{{ 7 * 7 }}"\n\n#~ msgid')
    answer = _built(publish, minimal)
    assert [(piece["locale"], piece["path"] is None) for piece in answer["pieces"]] == [("en", False), ("es", True)]


def test_one_message(other_clinic: Path, publish: Publish, edit: Edit) -> None:
    """A message that changed makes the pieces that print it, and no others."""
    _built(publish, other_clinic)
    catalog = next(other_clinic.glob("locales/fa/LC_MESSAGES/after*.po"))
    last = [line for line in catalog.read_text(encoding="utf-8").splitlines() if line.startswith('msgstr "')][-2]
    edit(catalog, last, f'{last[:-1]} ."')
    assert set(_made(_built(publish, other_clinic))) == {"fa"}


GLOSSARY = r"""msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: es\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "clothes"
msgstr "vestido"
"""


def test_what_is_kept_is_pruned_where_nothing_is_made(
    minimal: Path, publish: Publish, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that makes no piece keeps what it read, so it prunes too."""
    _built(publish, minimal)
    edit(minimal / SPANISH, "#. title in visit", "# A comment.\n#. title in visit")
    pruned = list[Path]()
    monkeypatch.setattr(Kept, "prune", lambda kept: pruned.append(kept.root))
    assert _made(_built(publish, minimal)) == []
    assert pruned == [minimal]


def _desk(root: Path) -> dict[str, str]:
    """The pages of the print desk."""
    output = root / "output"
    pages = [output / "proofs.html", *sorted(output.glob("proofs/**/*.html"))]
    return {page.relative_to(output).as_posix(): page.read_text(encoding="utf-8") for page in pages}


@pytest.mark.parametrize(("module", "function"), [(build, "write_desk"), (desk_page, "_write_changed")])
def test_a_desk_that_a_killed_build_did_not_write_is_written_by_the_next(
    module: ModuleType, function: str, minimal: Path, publish: Publish, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that ends between its edition and its desk, or in it, leaves it to the next one, which makes nothing."""
    _built(publish, minimal)
    before = _desk(minimal)
    edit(minimal / "source/clinics.toml", "Larkspur Clinic", "Larkspur House")

    real = getattr(module, function)

    def killed(first: Any, *others: Any) -> Any:
        if isinstance(first, Path) and first.name != "proofs.html":
            return real(first, *others)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module, function, killed)
        publish(minimal, "build", "--format", "json")
    assert _desk(minimal)["proofs.html"] == before["proofs.html"]
    assert _made(_built(publish, minimal)) == []
    after = _desk(minimal)
    (minimal / "output" / "proofs.html").unlink()
    _built(publish, minimal)
    assert _desk(minimal) == after
    assert after["proofs.html"] != before["proofs.html"]
