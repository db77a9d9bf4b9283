"""Reads `source/people.toml` into `People`. Any error makes the whole file unusable: half a list decides nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any, Final

from pressroom.approval.people import Key, ListedPerson, People, Validity
from pressroom.approval.roles import RELEASER, ROLES, may_sign, roles_of
from pressroom.approval.same_person import is_same, person
from pressroom.approval.signature import KINDS
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.fingerprint import content_hash
from pressroom.language import ENGLISH
from pressroom.nearest import nearest, suggestion
from pressroom.project import toml_table

PEOPLE_FILE: Final = "source/people.toml"
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HEADER: Final = re.compile(r"\s*\[\[?\s*(?P<name>[^\]]+?)\s*\]\]?\s*(#.*)?")
_ENTRY: Final = re.compile(r"\s*\"?(?P<key>[A-Za-z0-9_-]+)\"?\s*=")
_VOID: Final = ("void-from", "void-after")
_PERSON: Final = (
    "name", "qualification", "earlier-names", "earlier-qualifications", *ROLES, "releaser", "keys", *_VOID,
)  # fmt: skip
_KEY: Final = ("kind", "key", "roles", "valid-from", *_VOID)
# Persian and Indian names are written with these.
_JOINERS: Final = "\u200c\u200d"
# In which key, empty for the table itself; what is wrong; what to do.
_Fault = tuple[str, str, str]


def read_people(text: str, path: str, tags: Collection[str]) -> tuple[People | None, list[Diagnostic]]:
    """Everybody who is listed; None if anything in the file is wrong. `tags` are the languages that there are."""
    table, problem, line = toml_table(text)
    if table is None:
        return None, [diagnostic("people", Span(path, line), problem, "correct the line")]
    if not table:
        hint = 'list who may sign: [ana-lopez], then name = "Ana López"; see docs/how-to/keys.md'
        return None, [diagnostic("people", Span(path), "it lists no person, so signing stops", hint)]
    lines, listed, findings = _Lines(text), list[ListedPerson](), list[Diagnostic]()
    for id, entry in table.items():
        faults = [*_located(path, lines, id if isinstance(entry, dict) else "", 0, _person_faults(id, entry, tags))]
        for place, key in enumerate(_keys(entry)):
            faults += _located(path, lines, f"{id}.keys", place, _key_faults(id, key))
        findings += faults
        if not faults:
            listed.append(_person(id, entry, path, lines))
    findings += [*_shared_keys(listed), *_alike(listed)]
    if findings:
        return None, findings
    return People(tuple(listed), content_hash(text.encode())[:32]), [*_unknown_kinds(listed)]


class _Lines:
    """Where each table and each key of a TOML text is; 0 where that can't be seen."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, int, str], int] = {}
        header, count = "", dict[str, int]()
        for number, line in enumerate(text.splitlines(), start=1):
            if match := _HEADER.fullmatch(line):
                header = match["name"].replace('"', "")
                count[header] = count.get(header, -1) + 1
                self._lines[header, count[header], ""] = number
            elif match := _ENTRY.match(line):
                self._lines.setdefault((header, count.get(header, 0), match["key"]), number)

    def of(self, header: str, place: int = 0, key: str = "") -> int:
        """The line of a key in the table of this name, or of the table itself; `place` counts tables of one name."""
        return self._lines.get((header, place, key)) or self._lines.get((header, place, ""), 0)


def _located(path: str, lines: _Lines, header: str, place: int, faults: Iterable[_Fault]) -> Iterator[Diagnostic]:
    for key, message, hint in faults:
        yield diagnostic("people", Span(path, lines.of(header, place, key)), message, hint)


def _keys(entry: object) -> list[Any]:
    keys = entry.get("keys", []) if isinstance(entry, dict) else []
    return keys if isinstance(keys, list) else []


def _person_faults(id: str, entry: object, tags: Collection[str]) -> Iterator[_Fault]:
    if not isinstance(entry, dict):
        yield id, f"{id!r} is outside a person's table", "put it under [ana-lopez]"
        return
    if not _ID.fullmatch(id):
        yield "", f"{id!r} can't name a person", "use lower-case letters a to z, digits and hyphens: [ana-lopez]"
    yield from _unknown(id, entry, _PERSON)
    for key, what in (("name", "Ana López"), ("qualification", "certified medical translator")):
        if not _is_line(entry.get(key)) or not person(entry[key]).name:
            yield key, f"{id} has no {key} that can be read", f'write {key} = "{what}"'
    for key in ("earlier-names", "earlier-qualifications"):
        texts = entry.get(key, [])
        if not isinstance(texts, list) or not all(map(_is_line, texts)):
            yield key, f"{key} of {id} is not a list of texts", f'write {key} = ["…"]'
    for role in ROLES:
        yield from _role_faults(id, role, entry.get(role, []), tags)
    if not isinstance(entry.get("releaser", False), bool):
        yield "releaser", f"releaser of {id} is neither true nor false", "write releaser = true"
    keys = entry.get("keys", [])
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        yield "keys", f"keys of {id} are not tables", f"write [[{id}.keys]], then kind, key and valid-from"
    yield from _void_faults(id, entry)


def _role_faults(id: str, role: str, tags: object, known: Collection[str]) -> Iterator[_Fault]:
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        yield role, f"{role} of {id} is not a list of languages", f'write {role} = ["{_example(role)}"]'
        return
    for tag in tags:
        if tag not in known:
            near = nearest(tag, known)
            hint = f"did you mean {near}?" if near else "see docs/reference/languages.md"
            yield role, f"{id} is {role} of {tag!r}, which is not a language here", hint
        elif not may_sign(role, tag):
            yield role, f"{tag} needs no signature as {role}", f"the roles of {tag} are {', '.join(roles_of(tag))}"
    if len(set(tags)) != len(tags):
        yield role, f"{role} of {id} has a language twice", "write each once"


def _example(role: str) -> str:
    return ENGLISH if may_sign(role, ENGLISH) else "es"


def _key_faults(id: str, key: object) -> Iterator[_Fault]:
    if not isinstance(key, dict):
        return
    kind, public = key.get("kind"), key.get("key")
    kind = kind if isinstance(kind, str) else ""
    if not kind:
        yield "kind", f"a key of {id} does not say its kind", f'write kind = "{next(iter(KINDS))}"'
    if not isinstance(public, str) or not public:
        hint = KINDS[kind].hint if kind in KINDS else f"copy the public key; the kinds are {', '.join(KINDS)}"
        yield "key", f"a key of {id} is empty", hint
    elif kind in KINDS:
        yield from _unknown(id, key, _KEY)
        try:
            KINDS[kind].fingerprint(public)
        except ValueError as error:
            yield "key", f"a key of {id} can't be used: {error}", KINDS[kind].hint
    roles = key.get("roles", [*ROLES])
    if not isinstance(roles, list) or not roles or not {*map(str, roles)} <= {*ROLES, RELEASER}:
        hint = f'write roles = ["translator"], of {", ".join(ROLES)}, {RELEASER}; or leave it out: all that they have'
        yield "roles", f"roles of a key of {id} are not a list of roles", hint
    if type(key.get("valid-from")) is not date:
        hint = "write valid-from = 2026-11-01, without quotation marks: the first day on which it signs"
        yield "valid-from", f"a key of {id} has no first day", hint
    yield from _void_faults(id, key)


def _void_faults(id: str, table: Mapping[str, object]) -> Iterator[_Fault]:
    day, entries = table.get("void-from"), table.get("void-after")
    if day is not None and type(day) is not date:
        hint = "write void-from = 2027-01-15, without quotation marks"
        yield "void-from", f"void-from of {id} is not a day", hint
    if entries is not None and (not isinstance(entries, list) or not all(map(_is_line, entries))):
        yield "void-after", f"void-after of {id} is not a list of log entries", f"run: {{command}} people void {id}"


def _unknown(id: str, table: Mapping[str, object], known: Collection[str]) -> Iterator[_Fault]:
    for key in sorted(table.keys() - set(known)):
        yield key, f"{id} has an unknown key {key!r}", suggestion(key, known)


def _person(id: str, entry: dict[str, Any], path: str, lines: _Lines) -> ListedPerson:
    return ListedPerson(
        id=id,
        names=(entry["name"], *entry.get("earlier-names", ())),
        qualifications=(entry["qualification"], *entry.get("earlier-qualifications", ())),
        languages={role: tuple(entry.get(role, ())) for role in ROLES},
        releaser=entry.get("releaser", False),
        keys=tuple(
            _key(key, Span(path, lines.of(f"{id}.keys", place))) for place, key in enumerate(entry.get("keys", ()))
        ),
        validity=_validity(entry),
        span=Span(path, lines.of(id)),
    )


def _key(table: dict[str, Any], span: Span) -> Key:
    kind, public = table["kind"], table["key"]
    fingerprint = KINDS[kind].fingerprint(public) if kind in KINDS else ""
    roles = tuple(table["roles"]) if "roles" in table else None
    return Key(kind, public, fingerprint, _validity(table), span, roles)


def _validity(table: Mapping[str, Any]) -> Validity:
    after = table.get("void-after")
    return Validity(table.get("valid-from", date.min), table.get("void-from"), None if after is None else tuple(after))


def _shared_keys(listed: Collection[ListedPerson]) -> Iterator[Diagnostic]:
    """A finding for each key that is listed a second time."""
    seen: dict[str, str] = {}
    for id, key in ((listed.id, key) for listed in listed for key in listed.keys if key.fingerprint):
        marks = (key.fingerprint, *KINDS[key.kind].marks(key.public))
        first = next((seen[mark] for mark in marks if mark in seen), "")
        if first:
            message = f"the key {key.fingerprint} of {id} is listed for {first} already"
            yield diagnostic("people", key.span, message, "each person signs with keys of their own; list a key once")
        seen |= {mark: id for mark in marks if mark not in seen}


def _alike(listed: Collection[ListedPerson]) -> Iterator[Diagnostic]:
    """A finding for each two people with names that look the same: they could be one person twice."""
    for left, right in combinations(listed, 2):
        if any(is_same(one, other) for one in left.persons() for other in right.persons()):
            message = f"{right.id} ({right.name}) and {left.id} ({left.name}) could be one person"
            hint = "list one person once, with all keys; two people with one name write theirs in full"
            yield diagnostic("people", right.span, message, hint)


def _unknown_kinds(listed: Collection[ListedPerson]) -> Iterator[Diagnostic]:
    for id, key in ((listed.id, key) for listed in listed for key in listed.keys if not key.fingerprint):
        message = f"a key of {id} is of kind {key.kind!r}, which this version can't check: nothing counts by it"
        hint = f"use a newer version; this one checks {', '.join(KINDS)}"
        yield diagnostic("people-key", key.span, message, hint)


def _is_line(value: object) -> bool:
    """True for a text that can be read: no control characters, nothing that turns or hides letters."""
    if not isinstance(value, str) or not value.strip():
        return False
    return not any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") and sign not in _JOINERS for sign in value)
