"""Says if this machine can check PDF/UA-1 and PDF/A-2a: a build asks that without loading the checks."""

from __future__ import annotations

from importlib.util import find_spec

from pressroom.diagnostics import Diagnostic, Span, diagnostic


def can_check() -> bool:
    """True if the checker is installed."""
    return find_spec("page") is not None


def not_checked() -> tuple[Diagnostic, ...]:
    """A finding if this machine can't check the standards."""
    if can_check():
        return ()
    message = "PDF/UA-1 and PDF/A-2a were not checked: the checker is not installed"
    hint = "install it: pip install page-validation"
    return (diagnostic("preflight-not-run", Span("pyproject.toml"), message, hint),)
