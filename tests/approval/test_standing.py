"""Which records count, by their place in the log.

Keys here are words; `tests/commands/signing/test_keys.py` has real ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pressroom.approval.log import Log, LogEntry
from pressroom.approval.people import Key, ListedPerson, People, Validity
from pressroom.approval.records import SignOff, Waiver
from pressroom.approval.releases import Release
from pressroom.approval.signature import KINDS, KeyKind
from pressroom.approval.standing import SignedRecord, Standing, is_signed_by, standings, unknown_ends
from pressroom.diagnostics import Span

DAY = date(2027, 1, 15)
OPEN = Validity()


def someone(id: str, validity: Validity = OPEN, **languages: tuple[str, ...]) -> ListedPerson:
    """A listed person without a key."""
    return ListedPerson(
        id, (id.title(),), ("x",), languages, id == "paula", (), validity, Span("source/people.toml", 1)
    )


ANA = someone("ana", translator=("es",))
BETO = someone("beto", reviewer=("es",))
PAULA = someone("paula")


def entry(id: str, by: str, role: str, dated: date, *after: str, **more: Any) -> SignedRecord:
    """A sign-off on the Spanish by a person of this id, that names the entries `after`."""
    values = {
        "document": "doc", "locale": "es", "role": role, "name": by.title(), "qualification": "x", "principal": by,
        "dated": dated, "review_by": "2027-11", "english": "", "translation": "", "texts": "", "words": {},
        "drawings": {},
    }  # fmt: skip
    return SignedRecord(SignOff(**(values | more), after=after, id=id), b"", b"", Span(f"{id}.toml"))


def released(id: str, by: str, dated: date, *after: str) -> SignedRecord:
    """A release."""
    record = Release(number=1, dated=dated, by=by.title(), principal=by, engine="", after=after, id=id, pieces=())
    return SignedRecord(record, b"", b"", Span(f"{id}.toml"))


def judge(records: list[SignedRecord], *people: ListedPerson) -> dict[str, Standing]:
    """The standing of each record."""
    log = Log({r.record.id: LogEntry(r.record.id, frozenset(r.record.after)) for r in records})
    return standings(records, People(people, "mark"), log)


def counts(records: list[SignedRecord], *people: ListedPerson) -> dict[str, bool]:
    """Whether each record counts for good."""
    return {id: standing == Standing() for id, standing in judge(records, *people).items()}


def test_a_role_and_a_language():
    """A record counts only by a listed person, in a role and a language of theirs."""
    first = entry("a", "ana", "translator", DAY)
    for change in ({"role": "clinician"}, {"locale": "en"}, {"locale": "fr"}, {"principal": "mallory"}):
        changed = replace(first, record=replace(first.record, **change))
        (standing,) = judge([changed], ANA, BETO).values()
        assert standing.problem is not None
        assert standing.problem.code == "record-signer"
    assert counts([first], ANA) == {"a": True}


@pytest.mark.parametrize("change", [{"name": "Ana, MD"}, {"qualification": "MD"}, {"principal": "аna"}])
def test_nobody_calls_themselves_something_else(change):
    """A record has the name and the qualification that people.toml has, and the very letters of the id."""
    first = entry("a", "ana", "translator", DAY)
    assert counts([replace(first, record=replace(first.record, **change))], ANA) == {"a": False}


def test_a_record_from_before_there_was_a_file():
    """A record without an id is by the person who has exactly its name."""
    first = entry("a", "ana", "translator", DAY, principal="")
    assert counts([first], ANA) == {"a": True}
    assert counts([first], replace(ANA, names=("Ana López", "Ana"))) == {"a": True}
    assert counts([first], replace(ANA, names=("Ana López",))) == {"a": False}


def test_a_waiver_and_a_release():
    """A reviewer of the language waives, and a releaser releases."""
    values = dict.fromkeys(("code", "message", "text", "quoted", "reason"), "")
    waiver = Waiver(
        document="doc", locale="es", name="Beto", qualification="x", dated=DAY, principal="beto", id="w", **values
    )
    by_reviewer = SignedRecord(waiver, b"", b"", Span("w.toml"))
    by_translator = replace(by_reviewer, record=replace(waiver, name="Ana", principal="ana", id="v"))
    made, wrong = released("r", "paula", DAY), released("s", "beto", DAY)
    assert counts([by_reviewer, by_translator, made, wrong], ANA, BETO, PAULA) == {
        "w": True, "v": False, "r": True, "s": False,
    }  # fmt: skip


def test_closed_after_an_entry():
    """What the closing entry descends from counts. What it does not, was signed later, whatever its date says."""
    log = [
        entry("a", "ana", "translator", date(2026, 12, 1)),
        entry("b", "beto", "reviewer", date(2026, 12, 2), "a"),
        entry("c", "ana", "translator", date(2026, 11, 30)),
        entry("d", "ana", "translator", date(2026, 12, 3), "b"),
    ]
    assert counts(log, replace(ANA, validity=Validity(void_after=("b",))), BETO) == {
        "a": True, "b": True, "c": False, "d": False,
    }  # fmt: skip
    assert counts(log, replace(ANA, validity=Validity(void_after=())), BETO)["a"] is False


def test_a_closing_entry_that_is_gone():
    """If the closing entry is not in the log, nothing of the person counts, and the line in the file is named."""
    log = [entry("a", "ana", "translator", date(2026, 12, 1))]
    ana = replace(ANA, validity=Validity(void_after=("gone",)))
    assert counts(log, ana) == {"a": False}
    (problem,) = unknown_ends(People((ana,)), Log())
    assert (problem.code, problem.span.line) == ("people", 1)


def test_a_clock_set_back_after_a_day():
    """A record from before the last day counts if another person's entry of that time descends from it."""
    log = [
        entry("a", "ana", "translator", date(2026, 12, 1)),
        entry("b", "beto", "reviewer", date(2026, 12, 2), "a"),
        # Written in 2028 by the old key.
        entry("c", "ana", "translator", date(2026, 12, 3), "b"),
        # She confirms it herself, and later somebody names it without a thought.
        entry("d", "ana", "translator", date(2026, 12, 4), "c"),
        entry("e", "beto", "reviewer", date(2028, 3, 1), "d"),
        entry("f", "ana", "translator", date(2028, 3, 1), "e"),
    ]
    standing = judge(log, replace(ANA, validity=Validity(void_from=DAY)), BETO)
    assert {id for id, one in standing.items() if one == Standing()} == {"a", "b", "e"}
    assert {id: one.lapses for id, one in standing.items() if one.lapses} == {"c": DAY, "d": DAY}
    assert standing["f"].problem is not None


def test_two_old_keys_do_not_confirm_each_other():
    """A record by one closed key is not confirmed by a record of another that nobody confirms."""
    closed = Validity(void_from=DAY)
    log = [
        entry("a", "ana", "translator", date(2026, 12, 1)),
        entry("b", "beto", "reviewer", date(2026, 12, 2), "a"),
        entry("c", "ana", "translator", date(2026, 12, 3), "b"),
    ]
    standing = judge(log, replace(ANA, validity=closed), replace(BETO, validity=closed))
    assert {id: one.lapses for id, one in standing.items()} == dict.fromkeys("abc", DAY)


def test_a_day_to_come():
    """A record by a key that ends later counts until then; once another person has named it, it counts for good."""
    ana = replace(ANA, validity=Validity(void_from=date(2030, 1, 1)))
    first = entry("a", "ana", "translator", DAY)
    assert judge([first], ana)["a"] == Standing(lapses=date(2030, 1, 1))
    assert counts([first, entry("b", "beto", "reviewer", DAY, "a")], ana, BETO) == {"a": True, "b": True}


def test_before_the_first_day():
    """A record dated before the person or the key was valid does not count."""
    ana = replace(ANA, validity=Validity(since=DAY))
    assert counts([entry("a", "ana", "translator", date(2027, 1, 14))], ana) == {"a": False}
    assert counts([entry("a", "ana", "translator", DAY)], ana) == {"a": True}


def test_an_uncounted_record_confirms_nothing():
    """An entry by somebody who may not sign shows nothing about the entries it names."""
    log = [
        entry("a", "ana", "translator", date(2026, 12, 1)),
        entry("b", "beto", "clinician", date(2026, 12, 2), "a"),
        entry("c", "mallory", "reviewer", date(2026, 12, 2), "a"),
    ]
    assert judge(log, replace(ANA, validity=Validity(void_from=DAY)), BETO)["a"].lapses == DAY


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Key]:
    """Keys of a kind whose signature is the name of the key."""
    kind = KeyKind(lambda public: public, lambda record, signature, public: signature == public.encode())
    monkeypatch.setitem(KINDS, "word", kind)

    def key(name: str, validity: Validity = OPEN, roles: tuple[str, ...] | None = None, kind: str = "word") -> Key:
        return Key(kind, name, name, validity, Span("source/people.toml", 1), roles)

    return key


def with_key(record: SignedRecord, key: str, signature: str | None = None) -> SignedRecord:
    """A record that names a key, with a signature by it or by another."""
    made = key if signature is None else signature
    return replace(record, record=replace(record.record, key=key), signature=made.encode())


FIRST = entry("a", "ana", "translator", DAY)


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        (FIRST, "record-unsigned"),
        (with_key(FIRST, "one", "another"), "signature-wrong"),
        (with_key(FIRST, "one", ""), "signature-wrong"),
        (with_key(FIRST, "another"), "record-signer"),
        (with_key(FIRST, "beto"), "record-signer"),
        (with_key(FIRST, "reads"), "record-signer"),
        (with_key(FIRST, "strange"), "signature-wrong"),
    ],
)
def test_only_a_valid_signature_by_a_key_of_the_person(
    keys: Callable[..., Key], signed: SignedRecord, code: str
) -> None:
    """With keys a record counts by a valid signature of a key that its person has, for the role it is signed in."""
    ana = replace(ANA, keys=(keys("one"), keys("reads", roles=("reviewer",)), keys("strange", kind="unheard of")))
    beto = replace(BETO, keys=(keys("beto"),))
    assert counts([with_key(FIRST, "one")], ana, beto) == {"a": True}
    (standing,) = judge([signed], ana, beto).values()
    assert standing.problem is not None
    assert standing.problem.code == code
    assert standing.altered == (code == "signature-wrong")


def test_a_key_has_days_of_its_own(keys: Callable[..., Key]) -> None:
    """A record by a key counts from the key's first day until the day before it was closed."""
    ana = replace(ANA, keys=(keys("one", Validity(DAY, void_from=date(2027, 1, 17))),))
    record = replace(FIRST.record, key="one")
    said = {}
    for day in (14, 15, 16, 17):
        signed = replace(FIRST, record=replace(record, dated=date(2027, 1, day)), signature=b"one")
        said[day] = judge([signed], ana)["a"].problem is None
    assert said == {14: False, 15: True, 16: True, 17: False}


def test_nobody_confirms_what_their_own_closed_key_signed(keys: Callable[..., Key]) -> None:
    """A later key of the same person shows nothing: who has the old one may have made both entries."""
    ana = replace(ANA, keys=(keys("old", Validity(void_from=DAY)), keys("new")))
    log = [
        with_key(entry("a", "ana", "translator", date(2026, 12, 1)), "old"),
        with_key(entry("b", "ana", "translator", date(2026, 12, 2), "a"), "new"),
    ]
    assert judge(log, ana) == {"a": Standing(lapses=DAY), "b": Standing()}
    log.append(with_key(entry("c", "beto", "reviewer", date(2026, 12, 3), "b"), "beto"))
    assert judge(log, ana, replace(BETO, keys=(keys("beto"),)))["a"] == Standing()


def test_a_key_that_was_closed_after_an_entry_that_is_gone(keys: Callable[..., Key]) -> None:
    """The line of the key is named; a person or a key that is open, or closed after what is there, is no finding."""
    there = LogEntry("a", frozenset())
    gone = replace(keys("gone", Validity(void_after=("gone",))), span=Span("source/people.toml", 7))
    ana = replace(ANA, keys=(keys("open"), keys("there", Validity(void_after=("a",))), gone))
    (problem,) = unknown_ends(People((ana, BETO)), Log({"a": there}))
    assert (problem.code, problem.span.line) == ("people", 7)
    assert "names gone, which is not in the log" in problem.message


def test_nothing_is_no_signature(keys: Callable[..., Key], monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty signature is none, whatever the check of its kind says of it."""
    monkeypatch.setitem(KINDS, "word", KeyKind(str, lambda *_: True))
    assert is_signed_by(keys("one"), b"record", b"anything")
    assert not is_signed_by(keys("one"), b"record", b"")


def test_the_first_end_is_the_end(keys: Callable[..., Key]) -> None:
    """If a person and their key end on two days, a record that nobody confirms lapses on the first."""
    early, late = date(2029, 1, 1), date(2030, 1, 1)
    for person, key in ((early, late), (late, early)):
        ana = replace(ANA, validity=Validity(void_from=person), keys=(keys("one", Validity(void_from=key)),))
        assert judge([with_key(FIRST, "one")], ana)["a"] == Standing(lapses=early)


def test_an_entry_beside_it_confirms_nothing() -> None:
    """Only an entry that descends from a record shows that it was there in time."""
    log = [entry("a", "ana", "translator", date(2026, 12, 1)), entry("b", "beto", "reviewer", date(2026, 12, 2))]
    ana = replace(ANA, validity=Validity(void_from=DAY))
    assert judge(log, ana, BETO)["a"].lapses == DAY
