"""The clinics of `source/clinics.toml`, whose name and address each piece prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from pressroom.diagnostics import Diagnostic, Span, Subject, diagnostic
from pressroom.project.open_file import toml_table

# What an author may write in braces; translators never type what these print.
PLACEHOLDERS: Final = ("clinic", "address", "phone", "emergency", "url")
_KEYS: Final = {
    "name", "address", "phone", "emergency", "url", "notice", "map", "locations", "logo", "logo-text",
}  # fmt: skip
_LONGEST: Final = 500
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What can be typed and printed: no user's name, no port, no space.
_MAP = re.compile(r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[!-;=?-~]*)?")
# Digits are ASCII on every piece: staff and telephones read no others.
_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]*(?P<extension> x[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Logo:
    """A clinic's logo: the picture's path from the project's root, and its text for people who hear it."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """A place that hands out pieces. `phone`, `url` and `map` may be empty; `emergency` never is.

    `map` is where its address leads on a screen. `locations` are the clinics, itself among them, whose addresses its
    pieces list; if none are named, its own alone. `notices` are its notice of availability of language services by
    language tag: legal text, which it supplies.
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

    def notice(self, tag: str) -> str:
        """The notice in a language, empty where the clinic has supplied none."""
        return dict(self.notices).get(tag, "")


def placeholder_values(clinic: Clinic) -> dict[str, str]:
    """What each of `PLACEHOLDERS` prints for this clinic; an empty value is a line to write on."""
    values = (clinic.name, ", ".join(clinic.address), clinic.phone, clinic.emergency, clinic.url)
    return dict(zip(PLACEHOLDERS, values, strict=True))


def locations_of(clinic: Clinic, clinics: Iterable[Clinic]) -> tuple[Clinic, ...]:
    """The clinics whose addresses a clinic's pieces list, in its own order."""
    by_id = {listed.id: listed for listed in clinics}
    return tuple(by_id[name] for name in clinic.locations if name in by_id) or (clinic,)


def read_clinics(text: str, path: str) -> tuple[tuple[Clinic, ...], list[Diagnostic]]:
    """The clinics in the file's order; a clinic with an error is left out of them."""
    table, wrong, line = toml_table(text)
    if table is None:
        return (), [diagnostic("clinic", Span(path, line), wrong, 'write [the-clinic], then name = "…"')]
    clinics: list[Clinic] = []
    problems: list[Diagnostic] = []
    for name, entry in table.items():
        span = Span(path, _line_of(text, name))
        faults = [*_faults(name, entry), *_imprint_faults(name, entry, table)]
        problems += [diagnostic("clinic", span, message, hint, Subject("clinic", name)) for message, hint in faults]
        if not faults:
            clinics.append(_clinic(name, entry, span))
            problems += _wishes(clinics[-1])
    if not table:
        problems.append(diagnostic("clinic", Span(path), "there is no clinic", "add a table with name and address"))
    return tuple(clinics), problems


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
    )


def _wishes(clinic: Clinic) -> list[Diagnostic]:
    if clinic.phone:
        return []
    message = f"{clinic.name} has no phone number; pieces print a line to write it on"
    return [diagnostic("clinic-phone", clinic.span, message, 'set phone = "…" once the clinic has given it')]


def _faults(name: str, entry: object) -> list[tuple[str, str]]:
    if not isinstance(entry, dict):
        return [(f"{name!r} is outside a clinic's table", "put it under [the-clinic]")]
    faults = [] if _NAME.fullmatch(name) else [(f"{name!r} can't name a clinic", "use lower-case words and hyphens")]
    for key in sorted(set(entry) - _KEYS):
        faults.append((f"{name} has no use for {key!r}", f"there are {', '.join(sorted(_KEYS))}"))
    for key in ("phone", "url"):
        if not isinstance(entry.get(key, ""), str):
            faults.append((f"{key} of {name} is not text", f'write {key} = "…", in quotation marks'))
    for key in ("name", "emergency"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            faults.append((f"{name} has no {key}", f'add {key} = "…"; it is never guessed'))
    notice = entry.get("notice", {})
    if not isinstance(notice, dict) or not all(isinstance(text, str) and text.strip() for text in notice.values()):
        faults.append((f"notice of {name} is not a text a language", f'write [{name}.notice], then es = "…"'))
    address = entry.get("address")
    if not isinstance(address, list) or not address or not all(isinstance(line, str) and line for line in address):
        faults.append((f"{name} has no address", 'add address = ["street", "town"]'))
    for key in ("emergency", "phone"):
        number = entry.get(key, "")
        match = _PHONE.fullmatch(number) if isinstance(number, str) else None
        if isinstance(number, str) and number and (not match or (key == "emergency" and match["extension"])):
            hint = "write ASCII digits, spaces, hyphens; an extension as 555-0100 x21"
            faults.append((f"{key} {number!r} of {name} is not a telephone number", hint))
    return faults


def _imprint_faults(name: str, entry: object, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with a clinic's map, its logo and the places it lists."""
    if not isinstance(entry, dict):
        return
    where, logo = entry.get("map", ""), entry.get("logo")
    if not isinstance(where, str) or (where and (len(where) > _LONGEST or not _MAP.fullmatch(where))):
        yield f"map of {name} is not an https address", 'write map = "https://maps.example/the-clinic"'
    if logo is not None and not is_picture(logo):
        yield f"logo of {name} is not a picture beside the clinics", 'write logo = "logos/clinic.svg", SVG or PNG'
    if logo is not None and not (isinstance(entry.get("logo-text"), str) and entry["logo-text"].strip()):
        yield f"the logo of {name} does not say what it shows", 'add logo-text = "…", what is read aloud for it'
    locations = entry.get("locations", [])
    if not isinstance(locations, list) or not all(isinstance(place, str) for place in locations):
        yield f"locations of {name} is not a list of clinics", f'write locations = ["{name}", "another"]'
    else:
        for place in locations:
            if place not in table:
                yield f"{name} lists a location {place!r}, which is no clinic here", f"there are {', '.join(table)}"


def is_picture(written: object) -> bool:
    """True for the path of an SVG or PNG that leads nowhere else."""
    if not isinstance(written, str):
        return False
    path = PurePosixPath(written)
    inside = ".." not in path.parts and not path.is_absolute() and "\\" not in written
    return inside and path.suffix.lower() in {".svg", ".png"}


def _line_of(text: str, name: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip().replace('"', "") == f"[{name}]":
            return number
    return 0
