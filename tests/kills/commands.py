"""The commands that are killed, each with the project that it begins with: a small one, of invented people."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.catalog import migration
from pressroom.commands.building.build import reproduce
from pressroom.commands.catalogs.migrate import migrate
from pressroom.commands.catalogs.remove import remove_document
from pressroom.commands.catalogs.rename import rename
from pressroom.commands.handoff.export_handoff import export_handoff
from pressroom.commands.handoff.import_handoff import import_handoff
from pressroom.commands.releasing.editions import rollback
from pressroom.commands.releasing.pruning import Limits, prune
from pressroom.commands.signing.review_case import open_review_case
from pressroom.commands.signing.withdraw import recall, return_messages, unsign
from pressroom.planning.plan import Request
from pressroom.publish import Store
from pressroom.publish.store import Channel
from tests.commands.conftest import PEOPLE, TODAY, Bench, id_of, make_bench, make_key
from tests.kills import served

NOW = "2026-11-24 09:00+0000"
CHANNELS: Final[tuple[Channel, ...]] = ("current", "released")
_RETURNED = "returned.zip"
_BRACKETS = {1: lambda text: text.replace("**", "[", 1).replace("**", "]", 1)}


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and what the project that it begins with is called; `ready` makes those.

    `adds` is True if it adds something whenever it runs: a record, a remark. Twice is not as once then.
    """

    run: Callable[[Bench], None]
    start: str
    adds: bool = False


def _silent(done: int, total: int, name: str) -> None:
    pass


def _sign(bench: Bench) -> None:
    bench.sign("es", "translator")


def _unsign(bench: Bench) -> None:
    case = open_review_case(bench.workspace, "signs", "es", TODAY)
    assert unsign(case, "reviewer", "", "a doubt", TODAY, bench.signer("es", "reviewer")) is not None


def _return(bench: Bench) -> None:
    case = open_review_case(bench.workspace, "signs", "es", TODAY)
    return_messages(case, (1,), bench.signer("es", "reviewer"), "unclear", TODAY)


def _recall(bench: Bench) -> None:
    recall(bench.workspace, "signs", "", bench.publisher, "a misprint", TODAY, bench.output)


def _build(bench: Bench) -> None:
    assert not bench.build().failed


def _verify(bench: Bench) -> None:
    done = reproduce(bench.workspace, Request(("signs",), ("es",)), output=bench.output, jobs=1, progress=_silent)
    assert done.same == done.pieces == 1


def _release(bench: Bench) -> None:
    assert not bench.release().failed


def _rollback(bench: Bench) -> None:
    assert not rollback(bench.workspace, bench.output, 1, bench.publisher, TODAY).reasons


def _publish(bench: Bench) -> None:
    """Publish an edition of what is there, and drop those that are too many."""
    store = Store(bench.output)
    store.publish(store.manifest(), keep=2)


def _prune(bench: Bench) -> None:
    """Delete all old editions of both channels."""
    assert prune(bench.output, Limits(keep=1), TODAY, delete=True).problem is None
    assert [len(Store(bench.output, channel).editions()) for channel in CHANNELS] == [1, 1]


def _import(bench: Bench) -> None:
    report = import_handoff(bench.workspace, bench.root.parent / _RETURNED)
    assert [one.name for one in report.imported if one.written or one.merge.changes] in (["signs"], [])


def _migrate(bench: Bench) -> None:
    """Carry all catalogs over to an invented format, which writes bold words in brackets."""
    old = migration.CURRENT, migration.STEPS
    migration.CURRENT, migration.STEPS = 2, _BRACKETS
    try:
        assert not migrate(bench.workspace, NOW).failed
    finally:
        migration.CURRENT, migration.STEPS = old


def _rename(bench: Bench) -> None:
    assert not rename(bench.workspace, "signs", "alarm", NOW).failed


def _remove(bench: Bench) -> None:
    assert not remove_document(bench.workspace, "signs", NOW).failed


COMMANDS: dict[str, Command] = {
    "update": Command(Bench.update, "changed"),
    "sign": Command(_sign, "built"),
    "sign-with-key": Command(_sign, "with-keys"),
    "unsign": Command(_unsign, "signed"),
    "return": Command(_return, "signed", adds=True),
    "recall": Command(_recall, "released", adds=True),
    "build": Command(_build, "outdated"),
    "verify": Command(_verify, "built"),
    "release": Command(_release, "signed"),
    "rollback": Command(_rollback, "twice"),
    "publish": Command(_publish, "built"),
    "prune": Command(_prune, "old-editions"),
    "import": Command(_import, "sent"),
    "migrate": Command(_migrate, "old-format"),
    "rename": Command(_rename, "built"),
    "remove": Command(_remove, "built"),
    "serve-save": Command(served.save, "built"),
    "serve-recall": Command(served.recall, "released", adds=True),
    "serve-release": Command(served.release, "signed"),
}


def ready(folder: Path) -> dict[str, Bench]:
    """The projects that commands begin with."""
    built = make_bench(folder / "built")
    assert not built.build().failed
    changed, outdated = _copy(built, folder / "changed"), _copy(built, folder / "outdated")
    changed.edit(changed.source, "take 2 steps back", "take 2 steps back, and sit down")
    outdated.edit(outdated.source, "Call for help", "Call for help now")
    outdated.update()
    signed = _copy(built, folder / "signed")
    signed.sign_all()
    twice = _copy(signed, folder / "twice")
    assert not twice.release("en").failed
    assert not twice.release().failed
    released = _copy(signed, folder / "released")
    assert not released.release().failed
    old = _copy(built, folder / "old-format")
    old.edit(old.source, "**swollen**", "[swollen]")
    return {
        "built": built, "changed": changed, "outdated": outdated, "signed": signed, "twice": twice,
        "old-editions": _with_old_editions(twice, folder),
        "released": released, "old-format": old, "sent": _sent(built, folder), "with-keys": _with_keys(built, folder),
    }  # fmt: skip


def copy_of(bench: Bench, folder: Path) -> Bench:
    """A copy of a project, to spoil, with what an agency sent back beside it."""
    if (returned := bench.root.parent / _RETURNED).exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(returned, folder.parent / _RETURNED)
    return _copy(bench, folder)


def _copy(bench: Bench, folder: Path) -> Bench:
    return Bench(Path(shutil.copytree(bench.root, folder, symlinks=True)), bench.keys)


def _with_old_editions(twice: Bench, folder: Path) -> Bench:
    """A project with two editions of proofs and two of releases; the old ones have files that no other has."""
    bench = _copy(twice, folder / "old-editions")
    bench.fill({"Call for help": "Pida ayuda ya"})
    assert not bench.build().failed
    return bench


def _with_keys(built: Bench, folder: Path) -> Bench:
    keys = folder / "keys"
    keys.mkdir()
    for name in (*PEOPLE.values(), "Paula Publisher"):
        make_key(keys / id_of(name))
    return _copy(built, folder / "with-keys").with_people(keys)


def _sent(built: Bench, folder: Path) -> Bench:
    """A project whose Spanish an agency has, and what came back: one sentence said otherwise."""
    bench = _copy(built, folder / "sent")
    export = export_handoff(
        bench.workspace, "es", (), output=folder / "out.zip", proofs=False, jobs=1, progress=_silent
    )
    assert export.path is not None
    with zipfile.ZipFile(export.path) as sent, zipfile.ZipFile(folder / _RETURNED, "w") as back:
        for name in sent.namelist():
            back.writestr(name, sent.read(name).replace(b"Pida ayuda", b"Pida ayuda ya"))
    return bench
