"""Diagnostics as text for people, JSON for programs, and annotations for GitHub's review page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, Final

from pressroom.diagnostics.command import filled_finding
from pressroom.diagnostics.model import Diagnostic


def _text(d: Diagnostic) -> str:
    hint = f"\n  hint: {d.hint}" if d.hint else ""
    return f"{d.span}: {d.severity}[{d.code}]: {d.message}{hint}"


def as_object(d: Diagnostic) -> dict[str, Any]:
    """A finding as JSON writes it: path, line, severity, code, message, hint, and its subject if it has one."""
    fields = asdict(d)
    span, subject = fields.pop("span"), fields.pop("subject")
    return {**span, **fields, **({"subject": subject} if subject else {})}


def _github(d: Diagnostic) -> str:
    # Workflow commands: %, CR and LF are escaped in the message, and : and , too in a property.
    level = "notice" if d.severity == "note" else d.severity
    message = f"{d.message} ({d.hint})" if d.hint else d.message
    place = f"file={_property(d.span.path)}" + (f",line={d.span.line}" if d.span.line else "")
    return f"::{level} {place},title={_property(d.code)}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: Final[dict[str, Callable[[Iterable[Diagnostic]], str]]] = {
    "text": lambda diagnostics: "\n".join(map(_text, diagnostics)),
    "json": lambda diagnostics: json.dumps([as_object(d) for d in diagnostics], ensure_ascii=False, indent=1),
    "github": lambda diagnostics: "\n".join(map(_github, diagnostics)),
}


def render(diagnostics: Iterable[Diagnostic], form: str) -> str:
    """All of them in one of `FORMATS`, in the order given; empty text where there is nothing to say as text."""
    return FORMATS[form](map(filled_finding, diagnostics))
