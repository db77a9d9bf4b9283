"""Reads Markdown's block structure: blocks with their messages, and the comments that apply to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from pressroom.content.check import faults
from pressroom.content.directives import CONTAINERS, Above, Directive, is_slot, parse_directives
from pressroom.content.fields import fields_alone
from pressroom.content.inline import parse_inline
from pressroom.content.marks import BOX, FACT, RANKS, TICK, box_fault, fact_fault, read_marks, stray_mark, tick_fault
from pressroom.content.message_text import message_text
from pressroom.content.model import ALTERNATIVE, Block, Message
from pressroom.content.picture_blocks import WrittenPicture, read_picture_line
from pressroom.content.tables import almost_table, read_table, table_block, table_faults
from pressroom.diagnostics import Diagnostic, Span, diagnostic

# What other programs print and this one does not, by the type of its node: what it is, and what to write.
_UNSUPPORTED: Final = {
    "hr": ("a line across the page is not printed", "remove it: the layout separates the panels"),
    "code_block": ("a text indented by four spaces is code, which is not printed", "begin the line at the margin"),
    "fence": ("a block between ``` is code, which is not printed", "write its words as a paragraph or a list"),
}
_UNKNOWN: Final = (
    "this block is not printed",
    "there are headings, paragraphs, lists, quotations, boxes, tables and images",
)
# A line of these below a text makes the text a heading, which people don't expect of a line across the page.
_UNDERLINED: Final = {
    "=": ("a line of = makes the text above it a heading", "write # and a space before the heading"),
    "-": (
        "a line of - makes the text above it a heading",
        "write ## and a space before a heading; remove the line if it only separates two texts",
    ),
}
# A list in a list in a quotation is deep enough for a reader.
_DEPTH = 4


@cache
def _parser() -> MarkdownIt:
    # Block structure only: the inline grammar is our own, and without CommonMark's a run of a thousand
    # backticks costs nothing. markdown-it silently drops what is nested deeper than
    # `maxNesting`; our own limit is far below that.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100})
    return parser.disable(["inline", "reference"]).enable("table")


def block_tokens(markdown: str) -> list[Token]:
    """The block structure of a Markdown text, as tokens that have lines."""
    return _parser().parse(markdown)


def markdown_html(markdown: str) -> str:
    """Markdown as HTML, for the program's own pages: HTML in it becomes text."""
    return str(MarkdownIt("commonmark", {"html": False}).render(markdown))


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
    _where: str = ""
    _lines: list[str] = field(default_factory=list)

    def read(self, markdown: str) -> Iterator[Item]:
        """The top-level blocks in order, panel directives between them."""
        self._lines = markdown.split("\n")
        tree = SyntaxTreeNode(read_marks(_parser().parse(markdown)))
        yield from self._blocks(tree.children, {})

    def _blocks(
        self, nodes: list[SyntaxTreeNode], inherited: dict[str, str], first: dict[str, Directive] | None = None
    ) -> Iterator[Item]:
        """Blocks and panel directives; `first` is what was said of the first block above the list that it is in."""
        above = Above(dict(first or {}))
        # A list or quotation with its node and directives: a comment between two items does not end the list.
        held: tuple[Block, SyntaxTreeNode, dict[str, str]] | None = None
        for node in nodes:
            if node.type == "html_block":
                for item in self._directives(node, above):
                    if held is not None:
                        yield held[0]
                    held = None
                    yield item
                continue
            if held is not None and BOX not in node.meta and above.goes_on(held[1], node):
                directives = held[2] | above.steering()
                block = self._block(node, directives, above.notes(), continued=held[0])
            else:
                if held is not None:
                    yield held[0]
                of_all, of_first = above.divided(node)
                directives = _joined(inherited, of_all)
                block = self._block(node, directives, of_first)
            above, held = Above({}), None
            if block is not None and node.type in CONTAINERS:
                held = block, node, directives
            elif block is not None:
                yield block
        if held is not None:
            yield held[0]
        for directive in above.waiting.values():
            self._refuse("directive-unknown", directive.span, f"no text follows this {directive.name}")

    def _directives(self, node: SyntaxTreeNode, above: Above) -> Iterator[Item]:
        """Take the directives of a comment; the panels and slots among them are the caller's."""
        directives, problems = parse_directives(node.content, self._span(node))
        self.problems += problems
        above.add(node)
        for directive in directives:
            if directive.name == "slot":
                yield self._slot(directive, above)
            elif directive.name != "panel":
                self._keep(above.waiting, directive)
                above.attached += [directive] if directive.name == "note" else []
            elif self._depth:
                self._refuse("panel-name", directive.span, "a panel begins inside a list or quotation")
            else:
                self._panel = directive.value
                yield directive

    def _slot(self, directive: Directive, above: Above) -> Block:
        """The place for a sentence; no comment can be said of what has no words yet."""
        for other in above.waiting.values():
            hint = "remove it until the sentence is written"
            self._refuse("slot", other.span, f"this {other.name} is said of a slot, which has no words", hint)
        above.waiting.clear()
        above.attached.clear()
        return Block("slot", directive.span)

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

    def _block(
        self,
        node: SyntaxTreeNode,
        directives: dict[str, str],
        first: dict[str, Directive],
        *,
        continued: Block | None = None,
    ) -> Block | None:
        """The block of a node; `first` is said of its first message alone, `continued` is the list that goes on."""
        if node.type == "heading":
            level = int(node.tag[1])
            if node.markup in _UNDERLINED:
                self._refuse("markup-dialect", self._span(node), *_UNDERLINED[node.markup])
            message = self._message(node, directives, f"heading {level}")
            self._headings[level - 1 :] = [""] * (level - 1 - len(self._headings)) + [parse_inline(message.msgid).plain]
            return Block("heading", message.span, message, level=level)
        if node.type == "paragraph":
            return self._paragraph(node, directives)
        if node.type in ("bullet_list", "ordered_list"):
            return self._list(node, directives, first, continued)
        if node.type == "blockquote":
            return self._quote(node, directives, first, continued)
        if node.type == "table":
            return self._table(node, directives)
        self._refuse("block-unsupported", self._span(node), *_UNSUPPORTED.get(node.type, _UNKNOWN))
        return None

    def _list(
        self,
        node: SyntaxTreeNode,
        directives: dict[str, str],
        first: dict[str, Directive],
        continued: Block | None,
    ) -> Block:
        before = continued.children if continued is not None else ()
        ordered = node.type == "ordered_list"
        if ordered and (node.attrGet("start") or 1) != len(before) + 1:
            hint = "number the steps from 1; a list can't go on in another panel"
            self._refuse("block-unsupported", self._span(node), "a list does not begin at 1", hint)
        ticks = [child.meta.get(TICK) for child in node.children]
        ticks += [""] * len(before) if continued is not None and continued.boxes else [None] * len(before)
        if fault := tick_fault(ticks, ordered=ordered):
            self._refuse("checklist", self._span(node), *fault)
        one, *others = node.children
        items = (self._item(one, directives, first), *(self._item(child, directives, {}) for child in others))
        span = continued.span if continued is not None else self._span(node)
        return Block("list", span, children=(*before, *items), ordered=ordered, boxes=ticks[0] is not None)

    def _quote(
        self,
        node: SyntaxTreeNode,
        directives: dict[str, str],
        first: dict[str, Directive],
        continued: Block | None,
    ) -> Block:
        """A quotation, a notice or a fact."""
        if continued is not None:
            children = (*continued.children, *self._inner(node, directives, first))
            return replace(continued, children=children)
        name, span, headings = node.meta.get(BOX), self._span(node), [*self._headings]
        self._where = f" in a box [!{name.upper()}]" if name is not None else ""
        children = self._inner(node, directives, first)
        self._where = ""
        # What follows is not under a heading of the box.
        self._headings = headings
        if name is None:
            return Block("quote", span, children=children)
        if fault := box_fault(name):
            self._refuse("box", span, *fault)
        elif self._depth:
            self._refuse(
                "box", span, "a box is inside a list or quotation", "leave an empty line, and write it at the margin"
            )
        elif not children:
            self._refuse("block-empty", span, "this box says nothing", "write its words below, each line after >")
        rank = RANKS.get(name.upper(), "")
        if name.upper() != FACT:
            return Block("notice", span, children=children, level=len(headings) + 1, rank=rank)
        if fault := fact_fault(children):
            self._refuse("box", span, *fault)
        return Block("fact", span, children=children)

    def _table(self, node: SyntaxTreeNode, directives: dict[str, str]) -> Block:
        rows, span = read_table(node), self._span(node)
        if self._depth:
            hint = "leave an empty line, and write it at the margin"
            self._refuse("table", span, "a table is inside a list or quotation", hint)
        for fault in () if self._depth else table_faults(rows, self._lines):
            self._refuse("table", Span(self.path, fault.line + self.offset), fault.message, fault.hint)
        return table_block(rows, span, lambda text, at, role: self._message_at(at, directives, role, text))

    def _inner(
        self, node: SyntaxTreeNode, directives: dict[str, str], first: dict[str, Directive]
    ) -> tuple[Block, ...]:
        if self._depth == _DEPTH:
            hint = "write it as plain paragraphs"
            self._refuse("block-unsupported", self._span(node), f"text is nested more than {_DEPTH} deep", hint)
            return ()
        self._depth += 1
        inner = tuple(b for b in self._blocks(node.children, directives, first) if isinstance(b, Block))
        self._depth -= 1
        return inner

    def _item(self, node: SyntaxTreeNode, directives: dict[str, str], first: dict[str, Directive]) -> Block:
        if not node.children:
            hint = "write its words, or remove it"
            self._refuse("block-empty", self._span(node), "this list item says nothing", hint)
        head, *rest = self._inner(node, directives, first) or (Block("paragraph", self._span(node)),)
        if head.kind == "heading":
            self._refuse("block-unsupported", head.span, "a heading is in a list item", "write its words in **bold**")
        if head.kind != "paragraph" or head.message is None:
            return Block("item", head.span, children=(head, *rest))
        return Block("item", head.span, replace(head.message, role="list item"), tuple(rest))

    def _paragraph(self, node: SyntaxTreeNode, directives: dict[str, str]) -> Block:
        text, span = node.children[0].content, self._span(node)
        if names := fields_alone(text):
            return Block("lines", span, children=tuple(Block("field", span, source=name) for name in names))
        if is_slot(text, span):
            return Block("slot", span)
        if (picture := read_picture_line(text)) is not None:
            return self._picture(node, directives, picture)
        if fault := almost_table(text):
            self._refuse("table", Span(self.path, span.line + fault.line), fault.message, fault.hint)
        if stray := stray_mark(text):
            self._refuse(stray[0], span, *stray[1])
        message = self._message(node, directives, f"paragraph{self._where}")
        return Block("paragraph", message.span, message)

    def _picture(self, node: SyntaxTreeNode, directives: dict[str, str], written: WrittenPicture) -> Block:
        message = self._message(node, directives, ALTERNATIVE, written.alt)
        for fault in written.faults:
            self._refuse("picture-written", message.span, *fault)
        caption: tuple[Block, ...] = ()
        if written.caption is not None:
            said = self._message(node, directives, "caption of a picture", written.caption)
            caption = (Block("caption", said.span, said),)
        source, width, side = written.source, written.width, written.side
        return Block(
            "image", message.span, message, caption, source=source, width=width, side=side, window=written.window
        )

    def _message(self, node: SyntaxTreeNode, directives: dict[str, str], role: str, text: str | None = None) -> Message:
        raw = text if text is not None else node.children[0].content if node.children else ""
        return self._message_at(self._span(node), directives, role, raw)

    def _message_at(self, span: Span, directives: dict[str, str], role: str, raw: str) -> Message:
        msgid, links = message_text(raw)
        message = Message(
            msgid,
            span,
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
