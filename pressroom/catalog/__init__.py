"""Catalogs: messages and .po files go in; templates, updated catalogs, translations and findings come out."""

from pressroom.catalog.briefing import Briefing
from pressroom.catalog.checks import UNBUILDABLE, UNWAIVABLE, check_catalog
from pressroom.catalog.intake import intake
from pressroom.catalog.merge import MergeSummary, merge
from pressroom.catalog.model import Catalog, Entry, Header
from pressroom.catalog.offers import Donors
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import template_catalog
from pressroom.catalog.translation import Translated, Translation, source_translation, translate
from pressroom.catalog.write import write_catalog

__all__ = [
    "UNBUILDABLE",
    "UNWAIVABLE",
    "Briefing",
    "Catalog",
    "Donors",
    "Entry",
    "Header",
    "MergeSummary",
    "Translated",
    "Translation",
    "check_catalog",
    "intake",
    "merge",
    "read_catalog",
    "source_translation",
    "template_catalog",
    "translate",
    "write_catalog",
]
