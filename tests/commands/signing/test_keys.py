"""Who may sign what, with which key: each way around it is closed."""

from __future__ import annotations

from datetime import date

from tests.commands.conftest import TODAY, Bench

FILE = "source/people.toml"


def state(bench: Bench, locale: str, today: date = TODAY) -> str:
    """The state of the document in a locale."""
    return bench.review_case(locale, today).cases()[0][1].name


def problems(bench: Bench, locale: str = "es") -> list[tuple[str, str]]:
    """What is wrong with the people and the records: the path and the code."""
    return [(d.span.path, d.code) for d in bench.review_case(locale).workspace.records().diagnostics]


def replaced(bench: Bench, old: str, new: str) -> None:
    """Change the file of people."""
    bench.edit(FILE, old, new)


def forged(bench: Bench, path, key: str, **changes: str) -> None:
    """Write a record again with other values, under its right name, and sign it with a key."""
    from pressroom.approval.records import SIGNOFF
    from pressroom.approval.signature import public_key_of, sign_record, ssh_fingerprint

    record = SIGNOFF.read(path.read_text(encoding="utf-8"), path.name)
    from dataclasses import replace

    secret = bench.keys / key
    record = replace(record, key=ssh_fingerprint(public_key_of(secret)), **changes)
    name, text = SIGNOFF.write(record)
    (path.parent / name).write_text(text, encoding="utf-8")
    (path.parent / f"{name}.sig").write_bytes(sign_record(text.encode(), secret))
    path.unlink()


def test_everybody_signs_and_it_is_released(released_with_keys):
    """With a key for everybody, a piece is signed, released and current, and nothing is wrong."""
    assert problems(released_with_keys) == []
    assert (state(released_with_keys, "en"), state(released_with_keys, "es")) == ("approved", "approved")
    (release,) = released_with_keys.workspace.records().records.releases
    assert (release.principal, release.key[:7]) == ("paula-publisher", "SHA256:")
