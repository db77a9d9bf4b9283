"""Checks what a translation keeps: addresses, brackets, quotation and question marks; and English left in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import eq
from typing import Final

from pressroom.catalog.checks.pair import Pair, named
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic

_DATA: Final = "catalog/checks/kept.toml"
_EMAIL: Final = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_MAY_BE_ADDRESS: Final = re.compile(r"\.(?<=[A-Za-z0-9]\.)[A-Za-z]{2}", re.ASCII)
_ADDRESS: Final = re.compile(r"(?:https?|ftp|mailto|tel):[^\s<>]+|www\.[^\s<>]+", re.IGNORECASE)
_SQUARE: Final = str.maketrans("（）［］【】", "()[][]")
_BRACKET: Final = re.compile(r"[()\[\]（）［］【】]")
_PLURAL: Final = re.compile(r"(?<=\w)\([a-z]{1,3}\)")
# A list is numbered with a bracket that has no partner: a) and 1).
_NUMBERED: Final = re.compile(r"(?:^|\s)(?:\d{1,3}|[a-z]|[A-Z]|[^\W\d_]\.?)$")
_ASKED: Final = re.compile(
    r"(?<![?？؟(\\\"“‘«])[?？؟፧՞](?=[\"”»’）)]*(?:\s+[^\Wa-zß-ÿ]|\s+\W|\s*$))|(?<=[\u0e00-\u9fff\uac00-\ud7a3])[?？]"
)
_MARK: Final = re.compile("[?？؟;፧՞\u037e]")
_WHETHER: Final = re.compile(r"\bwhether\b|\bif\b", re.IGNORECASE)
QUOTES: Final = '"“”„‟«»「」『』《》‹›〈〉″＂'
# Pairs of which each mark has one shape and one use.
_QUOTE_PAIRS: Final = ("«»", "「」", "『』", "《》")
_QUOTED: Final = re.compile(f"[{QUOTES}].*[{QUOTES}]", re.DOTALL)
_SINGLE: Final = re.compile(r"(?<!\w)[‘'‚][^‘’'‚]+[’'‘](?!\w)")
_TWICE: Final = re.compile(r"(?<![\w'’-])([^\W\d_]+) \1(?![\w'’-])")


def check_addresses(pair: Pair) -> Iterator[Diagnostic]:
    """Every e-mail address and domain of the English, letter by letter, and no other."""
    if not _MAY_BE_ADDRESS.search(pair.english) and not _MAY_BE_ADDRESS.search(pair.text):
        return
    source, target = pair.source_words, pair.target_words
    wanted, found = _emails(source), _emails(target)
    wanted += _domains(source, Counter())
    found += _domains(target, wanted)
    for address in sorted(wanted - found):
        yield pair.finding("address-changed", f"lacks {named(address)}", "write the address as the English has it")
    for address in sorted(found - wanted):
        yield pair.finding("address-changed", f"has {named(address)}, which the English does not have", "take it out")


def _emails(text: str) -> Counter[str]:
    return Counter(match[0].lower() for match in _EMAIL.finditer(text))


def _domains(text: str, wanted: Counter[str]) -> Counter[str]:
    """The bare domains of a text. One of two letters counts if it is wanted, or in the English itself."""
    bare = _ADDRESS.sub(" ", _EMAIL.sub(" ", text))
    domains = Counter(match[0].lower() for match in _domain(bool(wanted)).finditer(bare))
    return domains if not wanted else Counter({d: n for d, n in domains.items() if d in wanted or _is_generic(d)})


@cache
def _domain(any_country: bool) -> re.Pattern[str]:
    generic = "|".join(data_table(_DATA)["domains"])
    ends = f"(?:{generic}|[a-z]{{2}})" if any_country else f"(?:{generic})(?:\\.[a-z]{{2}})?"
    return re.compile(rf"(?<![\w@/.-])(?:[a-z0-9][a-z0-9-]+\.)+{ends}(?![\w@-]|\.\w)", re.ASCII)


def _is_generic(domain: str) -> bool:
    return domain.rpartition(".")[2] in data_table(_DATA)["domains"]


def check_brackets(pair: Pair) -> Iterator[Diagnostic]:
    """Brackets in pairs, and as many pairs as in the English."""
    if not _BRACKET.search(pair.text) and not _BRACKET.search(pair.english):
        return
    wanted, found = _brackets(_PLURAL.sub("", pair.source_words)), _brackets(pair.target_words)
    for one, two in ("()", "[]"):
        if found[one] != found[two] and wanted[one] == wanted[two]:
            what = f"has {found[one]} {one} and {found[two]} {two}"
            yield pair.finding("brackets", what, "write brackets in pairs, where the English has them")
        elif wanted[one] and not found[one] and not found[two]:
            what = f"has no {one}{two}"
            yield pair.finding("brackets", what, "write brackets around the same words, or say them another way")


def _brackets(text: str) -> Counter[str]:
    """The brackets of a text, without those of a numbered list."""
    signs = text.translate(_SQUARE)
    counted: Counter[str] = Counter()
    for at, sign in enumerate(signs):
        if sign in "([" or (sign in ")]" and (_is_open(counted, sign) or not _NUMBERED.search(signs[:at]))):
            counted[sign] += 1
    return counted


def _is_open(counted: Counter[str], closing: str) -> bool:
    return counted["(" if closing == ")" else "["] > counted[closing]


def check_quoted(pair: Pair) -> Iterator[Diagnostic]:
    """What the English quotes is quoted, too, and a mark that opens is closed."""
    for opening, closing in _QUOTE_PAIRS:
        if (counts := (pair.text.count(opening), pair.text.count(closing)))[0] != counts[1]:
            what = f"has {counts[0]} {opening} and {counts[1]} {closing}"
            yield pair.finding("brackets", what, "write quotation marks in pairs")
    if not _QUOTED.search(pair.english):
        return
    source, target = pair.source_words, pair.target_words
    if sum(source.count(sign) for sign in QUOTES) >= 2 and not _is_quoted(target):
        hint = f"write {pair.language.quotes[:2]} around what the English quotes"
        yield pair.finding("quotes-lost", "has no quotation marks", hint)


def _is_quoted(text: str) -> bool:
    return any(sign in text for sign in QUOTES) or bool(_SINGLE.search(text))


def check_questions(pair: Pair) -> Iterator[Diagnostic]:
    """A question is a question, and nothing else is one."""
    if not _MARK.search(pair.english) and not _MARK.search(pair.text):
        return
    asked = bool(_ASKED.search(_ADDRESS.sub(" ", pair.source_words)))
    text = pair.target_words
    asks = (
        bool(_ASKED.search(text))
        or _ends_by_script(text, "question", pair.language.script)
        or (pair.language.script == "Grek" and text.rstrip(" »”").endswith((";", "\u037e")))
    )
    if asked and not asks:
        words = data_table(_DATA)["asking"].get(pair.language.tag, ())
        if not any(word in pair.text for word in words):
            yield pair.finding("question", "has no question mark", "ask, as the English does")
    elif asks and not asked and not _WHETHER.search(pair.english):
        yield pair.finding("question", "asks, and the English does not", "say it as the English does")


def check_later(pair: Pair) -> Iterator[Diagnostic]:
    """No note of a translator to see to it later."""
    marks = data_table(_DATA)["marks"]
    text = pair.target_words
    if not _later().search(text):
        return
    for word in marks["later"]:
        if word not in text or word.lower() in pair.english.lower():
            continue
        end = r"(?=\s?[:)\](])" if word == "TODO" and pair.language.tag in marks["everything"] else r"(?!\w)"
        if re.search(rf"(?<!\w){re.escape(word)}{end}", text):
            yield pair.finding("note-left", f"has {word}: a note to do it later", "finish it, and take the note out")


@cache
def _later() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, data_table(_DATA)["marks"]["later"])))


def check_twice(pair: Pair) -> Iterator[Diagnostic]:
    """No word twice in a row, in languages that do not say so."""
    twice = data_table(_DATA)["twice"]
    if pair.language.tag in twice["always"]:
        return
    text, english = pair.target_words, pair.source_words
    words = text.split()
    if not any(map(eq, words, words[1:])):
        return
    for match in _TWICE.finditer(text):
        if match[1].lower() not in twice["words"] and not _TWICE.search(english):
            yield pair.finding("word-twice", f"has {named(match[0])}", "remove one, unless it is meant")


def check_ending(pair: Pair) -> Iterator[Diagnostic]:
    """A colon, a full stop, an exclamation mark or three dots at the end, if the English has them there."""
    if pair.language.script in data_table(_DATA)["ending"]["none"]:
        return
    wanted, found = _ending(pair.english), _ending(pair.text)
    # A full stop behind a few words is the translator's choice.
    if _ends_by_script(pair.text, wanted, pair.language.script):
        return
    if wanted != found and "question" not in (wanted, found) and (wanted, found) != ("word", "stop"):
        names = data_table(_DATA)["ending"]["names"]
        hint = "end it as the English ends"
        yield pair.finding("ending", f"ends with {names[found]}, not with {names[wanted]}", hint)


# No mark that ends a text is longer than three dots.
_LONGEST_END: Final = 3
_CLOSING: Final = ' \u00a0\u202f*"”’»“）)]】」』'


def _ending(text: str) -> str:
    return _ends_as(text.rstrip(_CLOSING)[-_LONGEST_END:])


@lru_cache(maxsize=16384)
def _ends_as(end: str) -> str:
    """What the last signs of a text end it as."""
    return next((kind for kind, marks in _ending_marks().items() if end.endswith(marks)), "word")


def _ends_by_script(text: str, kind: str, script: str) -> bool:
    """True if the text ends as this kind by signs that its script alone has, as Armenian's full stop."""
    signs = data_table(_DATA)["ending"]["script"].get(script)
    if signs is None:
        return False
    within = signs["within"].get(kind, "")
    bare = text.rstrip(_CLOSING)
    return bare.endswith(tuple(signs.get(kind, "").split())) or bool(within and within in text)


@cache
def _ending_marks() -> dict[str, tuple[str, ...]]:
    """The marks that end a text, by what they end it as."""
    return {kind: tuple(marks.split()) for kind, marks in data_table(_DATA)["ending"]["signs"].items()}
