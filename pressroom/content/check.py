"""Checks the English: each message by itself, the document as a whole, how hard it is to read, and slips in it.

The inline grammar is small: what CommonMark would read as markup and we don't is refused, because it would be printed.
Limits of reading: grade 6 for brochures and 5 for cards; sentences of at most 15 words on a card and 25 elsewhere
(guides to plain language ask for 15 to 20 on average).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import eq
from typing import Final

from pressroom.content.dialects import ForeignMark, foreign_marks
from pressroom.content.inline import parse_inline
from pressroom.content.model import Block, Document, Message
from pressroom.content.words import small_words
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.nearest import suggestion
from pressroom.project.text_faults import MARKS_PILED, piled_marks

_TAG = re.compile(r"<[A-Za-z/!]")
_LEFT_OVER = re.compile(r"\]\(|`|__|(?<!\w)_(?=\w)|\\(?=[^*\\{}\[\]])")
# With none of these a text is words alone.
_MAY_BE_FAULTY: Final = re.compile(r"[<_`\\*{}\[\]]")
_LEFT_SIGNS = ("_", "`", "\\", "](")
_ADDRESS = re.compile(r"https?://[^\s{}]+|mailto:[^\s{}]+|tel:[+0-9-]+")
_LIMIT: Final = 5_000
# Control and format characters, private use, unassigned, line and paragraph separators: a reader can't see them,
# and with U+202E the number 119 is shown as 911.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
_SENTENCE_END: Final = re.compile(r"(?<=[.!?:;])[\s”’\")]+|\s+[–—]\s+|\n")
_MAY_END: Final = re.compile(r"[.!?:;–—\n]")
_WORD: Final = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS: Final = re.compile(r"[aeiouy]+")
# What the vowels' groups don't tell: a silent e, and groups that are two syllables.
_SILENT: Final = re.compile(r"(?<=[^aeiouy])(?<![^aeiouyl]l)e[ds]?$")
_VOICED: Final = re.compile(r"[td]ed$|(?:[sxzcg]|ch|sh)es$")
_TWO: Final = re.compile(r"(?<![ctsg])i[ao](?!us|n)|(?<![gq])ua(?!r)|[aeou]ing$|ism$")
_BRACKETS: Final = re.compile(r"\(([A-Z]{2,6})s?\)")


def faults(message: Message, raw: str) -> list[Diagnostic]:
    """Everything wrong with a message; `raw` is its Markdown as the file has it."""
    marks = list(foreign_marks(raw, role=message.role))
    found = [
        diagnostic(mark.code, Span(message.span.path, message.span.line + mark.line), mark.message, mark.say)
        for mark in marks
    ]
    return found + [diagnostic(code, message.span, text, hint) for code, text, hint in _faults(message, raw, marks)]


def _faults(message: Message, raw: str, marks: Sequence[ForeignMark]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a message besides the `marks` in it that are reported already."""
    role, msgid = message.role, message.msgid
    if not _MAY_BE_FAULTY.search(raw) and msgid in raw and msgid.isprintable() and 0 < len(msgid.strip()) <= _LIMIT:
        return
    reported = "\n".join(mark.text for mark in marks)
    if not msgid.strip():
        yield "block-empty", f"this {role} says nothing", "write its words, or remove it"
    if any(tag[0] not in reported for tag in _TAG.finditer(raw)):
        yield "markup-html", "there is HTML in the text", "write Markdown instead"
    for problem in parse_inline(msgid).problems:
        if "stray" not in problem or "{" not in reported:
            yield "markup-emphasis", f"this {role} {problem}", "write the markers in pairs"
    left = _LEFT_OVER.search(msgid) if any(sign in msgid for sign in _LEFT_SIGNS) else None
    if left and left[0] not in reported:
        hint = "there are **bold**, *italic*, {placeholder} and [words](address); a picture is on a line alone"
        yield "markup-emphasis", f"this {role} has {left[0]!r}, which would be printed as it is", hint
    for address in message.links:
        if not _ADDRESS.fullmatch(address):
            hint = "write the whole address with https://, or mailto: or tel:"
            yield "link-address", f"{address!r} is not an address a reader can follow", hint
    unseen = () if msgid.isprintable() else {s for s in set(msgid) if s != "\n" and unicodedata.category(s) in _UNSEEN}
    for sign in sorted(unseen):
        yield "character", f"this {role} has U+{ord(sign):04X}, which is invisible", "remove it"
    if piled_marks(msgid) is not None:
        yield "character", f"this {role}: {MARKS_PILED}", "type the letter again"
    if len(msgid) > _LIMIT:
        yield "message-too-long", f"this {role} is {len(msgid)} characters long", "split it into paragraphs"


def undefined_placeholders(messages: Iterable[Message], known: Iterable[str]) -> list[Diagnostic]:
    """Every placeholder in these messages that nothing fills; `known` are the valid names."""
    names = list(known)
    return [
        diagnostic(
            "placeholder-undefined",
            message.span,
            f"nothing fills {{{run.placeholder}}}",
            suggestion(f"{{{run.placeholder}}}", [f"{{{name}}}" for name in names]),
        )
        for message in dict.fromkeys(messages)
        for run in parse_inline(message.msgid).runs
        if run.placeholder and run.placeholder not in names
    ]


def heading_order(document: Document) -> Iterator[Diagnostic]:
    """Headings that skip a level, and a document without exactly one of the first level."""
    blocks = [b for panel in document.panels for block in panel.blocks for b in (block, *_in_notice(block))]
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings:
        span = document.panels[0].span if document.panels else document.front.title.span
        yield diagnostic("heading-level", span, "the document has no heading", "begin with # and its title")
        return
    for above, heading in zip([0, *(heading.level for heading in headings)], headings, strict=False):
        if heading.level > above + 1:
            message = f"a heading of level {heading.level} follows one of level {above}"
            yield diagnostic("heading-level", heading.span, message, f"make it level {above + 1}")
    first = [heading for heading in headings if heading.level == 1]
    if len(first) != 1:
        message = f"the document has {len(first)} headings of the first level"
        span = first[1].span if len(first) > 1 else headings[0].span
        yield diagnostic("heading-level", span, message, "a document has one title")


def _in_notice(block: Block) -> tuple[Block, ...]:
    return block.children if block.kind == "notice" else ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a message: its words, explained ones left out as `term`."""

    message: Message
    words: tuple[str, ...]

    @property
    def syllables(self) -> int:
        """The syllables of all its words."""
        return sum(map(syllables, self.words))


def sentences(messages: Iterable[Message], terms: Iterable[str] = ()) -> tuple[Sentence, ...]:
    """The sentences of these messages; a list item or a heading without a full stop is one."""
    explained = [
        re.compile(rf"\b{re.escape(term)}s?\b", re.IGNORECASE) for term in sorted(terms, key=len, reverse=True)
    ]
    return tuple(one for message in dict.fromkeys(messages) for one in _sentences(message, explained))


def _sentences(message: Message, explained: Sequence[re.Pattern[str]]) -> Iterator[Sentence]:
    runs = parse_inline(message.msgid).runs
    text = runs[0].text if len(runs) == 1 else ""
    text = text or "".join(["\n" if r.line_break else "it" if r.placeholder else r.text for r in runs])
    for term in explained:
        text = term.sub("term", text)
    # The last sign ends the last sentence.
    for part in _SENTENCE_END.split(text) if _MAY_END.search(text, 0, len(text) - 1) else [text]:
        if words := tuple(_WORD.findall(part)):
            yield Sentence(message, words)


def grade(all_sentences: Sequence[Sentence]) -> float:
    """The school grade in which this is read with ease, 0 for no text; explained terms count as one easy word each."""
    # Flesch and Kincaid's formula (Kincaid et al., 1975).
    words = sum(len(one.words) for one in all_sentences)
    if not words:
        return 0.0
    return max(
        0.0, 0.39 * words / len(all_sentences) + 11.8 * sum(one.syllables for one in all_sentences) / words - 15.59
    )


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """How many syllables a word has, by its letters; an abbreviation is spelt."""
    if len(word) > 1 and word.isupper():
        return len(word)
    low = re.sub("['’].*", "", word.lower())
    count = len(_VOWELS.findall(low)) + len(_TWO.findall(low))
    if _SILENT.search(low) and not _VOICED.search(low):
        count -= 1
    return max(1, count)


def explained_terms(messages: Iterable[Message]) -> set[str]:
    """Terms with their abbreviation in brackets behind them, `blood pressure (BP)`, and the abbreviations."""
    terms: set[str] = set()
    for message in messages:
        text = parse_inline(message.msgid).plain
        for match in _BRACKETS.finditer(text):
            words = text[: match.start()].split()[-len(match[1]) :]
            if [word[:1].upper() for word in words] == [*match[1]]:
                terms |= {" ".join(words), match[1]}
    return terms


_GRADE: Final = {True: 5, False: 6}
_WORDS: Final = {True: 15, False: 25}
# With fewer words a grade means nothing.
_ENOUGH: Final = 30
_SHOWN: Final = 48
_SLIPS: Final = (
    (re.compile(r"\s[,;.!?](?=\s|$)"), "a space before a punctuation mark"),
    (re.compile(r"\b([A-Za-z]+) \1\b", re.IGNORECASE), "a word twice"),
    (re.compile(r"[,;]{2,}|(?<!\.)\.\.(?!\.)"), "a punctuation mark twice"),
    (re.compile(r"\"|(?<=\w)'(?=\w)"), "straight quotation marks or apostrophes"),
)
# Two marks in a row (the first of them may be a space), or a mark that is a slip anywhere.
_MAY_SLIP: Final = re.compile(r"[,;.!?\"'](?:(?<=[\"'])|(?<=\s[,;.!?])|(?<=[,;.][,;.]))")
_PAIRS: Final = (("(", ")"), ("“", "”"), ("[", "]"))


def plain_english(document: Document, *, card: bool) -> list[Diagnostic]:
    """Every warning about the English for its editor; `card` is True if it is on a card."""
    return [*_reading(document, card=card), *(d for m in dict.fromkeys(document.messages) for d in _typing(m))]


def _reading(document: Document, *, card: bool) -> Iterator[Diagnostic]:
    # A heading is no sentence; the title's words are the document's subject.
    running = [m for m in document.messages if not m.role.startswith("heading") and m is not document.front.title]
    terms = {document.front.title.msgid, *document.front.terms, *explained_terms(document.messages)}
    all_sentences = sentences(running, terms)
    reads, limit = grade(all_sentences), _GRADE[card]
    kind = "a card" if card else "a brochure"
    if sum(len(one.words) for one in all_sentences) >= _ENOUGH and round(reads, 1) > limit:
        at = Span(document.path, document.front.title.span.line)
        message = f"the text reads at grade {reads:.1f}; {kind} should at {limit}"
        yield diagnostic("reading-grade", at, message, _easier(all_sentences))
    for one in all_sentences:
        if len(one.words) > _WORDS[card]:
            message = f"a sentence of {len(one.words)} words, more than {_WORDS[card]}, in {_quoted(one.message)}"
            yield diagnostic("sentence-long", one.message.span, message, "make two of it, or a list")


def _easier(all_sentences: Sequence[Sentence]) -> str:
    """What helps most: the hardest sentence, and the longest words."""
    hardest = max(all_sentences, key=lambda one: grade([one]) * len(one.words))
    words = sorted({word.lower() for one in all_sentences for word in one.words}, key=lambda word: (-len(word), word))[
        :4
    ]
    return (
        f"begin with {hardest.message.span}; say {', '.join(words)} in easier words, "
        f"or name what the document explains under `terms:` in its front matter"
    )


def _quoted(message: Message) -> str:
    text = " ".join(parse_inline(message.msgid).plain.split())
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[:_SHOWN].rstrip()}…”"


def _typing(message: Message) -> Iterator[Diagnostic]:
    text = parse_inline(message.msgid).plain
    may_slip = _MAY_SLIP.search(text) is not None or _may_repeat(text)
    slips = [what for pattern, what in _SLIPS if pattern.search(text)] if may_slip else []
    slips += [f"{one} without {two}" for one, two in _PAIRS if text.count(one) != text.count(two)]
    if slips:
        hint = "correct it now: every later change of it turns translations fuzzy"
        yield diagnostic("english-typing", message.span, f"{_quoted(message)} has {' and '.join(slips)}", hint)


def _may_repeat(text: str) -> bool:
    """False if no word is the same as the one before it. Letters beyond ASCII may be an ASCII letter in capitals."""
    words = small_words(text)
    return not text.isascii() or any(map(eq, words, words[1:]))
