"""Random histories with branches and merges: what is deleted, edited or dated back never allows anything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.approval import Case, Recall, Release, Released, ReleaseFacts, SignOff, TranslationState, Withdrawal
from pressroom.approval.approval_state import approval_state_of, signoffs_in_force
from pressroom.approval.codec import RecordFormat
from pressroom.approval.evidence import Evidence, PieceToday, ReleasedFile, evidence_of
from pressroom.approval.log import file_of, is_back_dated
from pressroom.approval.records import RECALL, SIGNOFF, WITHDRAWAL
from pressroom.approval.releases import RELEASE
from pressroom.approval.verdict import decide
from pressroom.approval.wording import Wording, WordingLine
from pressroom.publish import Manifest
from pressroom.workspace.log import edition_entries
from pressroom.workspace.records import ProjectRecords, read_records
from pressroom.workspace.workspace import Workspace

MINIMAL = Path(__file__).parents[1] / "projects" / "minimal"
# A hundred small projects are written for each property.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
FIRST = date(2026, 11, 1)
LAST = date(2026, 12, 31)
WORDS = ("Llame", "Marque")
ROLES = {"en": ("clinician", "author"), "es": ("translator", "reviewer", "clinician")}
# Paths of records with their bytes: what one branch has.
Branch = dict[str, bytes]


def case_of(locale: str, words: str) -> Case:
    """The piece with these words."""
    wording = Wording((WordingLine("act", "", "Call", words if locale == "es" else "Call"),), {"slip": ()}, ("D-1",))
    return Case("doc", locale, "slip", "here", wording, TranslationState(1), "", "2027-11")


@contextmanager
def project_with(branch: Branch) -> Iterator[Workspace]:
    """A project with these records."""
    with TemporaryDirectory(dir=MEMORY) as folder:
        root = Path(shutil.copytree(MINIMAL, Path(folder) / "p", ignore=lambda *_: ["source", "locales", "layouts"]))
        for path, data in branch.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        yield Workspace.open(root)


def read(branch: Branch) -> ProjectRecords:
    """The records of a branch, as the project reads them."""
    with project_with(branch) as workspace:
        return read_records(workspace)


def add(branch: Branch, folder: str, form: RecordFormat, record: object) -> None:
    """Write a record as the commands do."""
    name, text = form.write(record)
    branch[f"{folder}/{name}"] = text.encode()


def folder_of(locale: str) -> str:
    """The folder of the records on the document."""
    return f"{'source' if locale == 'en' else 'locales/es'}/signoffs/doc"


def signed(records: ProjectRecords, locale: str, role: str, words: str, day: date) -> SignOff:
    """What a person signs, as `sign` writes it."""
    case, log = case_of(locale, words), records.records.log
    earlier = [r for r in records.records.signoffs if (r.locale, r.role) == (locale, role)]
    return SignOff(
        document="doc", locale=locale, role=role, name=f"{role.title()} {locale}", qualification="x", dated=day,
        english=case.wording.english, translation=case.wording.translation,
        words={"slip": case.wording.words_of("slip")}, drawings={"slip/here": "base imprint"}, review_by="2027-11",
        texts="t",
        answers=tuple(r.id for r in records.records.recalls), replaces=tuple(r.id for r in earlier), after=log.heads,
    )  # fmt: skip


def evidence(records: ProjectRecords) -> Evidence:
    """All of it, on a day after every record."""
    return evidence_of(records.records, LAST, records.unsure)


def piece(records: ProjectRecords, locale: str, words: str) -> PieceToday:
    """The piece as the project would print it with these words."""
    english = approval_state_of(case_of("en", ""), records.records, LAST, english_approved=True)
    if locale == "en":
        return PieceToday("doc", "en", case_of("en", ""), english, None, "1.0")
    approved = english.name == "approved" and not english.recalls
    state = approval_state_of(case_of("es", words), records.records, LAST, english_approved=approved)
    return PieceToday("doc", "es", case_of("es", words), state, english, "1.0")


def released(records: ProjectRecords, locale: str, words: str, day: date) -> Release:
    """A release of the piece with these words, on whatever counts."""
    today = piece(records, locale, words)
    assert today.case is not None
    assert today.state is not None
    number = len(records.records.releases) + 1
    facts = ReleaseFacts("1.0", "2027-11", f"{number:08}", f"{number:064}", f"{words}{number}", today.case.content)
    signatures = tuple(r.id for r in today.state.signed)
    row = Released(f"{locale}/doc.pdf", "doc", locale, "here", "slip", "D-1", facts, signatures)
    return Release(
        number=number, dated=day, by="Paula", engine="e", after=records.records.log.heads, pieces=(row,)
    )  # fmt: skip


@dataclass
class History:
    """Two branches; a step is done on one of them by somebody who knows that branch alone."""

    branches: list[Branch] = field(default_factory=lambda: [{}, {}])

    def do(self, step: tuple[str, int, str, str, int], day: date) -> None:
        """One step: what, on which branch, in which locale, with which words, by which role."""
        what, at, locale, words, role = step
        branch, other = self.branches[at], self.branches[1 - at]
        records = read(branch)
        if what == "merge":
            branch |= other
        elif what == "sign":
            for who in ROLES[locale] if role > 2 else [ROLES[locale][role % len(ROLES[locale])]]:
                add(branch, folder_of(locale), SIGNOFF, signed(read(branch), locale, who, words, day))
        elif what == "withdraw":
            self._withdraw(branch, records, locale, day)
        elif what == "recall":
            tag = "" if role == 0 else locale
            heads = records.records.log.heads
            add(branch, "source/recalls", RECALL, Recall(document="doc", locale=tag, dated=day, name="C", reason="r",
                                                         after=heads))  # fmt: skip
        elif not decide(piece(records, locale, words), evidence(records)).bars:
            add(branch, "releases", RELEASE, released(records, locale, words, day))

    def _withdraw(self, branch: Branch, records: ProjectRecords, locale: str, day: date) -> None:
        voids = tuple(r.id for r in signoffs_in_force(records.records, "doc", locale)[-1:])
        if voids:
            taken = Withdrawal(
                document="doc", locale=locale, dated=day, name="R", reason="r", voids=voids, kind="unsigned",
                after=records.records.log.heads,
            )  # fmt: skip
            add(branch, folder_of(locale), WITHDRAWAL, taken)

    @property
    def whole(self) -> Branch:
        """Both branches merged."""
        return self.branches[0] | self.branches[1]


def allowed(records: ProjectRecords, releases: tuple[Release, ...]) -> set[tuple[str, ...]]:
    """Everything that may be done: which words may be released, and what may happen to which released file."""
    may: set[tuple[str, ...]] = set()
    known = evidence(records)
    for locale, words in (("en", ""), *(("es", words) for words in WORDS)):
        today = piece(records, locale, words)
        if not decide(today, known).bars:
            may.add(("release", locale, words))
        for row in (row for release in releases for row in release.pieces if row.locale == locale):
            verdict = decide(today, known, ReleasedFile(known.entry_of(row.id, row.path, row.sha256)))
            for question in ("come_back", "be_offered", "beside_english"):
                if verdict.may(question):
                    may.add((question, words, row.sha256))
    return may


STEP = st.tuples(
    st.sampled_from(["sign", "sign", "sign", "merge", "release", "release", "withdraw", "recall"]), st.integers(0, 1),
    st.sampled_from(["en", "es", "es"]), st.sampled_from(WORDS), st.integers(0, 5),
)  # fmt: skip
EDITS = (
    (b"doc", b"dog"), (b'locale = "', b'locale = "x'), (b"2026-11", b"2026-10"), (b"after = [", b"after = []#["),
    (b"voids = [", b"voids = []#["), (b'name = "', b'name = "X'), (b"replaces = [", b"replaces = []#["), (b"= ", b"=="),
)  # fmt: skip


def history(steps: list[tuple[str, int, str, str, int]]) -> History:
    """A history that begins with the English signed and released, and goes on with these steps, one a day."""
    made = History()
    begin = [("sign", 0, "en", "", 5), ("sign", 0, "es", WORDS[0], 5), ("release", 0, "en", "", 0),
             ("release", 0, "es", WORDS[0], 0), ("merge", 1, "", "", 0)]  # fmt: skip
    for number, step in enumerate([*begin, *steps]):
        made.do(step, FIRST + timedelta(days=number))
    return made


@settings(max_examples=25)
@given(st.lists(STEP, max_size=8), st.sampled_from(EDITS))
def test_nothing_is_won_by_deleting_or_editing_what_another_names(
    steps: list[tuple[str, int, str, str, int]], edit: tuple[bytes, bytes]
) -> None:
    """Without an entry that another names, or with an edited one, nothing is allowed that was not allowed before."""
    whole = history(steps).whole
    records = read(whole)
    before = allowed(records, records.records.releases)
    named = {name for entry in records.records.log.entries.values() for name in entry.names}
    files = {path: name for path in whole for name in named if path.endswith(file_of(name))}
    for path in files:
        deleted = {p: d for p, d in whole.items() if p != path}
        for changed in (deleted, deleted | {path: whole[path].replace(*edit)}):
            if changed != whole:
                after = read(changed)
                assert allowed(after, records.records.releases) <= before, (path, changed.get(path, b"deleted"))
                assert "log-broken" in {d.code for d in after.diagnostics}


@settings(max_examples=25)
@given(st.lists(STEP, max_size=6), st.sampled_from(ROLES["es"]), st.sampled_from(WORDS), st.integers(1, 40))
def test_dating_back_never_makes_a_record_count(
    steps: list[tuple[str, int, str, str, int]], role: str, words: str, days: int
) -> None:
    """A sign-off dated before an entry that it names changes nothing; one that names less is not the later one."""
    whole = history(steps).whole
    records = read(whole)
    before = allowed(records, records.records.releases)
    now = signed(records, "es", role, words, FIRST + timedelta(days=len(steps) + 5))
    early = replace(now, dated=now.dated - timedelta(days=days))
    if is_back_dated("/".join(["doc", "es", SIGNOFF.write(early)[0].removesuffix(".toml")]), early.names):
        forged = dict(whole)
        add(forged, folder_of("es"), SIGNOFF, early)
        assert allowed(read(forged), records.records.releases) == before
        assert read(forged).records.signoffs == records.records.signoffs


@settings(max_examples=25)
@given(st.lists(STEP, max_size=8))
def test_branches_merge_in_any_order(steps: list[tuple[str, int, str, str, int]]) -> None:
    """The order in which files arrive says nothing, and a merge alone loses no entry."""
    made = history(steps)
    whole = made.whole
    assert read(whole).records == read(dict(reversed(whole.items()))).records
    log = read(whole).records.log
    assert log.missing == ()
    assert log.heads == tuple(sorted(id for id in log.entries if not log.descendants(id)))


def test_record_of_an_earlier_version() -> None:
    """A record that an earlier version named is removed, not restored, and bars its document until then."""
    with project_with({"source/signoffs/doc/clinician-2026-10-01-0a1b2c3d.toml": b'role = "clinician"\n'}) as workspace:
        found = read_records(workspace)
    (finding,) = found.diagnostics
    assert (finding.code, "earlier version" in finding.hint) == ("record-broken", True)
    assert found.unsure == {("doc", "en")}


def test_a_released_edition_names_the_last_entries(tmp_path: Path) -> None:
    """The entries that a released edition was made at are read from its manifest, and from an earlier version's."""
    entry = "doc/es/recall-2026-10-01-0a1b2c3d4e5f6071"
    text = Manifest(heads=(entry,)).to_bytes().decode()
    for written in (text, json.dumps(json.loads(text), indent=1)):
        (tmp_path / "released").mkdir(exist_ok=True)
        (tmp_path / "released" / "manifest.json").write_text(written, encoding="utf-8")
        assert [named.names for named in edition_entries(tmp_path)] == [{entry}]
