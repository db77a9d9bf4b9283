"""Gettext catalogs: extract templates, update, translate, check, and exchange them as XLIFF and TMX.

Imported here is what catalogs are, and what a translation is. Reading, checks, merging and glossaries load parsers and
large tables, so those who use them import their modules.
"""

from pressroom.catalog.model import Catalog, Entry, Header
from pressroom.catalog.translation import (
    Translated,
    Translation,
    pseudo_locales,
    pseudo_text,
    pseudo_translation,
    source_translation,
    translate,
)
