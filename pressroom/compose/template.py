"""Runs templates: the macros of a layout, and the engine's pages.

Only this module writes with Jinja2, in one sandboxed environment without globals of a piece: a macro or a page has
the values that the engine passes to it, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from traceback import walk_tb
from typing import Any, Final, NoReturn

from jinja2 import DictLoader, Environment, FunctionLoader, StrictUndefined, TemplateError, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pressroom.compose.balance import html_fault
from pressroom.compose.compiled import COMPILED
from pressroom.compose.signed_values import UnsignedFault
from pressroom.compose.text import address_line, leads_to
from pressroom.content import Block, Message, Panel
from pressroom.content.pictures import DRAWN
from pressroom.diagnostics import DiagnosticError, Span, diagnostic, filled
from pressroom.layout import TEMPLATE, Layout, Role, Stylesheet

# What an expression in a template can raise; anything else is an error of the engine, and keeps its traceback.
_EXPRESSION = (
    TemplateError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    MemoryError,
)
_PAGES: Final = Path(__file__).with_name("templates")
_CORRECT: Final = "correct the template; nothing is made with it"
_SET_IT: Final = "write {{ say(block.message) }}, or {{ plain(block.message) }} in an attribute"
_BALANCE: Final = "close each element that the macro opens, and no other: a macro writes inside its own frame alone"
# What a template sees of a block, beside its message and what is in it.
_SHOWN: Final = ("kind", "level", "ordered", "source", "rank", "boxes", "written", "width", "side", "window")
_DEEPER: Final = {"macro": 1, "endmacro": -1}
_BLANK: Final = re.compile(r"\n\s*\n")
_JINJA: Final = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)

# Pages that name commands; what a patient reads has none.
_FOR_STAFF: Final = frozenset({"audit.html", "review.html", "specimen.html", "status.html"})
# Each template's text and path, by the name that other templates import it by.
Sources = tuple[tuple[str, str, str], ...]


class ComposeError(DiagnosticError):
    """A piece can't be composed; `problems` are the reasons."""


class UnsetMessageError(TypeError):
    """A macro reads or prints a message without setting its translation."""


@dataclass(frozen=True, slots=True, repr=False)
class OpaqueMessage:
    """A message of the document in a template's hands.

    Its text can't be read or printed, so every message on a page is translated, marked in a proof, and signed.
    """

    _message: Message

    def __repr__(self) -> str:
        raise UnsetMessageError("a message is printed by say or plain alone, which set its translation")

    __str__ = __html__ = __repr__

    def __getattr__(self, name: str) -> NoReturn:
        raise UnsetMessageError(f"a message does not show its {name!r}: say and plain set its translation")


@dataclass(frozen=True, slots=True)
class OpaqueSlot:
    """A slot at this line; `say` sets its mark."""

    line: int


def message_of(value: object) -> Message:
    """The message that a template passes to `say` or `plain`."""
    if not isinstance(value, OpaqueMessage):
        raise UnsetMessageError("say and plain are given a message of the document, as in say(block.message)")
    return value._message


def panel_values(panel: Panel) -> dict[str, object]:
    """A panel of the document as a template sees it."""
    return {"name": panel.name, "blocks": tuple(map(_block_values, panel.blocks))}


def _block_values(block: Block) -> dict[str, object]:
    values = {name: getattr(block, name) for name in _SHOWN}
    values["drawn"] = block.source.lower().endswith(DRAWN)
    message = OpaqueMessage(block.message) if block.message else None
    slot = OpaqueSlot(block.span.line) if block.kind == "slot" else None
    calls = block.message is not None and "{emergency}" in block.message.msgid
    return {**values, "message": message or slot, "calls": calls, "children": tuple(map(_block_values, block.children))}


def template_error(message: str, path: str, line: int = 0, hint: str = _CORRECT) -> ComposeError:
    """The error that a template is wrong."""
    return ComposeError(diagnostic("template", Span(path, line), message, hint))


def call_macro(
    layout: Layout,
    role: Role,
    values: Mapping[str, object],
    check: Callable[[str], UnsignedFault | None] = lambda html: None,
) -> Markup:
    """What a role's macro writes with these values; `check` finds in it what is not signed.

    Raises:
        ComposeError: a template is wrong, the macro uses a name that it does not have, its HTML is not balanced, or
            the check finds a fault.
    """
    sources = _sources(layout)
    try:
        try:
            html = Markup(getattr(_module(sources), role.macro)(**values))
        except _EXPRESSION:
            # Jinja2 puts templates' lines into the traceback of a template, not of a macro.
            _environment().handle_exception()
    except _EXPRESSION as error:
        given = f"the macro {role.macro!r} is given {', '.join(role.names) or 'nothing'}, and can print nothing else"
        hints = {UndefinedError: given, UnsetMessageError: _SET_IT}
        hint = next((hint for kind, hint in hints.items() if isinstance(error, kind)), _CORRECT)
        raise template_error(f"{type(error).__name__}: {error}", *_place(error, sources), hint) from error
    if fault := html_fault(html):
        # The macro's own text shows the line, where the fault is not in what it calls or under a condition.
        source = "\n".join(layout.templates[TEMPLATE].splitlines()[role.line - 1 :]).partition("endmacro")[0]
        inside = html_fault(_JINJA.sub(lambda match: "\n" * match[0].count("\n"), source.rpartition("{%")[0]))
        line = role.line + (inside.line - 1 if inside else 0)
        message = f"the macro {role.macro!r} {fault.message}"
        raise template_error(message, layout.template_paths[TEMPLATE], line, _BALANCE)
    if unsigned := check(html):
        message = f"the macro {role.macro!r} {unsigned.message}"
        raise ComposeError(diagnostic(unsigned.code, _line_of(unsigned.found, role, layout), message, unsigned.hint))
    return html


def _line_of(found: str, role: Role, layout: Layout) -> Span:
    """The line of a template that has this text, or the macro's if it is built, or too short to find."""
    for name, text in sorted(layout.templates.items(), key=lambda item: item[0] != TEMPLATE):
        for number, line in enumerate(text.splitlines(), start=1):
            if len(found) > 2 and found in line:
                return Span(layout.template_paths.get(name, name), number)
    return Span(layout.template_paths[TEMPLATE], role.line)


def render_page(name: str, **values: object) -> str:
    """The HTML of one of the engine's own pages, `templates/NAME`, filled in with these values."""
    html = _pages().get_template(name).render(values)
    return filled(html) if name in _FOR_STAFF else html


def part_macro(name: str) -> Callable[..., Markup]:
    """A macro of the engine's own parts of a page, `templates/parts.html`."""
    macro: Callable[..., Markup] = getattr(_pages().get_template("parts.html").module, name)
    return macro


@cache
def page_text(name: str) -> str:
    """The source of a page or style of the engine."""
    return (_PAGES / name).read_text(encoding="utf-8")


def engine_style(name: str) -> Stylesheet:
    """A style of the engine, with the path that diagnostics name."""
    return Stylesheet(f"pressroom/compose/templates/{name}", page_text(name))


def paper_styles(name: str) -> tuple[Stylesheet, ...]:
    """The styles of a paper for staff: what all have, and its own."""
    return engine_style("paper.css"), engine_style(name)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox without what makes much of little: a text times a million, powers, and widths of a billion."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 (Jinja2's own)
        """What a product or remainder of two numbers is, or a SecurityError."""
        if operator == "**" or not all(isinstance(value, int | float) for value in (left, right)):
            raise SecurityError(f"{operator} is for numbers alone, and a macro needs no powers")
        return super().call_binop(context, operator, left, right)


@cache
def _environment() -> Environment:
    environment = _Sandbox(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, bytecode_cache=COMPILED
    )
    # A macro goes through what it is given: loops of numbers in each other would never end.
    del environment.globals["range"], environment.globals["lipsum"]
    for name in ("format", "center", "indent"):
        del environment.filters[name]
    environment.filters |= {
        "address_line": lambda line: line.through(address_line),
        "phone_link": lambda phone: phone.through(lambda text: Markup.escape(leads_to("phone", text))),
    }
    return environment


@cache
def plain_template(text: str) -> str:
    """A template without its comments and blank lines, and without the space around its macros.

    Two with the same plain one write the same frames. A text that is no template is as it is.
    """
    parts, comment, depth = list[tuple[str, str]](), False, 0
    try:
        for _, kind, value in _environment().lex(text):
            comment = comment or kind == "comment_begin"
            is_space = kind == "whitespace" or (kind == "data" and not depth and value.isspace())
            if parts and parts[-1][0] == "block_begin" and kind == "name":
                depth += _DEEPER.get(value, 0)
            goes_on = kind == "data" and bool(parts) and parts[-1][0] == kind
            if not (comment or is_space):
                parts[len(parts) - goes_on :] = [(kind, f"{parts[-1][1]}{value}" if goes_on else value)]
            comment = comment and kind != "comment_end"
    except TemplateError:
        return text
    # A tag has the space behind it that it takes away.
    said = ((kind, without_blank_lines(value) if kind == "data" else value.strip()) for kind, value in parts)
    return "\0".join(f"{kind} {value}" for kind, value in said)


def without_blank_lines(html: str) -> str:
    """What a template writes, without its blank lines: they are no more than a space."""
    return _BLANK.sub("\n", html)


@cache
def _pages() -> Environment:
    pages = _environment().overlay(
        loader=DictLoader({path.name: page_text(path.name) for path in _PAGES.glob("*.html")})
    )
    pages.globals = {**pages.globals, "range": range}
    return pages


@cache
def _module(sources: Sources) -> TemplateModule:
    """The macros of a layout. Compiled once in a process: it takes as long as a page."""
    # The path puts a template into tracebacks.
    texts = {name: (text, path, lambda: True) for name, text, path in sources}
    environment = _environment().overlay(loader=FunctionLoader(texts.get))
    module = environment.get_template(TEMPLATE).module
    if str(module).strip():
        path = next(path for name, _, path in sources if name == TEMPLATE)
        raise template_error("there is text outside the macros, which is in no frame", path, 1)
    return module


def _sources(layout: Layout) -> Sources:
    return tuple((name, text, layout.template_paths.get(name, name)) for name, text in layout.templates.items())


def _place(error: Exception, sources: Sources) -> tuple[str, int]:
    """The path and innermost line of a template that an exception passed through."""
    paths = {path for _, _, path in sources}
    if (path := getattr(error, "filename", None)) in paths:
        return path, getattr(error, "lineno", None) or 0
    trace = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next(
        (place for place in reversed(trace) if place[0] in paths),
        (next(path for name, _, path in sources if name == TEMPLATE), 1),
    )
