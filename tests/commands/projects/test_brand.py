"""`brand` sets up a project's look from one colour and a logo, and shows it."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import Result
from PIL import Image

Publish = Callable[..., Result]
ROOT = Path(__file__).parents[3]
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><title>red</title><rect width="120" height="40" '
    'fill="#7a1f5c"/><circle cx="20" cy="20" r="12" style="fill: #f4b400"/><path d="M0 0h5" stroke="rgb(166, 0, 16)"/>'
    "</svg>"
)


@pytest.fixture
def walks(tmp_path: Path) -> Path:
    """A project without a brand of its own, and a logo beside it."""
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    return Path(shutil.copytree(ROOT / "tests" / "projects" / "walking-group", tmp_path / "walks"))


def _brand(project: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads((project / "layouts" / "brand.toml").read_text(encoding="utf-8"))


def test_a_brand_from_one_colour(walks: Path, publish: Publish) -> None:
    """The colours, their inks and the dark ones are written, and the project builds with them."""
    done = publish(walks, "brand", "--colour", "#7a1f5c")
    assert done.exit_code == 0
    brand = _brand(walks)
    assert brand["colour"]["flow"] == "#7a1f5c"
    assert brand["colour"].keys() == brand["press"].keys() == {"flow", "dot", "bone"}
    assert brand["dark"].keys() == {"flow", "dot", "bone"}
    assert "alarm" not in brand["colour"]
    assert "flow    #7a1f5c  26 100 0 49   #79295d      1.8" in done.stdout
    assert "white words on a field of flow   9.6:1     7:1" in done.stdout
    assert "# about #79295d, 1.8 away, estimated for coated paper (SWOP)" in (
        walks / "layouts" / "brand.toml"
    ).read_text(encoding="utf-8")
    built = publish(walks, "build", "walking-group", "--locale", "en", "--product", "web-page")
    assert built.exit_code == 0, built.output


def test_the_page_shows_it(walks: Path, publish: Publish) -> None:
    """The page has the inks, the contrast, the three ranks of notice and the project's emergency number."""
    publish(walks, "brand", "--colour", "#ffd400")
    with pypdfium2.PdfDocument(walks / "output" / "brand.pdf") as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
        assert len(pdf) == 2
    for words in (
        "inks C M Y K",
        "dot on paper",
        "Good to know",
        "When to call us",
        "Emergency",
        "911",
        "it is darker",
    ):
        assert words in text


def test_a_dry_run_writes_the_page_alone(walks: Path, publish: Publish) -> None:
    """`--dry-run` shows, and the project's brand and logo stay as they are."""
    done = publish(walks, "brand", "--colour", "#7a1f5c", "--logo", str(walks.parent / "logo.svg"), "--logo-text", "L",
                   "--dry-run")  # fmt: skip
    assert done.exit_code == 0
    assert "nothing was written" in done.stdout
    assert not (walks / "layouts" / "brand.toml").exists()
    assert not (walks / "layouts" / "art" / "logo.svg").exists()
    assert (walks / "output" / "brand.pdf").is_file()


def test_values_of_ones_own_are_not_replaced_unasked(walks: Path, publish: Publish) -> None:
    """A brand that has another colour is refused with both, and stays; `--replace` says what it replaced."""
    own = walks / "layouts" / "brand.toml"
    own.parent.mkdir(exist_ok=True)
    own.write_text('[colour]\nflow = "#24408e" # ours\n', encoding="utf-8")
    refused = publish(walks, "brand", "--colour", "#7a1f5c")
    assert refused.exit_code == 2
    assert "[colour] flow = #24408e becomes #7a1f5c" in refused.stderr
    assert "--replace" in refused.stderr
    assert own.read_text(encoding="utf-8") == '[colour]\nflow = "#24408e" # ours\n'
    done = publish(walks, "brand", "--colour", "#7a1f5c", "--replace")
    assert "replaced: [colour] flow = #24408e becomes #7a1f5c" in done.stdout
    assert 'flow = "#7a1f5c" # ours' in own.read_text(encoding="utf-8")


def test_a_logo(walks: Path, publish: Publish) -> None:
    """A logo is copied, its own colours get inks, and one like the alarm is told."""
    done = publish(walks, "brand", "--colour", "#7a1f5c", "--logo", str(walks.parent / "logo.svg"), "--logo-text",
                   "Larkspur Clinic")  # fmt: skip
    brand = _brand(walks)
    assert brand["logo"] == {"file": "art/logo.svg", "text": "Larkspur Clinic"}
    assert brand["colour"]["logo-1"] == "#f4b400"
    assert "logo-1" in brand["press"]
    assert (walks / "layouts" / "art" / "logo.svg").read_text(encoding="utf-8") == LOGO
    assert "#a60010 is 0 from the alarm #a60010: keep it away from the emergency band" in done.stdout
    assert "#f4b400 has 1.8:1 on paper" in done.stdout
    again = publish(walks, "brand", "--colour", "#7a1f5c", "--logo", str(walks.parent / "logo.svg"), "--logo-text",
                    "Larkspur Clinic")  # fmt: skip
    assert "nothing changed" in again.stdout


def test_a_logo_of_pixels(walks: Path, publish: Publish) -> None:
    """A PNG's size, its colours, and that a press file does not take it, are said."""
    picture = Image.new("RGBA", (590, 200), (0, 0, 0, 0))
    picture.paste((57, 255, 20, 255), (100, 0, 400, 200))
    picture.save(walks.parent / "logo.png")
    done = publish(walks, "brand", "--colour", "#7a1f5c", "--logo", str(walks.parent / "logo.png"), "--logo-text", "L",
                   "--dry-run")  # fmt: skip
    assert "590 × 200 pixels, sharp up to 50 mm wide; colours: #39ff14" in done.stdout
    assert "so no press prints it" in done.stdout
    assert "a press file takes no PNG in colour" in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--colour", "plumm"), "'plumm' is not a colour"),
        (("--colour", "#7a1f5c", "--logo", "none.svg", "--logo-text", "L"), "none.svg can't be read"),
        (("--colour", "#7a1f5c", "--logo", "none.gif", "--logo-text", "L"), "is not a logo that can be printed"),
        (("--colour", "#7a1f5c", "--logo", "LOGO"), 'write --logo-text "Our Clinic"'),
        (("--colour", "#7a1f5c", "--profile", "LOGO"), "is not an ICC profile"),
    ],
)
def test_what_is_refused(walks: Path, options: tuple[str, ...], said: str, publish: Publish) -> None:
    """What can't be used is refused with the next move, and nothing is written."""
    named = [str(walks.parent / "logo.svg") if option == "LOGO" else option for option in options]
    refused = publish(walks, "brand", *named)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert not (walks / "layouts").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not = [toml", "can't be changed"),
        ("colour = 3\n", "write [colour]"),
        ("LINK", "layouts/brand.toml can't be read"),
    ],
)
def test_a_broken_brand_is_left_alone(walks: Path, publish: Publish, text: str, said: str) -> None:
    """A brand that is not TOML, or a link out of the project, is refused and never written over."""
    own = walks / "layouts" / "brand.toml"
    own.parent.mkdir()
    if text == "LINK":
        (walks.parent / "elsewhere.toml").write_text("", encoding="utf-8")
        own.symlink_to(walks.parent / "elsewhere.toml")
    else:
        own.write_text(text, encoding="utf-8")
    refused = publish(walks, "brand", "--colour", "#7a1f5c")
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert own.read_text(encoding="utf-8") == ("" if text == "LINK" else text)


def test_for_programs(walks: Path, publish: Publish) -> None:
    """`--format json` has the values, the contrasts and the notes."""
    done = publish(walks, "brand", "--colour", "#ffd400", "--format", "json", "--dry-run")
    told = json.loads(done.stdout)["data"]
    assert {"group": "colour", "key": "flow", "value": "#715400"} in told["values"]
    assert all(pair["ratio"] >= pair["needs"] - 0.01 for pair in told["contrasts"])
    assert told["notes"]
