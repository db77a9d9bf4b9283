"""One shape for everything a user is told: where, how grave, which rule, what is wrong, what to do next."""

from pressroom.diagnostics.codes import Code, Severity, documented_codes
from pressroom.diagnostics.formats import FORMATS, as_json, render
from pressroom.diagnostics.model import Diagnostic, DiagnosticError, Span, Subject, bars_proof, diagnostic, worst
