from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import Result

from pressroom.language import find_language, units_of
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.versions import made_with
from pressroom.publish import read_manifest
from pressroom.workspace.languages import LANGUAGES_FILE
from pressroom.workspace.workspace import Workspace

Publish = Callable[..., Result]

HMONG = """[hmn]
english = "Hmong (White)"
autonym = "Hmoob Dawb"
script = "Latn"
plural = "nplurals=1; plural=0;"
aliases = ["mww"]
units = ["kiilus"]
letters = "a b c d e"
"""


def own(project: Path, text: str) -> None:
    """Give the project this file of languages."""
    (project / LANGUAGES_FILE).write_text(text, encoding="utf-8")


def _rows(result: Result) -> dict[str, dict[str, str]]:
    """The languages by tag, as `locales --format json` has them."""
    return {row["tag"]: row for row in json.loads(result.stdout)["data"]["locales"]}


def test_a_new_language(minimal: Path, publish: Publish) -> None:
    """A project's own language is listed, gets catalogs by an alias, a specimen, and is built like any other."""
    own(minimal, HMONG)
    rows = _rows(publish(minimal, "locales", "--format", "json"))
    assert rows["hmn"]["name"] == "Hmoob Dawb"
    assert publish(minimal, "new", "mww").exit_code == 0
    catalog = (minimal / "locales" / "hmn" / "LC_MESSAGES" / "visit.po").read_text(encoding="utf-8")
    assert '"Language: hmn\\n"' in catalog
    assert "nplurals=1; plural=0;" in catalog
    assert publish(minimal, "specimen", "hmn").exit_code == 0
    assert publish(minimal, "build", "--locale", "hmn").exit_code == 0
    pieces = {piece.locale: piece for piece in read_manifest(minimal / "output" / "current").pieces}
    path = pieces["hmn"].path
    with pypdfium2.PdfDocument(minimal / "output" / "current" / path) as document:
        assert "Hmong" in document[0].get_textpage().get_text_range()


def test_private_use(minimal: Path, publish: Publish) -> None:
    """A language that has no tag of its own has one for private use."""
    own(minimal, HMONG.replace("[hmn]", "[x-hill]"))
    assert publish(minimal, "new", "x-hill").exit_code == 0
    assert publish(minimal, "build", "--locale", "x_hill").exit_code == 0


def test_a_language_of_cldr(minimal: Path) -> None:
    """A language that CLDR knows needs no facts in the project's file."""
    own(minimal, "[pl]\n")
    polish = Workspace.open(minimal).registry().find("pl")
    assert (polish.english, polish.autonym, polish.script, polish.direction) == ("Polish", "Polski", "Latn", "ltr")
    assert polish.plural.startswith("nplurals=3;")
    assert "kilogramów" in units_of(polish)


def test_larger(minimal: Path) -> None:
    """A floor is raised for one class of product, in every form of the tag; its language's keys see it, no others."""
    before = {job.id: job.key for job in make_plan(Workspace.open(minimal), Request()).jobs}
    own(minimal, "[ES]\nsize.card = [9, 11]\n")
    spanish = Workspace.open(minimal).registry().find("es")
    assert spanish.sizes == {"card": (9, 11), "brochure": (11, 12)}
    assert spanish.autonym == "Español"
    after = {job.id: job.key for job in make_plan(Workspace.open(minimal), Request()).jobs}
    assert before.keys() == after.keys()
    assert {job for job, key in after.items() if key != before[job]} == {job for job in after if job[1] == "es"}
    assert "language es" in made_with([spanish])
    assert "language es" not in made_with([find_language("es")])


@pytest.mark.parametrize(
    ("text", "line", "code", "message"),
    [
        (
            "[es]\nquotes = '«»‹›'\nsize.card = [6.5, 9]\n",
            3,
            "language-floor",
            "size.card of es is 6.5; ",
        ),
        ("[es.size]\ncard = [6, 9]\n", 1, "language-floor", "is 6; "),
        ("[ur]\nsize.brochure = [10, 12]\n", 2, "language-floor", "the engine's is 12"),
        ("[ar]\ntight = [1.2, 1.4]\n", 2, "language-floor", "the engine's is 1.36"),
        (HMONG + "size = { card = [6, 8] }\n", 9, "language-floor", "the engine's is 7"),
        (HMONG.replace('script = "Latn"\n', ""), 1, "languages", "CLDR does not know hmn, and its table has no script"),
        (HMONG.replace("Latn", "Hmng"), 4, "languages", "not one of Latn"),
        (HMONG.replace("mww", "es"), 6, "languages", "means es"),
        (HMONG.replace("nplurals=1; plural=0;", "plural=many"), 5, "languages", "is not a rule"),
        (HMONG.replace("units", "unit"), 7, "languages", "unknown key 'unit'"),
        ("[es]\nsize.poster = [9, 11]\n", 2, "languages", "other classes than card, brochure"),
        ("[es]\nsize.card = [11, 9]\n", 2, "languages", "the smaller first"),
        ("[es]\nfamily = 'Comic Sans'\n", 2, "languages", "family of es is not one of"),
        ("[es]\nhyphenate = 'no'\n", 2, "languages", "not true or false"),
        ("[es]\n[hmn_US]\n", 2, "languages", "has no english"),
        ("[zh-Hans]\n[zh-CN]\n", 2, "languages", "two tables"),
        ("[no_such_tag_of_any_kind]\n", 1, "languages", "not a language tag"),
        ("es = 1\n", 1, "languages", "outside a language's table"),
        ("[es\n", 1, "languages", "not TOML"),
    ],
)
def test_faults(minimal: Path, publish: Publish, text: str, line: int, code: str, message: str) -> None:
    """A faulty table is reported at its line and not used, and a floor is never lowered."""
    own(minimal, text)
    result = publish(minimal, "build")
    assert result.exit_code == 2
    place = f"{LANGUAGES_FILE}:{line}" if line else LANGUAGES_FILE
    lines = [line for line in result.stderr.splitlines() if message in line]
    assert lines, result.stderr
    assert lines[0].startswith(f"{place}: error[{code}]"), result.stderr
    assert not (minimal / "output").exists()
