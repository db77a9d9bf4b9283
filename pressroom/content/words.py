"""The words of an English text, found once for all checks that look at it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD: Final = re.compile("[a-z]+")


# A document is checked in one language after the other.
@lru_cache(maxsize=4096)
def small_words(text: str) -> tuple[str, ...]:
    """The words of ASCII letters in small letters, in their order; those with an apostrophe are two."""
    return tuple(_WORD.findall(text.lower()))
