"""Catalogs: messages and .po files go in; templates, updated catalogs, translations and findings come out."""

from pressroom.catalog.briefing import Briefing
from pressroom.catalog.checks import UNBUILDABLE, UNWAIVABLE, check_catalog, check_together
from pressroom.catalog.intake import intake
from pressroom.catalog.locale_merge import merge_locale
from pressroom.catalog.merge import MergeSummary, merge
from pressroom.catalog.model import Catalog, Entry, Header
from pressroom.catalog.offers import Donors
from pressroom.catalog.pseudo import pseudo_locales, pseudo_text, pseudo_translation
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import template_catalog
from pressroom.catalog.terms import Term, check_terms, read_terms
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
    "Term",
    "Translated",
    "Translation",
    "check_catalog",
    "check_terms",
    "check_together",
    "intake",
    "merge",
    "merge_locale",
    "pseudo_locales",
    "pseudo_text",
    "pseudo_translation",
    "read_catalog",
    "read_terms",
    "source_translation",
    "template_catalog",
    "translate",
    "write_catalog",
]
