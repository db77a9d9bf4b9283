from __future__ import annotations

import json

from pressroom.diagnostics import Span, diagnostic, render

ONE = diagnostic("overset", Span("locales/es/LC_MESSAGES/a.po", 41), "overset by 4.2 mm: 100%, at once", "shorten it")
TWO = diagnostic("machine-draft", Span("a,b:c.po"), "two\nlines")


def test_text() -> None:
    """People read the place, how grave it is, the code, the message, and below it the next move."""
    assert render([ONE, TWO], "text").splitlines() == [
        "locales/es/LC_MESSAGES/a.po:41: error[overset]: overset by 4.2 mm: 100%, at once",
        "  hint: shorten it",
        "a,b:c.po: note[machine-draft]: two",
        "lines",
    ]
    assert render([], "text") == ""


def test_json() -> None:
    """Programs read a list, which is empty where there is nothing to say."""
    assert json.loads(render([], "json")) == []
    first, second = json.loads(render([ONE, TWO], "json"))
    assert first == {
        "path": "locales/es/LC_MESSAGES/a.po",
        "line": 41,
        "severity": "error",
        "code": "overset",
        "message": "overset by 4.2 mm: 100%, at once",
        "hint": "shorten it",
    }
    assert second["line"] == 0


def test_github() -> None:
    """GitHub's annotations have their own escapes, in properties more than in the message."""
    assert render([ONE, TWO], "github").splitlines() == [
        "::error file=locales/es/LC_MESSAGES/a.po,line=41,title=overset"
        "::overset by 4.2 mm: 100%25, at once (shorten it)",
        "::notice file=a%2Cb%3Ac.po,title=machine-draft::two%0Alines",
    ]
