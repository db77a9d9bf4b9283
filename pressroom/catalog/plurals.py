"""The Plural-Forms header: a catalog and its language go in, whether the rule is the registry's comes out."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pressroom.catalog.model import Catalog
from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.language import Language

_RULE: Final = re.compile(r"\s*nplurals\s*=\s*(?P<count>\d)\s*;\s*plural\s*=\s*(?P<rule>[^;]*?)\s*;?\s*")
_TEMPLATE: Final = re.compile(r"\s*nplurals\s*=\s*INTEGER\s*;.*")
_SAMPLES: Final = (*range(0, 131), 199, 200, 201, 211, 221, 1000, 1001, 1_000_000, 2_000_000)
_RULE_LIMIT: Final = 400


def plural_problem(catalog: Catalog, language: Language) -> list[Diagnostic]:
    """What is wrong with the header before anything may read it by its rule.

    An unfilled one (`nplurals=INTEGER`) and one that differs are put right by an update; one that is not a rule at
    all is refused, because readers obey it: `nplurals=1000000000` took Babel 4.7 GB.
    """
    written = catalog.header.get("Plural-Forms")
    if written is None or not written.strip() or _TEMPLATE.fullmatch(written):
        return []
    at = Span(catalog.path, catalog.header.line)
    hint = f"write {language.plural}"
    if forms_by_number(written) is None:
        return [diagnostic("plural-header", at, f"Plural-Forms is not a rule: {written[:60]!r}", hint)]
    if not same_rule(written, language.plural):
        message = f"Plural-Forms is not the rule of {language.tag}: {written[:80]!r}"
        return [diagnostic("plural-rule", at, message, f"`update` writes {language.plural}")]
    return []


def same_rule(one: str, other: str) -> bool:
    """True where both rules have as many forms and choose the same one for every number."""
    return one == other or (forms_by_number(one) == forms_by_number(other) is not None)


@cache
def forms_by_number(header: str) -> tuple[int, ...] | None:
    """The number of forms, then the form for each sample; none where the header is not a rule."""
    match = _RULE.fullmatch(header) if len(header) <= _RULE_LIMIT else None
    if match is None:
        return None
    count = int(match["count"])
    try:
        forms = tuple(_Rule(match["rule"]).of(n) for n in _SAMPLES)
    except (ValueError, ZeroDivisionError, RecursionError):
        return None
    return (count, *forms) if count and all(0 <= form < count for form in forms) else None


_TOKEN: Final = re.compile(r"\s*(\d{1,8}|n\b|&&|\|\||[=!<>]=|[-+*/%<>!?:()])")
_BINARY: Final = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))


class _Rule:
    """C's expression grammar as gettext allows it (its manual, 11.2.6), evaluated as it is read; nothing runs."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            match = _TOKEN.match(text, position)
            if match is None:
                raise ValueError(text[position:])
            self.tokens.append(match[1])
            position = match.end()

    def of(self, n: int) -> int:
        self.n, self.at = n, 0
        value = self._choice()
        if self.at != len(self.tokens):
            raise ValueError(self.tokens[self.at])
        return value

    def _next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _take(self, wanted: str) -> bool:
        found = self._next() == wanted
        self.at += found
        return found

    def _choice(self) -> int:
        value = self._binary(0)
        if not self._take("?"):
            return value
        yes = self._choice()
        if not self._take(":"):
            raise ValueError("no :")
        no = self._choice()
        return yes if value else no

    def _binary(self, level: int) -> int:
        if level == len(_BINARY):
            return self._unary()
        value = self._binary(level + 1)
        while (operator := self._next()) in _BINARY[level]:
            self.at += 1
            value = _applied(operator, value, self._binary(level + 1))
        return value

    def _unary(self) -> int:
        if self._take("!"):
            return int(not self._unary())
        if self._take("("):
            value = self._choice()
            if not self._take(")"):
                raise ValueError("no )")
            return value
        token = self._next()
        self.at += 1
        if token == "n":
            return self.n
        return int(token)


def _applied(operator: str, left: int, right: int) -> int:
    if operator in ("/", "%"):
        # The right side of `n > 0 && x / 0` is read even where C would not run it: such a rule is refused.
        return left // right if operator == "/" else left % right
    results = {
        "||": bool(left or right),
        "&&": bool(left and right),
        "==": left == right,
        "!=": left != right,
        "<": left < right,
        ">": left > right,
        "<=": left <= right,
        ">=": left >= right,
        "+": left + right,
        "-": left - right,
        "*": left * right,
    }
    return int(results[operator])
