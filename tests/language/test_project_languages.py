from __future__ import annotations

import pytest

from pressroom.language import read_project_languages


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[es]\nautonym = "Français"', "the autonym of es, Français, is the name of fr"),
        ('[es]\nautonym = "FRENCH"', "the autonym of es, FRENCH, is the name of fr"),
        ('[es]\nenglish = "Arabic"', "the english of es, Arabic, is the name of ar"),
        ('[es]\nenglish = "Polish"', "the english of es, Polish, is the name of pl"),
        ('[x-ours]\nscript = "Latn"\nplural = "nplurals=1; plural=0;"\nenglish = "Ours"\nautonym = "Русский"',
         "the autonym of x-ours, Русский, is the name of ru"),
    ],
)  # fmt: skip
def test_a_borrowed_name(text: str, message: str) -> None:
    """A language can't have another one's name, in English or its own, written in any case; the line is named."""
    registry, (problem,) = read_project_languages(text, "languages.toml", lambda rule: True)
    assert problem.message == message
    assert problem.span.line == 1 + text[: text.index(problem.message.split(", ")[1])].count("\n")
    assert registry.find("es").autonym == "Español"


@pytest.mark.parametrize(
    "text", ['[es]\nautonym = "Castellano"', '[fa-AF]\nautonym = "فارسی"', '[es]\nautonym = "Español"']
)
def test_a_name_of_its_own(text: str) -> None:
    """A language may be called otherwise, as it is called already, or as another of its stem."""
    assert read_project_languages(text, "languages.toml", lambda rule: True)[1] == ()


HEBREW = """
[he]
english = "Hebrew"
autonym = "עברית"
script = "Hebr"
plural = "nplurals=2; plural=(n != 1);"
"""


def test_a_language_of_cldr_said_otherwise() -> None:
    """A project's table changes a language that no table of the engine lists; the rest is CLDR's, and so are others."""
    registry, problems = read_project_languages(HEBREW, "locales/languages.toml", lambda rule: True)
    assert problems == ()
    hebrew = registry.find("iw")
    assert (hebrew.tag, hebrew.plural, hebrew.quotes) == ("he", "nplurals=2; plural=(n != 1);", "””’’")
    assert (hebrew.direction, hebrew.family) == ("rtl", "Noto Sans Hebrew")
    assert registry.find("yi").script == "Hebr"
    _, problems = read_project_languages("[ta]\nsize.card = [6, 9]\n", "locales/languages.toml", lambda rule: True)
    assert [problem.code for problem in problems] == ["language-floor"]
