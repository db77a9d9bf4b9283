"""How evenly the lines of our own plain paragraphs end, in twelve languages, three measures and five sizes.

    python -m benchmarks.prose [--locale ja]... [--half 0] [--product trifold]... [--unseen]

`prose/` has one file for each language, with one paragraph on each line. The first twelve are on walking, cooking and
travelling; the others are articles of the Universal Declaration of Human Rights. They are shaped once, then broken by
the pure part of the composer. The costs were chosen by the paragraphs of half 0, every other one. Half 1 shows how the
choice holds for texts that it has not seen. With `--unseen` the texts are those of Debian’s programs, which no one
here has read. The columns are those of `benchmarks.line_ends`.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.line_ends import Tally, show_all
from benchmarks.unseen_texts import Unseen
from pressroom.catalog import Translated, Translation
from pressroom.compose import HtmlPage
from pressroom.compose.text import TextSetter
from pressroom.content import Message
from pressroom.diagnostics import Span
from pressroom.language import Language, find_language, registered_fonts, sign_fonts
from pressroom.layout import Stylesheet
from pressroom.render.fonts import private_fonts
from pressroom.typesetting import Paragraph, best_lines, has_fault

PROSE = Path(__file__).parent / "prose"
# The measures of a tri-fold, a flyer and a wallet card, and sizes of type, in pt.
MEASURES = {"trifold": 213.0, "flyer": 416.0, "card": 224.0}
SIZES = (11.0, 12.0, 13.0, 14.0, 15.0)
SHAPED_AT = 10.0
# How long the texts are that nobody has read, in letters of English.
UNSEEN_LETTERS = range(60, 360, 6)
ROUNDING = 0.02
# The engine hyphenates a word if the line would leave more than this share free (compose.geometry).
ZONE = 0.14
STYLE = (
    "@page {{ size: 3000pt 30000pt; margin: 0 }} body {{ font: {size}pt/1.5 {family} }}"
    "p {{ hyphens: {hyphens}; hyphenate-limit-chars: 12 5 5 }} .keep {{ white-space: nowrap }}"
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A paragraph with the breaks between its words and, where its language hyphenates, within them too.

    `parted` are those that the engine knows, `short` also those in shorter words that the composer may take.
    """

    text: str
    whole: Paragraph
    parted: Paragraph
    short: Paragraph
    language: Language


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--locale", action="append", default=[])
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--product", action="append", choices=sorted(MEASURES))
    parser.add_argument("--unseen", action="store_true")
    options = parser.parse_args()
    tags = options.locale or sorted(path.stem for path in PROSE.glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        private_fonts((*registered_fonts().values(), *sign_fonts()), Path(folder))
        languages = {tag: find_language(tag) for tag in tags}
        texts = {
            tag: list(shaped(one, unseen(one) if options.unseen else prose(one))) for tag, one in languages.items()
        }
    halves = [options.half] if options.half is not None else [0, 1]
    for half in halves:
        print(f"Half {half}\n")
        show_all(tallies(texts, half, options.product or MEASURES))


def prose(language: Language) -> list[str]:
    """Our own paragraphs of a language."""
    return (PROSE / f"{language.tag}.txt").read_text(encoding="utf-8").splitlines()


def unseen(language: Language) -> list[str]:
    """Texts of a language from Debian, as long as paragraphs are."""
    texts = Unseen(language)
    return [texts.like("x" * letters, 1.0, extra=False) for letters in UNSEEN_LETTERS]


def shaped(language: Language, texts: Sequence[str]) -> Iterator[Shaped]:
    """The paragraphs of a language, as the pages would set them."""
    # Imported only now: WeasyPrint reads the list of fonts once.
    from pressroom.render.engine import Engine
    from pressroom.render.line_breaks import measured_parts
    from pressroom.render.paragraphs import Reader, blocks

    engine = Engine(_page(language, texts), "prose")
    reader = Reader(engine.root)
    for block in blocks(engine.lay_out("")):
        reader.read(block)
        whole, _ = next(measured_parts(block, hyphens=False))
        (parted, _), (short, _) = (next(measured_parts(block, hyphens=True, short=short)) for short in (False, True))
        yield Shaped(block.text, whole, parted if language.hyphenate else whole, short, language)


def _page(language: Language, texts: Sequence[str]) -> HtmlPage:
    body = "".join(f"<p>{_set(text, language)}</p>\n" for text in texts)
    html = f'<html lang="{language.tag}" dir="{language.direction}"><body class="flow">{body}</body></html>'
    family = ", ".join(f"'{family}'" for family in language.stack)
    style = STYLE.format(size=SHAPED_AT, family=family, hyphens="auto" if language.hyphenate else "manual")
    return HtmlPage(html, (Stylesheet("(prose)", style),))


def _set(text: str, language: Language) -> str:
    message = Message(text, Span("prose"))
    known = {message.key: Translated(text, "translated", message.span)}
    return TextSetter(language, Translation(language.tag, "prose", known), {}, marks=False).set(message)


def tallies(texts: dict[str, list[Shaped]], half: int, products: Iterable[str]) -> dict[str, Tally]:
    """Both ways of each language and product."""
    found: dict[str, Tally] = {}
    for tag, paragraphs in texts.items():
        for product in products:
            points = MEASURES[product]
            tally = found[f"{tag} {product}"] = Tally()
            for number, paragraph in enumerate(paragraphs):
                if number % 2 == half:
                    for size in SIZES:
                        count(paragraph, points / 0.75 * SHAPED_AT / size, tally, product)
    return found


def count(shaped: Shaped, measure: float, tally: Tally, product: str) -> None:
    """Add a paragraph at a measure, in CSS pixels, as first fit and as the composer set it."""
    from pressroom.render.line_breaks import words_in

    parted, short = shaped.parted, shaped.short
    if product == "card" and shaped.language.hyphenate:  # a card has no hyphens
        parted = short = shaped.whole
    greedy = first_fit(parted, measure)
    if len(greedy) < 2:
        return
    start = time.process_time()
    part, within = shaped.whole, measure - ROUNDING
    lines = best_lines(part, within, len(greedy))
    if has_fault(part, within, lines):
        part, lines = short, best_lines(short, within, len(greedy))
    if not lines:
        part, lines = parted, greedy
    tally.seconds += time.process_time() - start
    for ends, way, paragraph in ((tally.greedy, greedy, parted), (tally.now, lines, part)):
        places = [paragraph.breaks[number] for number in way]
        starts = [paragraph.start, *places]
        shares = [(end.end + end.hyphen - begin.start) / measure for begin, end in zip(starts, places, strict=False)]
        said = [
            shaped.text[begin : end.at].strip(" ") + ("\u2010" if end.hyphen else "")
            for begin, end in zip([0, *(place.at for place in places)], places, strict=False)
        ]
        ends.count(shares, said, words_in(said[-1], shaped.language.tag))


def first_fit(paragraph: Paragraph, measure: float) -> tuple[int, ...]:
    """The breaks at which lines end if each is filled as far as it goes."""
    places, lines, begin, at = paragraph.breaks, [], paragraph.start, 0
    while at < len(places):
        stop = whole = at
        for number in range(at, len(places)):
            place = places[number]
            if place.end - begin.start > measure and number > at:
                break
            if place.end + place.hyphen - begin.start <= measure or number == at:
                stop = number
                whole = number if not place.hyphen else whole
        # A word is parted only if that fills a line that would be short.
        if places[stop].hyphen and not places[whole].hyphen:
            free = 1 - (places[whole].end - begin.start) / measure
            stop = stop if free > ZONE else whole
        lines.append(stop)
        begin, at = places[stop], stop + 1
    return tuple(lines)


if __name__ == "__main__":
    main()
