"""Copies of a source that broke off, and copies in which one sign is another."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.catalog.read import read_catalog
from pressroom.catalog.whole import missing_end, shortened
from pressroom.content import Document
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Severity, Span
from pressroom.language import find_language

ROOT = Path(__file__).parents[1] / "hostile" / "project"
TEXT = (ROOT / "source" / "harm.md").read_text(encoding="utf-8")
TEMPLATE, _ = read_catalog((ROOT / "locales" / "harm.pot").read_bytes(), "locales/harm.pot", find_language("en"))
SPANISH, _ = read_catalog(
    (ROOT / "locales" / "es" / "LC_MESSAGES" / "harm.po").read_bytes(), "harm.po", find_language("es")
)
assert TEMPLATE is not None
assert SPANISH is not None


def parse(text: str) -> Document | None:
    """A document; one that is refused has a finding with its line."""
    document, findings = parse_document(text, "source/harm.md")
    assert all(finding.span.line for finding in findings)
    assert document is not None or any(finding.severity is Severity.ERROR for finding in findings)
    return document


WHOLE = parse(TEXT)
assert WHOLE is not None
KEYS = [message.key for message in WHOLE.messages]


def is_noticed(document: Document) -> bool:
    """True if the messages are those of the template, or a check says that they are not."""
    keys = [message.key for message in document.messages]
    assert TEMPLATE is not None
    assert SPANISH is not None
    lost = shortened(TEMPLATE, keys, Span("source/harm.md", 1))
    new = set(keys) - {entry.key for entry in SPANISH.active}
    return keys == KEYS or bool(lost or new or missing_end(SPANISH, keys))


def test_every_beginning_of_a_source_is_noticed() -> None:
    """Wherever a copy of a source broke off, it is refused, or a check says which texts are gone or are new."""
    for end in range(len(TEXT)):
        document = parse(TEXT[:end])
        assert document is None or not document.messages or is_noticed(document), TEXT[max(end - 40, 0) : end]


@settings(max_examples=200)
@given(st.integers(0, len(TEXT) - 1), st.characters() | st.sampled_from("0123456789*_[](){}<>#-|`\\\n\t ٣١"))
def test_one_other_sign_is_noticed(at: int, sign: str) -> None:
    """With one sign of a source changed there is no traceback, and a text that changed is new to every catalog."""
    document = parse(TEXT[:at] + sign + TEXT[at + 1 :])
    assert document is None or not document.messages or is_noticed(document)
