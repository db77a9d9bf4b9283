"""Finds languages by tag; builds them from `languages.toml`, `scripts.toml` and a project's own table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

from pressroom.data_files import data_table
from pressroom.language import cldr
from pressroom.language.model import Language, UnknownLanguage, UnsetLanguage
from pressroom.nearest import nearest

Table = dict[str, Any]
_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?")


@dataclass(frozen=True, slots=True)
class Registry:
    """Languages by tag, in their order. `tags` maps every way to write a tag, in lower case, to the tag.

    They are those that the engine lists and a project's own. `find` also makes any other that CLDR knows.
    """

    languages: Mapping[str, Language]
    tags: Mapping[str, str] = field(repr=False)

    def find(self, written: str) -> Language:
        """The language of a tag or alias, in BCP 47 or POSIX form, in any case.

        Raises:
            UnknownLanguage: neither the registry nor CLDR has it, or nothing here sets its script.
        """
        lower = written.replace("_", "-").lower()
        tag = self.tags.get(lower) or _cldr_tag(lower)
        if tag is None:
            raise UnknownLanguage(written, self.tags.get(nearest(lower, self.tags)))
        # The tag of today for an old one may be that of a language of the registry.
        tag = self.tags.get(tag.lower(), tag)
        return self.languages.get(tag) or cldr_language(tag)

    def __contains__(self, tag: object) -> bool:
        """True for the tag of a language that `find` knows, as the language itself has it."""
        try:
            return isinstance(tag, str) and self.find(tag).tag == tag
        except UnknownLanguage:
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(self.languages)

    def __len__(self) -> int:
        return len(self.languages)


@cache
def engine_registry() -> Registry:
    """The languages that the engine brings."""
    return build_registry({})


def build_registry(project_tables: Mapping[str, Table]) -> Registry:
    """The engine's languages and a project's: its tables change or add facts by tag, and are already checked."""
    entries = data_table("language/languages.toml")
    listed = [tag for tag, entry in entries.items() if "script" in entry]
    languages = {
        tag: _language(tag, entries.get(tag, {}), project_tables.get(tag, {}))
        for tag in dict.fromkeys([*listed, *project_tables])
    }
    aliases = {alias.lower(): tag for tag, language in languages.items() for alias in language.aliases}
    return Registry(languages, aliases | {tag.lower(): tag for tag in languages})


def find_language(written: str) -> Language:
    """The engine's language of this tag, as `Registry.find`; a project may have changed its facts."""
    return engine_registry().find(written)


def languages() -> Mapping[str, Language]:
    """Every language of the engine by its tag, in the registry's order."""
    return engine_registry().languages


@cache
def _cldr_tag(lower: str) -> str | None:
    """CLDR's tag for one that is not listed; None if CLDR has none, or no name for it that staff could choose it by."""
    if lower in (regional := _regional()):
        return regional[lower]
    tag = cldr.canonical_tag(lower) if _TAG.fullmatch(lower) else None
    return tag if tag in cldr.english_names() and cldr.autonym(tag) else None


@cache
def _regional() -> dict[str, str]:
    """The languages of a region that differ from others of the language and are not listed, as `pt-PT`."""
    tables = data_table("language/languages.toml").items()
    return {tag.lower(): tag for tag, entry in tables if "script" not in entry and "-" in tag}


@cache
def cldr_language(tag: str) -> Language:
    """A language that is not listed, from CLDR's facts and the engine's of its script.

    Raises:
        UnsetLanguage: nothing here sets its script.
    """
    if cldr.script_of(tag) not in data_table("language/scripts.toml"):
        raise UnsetLanguage(tag, str(cldr.english_name(tag)))
    return _language(tag, data_table("language/languages.toml").get(tag, {}), {})


def every_language(registry: Registry) -> Iterator[Language]:
    """The registry's languages, then all others of CLDR that can be set, by tag. It takes half a second."""
    yield from registry.languages.values()
    for tag in sorted([*cldr.english_names(), *_regional().values()]):
        if tag.lower() not in registry.tags and cldr.script_of(tag) in data_table("language/scripts.toml"):
            found = _cldr_tag(tag.lower())
            if found == tag:
                yield registry.find(tag)


def find_invented(written: str) -> Language | None:
    """The invented language of a tag in either form, in any case, or None."""
    return invented_languages().get(written.replace("_", "-").lower())


@cache
def invented_languages() -> dict[str, Language]:
    """The invented languages by their tag in lower case; they are not among the registered ones."""
    invented: dict[str, Language] = {}
    for tag, row in data_table("language/invented.toml").items():
        like = languages()[row["like"]]
        names = like.names | {"english": row["english"], "autonym": row["autonym"]}
        changes: Table = {"tag": tag, "names": names, "aliases": (), "invented": True}
        classes = {name: replace(language, **changes) for name, language in like.by_class.items()}
        invented[tag.lower()] = replace(like, **changes, by_class=classes, note="")
    return invented


def _language(tag: str, entry: Table, project_table: Table) -> Language:
    """A language and, by class of product, how it is set there; a project's facts apply to every class."""
    script = str((entry | project_table).get("script") or cldr.script_of(tag))
    facts = {**data_table("language/scripts.toml")[script], "script": script}
    if "script" not in entry and (quotes := cldr.delimiters(tag)):
        facts["quotes"] = quotes
    by_class = {
        name: _from_tables(tag, facts, entry, changes, project_table)
        for name, changes in entry.get("class", {}).items()
    }
    return replace(_from_tables(tag, facts, entry, project_table), by_class=by_class)


def _from_tables(tag: str, *tables: Table) -> Language:
    """One language from its tables. A later table overrides an earlier one; sizes are merged by class."""
    facts: Table = {}
    for table in tables:
        facts |= table | {"size": facts.get("size", {}) | table.get("size", {})}
    names: dict[str, str] = {key: facts.pop(key) for key in ("english", "autonym", "plural") if key in facts}
    sizes = {name: _tuples(size) for name, size in facts.pop("size").items()}
    facts.pop("class", None)
    rest = {key.replace("-", "_"): _tuples(value) for key, value in facts.items()}
    return Language(tag=tag, cldr=tag, names=names, sizes=sizes, **rest)


def _tuples(value: Any) -> Any:  # noqa: ANN401  a value of TOML
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
