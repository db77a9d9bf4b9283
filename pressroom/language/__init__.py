"""The language registry: how each language is written, read and set, by its tag."""

from pressroom.language.cldr import calendar_words, english_name, measures, number_signs, unit_patterns
from pressroom.language.fonts import (
    OWN_FONT_LIMIT,
    Face,
    FontFamily,
    FontLockError,
    LockedFont,
    families,
    font_file,
    font_hash,
    font_lock_text,
    font_mark,
    read_font_lock,
    registered_fonts,
    sign_fonts,
)
from pressroom.language.line_ends import WeakWords, weak_words
from pressroom.language.meant import AmbiguousLanguage, Meant, understand
from pressroom.language.model import ENGLISH, Language, UnknownLanguage, letters_of, sample_of, units_of
from pressroom.language.project_languages import read_project_languages
from pressroom.language.registry import (
    Registry,
    engine_registry,
    every_language,
    find_invented,
    find_language,
    invented_languages,
    languages,
)
from pressroom.language.written_tag import names_other_language
