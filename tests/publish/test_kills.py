from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest

from pressroom.approval import ReleaseFacts
from pressroom.diagnostics import DiagnosticError
from pressroom.publish import Manifest, PieceRecord, Store, output_lock, read_manifest

KILLS = int(os.environ.get("PRESSROOM_KILLS", "25"))


def edition(store: Store, number: int, files: int = 4) -> Manifest:
    """A manifest of small files, all of one number."""
    pieces = []
    for place in range(files):
        data = f"edition {number}, file {place}\n".encode() * 40
        digest = store.add(data)
        pieces.append(
            PieceRecord(
                "doc",
                f"l{place:02}",
                "clinic",
                "slip",
                "ok",
                ReleaseFacts(key="k", sha256=digest),
                f"l{place}/a.pdf",
                1,
            )
        )
    return Manifest(tuple(pieces))


def inconsistent(store: Store) -> list[str]:
    """What a reader of the current edition finds that its manifest does not say; nothing but wholes is right."""
    folder = store.current.resolve()
    manifest = read_manifest(folder)
    wrong = [] if manifest.pieces else ["no manifest"]
    numbers = set()
    for record in manifest.pieces:
        data = (folder / record.path).read_bytes() if (folder / record.path).is_file() else b""
        if hashlib.sha256(data).hexdigest() != record.sha256:
            wrong.append(record.path)
        numbers.add(data.split(b",")[0])
    return wrong if len(numbers) == 1 else [*wrong, f"{len(numbers)} editions in one"]


def _publish_for_ever(root: Path, first: int, channel: str) -> None:
    store, number = Store(root, channel), first
    while True:
        with output_lock(root):
            store.publish(edition(store, number), keep=2)
        number += 1


@pytest.mark.parametrize("channel", ["current", "released"])
def test_killed_at_any_moment(tmp_path, channel):
    """Whenever a build is killed, a reader sees one whole edition, and the next build goes on."""
    store = Store(tmp_path, channel)
    began = time.monotonic()
    store.publish(edition(store, 0))
    once = time.monotonic() - began
    chance, context = random.Random(7), multiprocessing.get_context("fork")
    seen = {store.current.resolve().name}
    for kill in range(KILLS):
        process = context.Process(target=_publish_for_ever, args=(tmp_path, kill * 1000 + 1, channel))
        process.start()
        # The first is let publish, however slow the machine; the others are killed whenever it happens.
        while kill == 0 and process.is_alive() and store.current.resolve().name in seen:
            time.sleep(once / 10)
        time.sleep(chance.uniform(0, 3 * once))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert inconsistent(store) == [], f"after kill {kill}"
        seen.add(store.current.resolve().name)
    assert len(seen) > 1
    with output_lock(tmp_path):
        store.publish(edition(store, 10**6), keep=2)
    assert inconsistent(store) == []
    leftovers = [p for p in tmp_path.rglob(".*") if p.name != ".lock"]
    assert leftovers == []
    assert len(list((tmp_path / "objects").iterdir())) <= 2 * 4


def test_proofs_drop_nothing_of_a_release(tmp_path):
    """However many proofs are built, the released edition's files stay."""
    released, proofs = Store(tmp_path, "released"), Store(tmp_path)
    released.publish(edition(released, 1))
    for number in range(2, 9):
        proofs.publish(edition(proofs, number), keep=1)
    assert inconsistent(released) == []
    assert len(proofs.editions()) == 1


def _fill_the_disk(root: Path, end: object) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))
    store = Store(root)
    try:
        store.publish(edition(store, 2))
        end.send("published")
    except OSError as error:
        end.send(str(error))


def test_a_disk_that_is_full(tmp_path):
    """Where a file can't be written to its end, the error is reported and the earlier edition is complete."""
    store = Store(tmp_path)
    store.publish(edition(store, 1))
    before = store.current.resolve()
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_fill_the_disk, args=(tmp_path, there))
    process.start()
    message = here.recv()
    process.join()
    assert "File too large" in message
    assert store.current.resolve() == before
    assert inconsistent(store) == []


def test_an_edited_object_is_not_whole(tmp_path):
    """Bytes that were changed under their hash are noticed, and replaced when they are made again."""
    store = Store(tmp_path)
    digest = store.add(b"right")
    path = tmp_path / "objects" / digest
    path.chmod(0o644)
    path.write_bytes(b"wrong")
    assert not store.holds(digest)
    assert store.add(b"right") == digest
    assert store.holds(digest)


def test_the_current_edition_is_never_dropped(tmp_path):
    """An edition that was returned to stays when others are made, however few are kept."""
    store = Store(tmp_path)
    first = store.publish(edition(store, 1))
    store.publish(edition(store, 2))
    store.return_to(first)
    assert store.current.resolve() == first
    store.publish(edition(store, 3), keep=1)
    assert len(store.editions()) == 1
    assert inconsistent(store) == []


def test_the_lock(tmp_path):
    """A second holder is refused, and the lock is free when the first lets go."""
    with output_lock(tmp_path), pytest.raises(DiagnosticError), output_lock(tmp_path):
        pass
    with output_lock(tmp_path):
        pass
