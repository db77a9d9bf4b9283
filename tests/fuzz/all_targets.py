"""Loads all targets, which register themselves: `TARGETS` has them by name."""

from tests.fuzz.targets import drawn, handoff, pdfs, records, tables, texts  # noqa: F401
from tests.fuzz.targets.target import TARGETS  # noqa: F401
