"""Composes the audit for an inspector: how to match a paper, every released paper, and who signed what, by document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pressroom.approval.wording import WordingLine
from pressroom.compose.composition import HtmlPage
from pressroom.compose.template import paper_styles, render_page
from pressroom.compose.text import Shown
from pressroom.content.inline import InlineRun, parse_inline
from pressroom.language import ENGLISH, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry of the log. Each field is a column; several values are separated by semicolons.

    `order` is its place in the log: every entry comes after those that its author knew. `date` is what its author's
    clock said. `signature` is whether a key signed exactly this entry. `files` are released files with their SHA-256.
    """

    order: int
    date: str
    entry: str
    kind: str
    counts: str
    document: str
    locale: str
    products: str = ""
    number_and_version: str = ""
    role: str = ""
    who: str
    person: str = ""
    qualification: str = ""
    key: str = ""
    signature: str = ""
    review_by: str = ""
    words: str = ""
    drawings: str = ""
    looked_at: str = ""
    replaces: str = ""
    answers: str = ""
    takes_back: str = ""
    reason: str = ""
    files: str = ""
    replaced_by: str = ""
    taken_back_by: str = ""
    changed_since: str = ""
    engine: str = ""
    people_file: str = ""
    knew: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFile:
    """One released file, or one card of a released sheet.

    `letters` are the eight at the end of its control line. `today` is the verdict on the day of the export, and `why`.
    """

    letters: str
    number: str
    locale: str
    version: str
    today: str
    why: str
    released: str
    released_by: str
    title: str
    language: str
    document: str
    clinic: str
    product: str
    review_by: str
    signed_by: str
    path: str
    sha256: str
    drawing: str
    release: str


@dataclass(frozen=True, slots=True)
class SignedText:
    """Words that were signed: the papers that print them, English and translation line by line.

    `filled` says what the papers print for a placeholder.
    """

    printed: tuple[str, ...]
    filled: tuple[str, ...]
    lines: tuple[WordingLine, ...]


@dataclass(frozen=True, slots=True)
class AuditSection:
    """A document in a locale: its names, its entries and files, and the words of its papers."""

    document: str
    locale: str
    title: str
    language: str
    entries: tuple[AuditEntry, ...]
    files: tuple[AuditFile, ...]
    texts: tuple[SignedText, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """All of it on a day. `trust` says whether the log is signed, `problems` what is wrong with it."""

    today: date
    entries: tuple[AuditEntry, ...]
    files: tuple[AuditFile, ...]
    sections: tuple[AuditSection, ...]
    trust: str
    problems: tuple[str, ...]

    @property
    def papers(self) -> tuple[AuditFile, ...]:
        """The files in the order of the letters on the paper."""
        return tuple(sorted(self.files, key=lambda file: (file.letters, file.clinic, file.product)))


def compose_audit(audit: Audit, languages: Mapping[str, Language], project: str) -> HtmlPage:
    """The pages of the audit; `languages` are those of its sections, by tag."""
    of_sections = {section.locale: languages.get(section.locale, languages[ENGLISH]) for section in audit.sections}
    families = {one.tag: ", ".join(f'"{family}"' for family in one.font_names) for one in of_sections.values()}
    values: dict[str, object] = {
        "project": project,
        "languages": of_sections,
        "families": families,
        "orders": {entry.entry: entry.order for entry in audit.entries},
        "parsed": _runs,
        "english": Shown(languages[ENGLISH]),
        # A range in right-to-left text would be printed backwards.
        "shown": {tag: Shown(language) for tag, language in of_sections.items()},
    }
    html = render_page("audit.html", audit=audit, **values)
    return HtmlPage(html, paper_styles("audit.css"))


def _runs(text: str) -> tuple[InlineRun, ...]:
    return parse_inline(text).runs
