"""A finished PDF held against what it was meant to be: bytes go in, facts and findings come out."""

from pressroom.preflight.check import Expected
from pressroom.preflight.examine import Examined, examine
from pressroom.preflight.profiles import can_check
from pressroom.preflight.web import check_page

__all__ = ["Examined", "Expected", "can_check", "check_page", "examine"]
