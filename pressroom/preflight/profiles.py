"""Checks a PDF against PDF/UA-1 and PDF/A-2a with the package `page-validation`.

The checker is written in Rust, passes the test files of veraPDF and Isartor, and needs nothing else on the machine.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic

PROFILES: Final = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}


def can_check() -> bool:
    """True if the checker is installed."""
    return find_spec("page") is not None


def breaches(pdf: bytes, span: Span) -> list[Diagnostic]:
    """Every breach of both standards, each rule once, in the checker's words.

    Raises:
        ImportError: the checker is not installed.
    """
    if not can_check():
        raise ImportError("the checker is not installed: pip install 'pressroom[preflight]'")
    import page  # the extra may be absent

    messages: dict[tuple[str, str], list[str]] = {}
    for standard, profile in PROFILES.items():
        try:
            failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        except page.PageError as error:
            messages.setdefault((standard, "unreadable"), []).append(str(error))
            continue
        for failure in failures:
            messages.setdefault((standard, failure.rule_id), []).append(failure.message)
    hint = "correct the layout's template, or the program that made it"
    findings = []
    for (standard, rule), texts in messages.items():
        times = f" ({len(texts)} times)" if len(texts) > 1 else ""
        message = f"{standard} is not kept: {texts[0]}{times} [{rule}]"
        findings.append(diagnostic("preflight-profile", span, message, hint))
    return findings
