"""Layouts: `layouts/` goes in, sheets, panels, frames, products and brand tokens come out."""

from pressroom.layout.model import WEB, Box, FitGroup, Frame, Layout, Page, PanelPlace, Passage, Product, Stylesheet
from pressroom.layout.read import read_brand, read_layout, read_products
from pressroom.layout.table import LayoutError

__all__ = [
    "WEB",
    "Box",
    "FitGroup",
    "Frame",
    "Layout",
    "LayoutError",
    "Page",
    "PanelPlace",
    "Passage",
    "Product",
    "Stylesheet",
    "read_brand",
    "read_layout",
    "read_products",
]
