"""Each finding names the line where a person can correct it, in `check` as in `build`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from pressroom.language import ENGLISH
from pressroom.planning.plan import Request, make_plan
from pressroom.planning.prepare import prepare
from pressroom.workspace.workspace import Workspace

Publish = Callable[..., Result]
Edit = Callable[[Path, str, str], None]
SOURCE, BRAND, CLINICS = "source/visit.md", "layouts/brand.toml", "source/clinics.toml"
PRODUCTS, STYLE, LAYOUT = "layouts/products.toml", "layouts/slip/style.css", "layouts/slip/layout.toml"
SETTINGS, SPANISH = "pyproject.toml", "locales/es/LC_MESSAGES/visit.po"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'
PRESS = '\n[slip-press]\nlayout = "slip"\ninks = "cmyk"\n'
# The file that is spoiled, a passage of it and what is there instead; the beginning of the finding's line.
FAULTS = [
    (BRAND, '"#000"', '"black"', f"{BRAND}:2: error[layout]"),
    (BRAND, "[colour]", '[logo]\nfile = "a.svg"\ntext = "A"\n[colour]', f"{BRAND}:2: error[image-missing]"),
    (BRAND, "[colour]", '[logo]\ntext = "A"\n[colour]', f"{BRAND}:1: error[layout]"),
    (CLINICS, 'Larkspur Clinic"', 'Larkspur 𒀀"', f"{CLINICS}:2: error[glyph-missing]"),
    (CLINICS, '"911"', "911", f"{CLINICS}:6: error[clinic]"),
    (PRODUCTS, 'layout = "slip"', 'layout = "slap"', f"{PRODUCTS}:2: error[layout]"),
    (LAYOUT, 'safe = "4mm"', 'safe = "4"', f"{LAYOUT}:6: error[layout]"),
    (STYLE, "position: absolute;", "position: absolute; opacity: 0.5;", f"{STYLE}:4: error[look-hides]"),
    (SETTINGS, '["es"]', '["es", "xq"]', f"{SETTINGS}:4: error[locale-unknown]"),
    (SETTINGS, "own-", 'press-profile = "none.icc"\nown-', f"{SETTINGS}:5: error[press-profile-wrong]"),
    (SETTINGS, 'name = "Minimal"', 'name = "Minimal"\nmotto = "x"', f"{SETTINGS}:4: error[project-settings]"),
    (SOURCE, "before you come", "before 801-555-0142", f"{SOURCE}:15: error[phone-typed]"),
    (SOURCE, "- Wear", "![A foot](foot.svg)\n\n- Wear", f"{SOURCE}:17: error[image-missing]"),
]


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(("path", "old", "new", "begins"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_line(minimal: Path, publish: Publish, edit: Edit, path: str, old: str, new: str, begins: str) -> None:
    """What `build` refuses, `check` finds before it, once, at the same line."""
    edit(minimal / path, old, new)
    with (minimal / PRODUCTS).open("a", encoding="utf-8") as file:
        file.write(PRESS)
    edit(minimal / SOURCE, "products: [slip]", "products: [slip, slip-press]")
    for command in ("check", "build"):
        result = publish(minimal, command, "--locale", "en")
        assert result.output.count(f"{begins}: ") == 1, result.output
        assert result.exit_code in (1, 2)


@pytest.fixture
def pictured(minimal: Path, edit: Edit) -> Callable[[str], Path]:
    """Puts a drawing into the document, at line 17, and adds a press file to the products."""

    def draw(inside: str) -> Path:
        (minimal / "source" / "leg.svg").write_text(SVG.format(inside), encoding="utf-8")
        edit(minimal / SOURCE, "- Wear", "![A leg](leg.svg)\n\n- Wear")
        with (minimal / PRODUCTS).open("a", encoding="utf-8") as file:
            file.write(PRESS)
        return minimal

    return draw


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ('<rect width="9" height="9" fill="red"/>', "the colour #ff0000 is neither"),
        ('<rect width="9" height="9" style="fill: rgb(200, 10, 10)"/>', "the colour #c80a0a is neither"),
        ('<rect width="9" height="9" fill="#C80A0A"/>', "the colour #c80a0a is neither"),
    ],
)
def test_press_colours(pictured: Callable[[str], Path], publish: Publish, inside: str, says: str) -> None:
    """A colour without inks is reported where the drawing is named, in whatever way the drawing writes it."""
    output = publish(pictured(inside), "build", "--locale", "en", "--product", "slip-press").output
    assert f"{SOURCE}:17: error[press]: {says}" in output


@pytest.mark.usefixtures("fonts")
def test_thin_line_of_a_drawing(pictured: Callable[[str], Path], publish: Publish) -> None:
    """A line that no press prints may be in the layout or in a drawing, and the hint names both."""
    project = pictured('<path d="M1 1L9 9" stroke="black" stroke-width="0.01"/>')
    output = publish(project, "build", "--locale", "en", "--product", "slip-press").output
    assert "error[press]: a rule is 0." in output
    assert "in a style of the layout, or in a drawing of the document" in output


@pytest.mark.usefixtures("fonts")
def test_undrawn(pictured: Callable[[str], Path], publish: Publish) -> None:
    """A drawing with a fault is named at its line, by check and by build, and no bug of the program is claimed."""
    project = pictured('<rect width="9" height="9" style="fill: color(display-p3 1 0 0)"/>')
    assert f"{SOURCE}:17: error[image-unsafe]" in publish(project, "check").output
    (project / "source" / "leg.svg").write_text(
        SVG.format('<rect width="9" height="9"/><text rotate="a">5</text>'), encoding="utf-8"
    )
    output = publish(project, "build", "--locale", "en").output
    assert f"{SOURCE}:17: error[image-unsafe]: the picture 'leg.svg' has rotate" in output
    assert "fault of the program" not in output


@pytest.mark.usefixtures("fonts")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("color", "var(--none)"),
        ("border-top", "1px solid var(--none)"),
        ("border", "var(--safe) solid var(--none)"),
    ],
)
def test_style_in_every_piece(minimal: Path, publish: Publish, name: str, value: str) -> None:
    """A style whose var() has no value refuses every piece, not the first that a worker makes; in a shorthand too."""
    with (minimal / STYLE).open("a", encoding="utf-8") as file:
        file.write(f".frame-text {{ {name}: {value}; }}\n")
    output = publish(minimal, "build").output
    assert f"{STYLE}:5: error[css]: {name} is not set: a var() in it has no value" in output
    assert "no style sets --none" in output
    assert "nothing made, 2 refused" in output


@pytest.mark.usefixtures("fonts")
def test_consequences(minimal: Path, publish: Publish) -> None:
    """A word that no line holds is one finding, with the beginning of the word, and no fault of the file it makes."""
    with (minimal / SOURCE).open("a", encoding="utf-8") as file:
        file.write("\n" + "w" * 2000 + "\n")
    output = publish(minimal, "build", "--locale", "en").output
    assert f"{SOURCE}:20: error[overset]" in output
    assert "www…” at source/visit.md:20" in output
    assert "drawing-unread" not in output
    assert "preflight-profile" not in output


def _notes(project: Path, tag: str) -> dict[str, str]:
    plan = make_plan(Workspace.open(project), Request())
    (job,) = [job for job in plan.jobs if job.language.tag == tag]
    return {finding.code: str(finding.span) for finding in prepare(job).diagnostics}


def test_open_messages(minimal: Path, edit: Edit) -> None:
    """Untranslated and unconfirmed words are reported at the first of them."""
    edit(minimal / SPANISH, 'msgstr "Use ropa cómoda"', 'msgstr ""')
    edit(minimal / SOURCE, "- Bring", "<!-- pending: clinician -->\n- Bring")
    lines = (minimal / SPANISH).read_text(encoding="utf-8").splitlines()
    line = lines.index('msgid "Wear loose clothes"') + 2
    assert _notes(minimal, "es")["incomplete"] == f"{SPANISH}:{line}"
    assert _notes(minimal, ENGLISH)["pending"] == f"{SOURCE}:19"


def test_broken_layout_of_a_product(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A product that no document names is asked for, and its layout can't be used: that is said, not passed over."""
    with (minimal / PRODUCTS).open("a", encoding="utf-8") as file:
        file.write(PRESS)
    edit(minimal / LAYOUT, 'safe = "4mm"', 'safe = "4"')
    result = publish(minimal, "build", "--locale", "en", "--product", "slip-press")
    assert result.exit_code == 1
    assert result.output.count(f"{LAYOUT}:6: error[layout]") == 1


def test_setting(minimal: Path, edit: Edit) -> None:
    """A setting has its line; one that is not written has that of the table it belongs into."""
    assert str(Workspace.open(minimal).setting("locales")) == f"{SETTINGS}:4"
    assert str(Workspace.open(minimal).setting("address")) == f"{SETTINGS}:2"
    edit(minimal / SETTINGS, "[tool.pressroom]", "[tool.other]\nlocales = []\n\n[tool.pressroom]")
    assert str(Workspace.open(minimal).setting("locales")) == f"{SETTINGS}:7"


@pytest.mark.usefixtures("fonts")
def test_full_side(minimal: Path, publish: Publish) -> None:
    """A side that English fills is reported at its longest text."""
    with (minimal / SOURCE).open("a", encoding="utf-8") as file:
        file.write("\n" + "Please bring every medicine that you take at home. " * 8 + "\n")
    assert f"{SOURCE}:20: warning[side-full]" in publish(minimal, "build", "--locale", "en").output


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("801-555-0142", "the clinic and the country of use\n"),
        ("801-555-0199", 'if it is the clinic\'s, write phone = "801-555-0199" in source/clinics.toml'),
    ],
)
def test_typed_number(minimal: Path, publish: Publish, edit: Edit, number: str, hint: str) -> None:
    """A number that the clinic has is the clinic's already; of another the hint says where it belongs."""
    edit(minimal / SOURCE, "Bring 2 questions", f"Bring {number}")
    output = publish(minimal, "check", "--locale", "en").output
    assert f"{SOURCE}:18: error[phone-typed]" in output
    assert hint in output


@pytest.mark.parametrize(("name", "code"), [("fonts.lock", "font-lock"), ("locales/lengths.toml", "file-unreadable")])
def test_tables_of_the_program(minimal: Path, publish: Publish, name: str, code: str) -> None:
    """A table that the program writes and a person has spoiled is reported at the line."""
    (minimal / name).write_text("# spoiled\nx\n", encoding="utf-8")
    assert f"{name}:2: error[{code}]: can't be used: " in publish(minimal, "check").output


def test_not_a_pdf(minimal: Path, publish: Publish) -> None:
    """What a library says of its own objects is left out of a message."""
    output = publish(minimal, "preflight", str(minimal / SOURCE)).output
    assert "error[preflight-unreadable]: this can't be read as a PDF: unable to" in output
    assert "object at 0x" not in output


def test_product_of_no_document(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A product that suits no document is refused in words, and with a document's name the reason is a finding."""
    shutil.copytree(minimal / "layouts" / "slip", minimal / "layouts" / "pair")
    edit(
        minimal / "layouts/pair/layout.toml",
        '[[passages]]\nname = "text"\n',
        '[[passages]]\nname = "text"\ntakes = "act"\n',
    )
    with (minimal / PRODUCTS).open("a", encoding="utf-8") as file:
        file.write('\n[pair]\nlayout = "pair"\n')
    result = publish(minimal, "build", "--locale", "en", "--product", "pair")
    assert result.exit_code == 2
    assert "no document can be made as pair" in result.output
    assert "error[panel-" in publish(minimal, "build", "visit", "--product", "pair").output


def test_product_in_a_broken_table(minimal: Path, publish: Publish, edit: Edit) -> None:
    """No name is mistyped where the table of products can't be used: the table is at fault."""
    edit(minimal / PRODUCTS, 'layout = "slip"', 'layout = "slap"')
    result = publish(minimal, "build", "--product", "slip")
    assert f"{PRODUCTS}:2: error[layout]" in result.output
    assert "no product is called" not in result.output
