from __future__ import annotations

from pressroom.language import find_language, font_mark, languages, letters_of, registered_fonts, units_of


def test_urdu_by_class() -> None:
    """Urdu is set in Nastaliq in a brochure and in Naskh on a card, each with its own leading."""
    urdu = find_language("ur")
    assert urdu.set_for("card").family == "Noto Naskh Arabic"
    assert urdu.set_for("brochure").family == "Noto Nastaliq Urdu"
    assert urdu.set_for("brochure").line_height[0] > urdu.line_height[1]
    assert find_language("ar").set_for("brochure") is find_language("ar")


def test_leading() -> None:
    """Leading goes from the preferred to the least and not beyond."""
    khmer = find_language("km")
    assert khmer.leading(0) == {"line-height": khmer.line_height[1], "tight": khmer.tight[1]}
    assert khmer.leading(1) == {"line-height": khmer.line_height[0], "tight": khmer.tight[0]}


def test_han_forms() -> None:
    """Each language of Han signs has a family of its own: one family's forms are another reader's mistakes."""
    families = [find_language(tag).family for tag in ("zh-Hans", "zh-Hant", "ja", "ko")]
    assert len(set(families)) == 4


def test_line_ends() -> None:
    """The scripts that the layout engine breaks at spaces alone have another way to break lines."""
    ways = {tag: language.breaking for tag, language in languages().items()}
    assert {ways[tag] for tag in ("km", "lo", "my", "ksw")} == {"dictionary"}
    assert (ways["ja"], ways["ko"], ways["th"], ways["en"]) == ("phrases", "words", "built-in", "spaces")


def test_quotes() -> None:
    """Every language has an outer and an inner pair of quotation marks."""
    assert {len(language.quotes) for language in languages().values()} == {4}
    assert find_language("de").quotes == "„“‚‘"


def test_letters() -> None:
    """Every language but Chinese has its letters listed; Marshallese has its cedillas, Navajo its marks."""
    assert [tag for tag, language in languages().items() if not letters_of(language)] == ["zh-Hans", "zh-Hant"]
    assert {"ļ", "m̧", "n̄", "o̧"} <= set(letters_of(find_language("mh")))
    assert {"ʼ", "ł", "ǫ́"} <= set(letters_of(find_language("nv")))


def test_units() -> None:
    """A language may write the symbols and its own words, the longest first."""
    assert {"mL", "мл"} <= set(units_of(find_language("ru")))
    assert "毫升" in units_of(find_language("zh-Hans"))
    assert len(units_of(find_language("fa"))[0]) >= len(units_of(find_language("fa"))[-1])


def test_font_marks() -> None:
    """Every face has a mark of its own that a changed table would change."""
    marks = [font_mark(face) for family in registered_fonts().values() for face in family.faces]
    assert "absent" not in marks
    assert len(set(marks)) == len(marks)
