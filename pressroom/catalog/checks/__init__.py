"""The rules that translations are checked by."""

from pressroom.catalog.checks.run import RULES, check_catalog, check_consistency
