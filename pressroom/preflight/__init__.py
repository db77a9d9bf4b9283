"""A finished PDF held against what it was meant to be: bytes go in, facts and findings come out."""

from pressroom.preflight.check import Expected, check_pdf
from pressroom.preflight.drawn import as_drawn
from pressroom.preflight.examine import Examined, examine
from pressroom.preflight.facts import Facts, read_facts
from pressroom.preflight.profiles import can_check
from pressroom.preflight.web import check_page
from pressroom.preflight.web_style import check_style

__all__ = [
    "Examined",
    "Expected",
    "Facts",
    "as_drawn",
    "can_check",
    "check_page",
    "check_pdf",
    "check_style",
    "examine",
    "read_facts",
]
