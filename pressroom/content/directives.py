"""Steering comments in a document: reads them, and says which blocks and messages they apply to."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pressroom.diagnostics import Diagnostic, Span, diagnostic
from pressroom.nearest import suggestion

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

KNOWN: Final = ("panel", "note", "context", "pending", "slot")
# Who can be asked for a sentence.
_ASKED: Final = ("clinician",)
CONTAINERS: Final = ("bullet_list", "ordered_list", "blockquote")
_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)
_NAMED = re.compile(r"\s*([A-Za-z-]+):(.*)", re.DOTALL)
_PENDING = re.compile(r"\bpending\b", re.IGNORECASE)
_PANEL = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Directive:
    """A steering comment, such as `<!-- panel: signs -->`: its name, its value with white space folded, and its line.

    `panel` begins a panel; `note`, `context` and `pending` apply to the next block; `slot` is a sentence's place
    that a clinician must fill. Other comments, without a leading word and colon, are the author's and are ignored.
    """

    name: str
    value: str
    span: Span


@dataclass(slots=True)
class Above:
    """The comments above a block: `waiting` by name; `attached` are notes with no empty line below them."""

    waiting: dict[str, Directive]
    attached: list[Directive] = field(default_factory=list)
    _nodes: list[SyntaxTreeNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.attached += [directive for name, directive in self.waiting.items() if name == "note"]

    def add(self, node: SyntaxTreeNode) -> None:
        """Note where a comment is."""
        if self._nodes and not _touch(self._nodes[-1], node):
            self.attached = []
        self._nodes.append(node)

    def goes_on(self, before: SyntaxTreeNode, node: SyntaxTreeNode) -> bool:
        """True if only comments part a list from its next item, which the last of them touches."""
        return node.type == before.type and bool(self._nodes) and _touch(self._nodes[-1], node)

    def divided(self, node: SyntaxTreeNode) -> tuple[dict[str, Directive], dict[str, Directive]]:
        """What is said of the whole block, and what of its first message alone: the notes that touch it."""
        if node.type not in CONTAINERS or not self.attached or (self._nodes and not _touch(self._nodes[-1], node)):
            return self.waiting, {}
        mine = "\n".join(directive.value for directive in self.attached).split("\n")
        everybody = self.waiting["note"].value.split("\n")[: -len(mine)]
        rest = {name: directive for name, directive in self.waiting.items() if name != "note"}
        if everybody:
            rest["note"] = replace(self.waiting["note"], value="\n".join(everybody))
        return rest, {"note": replace(self.attached[0], value="\n".join(mine))}

    def notes(self) -> dict[str, Directive]:
        """The notes alone."""
        return {name: directive for name, directive in self.waiting.items() if name == "note"}

    def steering(self) -> dict[str, str]:
        """All but the notes, which go on to the end of the list."""
        return {name: directive.value for name, directive in self.waiting.items() if name != "note"}


def _touch(one: SyntaxTreeNode, other: SyntaxTreeNode) -> bool:
    """True if there is no empty line between two nodes."""
    return one.map is not None and other.map is not None and one.map[1] == other.map[0]


def parse_directives(html: str, span: Span) -> tuple[list[Directive], list[Diagnostic]]:
    """The directives of one raw HTML block; anything but comments in it is refused."""
    found: list[Directive] = []
    problems: list[Diagnostic] = []
    end = 0
    # Beyond the last end of a comment, each beginning would be followed to the end of the text.
    for match in _COMMENT.finditer(html, 0, html.rfind("-->") + len("-->") if "-->" in html else 0):
        if html[end : match.start()].strip():
            break
        named = _NAMED.fullmatch(match[1])
        at = Span(span.path, span.line + html[: match.start()].count("\n"))
        end = match.end()
        if named is None:
            problems += _almost(match[1], at)
            continue
        directive = Directive(named[1].lower(), " ".join(named[2].split()), at)
        problem = _problem(directive)
        if problem is None:
            found.append(directive)
        else:
            problems.append(problem)
    if html[end:].strip():
        problems.append(diagnostic("markup-html", span, "HTML is not allowed in a document", "write Markdown instead"))
    return found, problems


def is_slot(text: str, span: Span) -> bool:
    """True for a paragraph that is a slot alone, as after the box of a checklist."""
    directives, problems = parse_directives(text, span) if text.startswith("<!--") else ([], [])
    return not problems and [directive.name for directive in directives] == ["slot"]


def _almost(comment: str, at: Span) -> list[Diagnostic]:
    """A short comment that only lacks the colon of a directive; or any that says something is pending."""
    words = comment.split()
    near = difflib.get_close_matches(words[0].lower(), KNOWN, n=1, cutoff=0.8) if 0 < len(words) <= 3 else []
    if not near and _PENDING.search(comment):
        # However long: what waits for somebody is never ignored.
        message = "a comment that is not a directive says that something is pending"
        hint = "write <!-- pending: clinician --> before the block, or say it in other words"
        return [diagnostic("directive-unknown", at, message, hint)]
    message = f"{' '.join(words)!r} looks like a directive, but is not one"
    return [diagnostic("directive-unknown", at, message, f"write <!-- {near[0]}: … -->")] if near else []


def _problem(directive: Directive) -> Diagnostic | None:
    if directive.name not in KNOWN:
        hint = suggestion(directive.name, KNOWN)
        return diagnostic("directive-unknown", directive.span, f"no directive is called {directive.name!r}", hint)
    if directive.name == "panel" and not _PANEL.fullmatch(directive.value):
        message = f"{directive.value!r} is not a panel's name"
        plain = "-".join(re.findall("[a-z0-9]+", directive.value.lower())).lstrip("0123456789-") or "signs"
        hint = f"use lower-case letters, digits and hyphens: <!-- panel: {plain} -->"
        return diagnostic("directive-unknown", directive.span, message, hint)
    if directive.name == "slot" and directive.value not in _ASKED:
        message = f"no slot is for {directive.value!r}" if directive.value else "this slot does not say for whom it is"
        hint = "write <!-- slot: clinician --> where a clinician's sentence belongs"
        return diagnostic("slot", directive.span, message, hint)
    if not directive.value:
        return diagnostic("directive-unknown", directive.span, f"{directive.name}: says nothing", "write a value")
    return None
