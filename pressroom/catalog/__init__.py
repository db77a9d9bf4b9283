"""Gettext catalogs: extract templates, update, translate, check, and exchange them as XLIFF and TMX."""

from pressroom.catalog.checks import check_catalog, check_consistency
from pressroom.catalog.merge import MergeSummary, merge, merge_locale
from pressroom.catalog.model import Catalog, Entry, Header
from pressroom.catalog.read import read_catalog
from pressroom.catalog.returned_words import apply_returned
from pressroom.catalog.template import CommentContext, template_catalog
from pressroom.catalog.terms import Term, check_terms, read_terms
from pressroom.catalog.translation import (
    Translated,
    Translation,
    pseudo_locales,
    pseudo_text,
    pseudo_translation,
    source_translation,
    translate,
)
from pressroom.catalog.translation_memory import TranslationMemory
from pressroom.catalog.write import write_catalog
