"""The rules that translations are checked by."""

from pressroom.catalog.checks.consistency import check_consistency
from pressroom.catalog.checks.run import RULES, check_catalog
