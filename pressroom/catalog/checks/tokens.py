"""Checks that placeholders and links are those of the English, each as often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair, named
from pressroom.diagnostics import Diagnostic

_NEAR: Final = re.compile(r"[{｛]\s*[A-Za-z][A-Za-z0-9_-]*\s*[}｝]")
# An address ends before white space, before the punctuation of its sentence, and where another script goes on.
_ADDRESS: Final = re.compile(
    r"\]\([^)\s]*\)"
    r"|\b(?:(?:https?|ftp|file)://|(?:mailto|javascript|data|tel):|www\.)[\w./?#%&=+~@:;,-]*[\w/#=~-]",
    re.IGNORECASE | re.ASCII,
)


def check_placeholders(pair: Pair) -> Iterator[Diagnostic]:
    """The multiset of placeholders is the English's; their order is the translator's."""
    wanted, found = _placeholders(pair.source.tokens), _placeholders(pair.target.tokens)
    near = [word for word in _NEAR.findall(pair.text) if word not in found]
    for name in sorted(wanted):
        if found[name] < wanted[name]:
            what = f"drops {name}" if not found[name] else f"has {name} {found[name]} times, not {wanted[name]}"
            hint = f"write {name} instead of {named(near[0])}" if near else f"put {name} where its value belongs"
            yield pair.finding("placeholder-lost", what, hint)
        elif found[name] > wanted[name]:
            what = f"has {name} {found[name]} times, not {wanted[name]}"
            yield pair.finding("placeholder-doubled", what, f"keep {name} only where its value belongs")
    for name in sorted(set(found) - set(wanted)):
        known = ", ".join(sorted(wanted))
        hint = f"the message has only {known}" if known else "the message has no placeholder: write the words"
        yield pair.finding("placeholder-unknown", f"has {name}, which the English has not", hint)


def check_links(pair: Pair) -> Iterator[Diagnostic]:
    """The multiset of link tokens is the English's, and no address is typed."""
    wanted, found = _links(pair.source.tokens), _links(pair.target.tokens)
    for token in sorted(set(wanted) | set(found)):
        if wanted[token] != found[token]:
            what = f"has the link {token} {found[token]} times, not {wanted[token]}"
            hint = f"write the words of the link as {token}, in place of …"
            yield pair.finding("link-token", what, hint)
    typed = Counter(_ADDRESS.findall(pair.decoded)) - Counter(_ADDRESS.findall(pair.english))
    for address in sorted(typed):
        hint = "addresses come from placeholders and link tokens; take it out"
        yield pair.finding("link-token", f"has an address typed by hand: {named(address)[:60]}", hint)


def _placeholders(tokens: Counter[str]) -> Counter[str]:
    return Counter({token: count for token, count in tokens.items() if token.startswith("{")})


def _links(tokens: Counter[str]) -> Counter[str]:
    return Counter({token: count for token, count in tokens.items() if token.startswith("[")})
