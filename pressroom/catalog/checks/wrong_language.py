"""Finds a catalog whose translations, read as a whole, are in another language than it says.

CLD3 (`gcld3`) identifies the language. It is imported only when a catalog has enough text to judge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pressroom.catalog.checks.pair import DENSE, Pair
from pressroom.catalog.model import Catalog
from pressroom.data_files import data_table
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language, UnknownLanguage, english_name, find_language

if TYPE_CHECKING:
    from gcld3 import NNetLanguageIdentifier

_DATA: Final = "catalog/checks/identified.toml"
# Fewer letters say nothing for sure; in dense scripts (`DENSE`) a letter says as much as three.
_ENOUGH: Final = 60
# Where Latin letters are the wrong ones, these many are enough.
_ENOUGH_LATIN: Final = 24
_BEYOND_LATIN: Final = "\u0250"
# More letters make the verdict no surer.
_SAMPLE: Final = 1_600
_SURE: Final = 0.9
# A text in one of several languages that it can't tell apart has half of the probability.
_SURE_OF_SEVERAL: Final = 0.45
_LATIN_WORD: Final = re.compile(r"[A-Za-z]+")
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
# The variants of Chinese have this many signs of one's own to a hundred letters; a name may have one of the other's.
_VARIANT: Final = 3


@dataclass(frozen=True, slots=True)
class _Verdict:
    """A language by the identifier's code, and how probable it is (0 to 1)."""

    code: str
    probability: float


def check_language(pairs: Sequence[Pair], catalog: Catalog, language: Language) -> list[Diagnostic]:
    """A finding if the translations together are in another language; none if there are too few words."""
    if not pairs:
        return []
    weight = 3 if language.script in DENSE else 1
    texts = [_words(pair) for pair in _sample(pairs, weight)]
    other = _other_language(texts, language)
    if other is None:
        return []
    longest = max(pairs, key=lambda pair: len(pair.text))
    message = f"the translations are in {other}, not in {language.english}"
    hint = f"put the {language.english} catalog here; if they are {language.english}, a reviewer signs a waiver"
    at = Span(catalog.path, catalog.header.line)
    return [diagnostic("wrong-language", at, message, hint, longest.entry.subject)]


def _words(pair: Pair) -> str:
    """The translation without the words of the English: names and terms say nothing of its language."""
    kept = {word.lower() for word in _LATIN_WORD.findall(pair.english)}
    text = pair.target_words
    return _LATIN_WORD.sub(lambda word: " " if word[0].lower() in kept else word[0], text)


def _sample(pairs: Sequence[Pair], weight: int) -> Sequence[Pair]:
    """Pairs from the whole catalog, at regular distances, with no more letters than the verdict needs."""
    total = sum(len(pair.text) for pair in pairs) * weight
    return pairs[:: max(1, round(total / _SAMPLE))]


def _other_language(texts: Sequence[str], language: Language) -> str | None:
    """The English name of the language that these texts are in if that is not `language`, and sure."""
    whole = "\n".join(texts)
    if language.script != "Latn" and _is_latin(whole):
        found = _identify(whole)
        return _name(found.code) if _is_sure(found) and not _fits(found.code, language) else "Latin letters"
    letters = sum(map(str.isalpha, whole)) * (3 if _HAN.search(whole) or language.script in DENSE else 1)
    if letters < _ENOUGH:
        return None
    if (variant := _other_chinese(whole, language)) is not None:
        return variant
    found = _identify(whole)
    if not _is_sure(found) or _fits(found.code, language):
        return None
    # A list of foreign names may turn the whole: each half must be in another language too.
    halves = [" ".join(half) for half in (texts[::2], texts[1::2]) if sum(map(len, half)) >= _ENOUGH]
    if any(_fits(_identify(half).code, language) for half in halves):
        return None
    return _name(found.code)


def _is_latin(text: str) -> bool:
    """True if nearly all letters are Latin, and they are not a name or two."""
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= _ENOUGH_LATIN and sum(sign < _BEYOND_LATIN for sign in letters) >= _SURE * len(letters)


@cache
def _identifier() -> NNetLanguageIdentifier:
    from gcld3 import NNetLanguageIdentifier

    return NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=20_000)


def _identify(text: str) -> _Verdict:
    found = _identifier().FindLanguage(text=text)
    return _Verdict(found.language, found.probability)


def _is_sure(verdict: _Verdict) -> bool:
    several = any(verdict.code in group for group in data_table(_DATA)["same"])
    return verdict.probability >= (_SURE_OF_SEVERAL if several else _SURE)


def _fits(code: str, language: Language) -> bool:
    """True if the identified language may be this one."""
    table = data_table(_DATA)
    own = language.tag.partition("-")[0]
    own = table["names"].get(own, own)
    code, latin = code.removesuffix("-Latn"), code.endswith("-Latn")
    if latin:
        return True
    if own in table["known"]:
        return code == own or any(own in group and code in group for group in table["same"])
    # The identifier takes a language that it does not know for a relative, in the same script.
    other = _registered(code)
    return other is None or other.script == language.script


def _registered(code: str) -> Language | None:
    ours = {name: tag for tag, name in data_table(_DATA)["names"].items()}
    try:
        return find_language(ours.get(code, code))
    except UnknownLanguage:
        return None


def _name(code: str) -> str:
    other = _registered(code)
    return other.english if other else english_name(code.removesuffix("-Latn")) or code


def _other_chinese(text: str, language: Language) -> str | None:
    """The other variant of Chinese, by signs that only one of the two national character sets has."""
    if language.script not in ("Hans", "Hant"):
        return None
    han = _HAN.findall(text)
    simplified = sum(_has(sign, "gb2312") and not _has(sign, "big5") for sign in han)
    traditional = sum(_has(sign, "big5") and not _has(sign, "gb2312") for sign in han)
    own, other = (simplified, traditional) if language.script == "Hans" else (traditional, simplified)
    if other * 100 < _VARIANT * len(han) or other <= 2 * own:
        return None
    return find_language("zh-Hant" if language.script == "Hans" else "zh-Hans").english


def _has(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
