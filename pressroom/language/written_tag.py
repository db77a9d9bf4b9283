"""Compares a language as other tools write it (`es_MX`, `zh-TW`, `sr@latin`) with a language of the registry."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pressroom.language.model import Language
from pressroom.language.registry import engine_registry

# A POSIX locale or a BCP 47 tag; what comes after the charset or the variant names no other language.
_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(?:[-_](?P<script>[a-z]{4}))?(?:[-_](?P<region>[a-z]{2}|\d{3}))?"
    r"(?:[-_][a-z0-9]{4,8})*(?:\.[\w-]+)?(?:@(?P<modifier>\w+))?",
    re.IGNORECASE,
)
# What gettext and its tools write before a language is filled in.
_UNSET: Final = frozenset({"ll", "language", "xx"})
MODIFIERS: Final = {"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}


def names_other_language(written: str, language: Language) -> bool:
    """True if a tag in either form, in any case, names another language or another script than `language`.

    A region is no other language (`es_MX` is Spanish), unless it writes another script (`zh_TW` is not `zh-Hans`).
    A tag without script and region fits every script. A registered language's name (`Spanish`) counts as its tag;
    anything else names nothing.
    """
    written = written.strip()
    if not written or written.replace("-", "_").lower() == language.posix.lower():
        return False
    match = parse_tag(written)
    if match is None:
        return written.casefold() in _names() - {language.english.casefold(), language.autonym.casefold()}
    if match["language"].lower() in _UNSET:
        return False
    if _base(match["language"]) != _base(language.tag.partition("-")[0]):
        return True
    script = match["script"] or MODIFIERS.get((match["modifier"] or "").lower()) or likely_script(match)
    return script is not None and script.title() != language.script


def parse_tag(written: str) -> re.Match[str] | None:
    """The parts of a POSIX locale or a BCP 47 tag: language, script, region and modifier."""
    return _TAG.fullmatch(written)


@cache
def _names() -> frozenset[str]:
    """The English and the own names of all registered languages, in lower case."""
    languages = engine_registry().languages.values()
    return frozenset(name.casefold() for language in languages for name in (language.english, language.autonym))


@cache
def _base(code: str) -> str:
    """A language's code without its older and longer names: `fil` for `tl`, `he` for `iw`, `fa` for `prs`."""
    from babel.core import get_global

    code = code.lower()
    registered = engine_registry().tags.get(code, code).partition("-")[0]
    newer: str = get_global("language_aliases").get(registered, registered)
    return newer.partition("_")[0]


def likely_script(match: re.Match[str]) -> str | None:
    """The script of a language in a region that writes it otherwise than most do."""
    from babel.core import get_global

    if match["region"] is None:
        return None
    language, likely = match["language"].lower(), get_global("likely_subtags")
    full: str = likely.get(f"{language}_{match['region'].upper()}") or likely.get(language, "")
    return next((part for part in full.split("_") if len(part) == 4), None)
