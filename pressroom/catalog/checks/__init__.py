"""The rules a translation is held against: messages and their catalog go in, diagnostics come out."""

from pressroom.catalog.checks.consistency import check_consistency
from pressroom.catalog.checks.run import RULES, check_catalog
