"""The engine: canonical English and translators' catalogs go in, checked PDF editions come out.

It holds no clinic's text, no choice of languages and no panel's size: those are a project's data.
"""

__version__ = "0.1.0"
