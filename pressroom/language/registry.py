"""Languages by tag: `languages.toml` and `scripts.toml` go in, a `Registry` of frozen `Language`s comes out."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from pressroom.language.model import Language, UnknownLanguage

Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Registry:
    """Languages by tag, in their order; `tags` leads from every way a tag is written, in lower case, to the tag."""

    languages: Mapping[str, Language]
    tags: Mapping[str, str] = field(repr=False)

    def find(self, written: str) -> Language:
        """The language of a tag in either form, BCP 47 or POSIX, in any case, or by an alias.

        Raises:
            UnknownLanguage: there is none such; carries the nearest tag.
        """
        wanted = written.replace("_", "-").lower()
        tag = self.tags.get(wanted)
        if tag is None:
            near = difflib.get_close_matches(wanted, self.tags, n=1)
            raise UnknownLanguage(written, self.tags[near[0]] if near else None)
        return self.languages[tag]


@cache
def engine_registry() -> Registry:
    """The languages that the engine brings."""
    return build_registry({})


def build_registry(own: Mapping[str, Table]) -> Registry:
    """The engine's languages and a project's: `own` has a table of changed or new facts by tag, already checked."""
    entries = engine_tables("languages.toml")
    tags = [*entries, *(tag for tag in own if tag not in entries)]
    found = {tag: _language(tag, entries.get(tag, {}), own.get(tag, {})) for tag in tags}
    aliases = {alias.lower(): tag for tag, language in found.items() for alias in language.aliases}
    return Registry(found, aliases | {tag.lower(): tag for tag in found})


def find_language(written: str) -> Language:
    """The engine's language of this tag, as `Registry.find` finds it; a project may have others, or its own facts.

    Raises:
        UnknownLanguage: the engine has none such.
    """
    return engine_registry().find(written)


def languages() -> Mapping[str, Language]:
    """Every language of the engine by its tag, in the registry's order."""
    return engine_registry().languages


def find_invented(written: str) -> Language | None:
    """The invented language of a tag in either form, in any case; none where there is no such."""
    return invented_languages().get(written.replace("_", "-").lower())


@cache
def invented_languages() -> dict[str, Language]:
    """The invented languages by their tag in lower case; they are not among the registered ones."""
    found: dict[str, Language] = {}
    for tag, row in engine_tables("invented.toml").items():
        names = {"tag": tag, "english": row["english"], "autonym": row["autonym"], "aliases": (), "invented": True}
        like = languages()[row["like"]]
        classes = {name: replace(one, **names) for name, one in like.by_class.items()}
        found[tag.lower()] = replace(like, **names, by_class=classes, note="")
    return found


def _language(tag: str, entry: Table, own: Table) -> Language:
    """A language and, by class of product, how it is set there; what the project says holds in every class."""
    scripts = engine_tables("scripts.toml")
    script = scripts[(entry | own)["script"]]
    classes = entry.get("class", {})
    by_class = {name: _facts(tag, script, entry, changed, own) for name, changed in classes.items()}
    return replace(_facts(tag, script, entry, own), by_class=by_class)


def _facts(tag: str, script: Table, *tables: Table) -> Language:
    """One language from its tables, a later one before an earlier; sizes are laid over each other by class."""
    facts: Table = dict(script)
    for table in tables:
        facts |= table | {"size": facts["size"] | table.get("size", {})}
    return Language(
        tag=tag,
        english=facts["english"],
        autonym=facts["autonym"],
        script=facts["script"],
        direction=facts["direction"],
        plural=facts["plural"],
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
        digits=facts.get("digits", "ascii"),
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
