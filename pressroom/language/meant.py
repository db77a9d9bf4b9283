"""Understands a language as a person writes it on the command line: by tag, by name, or as other tools write it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pressroom.language import cldr
from pressroom.language.model import Language, UnknownLanguage, UnsetLanguage
from pressroom.language.registry import Registry, every_language
from pressroom.language.written_tag import MODIFIERS, likely_script, parse_tag

_WORD: Final = re.compile(r"\w+")
_NEAR: Final = 0.75
_SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Meant:
    """A language that was understood; `others` are what the same word could mean, if it was the likeliest of several.

    `region` is a region that was written and makes no language of its own, as MX in `es_MX`.
    """

    language: Language
    others: tuple[Language, ...] = ()
    region: str = ""


class AmbiguousLanguage(UnknownLanguage):
    """A name that several languages have, as Portuguese."""

    def __init__(self, written: str, found: tuple[Language, ...]) -> None:
        super().__init__(written, None)
        self.args = (f"{written!r} may be {len(found)} languages",)
        self.found = found

    @property
    def hint(self) -> str:
        """The languages, each with its tag."""
        return f"write the tag: {', '.join(map(_shown, self.found))}"


class NearLanguages(UnknownLanguage):
    """No language has the name; some have a similar one."""

    def __init__(self, written: str, found: tuple[Language, ...]) -> None:
        super().__init__(written, found[0].tag)
        self.found = found

    @property
    def hint(self) -> str:
        """The similar ones, each with its tag."""
        return f"did you mean {' or '.join(map(_shown, self.found))}?"


def understand(registry: Registry, written: str) -> Meant:
    """The language of a tag in any form (`es_MX.UTF-8`, `sr@latin`, `iw`), or of an English or own name.

    Raises:
        UnknownLanguage: no language is meant, or several are; its hint names the nearest.
    """
    written = " ".join(written.split())
    try:
        language = registry.find(written)
    except UnknownLanguage as error:
        return _by_parts(registry, written) or _by_name(registry, written, error)
    bare = written.isalpha() and "-" in language.tag
    return Meant(language, _of_one_code(registry, language) if bare else ())


def _by_parts(registry: Registry, written: str) -> Meant | None:
    """A tag with more than the registry asks for. A region may say which script is meant."""
    match = parse_tag(written)
    if match is None or not (match["script"] or match["region"] or match["modifier"] or "." in written):
        return None
    language, region = match["language"], (match["region"] or "").upper()
    script = match["script"] or MODIFIERS.get((match["modifier"] or "").lower()) or likely_script(match) or ""
    for parts in ((language, script, region), (language, region), (language, script), (language,)):
        tag = "-".join(filter(None, parts))
        if tag in ("", language) and script and not _writes(registry, language, script):
            continue
        try:
            found = registry.find(tag)
        except UnknownLanguage:
            continue
        return Meant(found, region="" if region and region in (*found.tag.split("-"), *parts[1:2]) else region)
    return None


def _writes(registry: Registry, language: str, script: str) -> bool:
    try:
        return registry.find(language).script == script.title()
    except UnknownLanguage:
        return False


def _by_name(registry: Registry, written: str, error: UnknownLanguage) -> Meant:
    """The language of this name; a name of several, or a similar one, is refused with those there are."""
    if not any(map(str.isalpha, written)):
        raise error
    wanted, named = _folded(written), dict[str, dict[str, Language]]()
    for language in every_language(registry):
        for name in _names(language):
            named.setdefault(name, {})[language.tag] = language
    found = tuple(named.get(wanted, {}).values())
    whole = [one for one in found if wanted in (_folded(one.english), _folded(one.autonym))]
    if len(whole) == 1 or len(found) == 1:
        return Meant((whole or found)[0])
    if found:
        raise AmbiguousLanguage(written, found)
    raise _similar(wanted, written, named) or error


def _similar(wanted: str, written: str, named: dict[str, dict[str, Language]]) -> UnknownLanguage | None:
    """The languages that have all words of the name, or one that is spelled nearly so; or one that can't be set."""
    words = set(_WORD.findall(wanted))
    near = [name for name in named if words and words <= set(_WORD.findall(name))]
    unset = {_folded(name): tag for tag, name in cldr.english_names().items()}
    near = near or difflib.get_close_matches(wanted, {*named, *unset}, n=3, cutoff=_NEAR)
    similar = {language.tag: language for name in near for language in named.get(name, {}).values()}
    if similar:
        return NearLanguages(written, tuple(similar.values())[:_SHOWN])
    return next((UnsetLanguage(unset[name], cldr.english_names()[unset[name]]) for name in near), None)


def _names(language: Language) -> Iterator[str]:
    """Its English and own names, whole, without what is in brackets, and what is in brackets."""
    for name in {language.english, language.autonym, cldr.english_name(language.cldr) or ""} - {""}:
        yield _folded(name)
        whole, _, rest = name.partition("(")
        if rest and not whole.isspace():
            yield _folded(whole)
            yield _folded(rest.rstrip(") "))


def _folded(name: str) -> str:
    """The name without accents and in lower case: Espanol is Español."""
    flat = unicodedata.normalize("NFD", name.strip().casefold())
    latin = "".join(sign for sign in flat if not "\u0300" <= sign < "\u0370")
    return unicodedata.normalize("NFC", latin)


def _of_one_code(registry: Registry, language: Language) -> tuple[Language, ...]:
    code = language.tag.partition("-")[0]
    return tuple(o for o in every_language(registry) if o.tag.partition("-")[0] == code and o.tag != language.tag)


def _shown(language: Language) -> str:
    return f"{language.tag} ({language.english})"
