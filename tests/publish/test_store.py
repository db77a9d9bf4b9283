from __future__ import annotations

import json
import os
import pickle
import re
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pressroom.approval import ReleaseFacts
from pressroom.approval.releases import Label
from pressroom.diagnostics import DiagnosticError, Span, diagnostic
from pressroom.publish import (
    Manifest,
    ManifestError,
    PieceRecord,
    Store,
    output_lock,
    piece_record,
    read_manifest,
)
from pressroom.publish import manifest as manifest_module
from pressroom.publish import store as store_module
from pressroom.publish.manifest import edition_name
from pressroom.publish.store import is_as_published

RECORD = PieceRecord("visit", "es", "larkspur", "slip", "translated", ReleaseFacts(key="k"), "es/visit.pdf", 1)
REFUSED = PieceRecord("visit", "ar", "larkspur", "slip", "missing", ReleaseFacts(key="k"), diagnostics=(
    diagnostic("overset", Span("a.po", 3), "overset by 4.2 mm", "shorten"),
))  # fmt: skip


def _publish(store: Store, *texts: str) -> Manifest:
    """An edition of one file a text."""
    records = [
        replace(
            RECORD,
            document=f"d{number}",
            path=f"es/d{number}.pdf",
            facts=ReleaseFacts(key="k", sha256=store.add(text.encode())),
        )
        for number, text in enumerate(texts)
    ]
    manifest = Manifest((*records, REFUSED))
    store.publish(manifest)
    return manifest


def _is_whole(store: Store) -> bool:
    """True where the current edition's manifest and files agree to the byte."""
    import hashlib

    files = {p.relative_to(store.current).as_posix() for p in store.current.rglob("*.pdf")}
    made = {r.path: r.sha256 for r in store.manifest().pieces if r.made}
    hashes = {path: hashlib.sha256((store.current / path).read_bytes()).hexdigest() for path in files}
    return bool(made) and made == hashes


def test_publish(tmp_path: Path) -> None:
    """An edition is current with its files and its manifest, which reads back as it was."""
    store = Store(tmp_path)
    manifest = _publish(store, "one", "two")
    assert store.manifest() == manifest
    assert _is_whole(store)
    assert (tmp_path / "current" / "es" / "d1.pdf").read_bytes() == b"two"
    assert (tmp_path / "current").is_symlink()


def test_nothing_there(tmp_path: Path) -> None:
    """An output with no edition has an empty manifest."""
    assert Store(tmp_path).manifest() == Manifest()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "\x00",
        "[" * 100_000,
        Manifest((RECORD,)).to_bytes().decode()[:-3],
        '{"schema": 1, "files": [3], "refused": []}',
        '{"schema": 1, "files": 3, "refused": []}',
        Manifest((RECORD,)).to_bytes().decode().replace('"pages": 1', '"pages": "1"'),
        Manifest((REFUSED,)).to_bytes().decode().replace('"diagnostics": "', '"diagnostics": "0'),
    ],
)
def test_unreadable_manifest(tmp_path: Path, text: str) -> None:
    """A manifest that is there and can't be read is an error that names it, never an empty edition."""
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match="can't be read") as caught:
        read_manifest(tmp_path)
    assert caught.value.problem.span.path == str(tmp_path / "manifest.json")
    assert "{command} rollback NUMBER" in caught.value.problem.hint


@pytest.mark.parametrize(("old", "new"), [('"schema": 2', '"schema": 3'), ('"pages": 1', '"pages": 1, "later": 1')])
def test_manifest_of_a_newer_version(tmp_path: Path, old: str, new: str) -> None:
    """A manifest with a schema or a key that this version does not know is a newer version's."""
    (tmp_path / "manifest.json").write_text(Manifest((RECORD,)).to_bytes().decode().replace(old, new), encoding="utf-8")
    with pytest.raises(ManifestError) as caught:
        read_manifest(tmp_path)
    assert "newer version" in caught.value.problem.hint


def test_an_unreadable_edition_keeps_its_objects(tmp_path: Path) -> None:
    """While one edition's manifest can't be read, nothing is dropped: that edition may hold it."""
    store = Store(tmp_path)
    (record, *_) = _publish(store, "one").pieces
    broken = store.current.resolve() / "manifest.json"
    _publish(store, "two")
    broken.write_text("{", encoding="utf-8")
    _publish(store, "three")
    assert store.holds(record.sha256)


def test_old_editions_go(tmp_path: Path) -> None:
    """The last five editions are kept, and of the files what they hold."""
    store = Store(tmp_path)
    for number in range(8):
        _publish(store, f"text {number}", "always")
    assert len(list((tmp_path / "generations").iterdir())) == 5
    assert len(list((tmp_path / "objects").iterdir())) == 6
    assert _is_whole(store)


def test_same_bytes_once(tmp_path: Path) -> None:
    """The same bytes are kept once, and can't be written over by accident."""
    store = Store(tmp_path)
    assert store.add(b"one") == store.add(b"one")
    (kept,) = (tmp_path / "objects").iterdir()
    assert kept.stat().st_mode & 0o222 == 0


STEPS = ["add", "mkdir", "link", "write_atomic", "symlink_to", "replace", "drop"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", [0, 1])
def test_killed(step: str, when: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that is killed at any step leaves the edition before, or the whole new one."""
    store = Store(tmp_path)
    before = _publish(store, "one", "two")
    child = os.fork()
    if child == 0:
        _die_at(step, when)
        _publish(store, "three", "four", "five")
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert _is_whole(store)
    files = len(store.manifest().pieces)
    assert store.manifest() == before or files == 4
    _publish(store, "six")
    assert _is_whole(store)


def _die_at(step: str, when: int) -> None:
    """Make this process kill itself at a step's first or second call, after a part of its work where it has one."""
    owner = next(owner for owner in (Store, store_module, Path, os) if hasattr(owner, step))
    real: Callable[..., object] = getattr(owner, step)
    calls = [0]

    def dying(self: object, *arguments: object, **options: object) -> object:
        calls[0] += 1
        if calls[0] > when or step in ("symlink_to", "drop"):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, *arguments, **options)

    setattr(owner, step, dying)


@pytest.mark.parametrize("spoilt", ["objects", "generations"])
def test_unwritable(spoilt: str, tmp_path: Path) -> None:
    """Where nothing can be written the store says so, and what was current still is."""
    store = Store(tmp_path)
    before = _publish(store, "one")
    (tmp_path / spoilt).rename(tmp_path / "away")
    (tmp_path / spoilt).write_text("in the way", encoding="utf-8")
    with pytest.raises((FileExistsError, NotADirectoryError)):
        _publish(store, "two")
    (tmp_path / spoilt).unlink()
    (tmp_path / "away").rename(tmp_path / spoilt)
    assert store.manifest() == before
    assert _is_whole(store)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_read_only(tmp_path: Path) -> None:
    """A read-only folder is an error in words."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OSError, match="Permission denied"):
            Store(tmp_path).add(b"one")
    finally:
        tmp_path.chmod(0o700)


def test_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links still gets its edition."""

    def refuse(source: str, target: str) -> None:
        raise OSError("not here")

    monkeypatch.setattr(os, "link", refuse)
    store = Store(tmp_path)
    _publish(store, "one")
    assert _is_whole(store)


def test_lock(tmp_path: Path) -> None:
    """The output is held by one at a time, across processes, and free when its holder is gone."""
    with output_lock(tmp_path / "new"), pytest.raises(DiagnosticError), output_lock(tmp_path / "new"):
        pass
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with output_lock(tmp_path / "new"):
            os.write(tell, b"x")
            signal.pause()
    os.read(ready, 1)
    with pytest.raises(DiagnosticError), output_lock(tmp_path / "new"):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ready)
    os.close(tell)
    with output_lock(tmp_path / "new"):
        pass


def test_manifest_has_no_clock() -> None:
    """The same pieces give the same manifest to the byte, and its rows begin with what a reader looks for."""
    text = Manifest((replace(RECORD, facts=ReleaseFacts(key="k", sha256="0" * 64)), REFUSED)).to_bytes().decode()
    assert (
        text == Manifest((replace(RECORD, facts=ReleaseFacts(key="k", sha256="0" * 64)), REFUSED)).to_bytes().decode()
    )
    (row,) = json.loads(text)["files"]
    assert list(row)[:5] == ["document", "locale", "clinic", "product", "state"]
    (refused,) = json.loads(text)["refused"]
    assert json.loads(text)["findings"][refused["diagnostics"]][0]["message"] == "overset by 4.2 mm"


def test_findings_that_pieces_share_are_written_once(tmp_path: Path) -> None:
    """The findings of all clinics' pieces are one list of the file, in whichever order they come, and are read back."""
    copy = tuple(replace(finding) for finding in REFUSED.diagnostics)
    other = replace(REFUSED, clinic="zinnia", diagnostics=copy)
    manifest = Manifest((REFUSED, other, replace(other, clinic="zoo", diagnostics=())))
    text = manifest.to_bytes().decode()
    assert text.count("overset by 4.2 mm") == 1
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    read = read_manifest(tmp_path)
    assert read == manifest
    assert read.pieces[0].diagnostics is read.pieces[1].diagnostics
    assert read.to_bytes().decode() == text


def test_a_manifest_whose_rows_have_their_findings(tmp_path: Path) -> None:
    """An edition of an earlier version can be read: the findings of a piece were in its row."""
    table = json.loads(Manifest((REFUSED,)).to_bytes().decode())
    (found,) = table.pop("findings").values()
    table["schema"], table["refused"][0]["diagnostics"] = 1, found
    (tmp_path / "manifest.json").write_text(json.dumps(table), encoding="utf-8")
    assert read_manifest(tmp_path).pieces == (REFUSED,)


def test_rows_that_did_not_change_are_written_as_they_were_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a piece with another record is written anew, with findings or without; the text is as if all were."""
    before = _read_again(tmp_path)
    changed = replace(before, pieces=(replace(before.pieces[0], pages=9), *before.pieces[1:]))
    encoded, encode = list[object](), manifest_module.encode
    monkeypatch.setattr(manifest_module, "encode", lambda record, word: encoded.append(record) or encode(record, word))
    text = changed.to_bytes()
    assert [record for record in encoded if isinstance(record, PieceRecord)] == [
        replace(changed.pieces[0], diagnostics=())
    ]
    assert replace(changed, pieces=tuple(replace(record) for record in changed.pieces)).to_bytes() == text


def test_rows_are_decoded_when_somebody_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build compares of a record is there before its row is decoded, and the rest is right at any time."""
    monkeypatch.setattr(piece_record, "decoded_row", None)
    pieces = _read_again(tmp_path).pieces
    seen = [(p.id, p.state, p.path, p.made, p.sha256, p.key, p.outdated, p.diagnostics, p.sources) for p in pieces]
    monkeypatch.undo()
    assert [p.pages for p in pieces] == [7, 1, 0]
    assert pieces == tuple(map(replace, pieces)) == tuple(pickle.loads(pickle.dumps(pieces)))
    assert seen == [
        (p.id, p.state, p.path, p.made, p.facts.sha256, p.facts.key, p.outdated, p.diagnostics, p.sources)
        for p in map(replace, pieces)
    ]
    with pytest.raises(AttributeError):
        _ = pieces[0].later  # type: ignore[attr-defined]


def test_a_row_of_another_form_is_decoded_at_once(tmp_path: Path) -> None:
    """A row with escapes is read as any other; one with a key of a newer version is refused before anybody asks."""
    odd = replace(RECORD, clinic='lark"spur\\', product="\n", sources="8.9", places=((1, 2), ()), made_of=('a"', "b"))
    (read,) = _edition(tmp_path / "odd", Manifest((odd,)).to_bytes()).pieces
    assert (read, read.row) == (odd, None)
    newer = Manifest((RECORD,)).to_bytes().replace(b'"pages": 1', b'"pages": 1, "later": 1')
    with pytest.raises(ManifestError, match="unknown key 'later'"):
        _edition(tmp_path / "newer", newer)
    lost = Manifest((REFUSED,)).to_bytes().replace(b'"diagnostics": "', b'"diagnostics": "0')
    with pytest.raises(ManifestError, match="it has no findings"):
        _edition(tmp_path / "lost", lost)


@pytest.mark.parametrize(
    "edit",
    [
        (b"Stay home", b"Stay\thome"),
        (b"Stay home", b"Stay \xff"),
        (b'"pages": 1', b'"pages": 01'),
        (b'"pages": 1', b'"pages": ' + b"9" * 5000),
    ],
    ids=["tab", "no UTF-8", "zero", "many digits"],
)
def test_a_row_that_is_no_json_is_refused_when_it_is_read(edit: tuple[bytes, bytes], tmp_path: Path) -> None:
    """Nobody who asks for more of a record later gets an error that is no finding."""
    named = replace(RECORD, facts=replace(RECORD.facts, label=Label(title="Stay home")))
    data = Manifest((named,)).to_bytes()
    assert edit[0] in data
    with pytest.raises(ManifestError):
        _edition(tmp_path, data.replace(*edit))


def _edition(folder: Path, data: bytes) -> Manifest:
    """What is read of the manifest of an edition that has these bytes."""
    edition = folder / edition_name(1, data)
    edition.mkdir(parents=True)
    (edition / "manifest.json").write_bytes(data)
    return read_manifest(edition)


def _read_again(folder: Path) -> Manifest:
    """An edition of a piece with findings, one without, and one that was refused, as it is read."""
    found = replace(
        RECORD, clinic="aspen", pages=7, diagnostics=REFUSED.diagnostics, sources="0123.89ab", places=((1, 2),),
        facts=ReleaseFacts(key="k1", sha256="0" * 64, label=Label(autonym="العربية", title="Stay home")),
    )  # fmt: skip
    return _edition(folder, Manifest((found, replace(RECORD, marks=("1", "2")), REFUSED)).to_bytes())


def test_a_list_that_another_engine_named_is_named_anew(tmp_path: Path) -> None:
    """A row that did not change names its list of findings as the list is named in the manifest that is written."""
    data = Manifest((RECORD, REFUSED)).to_bytes()
    read = _edition(tmp_path, re.sub(b'"[0-9a-f]{16}"', b'"%b"' % (b"0" * 16), data))
    assert read.pieces == (RECORD, REFUSED)
    assert read.to_bytes() == data


def test_a_copy_of_an_edition_is_written_anew(tmp_path: Path) -> None:
    """A manifest in a folder of another name may have rows of another form, which are not copied."""
    row = Manifest((RECORD,)).to_bytes().decode().replace('"pages": 1', '"pages":  1')
    (tmp_path / "manifest.json").write_text(row, encoding="utf-8")
    assert '"pages": 1' in read_manifest(tmp_path).to_bytes().decode()


def test_power_loss_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every byte and every name of an edition is on the disk before anything points to it, and then the link is."""
    events: list[str] = []
    sync, replace_path = os.fsync, Path.replace

    def synced(handle: int) -> None:
        events.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().relative_to(tmp_path).as_posix()}")
        sync(handle)

    def renamed(path: Path, target: Path) -> Path:
        events.append(f"name {Path(target).relative_to(tmp_path).as_posix()}")
        return replace_path(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    _publish(Store(tmp_path), "one", "two")
    pointed = events.index("name current")
    name = f"generations/{(tmp_path / 'current').readlink().name}"
    for folder in ("objects", f"{name}/es", name, "generations"):
        assert f"sync {folder}" in events[:pointed]
    # A file's bytes come before its name, and its name before its folder's.
    objects = [n for n, event in enumerate(events) if event.startswith("name objects/")]
    assert len(objects) == 2
    assert all(events[n - 1].startswith("sync objects/.part-") for n in objects)
    assert max(objects) < events.index("sync objects")
    assert events.index(f"name {name}/manifest.json") < events.index(f"sync {name}")
    assert events.index(f"sync {name}") < events.index("sync generations") < pointed
    assert events[pointed + 1] == "sync ."


def test_a_failure_leaves_no_bytes_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a failed build had kept is dropped: a full disk would stay full of it."""
    store = Store(tmp_path)
    _publish(store, "one")
    store.add(b"half a build")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        store.add(b"the other half")
    assert len(list((tmp_path / "objects").iterdir())) == 1
    assert _is_whole(store)


@pytest.mark.parametrize("name", ["es/added.pdf", "added.pdf", "es/d0.pdf", "es/d1.pdf"])
def test_an_edition_that_somebody_changed(name: str, tmp_path: Path) -> None:
    """A file that was put into an edition, taken out or changed is noticed."""
    store = Store(tmp_path)
    manifest = _publish(store, "one", "two")
    edition = store.current.resolve()
    assert is_as_published(edition, manifest)
    assert store.is_untouched(manifest)
    path = edition / name
    path.unlink(missing_ok=True)
    if name != "es/d1.pdf":
        path.write_bytes(b"other")
    assert not is_as_published(edition, manifest)
    assert not store.is_untouched(manifest)


def test_the_current_edition_is_a_link(tmp_path: Path) -> None:
    """A copy of an edition in place of the link to it is not the edition: it can be changed apart."""
    store = Store(tmp_path)
    manifest = _publish(store, "one")
    edition = store.current.resolve()
    store.current.unlink()
    edition.rename(store.current)
    assert is_as_published(store.current, manifest)
    assert not store.is_untouched(manifest)


def test_a_project_s_output_is_no_link(tmp_path: Path) -> None:
    """A link in the place of a project's own output, which may come with a project, is never written through."""
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "pyproject.toml").write_text("[tool.pressroom]\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project" / "output").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DiagnosticError) as refused, output_lock(tmp_path / "project" / "output"):
        pass
    assert refused.value.problem.code == "output-unwritable"
    assert list((tmp_path / "elsewhere").iterdir()) == []
    # Who names a folder with --output may name a link.
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with output_lock(tmp_path / "link"):
        assert (tmp_path / "elsewhere" / ".lock").exists()


def test_a_current_edition_elsewhere_is_not_read(tmp_path: Path) -> None:
    """A link to an edition that is not one of this output is an error, whatever is there."""
    mine, other = Store(tmp_path / "mine"), Store(tmp_path / "other")
    _publish(mine, "a")
    _publish(other, "a", "b")
    mine.current.unlink()
    mine.current.symlink_to(other.current.resolve())
    with pytest.raises(ManifestError):
        mine.manifest()


def test_signed_proofs_stay(tmp_path: Path) -> None:
    """The signed proofs are kept whatever editions go, each only as it was signed; those of no signature go."""
    store = Store(tmp_path)
    (first, second) = [record.sha256 for record in _publish(store, "one", "two").pieces if record.made]
    store.keep_signed({first, second})
    store.keep_signed({first, second})
    for text in ("three", "four", "five"):
        _publish(store, text)
    store.drop(store.editions()[:-1])
    assert not store.holds(first)
    assert (store.signed(first), store.signed(second), store.signed("")) == (b"one", b"two", None)
    store.keep_signed({first})
    assert (store.signed(first), store.signed(second)) == (b"one", None)
    (tmp_path / "signed" / first).chmod(0o644)
    (tmp_path / "signed" / first).write_bytes(b"other")
    assert store.signed(first) is None


def test_a_damaged_proof_is_not_kept_as_signed(tmp_path: Path) -> None:
    """An object that somebody edited is not what was signed."""
    store = Store(tmp_path)
    digest = store.add(b"one")
    (tmp_path / "objects" / digest).chmod(0o644)
    (tmp_path / "objects" / digest).write_bytes(b"other")
    store.keep_signed({digest})
    assert list((tmp_path / "signed").iterdir()) == []


def test_delete(tmp_path: Path) -> None:
    """What a recall deletes is gone from every edition and from the objects; all else stays, and so do manifests."""
    store = Store(tmp_path)
    _publish(store, "one", "two")
    _publish(store, "three", "two", "four")
    store.delete(lambda record: record.document == "d1")
    store.delete(lambda record: record.document == "d1")
    left = sorted(path.read_bytes() for edition in store.editions() for path in edition.rglob("*.pdf"))
    assert left == [b"four", b"one", b"three"]
    assert sorted(path.read_bytes() for path in (tmp_path / "objects").iterdir()) == left
    assert [len(read_manifest(edition).pieces) for edition in store.editions()] == [3, 4]
    assert not store.is_untouched(store.manifest())


def test_an_edition_that_was_copied_in_place_of_the_link(tmp_path: Path) -> None:
    """A folder where the link should be is moved aside, with all its files, and the link is made."""
    store = Store(tmp_path)
    _publish(store, "one")
    store.current.unlink()
    (store.current / "es").mkdir(parents=True)
    (store.current / "es" / "mine.pdf").write_bytes(b"mine")
    _publish(store, "two")
    assert _is_whole(store)
    assert [path.read_bytes() for path in tmp_path.glob("current-not-ours-*/es/*.pdf")] == [b"mine"]


def test_an_edition_without_a_manifest_is_none(tmp_path: Path) -> None:
    """A folder that a killed build began is no edition: nobody can return to it, and the next publishing sweeps it."""
    store = Store(tmp_path)
    _publish(store, "one")
    begun = tmp_path / "generations" / "00007-begun"
    begun.mkdir()
    assert begun not in store.editions()
    _publish(store, "two")
    assert not begun.exists()
    assert [path.name[:5] for path in store.editions()] == ["00001", "00008"]


def test_sizes(tmp_path: Path) -> None:
    """The sizes of an edition are those of its own objects, without those that are gone."""
    store = Store(tmp_path)
    manifest = _publish(store, "one", "three")
    one, three = (record.sha256 for record in manifest.pieces if record.made)
    _publish(store, "seventeen")
    assert store.sizes(store.editions()[0]) == {one: 3, three: 5}
    (tmp_path / "objects" / one).unlink()
    assert store.sizes(store.editions()[0]) == {three: 5}


def test_a_full_disk_leaves_no_objects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If an edition can't be written, the objects that no edition holds go, and the earlier one is still whole."""
    store = Store(tmp_path)
    _publish(store, "one")
    unused = store.add(b"two")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_module, "sync_folder", full)
    with pytest.raises(OSError, match="No space"):
        store.publish(replace(store.manifest(), pieces=()))
    assert not store.holds(unused)
    assert _is_whole(store)
    assert len(store.editions()) == 1


def test_a_folder_that_is_a_link(tmp_path: Path) -> None:
    """A folder of an edition that is a link elsewhere is not what was published: its files could change later."""
    store = Store(tmp_path)
    manifest = _publish(store, "one")
    folder = store.current.resolve() / "es"
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert not store.is_untouched(manifest)


def test_links_of_killed_builds(tmp_path: Path) -> None:
    """The link that a killed build was about to move is in nobody's way, and is swept."""
    store = Store(tmp_path)
    for number in (os.getpid(), 999_999_999):
        (tmp_path / f".current-{number}").symlink_to("nowhere")
    _publish(store, "one")
    assert _is_whole(store)
    assert list(tmp_path.glob(".current-*")) == []


def test_the_text_of_an_object(tmp_path: Path) -> None:
    """A text that was kept is given as it was; one that somebody edited, or that is gone, is an error."""
    store = Store(tmp_path)
    digest = store.add("señales".encode())
    assert store.text(digest) == "señales"
    (tmp_path / "objects" / digest).chmod(0o644)
    (tmp_path / "objects" / digest).write_bytes(b"other")
    with pytest.raises(OSError, match="changed after it was written"):
        store.text(digest)
    (tmp_path / "objects" / digest).unlink()
    with pytest.raises(FileNotFoundError):
        store.text(digest)


def test_an_edition_is_read_unless_its_objects_were(tmp_path: Path) -> None:
    """A bit that an object lost is lost in the edition too: it is found, except where the caller read all objects."""
    store = Store(tmp_path)
    manifest = _publish(store, "one", "two")
    assert store.is_untouched(manifest)
    assert store.is_untouched(manifest, checked=True)
    (file,) = store.current.glob("es/d0.pdf")
    file.chmod(0o644)
    file.write_bytes(b"eno")
    assert not store.is_untouched(manifest)
    assert store.is_untouched(manifest, checked=True)
    file.unlink()
    file.write_bytes(b"eno")
    assert not store.is_untouched(manifest, checked=True)


def test_a_current_edition_without_its_manifest(tmp_path: Path) -> None:
    """It is an error, and not an edition of nothing; nobody sweeps its files away."""
    store = Store(tmp_path)
    _publish(store, "one")
    (store.current / "manifest.json").unlink()
    with pytest.raises(ManifestError):
        store.manifest()
    store.drop([])
    assert [path.name for path in store.current.rglob("*.pdf")] == ["d0.pdf"]


def test_a_lost_link(tmp_path: Path) -> None:
    """Without the link to the current edition, the newest of those kept says what was published."""
    store = Store(tmp_path)
    for text in ("one", "two", "three"):
        last = _publish(store, text)
    store.current.unlink()
    assert store.manifest() == last
