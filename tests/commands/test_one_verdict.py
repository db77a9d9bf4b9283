"""Every command that hands something out is held to one verdict, in every state a released file can be in.

Nothing is rendered: the files are short texts with a control line, kept and logged as real ones are.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from pressroom.approval import Recall, ReleaseFacts
from pressroom.approval.records import RECALL
from pressroom.approval.releases import RELEASE
from pressroom.approval.verdict import ANSWERS, Verdict
from pressroom.commands.building import printers
from pressroom.commands.building.batch import piece_path
from pressroom.commands.releasing import release as releasing
from pressroom.commands.releasing import sheets
from pressroom.commands.releasing.editions import rollback
from pressroom.commands.releasing.printer_copies import DeskPrinter, PrinterCopies, correct_released
from pressroom.commands.releasing.sheets import SheetRelease, SheetRequest, make_sheet
from pressroom.commands.releasing.verify import identify
from pressroom.commands.signing.desk import write_released_desk
from pressroom.commands.signing.sign import write_signature
from pressroom.commands.signing.signer import Signer, unlisted
from pressroom.commands.signing.status import document_statuses, requested_verdicts
from pressroom.commands.signing.verdicts import open_verdicts
from pressroom.commands.signing.withdraw import unsign
from pressroom.diagnostics import DiagnosticError
from pressroom.drawing import PieceDrawing
from pressroom.planning.plan import Job, Request
from pressroom.postpress.printer import Printer
from pressroom.project import Read
from pressroom.publish import PieceRecord, Store
from pressroom.publish.store import sha256_of
from pressroom.workspace.records import recalls_folder, releases_folder, write_record
from tests.commands.conftest import PEOPLE, TODAY, Bench, make_bench
from tests.desk_pages import offered_files
from tests.papers import THREE_SLIPS

LATER = date(2026, 12, 1)
EXPIRED = date(2028, 1, 1)


# ---- A released project without a rendered page ----


def press(run: releasing._Run, jobs: list[Job]) -> Read[dict[object, PieceRecord]]:
    """In place of the press: a text with the piece's control line, the same for the same inputs."""
    made = {}
    for job in jobs:
        case = run.verdicts.piece(job.id).case
        inputs = case.wording.translation[:8]
        line = f"CRD-001 · {job.language.tag} · {job.front.version} · 2026-11 · review by 2027-11 · {inputs}"
        digest = run.store.add(f"<!doctype html><p>{line} {case.clinic_values} {case.emergency}".encode())
        facts = ReleaseFacts(
            version=job.front.version,
            inputs=inputs,
            sha256=digest,
            key=job.key,
            drawing=PieceDrawing("base", "imprint"),
        )
        path = piece_path(job, "release", "pdf")
        made[job.id] = PieceRecord(*job.id, "translated", facts, path, 1, sources=job.sources)
    return Read(made)


def sign(bench: Bench, today: date = TODAY, *people: tuple[str, str]) -> None:
    """Have people sign, all of them where none is named, as if they had looked at what `press` makes."""
    for locale, role in people or PEOPLE:
        offered = bench.offer(locale, role, today=today)
        signer = Signer(role, PEOPLE[locale, role], "licensed in a story")
        seen = replace(offered.record, drawings={"slip/larkspur-clinic": "base imprint"})
        write_signature(bench.review_case(locale, today), signer, seen, offered.wording)


@pytest.fixture(autouse=True)
def _nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releasing, "_press", press)
    monkeypatch.setattr(printers, "for_printer", lambda data, *_: data + b"<p>corrected")
    monkeypatch.setattr(printers, "moved_too_far", lambda *_, **__: None)
    monkeypatch.setattr(printers, "moves", lambda data, *_: (data, ()))
    monkeypatch.setattr(printers, "check_imposed", lambda *_, **__: None)
    monkeypatch.setattr(sheets, "impose", lambda cards, *_, **__: b"".join(cards))
    monkeypatch.setattr(sheets, "placed", lambda *_: ())
    monkeypatch.setattr(sheets, "check_imposed", lambda *_, **__: None)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The project signed by all and released."""
    bench = make_bench(tmp_path_factory.mktemp("base") / "project")
    (bench.root / "layouts" / "sheets.toml").write_text(THREE_SLIPS, encoding="utf-8")
    sign(bench)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(releasing, "_press", press)
        report = bench.release()
    assert not report.failed, [d.message for d in report.diagnostics]
    return bench


# ---- States ----


@dataclass
class State:
    """The project on a day."""

    bench: Bench
    today: date = LATER


def _recall(state: State, locale: str, *, listed: bool) -> None:
    log = state.bench.workspace.records().records.releases
    rows = [(release, row) for release in log for row in release.pieces if row.locale == locale and listed]
    from pressroom.commands.signing.withdraw import _pulled

    pulled = tuple(_pulled(release, row) for release, row in rows)
    record = Recall(document="signs", locale=locale, dated=LATER, name="Cora", reason="misprint", pulled=pulled)
    write_record(state.bench.workspace, recalls_folder(state.bench.project), *RECALL.write(record))


def _recalled(state: State) -> None:
    _recall(state, "es", listed=False)


def _listed(state: State) -> None:
    _recall(state, "es", listed=True)


def _answered(state: State) -> None:
    _recall(state, "es", listed=True)
    sign(state.bench, LATER, *[who for who in PEOPLE if who[0] == "es"])


def _english_recalled(state: State) -> None:
    _recall(state, "en", listed=False)


def _expired(state: State) -> None:
    state.today = EXPIRED


def _lost(state: State) -> None:
    (record,) = (state.bench.root / "locales/es/signoffs/signs").glob("reviewer-2026-11-23*.toml")
    record.unlink()


def _withdrawn(state: State) -> None:
    unsign(state.bench.review_case("es", LATER), "reviewer", "", "by mistake", LATER)


def _stale(state: State) -> None:
    text = state.bench.catalog.read_text(encoding="utf-8")
    state.bench.catalog.write_text(text.replace("Pida ayuda", "Busque ayuda"), encoding="utf-8")


def _english_stale(state: State) -> None:
    text = state.bench.source.read_text(encoding="utf-8")
    state.bench.source.write_text(text.replace("Call for help", "Call for help now"), encoding="utf-8")


def _another_number(state: State) -> None:
    state.bench.edit("source/clinics.toml", 'emergency = "911"', 'emergency = "112"')


def _superseded(state: State) -> None:
    (release,) = state.bench.workspace.records().records.releases
    (row,) = (row for row in release.pieces if row.locale == "es")
    other = replace(row, facts=replace(row.facts, key="2", inputs="22222222", sha256="2" * 64))
    later = replace(release, number=2, dated=LATER, pieces=(other,))
    write_record(state.bench.workspace, releases_folder(state.bench.project), *RELEASE.write(later))


def _unlogged(state: State) -> None:
    shutil.rmtree(releases_folder(state.bench.project))


def _damaged(state: State) -> None:
    (file,) = state.bench.offered("es")
    data = file.read_bytes() + b"!"
    for path in (file.resolve(), state.bench.output / "objects" / sha256_of(file)):
        path.unlink()
        path.write_bytes(data)


def _unsure(state: State) -> None:
    recalls_folder(state.bench.project).mkdir(exist_ok=True)
    (recalls_folder(state.bench.project) / "signs-2026-11-30-00000000.toml").write_text("<<<<<<<")


def _gone(state: State) -> None:
    state.bench.source.rename(state.bench.source.with_name("other.md"))


# In the order they are done: who signs anew does so before a record goes or a text is changed.
STATES: dict[str, tuple[Callable[[State], None], str]] = {
    "answered": (_answered, "recalled"),
    "recalled": (_recalled, "recalled"),
    "listed": (_listed, "recalled"),
    "withdrawn": (_withdrawn, "unapproved"),
    "lost": (_lost, "unsure"),
    "english recalled": (_english_recalled, "orphaned"),
    "stale": (_stale, "stale"),
    "english stale": (_english_stale, "stale"),
    "another number": (_another_number, "clinic-changed"),
    "superseded": (_superseded, "superseded"),
    "damaged": (_damaged, "altered"),
    "unlogged": (_unlogged, "unsure"),
    "unsure": (_unsure, "unsure"),
    "expired": (_expired, "expired"),
    "gone": (_gone, "gone"),
}
PAIRS = [(name,) for name in ("", *STATES)] + [*itertools.combinations(STATES, 2)]


def _state(base: Bench, folder: Path, names: tuple[str, ...]) -> State:
    state = State(Bench(Path(shutil.copytree(base.root, folder / "project", symlinks=True))))
    for name in filter(None, names):
        STATES[name][0](state)
    return state


def _verdicts(state: State) -> dict[str, Verdict]:
    """The verdict on the file of each locale, by the whole edition."""
    store = Store(state.bench.output, "released")
    verdicts = open_verdicts(state.bench.workspace, state.today)
    return {
        piece.locale: verdicts.on_record(piece, intact=sha256_of(store.current / piece.path) == piece.sha256)
        for piece in store.manifest().pieces
    }


# ---- The consumers: what each would do with the Spanish file ----


def _verify(state: State) -> tuple[str, bool]:
    files = identify(state.bench.workspace, state.bench.output / "released", state.today).files
    (file,) = [file for file in files if file.path.startswith("es/")]
    return ("unlogged" if file.verdict == "unknown" else file.verdict), file.holds


def _on_sheet(state: State, *locales: str) -> bool:
    request = SheetRequest("signs", "slip", locales, "larkspur-clinic", "desk", "long-edge")
    try:
        make_sheet(state.bench.workspace, request, state.bench.output, SheetRelease(unlisted("Desk"), state.today))
    except DiagnosticError:
        return False
    return True


def _on_desk(state: State) -> bool:
    write_released_desk(state.bench.workspace, Store(state.bench.output, "released"), state.today)
    return any(path.startswith("released/es/") for path in offered_files(state.bench.output))


def _on_desk_with_english(state: State) -> bool:
    """True if the desk offers the Spanish together with the English, as an older translation."""
    files = offered_files(state.bench.output, beside=True)
    return any(path.startswith("released/es/") for path in files)


def _for_printer(state: State) -> bool:
    store = Store(state.bench.output, "released")
    desk = DeskPrinter("front-desk", Printer(), unlisted("Paula"), state.today)
    done = correct_released(state.bench.workspace, store.manifest().pieces, store, desk)
    assert isinstance(done, PrinterCopies)
    return any("/es/" in path.as_posix() for path in done.files)


def _statuses(state: State) -> set[str]:
    """Which of stale, expired and recalled the status says of the Spanish."""
    status = document_statuses(requested_verdicts(state.bench.workspace, Request(), state.today)).get(("signs", "es"))
    return set(status.flags) if status is not None else set()


@pytest.fixture(params=PAIRS, ids=" and ".join)
def state(request: pytest.FixtureRequest, base: Bench, tmp_path: Path) -> tuple[tuple[str, ...], State]:
    """The project in one state, or in two at once."""
    return request.param, _state(base, tmp_path, request.param)


def test_every_consumer_has_one_answer(state: tuple[tuple[str, ...], State], tmp_path: Path) -> None:
    """What hands out, lists, keeps or identifies a file does as the verdict says, whatever happened to it."""
    names, now = state
    verdicts = _verdicts(now)
    verdict, english = verdicts["es"], verdicts["en"]
    if names == ("",):
        assert (verdict.name, verdict.bars) == ("current", ())
    elif len(names) == 1:
        assert verdict.name == STATES[names[0]][1]
        assert verdict.may("stay") == ANSWERS[verdict.name].stay

    assert _verify(now) == (verdict.name, verdict.may("be_offered"))
    assert _on_desk(now) == verdict.may("be_offered")
    old = not verdict.may("be_offered") and verdict.may("beside_english") and english.may("be_offered")
    assert _on_desk_with_english(now) == old
    assert _for_printer(now) == verdict.may("be_offered")
    assert _on_sheet(now, "es") == verdict.may("be_offered")
    beside = verdict.may("beside_english") and english.may("be_offered")
    assert _on_sheet(now, "es", "en") == beside
    if "gone" not in names:
        assert _statuses(now) == {"stale", "expired", "recalled"} & {reason.code for reason in verdict.bars}

    other = State(Bench(Path(shutil.copytree(now.bench.root, tmp_path / "other", symlinks=True))), now.today)
    done = rollback(other.bench.workspace, other.bench.output, 1, unlisted("Paula"), other.today)
    assert (not done.reasons) == (verdict.may("come_back") and english.may("come_back"))
    if not done.reasons:
        assert _verify(other)[1] == _verdicts(other)["es"].may("be_offered") == _on_desk(other)

    # With the log gone only the made file can tell that it is the recalled one again.
    again = {"answered", "unlogged"} <= {*names}
    _released(now, verdict, may_be_released=not verdict.bars and not again)


def _released(now: State, before: Verdict, *, may_be_released: bool) -> None:
    """A release makes anew what may be released, keeps what may stay, and what it makes is current for all."""
    old = {piece.locale: piece for piece in Store(now.bench.output, "released").manifest().pieces}["es"]
    documents = () if not now.bench.source.exists() else ("signs",)
    order = releasing.ReleaseOrder(now.bench.output, unlisted("Paula"), now.today, 5, 1)
    report = releasing.release(now.bench.workspace, Request(documents), order, lambda *_: None)
    released = {piece.locale: piece for piece in report.released if piece.document == "signs"}
    assert ("es" in released) == may_be_released
    pieces = {p.locale: p for p in Store(now.bench.output, "released").manifest().pieces if p.document == "signs"}
    if "es" in released:
        assert _verdicts(now)["es"].may("be_offered")
        assert _verify(now) == ("current", True)
        assert _on_desk(now)
        assert before.may("stay") or before.name == "altered" or before.name == "unlogged" or released["es"] != old
    else:
        assert ("es" in pieces) == before.may("stay")
        assert [old.path] * (not before.may("stay")) == [
            piece.path for piece, _ in report.withdrawn if piece.locale == "es"
        ]
    if "es" in pieces and "es" not in released:
        assert pieces["es"].outdated == (not before.may("be_offered"))
        english = _verdicts(now).get("en")
        beside = english is not None and english.may("be_offered") and before.may("beside_english")
        assert bool(pieces["es"].offer_with) == (beside and not before.may("be_offered"))
