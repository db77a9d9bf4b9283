from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from pressroom.cli.main import main
from pressroom.fingerprint import content_hash
from pressroom.publish import Store
from pressroom.publish.store import sha256_of
from tests.papers import THREE_SLIPS

SIGN = ["--role", "clinician", "--name", "Cora Clinic", "--qualification", "licensed in a story", "--yes"]


def run(root: Path, *words: str) -> tuple[int, str]:
    """A command's exit code and everything it says."""
    done = CliRunner().invoke(main, ["--project", str(root), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a folder, but the lock."""
    return {str(p): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file() and p.name != ".lock"}


@pytest.mark.parametrize("damage", ["cut", "newer"])
@pytest.mark.parametrize(
    "words",
    [
        ["build", "--locale", "en"],
        ["build", "--verify"],
        ["build", "--release", "--locale", "en"],
        ["rollback", "1"],
        ["sheet", "signs", "--locale", "es", "--on", "desk", "--release"],
        ["verify", "output/released"],
        ["review", "signs", "--locale", "es"],
        ["sign", "signs", "--locale", "en", *SIGN],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_manifest_that_cannot_be_read(released, words, damage, monkeypatch):
    """Every command that needs the manifest names it and stops before it writes anything."""
    monkeypatch.chdir(released.root)
    for path in (released.output / "current" / "manifest.json", released.output / "released" / "manifest.json"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text[:-3] if damage == "cut" else text.replace('"schema": 2', '"schema": 2, "later": 1'))
    (released.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS)
    before = snapshot(released.root)
    code, said = run(released.root, *words)
    assert code == 1, said
    assert "error[manifest-unreadable]" in said
    assert "manifest.json" in said
    assert ("newer version" in said) == (damage == "newer")
    assert snapshot(released.root) == before


def test_the_list_of_editions(released):
    """An edition whose manifest can't be read is listed with the others, which somebody may return to."""
    released.edit("locales/es/LC_MESSAGES/signs.po", "Pida ayuda", "Pida más ayuda")
    assert released.build().failed is False
    (path,) = (released.output / "editions").glob("*/manifest.json")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("slip", "slap", 1))
    code, said = run(released.root, "editions")
    assert code == 1
    assert f"{path}: error[manifest-unreadable]" in said
    assert said.count("proofs ") == 2
    assert said.count("released ") == 1


@pytest.mark.parametrize("lost", ["manifest", "link", "edition", "bit"])
def test_what_else_may_be_lost_of_an_edition(released, lost):
    """Without its manifest, a released file does not disappear in silence when another one is released."""
    link = released.output / "released"
    edition = link.resolve()
    if lost == "manifest":
        (edition / "manifest.json").unlink()
    elif lost == "link":
        link.unlink()
    elif lost == "edition":
        link.unlink()
        link.symlink_to("editions/00002-00000000")
    else:
        flip(edition / "manifest.json")
    code, said = run(released.root, "build", "--release", "--locale", "en")
    there = lost in ("link", "edition")
    assert code == (0 if there else 1), said
    assert ("error[manifest-unreadable]" in said) != there
    assert len(list(released.output.glob("editions/*/es/*.pdf"))) == (2 if there else 1)
    assert not there or len(released.offered("es")) == 1


def test_the_translations_of_a_recalled_english(released):
    """With the English its translations leave the edition: nobody hands them out without it."""
    code, said = run(
        released.root, "recall", "signs", "--locale", "en", "--reason", "misprint", "--name", "Cora Clinic"
    )
    assert code == 0
    assert "files taken out of the edition: 2" in said
    assert released.offered("es") == []


def test_a_recall_is_written_all_the_same(released):
    """What takes back must not fail: the recall is on record, and the manifest is named."""
    path = released.output / "released" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8")[:-3])
    code, said = run(released.root, "recall", "signs", "--reason", "misprint", "--name", "Cora Clinic")
    assert code == 1
    assert "manifest-unreadable" in said
    assert len(list((released.root / "source" / "recalls").glob("*.toml"))) == 1


def flip(path: Path) -> None:
    """Change one bit of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def damaged(bench, locale: str) -> None:
    """Flip a bit in the object of a locale's proof."""
    (record,) = [r for r in bench.build().pieces if r.locale == locale]
    flip(bench.output / "objects" / record.sha256)


def is_published(bench, locale: str) -> bool:
    """True where the current proof is the file that the manifest lists."""
    store = Store(bench.output)
    return all(sha256_of(store.current / r.path) == r.sha256 for r in store.manifest().pieces if r.locale == locale)


@pytest.mark.parametrize("asked", ["es", "en"])
def test_a_damaged_object_is_made_again(built, asked):
    """A build notices the flipped bit, also of a piece that it was not asked for, and publishes the piece again."""
    shutil.rmtree(built.output)
    damaged(built, "es")
    assert not is_published(built, "es")
    report = built.build(asked)
    assert {id[1] for id in report.made} == {"es"}
    assert is_published(built, "es")
    assert not built.build().changed


def test_verify_reads_the_published_file(built):
    """`build --verify` compares the file itself, not what the manifest says of it."""
    shutil.rmtree(built.output)
    damaged(built, "es")
    code, said = run(built.root, "build", "--verify", "--locale", "es")
    assert code == 1
    assert "error[published-altered]" in said
    assert "0 of 1" in said


@pytest.mark.parametrize("name", ["layouts/products.toml", "source/clinics.toml", "source/signs.md"])
@pytest.mark.parametrize("words", [["build"], ["build", "--release", "--locale", "en"]], ids=lambda words: words[-1])
def test_what_every_piece_depends_on(released, name, words):
    """Where nothing can be planned, nothing is published: neither edition loses a file."""
    path = released.root / name
    path.write_text("= {{{\n" + path.read_text(encoding="utf-8"))
    before = snapshot(released.output)
    code, said = run(released.root, *words)
    assert code == 1
    assert f"{name}:1: error[" in said
    assert snapshot(released.output) == before


@pytest.mark.parametrize("name", ["layouts/products.toml", "source/clinics.toml", "fonts.lock"])
@pytest.mark.parametrize("words", [["verify", "output/released"], ["rollback", "1"]], ids=lambda words: words[0])
def test_who_asks_about_released_files(released, name, words, monkeypatch):
    """What a file is can't be said while a file that every piece depends on can't be read: it is named."""
    monkeypatch.chdir(released.root)
    (released.root / name).write_text("= {{{\n")
    code, said = run(released.root, *words)
    assert code == 1
    assert name in said


@pytest.mark.parametrize("what", ["link", "dangling link"])
def test_a_folder_of_documents(released, tmp_path, what):
    """Documents in a folder that can't be searched are not gone: their releases stay, and the folder is named."""
    if what == "link":
        (tmp_path / "elsewhere").mkdir()
        released.source.rename(tmp_path / "elsewhere" / "signs.md")
    else:
        released.source.unlink()
    (released.root / "source" / "cards").symlink_to(tmp_path / "elsewhere")
    before = snapshot(released.output / "released")
    for words in (["build", "--release"], ["build"], ["build", "signs"], ["check"], ["update"]):
        code, said = run(released.root, *words)
        assert code == 1, said
        assert "source/cards: error[file-unreadable]" in said
    after = snapshot(released.output / "released")
    assert {name for name in after if name.endswith(".pdf")} == {name for name in before if name.endswith(".pdf")}


@pytest.mark.parametrize("name", ["source/recalls", "releases", "locales/es/signoffs", "source/signoffs"])
@pytest.mark.parametrize("what", ["link", "dangling link", "file"])
def test_a_folder_of_records(released, tmp_path, name, what):
    """A folder of records that can't be searched may hold what takes a release back: nothing is offered without it."""
    folder = released.root / name
    if folder.is_dir():
        folder.rename(tmp_path / "elsewhere")
    if what == "file":
        folder.write_text("")
    else:
        (tmp_path / "other").mkdir()
        folder.symlink_to(tmp_path / ("other" if what == "link" else "nowhere"))
    code, said = run(released.root, "verify", str(released.output / "released"))
    assert code == 1
    assert f"{name}: error[record-broken]" in said
    assert " unsure " in said
    assert " current " not in said
    code, said = run(released.root, "build", "--release")
    assert code == 1
    assert len(released.offered("es")) == 1


def test_a_withdrawal_under_another_name(released):
    """A record that no program named so may be a withdrawal: what is released on its folder's records is unsure."""
    code, said = run(released.root, "unsign", "signs", "--locale", "es", "--role", "reviewer", "--reason", "misread")
    assert code == 0, said
    (path,) = (released.root / "locales/es/signoffs/signs").glob("unsigned-*.toml")
    path.rename(path.with_name(f"old-{path.name}"))
    code, said = run(released.root, "verify", str(released.output / "released"))
    assert code == 1
    assert " unsure " in said


def test_one_faulty_clinic_keeps_its_files(released):
    """A clinic whose entry has a fault loses neither its proofs nor what was released for it."""
    clinics = released.root / "source" / "clinics.toml"
    other = clinics.read_text(encoding="utf-8").replace("larkspur-clinic", "other-clinic")
    released.edit("source/clinics.toml", "emergency", "emergencies")
    clinics.write_text(clinics.read_text(encoding="utf-8") + other)
    for words in (["build"], ["build", "--release"]):
        code, said = run(released.root, *words)
        assert code == 1
        assert "error[clinic]" in said
    for edition in ("current", "released"):
        assert len(list((released.output / edition / "es").glob("*.larkspur-clinic.*"))) == 1


@pytest.mark.parametrize("name", ["layouts/brand.toml", "layouts/words.toml", "fonts.lock"])
def test_a_build_with_nothing_to_do(built, name):
    """A shared file that can't be read is named though no piece is made from it now."""
    path = built.root / name
    path.unlink(missing_ok=True)
    path.symlink_to("/nowhere")
    code, said = run(built.root, "build", "--release")
    assert code == 1
    assert f"{name}: error[file-unreadable]" in said


def printed(bench) -> dict[str, bytes]:
    """The files of the printer in the hall."""
    return snapshot(bench.output / "printers" / "hall")


@pytest.fixture
def with_printer(released):
    """A released project with corrected files for a printer."""
    settings = released.root / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[tool.pressroom.printers.hall]\nfront = [1.0, 0.0]\n")
    code, said = run(released.root, "build", "--release", "--printer", "hall")
    assert code == 0, said
    assert [name for name in printed(released) if name.endswith(".pdf")]
    return released


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
@pytest.mark.parametrize("words", [["build", "--release"], ["build", "--release", "--printer", "hall"]], ids=len)
def test_the_list_of_a_printers_files(with_printer, words, text):
    """A printer's files stay where the list of what they were made from can't be read, and the list is named."""
    path = with_printer.output / "printers" / "hall" / "released.json"
    path.write_text(text)
    before = printed(with_printer)
    code, said = run(with_printer.root, *words)
    assert code == 1
    assert "error[manifest-unreadable]" in said
    assert "released.json" in said
    assert printed(with_printer) == before


@pytest.mark.parametrize(
    ("name", "expected"), [("output/printers/hall/released.json", 1), ("layouts/products.toml", 0)]
)
def test_a_recalled_file_leaves_the_printer_all_the_same(with_printer, name, expected):
    """Whatever else can't be read, a recalled file is no longer in the folder that people print from."""
    (with_printer.root / name).write_text("= {{{\n")
    code, _ = run(
        with_printer.root, "recall", "signs", "--locale", "es", "--reason", "misprint", "--name", "Cora Clinic"
    )
    assert code == expected
    assert not [path for path in printed(with_printer) if "/es/" in path]
    assert not list((with_printer.output / "released").glob("es/*"))


@pytest.mark.parametrize("name", ["source/clinics.toml", "locales/lengths.toml"])
def test_update_changes_no_catalog(built, name):
    """Catalogs say what clinics print and how long texts may be; they are not written without those files."""
    (built.root / name).write_text("= {{{\n")
    before = snapshot(built.root / "locales")
    code, said = run(built.root, "update")
    assert code == 1
    assert name in said
    assert snapshot(built.root / "locales") == before


@pytest.mark.parametrize("text", ["", "= {{{\n", "message = []\n"])
def test_words_that_were_signed(released, text):
    """A damaged file of signed words is named: without it `status` compares with older words."""
    (path,) = (released.root / "locales").glob("es/signoffs/signs/texts/*.toml")
    path.write_text(text)
    code, said = run(released.root, "build", "--release")
    assert code == 0
    assert f"{path.name}:1: warning[words-unreadable]" in said
    code, said = run(released.root, "verify", str(released.output / "released"))
    assert code == 0, said


def test_status_names_what_it_could_not_read(released):
    """The table of states says which records are not in it."""
    (path,) = (released.root / "releases").glob("*.toml")
    path.write_text("= {{{\n")
    _, said = run(released.root, "status")
    assert f"{path.name}:1: error[record-broken]" in said


@pytest.mark.parametrize("asked", ["es", "en"])
def test_a_damaged_released_file(released, asked):
    """A released file that nobody may make again leaves the edition; the release fails and names the file."""
    (path,) = released.offered("es")
    flip(released.output / "objects" / content_hash(path.read_bytes()))
    flip(path)
    released.edit("locales/es/LC_MESSAGES/signs.po", "Pida ayuda", "Pida más ayuda")
    code, said = run(released.root, "build", "--release", "--locale", asked)
    assert code == 1
    assert "error[published-altered]" in said
    assert path.name in said
    assert not path.exists()


def test_a_damaged_released_file_that_may_be_made_again(released):
    """While its signatures count, a damaged release is made again with the same bytes."""
    (path,) = released.offered("es")
    good = path.read_bytes()
    flip(released.output / "objects" / content_hash(good))
    flip(path)
    assert not released.release().failed
    assert path.read_bytes() == good


def test_what_is_no_file_in_an_edition(released):
    """A pipe is not read, a link is not followed, and neither ends a command with a traceback."""
    (path,) = released.offered("es")
    data = path.read_bytes()
    (released.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS)
    path.unlink()
    os.mkfifo(path)
    code, said = run(released.root, "verify", str(released.output / "released"))
    assert code == 1
    assert " foreign " in said
    path.unlink()
    (released.root / "other.pdf").write_bytes(data)
    path.symlink_to(released.root / "other.pdf")
    code, said = run(released.root, "sheet", "signs", "--locale", "es", "--on", "desk", "--release")
    assert code == 1
    assert f"{path.name}: error[output-unwritable]" in said
    assert "links are not followed" in said
