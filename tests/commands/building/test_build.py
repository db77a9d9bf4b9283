from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Edit = Callable[[Path, str, str], None]
Publish = Callable[..., Result]
SPANISH = "locales/es/LC_MESSAGES/visit.po"
pytestmark = pytest.mark.usefixtures("fonts")


def _manifest(project: Path) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((project / "output" / "current" / "manifest.json").read_text(encoding="utf-8"))
    return table


def _told(result: Result) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(result.stdout)["findings"]
    # Every project without an address gets this note.
    return [problem for problem in findings if problem["code"] != "address-missing"]


def test_build(minimal: Path, publish: Publish) -> None:
    """A build makes every piece, says so in a table, and lists the files with their facts."""
    import hashlib

    result = publish(minimal, "build")
    assert result.exit_code == 0
    assert "2 made; 2 proofs" in result.stdout
    files = _manifest(minimal)["files"]
    assert [(f["path"], f["document"], f["locale"], f["clinic"], f["product"], f["pages"]) for f in files] == [
        (f"{tag}/visit.{tag}.slip.larkspur-clinic.PROOF.pdf", "visit", tag, "larkspur-clinic", "slip", 1)
        for tag in ("en", "es")
    ]
    for file in files:
        data = (minimal / "output" / "current" / file["path"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["state"] == "translated"
        assert file["diagnostics"] == []


def test_nothing_to_do(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A second build makes nothing; a translation that changed makes what prints it."""
    publish(minimal, "build")
    before = (minimal / "output" / "current").resolve()
    again = publish(minimal, "build")
    assert (again.exit_code, "nothing to do, 2 unchanged" in again.stdout) == (0, True)
    assert (minimal / "output" / "current").resolve() == before
    edit(minimal / SPANISH, "ropa cómoda", "ropa ancha")
    assert "1 made, 1 unchanged" in publish(minimal, "build").stdout


@pytest.mark.usefixtures("workers")
def test_same_bytes(minimal: Path, publish: Publish) -> None:
    """The same inputs give the same bytes, in another folder and however many pieces are made at a time."""
    publish(minimal, "build", "--jobs", "1")
    publish(minimal, "build", "--jobs", "2", "--output", str(minimal / "other"))
    one, other = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (minimal / "output" / "current", minimal / "other" / "current")
    )
    assert one == other
    assert len(one) == 3


def test_a_deleted_file_comes_back(minimal: Path, publish: Publish) -> None:
    """A file that somebody deleted from the edition is there again after the next build."""
    publish(minimal, "build")
    (path,) = (minimal / "output" / "current" / "es").iterdir()
    path.unlink()
    assert publish(minimal, "build").exit_code == 0
    assert path.name in {found.name for found in (minimal / "output" / "current" / "es").iterdir()}


def test_broken_catalog(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A catalog that can't be read refuses its own locale, at its line, and no other."""
    edit(minimal / SPANISH, 'msgstr "Su visita"', 'msgstr "Su visita')
    result = publish(minimal, "build", "--format", "json")
    assert result.exit_code == 1
    (problem,) = _told(result)
    assert (problem["code"], problem["path"]) == ("catalog-syntax", SPANISH)
    assert problem["line"] == 1 + (minimal / SPANISH).read_text().split('"Su visita')[0].count("\n")
    assert [file["locale"] for file in _manifest(minimal)["files"]] == ["en"]
    (refused,) = _manifest(minimal)["refused"]
    assert (refused["locale"], refused["path"], refused["sha256"]) == ("es", "", "")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Llame al {phone} **", "Llame al {fax} **", "placeholder-unknown"),
        ("Llame al {phone} **", "Llame **", "placeholder-lost"),
        ("Llame al {phone} **", "Llame al {phone} <b>**", "translation-html"),
        ("**antes de venir**", "**antes de venir", "markup-broken"),
    ],
)
def test_spoilt_message(old: str, new: str, code: str, minimal: Path, publish: Publish, edit: Edit) -> None:
    """A translation that lost or made up something is refused at its line; the others are made."""
    edit(minimal / SPANISH, old, new)
    result = publish(minimal, "build", "--format", "json")
    assert result.exit_code == 1
    findings = [problem for problem in _told(result) if problem["code"] == code]
    line = 1 + (minimal / SPANISH).read_text(encoding="utf-8").split(new)[0].count("\n")
    assert [(problem["path"], problem["line"]) for problem in findings] == [(SPANISH, line)]
    assert findings[0]["hint"]
    assert "en" in [file["locale"] for file in _manifest(minimal)["files"]]


def test_deleted_word(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A message left empty is printed in English, marked, and the proof is no release."""
    edit(minimal / SPANISH, 'msgstr "Su visita"', 'msgstr ""')
    result = publish(minimal, "build", "--locale", "es", "--format", "json")
    assert result.exit_code == 0
    (problem,) = _told(result)
    assert (problem["code"], problem["severity"]) == ("incomplete", "warning")
    assert "1 untranslated of 5" in problem["message"] or "1 untranslated of 4" in problem["message"]
    assert _manifest(minimal)["files"][0]["state"] == "missing"


def test_doubled_text(minimal: Path, publish: Publish, edit: Edit) -> None:
    """Text too long for its panel is an error with panel, millimetres and locale, and its proof is made."""
    edit(minimal / SPANISH, "Use ropa cómoda", ("Use ropa muy cómoda y ancha para su visita de hoy. " * 22).strip())
    result = publish(minimal, "build", "--locale", "es", "--format", "json")
    assert result.exit_code == 1
    (problem,) = [findings for findings in _told(result) if findings["code"] == "overset"]
    assert "panel 'visit'" in problem["message"]
    assert " mm at 7.0 pt, its smallest, in es" in problem["message"]
    assert f"{SPANISH}:" in problem["hint"]
    assert len(_manifest(minimal)["files"]) == 1


def test_missing_glyph(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A letter that no font of the language has is refused at its line, never printed as a box."""
    edit(minimal / SPANISH, "Use ropa cómoda", "Use ropa cómoda 衣")
    result = publish(minimal, "build", "--locale", "es", "--format", "json")
    assert result.exit_code == 1
    problem = next(problem for problem in _told(result) if problem["code"] == "glyph-missing")
    assert "U+8863" in problem["message"]
    assert problem["path"] == SPANISH
    assert problem["line"]
    assert _manifest(minimal)["files"] == []


def test_missing_glyph_of_a_name(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A clinic's name in letters that the reader's language has no font for is refused at the clinic's line."""
    edit(minimal / "source" / "clinics.toml", 'name = "Larkspur Clinic"', 'name = "عيادة Larkspur"')
    result = publish(minimal, "build", "--locale", "es", "--format", "json")
    assert result.exit_code == 1
    problem = next(problem for problem in _told(result) if problem["code"] == "glyph-missing")
    assert "U+0627" in problem["message"]
    assert (problem["path"], problem["line"]) == ("source/clinics.toml", 2)


def test_pictures(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A picture that is not there, leads out, is a link or is truncated is refused at the line that names it."""
    source = minimal / "source"
    edit(source / "visit.md", "- Wear", "![A leg](leg.png)\n\n- Wear")

    def findings() -> list[tuple[str, int]]:
        result = publish(minimal, "build", "--locale", "en", "--format", "json")
        return [(p["code"], p["line"]) for p in _told(result) if p["code"].startswith("image-")]

    assert findings() == [("image-missing", 17)]
    (source / "leg.png").symlink_to("/etc/hostname")
    assert findings() == [("image-missing", 17)]
    (source / "leg.png").unlink()
    from PIL import Image

    Image.effect_noise((40, 40), 50).save(source / "leg.png")
    assert findings() == []
    (source / "leg.png").write_bytes((source / "leg.png").read_bytes()[:300])
    assert findings() == [("image-unsafe", 17)]
    edit(source / "visit.md", "leg.png", "../../leg.png")
    assert findings() == [("image-missing", 17)]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("leg.png", "there is no picture 'leg.png'"),
        ("leg.tif", "it is a .tif"),
        ("https://a.example/leg.png", "is on the web"),
        ("../leg.png", "below the document's folder"),
    ],
)
def test_check_sees_pictures(minimal: Path, publish: Publish, edit: Edit, written: str, says: str) -> None:
    """What a build refuses about a picture, `check` finds at the line that names it, in every language."""
    edit(minimal / "source" / "visit.md", "- Wear", f"![A leg]({written})\n\n- Wear")
    for locale in ("en", "es"):
        found = _told(publish(minimal, "check", "--locale", locale, "--format", "json"))
        (finding,) = [finding for finding in found if finding["code"] == "image-missing"]
        assert says in finding["message"]
        assert finding["line"] == 17


def test_words_in_a_drawing(minimal: Path, publish: Publish, edit: Edit) -> None:
    """Words drawn in a picture stay English, so other languages report them where the picture is named."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><text x="9" y="50">STOP: clot</text></svg>'
    (minimal / "source" / "leg.svg").write_text(svg, encoding="utf-8")
    edit(minimal / "source" / "visit.md", "- Wear", "![A leg](leg.svg)\n\n- Wear")
    for command in ("check", "build"):
        found = _told(publish(minimal, command, "--format", "json"))
        (finding,) = [finding for finding in found if finding["code"] == "image-words"]
        assert "“STOP: clot”" in finding["message"]
        assert finding["line"] == 17


def test_coarse_picture(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A picture of too few pixels is named, with its size on paper and the pixels that it needs."""
    from PIL import Image

    Image.new("L", (60, 30), 90).save(minimal / "source" / "leg.png")
    edit(minimal / "source" / "visit.md", "- Wear", "![A leg](leg.png){width=20%}\n\n- Wear")
    found = _told(publish(minimal, "build", "--locale", "en", "--format", "json"))
    (finding,) = [finding for finding in found if finding["code"] == "preflight-resolution"]
    assert "the picture leg.png has 98 dots an inch, printed 16 × 8 mm from 60 × 30 pixels" in finding["message"]
    assert "give it 185 × 93 pixels" in finding["hint"]
    assert (finding["path"], finding["line"]) == ("source/visit.md", 17)


def test_sign_of_a_drawing_without_glyph(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A sign in a drawing that the language has no font for is refused where the picture is named."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><text x="9" y="50">血栓</text></svg>'
    (minimal / "source" / "leg.svg").write_text(svg, encoding="utf-8")
    edit(minimal / "source" / "visit.md", "- Wear", "![A leg](leg.svg)\n\n- Wear")
    found = _told(publish(minimal, "build", "--locale", "en", "--format", "json"))
    assert {(f["code"], f["line"]) for f in found if f["severity"] == "error"} == {("glyph-missing", 17)}


def _remove(name: str) -> Callable[[Path], None]:
    return lambda root: shutil.rmtree(root / name) if (root / name).is_dir() else (root / name).unlink()


def _write(name: str, data: bytes) -> Callable[[Path], None]:
    return lambda root: (root / name).write_bytes(data) and None


def _reserve(root: Path) -> None:
    shutil.copy(root / "source" / "visit.md", root / "source" / "layouts.md")


@pytest.mark.parametrize(
    ("spoil", "code", "path", "line"),
    [
        (_remove("locales"), "catalog-missing", "locales/es/LC_MESSAGES/visit.po", 1),
        (_remove("layouts"), "file-unreadable", "layouts/products.toml", 0),
        (_remove("layouts/words.toml"), "file-unreadable", "layouts/words.toml", 0),
        (_remove("layouts/brand.toml"), "file-unreadable", "layouts/brand.toml", 0),
        (_remove("layouts/slip"), "layout", "layouts/products.toml", 2),
        (_remove("source/clinics.toml"), "file-unreadable", "source/clinics.toml", 0),
        (_write("source/visit.md", b""), "front-matter", "source/visit.md", 1),
        (_write("source/visit.md", b"---\nna\xefve\n"), "file-unreadable", "source/visit.md", 2),
        (_write("source/clinics.toml", b"\n[a"), "clinic", "source/clinics.toml", 2),
        (lambda root: (root / "source" / "a.md").mkdir(), "file-unreadable", "source/a.md", 0),
        (lambda root: (root / "source" / "a.md").symlink_to("/etc/passwd"), "file-unreadable", "source/a.md", 0),
        (lambda root: (root / "layouts" / "slip" / "a.css").mkdir(), "file-unreadable", "layouts/slip/a.css", 0),
        (_reserve, "document-name", "source/layouts.md", 1),
    ],
)
def test_spoilt_project(
    spoil: Callable[[Path], None], code: str, path: str, line: int, minimal: Path, publish: Publish
) -> None:
    """Whatever is missing from a project, or is not what it should be, is reported at its file, and exits 1."""
    spoil(minimal)
    result = publish(minimal, "build", "--format", "json")
    assert result.exit_code == 1
    assert (code, path, line) in {(p["code"], p["path"], p["line"]) for p in _told(result)}


def test_two_of_one_name(minimal: Path, publish: Publish) -> None:
    """Of two documents of one name neither is made, and no catalog is touched."""
    (minimal / "source" / "more").mkdir()
    shutil.copy(minimal / "source" / "visit.md", minimal / "source" / "more")
    before = (minimal / SPANISH).read_bytes()
    for command in ("build", "update"):
        result = publish(minimal, command, "--format", "json")
        assert result.exit_code == 1
        assert [problem["code"] for problem in _told(result)] == ["document-name"]
    assert not (minimal / "output" / "current").exists()
    assert (minimal / SPANISH).read_bytes() == before


def test_windows(minimal: Path, publish: Publish) -> None:
    """A source saved on Windows, with its byte-order mark and line ends, is the same document."""
    publish(minimal, "build", "--locale", "es")
    before = _manifest(minimal)["files"][0]["sha256"]
    source = minimal / "source" / "visit.md"
    source.write_bytes(b"\xef\xbb\xbf" + source.read_bytes().replace(b"\n", b"\r\n"))
    assert "nothing to do" in publish(minimal, "build", "--locale", "es").stdout
    elsewhere = minimal.with_name("elsewhere")
    publish(minimal, "build", "--locale", "es", "--output", str(elsewhere / "output"))
    assert _manifest(elsewhere)["files"][0]["sha256"] == before


@pytest.mark.parametrize("name", ["output", "output/objects", "output/.lock/x"])
def test_output_in_the_way(name: str, minimal: Path, publish: Publish) -> None:
    """An output that can't be written is said to be so, and exits 1."""
    path = minimal / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("in the way", encoding="utf-8")
    result = publish(minimal, "build", "--format", "json")
    assert result.exit_code == 1
    assert [problem["code"] for problem in _told(result)] == ["output-unwritable"]


def test_busy(minimal: Path, publish: Publish) -> None:
    """While another build holds the output nothing is done, and the exit code is 75."""
    from pressroom.publish import output_lock

    with output_lock(minimal / "output"):
        result = publish(minimal, "build", "--format", "json")
    assert result.exit_code == 75
    assert [problem["code"] for problem in _told(result)] == ["output-busy"]
    assert not (minimal / "output" / "current").exists()


def test_narrowed_build_keeps_the_rest(minimal: Path, publish: Publish, edit: Edit) -> None:
    """A build of one locale keeps the others' files, and says which of them are outdated."""
    publish(minimal, "build")
    edit(minimal / "source" / "visit.md", "review-by: 2027-11", "review-by: 2027-12")
    publish(minimal, "build", "--locale", "en")
    outdated = {file["locale"]: file["outdated"] for file in _manifest(minimal)["files"]}
    assert outdated == {"en": False, "es": True}


def test_other_clinic(other_clinic: Path, publish: Publish) -> None:
    """Another clinic, in another country, format and languages, is made by the same engine without a word."""
    result = publish(other_clinic, "build", "--format", "json")
    assert result.exit_code == 0
    assert {problem["code"] for problem in _told(result)} == {"pending"}
    files = _manifest(other_clinic)["files"]
    assert {(file["locale"], file["clinic"]) for file in files} == {
        (tag, clinic) for tag in ("en", "de", "fa") for clinic in ("praxis-lindenhof", "praxis-am-see")
    }
    assert {file["pages"] for file in files} == {2}
