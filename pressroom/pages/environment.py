"""Renders templates in a language of the interface, and knows the files that pages load."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pressroom.diagnostics import filled
from pressroom.pages.words import LANGUAGES, autonym, day, direction, from_now, listed, translations

_HERE: Final = Path(__file__).parent
_STATIC: Final = _HERE / "static"


@cache
def _environment(tag: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(tag), newstyle=True)  # type: ignore[attr-defined]
    # A word of several lines in a template is one line in the catalogs, see `catalogs.py`.
    environment.policies["ext.i18n.trimmed"] = True
    for word in (day, from_now, listed):
        environment.filters[word.__name__] = partial(word, tag=tag)
    # Findings name commands as this reader types them.
    environment.filters["filled"] = filled
    environment.filters["extract"] = lambda key, table: table[key]
    environment.globals |= {
        "language": tag,
        "direction": direction(tag),
        "languages": [(other, autonym(other)) for other in LANGUAGES],
    }
    return environment


def render(template: str, language: str = LANGUAGES[0], **values: object) -> str:
    """The page of a template, such as `overview/page.html`, with the interface in a language of `LANGUAGES`."""
    return _environment(language).get_template(template).render(values)


@cache
def static_files() -> dict[str, bytes]:
    """The styles, scripts and pictures that pages load, by their path below `static`."""
    files = sorted(path for path in _STATIC.rglob("*") if path.is_file())
    return {path.relative_to(_STATIC).as_posix(): path.read_bytes() for path in files}


def static_file(path: str) -> bytes | None:
    """One of them; None if there is no such file."""
    return static_files().get(path)


@cache
def pages_version() -> str:
    """A hash of everything that decides how a page looks: templates, catalogs, styles and scripts."""
    digest = hashlib.sha256(static_version().encode())
    for folder in ("templates", "locales"):
        for path in sorted(path for path in (_HERE / folder).rglob("*") if path.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def static_version() -> str:
    """A hash of all of them: a part of their addresses, so that browsers may keep them."""
    digest = hashlib.sha256()
    for path, data in static_files().items():
        digest.update(f"{path} {len(data)} ".encode() + data)
    return digest.hexdigest()[:12]
