"""Finds languages by tag; builds them from `languages.toml`, `scripts.toml` and a project's own table."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pressroom.language import cldr
from pressroom.language.model import Language, UnknownLanguage

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Registry:
    """Languages by tag, in their order. `tags` maps every way to write a tag, in lower case, to the tag."""

    languages: Mapping[str, Language]
    tags: Mapping[str, str] = field(repr=False)

    def find(self, written: str) -> Language:
        """The language of a tag in either form, BCP 47 or POSIX, in any case, or of an alias.

        Raises:
            UnknownLanguage: there is none; carries the most similar tag.
        """
        lower = written.replace("_", "-").lower()
        tag = self.tags.get(lower)
        if tag is None:
            near = difflib.get_close_matches(lower, self.tags, n=1)
            raise UnknownLanguage(written, self.tags[near[0]] if near else None)
        return self.languages[tag]


@cache
def engine_registry() -> Registry:
    """The languages that the engine brings."""
    return build_registry({})


def build_registry(project_tables: Mapping[str, Table]) -> Registry:
    """The engine's languages and a project's: its tables change or add facts by tag, and are already checked."""
    entries = engine_tables("languages.toml")
    languages = {
        tag: _language(tag, entries.get(tag, {}), project_tables.get(tag, {}))
        for tag in dict.fromkeys([*entries, *project_tables])
    }
    aliases = {alias.lower(): tag for tag, language in languages.items() for alias in language.aliases}
    return Registry(languages, aliases | {tag.lower(): tag for tag in languages})


def find_language(written: str) -> Language:
    """The engine's language of this tag, as `Registry.find` finds it. A project may have changed its facts.

    Raises:
        UnknownLanguage: the engine does not have it.
    """
    return engine_registry().find(written)


def languages() -> Mapping[str, Language]:
    """Every language of the engine by its tag, in the registry's order."""
    return engine_registry().languages


def find_invented(written: str) -> Language | None:
    """The invented language of a tag in either form, in any case, or None."""
    return invented_languages().get(written.replace("_", "-").lower())


@cache
def invented_languages() -> dict[str, Language]:
    """The invented languages by their tag in lower case; they are not among the registered ones."""
    invented: dict[str, Language] = {}
    for tag, row in engine_tables("invented.toml").items():
        like = languages()[row["like"]]
        names = like.names | {"english": row["english"], "autonym": row["autonym"]}
        changes: Table = {"tag": tag, "names": names, "aliases": (), "invented": True}
        classes = {name: replace(language, **changes) for name, language in like.by_class.items()}
        invented[tag.lower()] = replace(like, **changes, by_class=classes, note="")
    return invented


def _language(tag: str, entry: Table, project_table: Table) -> Language:
    """A language and, by class of product, how it is set there; a project's facts apply to every class."""
    script = str((entry | project_table).get("script") or cldr.script_of(tag))
    facts = {**engine_tables("scripts.toml")[script], "script": script}
    by_class = {
        name: _from_tables(tag, facts, entry, changes, project_table)
        for name, changes in entry.get("class", {}).items()
    }
    return replace(_from_tables(tag, facts, entry, project_table), by_class=by_class)


def _from_tables(tag: str, *tables: Table) -> Language:
    """One language from its tables. A later table overrides an earlier one; sizes are merged by class."""
    facts: Table = {"size": {}}
    for table in tables:
        facts |= table | {"size": facts["size"] | table.get("size", {})}
    return Language(
        tag=tag,
        cldr=tag,
        names={key: facts[key] for key in ("english", "autonym", "plural") if key in facts},
        script=facts["script"],
        direction=facts.get("direction", "ltr"),
        family=facts["family"],
        line_height=_pair(facts["line-height"]),
        tight=_pair(facts["tight"]),
        bullet_shift=facts["bullet-shift"],
        title=facts["title"],
        title_lead=facts["title-lead"],
        sizes={name: _pair(sizes) for name, sizes in facts["size"].items()},
        overhang=facts.get("overhang", 0.0),
        label=_pair(facts.get("label", [1.0, 0.0])),
        breaking=facts.get("breaking", "spaces"),
        quotes=facts.get("quotes", "“”‘’"),
        hyphenate=facts.get("hyphenate", False),
        lone_letters=facts.get("lone-letters", False),
        spaced_signs=tuple((signs, space, after) for signs, space, after in facts.get("spaced-signs", ())),
        keep_whole=tuple(facts.get("keep-whole", ())),
        never_first=tuple(facts.get("never-first", ())),
        between=facts.get("between", " "),
        aliases=tuple(facts.get("aliases", ())),
        note=facts.get("note", ""),
        units=tuple(facts.get("units", ())),
        letters=facts.get("letters", ""),
    )


def _pair(numbers: list[float]) -> tuple[float, float]:
    low, high = numbers
    return low, high


@cache
def engine_tables(name: str) -> dict[str, Table]:
    """One of the engine's data files."""
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
