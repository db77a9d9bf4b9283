"""Runs WeasyPrint with no access to files or network. Raises RenderError with every problem it logged.

Four nets together, because each alone let something through: a fetcher that knows only the piece's own bytes, its
list of what was asked for beside them, every log record at WARNING or above, and the check of the finished file.
"""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from pathlib import PurePosixPath
from typing import ClassVar, Final
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Document
from weasyprint.pdf import VARIANTS, generate_pdf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from pressroom.compose import HtmlPage
from pressroom.compose.geometry import ORIGIN
from pressroom.diagnostics import PROGRAM_FAULT, Diagnostic, DiagnosticError, Span, Subject, diagnostic
from pressroom.layout import Flip, Stylesheet
from pressroom.layout.style_variables import unset_variables
from pressroom.render.box_tree import BoxTree, without_layout
from pressroom.render.kept_pages import keep_pages, watched_blocks
from pressroom.render.kept_trees import KeptTree, forget_tree, keep_tree, kept_tree
from pressroom.render.quick_drawing import quick_drawing
from pressroom.render.quick_styles import PlainHTML, quick_styles
from pressroom.render.tags import (
    NO_LETTERS,
    SCREEN_COLOURS,
    Letters,
    MisreadError,
    Raw,
    describe_colours,
    described_marks,
    finish,
    hide_decoration,
    letters_beside_glyphs,
    named_frames,
    small_subsets,
)
from pressroom.render.visible_text import hidden_or_added
from pressroom.render.words import MARKED, Spoken, take_marks

_TYPES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
# Those of `Document.write_pdf`, which writes the file, too.
_VARIANT: Final = "pdf/a-2a"
_OPTIONS: Final = {
    **DEFAULT_OPTIONS,
    **VARIANTS[_VARIANT][1],
    **{"pdf_variant": _VARIANT, "output_intent": SCREEN_COLOURS, "uncompressed_pdf": True},
}
_PLACE = re.compile(r" at (\d+):\d+")
_DROPPED = re.compile(r"Ignored `([\w-]+):.* at (\d+):(\d+)")
_PICTURE_HINT = "put the picture beside the document"
_DRAWN_HINT = "draw it with simpler means, or save it again as PNG"


class RenderError(DiagnosticError):
    """The page can't be laid out as intended."""


class StyleError(RenderError):
    """A declaration has no value. WeasyPrint says so once: this error ends a piece that could be made otherwise."""


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the piece's pictures from memory, and nothing else."""

    def __init__(self, assets: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=("https",), allow_redirects=False, fail_on_errors=True)
        self.assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        address = unquote(url.removeprefix(ORIGIN))
        kind = _TYPES.get(PurePosixPath(address).suffix.lower())
        if not url.startswith(ORIGIN) or address not in self.assets or kind is None:
            # Also kept in a list: SVG images swallow even this exception.
            self.refused.append(address)
            raise FatalURLFetchingError(f"{url!r} is not one of the piece's pictures")
        return URLFetcherResponse(url, self.assets[address], {"Content-Type": kind})


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs at WARNING or above, instead of letting it be printed."""
    logger, messages = logging.getLogger("weasyprint"), list[str]()

    def collect(record: logging.LogRecord) -> bool:
        messages.append(record.getMessage())
        return False

    before = logger.level
    logger.addFilter(collect)
    logger.setLevel(logging.WARNING)
    try:
        yield messages
    finally:
        logger.removeFilter(collect)
        logger.setLevel(before)


class Engine:
    """A page made ready: its HTML and styles are parsed once, and laid out as often as copyfit asks.

    Each method that parses, lays out or writes raises RenderError with all that WeasyPrint logged or asked for in vain.
    """

    # How many layouts this process has made.
    layouts: ClassVar[int] = 0

    def __init__(
        self, page: HtmlPage, source: str, styles: Sequence[CSS] = (), *, is_like_others: bool = False
    ) -> None:
        self._fetcher = _Fetcher(page.assets)
        self.source = source
        self._span = Span(source)
        self.slot_kinds = page.slots
        self._page = page
        self._sheets = page.stylesheets
        # Which words on the page are of which message; empty if the page was composed without marks.
        self.spoken = Spoken()
        # The page is then kept for others that differ from it in texts alone.
        self._is_like_others = is_like_others
        self._kept: KeptTree | None = None
        if not styles and (unset := unset_variables(tuple(page.stylesheets))):
            raise StyleError(*unset)
        self._styles = styles or [self._style(sheet) for sheet in page.stylesheets]

    @cached_property
    def _text(self) -> str:
        return self._page.html

    @cached_property
    def _html(self) -> HTML:
        """Parsed only when it is laid out: often only parts of a clinic's piece are."""
        with self._watched():
            html = self._parsed_html()
            if MARKED in self._text:
                self.spoken = take_marks(html.etree_element)
            hide_decoration(html.etree_element)
        return html

    def _parsed_html(self) -> PlainHTML:
        if self._is_like_others and (kept := kept_tree(self._text)) is not None:
            self._kept = kept
            return PlainHTML.of_tree(kept.root, self._fetcher)
        html = PlainHTML(string=self._text, base_url=ORIGIN, url_fetcher=self._fetcher)
        # Marks are taken out of the tree, so it would not be as it was parsed.
        if self._is_like_others and MARKED not in self._text:
            self._kept = keep_tree(self._text, html.etree_element)
        return html

    def of_part(self, page: HtmlPage, *, is_like_others: bool = False) -> Engine:
        """An engine for another page in the same styles, which are not parsed again.

        If the page `is_like_others`, pages follow that differ from it in texts alone.
        """
        return Engine(page, self.source, self._styles, is_like_others=is_like_others)

    @property
    def root(self) -> Element:
        """The tree that pages are laid out from; changes in it apply to the next layout."""
        root: Element = self._html.etree_element
        return root

    def _style(self, sheet: Stylesheet) -> CSS:
        try:
            style, warnings = _parsed(sheet.text) if sheet.path else _parsed_sizes(sheet.text)
        except FatalURLFetchingError as error:  # a BaseException: an @import
            problem = diagnostic("fetch", Span(sheet.path), str(error), "a style can't import: copy the rules into it")
            raise RenderError(problem) from None
        if warnings:
            raise RenderError(*(_css_problem(sheet.path, record) for record in warnings))
        return style

    def lay_out(self, extra_css: str) -> Document:
        """Lay out the pages, with one more stylesheet after the others."""
        Engine.layouts += 1
        if self._html and self._kept is not None:
            return self._laid_out_as_before(self._kept, extra_css)
        return self._laid_out(extra_css)

    def _laid_out_as_before(self, tree: KeptTree, extra_css: str) -> Document:
        """The pages as those before, if they differ from them in texts that take as much room."""
        styles = (*(one.text for one in self._sheets), extra_css)
        before = tree.pages.pop(styles, None)
        tree.pages.clear()
        if before is not None:
            with self._watched():
                pages = before.again(self._html, self._fetcher.assets)
            if pages is not None:
                tree.pages[styles] = before
                return pages
        with watched_blocks() as calls:
            pages = self._laid_out(extra_css)
        tree.pages[styles] = keep_pages(pages, self.root, self._fetcher.assets, calls)
        return pages

    def _laid_out(self, extra_css: str) -> Document:
        sheet = self._style(Stylesheet("", extra_css))
        html = self._html
        with self._watched():
            return html.render(stylesheets=[*self._styles, sheet], font_config=font_configuration())

    @contextmanager
    def box_tree(self, extra_css: str) -> Iterator[BoxTree]:
        """The boxes of the pages before they are laid out, in the styles of `lay_out`, to read inside this context.

        WeasyPrint says once what is wrong with a value, when it is asked for.
        """
        sheet = self._style(Stylesheet("", extra_css))
        html = self._html
        with self._watched():
            with without_layout() as found:
                html.render(stylesheets=[*self._styles, sheet], font_config=font_configuration())
            yield found[0]

    def unprinted(self, document: Document, span: Span) -> list[Diagnostic]:
        """The words of the pages that are not printed, and printed words that they do not have.

        A colour is asked for here first: what is wrong with it raises RenderError.
        """
        with self._watched():
            return hidden_or_added(document, self.root, span)

    def write(self, document: Document, flip: Flip = "") -> bytes:
        """The pages as one PDF that is PDF/UA-1 and PDF/A-2a; `flip` is the edge its paper is turned on."""
        try:
            return finish(self.draw(document).pdf, flip)
        except MisreadError as error:
            raise RenderError(diagnostic("letters-differ", self._span, str(error), PROGRAM_FAULT)) from None

    def draw(self, document: Document, given: Letters = NO_LETTERS) -> Raw:
        """The pages as WeasyPrint draws them under the hook, not written: `finish` settles and compresses them.

        An imprint's pages are set in the letters that their base gives them.
        """
        describe_colours(document)
        with (
            self._watched(),
            small_subsets(given, keep=self._is_like_others) as letters,
            described_marks(),
            named_frames(),
            letters_beside_glyphs(),
            _linked_places(document),
        ):
            pdf = generate_pdf(document, None, 1, **_OPTIONS)
        return Raw(pdf, letters.made)

    @contextmanager
    def _watched(self) -> Iterator[None]:
        # Garbage collection takes a third of the time and frees almost nothing before the end.
        gc.disable()
        problems: list[Diagnostic] = []
        try:
            with _listening() as records, quick_styles(), quick_drawing():
                try:
                    yield
                except FatalURLFetchingError as error:  # a BaseException
                    problems.append(diagnostic("fetch", self._span, str(error), _PICTURE_HINT))
        finally:
            gc.enable()
        # The same, but with the style that asked, and what an SVG asked for as well.
        asked = [self._fetch_problem(address) for address in dict.fromkeys(self._fetcher.refused)]
        problems = (asked or problems) + [self._problem(record) for record in dict.fromkeys(records)]
        if problems:
            if self._kept is not None:
                forget_tree(self._kept)
            raise (StyleError if any(problem.code == "css" for problem in problems) else RenderError)(*problems)

    def _fetch_problem(self, address: str) -> Diagnostic:
        message = f"{address!r} is not one of the piece's pictures"
        for sheet in self._sheets:
            for number, line in enumerate(sheet.text.splitlines(), start=1):
                if address in line:
                    return diagnostic("fetch", Span(sheet.path, number), message, "a style can't fetch files")
        return diagnostic("fetch", self._span, message, _PICTURE_HINT)

    def _problem(self, record: str) -> Diagnostic:
        """Declarations that were dropped now because a custom property in them has no value: style and line."""
        if (match := _DROPPED.search(record)) is not None:
            name, line, column = match[1], int(match[2]), int(match[3])
            for sheet in self._sheets:
                lines = sheet.text.splitlines()
                if line <= len(lines) and lines[line - 1][: column - 1].rstrip(" :").endswith(name):
                    # WeasyPrint says it once for each parsed style, and other pieces use the same one.
                    _parsed.cache_clear()
                    _parsed_sizes.cache_clear()
                    message = f"{name} is not set: a var() in it has no value"
                    hint = "write a name that layouts/brand.toml has, as var(--colour-NAME)"
                    return diagnostic("css", Span(sheet.path, line), message, hint)
        if address := self._picture_of(record):
            message = f"the picture {address!r} can't be drawn: {record.removesuffix(' ' + ORIGIN + quote(address))}"
            return diagnostic("image-unsafe", self._span, message, _DRAWN_HINT, Subject("picture", address))
        return diagnostic("render", self._span, record, PROGRAM_FAULT)

    def _picture_of(self, record: str) -> str:
        """The address of the drawing that gives the same record when it is drawn alone; empty if none does."""
        drawings = (address for address in self._fetcher.assets if address.lower().endswith(".svg"))
        return next((address for address in drawings if record in self._drawn_alone(address)), "")

    def _drawn_alone(self, address: str) -> list[str]:
        with _listening() as records:
            page = f'<img src="{quote(address)}" alt="">'
            HTML(string=page, base_url=ORIGIN, url_fetcher=_Fetcher(self._fetcher.assets)).write_pdf()
        return records


@contextmanager
def _linked_places(document: Document) -> Iterator[None]:
    """Inside this context pages have only the named places that a link leads to: marks of frames' ends name others."""
    linked = {link[1] for page in document.pages for link in page.links if link[0] == "internal"}
    before = [page.anchors for page in document.pages]
    for page in document.pages:
        page.anchors = {name: place for name, place in page.anchors.items() if name in linked}
    try:
        yield
    finally:
        for page, anchors in zip(document.pages, before, strict=True):
            page.anchors = anchors


def _parse(text: str) -> tuple[CSS, list[str]]:
    """A style, which fetches nothing, and what WeasyPrint logged about it."""
    with _listening() as records:
        css = CSS(string=text, base_url=ORIGIN, url_fetcher=_Fetcher({}), font_config=font_configuration())
    return css, records


# A layout's styles are parsed once in a process: all its pieces use them.
_parsed: Final = cache(_parse)
# A clinic's piece has the sizes of the one before.
_parsed_sizes: Final = lru_cache(maxsize=4)(_parse)


def _css_problem(path: str, record: str) -> Diagnostic:
    place = _PLACE.search(record)
    line = int(place[1]) if place else 0
    return diagnostic("css", Span(path, line), _PLACE.sub("", record), "correct the style; nothing is made with it")


@cache
def font_configuration() -> FontConfiguration:
    """One for each process: a new one for each document takes a third of a render."""
    return FontConfiguration()
