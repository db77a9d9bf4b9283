"""Catalogs: messages and .po files go in; templates, updated catalogs, translations and findings come out."""

from pressroom.catalog.model import Catalog, Entry, Header
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog

__all__ = ["Catalog", "Entry", "Header", "read_catalog", "write_catalog"]
