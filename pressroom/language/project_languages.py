"""A project's own languages: its `languages.toml` goes in, the engine's registry with them, or faults, come out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language.fonts import registered_fonts
from pressroom.language.registry import Registry, Table, build_registry, engine_registry, engine_tables, find_invented
from pressroom.project.open_file import toml_table

_NEEDED: Final = ("english", "autonym", "script", "plural")
# BCP 47 as far as a language of patients needs it: language, script and region, or private use (RFC 5646, 2.1).
_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?)(?:-x(?:-[a-z0-9]{1,8})+)?|x(?:-[a-z0-9]{1,8})+"
)
_LOOSE_TAG = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_ANY_RULE: Final = "nplurals=1; plural=0;"
_BREAKING: Final = ("spaces", "built-in", "dictionary", "phrases", "words", "compounds")


def with_own(text: str, path: str, is_rule: Callable[[str], bool]) -> tuple[Registry, list[Diagnostic]]:
    """The engine's languages as the project's file changes and adds to them; the engine's alone where it is faulty.

    A project may make type larger than the engine's smallest legible sizes and leadings, never smaller. `is_rule` tells
    whether a text is a plural rule.
    """
    table, wrong, line = toml_table(text)
    if table is None:
        return engine_registry(), [diagnostic("languages", Span(path, line), wrong, "correct the line")]
    problems: list[Diagnostic] = []
    own: dict[str, Table] = {}
    for name, entry in table.items():
        tag = _canonical(name)
        faults = list(_faults(tag, entry, own))
        if not faults and not is_rule(entry.get("plural", _ANY_RULE)):
            faults.append(("languages", "plural", f"plural of {tag} is not a rule", f"write {_hint('plural')}"))
        problems += [_problem(text, path, name, *fault) for fault in faults]
        own[tag] = entry if isinstance(entry, dict) else {}
    if problems:
        return engine_registry(), problems
    registry = build_registry(own)
    problems = [_problem(text, path, name, *fault) for name in table for fault in _low(registry, _canonical(name))]
    return (engine_registry() if problems else registry), problems


def _canonical(name: str) -> str:
    """The tag of a table: the engine's, where it means one of its languages."""
    written = name.replace("_", "-")
    return engine_registry().tags.get(written.lower(), written)


Fault = tuple[str, str, str, str]


def _faults(tag: str, entry: object, before: dict[str, Table]) -> Iterator[Fault]:
    """Code, key, message and hint of everything that is wrong with a table."""
    known = tag in engine_registry().languages
    if not isinstance(entry, dict):
        yield "languages", "", f"{tag!r} stands outside a language's table", "put it under [tag]"
        return
    if tag in before:
        yield "languages", "", f"{tag} has two tables", "make one of them"
    if find_invented(tag) is not None:
        yield "languages", "", f"{tag} is the engine's, for proofs", "take another tag, or one for private use: x-ours"
    if not known and not _TAG.fullmatch(tag):
        yield "languages", "", f"{tag!r} is not a language tag", "write it as in BCP 47: hmn, az-Arab, x-ours"
    for key in sorted(set(entry) - set(_CHECKS)):
        near = difflib.get_close_matches(key, _CHECKS, n=1)
        yield "languages", key, f"{tag} has no use for {key!r}", f"there are {', '.join(near or sorted(_CHECKS))}"
    for key in _NEEDED:
        if not known and key not in entry:
            yield "languages", "", f"{tag} is new and has no {key}", f"add {_hint(key)}"
    for key, check in _CHECKS.items():
        if key in entry and (wrong := check(entry[key])):
            yield "languages", key, f"{key} of {tag} {wrong}", f"write {_hint(key)}"
    for alias in entry.get("aliases", ()) if isinstance(entry.get("aliases"), list) else ():
        other = engine_registry().tags.get(str(alias).lower())
        if other not in (None, tag):
            yield "languages", "aliases", f"the alias {alias!r} of {tag} means {other}", "leave it out"


def _hint(key: str) -> str:
    return f"{key} = {_HINTS.get(key, '...')}"


def _low(registry: Registry, tag: str) -> Iterator[Fault]:
    """Type smaller, or lines closer, than the engine's own floor for this language, or for its script."""
    language = registry.languages[tag]
    for name, leading in (("line-height", language.line_height), ("tight", language.tight)):
        least = _engine_floor(tag, language.script, name)
        if leading[0] < least:
            yield (
                "language-floor",
                name,
                f"{name} of {tag} begins at {leading[0]:g} em; the engine's least is {least:g}",
                _FLOOR,
            )
    for kind, (floor, _) in language.sizes.items():
        least = _engine_floor(tag, language.script, "size", kind)
        if floor < least:
            message = f"the smallest size of {tag} on a {kind} is {floor:g} pt; the engine's is {least:g}"
            yield "language-floor", f"size.{kind}", message, _FLOOR


_FLOOR: Final = "a project may ask for larger, never for smaller: its readers could not read it"


def _engine_floor(tag: str, script: str, fact: str, kind: str = "") -> float:
    """The least value the engine allows a language, or one that it does not have, of that script."""
    language = engine_registry().languages.get(tag)
    if language is not None and language.script == script:
        return (
            language.sizes[kind][0] if kind else (language.line_height if fact == "line-height" else language.tight)[0]
        )
    facts = engine_tables("scripts.toml")[script]
    return float((facts[fact][kind] if kind else facts[fact])[0])


def _problem(text: str, path: str, name: str, code: str, key: str, message: str, hint: str) -> Diagnostic:
    return diagnostic(code, Span(path, _line(text, name, key)), message, hint)


def _line(text: str, name: str, key: str) -> int:
    """The line of a key in a table, of the table where the key is not found, 0 where neither is."""
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


def _text(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "is not text"


def _one_of(names: Callable[[], Any]) -> Callable[[object], str]:
    return lambda value: "" if value in list(names()) else f"is none of {', '.join(names())}"


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else "is neither true nor false"


def _texts(value: object) -> str:
    return "" if isinstance(value, list) and all(isinstance(v, str) and v for v in value) else "is not a list of words"


def _tags(value: object) -> str:
    tags = value if isinstance(value, list) else [None]
    good = all(isinstance(tag, str) and _LOOSE_TAG.fullmatch(tag) for tag in tags)
    return "" if good else "is not a list of language tags"


def _numbers(value: object) -> str:
    if not isinstance(value, list) or [type(v) in (int, float) for v in value] != [True, True]:
        return "is not two numbers"
    return "" if 0 < value[0] <= value[1] <= 40 else "is not a range, the smaller first"


def _sizes(value: object) -> str:
    kinds = engine_tables("scripts.toml")["Latn"]["size"]
    if not isinstance(value, dict) or not set(value) <= set(kinds):
        return f"has other classes than {', '.join(kinds)}"
    return next((wrong for sizes in value.values() if (wrong := _numbers(sizes))), "")


def _quotes(value: object) -> str:
    return "" if isinstance(value, str) and len(value) == 4 else "is not four signs: outer pair, inner pair"


def _signs(value: object) -> str:
    rows = value if isinstance(value, list) else [None]
    good = all(isinstance(row, list) and [type(part) for part in row] == [str, str, bool] for row in rows)
    return "" if good else "is not made of [signs, space, whether it follows them]"


_CHECKS: Final[dict[str, Callable[[object], str]]] = {
    "english": _text,
    "autonym": _text,
    "script": _one_of(lambda: engine_tables("scripts.toml")),
    "plural": _text,
    "family": _one_of(registered_fonts),
    "aliases": _tags,
    "line-height": _numbers,
    "tight": _numbers,
    "size": _sizes,
    "quotes": _quotes,
    "breaking": _one_of(lambda: _BREAKING),
    "hyphenate": _flag,
    "lone-letters": _flag,
    "spaced-signs": _signs,
    "keep-whole": _texts,
    "units": _texts,
    "letters": _text,
    "note": _text,
}
_HINTS: Final = {
    "script": '"Latn", a table of pressroom/language/scripts.toml',
    "plural": '"nplurals=2; plural=(n != 1);", gettext\'s rule',
    "aliases": '["…"]',
    "line-height": "[1.45, 1.6], least and preferred, in em",
    "tight": "[1.3, 1.4], least and preferred, in em",
    "size": "{ card = [8, 10] }, smallest and preferred, in points",
    "quotes": '"“”‘’"',
    "hyphenate": "true, or leave it out",
    "lone-letters": "true, or leave it out",
    "spaced-signs": '[[";!?", "\\u202f", false]]',
    "keep-whole": '["…"]',
    "units": '["…"]',
}
