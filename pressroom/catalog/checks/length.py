"""Checks a translation against the length limit of its fixed space (`max-length:N`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair
from pressroom.catalog.lengths import printed_length
from pressroom.diagnostics import Diagnostic

_FLAG: Final = re.compile(r"max-length:(\d{1,5})")
_TOLD: Final = re.compile(r"At most (\d{1,5}) characters[:,].* the space is fixed\.")


def check_length(pair: Pair) -> Iterator[Diagnostic]:
    """No more characters than there is room for, markers and all; marks above and below letters take none."""
    limit = length_limit(pair.entry.flags, pair.entry.extracted)
    length = printed_length(pair.text)
    if limit is not None and length > limit:
        what = f"is {length} characters long; there is room for {limit}"
        yield pair.finding("too-long", what, "say it shorter")


def length_limit(flags: tuple[str, ...], extracted: tuple[str, ...]) -> int | None:
    """The limit of an entry: from its flag, or from the comment, because gettext 0.21 and Poedit delete the flag."""
    found = [int(m[1]) for flag in flags if (m := _FLAG.fullmatch(flag))]
    found += [int(m[1]) for line in extracted if (m := _TOLD.fullmatch(line))]
    return min(found, default=None)
