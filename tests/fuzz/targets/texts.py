"""Texts: catalogs, Markdown, messages and what they say in numbers."""

from __future__ import annotations

import polib

from pressroom.catalog.checks import check_catalog
from pressroom.catalog.decode import decode_catalog
from pressroom.catalog.read import read_catalog
from pressroom.catalog.syntax import SyntaxCheck
from pressroom.catalog.whole import HEADER as END_HEADER
from pressroom.catalog.write import write_catalog
from pressroom.compose.balance import html_fault
from pressroom.content.inline import parse_inline
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Span
from pressroom.language import find_language
from pressroom.language.quantities import differences, numbers_in_words, plain, read_quantities, whole_numbers
from pressroom.layout.style_rules import style_problems
from pressroom.preflight.web import check_page, check_style
from pressroom.publish.file_identity import control_data, control_lines, read_identity
from tests.fuzz.targets.target import PROJECT, target, text_of
from tests.inline_text import printed

_SPANISH = find_language("es")
_PATH = "locales/es/LC_MESSAGES/harm.po"
_DOCUMENT, _ = parse_document((PROJECT / "source" / "harm.md").read_text(encoding="utf-8"), "source/harm.md")
assert _DOCUMENT is not None
MESSAGES = _DOCUMENT.messages
_CATALOGS = tuple(f"locales/{tag}/LC_MESSAGES/{name}.po" for tag in ("es", "ar") for name in ("harm", "layouts"))
# One of each way to write numbers.
_NUMBERED = ("es", "ar", "zh-Hans", "ru", "vi", "en")


@target(files=_CATALOGS, cases=("po", "ar", "words.po"))
def catalog(data: bytes) -> None:
    """A catalog is refused, or is written so that it reads the same and writes the same bytes, and its checks end."""
    read, problems = read_catalog(data, _PATH, _SPANISH)
    if read is None:
        assert problems
        return
    if read.header.get(END_HEADER):
        # Without the entry that ends it, a text that stops in the middle of a sentence is taken for a cut one.
        written = write_catalog(read)
        again, _ = read_catalog(written, _PATH, _SPANISH)
        assert again is not None
        assert [(e.key, e.msgstr) for e in again.entries] == [(e.key, e.msgstr) for e in read.entries]
        assert write_catalog(again) == written
    check_catalog(MESSAGES, read, _SPANISH)


@target(files=_CATALOGS, cases=("po", "ar", "words.po"))
def catalog_polib(data: bytes) -> None:
    """What the strict syntax lets through, polib alone reads as the same messages."""
    text, _ = decode_catalog(data, _PATH)
    read, _ = read_catalog(data, _PATH, _SPANISH, ours=False)
    if read is None or text is None:
        return
    check = SyntaxCheck(_PATH)
    check.run(text)
    # polib ends lines where Python does, gettext at LF alone; an escape of ours is one that polib lacks.
    if len(text.splitlines()) != text.count("\n") + (not text.endswith("\n")) or "\\a" in text or "#~|" in text:
        return
    try:
        alone = polib.pofile(text, encoding="utf-8")
    except OSError:
        # It refuses comments that it does not know, as `#; …`.
        return
    ours = {(e.context, e.msgid, e.obsolete): e.msgstr for e in read.entries if e.plural is None}
    theirs = {(e.msgctxt, e.msgid, bool(e.obsolete)): e.msgstr for e in alone if not e.msgid_plural}
    for key, said in ours.items():
        assert theirs[key] == said


@target(files=("source/harm.md", "source/safe.md"), cases=("doc",))
def markdown(data: bytes) -> None:
    """A source is read, or refused with a finding; each of its messages is one that a catalog can hold."""
    document, problems = parse_document(text_of(data), "source/harm.md")
    assert document is not None or problems
    for message in document.messages if document is not None else ():
        parse_inline(message.msgid)


def _marked() -> list[bytes]:
    return [message.msgid.encode() for message in MESSAGES] + [
        b"Call {phone} **before** you *come*, see [our site]{1}.",
        "**胸痛（尖锐）**可能 \\* \\{phone\\}\nnext".encode(),
    ]


@target(made=_marked, longest=4_000)
def inline(data: bytes) -> None:
    """What a message is read as, printed again, is read the same."""
    text = text_of(data)
    read = parse_inline(text)
    again = parse_inline(printed(read))
    if not read.problems:
        assert not again.problems
        assert again.tokens == read.tokens
    assert again.plain == read.plain


@target(made=lambda: ["Llame al {phone} si la fiebre continúa 2 días.".encode()], longest=2_000)
def placeholders(data: bytes) -> None:
    """A translation of one message is checked, whatever is in it."""
    text = text_of(data).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    message = "Call {phone} if the fever lasts."
    catalog(f'msgid ""\nmsgstr "Language: es\\n"\n\nmsgid "{message}"\nmsgstr "{text}"\n'.encode())


_SAID = (
    "Take 2 tablets of 5 mg every 8 hours, at most 6 a day, before 8:00 p.m. on November 23, 2026.",
    "خذ قرصين ٥ ملغ كل ٨ ساعات قبل الساعة ١٠:٣٠",
    "每8小时服用两片5毫克，每天最多六片，下午3点半前",
    "Принимайте по 2,5 мл каждые полтора часа, не более 1 000 мл/сут",
    "1½ cup, 10–20 mL, ½ hour, 3rd, 1.2.3, 37.5 °C, 911, XII, one in five, 20 mg/kg/day",
)


@target(made=lambda: [text.encode() for text in _SAID], longest=2_000)
def quantities(data: bytes) -> None:
    """A text of any language is read for what it says in numbers, and says the same as itself."""
    text = text_of(data)
    plain(text)
    for tag in _NUMBERED:
        read_quantities(text, tag)
        list(numbers_in_words(text, tag))
        list(whole_numbers(text, tag))
        differences(_SAID[0], text, tag)
    assert not list(differences(text, text, "en"))


@target(files=("layouts/slip/style.css",), cases=("style",))
def style(data: bytes) -> None:
    """A style of paper or of a page keeps to the list, or has findings."""
    text = text_of(data)
    style_problems.__wrapped__("layouts/slip/style.css", text)
    style_problems.__wrapped__("layouts/web/style.css", text, screen=True)


_PAGE = "<!doctype html><html lang=es dir=ltr><head><title>a</title><style>p{color:#000}</style></head><body>{}</body>"


@target(made=lambda: [_PAGE.replace("{}", "<h1>a</h1><p>b<img src=data: alt=c></p>").encode()], cases=("template",))
def page(data: bytes) -> None:
    """A web page is checked and identified, and HTML of a frame is balanced or has a fault."""
    text = text_of(data)
    check_page(text, "es", "ltr", Span("a.html"))
    list(check_style(text, Span("a.html")))
    html_fault(text)
    read_identity(b"<!doctype html>" + data)


@target(made=lambda: ["HRM-001 · es · 1.0 · 2026-11 · review by 2027-11 · 1a2b3c4d".encode()], longest=4_000)
def lines(data: bytes) -> None:
    """What is written on a page is read for control lines."""
    text = text_of(data)
    control_lines(text)
    control_data(f"pressroom; {text}")
