from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pressroom.commands.releasing.verify import identify_line
from pressroom.commands.signing import cases
from pressroom.commands.signing.status import document_statuses, requested_verdicts
from pressroom.planning import plan
from pressroom.planning.plan import Request, make_plan
from pressroom.workspace.workspace import Workspace

TODAY = date(2026, 11, 23)
CLINIC = '\n[invented-{n}]\nname = "Invented {n}"\naddress = ["{n} Meadow Lane"]\nemergency = "911"\n'


@pytest.fixture
def clinics(other_clinic: Path) -> Path:
    """A project with ten invented clinics more."""
    path = other_clinic / "source" / "clinics.toml"
    more = "".join(CLINIC.format(n=n) for n in range(10))
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    return other_clinic


def test_words_are_compared_once_for_all_clinics(clinics: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The status of eleven clinics looks at each document, language and product once."""
    seen: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    wording_of = cases.wording_of

    def counted(document, translation, words, own):
        seen[document.name, translation.locale, tuple(words)] += 1
        return wording_of(document, translation, words, own)

    monkeypatch.setattr(cases, "wording_of", counted)
    workspace = Workspace.open(clinics)
    assert document_statuses(requested_verdicts(workspace, Request(), TODAY))
    assert len(seen) < len(make_plan(workspace, Request()).jobs) / 10
    assert set(seen.values()) == {1}


def test_a_line_needs_no_keys(clinics: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To identify a control line and to say the status, no piece's key is computed."""
    monkeypatch.setattr(plan, "piece_key", lambda *_: pytest.fail("a key was computed"))
    workspace = Workspace.open(clinics)
    assert identify_line(workspace, "1a2b3c4d", TODAY).files[0].verdict == "unknown"
    assert document_statuses(requested_verdicts(workspace, Request(), TODAY))
