"""The rules a translation is held against: messages and their catalog go in, diagnostics come out."""

from pressroom.catalog.checks.run import RULES, UNBUILDABLE, UNWAIVABLE, check_catalog
from pressroom.catalog.checks.together import check_together

__all__ = ["RULES", "UNBUILDABLE", "UNWAIVABLE", "check_catalog", "check_together"]
