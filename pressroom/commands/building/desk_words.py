"""How the desk's pages call languages, papers and days, in a language of the interface."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pressroom.approval import last_day
from pressroom.commands.building.desk_entries import Tray
from pressroom.commands.building.desk_notes import Sentence
from pressroom.commands.building.desk_view import DeskLanguage, Place
from pressroom.diagnostics import filled
from pressroom.language import ENGLISH, Language, UnknownLanguage, find_language
from pressroom.language.spellings import folded, script_name, spellings
from pressroom.pages.words import day, language_name, translations

# Names of sheets that are the same in every language: only the word paper is not.
_PLAIN: Final = ("letter", "a4")
_BETWEEN: Final = re.compile(r"[\s(),;&/]+")
# A word of these letters is found by its beginning; in other scripts words have no spaces between them.
_LATIN: Final = re.compile(r"[a-zʻʼ’'0-9-]+")


@dataclass(frozen=True, slots=True)
class DeskWords:
    """The words of one interface. In English a language is called as its files' labels say."""

    interface: str = ENGLISH

    def name(self, one: DeskLanguage) -> str:
        """The language's name for staff."""
        return language_name(one.tag, self.interface, one.label.language or one.tag)

    def script(self, one: DeskLanguage) -> str:
        """The name of the script that it is written in; empty if that is unknown."""
        known = _known(one.tag)
        return script_name(known.script, self.interface) if known else ""

    def find(self, one: DeskLanguage) -> str:
        """The words to find it by, besides those that the list shows."""
        known = _known(one.tag)
        shown = set(folded(f"{one.label.autonym} {self.name(one)}").replace("(", " ").replace(")", " ").split())
        found = spellings(known, self.interface) if known else folded(f"{one.tag} {one.label.language}")
        return " ".join(word for word in found.split() if word not in shown)

    def is_found(self, one: DeskLanguage, asked: str) -> bool:
        """True if a language fits what somebody typed, by the rule of `find.js`."""
        words = folded(f"{one.label.autonym} {self.name(one)} {self.find(one)}")
        spaced = f" {_BETWEEN.sub(' ', words)}"
        return all(
            (f" {part}" if _LATIN.fullmatch(part) else part) in spaced for part in _BETWEEN.split(folded(asked)) if part
        )

    def sorted(self, languages: Iterable[DeskLanguage]) -> list[DeskLanguage]:
        """Languages by their name for staff."""
        return sorted(languages, key=lambda one: (folded(self.name(one)), one.name))

    def paper(self, tray: Tray) -> str:
        """A paper: `Letter paper`."""
        pattern = translations(self.interface).gettext("%(paper)s paper")
        return pattern % {"paper": tray.name} if tray.slug in _PLAIN else tray.name

    def day(self, value: date) -> str:
        """A day: `28 Nov 2026`."""
        return day(value, self.interface)

    def until(self, until: str) -> str:
        """The last day of a month, or the day; as it is written if that is no date."""
        try:
            return self.day(last_day(until))
        except ValueError:
            return until

    def still_to_pull(self, place: Place, one: DeskLanguage) -> tuple[str, ...]:
        """The titles in a language whose papers the clinic did not yet confirm to have pulled."""
        return tuple(dict.fromkeys(pull.title for pull in place.to_pull if pull.tag == one.tag))

    def say(self, sentence: Sentence) -> str:
        """A sentence in the language of the interface."""
        return sentence.said(translations(self.interface).gettext)

    def command(self, name: str) -> str:
        """A command as this machine runs it."""
        return filled(f"{{command}} {name}")


def _known(tag: str) -> Language | None:
    try:
        return find_language(tag)
    except UnknownLanguage:
        return None
