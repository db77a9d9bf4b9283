from __future__ import annotations

import re
from pathlib import Path

import pytest

from pressroom.diagnostics import Severity, Span, bars_proof, diagnostic, documented_codes, worst

ENGINE = Path(__file__).parents[2] / "pressroom"
# A code as the source names it: a lower-case word in quotation marks on a line of its own or of a call.
_WORD = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')


def _words() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in ENGINE.rglob("*.py")]
    return {word for text in texts for word in _WORD.findall(text)}


def test_every_code_is_used() -> None:
    """A documented code that nothing in the engine names would be a promise nobody keeps."""
    words = _words()
    # A PDF's findings are named for what was looked at: "fonts" is preflight-fonts.
    unused = {code for code in documented_codes() if not {code, code.removeprefix("preflight-")} & words}
    assert unused == set()


def test_every_code_is_documented() -> None:
    """Whatever is handed to `diagnostic` by name is in codes.toml."""
    named = re.compile(r'diagnostic\(\s*"([^"]+)"')
    used = {code for path in ENGINE.rglob("*.py") for code in named.findall(path.read_text(encoding="utf-8"))}
    assert used - set(documented_codes()) == set()
    with pytest.raises(KeyError):
        diagnostic("no-such-code", Span("a"), "message")


def test_every_code_has_a_room_and_a_meaning() -> None:
    """A code belongs to a room that exists, and a paragraph says what it means and why."""
    for code in documented_codes().values():
        assert (ENGINE / code.room).is_dir(), code
        assert len(code.meaning) > 40, code
        assert code.meaning.endswith("."), code


def test_what_a_code_bars() -> None:
    """An error bars a release unless it says otherwise; only what judges a translation can be waived."""
    codes = documented_codes().values()
    assert {code.bars for code in codes} == {"proof", "release", ""}
    assert all(code.severity == "error" for code in codes if code.bars)
    assert all(code.bars in ("release", "") and code.room == "catalog" for code in codes if code.waivable)
    assert all(code.severity in ("error", "warning") for code in codes if code.waivable)
    assert documented_codes()["overset"].bars == "release"
    proof, release = (diagnostic(code, Span("a"), "m") for code in ("placeholder-lost", "overset"))
    assert bars_proof([release, proof])
    assert not bars_proof([release])


def test_worst() -> None:
    """The most severe of several counts, and none of no diagnostics."""
    note, warning, error = (diagnostic(code, Span("a"), "m") for code in ("machine-draft", "clinic-phone", "overset"))
    assert worst([note, error, warning]) is Severity.ERROR
    assert worst([note, warning]) is Severity.WARNING
    assert worst([]) is None
