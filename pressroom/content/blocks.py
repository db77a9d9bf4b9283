"""Reads Markdown's block structure: blocks with their messages, and the comments that apply to them."""

from __future__ import annotations

import difflib
import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pressroom.content.check import faults
from pressroom.content.inline import parse_inline
from pressroom.content.model import Block, Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic

_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n\s*")
# A list in a list in a quotation is deep enough for a reader.
_DEPTH = 4
KNOWN: Final = ("panel", "note", "context", "pending")
_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)
_NAMED = re.compile(r"\s*([A-Za-z-]+):(.*)", re.DOTALL)
_PENDING = re.compile(r"\bpending\b", re.IGNORECASE)
_PANEL = re.compile(r"[a-z][a-z0-9-]*")


def _parser() -> MarkdownIt:
    # Block structure only: the inline grammar is our own, and without CommonMark's a run of a thousand
    # backticks costs nothing. Tables are read to be refused. markdown-it silently drops what is nested deeper than
    # `maxNesting`; our own limit is far below that.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100})
    return parser.disable(["inline", "reference"]).enable("table")


def markdown_html(markdown: str) -> str:
    """Markdown as HTML, for the program's own pages: HTML in it becomes text."""
    return str(MarkdownIt("commonmark", {"html": False}).render(markdown))


@dataclass(frozen=True, slots=True)
class Directive:
    """A steering comment, such as `<!-- panel: dvt -->`: its name, its value with white space folded, and its line.

    `panel` begins a panel; `note`, `context` and `pending` apply to the next block. Other comments, without a leading
    word and colon, are the author's and are ignored.
    """

    name: str
    value: str
    span: Span


Item = Block | Directive


@dataclass(slots=True)
class BlockReader:
    """Reads the blocks of one file; `offset` is added to Markdown's line numbers, `problems` are in their order."""

    path: str
    offset: int
    problems: list[Diagnostic] = field(default_factory=list)
    _headings: list[str] = field(default_factory=list)
    _panel: str = ""
    _depth: int = 0

    def read(self, markdown: str) -> Iterator[Item]:
        """The top-level blocks in order, panel directives between them."""
        tree = SyntaxTreeNode(_parser().parse(markdown))
        yield from self._blocks(tree.children, {})

    def _blocks(self, nodes: list[SyntaxTreeNode], inherited: dict[str, str]) -> Iterator[Item]:
        waiting: dict[str, Directive] = {}
        for node in nodes:
            if node.type == "html_block":
                directives, problems = parse_directives(node.content, self._span(node))
                self.problems += problems
                for directive in directives:
                    if directive.name != "panel":
                        self._keep(waiting, directive)
                    elif self._depth:
                        self._refuse("panel-name", directive.span, "a panel begins inside a list or quotation")
                    else:
                        self._panel = directive.value
                        yield directive
                continue
            block = self._block(node, _joined(inherited, waiting))
            waiting = {}
            if block is not None:
                yield block
        for directive in waiting.values():
            self._refuse("directive-unknown", directive.span, f"no text follows this {directive.name}")

    def _keep(self, waiting: dict[str, Directive], directive: Directive) -> None:
        before = waiting.get(directive.name)
        if before is None:
            waiting[directive.name] = directive
        elif directive.name == "note":
            waiting["note"] = replace(before, value=f"{before.value}\n{directive.value}")
        else:
            self._refuse("directive-unknown", directive.span, f"a second {directive.name} for one block")

    def _refuse(self, code: str, span: Span, message: str, hint: str = "move it to where it belongs") -> None:
        self.problems.append(diagnostic(code, span, message, hint))

    def _block(self, node: SyntaxTreeNode, directives: dict[str, str]) -> Block | None:
        if node.type == "heading":
            level = int(node.tag[1])
            message = self._message(node, directives, f"heading {level}")
            self._headings[level - 1 :] = [""] * (level - 1 - len(self._headings)) + [parse_inline(message.msgid).plain]
            return Block("heading", message.span, message, level=level)
        if node.type == "paragraph":
            return self._paragraph(node, directives)
        if node.type in ("bullet_list", "ordered_list"):
            if node.attrGet("start") not in (None, 1):
                hint = "number the steps from 1; a list can't go on in another panel"
                self._refuse("block-unsupported", self._span(node), "a list does not begin at 1", hint)
            items = tuple(self._item(child, directives) for child in node.children)
            return Block("list", self._span(node), children=items, ordered=node.type == "ordered_list")
        if node.type == "blockquote":
            return Block("quote", self._span(node), children=self._inner(node, directives))
        text = f"a {node.type.replace('_', ' ')} is not allowed in a document"
        hint = "there are headings, paragraphs, lists, quotations and images"
        self._refuse("block-unsupported", self._span(node), text, hint)
        return None

    def _inner(self, node: SyntaxTreeNode, directives: dict[str, str]) -> tuple[Block, ...]:
        if self._depth == _DEPTH:
            hint = "write it as plain paragraphs"
            self._refuse("block-unsupported", self._span(node), f"text is nested more than {_DEPTH} deep", hint)
            return ()
        self._depth += 1
        inner = tuple(b for b in self._blocks(node.children, directives) if isinstance(b, Block))
        self._depth -= 1
        return inner

    def _item(self, node: SyntaxTreeNode, directives: dict[str, str]) -> Block:
        if not node.children:
            hint = "write its words, or remove it"
            self._refuse("block-empty", self._span(node), "this list item says nothing", hint)
        first, *rest = self._inner(node, directives) or (Block("paragraph", self._span(node)),)
        if first.message is None:
            return Block("item", first.span, children=(first, *rest))
        return Block("item", first.span, replace(first.message, role="list item"), tuple(rest))

    def _paragraph(self, node: SyntaxTreeNode, directives: dict[str, str]) -> Block:
        image = _IMAGE.fullmatch(node.children[0].content.strip())
        if image is None:
            message = self._message(node, directives, "paragraph")
            return Block("paragraph", message.span, message)
        message = self._message(node, directives, "text in place of a picture", image[1])
        return Block("image", message.span, message, source=image[2])

    def _message(self, node: SyntaxTreeNode, directives: dict[str, str], role: str, text: str | None = None) -> Message:
        raw = text if text is not None else node.children[0].content if node.children else ""
        msgid, links = message_text(raw)
        message = Message(
            msgid,
            self._span(node),
            context=directives.get("context"),
            panel=self._panel,
            section=tuple(h for h in self._headings if h),
            role=role,
            notes=tuple(directives["note"].split("\n")) if "note" in directives else (),
            links=links,
            pending=directives.get("pending"),
        )
        self.problems += faults(message, raw)
        return message

    def _span(self, node: SyntaxTreeNode) -> Span:
        return Span(self.path, (node.map[0] if node.map else 0) + self.offset)


def _joined(inherited: dict[str, str], own: dict[str, Directive]) -> dict[str, str]:
    """The directives of a block: its list's, overridden by its own; notes are joined."""
    directives = inherited | {name: directive.value for name, directive in own.items()}
    if "note" in inherited and "note" in own:
        directives["note"] = f"{inherited['note']}\n{own['note'].value}"
    return directives


def message_text(raw: str) -> tuple[str, tuple[str, ...]]:
    """A block's Markdown as a msgid, and its links' addresses in order; `[guide](address)` becomes `[guide]{1}`."""
    links: list[str] = []

    def token(match: re.Match[str]) -> str:
        links.append(match[2])
        return f"[{match[1]}]{{{len(links)}}}"

    text = _LINK.sub(token, html.unescape(raw).replace("\t", " "))
    # A soft line break becomes a space, a hard one a newline.
    lines = _HARD_BREAK.sub("\x00", text).replace("\n", " ").split("\x00")
    folded = "\n".join(" ".join(line.split(" ")).strip(" ") for line in lines)
    return unicodedata.normalize("NFC", re.sub(" {2,}", " ", folded)), tuple(links)


def parse_directives(html: str, span: Span) -> tuple[list[Directive], list[Diagnostic]]:
    """The directives of one raw HTML block; anything but comments in it is refused."""
    found: list[Directive] = []
    problems: list[Diagnostic] = []
    end = 0
    for match in _COMMENT.finditer(html):
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


def _almost(comment: str, at: Span) -> list[Diagnostic]:
    """A short comment that only lacks the colon of a directive; or any that says something is pending."""
    words = comment.split()
    near = difflib.get_close_matches(words[0].lower(), KNOWN, n=1, cutoff=0.8) if 0 < len(words) <= 3 else []
    if not near and _PENDING.search(comment):
        # However long: what waits for somebody is never ignored.
        message = "a comment that is not a directive says that something is pending"
        hint = "write <!-- pending: clinician --> before the block, or say it in other words"
        return [diagnostic("directive-unknown", at, message, hint)]
    message = f"{' '.join(words)!r} looks like a directive and is not one"
    return [diagnostic("directive-unknown", at, message, f"write <!-- {near[0]}: … -->")] if near else []


def _problem(directive: Directive) -> Diagnostic | None:
    if directive.name not in KNOWN:
        near = difflib.get_close_matches(directive.name, KNOWN, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(KNOWN)}"
        return diagnostic("directive-unknown", directive.span, f"no directive is called {directive.name!r}", hint)
    if directive.name == "panel" and not _PANEL.fullmatch(directive.value):
        message = f"{directive.value!r} is not a panel's name"
        return diagnostic("directive-unknown", directive.span, message, "use lower-case letters, digits and hyphens")
    if not directive.value:
        return diagnostic("directive-unknown", directive.span, f"{directive.name}: says nothing", "write a value")
    return None
