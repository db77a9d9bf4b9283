"""Diagnostics: where, how severe, which rule, what is wrong, and what to do next."""

from pressroom.diagnostics.command import COMMAND, LAUNCHER, filled, filled_finding, typed_command
from pressroom.diagnostics.formats import FORMATS, as_object, placed, render, visible
from pressroom.diagnostics.model import (
    PROGRAM_FAULT,
    Code,
    Diagnostic,
    DiagnosticError,
    Severity,
    Span,
    Subject,
    bars_proof,
    diagnostic,
    documented_codes,
    is_repeated,
    worst,
)
