"""Diagnostics as text for people, JSON for programs, and annotations for GitHub's review page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Final

from pressroom.diagnostics.model import Diagnostic


def _text(diagnostics: list[Diagnostic]) -> str:
    lines: list[str] = []
    for d in diagnostics:
        lines.append(f"{d.span}: {d.severity}[{d.code}]: {d.message}")
        lines += [f"  hint: {d.hint}"] if d.hint else []
    return "\n".join(lines)


def _json(diagnostics: list[Diagnostic]) -> str:
    return json.dumps([as_json(d) for d in diagnostics], ensure_ascii=False, indent=1)


def _github(diagnostics: list[Diagnostic]) -> str:
    return "\n".join(_annotation(d) for d in diagnostics)


def _annotation(d: Diagnostic) -> str:
    # Workflow commands: %, CR and LF are escaped in the message, and : and , too in a property.
    level = "notice" if d.severity == "note" else d.severity
    message = f"{d.message} ({d.hint})" if d.hint else d.message
    place = f"file={_property(d.span.path)}" + (f",line={d.span.line}" if d.span.line else "")
    return f"::{level} {place},title={_property(d.code)}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def as_json(d: Diagnostic) -> dict[str, object]:
    """The diagnostic as the JSON format holds it: `path` and `line` side by side."""
    fields = asdict(d)
    span, subject = fields.pop("span"), fields.pop("subject")
    return {"path": span["path"], "line": span["line"], **fields, **({"subject": subject} if subject else {})}


FORMATS: Final[dict[str, Callable[[list[Diagnostic]], str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}


def render(diagnostics: Iterable[Diagnostic], form: str) -> str:
    """All of them in one of `FORMATS`, in the order given; empty text where there is nothing to say as text."""
    return FORMATS[form](list(diagnostics))
