"""Gettext catalogs: extract templates, update, translate, check, and exchange them as XLIFF and TMX.

Imported here is what every command reads catalogs with. Checks, merging and glossaries load large tables, so those who
use them import their modules.
"""

from pressroom.catalog.model import Catalog, Entry, Header
from pressroom.catalog.read import read_catalog
from pressroom.catalog.template import CommentContext, template_catalog
from pressroom.catalog.translation import (
    Translated,
    Translation,
    pseudo_locales,
    pseudo_text,
    pseudo_translation,
    source_translation,
    translate,
)
from pressroom.catalog.write import write_catalog
