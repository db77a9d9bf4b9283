"""Cards for other warnings than this project's own: a stroke, a sepsis, a blood thinner, in every layout of cards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parents[3]
LAYOUTS = ["wallet-card", "metric-card", "business-card", "folded-card", "bilingual-card", "bilingual-tall-card"]
FINISHED = ["wallet-card-letter", "business-card-5371", "folded-card-press"]
DOCUMENTS = ["blood-thinner", "sepsis", "stroke"]


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """The invented cards with this project's own layouts and their words."""
    project = Path(shutil.copytree(ROOT / "tests" / "projects" / "warning-cards", tmp_path / "cards"))
    shutil.copytree(ROOT / "layouts", project / "layouts")
    for locale in ("ar", "zh_Hans"):
        words = f"locales/{locale}/LC_MESSAGES/layouts.po"
        shutil.copy(ROOT / words, project / words)
    return project


def _pages(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_every_card_product(publish, cards: Path, tag: str) -> None:
    """Each card is made in each product, as that product, without an error or a part left out."""
    options = [option for name in (*LAYOUTS, *FINISHED) for option in ("--product", name)]
    result = publish(cards, "build", *DOCUMENTS, "--locale", tag, *options)
    assert result.exit_code == 0, result.output
    assert "error" not in result.output
    # English beside English is no bilingual card.
    expected = {name for name in (*LAYOUTS, *FINISHED) if tag != "en" or not name.startswith("bilingual")}
    made = {path.name.split(".")[2] for path in (cards / "output/current" / tag).glob("stroke.*.pdf")}
    assert made == expected


@pytest.mark.usefixtures("fonts")
def test_what_is_on_which_side(publish, cards: Path) -> None:
    """One list is on both sides; two are on a side each, in the order they are written, beside the number."""
    assert publish(cards, "build", "--locale", "en", "--product", "wallet-card").exit_code == 0
    front, back = _pages(next((cards / "output/current/en").glob("stroke.en.wallet-card.*.pdf")))
    for side in (front, back):
        assert "Stroke: act fast" in side
        assert "Arm: one arm is weak or numb" in side
    assert "See other side" in front
    assert "Call 911" in back
    front, back = _pages(next((cards / "output/current/en").glob("blood-thinner.en.wallet-card.*.pdf")))
    assert "Nosebleed" in front
    assert "A blow to the head" not in front
    assert "After a fall Also without pain" in back.replace("\n", " ")
    assert "A blow to the head" in back


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    ("tag", "title", "heading"),
    [("en", "Know the signs of a stroke", "Stroke: act fast"), ("zh-Hans", "了解中风的迹象", "中风：立即行动")],
)
def test_the_cover_of_a_folded_card(publish, cards: Path, tag: str, title: str, heading: str) -> None:
    """One list has its heading in the cover's band and the document's title above; of two each has its heading."""
    assert publish(cards, "build", "stroke", "sepsis", "--locale", tag, "--product", "folded-card").exit_code == 0
    folder = cards / "output/current" / tag
    cover, inside = _pages(next(folder.glob("stroke.*.folded-card.*.pdf")))
    # Staff read the English title on the back as well.
    assert (cover.count(title), cover.count(heading)) == (2 if tag == "en" else 1, 1)
    assert cover.index(title) < cover.index(heading)
    assert title not in inside
    cover, _ = _pages(next(folder.glob("sepsis.*.folded-card.*.pdf")))
    if tag == "en":
        assert cover.index("Sepsis") < cover.index("Get help at once")
        assert cover.count("Know the signs of sepsis") == 1


@pytest.mark.usefixtures("fonts")
def test_panels_of_another_card(publish, cards: Path) -> None:
    """A card whose panels have another card's names, and no line below the heading, is made as it is."""
    text = (cards / "source/cards/blood-thinner.md").read_text(encoding="utf-8")
    text = text.replace("panel: bleeding", "panel: dvt").replace("panel: head", "panel: pe").replace("BLT", "STR")
    (cards / "source/cards/second.md").write_text(text.replace("Also without pain\n\n", ""), encoding="utf-8")
    result = publish(cards, "build", "second", "--locale", "en")
    assert result.exit_code == 0, result.output


@pytest.mark.usefixtures("fonts")
def test_a_new_card_builds(publish, cards: Path) -> None:
    """`new-document --card` writes a card that builds at once, each word of it pending."""
    result = publish(cards, "new-document", "heart-attack", "--card", "--title", "Signs of a heart attack")
    assert result.exit_code == 0, result.output
    text = (cards / "source/cards/heart-attack.md").read_text(encoding="utf-8")
    assert "title: Signs of a heart attack\nproducts: [wallet-card, web-page]\n" in text
    assert publish(cards, "check", "heart-attack", "--locale", "en").output.count("error[") == 0
    result = publish(cards, "build", "heart-attack", "--locale", "en")
    assert result.exit_code == 0, result.output
    assert "overset" not in result.output
    again = publish(cards, "new-document", "heart-attack", "--card")
    assert again.exit_code == 2


def test_no_card_product(publish, minimal: Path) -> None:
    """A project without a layout for cards says what one needs."""
    result = publish(minimal, "new-document", "stroke", "--card")
    assert result.exit_code == 2
    assert "signs, turn-over, more-signs, act" in result.output


def test_check_finds_a_missing_part(publish, cards: Path, edit) -> None:
    """`check` and `build` report a missing part once, at the author's line, not a template's fault."""
    card = cards / "source/cards/stroke.md"
    edit(card, "<!-- panel: act -->\n\nCall {emergency}\n", "")
    edit(card, "products: [wallet-card, web-page]", "products: [wallet-card, business-card, folded-card, web-page]")
    for command in ("check", "build"):
        result = publish(cards, command, "stroke", "--locale", "en")
        assert result.exit_code == 1
        assert "source/cards/stroke.md:10: error[panel-missing]: there is no panel 'act'" in result.output
        assert "template" not in result.output
    checked = publish(cards, "check", "stroke", "--locale", "en").output
    assert checked.count("panel-missing") == 1
