"""A finished PDF held against what it was meant to be: bytes go in, facts and findings come out."""

from pressroom.preflight.check import Expected, check_pdf
from pressroom.preflight.facts import Facts, read_facts

__all__ = ["Expected", "Facts", "check_pdf", "read_facts"]
