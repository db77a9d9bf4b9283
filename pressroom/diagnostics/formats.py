"""Diagnostics as text for people, JSON for programs, and annotations for GitHub's review page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any, Final

from pressroom.diagnostics.command import filled_finding
from pressroom.diagnostics.model import Diagnostic, Span

# What a terminal obeys, what turns the words behind it round, and what has no shape: it may be in a file's name and
# in a text that is quoted.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """The text with control characters and signs of direction as escapes; line ends stay."""
    return _UNSEEN.sub(lambda match: repr(match[0])[1:-1], text) if _UNSEEN.search(text) else text


def placed(span: Span) -> str:
    """A place as a line begins with it; a line end in a file's name is an escape, too."""
    return visible(str(span)).replace("\n", "\\n")


def _text(d: Diagnostic) -> str:
    hint = f"\n  hint: {d.hint}" if d.hint else ""
    return f"{placed(d.span)}: {d.severity}[{d.code}]: {visible(f'{d.message}{hint}')}"


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
