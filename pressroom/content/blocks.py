"""Markdown's block structure: text goes in, blocks with their messages, directives applied, come out."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from pressroom.content.directives import Directive, parse_directives
from pressroom.content.inline import parse_inline
from pressroom.content.model import Block, BlockKind, Message
from pressroom.diagnostics import Diagnostic, Span, diagnostic

_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(([^()\s]+)\)")
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s]+)\)")
_TAG = re.compile(r"<[A-Za-z/!]")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n\s*")
_MESSAGE_LIMIT = 5_000

Item = Block | Directive


def _parser() -> MarkdownIt:
    # Block structure only: the inline grammar is our own, and without CommonMark's a run of a thousand
    # backticks costs nothing.
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 10}).disable(["inline", "reference"])


@dataclass(slots=True)
class BlockReader:
    """Reads the blocks of one file; `offset` is added to Markdown's line numbers. Problems gather in order."""

    path: str
    offset: int
    problems: list[Diagnostic] = field(default_factory=list)
    _headings: list[str] = field(default_factory=list)
    _panel: str = ""

    def read(self, markdown: str) -> Iterator[Item]:
        """The top-level blocks in order, panel directives between them."""
        tree = SyntaxTreeNode(_parser().parse(markdown))
        yield from self._blocks(tree.children, {})

    def _blocks(self, nodes: list[SyntaxTreeNode], inherited: dict[str, str]) -> Iterator[Item]:
        waiting = dict(inherited)
        for node in nodes:
            if node.type == "html_block":
                for directive in self._directives(node):
                    if directive.name == "panel":
                        self._panel = directive.value
                        yield directive
                    elif directive.name == "note" and "note" in waiting:
                        waiting["note"] += "\n" + directive.value
                    else:
                        waiting[directive.name] = directive.value
                continue
            block = self._block(node, waiting)
            waiting = dict(inherited)
            if block is not None:
                yield block

    def _directives(self, node: SyntaxTreeNode) -> list[Directive]:
        found, problems = parse_directives(node.content, self._span(node))
        self.problems += problems
        return found

    def _block(self, node: SyntaxTreeNode, said: dict[str, str]) -> Block | None:
        if node.type == "heading":
            level = int(node.tag[1])
            message = self._message(node, said, f"heading {level}")
            self._headings[level - 1 :] = [""] * (level - 1 - len(self._headings)) + [parse_inline(message.msgid).plain]
            return Block("heading", message.span, message, level=level)
        if node.type == "paragraph":
            return self._paragraph(node, said, "paragraph")
        if node.type in ("bullet_list", "ordered_list"):
            items = tuple(self._item(child, said) for child in node.children)
            return Block("list", self._span(node), children=items, ordered=node.type == "ordered_list")
        if node.type == "blockquote":
            return Block("quote", self._span(node), children=self._inner(node, said))
        text = f"a {node.type.replace('_', ' ')} has no place in a document"
        hint = "there are headings, paragraphs, lists, quotations and images"
        self.problems.append(diagnostic("block-unsupported", self._span(node), text, hint))
        return None

    def _inner(self, node: SyntaxTreeNode, said: dict[str, str]) -> tuple[Block, ...]:
        return tuple(b for b in self._blocks(node.children, said) if isinstance(b, Block))

    def _item(self, node: SyntaxTreeNode, said: dict[str, str]) -> Block:
        first, *rest = self._inner(node, said) or (Block("paragraph", self._span(node)),)
        if first.message is None:
            return Block("item", first.span, children=(first, *rest))
        return Block("item", first.span, replace(first.message, role="list item"), tuple(rest))

    def _paragraph(self, node: SyntaxTreeNode, said: dict[str, str], role: str) -> Block:
        image = _IMAGE.fullmatch(node.children[0].content.strip())
        message = self._message(node, said, role)
        if image is None:
            return Block("paragraph", message.span, message)
        alternative = replace(message, msgid=image[1], role="text in place of a picture", links=())
        return Block("image", message.span, alternative, source=image[2])

    def _message(self, node: SyntaxTreeNode, said: dict[str, str], role: str) -> Message:
        raw = node.children[0].content if node.children else ""
        span = self._span(node)
        if _TAG.search(raw):
            self.problems.append(diagnostic("markup-html", span, "HTML stands in the text", "write Markdown instead"))
        msgid, links = message_text(raw)
        self.problems += [
            diagnostic("markup-emphasis", span, f"this {role} {problem}", "write the markers in pairs")
            for problem in parse_inline(msgid).problems
        ]
        if len(msgid) > _MESSAGE_LIMIT:
            text = f"this {role} is {len(msgid)} characters long"
            self.problems.append(diagnostic("message-too-long", span, text, "split it into paragraphs"))
        return Message(
            msgid,
            span,
            context=said.get("context"),
            panel=self._panel,
            section=tuple(h for h in self._headings if h),
            role=role,
            notes=tuple(said["note"].split("\n")) if "note" in said else (),
            links=links,
            pending=said.get("pending"),
        )

    def _span(self, node: SyntaxTreeNode) -> Span:
        return Span(self.path, (node.map[0] if node.map else 0) + self.offset)


def message_text(raw: str) -> tuple[str, tuple[str, ...]]:
    """A block's raw inline Markdown as a msgid, and the addresses of its links in order.

    A soft line break becomes a space, a hard one a newline; `[guide](address)` becomes `[guide]{1}`.
    """
    links: list[str] = []

    def token(match: re.Match[str]) -> str:
        links.append(match[2])
        return f"[{match[1]}]{{{len(links)}}}"

    text = _LINK.sub(token, html.unescape(raw))
    lines = _HARD_BREAK.sub("\x00", text).replace("\n", " ").split("\x00")
    folded = "\n".join(" ".join(line.split(" ")).strip(" ") for line in lines)
    return unicodedata.normalize("NFC", re.sub(" {2,}", " ", folded)), tuple(links)


__all__ = ["BlockKind", "BlockReader", "message_text"]
