"""Signs of a discharge list: ≥ ☐ → in every language, whatever its own fonts lack."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import Result

from pressroom.preflight.facts import read_facts

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
ROOT = Path(__file__).parents[3]
SOURCE, SPANISH = "source/visit.md", "locales/es/LC_MESSAGES/visit.po"
SIGNS = "≥ ≤ − → ☐ ☑ ✓ ✗ ℞ ½ ⅓ ° µ × ± ⚠ • … ™ ® ²"
TAGS = ("es", "ar", "he", "zh-Hans", "my", "ta")
pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture
def signs(minimal: Path, edit: Edit) -> Path:
    """The smallest project in six languages of six scripts, with every sign in a list item, light and bold."""
    text = f"{SIGNS} **{SIGNS}**"
    settings = minimal / "pyproject.toml"
    edit(settings, 'locales = ["es"]', f"locales = {json.dumps(TAGS)}")
    edit(minimal / SOURCE, "Wear loose clothes", text)
    edit(minimal / SPANISH, 'msgid "Wear loose clothes"\nmsgstr "Use ropa cómoda"', f'msgid "{text}"\nmsgstr "{text}"')
    for tag in TAGS[1:]:
        folder = minimal / "locales" / tag.replace("-", "_") / "LC_MESSAGES"
        folder.mkdir(parents=True)
        for name in ("visit.po", "layouts.po"):
            catalog = minimal / "locales" / "es" / "LC_MESSAGES" / name
            if catalog.is_file():
                shutil.copy(catalog, folder)
    return minimal


def _findings(result: Result, code: str) -> list[dict[str, Any]]:
    return [finding for finding in json.loads(result.stdout)["findings"] if finding["code"] == code]


def test_every_language_has_them(signs: Path, publish: Publish, edit: Edit) -> None:
    """Each sign is drawn from a listed font and can be copied from the file, in six scripts, light and bold."""
    for tag in TAGS[1:]:
        for path in (signs / "locales" / tag.replace("-", "_")).rglob("*.po"):
            text = re.sub(r'"(Language: |Plural-Forms: ).*\n', "", path.read_text(encoding="utf-8"))
            path.write_text(text, encoding="utf-8")
    result = publish(signs, "build", "--format", "json")
    assert [f for f in json.loads(result.stdout)["findings"] if f["code"] in ("glyph-missing", "preflight-font")] == []
    made = sorted((signs / "output" / "current").rglob("*.pdf"))
    assert {path.parent.name for path in made} == {"en", *TAGS}
    for path in made:
        with pypdfium2.PdfDocument(path) as document:
            text = document[0].get_textpage().get_text_range()
        assert all(text.count(sign) >= 2 for sign in SIGNS.split()), path.name
        # Chinese has ≥ in its own font.
        wanted = {"Noto-Sans-Symbols2", *([] if path.parent.name == "zh-Hans" else ["Noto-Sans-Math"])}
        assert wanted <= set(read_facts(path.read_bytes()).fonts), path.name


def test_a_picture_in_colour_is_a_sign(minimal: Path, publish: Publish, edit: Edit) -> None:
    """⚠ with the mark that asks for a picture, and ⚡, which is one by itself, are drawn in black."""
    edit(minimal / SPANISH, "Use ropa cómoda", "\u26a0\ufe0f Use ropa ⚡ cómoda")
    assert publish(minimal, "build", "--locale", "es").exit_code == 0
    (made,) = (minimal / "output" / "current").rglob("*.es.*pdf")
    assert set(read_facts(made.read_bytes()).fonts) <= {"Noto-Sans", "Noto-Sans-Bold", "Noto-Sans-Symbols2"}


def test_check_names_the_line(minimal: Path, publish: Publish, edit: Edit) -> None:
    """`check` reports a character that no font has at its line, in the English and in a catalog; ≥ is none."""
    edit(minimal / SOURCE, "Wear loose clothes", "Take 💊 if ≥ 3")
    edit(minimal / SPANISH, "Bring 2", "Bring 2")
    edit(minimal / SPANISH, "Traiga 2 preguntas", "Traiga 2 衣 preguntas")
    found = _findings(publish(minimal, "check", "--format", "json"), "glyph-missing")
    wanted = {("U+1F48A", SOURCE, "💊"), ("U+8863", SPANISH, "衣")}
    assert {next(code for code, _, _ in wanted if code in one["message"]) for one in found} == {"U+1F48A", "U+8863"}
    for code, path, sign in wanted:
        lines = (minimal / path).read_text(encoding="utf-8").splitlines()
        line = next(number for number, line in enumerate(lines, start=1) if sign in line)
        assert [(one["path"], one["line"]) for one in found if code in one["message"]] == [(path, line)]


def test_a_document_for_the_web_alone(minimal: Path, publish: Publish, edit: Edit) -> None:
    """The devices of a page's readers have fonts of their own: `check` asks for none."""
    edit(minimal / SOURCE, "Wear loose clothes", "Take 💊")
    assert _findings(publish(minimal, "check", "--format", "json"), "glyph-missing")
    shutil.copytree(ROOT / "layouts" / "web-page", minimal / "layouts" / "web-page")
    products = minimal / "layouts" / "products.toml"
    page = '\n[web-page]\nlayout = "web-page"\ndescription = "A page"\n'
    products.write_text(products.read_text(encoding="utf-8") + page, encoding="utf-8")
    edit(minimal / SOURCE, "products: [slip]", "products: [web-page]")
    assert not _findings(publish(minimal, "check", "--format", "json"), "glyph-missing")
