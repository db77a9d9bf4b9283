"""What a face shows of the messages of a document in a locale: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pressroom.approval.wording import DiffPart
from pressroom.catalog.model import Key
from pressroom.catalog.terms import Term
from pressroom.content.inline import Inline
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import Language
from pressroom.workspace.workspace import LAYOUTS

State = Literal["done", "draft", "unsure", "empty"]


@dataclass(frozen=True, slots=True)
class Prints:
    """What a placeholder of a message prints: `{emergency}` prints 911. `is_value` is False for a description."""

    placeholder: str
    text: str
    is_value: bool = True


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message. `id` is its `key_hash` and names it in forms, `seen` is its `entry_mark` now; `number` is from 1.

    `catalog` is the document's name, or `layouts` for a word that the layout prints in every document. `texts` is the
    translation, a text for each plural form. `earlier` is the change of the English since it was translated, word by
    word, empty if it did not change; `earlier_text` is the translation of then. `remarks` are the comments of others,
    such as another text that came back.
    """

    number: int
    id: str
    key: Key
    catalog: str
    english: str
    shown: Inline
    texts: tuple[str, ...]
    state: State
    fuzzy: bool
    seen: str
    role: str
    panel: str
    section: tuple[str, ...]
    notes: tuple[str, ...]
    pending: str
    prints: tuple[Prints, ...]
    links: tuple[str, ...]
    earlier: tuple[DiffPart, ...]
    earlier_text: str
    terms: tuple[Term, ...]
    limit: int
    questions: tuple[str, ...]
    remarks: tuple[str, ...]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def text(self) -> str:
        """The translation; the first plural form."""
        return self.texts[0]

    @property
    def is_word_of_layout(self) -> bool:
        """True for a word that is in the catalog of the layouts."""
        return self.catalog == LAYOUTS

    @property
    def is_finished(self) -> bool:
        """True if there is nothing to do here."""
        return self.state == "done"

    @property
    def has_error(self) -> bool:
        """True if a finding stops the release."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class TranslationView:
    """A document in a locale. `messages` are the document's, then the layout's words that its paper prints.

    `findings` are those that belong to no message: a catalog that can't be read, a missing font.
    """

    document: str
    title: str
    language: Language
    messages: tuple[MessageView, ...]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def own(self) -> tuple[MessageView, ...]:
        """The document's messages."""
        return tuple(message for message in self.messages if message.catalog == self.document)

    @property
    def words(self) -> tuple[MessageView, ...]:
        """The layout's words."""
        return tuple(message for message in self.messages if message.catalog != self.document)

    def count(self, state: State) -> int:
        """How many of the document's messages are in this state."""
        return sum(1 for message in self.own if message.state == state)

    def of(self, catalog: str, key: Key) -> MessageView | None:
        """The message of a catalog with this key; None if it is not among them."""
        return next((one for one in self.messages if one.catalog == catalog and one.key == key), None)
