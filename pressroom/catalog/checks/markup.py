"""Checks that placeholders, links, bold and italics are those of the English, and that no other markup is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pressroom.catalog.checks.pair import Pair, named
from pressroom.catalog.numbers import written_numbers
from pressroom.content.dialects import foreign_marks
from pressroom.content.inline import Inline
from pressroom.counted import counted
from pressroom.diagnostics import Diagnostic
from pressroom.language import ENGLISH
from pressroom.language.quantities import numbers_in_words

_NEAR: Final = re.compile(r"[{｛]\s*[A-Za-z][A-Za-z0-9_-]*\s*[}｝]")
# An address ends before white space, before the punctuation of its sentence, and where another script goes on.
_ADDRESS: Final = re.compile(
    r"\]\([^)\s]*\)"
    r"|\b(?:(?:https?|ftp|file)://|(?:mailto|javascript|data|tel):|www\.)[\w./?#%&=+~@:;,-]*[\w/#=~-]",
    re.IGNORECASE | re.ASCII,
)


def check_placeholders(pair: Pair) -> Iterator[Diagnostic]:
    """The multiset of placeholders is the English's; their order is the translator's."""
    if pair.is_plain and not pair.target.problems and "｛" not in pair.text:
        return
    wanted, found = _tokens(pair.source, "{"), _tokens(pair.target, "{")
    near = [word for word in _NEAR.findall(pair.text) if word not in found]
    for name in sorted(wanted):
        if found[name] < wanted[name]:
            what = (
                f"drops {name}" if not found[name] else f"has {name} {counted(found[name], 'time')}, not {wanted[name]}"
            )
            hint = f"write {name} instead of {named(near[0])}" if near else f"put {name} where its value belongs"
            yield pair.finding("placeholder-lost", what, hint)
        elif found[name] > wanted[name]:
            what = f"has {name} {counted(found[name], 'time')}, not {wanted[name]}"
            yield pair.finding("placeholder-doubled", what, f"keep {name} only where its value belongs")
    for name in sorted(set(found) - set(wanted)):
        known = ", ".join(sorted(wanted))
        hint = f"the message has only {known}" if known else "the message has no placeholder: write the words"
        yield pair.finding("placeholder-unknown", f"has {name}, which the English does not have", hint)


def check_links(pair: Pair) -> Iterator[Diagnostic]:
    """The multiset of link tokens is the English's, and no address is typed."""
    if not pair.is_plain:
        wanted, found = _tokens(pair.source, "["), _tokens(pair.target, "[")
        for token in sorted(set(wanted) | set(found)):
            if wanted[token] != found[token]:
                what = f"has the link {token} {counted(found[token], 'time')}, not {wanted[token]}"
                hint = f"write the words of the link as {token}, in place of …"
                yield pair.finding("link-token", what, hint)
    if pair.signs.isdisjoint(":(") and "www." not in pair.decoded.lower():
        return
    typed = Counter(_ADDRESS.findall(pair.decoded)) - Counter(_ADDRESS.findall(pair.english))
    for address in sorted(typed):
        hint = "addresses come from placeholders and link tokens; take it out"
        yield pair.finding("link-token", f"has an address typed by hand: {named(address)[:60]}", hint)


def _tokens(inline: Inline, start: str) -> Counter[str]:
    return Counter({token: count for token, count in inline.tokens.items() if token.startswith(start)})


_INLINE: Final = re.compile(r"`+|~{3,}|__")
# What begins a block of Markdown: a heading, a list item, a quotation, a rule, a row of a table.
_BLOCK: Final = re.compile(
    r"^[ \t]*(?P<sign>#{1,6}|[-+•>](?=[ \t]+\S)|(?:-[ \t]*){3,}$|(?:\*[ \t]*){3,}$|={3,}$|\|(?=.*\|[ \t]*$)|"
    r"\d{1,2}[.)])(?:[ \t]|$)",
    re.MULTILINE,
)


# Without these signs (0 is any digit) a text has none of both.
_LITERAL: Final = frozenset("`~_#-+•>*=|0")


def check_markup(pair: Pair) -> Iterator[Diagnostic]:
    """Every `**` and `*` has its partner, and so has every brace."""
    problems = dict.fromkeys(problem for problem in pair.target.problems if problem not in pair.source.problems)
    if problems:
        hint = "write markers in pairs, \\* for an asterisk to be printed, and placeholders as in the English"
        yield pair.finding("markup-broken", " and ".join(problems), hint)


def check_literal(pair: Pair) -> Iterator[Diagnostic]:
    """No sign of a larger Markdown (`code`, a heading, a bullet): it would be printed as it is."""
    inline, blocks = list[str](), list[str]()
    if not _LITERAL.isdisjoint(pair.signs):
        inline, blocks = _INLINE.findall(pair.text), list(_blocks(pair.text))
    inline += [mark.text for mark in foreign_marks(pair.text, translation=True)]
    if not inline and not blocks:
        return
    theirs = {*_blocks(pair.english), *_numbers(pair.english)}
    found = [sign for sign in inline if sign not in pair.english]
    found += [sign for sign in blocks if theirs.isdisjoint((sign, sign.rstrip(".)")))]
    if found:
        hint = "take it out; the block around the text is the program's"
        yield pair.finding(
            "markup-literal", f"has {' '.join(dict.fromkeys(found))}, which would be printed as it is", hint
        )


def _blocks(text: str) -> Iterator[str]:
    """The signs that begin blocks."""
    for match in _BLOCK.finditer(text):
        yield match["sign"].strip()


def _numbers(english: str) -> Iterator[str]:
    """The numbers of the English. With one of them no list begins: "the first" is `1.` in German and Turkish."""
    yield from written_numbers(english)
    yield from numbers_in_words(english, ENGLISH)


def check_bold(pair: Pair) -> Iterator[Diagnostic]:
    """Bold carries meaning (a sign to look for): as many passages as in the English, in any order."""
    if pair.is_plain:
        return
    wanted, found = pair.source.tokens["**bold**"], pair.target.tokens["**bold**"]
    if wanted != found and not pair.target.problems:
        hint = "choose the words that say the same, and write them **so**"
        yield pair.finding("bold-changed", f"has {found} bold passages, not {wanted}", hint)


def check_italic(pair: Pair) -> Iterator[Diagnostic]:
    """Italics may go (many scripts have none), but none may come."""
    if pair.is_plain:
        return
    wanted, found = _italics(pair.source), _italics(pair.target)
    if found > wanted and not pair.target.problems:
        hint = "take the single * out, or write \\* for one to be printed"
        yield pair.finding("italic-added", f"has {found} passages in italics, not {wanted}", hint)


def _italics(inline: Inline) -> int:
    italic = [run.italic for run in inline.runs if run.text or run.placeholder]
    return sum(1 for before, now in zip([False, *italic], italic, strict=False) if now and not before)


_TAG: Final = re.compile(r"<(?=[A-Za-z/!?])[^<>]{0,40}>?|\b(?:style|on[a-z]{3,12}|href|src)\s*=\s*[\"']")
_MAY_BE_HTML: Final = re.compile("[<&=]")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MAY_BE_TEMPLATE: Final = re.compile("[{}%]")
_TEMPLATE: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|<%|%>|%\([A-Za-z_]\w*\)[sd]")


def check_html(pair: Pair) -> Iterator[Diagnostic]:
    """No tag and no entity that the English has not, written or encoded."""
    if not _MAY_BE_HTML.search(pair.text):
        return
    found = Counter(_TAG.findall(pair.text)) + Counter(_ENTITY.findall(pair.text))
    if "&" in pair.text:
        found |= Counter(_TAG.findall(pair.decoded))
    wanted = Counter(_TAG.findall(pair.english)) + Counter(_ENTITY.findall(pair.english))
    if extra := sorted(found - wanted):
        hint = "write the words and signs themselves; **bold** is the only markup"
        yield pair.finding("translation-html", f"has HTML: {named(' '.join(extra))}", hint)


def check_template_syntax(pair: Pair) -> Iterator[Diagnostic]:
    """No sign of a template language: nothing compiles a message, and nothing shall look as if it did."""
    if not _MAY_BE_TEMPLATE.search(pair.decoded):
        return
    found = Counter(_TEMPLATE.findall(pair.decoded)) - Counter(_TEMPLATE.findall(pair.english))
    if found:
        hint = "a placeholder is written {name}, as in the English"
        yield pair.finding("template-syntax", f"has template syntax: {' '.join(sorted(found))}", hint)
