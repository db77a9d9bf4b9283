"""An English source as its author sees it: its blocks in order, with the messages, findings and questions of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pressroom.catalog.model import Key
from pressroom.commands.catalogs.check_text import source_findings
from pressroom.commands.catalogs.edit_source import read_blocks, source_of
from pressroom.commands.catalogs.questions import Question, questions
from pressroom.content import Message
from pressroom.content.source_blocks import SourceBlock
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import ENGLISH
from pressroom.layout import CARD, Layout
from pressroom.workspace.workspace import Workspace

_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block. `messages` are what it says to translators, `questions` what they ask about it."""

    block: SourceBlock
    messages: tuple[Message, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def label(self) -> str:
        """Its words in short, for a link."""
        text = " ".join(message.msgid for message in self.messages) or self.block.text
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

    @property
    def has_error(self) -> bool:
        """True if a finding stops a release."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def state(self) -> str:
        """`empty` for the place of a sentence that is missing, `unsure` with a finding, `asked`, or `done`."""
        if self.block.kind == "slot":
            return "empty"
        return "unsure" if self.findings else "asked" if self.questions else "done"


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source. `findings` are those that belong to no block; `path` is relative to the project."""

    document: str
    title: str
    path: str
    blocks: tuple[BlockView, ...]
    findings: tuple[Diagnostic, ...] = ()

    def number_of(self, key: Key) -> int:
        """The number of the first block that says this message; 0 if none does."""
        said = (one.block.number for one in self.blocks if any(message.key == key for message in one.messages))
        return next(said, 0)


def source_view(workspace: Workspace, name: str, layouts: Iterable[Layout] = ()) -> SourceView:
    """The view of a document. `layouts` are those of its products: cards have shorter sentences."""
    path = source_of(workspace, name)
    blocks, problems = read_blocks(workspace, name)
    if path is None:
        return SourceView(name, name, "", ())
    english = next(one for one in workspace.languages().value if one.tag == ENGLISH)
    read = workspace.document(path)
    card = any(layout.type_class == CARD for layout in layouts)
    findings = read.findings if read.value is None else source_findings(workspace, path, english, card=card)
    messages = workspace.messages(name)
    asked = questions(workspace, [name], workspace.languages(awaiting=True).value)
    file = workspace.relative(path)
    views = [_view(block, file, messages, asked) for block in blocks]
    placed, others = _placed(views, file, (*problems, *findings))
    title = read.value.front.title.msgid if read.value is not None else name
    return SourceView(name, title, file, placed, others)


def _view(block: SourceBlock, path: str, messages: Sequence[Message], asked: Sequence[Question]) -> BlockView:
    own = tuple(one for one in messages if one.span.path == path and block.line <= one.span.line < block.end)
    texts = {message.msgid for message in own}
    lines = range(block.line, block.end)
    here = (one for one in asked if one.message in texts and one.english is not None and one.english.line in lines)
    return BlockView(block, own, questions=tuple(here))


def _placed(
    views: Sequence[BlockView], path: str, findings: Iterable[Diagnostic]
) -> tuple[tuple[BlockView, ...], tuple[Diagnostic, ...]]:
    """The blocks with their findings, and the findings of none of them."""
    of: dict[int, list[Diagnostic]] = {}
    others: list[Diagnostic] = []
    for finding in dict.fromkeys(findings):
        at = finding.span.line if finding.span.path == path else 0
        block = next((one.block for one in views if one.block.line <= at < one.block.end), None)
        (others if block is None else of.setdefault(block.number, [])).append(finding)
    placed = tuple(replace(view, findings=tuple(of.get(view.block.number, ()))) for view in views)
    return placed, tuple(others)
