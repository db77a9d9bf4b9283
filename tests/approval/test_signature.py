"""Signing and checking as records are: by the kinds of keys, with ssh-keygen, and without one that works."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pressroom.approval.signature import KINDS, SignatureError, public_key_of, sign_record

RECORD = b'document = "visit"\n'


@pytest.fixture
def key(tmp_path: Path) -> Callable[[str], Path]:
    """Make an SSH key of this name."""

    def make(name: str) -> Path:
        path = tmp_path / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
        return path

    return make


def test_a_key_of_ssh_checks_its_own_signatures_alone(key: Callable[[str], Path]) -> None:
    """By its entry in `KINDS`, a signature holds for its record and its key, and for nothing else."""
    one, other = key("one"), key("other")
    kind, signed = KINDS["ssh"], sign_record(RECORD, one)
    assert kind.is_signed(RECORD, signed, public_key_of(one))
    assert not kind.is_signed(RECORD + b"#", signed, public_key_of(one))
    assert not kind.is_signed(RECORD, signed, public_key_of(other))
    assert not kind.is_signed(RECORD, b"", public_key_of(one))


def test_a_key_that_cannot_sign_is_refused(key: Callable[[str], Path]) -> None:
    """Where ssh-keygen signs nothing, there is no signature and a reason."""
    one = key("one")
    one.write_text("no key\n")
    with pytest.raises(SignatureError, match="can't sign with"):
        sign_record(RECORD, one)


@pytest.mark.parametrize("error", [FileNotFoundError("ssh-keygen"), subprocess.TimeoutExpired("ssh-keygen", 60)])
def test_an_ssh_keygen_that_cannot_be_run_is_named(
    error: Exception, key: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ssh-keygen that is not installed, or never answers, is a reason and no traceback."""
    one = key("one")
    one.with_name("one.pub").unlink()

    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", fail)
    for attempt in (lambda: sign_record(RECORD, one), lambda: public_key_of(one)):
        with pytest.raises(SignatureError, match="ssh-keygen can't be run"):
            attempt()
