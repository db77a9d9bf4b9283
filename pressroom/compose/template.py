"""A layout's template run: names and values go in, HTML or the template's own line at fault comes out.

The only module with Jinja2. Only layouts are compiled, in a sandbox; a text is only ever a value.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, TemplateNotFound
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
    environment = _environment(_Loader(_sources(layout)))
    environment.globals.update(names)
    try:
        return environment.get_template("template.html").render(context)
    except _EXPRESSION as error:
        raise TemplateFault(f"{type(error).__name__}: {error}", _span(error, layout)) from error


def _environment(loader: BaseLoader | None = None) -> Environment:
    return ImmutableSandboxedEnvironment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _compiled(name: str, text: str, path: str) -> CodeType:
    """A template as a program, its path standing in tracebacks: once a process, because it takes as long as a page."""
    code: CodeType = _environment().compile(text, name, path)
    return code


@dataclass(eq=False)
class _Loader(BaseLoader):
    """What Jinja2 asks for templates, which are texts with paths by name."""

    sources: Mapping[str, tuple[str, str]]

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template of this name."""
        if name not in self.sources:
            raise TemplateNotFound(name)
        code = _compiled(name, *self.sources[name])
        return environment.template_class.from_code(environment, code, globals if globals is not None else {}, None)


def _sources(layout: Layout) -> dict[str, tuple[str, str]]:
    """Every template a layout may use: its text and its path; the layout's own come before the engine's."""
    engine = {name: (text, f"{_ENGINE}/{name}") for name, text in _engine_templates().items()}
    own = {name: (text, layout.template_paths.get(name, name)) for name, text in layout.templates.items()}
    return {**engine, **own}


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
