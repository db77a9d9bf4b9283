"""The engine: canonical English and translators' catalogs go in, checked PDF editions come out.

It holds no clinic's text, no choice of languages and no panel's size: those are a project's data.
"""

from pressroom.light_classes import make_classes_light

__version__ = "0.1.0"

make_classes_light()
