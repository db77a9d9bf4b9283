"""Compares a PDF's facts with what is expected of it, and checks whether its pages can be read: the whole preflight."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Final, TypeVar

import pikepdf

from pressroom.border import BorderError, border
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.layout.brand_colours import CONTRAST, LARGE_CONTRAST, BrandColours
from pressroom.preflight.bounds import limit_reader, upright
from pressroom.preflight.facts import Box, Facts, facts_of, margins, size_of
from pressroom.preflight.page_content import GlyphRun, PageContent, Picture, read_content, read_parts
from pressroom.preflight.page_view import Colour
from pressroom.preflight.press_bleed import cut_short
from pressroom.preflight.press_pdf import check_press, plates_of, verified
from pressroom.preflight.seen import Seen, check_letters
from pressroom.preflight.standards import can_check
from pressroom.project.open_file import named_bytes
from pressroom.units import Length

# A twentieth of a millimetre: less than any cutter keeps to.
_TOLERANCE_PT: Final = 0.15
_STYLES: Final = ("Bold", "Italic", "Oblique", "Bold-Italic", "Bold-Oblique")
_LARGE_PT: Final = 18.0
# Control lines are the smallest type there is on any piece.
_SMALLEST_PT: Final = 5.4
_DPI: Final = 300
Item = TypeVar("Item", GlyphRun, Picture)
PROFILES: Final = {"PDF/UA-1": "ua1", "PDF/A-2a": "2a"}


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file must be; None or empty if unknown. A spilt proof has no expected size, a `press` file no tags.

    The letters of the engine's own pages are checked one by one, where `letters` says. `pictures` are the size in
    pixels of each of its pictures, its name and where it is named. A faint colour of the brand (`colours`) is reported
    at its line. `beside` are parts of each page where words that are too wide are on what is not their own.
    """

    pages: int | None = None
    width: Length | None = None
    height: Length | None = None
    language: str = ""
    families: tuple[str, ...] = ()
    press: bool = False
    letters: Seen | None = None
    pictures: tuple[tuple[tuple[int, int], str, Span], ...] = ()
    colours: BrandColours | None = None
    beside: Sequence[Sequence[Box]] = ()


def check_pdf(facts: Facts, expected: Expected, span: Span) -> list[Diagnostic]:
    """Every way in which the file is not what it was meant to be, or not what a reader needs."""
    findings = [*_paper(facts, expected), *_fonts(facts, expected), *_words(facts, expected)]
    findings += [] if expected.press else _structure(facts)
    return [diagnostic(code, span, message, hint) for code, message, hint in findings]


# Code, message and hint.
Finding = tuple[str, str, str]


def _paper(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if expected.pages is not None and facts.pages != expected.pages:
        message = f"it has {counted(facts.pages, 'page')} and the layout {expected.pages}"
        yield "preflight-pages", message, "text ran onto another page"
    if not facts.pages:
        yield "preflight-pages", "it has no page", "make it again"
    for number, (trim, media) in enumerate(zip(facts.boxes, facts.media, strict=True), start=1):
        yield from _size(number, trim, expected)
        if min(margins(trim, media)) < -_TOLERANCE_PT:
            yield "preflight-size", f"the trim of page {number} runs out of its sheet", "see the layout's sheet"


def _size(number: int, box: Box, expected: Expected) -> Iterator[Finding]:
    if expected.width is None or expected.height is None:
        return
    width, height = box[2] - box[0], box[3] - box[1]
    if max(abs(width - expected.width.pt), abs(height - expected.height.pt)) > _TOLERANCE_PT:
        meant = f"{expected.width.mm:.2f} × {expected.height.mm:.2f} mm"
        yield "preflight-size", f"page {number} is {size_of(box)}, not {meant}", "see the layout's sheet"


def _fonts(facts: Facts, expected: Expected) -> Iterator[Finding]:
    allowed = {family.replace(" ", "-") for family in expected.families}
    for name in sorted(facts.fonts):
        if allowed and not any(_is_of(name, family) for family in allowed):
            message = f"it is set in {name}, which is not among {', '.join(expected.families)}"
            yield "preflight-font", message, "see docs/how-to/fonts.md"
    for name in sorted(facts.unembedded):
        hint = "printers would replace it; export with fonts embedded"
        yield "preflight-font", f"the font {name} is not embedded", hint


def _is_of(name: str, family: str) -> bool:
    """True for Noto-Sans-Bold of Noto-Sans, False for Noto-Sans-Khmer-Bold of it. Pango names a face so."""
    return name in {family, *(f"{family}-{style}" for style in _STYLES)}


def _words(facts: Facts, expected: Expected) -> Iterator[Finding]:
    if not facts.language:
        hint = "set lang in the template, or in the program that made it"
        yield "preflight-language", "it does not say its language", hint
    elif expected.language and facts.language != expected.language:
        message = f"its language is {facts.language!r}, not {expected.language!r}"
        yield "preflight-language", message, "set lang in the template"
    if not facts.title:
        yield "preflight-title", "it has no title", "set the title in the template's head"
    elif not facts.shows_title:
        hint = "set DisplayDocTitle in the program that made it"
        yield "preflight-title", "it has a title, and readers show the file's name", hint


def _structure(facts: Facts) -> Iterator[Finding]:
    if not facts.tagged:
        yield "preflight-tags", "it is not tagged: screen readers can't read it in order", "export it as a tagged PDF"
    else:
        yield from heading_findings(facts.headings)
    if facts.silent:
        message = f"{facts.silent} of its pictures do not say what they show"
        yield "preflight-picture-text", message, "give each an alternative text, or make it decoration"
    for link in sorted(set(facts.links)):
        if not link.startswith(("https://", "tel:", "mailto:")):
            yield "preflight-link", f"a link leads to {link!r}", "link to https addresses only"
    for name in sorted(set(facts.active)):
        yield "preflight-active", f"it holds: {name}", "a patient's file must have no forms, scripts or attachments"


def heading_findings(levels: Sequence[int]) -> Iterator[Finding]:
    """Headings, by level in reading order, must begin with one of level 1 and skip no level on the way down."""
    if levels.count(1) != 1:
        yield "preflight-headings", f"it has {levels.count(1)} headings of level 1", "give it one title as heading 1"
    for above, below in pairwise((0, *levels)):
        if below > above + 1:
            yield "preflight-headings", f"a heading of level {below} follows level {above}", "use the next level down"


def check_legibility(content: PageContent, span: Span, colours: BrandColours | None = None) -> list[Diagnostic]:
    """Hidden or faint text and type smaller than a control line: the worst of each page, or at the brand's colours."""
    findings = (*_unseen(content), *_small(content))
    others = [diagnostic(code, span, message, hint) for code, message, hint in findings]
    return [*_faint(content, colours, span), *others]


def _unseen(content: PageContent) -> Iterator[Finding]:
    for page in sorted({run.page for run in content.runs if run.hidden}):
        hidden = [run for run in content.runs if run.page == page and run.hidden]
        first = max(hidden, key=lambda run: run.middle)
        ink, height = "#{:02x}{:02x}{:02x}".format(*first.colour), Length(first.middle).mm
        where = f"the first, in {ink}, is {height:.0f} mm above the foot"
        message = f"page {page}: {counted(len(hidden), 'piece of text', 'pieces of text')} can't be seen; {where}"
        yield "preflight-unseen", message, "correct the layout: something covers it, or its background has its colour"


def _faint(content: PageContent, colours: BrandColours | None, span: Span) -> Iterator[Diagnostic]:
    # Measured colours are whole numbers: a hundredth is no difference.
    faint = [run for run in content.runs if run.contrast < _required(run) - 0.01]
    branded: dict[tuple[str, str], Diagnostic] = {}
    for run in sorted(faint, key=_required) if colours else ():
        # The text that needs most comes last.
        found = colours.faint(_hex(run.colour), _hex(run.paper), _required(run)) if colours else None
        branded |= {(_hex(run.colour), _hex(run.paper)): found} if found else {}
    yield from dict.fromkeys(branded.values())
    others = (run for run in faint if (_hex(run.colour), _hex(run.paper)) not in branded)
    for page, run in _worst_of_pages(others, lambda run: run.contrast):
        ink, paper = _hex(run.colour), _hex(run.paper)
        message = f"page {page}: text of {run.size:.1f} pt in {ink} on {paper} has a contrast of {run.contrast:.1f}:1"
        yield diagnostic("preflight-contrast", span, message, f"make it darker: it needs {_required(run):g}:1")


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _required(run: GlyphRun) -> float:
    return LARGE_CONTRAST if run.size >= _LARGE_PT else CONTRAST


def _small(content: PageContent) -> Iterator[Finding]:
    for page, run in _worst_of_pages(content.runs, lambda run: run.size):
        if run.size < _SMALLEST_PT:
            message = f"page {page}: the smallest type is {run.size:.1f} pt"
            yield "preflight-type-size", message, "control lines are 5.5 pt, text more"


def check_pictures(content: PageContent, expected: Expected, span: Span) -> Iterator[Diagnostic]:
    """Each picture that is printed coarsely: its name, its size on paper and the pixels that it needs."""
    named: dict[tuple[int, int], list[tuple[str, Span]]] = {}
    for pixels, name, place in expected.pictures:
        named.setdefault(pixels, []).append((name, place))
    coarsest: dict[tuple[int, int], Picture] = {}
    for picture in sorted(content.pictures, key=lambda picture: picture.dpi):
        if picture.dpi < _DPI:
            coarsest.setdefault(picture.pixels, picture)
    for pixels, picture in coarsest.items():
        names = named.get(pixels, [])
        what = "the picture " + " or ".join(dict.fromkeys(name for name, _ in names)) if names else "a picture"
        wide, high = (Length(side) for side in picture.size)
        needed = " × ".join(str(ceil(side.mm / 25.4 * _DPI)) for side in (wide, high))
        message = (
            f"page {picture.page}: {what} has {picture.dpi:.0f} dots an inch, printed {wide.mm:.0f} × {high.mm:.0f} mm "
            f"from {pixels[0]} × {pixels[1]} pixels"
        )
        hint = f"give it {needed} pixels ({_DPI} dots an inch), print it smaller, or draw it as SVG"
        yield diagnostic("preflight-resolution", names[0][1] if names else span, message, hint)


def _worst_of_pages(items: Iterable[Item], measure: Callable[[Item], float]) -> list[tuple[int, Item]]:
    worst: dict[int, Item] = {}
    for item in items:
        worst[item.page] = min(worst.get(item.page, item), item, key=measure)
    return sorted(worst.items(), key=lambda row: row[0])


@dataclass(frozen=True, slots=True)
class Examined:
    """What was seen of one PDF: None if it can't be read. `press` has what was verified of a press file."""

    facts: Facts | None
    content: PageContent | None
    profiles: bool  # both standards were checked
    diagnostics: tuple[Diagnostic, ...]
    press: tuple[str, ...] = ()


def examine_file(task: tuple[str, int]) -> Examined:
    """What there is to say of a file of any program, by its path and the bytes that it may have; workers call this."""
    path, limit = task
    limit_reader()
    span = Span(path)
    try:
        return examine(named_bytes(Path(path), limit), Expected(), span)
    except OSError as error:
        return unread(span, f"it can't be read: {error.strerror}", "check the path")


def unread(span: Span, message: str, hint: str) -> Examined:
    """A file of which nothing is known but why."""
    return Examined(None, None, False, (diagnostic("preflight-unreadable", span, message, hint),))


def examine(pdf: bytes, expected: Expected, span: Span) -> Examined:
    """Everything there is to say about a PDF from any program; findings are reported at `span`."""
    try:
        with border(pikepdf.PasswordError), upright(pdf) as (document, shown):
            facts, content, press = facts_of(document), read_content(shown), plates_of(document)
    except pikepdf.PasswordError:
        return unread(span, "it is locked with a password", "save it without a password")
    except BorderError as error:
        said = re.sub(r"^stream: ", "", str(error))
        return unread(span, f"this can't be read as a PDF: {said}", "make it again, or save it with another program")
    if press is not None and not facts.tagged:
        cut = cut_short(shown, press.trims, press.bleeds)
        problems = [*check_press(press, content, cut, span), *check_pdf(facts, replace(expected, press=True), span)]
        return Examined(facts, content, False, tuple(problems), () if problems else verified(press, content))
    own = content.without(expected.beside)
    findings = [*check_pdf(facts, expected, span), *check_legibility(own, span, expected.colours)]
    findings += check_pictures(content, expected, span)
    if expected.letters is not None:
        findings += check_letters(content, expected.letters, span)
    if can_check():
        findings += breaches(pdf, span)
    return Examined(facts, content, can_check(), tuple(findings))


def check_parts(pdf: bytes, parts: Sequence[Sequence[Box]], expected: Expected, span: Span) -> list[Diagnostic]:
    """What is wrong with what is seen in these parts of each page; raises PdfiumError if it can't be drawn."""
    content = read_parts(pdf, parts)
    findings = [*check_legibility(content, span, expected.colours), *check_pictures(content, expected, span)]
    return findings if expected.letters is None else [*findings, *check_letters(content, expected.letters, span)]


def breaches(pdf: bytes, span: Span) -> list[Diagnostic]:
    """Every breach of both standards, each rule once, in the checker's words; ImportError without the checker."""
    import page  # here, because it may be absent: see can_check

    messages: dict[tuple[str, str], list[str]] = {}
    for standard, profile in PROFILES.items():
        try:
            with border():
                failures = page.validate_pdf_bytes(pdf, profile=profile).failures
        except BorderError as error:
            messages.setdefault((standard, "unreadable"), []).append(str(error))
            continue
        for failure in failures:
            messages.setdefault((standard, failure.rule_id), []).append(failure.message)
    hint = "correct the layout's template, or the program that made it"
    findings = []
    for (standard, rule), texts in messages.items():
        times = f" ({len(texts)} times)" if len(texts) > 1 else ""
        message = f"{standard} is not kept: {texts[0]}{times} [{rule}]"
        findings.append(diagnostic("preflight-profile", span, message, hint))
    return findings
