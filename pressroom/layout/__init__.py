"""Reads `layouts/`: sheets, panels, frames, roles, products and brand tokens."""

from pressroom.layout.brand import read_brand, read_brand_logo, read_brand_spans
from pressroom.layout.brand_colours import BrandColours
from pressroom.layout.brand_fonts import NO_FONTS, BrandFonts, OwnFont, read_brand_fonts
from pressroom.layout.gathering import unprinted
from pressroom.layout.model import (
    CARD,
    LOCALE,
    MIDDLE,
    SIDES,
    TEMPLATE,
    WEB,
    Area,
    Box,
    FitGroup,
    Frame,
    Layout,
    Page,
    PanelPlace,
    Passage,
    Side,
    Stylesheet,
    View,
)
from pressroom.layout.placing import place_panels, printed_frames
from pressroom.layout.products import Flip, Product, Sheet, collective, fallbacks, read_products, read_sheets
from pressroom.layout.read import layout_folders, read_layout
from pressroom.layout.roles import Role, Source, word_names
from pressroom.layout.stretching import stretched
from pressroom.layout.table import LayoutError
