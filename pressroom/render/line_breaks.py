"""Turns the characters of a block into a paragraph for the composer: where lines may end, how wide each would be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Final

import pyphen
from weasyprint.text.line_break import get_log_attrs

from pressroom.compose.weak_ends import parted_words, weak_ends
from pressroom.language import Language, UnknownLanguage, find_language, weak_words
from pressroom.render.hyphens import FEW, quick_patterns
from pressroom.render.paragraphs import NEWLINE, Block, Sign, together
from pressroom.render.shaping import shape
from pressroom.typesetting import Kind, LineBreak, Paragraph
from pressroom.typesetting.words import IN_HEADING, PARTED_WORD, count_words, parting_costs, penalties

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# The class of the labels beside a drawing (compose/templates/parts.html): nothing shows how long their lines might be.
_LABEL: Final = "name"
# A capital says nothing of a name.
_NOUNS_ARE_CAPITAL: Final = frozenset({"de"})
_SOFT_HYPHEN: Final = "\u00ad"
_UNBROKEN: Final = frozenset({"nowrap", "pre"})
_WORD: Final = re.compile(r"[^\W\d_]+")
# The shortest word that the composer parts, and the fewest letters on each side. Styles ask for more: the engine parts
# words wherever a line would leave much free.
_SHORTEST: Final = (10, 4, 4)
_BOLD: Final = 600
# What the style of such a mark says: the feature for half widths, which is off.
_MAY_BE_NARROW: Final = (("halt", 0),)
_ALMOST: Final = 0.9
_OPENING: Final = frozenset({"Ps", "Pi"})
quick_patterns()


def measured_parts(block: Block, *, hyphens: bool, short: bool = False) -> Iterator[tuple[Paragraph, int]]:
    """The paragraphs of a block, which a forced break divides, and where each starts in its signs.

    With `hyphens` lines may end within words too, where the style says; with `short` also in shorter words.
    """
    start = 0
    signs = block.signs
    for end in [*(at for at, sign in enumerate(signs) if sign.text == NEWLINE), len(signs)]:
        if end > start:
            yield _paragraph(signs[start:end], block, hyphens=hyphens, short=short), start
        start = end + 1


def _paragraph(signs: list[Sign], block: Block, *, hyphens: bool, short: bool) -> Paragraph:
    text = "".join(sign.text for sign in signs)
    language = block.style["lang"] or ""
    whole = [at for at in _may_break(text, signs, language) if _can_end(signs, at)]
    hyphened = frozenset(_hyphens(text, signs, short=short)) if hyphens else frozenset[int]()
    parted = {*hyphened, *_syllables(text, signs, block)} if short else hyphened
    places = sorted({*whole, *parted})
    edges = [0.0]
    for sign in signs:
        edges.append(edges[-1] + sign.width)
    weak, bold = weak_words(language), list(map(_is_bold, signs))
    costs = penalties(text, places, weak, bold, names=language not in _NOUNS_ARE_CAPITAL)
    weight = IN_HEADING if block.element.tag in _HEADINGS else 1.0
    costs = [weight * cost + more for cost, more in zip(costs, _parting(text, places, block), strict=True)]
    ends = [at for at in places if at not in parted]
    words = dict(zip([0, *ends, len(text)], [0.0, *count_words(text, [*ends, len(text)])], strict=True))
    breaks: list[LineBreak] = []
    done = 0.0
    for at, cost in zip(places, costs, strict=True):
        done = words.get(at, done)
        cost += PARTED_WORD if at in parted else 0.0
        breaks.append(_break(signs, edges, at, cost, done, is_parted=at in hyphened))
    last = edges[len(text.rstrip(" "))]
    return Paragraph((*breaks, LineBreak(len(text), last, last, words=words[len(text)])), kind_of(block))


def _parting(text: str, places: Sequence[int], block: Block) -> list[float]:
    language = _language(block.style["lang"] or "")
    if language is None:
        return [0.0] * len(places)
    # The signs in a heading say where it may be parted.
    weak = {} if block.element.tag in _HEADINGS else weak_ends(text, language)
    return parting_costs(text, places, weak, latin=language.script == "Latn")


@cache
def _language(tag: str) -> Language | None:
    try:
        return find_language(tag)
    except UnknownLanguage:
        return None


def _break(signs: list[Sign], edges: list[float], at: int, cost: float, words: float, *, is_parted: bool) -> LineBreak:
    hyphen = 0.0
    if is_parted or signs[at - 1].text == _SOFT_HYPHEN:
        cost += 0.0 if is_parted else PARTED_WORD
        hyphen = sum(shape(hyphen_of(signs[at - 1]), signs[at - 1].style).advances)
    last = at - 1 if signs[at - 1].text == " " else at
    (more, _), (_, less) = cut(signs, last), cut(signs, at)
    end, start = edges[last] + more, edges[at] - less
    for mark in narrow_marks(signs, at):
        # The feature takes half of a full-width mark.
        end, start = (end, start + mark.width / 2) if mark is signs[at] else (end - mark.width / 2, start)
    return LineBreak(at, end, start, hyphen, cost, words)


def narrow_marks(signs: Sequence[Sign], at: int) -> list[Sign]:
    """The full-width marks beside this offset that are half as wide if a line ends here (compose.mark_widths)."""
    found = []
    for sign, opens in ((signs[at - 1], False), (signs[at], True)):
        if sign.style is None or sign.style["font_feature_settings"] != _MAY_BE_NARROW:
            continue
        # Where another font has the mark, it may have no blank half.
        is_wide = sign.width > _ALMOST * sign.style["font_size"]
        if is_wide and opens is (unicodedata.category(sign.text) in _OPENING):
            found.append(sign)
    return found


def kind_of(block: Block) -> Kind:
    """What the lines of a block should be: those of headings, labels of drawings and centred text are balanced."""
    is_label = _LABEL in (block.element.get("class") or "").split()
    is_heading = block.element.tag in _HEADINGS or is_label or block.style["text_align_all"] == "center"
    return "heading" if is_heading else "text"


def words_in(text: str, language: str) -> float:
    """How many words a line has; less than one if it is a sign or two of a script that breaks within words."""
    attributes = get_log_attrs(text, language)
    places = [at for at in range(1, len(text)) if attributes[at].is_line_break]
    return count_words(text, [*places, len(text)])[-1]


def _syllables(text: str, signs: Sequence[Sign], block: Block) -> list[int]:
    """The offsets within words at which a line may end without a hyphen."""
    language = _language(block.style["lang"] or "")
    if language is None or kind_of(block) == "heading":
        return []
    return [at for at in parted_words(text, language) if not _is_kept(signs[at - 1], signs[at])]


def parts_words(block: Block) -> bool:
    """True where a line may end within a word, with a hyphen or without."""
    language = _language(block.style["lang"] or "")
    return has_hyphens(block) or (language is not None and bool(parted_words(block.text, language)))


def has_hyphens(block: Block) -> bool:
    """True where the style lets words be parted."""
    return any(sign.style is not None and sign.style["hyphens"] == "auto" for sign in block.signs)


def hyphen_of(sign: Sign) -> str:
    """What a line that parts a word at this character ends with."""
    return str(sign.style["hyphenate_character"]) if sign.style is not None else ""


def _can_end(signs: list[Sign], at: int) -> bool:
    before = at - 1 if signs[at - 1].text != " " else at - 2
    return before >= 0 and (signs[before].place is not None or signs[at].place is not None)


def cut(signs: Sequence[Sign], at: int) -> tuple[float, float]:
    """How much wider the line before this offset is, and the one after it, than the same text in one line.

    Letters that join or are kerned have other shapes at the edge of a line.
    """
    if not (0 < at < len(signs) and signs[at].joined and together(signs[at - 1], signs[at])):
        return 0.0, 0.0
    start, end = at - 1, at + 1
    while start > 0 and signs[start].joined and together(signs[start - 1], signs[start]):
        start -= 1
    while end < len(signs) and signs[end].joined and together(signs[end - 1], signs[end]):
        end += 1
    before, after = (_alone(signs[a:b]) - sum(s.width for s in signs[a:b]) for a, b in ((start, at), (at, end)))
    return before, after


def _alone(signs: Sequence[Sign]) -> float:
    return sum(shape("".join(sign.text for sign in signs), signs[0].style).advances)


def _may_break(text: str, signs: Sequence[Sign], language: str) -> list[int]:
    """The offsets at which a line may begin: as Unicode and Pango's dictionaries say, and our own signs."""
    attributes = get_log_attrs(text, language)
    return [at for at in range(1, len(text)) if attributes[at].is_line_break and not _is_kept(signs[at - 1], signs[at])]


def _is_kept(before: Sign, after: Sign) -> bool:
    """True within what no line may end in."""
    return all(sign.style is not None and sign.style["white_space"] in _UNBROKEN for sign in (before, after))


def _hyphens(text: str, signs: Sequence[Sign], *, short: bool) -> Iterator[int]:
    """The offsets before which a hyphen may part a word by the language's patterns; with `short` a shorter one too."""
    for match in _WORD.finditer(text):
        style = signs[match.start()].style
        if style is None or style["hyphens"] != "auto" or not style["lang"] or style["white_space"] in _UNBROKEN:
            continue
        total, left, right = style["hyphenate_limit_chars"]
        shortest = tuple(map(min, (total, left, right), _SHORTEST)) if short else (total, left, right)
        language = pyphen.language_fallback(style["lang"])
        if (
            language is None
            or len(match[0]) < shortest[0]
            or any(sign.style is not style for sign in signs[slice(*match.span())])
        ):
            continue
        for position in _patterns(language, *shortest[1:]).positions(match[0]):
            # Some words change their letters at a hyphen; the engine does not.
            if position.data is None:
                yield match.start() + int(position)


@lru_cache(maxsize=FEW)
def _patterns(language: str, left: int, right: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=language, left=left, right=right)


def _is_bold(sign: Sign) -> bool:
    """True of bold type."""
    return sign.style is not None and sign.style["font_weight"] >= _BOLD
