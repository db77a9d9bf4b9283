"""The clinics of `source/clinics.toml`, whose name and address each piece prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic
from pressroom.nearest import nearest, suggestion
from pressroom.project.desk_settings import KEYS as DESK_KEYS
from pressroom.project.desk_settings import DeskSettings, desk_faults, read_desk_settings
from pressroom.project.telephone import number_fault
from pressroom.project.toml_text import line_of_key, toml_table

# What an author may write in braces; translators never type what these print.
PLACEHOLDERS: Final = ("clinic", "address", "phone", "emergency", "url")
_KEYS: Final = {
    "name", "address", "phone", "emergency", "url", "notice", "map", "locations", "logo", "logo-text", *DESK_KEYS,
}  # fmt: skip
_MOST: Final = 2_000
_TABLE: Final = 'write [my-clinic], and below it name = "…", address = ["…"] and emergency = "…"'
_LONGEST: Final = 500
# It is part of a file's name.
_LONGEST_NAME: Final = 60
_TO_FILL_IN = re.compile(r"\[[^\]]*\]")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What can be typed and printed: no user name, no port, no space.
_MAP = re.compile(r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[!-;=?-~]*)?")


@dataclass(frozen=True, slots=True)
class Logo:
    """A clinic's logo: the picture's path from the project's root, and its text for people who hear it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """A place that hands out pieces. `phone`, `url` and `map` may be empty; `emergency` never is.

    `map` is where its address leads on a screen. `locations` are the clinics whose addresses its pieces list; if it
    names none, its pieces list its own. `notices` are its notice of availability of language services by language tag:
    legal text, which the clinic supplies. `desk` is on no piece.
    """

    id: str
    name: str
    address: tuple[str, ...]
    emergency: str
    phone: str = ""
    url: str = ""
    span: Span = Span("source/clinics.toml")
    notices: tuple[tuple[str, str], ...] = ()
    map: str = ""
    locations: tuple[str, ...] = ()
    logo: Logo | None = None
    desk: DeskSettings = field(default_factory=DeskSettings)

    def notice(self, tag: str) -> str:
        """The notice in a language, empty where the clinic has supplied none."""
        return dict(self.notices).get(tag, "")


def placeholder_values(clinic: Clinic) -> dict[str, str]:
    """What each of `PLACEHOLDERS` prints for this clinic; an empty value is a line to write on."""
    values = (clinic.name, ", ".join(clinic.address), clinic.phone, clinic.emergency, clinic.url)
    return dict(zip(PLACEHOLDERS, values, strict=True))


def locations_of(clinic: Clinic, clinics: Iterable[Clinic]) -> tuple[Clinic, ...]:
    """The clinics whose addresses a clinic's pieces list, in its own order."""
    if not clinic.locations:
        return (clinic,)
    by_id = {listed.id: listed for listed in clinics}
    return tuple(by_id[name] for name in clinic.locations if name in by_id) or (clinic,)


def read_clinics(text: str, path: str) -> tuple[tuple[Clinic, ...], list[Diagnostic]]:
    """The clinics in the file's order; a clinic with an error is left out."""
    table, problem, line = toml_table(text)
    if table is None:
        return (), [diagnostic("clinic", Span(path, line), problem, "correct the line")]
    if len(table) > _MOST:
        message = f"there are {len(table):,} clinics; the limit is {_MOST:,}"
        return (), [diagnostic("clinic", Span(path, 1), message, "make a project for each group of clinics")]
    clinics: list[Clinic] = []
    findings: list[Diagnostic] = []
    for name, entry in table.items():
        span = Span(path, line_of_key(text, name))
        if isinstance(entry, dict):
            faults = [*_faults(name, entry), *_imprint_faults(name, entry, table), *desk_faults(name, entry)]
        else:
            faults = [(name, f"{name!r} is outside a clinic's table", "put it under [the-clinic]")]
        for key, message, hint in faults:
            at = Span(path, line_of_key(text, name, key))
            subject = Subject("clinic", name) if isinstance(entry, dict) else None
            findings.append(diagnostic("clinic", at, message, hint, subject))
        if not faults:
            clinics.append(clinic := _clinic(name, entry, span))
            if not clinic.phone:
                message = f"{clinic.name} has no phone number; pieces print a line to write it on"
                hint = 'set phone = "…" once the clinic has given it'
                findings.append(diagnostic("clinic-phone", span, message, hint))
            findings += filter(None, [unfilled(clinic)])
    if not table:
        findings.append(diagnostic("clinic", Span(path), "there is no clinic", _TABLE))
    return tuple(clinics), findings


def unfilled(clinic: Clinic) -> Diagnostic | None:
    """A finding if a clinic still has a value in [brackets], as a new project's has: it is not filled in."""
    found = next((value for value in (clinic.name, *clinic.address) if _TO_FILL_IN.search(value)), None)
    if found is None:
        return None
    message = f"{clinic.id} still has {found!r}: it is not filled in"
    hint = "write the clinic's own; until then its pieces are proofs and are not released"
    return diagnostic("clinic-unfilled", clinic.span, message, hint, Subject("clinic", clinic.id))


def _clinic(name: str, entry: dict[str, Any], span: Span) -> Clinic:
    return Clinic(
        id=name,
        name=entry["name"],
        address=tuple(entry["address"]),
        emergency=entry["emergency"],
        phone=entry.get("phone", ""),
        url=entry.get("url", ""),
        span=span,
        map=entry.get("map", ""),
        locations=tuple(entry.get("locations", ())),
        logo=Logo(f"source/{entry['logo']}", entry["logo-text"]) if "logo" in entry else None,
        notices=tuple((tag, " ".join(text.split())) for tag, text in entry.get("notice", {}).items()),
        desk=read_desk_settings(entry),
    )


# The key that is wrong (empty for the clinic itself), what is wrong, and what to write.
_Fault = tuple[str, str, str]


def _faults(name: str, entry: dict[str, Any]) -> Iterator[_Fault]:
    """What is wrong with a clinic's name, numbers, address and notice."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        hint = f"use lower-case words and hyphens, {_LONGEST_NAME} letters at most"
        yield "", f"{name[:_LONGEST_NAME]!r} can't name a clinic", hint
        return
    meant = {key: nearest(key, _KEYS - set(entry)) for key in sorted(set(entry) - _KEYS)}
    for key in meant:
        yield key, f"{name} has no use for {key!r}", suggestion(meant[key] or key, sorted(_KEYS))
    for key in ("name", "emergency", "phone", "url"):
        if not isinstance(value := entry.get(key, ""), str):
            yield key, f"{key} of {name} is not text", _as_text(key, value)
        elif key in ("name", "emergency") and not value.strip() and key not in meant.values():
            yield key, f"{name} has no {key}", f'add {key} = "…"; it is never guessed'
        elif key in ("name", "url") and len(value.splitlines()) > 1:
            yield key, f"{key} of {name} has more than one line", "write it on one line"
    notice = entry.get("notice", {})
    if not isinstance(notice, dict) or not all(map(_is_text, notice.values())):
        yield "notice", f"notice of {name} is not a text for each language", f'write [{name}.notice], then es = "…"'
    address = entry.get("address")
    if isinstance(address, str) and address.strip():
        lines = ", ".join(f'"{line.strip()}"' for line in address.split(",") if line.strip())
        yield "address", f"address of {name} is not a list of lines", f"write address = [{lines}]"
    elif isinstance(address, list) and not all(map(_is_text, address)):
        yield "address", f"address of {name} has a line that is not text", 'write address = ["street", "town"]'
    elif isinstance(address, list) and any(len(line.splitlines()) > 1 for line in address):
        yield "address", f"address of {name} has two lines in one", 'write address = ["street", "town"]'
    elif (not isinstance(address, list) or not address) and "address" not in meant.values():
        yield "address", f"{name} has no address", 'add address = ["street", "town"]'
    for key in ("emergency", "phone"):
        number = entry.get(key, "")
        if isinstance(number, str) and number and (fault := number_fault(number, emergency=key == "emergency")):
            yield key, f"{key} {number!r} of {name} {fault[0]}", fault[1]


def _as_text(key: str, value: object) -> str:
    """The hint for a value that is not text: the line to write, as far as the value tells it."""
    single = value[0] if isinstance(value, list) and len(value) == 1 else value
    kept = single if isinstance(single, str | int | float) and not isinstance(single, bool) else "…"
    return f'write {key} = "{kept}", in quotation marks'


def _imprint_faults(name: str, entry: dict[str, Any], table: Mapping[str, object]) -> Iterator[_Fault]:
    """What is wrong with a clinic's map, its logo and its locations."""
    address, logo = entry.get("map", ""), entry.get("logo")
    if not isinstance(address, str) or (address and (len(address) > _LONGEST or not _MAP.fullmatch(address))):
        yield "map", f"map of {name} is not an https address", 'write map = "https://maps.example/the-clinic"'
    if logo is not None and not is_picture(logo):
        yield (
            "logo",
            f"logo of {name} is not a picture beside the clinics",
            'write logo = "logos/clinic.svg", SVG or PNG',
        )
    if logo is not None and not _is_text(entry.get("logo-text")):
        message = f"the logo of {name} does not say what it shows"
        yield "logo", message, 'add logo-text = "…", what is read aloud for it'
    locations = entry.get("locations", [])
    if not isinstance(locations, list) or not all(isinstance(location, str) for location in locations):
        message = f"locations of {name} is not a list of clinics"
        yield "locations", message, f'write locations = ["{name}", "another"]'
    else:
        for location in locations:
            if location not in table:
                message = f"{name} lists a location {location!r}, which is not a clinic here"
                yield "locations", message, suggestion(location, table)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def is_picture(path: object) -> bool:
    """True for the path of an SVG or PNG that does not lead outside its folder."""
    if not isinstance(path, str):
        return False
    posix = PurePosixPath(path)
    inside = ".." not in posix.parts and not posix.is_absolute() and "\\" not in path
    return inside and posix.suffix.lower() in {".svg", ".png"}
