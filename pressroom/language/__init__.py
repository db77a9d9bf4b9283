"""The language registry: a tag goes in, and how that language is written, read and set comes out."""

from pressroom.language.fonts import Face, FontFamily, families, font_file, registered_fonts
from pressroom.language.registry import Language, UnknownLanguage, find_language, languages
from pressroom.language.units import units_of

__all__ = [
    "Face",
    "FontFamily",
    "Language",
    "UnknownLanguage",
    "families",
    "find_language",
    "font_file",
    "languages",
    "registered_fonts",
    "units_of",
]
