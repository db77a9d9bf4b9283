"""Standards held by a checker that others wrote: a PDF's bytes go in, every breach of PDF/UA-1 and PDF/A-2a comes out.

The checker is the package `page-validation`: a program of its own in Rust, which passes the
test files of veraPDF and Isartor and needs nothing else on the machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Final

PROFILES: Final = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule of a standard that a file does not keep: the checker's own name and words for it, and how often."""

    standard: str
    rule: str
    message: str
    count: int


def can_check() -> bool:
    """True where the checker is installed."""
    return find_spec("page") is not None


def breaches(pdf: bytes) -> list[Breach]:
    """Every breach of both standards, each rule once.

    Raises:
        ImportError: the checker is not installed.
    """
    if not can_check():
        raise ImportError("the checker is not installed: pip install 'pressroom[preflight]'")
    import page  # the extra may be absent

    found: dict[tuple[str, str], list[str]] = {}
    for standard, profile in PROFILES.items():
        try:
            failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        except page.PageError as error:
            found.setdefault((standard, "unreadable"), []).append(str(error))
            continue
        for failure in failures:
            found.setdefault((standard, failure.rule_id), []).append(failure.message)
    return [Breach(standard, rule, said[0], len(said)) for (standard, rule), said in found.items()]
