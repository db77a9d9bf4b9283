"""Runs templates: the macros of a layout, and the engine's own pages.

The only module with Jinja2. There is one sandboxed environment. It has no globals of a piece: a macro has what the
engine passes to it, and a page of the engine the values it is rendered with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, DictLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pressroom.compose.text import address_line, leads_to
from pressroom.diagnostics import Span
from pressroom.layout import TEMPLATE, Layout, Role

# What an expression in a template can raise; anything else is an error of the engine, and keeps its traceback.
_EXPRESSION = (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_PAGES: Final = Path(__file__).with_name("templates")
CORRECT: Final = "correct the template; nothing is made with it"

# Each template's text and path, by the name that other templates import it by.
Sources = tuple[tuple[str, str, str], ...]


class TemplateFault(Exception):
    """A template does not parse, or uses what it was not given; `span` is its line."""

    def __init__(self, message: str, span: Span, hint: str = CORRECT) -> None:
        super().__init__(message)
        self.span = span
        self.hint = hint


def call_macro(layout: Layout, role: Role, values: Mapping[str, object]) -> Markup:
    """Returns what a role's macro writes with these values.

    Raises:
        TemplateFault: a template is wrong, or the macro uses a name that it does not have.
    """
    sources = _sources(layout)
    try:
        with _lines_of_templates():
            return Markup(getattr(_module(sources), role.macro)(**values))
    except _EXPRESSION as error:
        hint = f"the macro {role.macro!r} is given {', '.join(role.names) or 'nothing'}, and can print nothing else"
        hint = hint if isinstance(error, UndefinedError) else CORRECT
        raise TemplateFault(f"{type(error).__name__}: {error}", _span(error, sources), hint) from error


@contextmanager
def _lines_of_templates() -> Iterator[None]:
    """Put templates' lines into a traceback, which Jinja2 does if a whole template is rendered, not if a macro is."""
    try:
        yield
    except _EXPRESSION:
        _environment().handle_exception()


def render_page(name: str, **values: object) -> str:
    """Returns one of the engine's own pages, `templates/NAME`, with these values."""
    return _pages().get_template(name).render(values)


def page_text(name: str) -> str:
    """The source of a page or style of the engine."""
    return (_PAGES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # They see the text they are given, and nothing else.
    environment.filters |= {"address_line": address_line, "phone_link": lambda phone: leads_to("phone", phone)}
    return environment


@cache
def _pages() -> Environment:
    return _environment().overlay(
        loader=DictLoader({path.name: page_text(path.name) for path in _PAGES.glob("*.html")})
    )


@cache
def _module(sources: Sources) -> TemplateModule:
    """The macros of a layout. Compiled once in a process: it takes as long as a page."""
    environment = _environment().overlay(loader=_Loader({name: (text, path) for name, text, path in sources}))
    module = environment.get_template(TEMPLATE).module
    if str(module).strip():
        path = next(path for name, _, path in sources if name == TEMPLATE)
        raise TemplateFault("there is text outside the macros, which is on no frame", Span(path, 1))
    return module


@dataclass(eq=False)
class _Loader(BaseLoader):
    """Gives Jinja2 the text of a template with its path, which is then in tracebacks."""

    sources: Mapping[str, tuple[str, str]]

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """The text and the path of a template."""
        if template not in self.sources:
            raise TemplateNotFound(template)
        return *self.sources[template], None


def _sources(layout: Layout) -> Sources:
    return tuple((name, text, layout.template_paths.get(name, name)) for name, text in layout.templates.items())


def _span(error: Exception, sources: Sources) -> Span:
    """The innermost line of a template that an exception passed through."""
    paths = {path for _, _, path in sources}
    span = Span(next(path for name, _, path in sources if name == TEMPLATE))
    if (path := getattr(error, "filename", None)) in paths:
        return Span(path, getattr(error, "lineno", None) or 0)
    trace = error.__traceback__
    while trace is not None:
        if (path := trace.tb_frame.f_code.co_filename) in paths:
            span = Span(path, trace.tb_lineno)
        trace = trace.tb_next
    return span
