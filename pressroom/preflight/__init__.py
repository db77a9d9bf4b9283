"""Checks finished PDFs and web pages against what they were meant to be, and against PDF/UA-1 and PDF/A-2a."""

from pressroom.preflight.check import Examined, Expected, can_check, check_parts, check_pdf, examine, unread
from pressroom.preflight.facts import Facts, read_facts
from pressroom.preflight.web import check_page, check_style
