"""HTML pages for people who work with a project: templates, styles, scripts, and the interface's own words."""

from pressroom.pages.environment import pages_version, render, static_file, static_version
from pressroom.pages.words import LANGUAGES, chosen_language

__all__ = ["LANGUAGES", "chosen_language", "pages_version", "render", "static_file", "static_version"]
