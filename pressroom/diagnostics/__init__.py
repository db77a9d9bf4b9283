"""Diagnostics: where, how severe, which rule, what is wrong, and what to do next."""

from pressroom.diagnostics.codes import Code, Severity, documented_codes
from pressroom.diagnostics.formats import FORMATS, as_json, render
from pressroom.diagnostics.model import Diagnostic, DiagnosticError, Span, Subject, bars_proof, diagnostic, worst
