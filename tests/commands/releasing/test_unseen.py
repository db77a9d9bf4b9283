"""What nobody has seen or signed does not reach a release: through templates, styles, pictures, clinics."""

from __future__ import annotations

import shutil

import pypdfium2
import pytest

from pressroom.diagnostics import Severity
from tests.commands.conftest import SPANISH

BLOCKS = "{{ blocks(panels[0].blocks) }}"
NAMES = "text(panels, blocks"
TIP = '[tip]\ntext = "Drink water"\n\n[draft]'
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
    '<rect width="9" height="9" fill="{}"/></svg>'
)


def errors(report):
    """The codes of what a report says went wrong."""
    return {d.code for d in report.diagnostics if d.severity is Severity.ERROR}


def write(bench, more, *names, layout="slip"):
    """Add to what the slip's template writes in its frame of text, and to what its macro is given."""
    bench.edit(f"layouts/{layout}/template.html", BLOCKS, BLOCKS + more)
    bench.edit(f"layouts/{layout}/template.html", NAMES, ", ".join((NAMES, *names)))


def style(bench, more):
    """Add to the slip's style."""
    path = bench.root / "layouts" / "slip" / "style.css"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


@pytest.fixture
def unread(monkeypatch):
    """Styles are not checked when they are read, so that what looks at the finished page is tried alone."""
    monkeypatch.setattr("pressroom.layout.read.style_problems", lambda *_, **__: ())


def signed(bench):
    """Build, have all sign, and release: what stands there before the attack."""
    bench.update()
    bench.fill(SPANISH)
    assert not bench.build().failed
    bench.sign_all()
    assert not bench.release().failed


@pytest.mark.parametrize(
    "condition",
    ["not proof", "proof", 'control.version != "PROOF"', "not proof and language.tag", "control.dated"],
)
def test_a_template_that_asks_what_it_writes(built, condition):
    """A template can't tell a proof from a release: one that asks is refused at its line, and nothing is made."""
    write(built, f"\n{{% if {condition} %}}<p>Take 5</p>{{% endif %}}")
    report = built.build()
    problems = [d for d in report.diagnostics if d.severity is Severity.ERROR]
    assert {(d.code, d.span.path, d.span.line) for d in problems} == {("template", "layouts/slip/template.html", 2)}
    assert not any(piece.made for piece in report.pieces)


def test_a_proof_does_not_pass_for_a_release(released):
    """A proof ends in other control signs than its release: PROOF where that has a version, and another hash."""

    def control(path):
        with pypdfium2.PdfDocument(path) as document:
            text = document[0].get_textpage().get_text_range()
        return next(line for line in text.splitlines() if line.startswith("CRD-001 ")).strip().split(" · ")

    released.build()
    (proof,) = (released.output / "current" / "es").glob("*.PROOF.pdf")
    (release,) = (path for path in released.offered() if path.parent.name == "es")
    one, other = control(proof), control(release)
    assert (one[2], other[2]) == ("PROOF", "1.0")
    assert len(one[-1]) == len(other[-1]) == 8
    assert one[-1] != other[-1]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ('.sheet > .frame:first-child::before { content: "Take 5 " }', "text-added"),
        (".sheet > .frame:first-child p:last-of-type { display: none }", "text-hidden"),
        (".sheet > .frame:first-child p:last-of-type { font-size: 0 }", "text-hidden"),
        (".sheet > .frame:first-child p:last-of-type { opacity: 0 }", "text-hidden"),
        (".sheet > .frame:first-child p { height: 0; overflow: hidden }", "text-hidden"),
    ],
)
def test_a_style_that_tells_a_release_from_its_proof(unread, built, rule, code):
    """A style that adds or hides words where the marks of a proof are not is refused."""
    style(built, rule)
    built.build()
    built.sign_all()
    assert code in errors(built.release())
    assert built.offered() == []


def test_a_style_that_hides_words_is_refused_when_it_is_read(built):
    """A style that can hide words is refused at its line, whichever words they are, and nothing is made."""
    style(built, "\n.no-such { opacity: 0 }")
    report = built.build()
    problems = {(d.code, d.span.path, d.span.line) for d in report.diagnostics if d.severity is Severity.ERROR}
    lines = (built.root / "layouts" / "slip" / "style.css").read_text(encoding="utf-8").splitlines()
    assert problems == {("look-hides", "layouts/slip/style.css", len(lines))}
    assert not any(piece.made for piece in report.pieces)


@pytest.mark.parametrize(
    "rule",
    [
        ".proof { display: none !important }",
        ".proof { left: -500mm !important }",
        ".proof .label { font-size: 0 !important }",
        ".proof { visibility: hidden }",
        ".frame-control { display: none }",
    ],
)
def test_a_style_that_hides_what_every_piece_says(unread, built, rule):
    """Nothing is made where a style hides a proof's marks or the control lines."""
    style(built, rule)
    report = built.build()
    assert "text-hidden" in errors(report)
    assert not any(piece.made for piece in report.pieces)


@pytest.mark.parametrize(
    "rule",
    [
        ".frame { z-index: 2; background: #fff; box-shadow: none; outline: 40mm solid #fff }",
        ".frame::after { content: ''; position: absolute; z-index: 2; background: #900; top: -60mm; left: -90mm;"
        " width: 200mm; height: 200mm }",
        ".proof { z-index: -1 !important } .sheet { background: #fff }",
        ".proof, .proof * { color: #fff !important; background: #fff !important }",
    ],
)
def test_a_style_that_covers_a_proofs_marks(unread, built, rule):
    """Nothing is made where something is drawn over a proof's marks, or they are of the paper's colour."""
    style(built, rule)
    report = built.build()
    assert errors(report) & {"preflight-unseen", "text-hidden"}
    assert not any(piece.made for piece in report.pieces)


def test_a_logo_of_the_brand(built):
    """The brand's logo is printed, so another picture under its name is looked at again."""
    logo = built.root / "layouts" / "art" / "logo.svg"
    logo.parent.mkdir(exist_ok=True)
    logo.write_text(LOGO.format("black"), encoding="utf-8")
    built.edit("layouts/brand.toml", "[colour]", '[logo]\nfile = "art/logo.svg"\ntext = "Larkspur"\n\n[colour]')
    write(built, '<p><img class="mark" src="{{ logo.path }}" alt="{{ logo.text }}"></p>', "logo")
    style(built, ".mark { width: 5mm }")
    signed(built)
    logo.write_text(LOGO.format("gray"), encoding="utf-8")
    assert errors(built.release()) == {"look-unsigned"}


def test_a_picture_in_a_linked_folder(built):
    """A picture behind a link is refused: it could be one that nobody meant to print."""
    for name in ("x", "pictures"):
        (built.root / "source" / name).mkdir()
    document = built.source.rename(built.root / "source" / "x" / "signs.md")
    (built.root / "source" / "pictures" / "leg.svg").write_text(LOGO.format("black"), encoding="utf-8")
    document.write_text(document.read_text(encoding="utf-8") + "\n![leg](p/leg.svg)\n", encoding="utf-8")
    built.update()
    (document.parent / "p").symlink_to("../pictures")
    (problem,) = {d.message for d in built.build().diagnostics if d.code == "image-missing"}
    assert problem == "there is no picture 'p/leg.svg': p is a link, and links are not followed"


def test_a_word_by_another_name(built):
    """A layout's word is signed for under whatever name the template calls it."""
    built.edit("layouts/words.toml", "[draft]", TIP)
    write(built, "{% set other = word_tip %}<p>{{ other }}</p>", "word_tip")
    built.update()
    built.fill({**SPANISH, "Drink water": "Beba agua"})
    signed(built)
    built.fill({**SPANISH, "Drink water": "Beba vino"})
    assert "stale" in errors(built.release("es"))


def test_a_template_is_not_given_the_emergency_number(built):
    """The number to call is printed by signed words alone: a template that asks the clinic for it is refused."""
    write(built, '{% set here = clinic %}<p>{{ here["emergency"] }}</p>', "clinic")
    report = built.build()
    assert errors(report) == {"template"}
    assert not any(piece.made for piece in report.pieces)


def test_the_number_of_another_clinic(built):
    """What a piece prints of another clinic is signed for."""
    path = built.root / "source" / "clinics.toml"
    other = '\n[other]\nname = "Other"\naddress = ["2 Hill"]\nemergency = "911"\nphone = "801-555-0111"\n'
    path.write_text(path.read_text(encoding="utf-8") + other, encoding="utf-8")
    built.edit(path, "[larkspur-clinic]\n", '[larkspur-clinic]\nlocations = ["larkspur-clinic", "other"]\n')
    write(built, "{% for one in places %}<p>{{ one.name }} {{ one.phone }}</p>{% endfor %}", "places")
    signed(built)
    built.edit(path, "801-555-0111", "801-555-0112")
    report = built.release()
    assert {piece.clinic for piece in report.refused} == {"larkspur-clinic", "other"}


def test_the_product_that_takes_the_place(built):
    """What the roomier product prints is signed for with the one that it takes the place of."""
    shutil.copytree(built.root / "layouts" / "slip", built.root / "layouts" / "big")
    products = built.root / "layouts" / "products.toml"
    built.edit(products, "[slip]", '[slip]\notherwise = "big"')
    more = '\n[big]\nlayout = "big"\ndescription = "big"\n'
    products.write_text(products.read_text(encoding="utf-8") + more, encoding="utf-8")
    built.edit("layouts/words.toml", "[draft]", TIP)
    write(built, "<p>{{ word_tip }}</p>", "word_tip", layout="big")
    built.update()
    built.fill({**SPANISH, "Drink water": "Beba agua"})
    signed(built)
    built.fill({**SPANISH, "Drink water": "Beba vino"})
    assert "stale" in errors(built.release("es"))


def test_two_documents_with_one_number(released):
    """A recall names a number, so two documents of one number are not released."""
    shutil.copy(released.source, released.root / "source" / "other.md")
    assert errors(released.release()) == {"number-twice"}


def test_a_version_below_the_one_released(released):
    """Versions go up: of two papers the higher is taken for the newer."""
    released.edit(released.source, 'version: "1.0"', 'version: "0.9"')
    assert errors(released.release()) == {"version"}
    released.edit(released.source, 'version: "0.9"', 'version: "1.10"')
    assert not released.release().failed


def test_a_version_that_goes_up(released):
    """1.10 is above 1.9, and the words that were signed are still signed."""
    for version in ("1.9", "1.10", "1.10a", "2"):
        before = released.source.read_text(encoding="utf-8").split('version: "')[1].split('"')[0]
        released.edit(released.source, f'version: "{before}"', f'version: "{version}"')
        assert not released.release().failed


def test_an_old_look_does_not_come_back(released):
    """Once a clinician has signed another look, the one before is released again only if somebody signs it again."""
    style_file = released.root / "layouts" / "slip" / "style.css"
    before = style_file.read_text(encoding="utf-8")
    style(released, "\n.frame-text { color: #111 }")
    released.build()
    released.sign("es", "clinician")
    assert not released.release("es").failed
    style_file.write_text(before, encoding="utf-8")
    assert errors(released.release("es")) == {"look-unsigned"}
    released.build()
    released.sign("es", "reviewer")
    assert not released.release("es").failed
