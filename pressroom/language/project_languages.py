"""A project's own languages, and its changes to the engine's: reads and checks `languages.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import cldr
from pressroom.language.fonts import registered_fonts
from pressroom.language.model import BREAKING
from pressroom.language.registry import Registry, Table, build_registry, engine_registry, find_invented
from pressroom.nearest import suggestion
from pressroom.project.toml_text import toml_table

# BCP 47 as far as a language of patients needs it: language, script and region, or private use (RFC 5646, 2.1).
_TAG: Final = re.compile(
    r"(?:[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?)(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+"
)
_LOOSE_TAG: Final = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_SCRIPTS: Final = "language/scripts.toml"
# The keys a new language needs, and what answers for a language that CLDR knows.
_NEEDED: Final[dict[str, Callable[[str], str | None]]] = {
    "script": cldr.script_of,
    "english": cldr.english_name,
    "autonym": cldr.autonym,
    "plural": cldr.plural_rule,
}
# Code, key, message and hint of something wrong in a language's table.
Fault = tuple[str, str, str, str]


def read_project_languages(
    text: str, path: str, is_rule: Callable[[str], bool]
) -> tuple[Registry, tuple[Diagnostic, ...]]:
    """The engine's languages with a project's changes and additions, or the engine's alone and what is wrong.

    A project may make type larger than the engine's smallest legible sizes and leadings, never smaller. `is_rule`
    says whether a text is a plural rule.
    """
    table, wrong, line = toml_table(text)
    if table is None:
        return engine_registry(), (diagnostic("languages", Span(path, line), wrong, "correct the line"),)
    tags = {name: _canonical(name) for name in table}
    faults = [(name, fault) for name, entry in table.items() for fault in _faults(name, entry, tags, is_rule)]
    if not faults:
        registry = build_registry({tags[name]: entry for name, entry in table.items()})
        faults = [(name, fault) for name, entry in table.items() for fault in _too_small(registry, tags[name], entry)]
        faults += [(name, fault) for name, entry in table.items() for fault in _borrowed(registry, tags[name], entry)]
    problems = tuple(
        diagnostic(code, Span(path, _line(text, name, key)), message, hint)
        for name, (code, key, message, hint) in faults
    )
    return (engine_registry() if problems else registry), problems


def _canonical(name: str) -> str:
    """The tag of a table: the engine's, if it means one of the engine's languages."""
    written = name.replace("_", "-")
    return engine_registry().tags.get(written.lower(), written)


def _faults(name: str, entry: object, tags: dict[str, str], is_rule: Callable[[str], bool]) -> Iterator[Fault]:
    tag = tags[name]
    known = tag in engine_registry().languages
    if not isinstance(entry, dict):
        yield "languages", "", f"{tag!r} is outside a language's table", "put it under [tag]"
        return
    if next(other for other, its_tag in tags.items() if its_tag == tag) != name:
        yield "languages", "", f"{tag} has two tables", "make one of them"
    if find_invented(tag) is not None:
        yield "languages", "", f"{tag} is the engine's, for proofs", "take another tag, or one for private use: x-ours"
    if not known and not _TAG.fullmatch(tag):
        yield "languages", "", f"{tag!r} is not a language tag", "write it as in BCP 47: hmn, az-Arab, x-ours"
        return
    keys = data_table("language/keys.toml")
    for key in sorted(set(entry) - set(keys)):
        yield "languages", key, f"{tag} has an unknown key {key!r}", suggestion(key, sorted(keys))
    for key, from_cldr in _NEEDED.items():
        if not known and key not in entry and from_cldr(tag) is None:
            hint = f"add {key} = {keys[key]['example']}"
            yield "languages", "", f"CLDR does not know {tag}, and its table has no {key}", hint
    for key in [key for key in keys if key in entry]:
        wrong = _CHECKS[keys[key]["kind"]](entry[key])
        if not wrong and key == "plural" and not is_rule(entry[key]):
            wrong = "is not a rule"
        if wrong:
            yield "languages", key, f"{key} of {tag} {wrong}", f"write {key} = {keys[key]['example']}"
    for alias in entry.get("aliases", ()) if not _CHECKS["tags"](entry.get("aliases", [])) else ():
        other = engine_registry().tags.get(alias.lower())
        if other not in (None, tag):
            yield "languages", "aliases", f"the alias {alias!r} of {tag} means {other}", "leave it out"


def _borrowed(registry: Registry, tag: str, entry: Table) -> Iterator[Fault]:
    """A name that is another language's: staff choose a paper by it, and would hand out the wrong one."""
    for key in ("english", "autonym"):
        name = str(entry.get(key, "")).casefold()
        # Reading the names of all languages takes a quarter of a second.
        if not name:
            continue
        others = [*registry.languages.values()]
        if key == "english":
            # A language of CLDR that is not listed, too: the project may take it up any day.
            same = [other for other, english in cldr.english_names().items() if english.casefold() == name]
            others += [registry.find(other) for other in same if other in registry and other not in registry.languages]
        for other in others:
            names = (other.english.casefold(), other.autonym.casefold())
            # Languages of one stem may share a name: Persian in Iran and in Afghanistan.
            if name in names and other.tag.partition("-")[0] != tag.partition("-")[0]:
                hint = f"write {key} as readers of {tag} call their language; staff choose a paper by it"
                yield "languages", key, f"the {key} of {tag}, {entry[key]}, is the name of {other.tag}", hint


def _too_small(registry: Registry, tag: str, entry: Table) -> Iterator[Fault]:
    """Type smaller, or lines closer, than the engine allows for this language or, if it is new, for its script."""
    script_alone = {tag: {key: entry[key] for key in ("script",) if key in entry}}
    smallest = build_registry(script_alone).languages[tag].smallest
    hint = "a project may ask for larger, never for smaller: its readers could not read it"
    for key, value in registry.languages[tag].smallest.items():
        if value < smallest[key]:
            message = f"the smallest {key} of {tag} is {value:g}; the engine's is {smallest[key]:g}"
            yield "language-floor", key, message, hint


def _line(text: str, name: str, key: str) -> int:
    """The line of a key in a table, of the table if the key is not found, 0 if neither is."""
    inside, header = False, 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.strip().replace('"', "").replace("'", "")
        if bare.startswith("["):
            inside = bare.startswith((f"[{name}]", f"[{name}."))
            header = number if inside and not header else header
            if inside and key and bare.startswith(f"[{name}.{key}"):
                return number
        elif inside and key and re.match(rf"{re.escape(key)}\s*[.=]", bare):
            return number
    return _line(text, name, key.rpartition(".")[0]) if "." in key else header


Check = Callable[[object], str]


def _must_be(what: str, is_good: Callable[[Any], bool]) -> Check:
    """A check that returns what is wrong with a value, or nothing."""
    return lambda value: "" if is_good(value) else f"is not {what}"


def _one_of(names: Callable[[], Iterable[str]]) -> Check:
    return lambda value: "" if value in list(names()) else f"is not one of {', '.join(names())}"


def _is_list(value: object, is_good: Callable[[Any], object]) -> bool:
    return isinstance(value, list) and all(map(is_good, value))


def _is_range(value: object) -> bool:
    if not isinstance(value, list) or [type(number) in (int, float) for number in value] != [True, True]:
        return False
    return bool(0 < value[0] <= value[1] <= 40)


def _sizes(value: object) -> str:
    classes = data_table(_SCRIPTS)["Latn"]["size"]
    if not isinstance(value, dict) or not set(value) <= set(classes):
        return f"has other classes than {', '.join(classes)}"
    return next((wrong for sizes in value.values() if (wrong := _CHECKS["range"](sizes))), "")


# What is wrong with a value, by the kind that `keys.toml` gives a key.
_CHECKS: Final[dict[str, Check]] = {
    "text": _must_be("text", lambda value: isinstance(value, str) and bool(value.strip())),
    "flag": _must_be("true or false", lambda value: isinstance(value, bool)),
    "range": _must_be("a range of two numbers, the smaller first", _is_range),
    "sizes": _sizes,
    "quotes": _must_be("four signs: outer pair, inner pair", lambda value: isinstance(value, str) and len(value) == 4),
    "words": _must_be("a list of words", lambda value: _is_list(value, lambda word: isinstance(word, str) and word)),
    "tags": _must_be(
        "a list of language tags",
        lambda value: _is_list(value, lambda tag: isinstance(tag, str) and _LOOSE_TAG.fullmatch(tag)),
    ),
    "signs": _must_be(
        "made of [signs, space, whether it follows them]",
        lambda value: _is_list(value, lambda row: isinstance(row, list) and [*map(type, row)] == [str, str, bool]),
    ),
    "script": _one_of(lambda: data_table(_SCRIPTS)),
    "family": _one_of(registered_fonts),
    "breaking": _one_of(lambda: BREAKING),
}
