"""A layout's template run: names and values go in, HTML or the template's own line at fault comes out.

The only module with Jinja2. Only layouts are compiled, in a sandbox; a text is only ever a value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import FunctionLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pressroom.diagnostics import Span
from pressroom.layout import Layout

# What an expression in a template can raise; anything else is our own fault, and keeps its traceback.
_EXPRESSION = (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)
_ENGINE = "pressroom/compose/templates"


class TemplateFault(Exception):
    """A template does not parse, or uses what is not there; `span` is its line."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.span = span


def render_template(layout: Layout, names: Mapping[str, object], context: Mapping[str, object]) -> str:
    """The layout's template.html with these names for it and all it includes, and this context.

    Raises:
        TemplateFault: a template is wrong.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(_sources(layout)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(names)
    try:
        return environment.get_template("template.html").render(context)
    except _EXPRESSION as error:
        raise TemplateFault(f"{type(error).__name__}: {error}", _span(error, layout)) from error


Source = tuple[str, str, Callable[[], bool]]


def _sources(layout: Layout) -> Callable[[str], Source | None]:
    """What Jinja2 asks for a template: its text and its path, which then stands in tracebacks."""
    engine = {name: (text, f"{_ENGINE}/{name}") for name, text in _engine_templates().items()}
    own = {name: (text, layout.template_paths.get(name, name)) for name, text in layout.templates.items()}
    there = {name: (text, path, lambda: True) for name, (text, path) in {**engine, **own}.items()}
    return there.get


def _span(error: Exception, layout: Layout) -> Span:
    """The innermost line of a template that an exception passed through."""
    paths = {*layout.template_paths.values(), *(f"{_ENGINE}/{name}" for name in _engine_templates())}
    span = Span(layout.template_paths.get("template.html", layout.path))
    if (path := getattr(error, "filename", None)) in paths:
        return Span(path, getattr(error, "lineno", None) or 0)
    trace = error.__traceback__
    while trace is not None:
        if (path := trace.tb_frame.f_code.co_filename) in paths:
            span = Span(path, trace.tb_lineno)
        trace = trace.tb_next
    return span


@cache
def _engine_templates() -> dict[str, str]:
    folder = Path(__file__).with_name("templates")
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.html"))}
