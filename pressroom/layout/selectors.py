"""Reads the selectors of a style: what each is for, and what it must not ask.

A selector may ask for elements, classes, neighbours, languages and places in a list. One that asks for the head of the
page, for an attribute or for what another element holds could make a style that shows only after it was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

from pressroom.data_files import data_table

_KNOWN: Final = data_table("layout/styles.toml")["selectors"]
_ASK: Final = "ask for elements, classes, :first-child and the like, [lang] and [dir] alone"
_COMBINATORS: Final = (">", "+", "~")


class SelectorFault(NamedTuple):
    """A code, the line (0 if it is the rule's), what is wrong and the next move."""

    code: str
    line: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Selector:
    """What a selector is for: the subject's element and classes, its pseudo-element, and the parent just above it."""

    subject_type: str = ""
    subject_classes: frozenset[str] = frozenset()
    pseudo: str = ""
    parent_type: str = ""

    @property
    def numbers(self) -> bool:
        """True for the marker of an item in a numbered list."""
        return self.subject_type == "li" and self.parent_type == "ol" and self.pseudo == "before"


def read_selectors(prelude: Sequence[Any]) -> tuple[tuple[Selector, ...], list[SelectorFault]]:
    """The selectors of a rule, and what they ask that they must not."""
    faults = list(_faults(prelude))
    groups: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    return tuple(_read(group) for group in groups), faults


def _read(tokens: Sequence[Any]) -> Selector:
    """The last two compounds of a selector, where the last is directly in the other."""
    compounds: list[list[Any]] = [[]]
    combinators: list[str] = []
    for token in _stripped(tokens):
        if token.type == "whitespace" or token in _COMBINATORS:
            if compounds[-1]:
                compounds.append([])
                combinators.append(" ")
            if token in _COMBINATORS:
                combinators[-1:] = [token.value]
        else:
            compounds[-1].append(token)
    subject = compounds[-1]
    above = compounds[-2] if len(compounds) > 1 and combinators[-1] == ">" else []
    classes = {b.value for a, b in pairwise(subject) if a == "." and b.type == "ident"}
    # CSS 2 wrote `:before` with one colon.
    marked = [b.lower_value for a, b in pairwise(subject) if a == ":" and b.type == "ident"]
    pseudo = next((name for name in marked if name in _KNOWN["elements"]), "")
    return Selector(_type(subject), frozenset(classes), pseudo, _type(above))


def _stripped(tokens: Sequence[Any]) -> list[Any]:
    kept = [token for token in tokens if token.type != "comment"]
    while kept and kept[0].type == "whitespace":
        kept.pop(0)
    while kept and kept[-1].type == "whitespace":
        kept.pop()
    return kept


def _type(compound: Sequence[Any]) -> str:
    return str(compound[0].lower_value) if compound and compound[0].type == "ident" else ""


def _faults(tokens: Sequence[Any], nested: str = "") -> Iterator[SelectorFault]:
    before = None
    for token in tokens:
        yield from _fault(token, before)
        if token.type == "function" and token.lower_name in ("is", "where", "not"):
            yield from _faults(token.arguments, token.lower_name)
        before = token


def _fault(token: Any, before: Any) -> Iterator[SelectorFault]:  # noqa: ANN401  tinycss2 publishes no types
    after = before.value if before is not None and before.type == "literal" else ""
    if token.type == "[] block":
        name = next((t.lower_value for t in token.content if t.type == "ident"), "")
        if name not in _KNOWN["attributes"]:
            yield _depends(token, f"[{name}]", "is an attribute that is not signed")
    elif token.type == "function" and token.lower_name not in _KNOWN["functions"]:
        yield _depends(token, f":{token.lower_name}()", "asks what is elsewhere on the page")
    elif token.type == "ident" and after == ":" and token.lower_value not in (*_KNOWN["classes"], *_KNOWN["elements"]):
        yield _depends(token, f":{token.lower_value}", "shows words only at times, or changes them")
    elif token.type == "ident" and after == "." and token.value in _KNOWN["never"]:
        yield SelectorFault("look-hides", token.source_line, f".{token.value} is the engine's own mark", _ASK)
    elif token.type == "ident" and not after.strip(">+~*") and token.lower_value in _KNOWN["nowhere"]:
        yield _depends(token, token.lower_value, "is not on the page")
    elif token.type not in ("ident", "literal", "whitespace", "function", "[] block"):
        yield _depends(token, token.serialize(), "is not allowed in a selector")


def _depends(token: Any, name: str, what: str) -> SelectorFault:  # noqa: ANN401
    return SelectorFault("look-depends", token.source_line, f"the selector {name} {what}", _ASK)
