"""One spelling for reading: ASCII digits, small letters, nothing invisible, one kind of space and of apostrophe."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

# A space that may part a number's groups keeps its own sign; all others are one.
KEPT_SPACE: Final = "\u00a0"
_TABLE: Final[dict[int, str]] = {
    **dict.fromkeys(map(ord, "\u202f\u2009\u2008\u2007\u200a\u00a0"), KEPT_SPACE),
    **dict.fromkeys(map(ord, "\u3000\u2002\u2003\u2004\u2005\u2006\t\n\r"), " "),
    **dict.fromkeys(map(ord, "’‘ʼ′＇`´"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2012\u2013\u2014\u2015"), "–"),
    **dict.fromkeys(map(ord, "〜～∼˜"), "~"),
    # Joiners, marks of direction and soft hyphens; vowel marks and the long stroke of Arabic.
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u00ad\ufeff\u0640\u0670"), ""),
    **dict.fromkeys(range(0x064B, 0x0653), ""),
    **dict.fromkeys(range(0x202A, 0x202F), ""),
    **dict.fromkeys(range(0x2066, 0x206A), ""),
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ك"): "ک",
    ord("ہ"): "ه",
    ord("ۂ"): "ه",
    ord("ة"): "ه",
    ord("ھ"): "ه",
    ord("μ"): "µ",
    ord("˚"): "°",
    ord("⁄"): "/",
    ord("∕"): "/",
    ord("∶"): ":",
}
# The Burmese letter wa and a word for "this" are often typed with the digits that look like them.
_WA: Final = re.compile(
    "(?<![\u1040-\u1049.,])\u1040(?=[\u1000-\u103f])|(?<=[\u1000-\u103f])\u1040(?![\u1040-\u1049])|\u1044(?=\u1004\u103a\u1038)"
)
_RAISED: Final = re.compile("[⁰¹²³⁴-⁹₀-₉]")


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text as numbers and units are looked for in it. Its length may differ."""
    if text.isascii():
        return " ".join(text.lower().splitlines()) if "\n" in text else text.lower()
    if "\u1040" in text or "\u1044" in text:
        text = _WA.sub("\u101d", text)
    if _RAISED.search(text):
        text = _RAISED.sub(lambda match: _raised(match, text), text)
    return text.translate(_SIGNS).lower()


class _Signs(dict[int, str]):
    """What each sign is read as, found when it is first met."""

    def __missing__(self, code: int) -> str:
        read = self[code] = _TABLE[code] if code in _TABLE else _one(chr(code))
        return read


_SIGNS: Final = _Signs()


def _raised(match: re.Match[str], text: str) -> str:
    """A raised digit is a power behind a digit, and part of a word behind a letter (cm³); a lowered one is a digit."""
    digit = unicodedata.normalize("NFKC", match[0])
    before = text[match.start() - 1 : match.start()]
    if before.isdecimal():
        return f"^{digit}"
    return match[0] if before.isalpha() and match[0] < "₀" else digit


def _one(character: str) -> str:
    if character < "\u00b0":
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "No" and character not in "¹²³⁴⁵⁶⁷⁸⁹⁰":
        # A space before a fraction keeps 1½ from becoming eleven halves.
        sign = unicodedata.normalize("NFKC", character).replace("\u2044", "/")
        return f" {sign}" if sign[:1].isdigit() else character
    # ℃ ㎎ ％ and letters of full width are several signs, or another one, that look a little different.
    if 0x2100 <= ord(character) <= 0x214F or 0x3371 <= ord(character) <= 0x33FF or 0xFF01 <= ord(character) <= 0xFF5E:
        return unicodedata.normalize("NFKC", character)
    return character
