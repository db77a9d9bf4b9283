"""How far each text of a project is: what `status` prints and the overview shows, computed once here.

A text is a document, or the layouts' words, in one language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pressroom.commands.catalogs.check import check
from pressroom.commands.catalogs.check_text import Checked, check_text
from pressroom.commands.catalogs.questions import Question, questions
from pressroom.commands.signing.status import DocumentStatus, document_statuses, requested_verdicts, status_of
from pressroom.commands.signing.verdicts import Verdicts
from pressroom.commands.signing.waivers import Waived, waivers_of
from pressroom.language import Language
from pressroom.planning.plan import Job, Request
from pressroom.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TextStatus:
    """One text: how far it is translated, its findings, its state, open questions on it, and what reviewers waived.

    `status` is None for the layouts' words, and if a file of the text can't be read.
    """

    checked: Checked
    status: DocumentStatus | None
    questions: tuple[Question, ...]
    waived: tuple[Waived, ...]

    @property
    def id(self) -> tuple[str, str]:
        """Document and locale."""
        return self.checked.document, self.checked.language.tag

    @property
    def state(self) -> str:
        """The state in words: `translated, stale`."""
        translation = self.checked.state
        return self.status.words if self.status else translation.name if translation else "unreadable"


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """All requested texts, the verdicts on their pieces, all open questions, and all waivers."""

    texts: tuple[TextStatus, ...]
    verdicts: Verdicts
    questions: tuple[Question, ...]
    waived: tuple[Waived, ...]

    @property
    def nearest(self) -> TextStatus | None:
        """The text with the fewest words left to translate; None if nothing is left."""
        left = [text for text in self.texts if text.checked.words_left]
        return min(left, key=lambda text: text.checked.words_left, default=None)


def project_status(workspace: Workspace, request: Request, today: date) -> ProjectStatus:
    """The status of the requested texts. Raises UsageError for unknown names."""
    checked, verdicts = check(workspace, request).checked, requested_verdicts(workspace, request, today)
    statuses = document_statuses(verdicts)
    names, languages = [text.document for text in checked], {text.language.tag: text.language for text in checked}
    asked = questions(workspace, names, languages.values())
    waived = waivers_of(workspace, names, languages.values())
    texts = (_text(one, statuses.get((one.document, one.language.tag)), asked, waived) for one in checked)
    return ProjectStatus(tuple(texts), verdicts, asked, waived)


def text_status(verdicts: Verdicts, document: str, language: Language, jobs: Sequence[Job]) -> TextStatus:
    """The status of one text alone; `jobs` are the pieces of it, none for the layouts' words."""
    workspace = verdicts.workspace
    checked = check_text(workspace, document, language, jobs)
    readable = [job.id for job in jobs if verdicts.piece(job.id).case is not None]
    status = status_of(verdicts, readable) if readable else None
    asked = questions(workspace, [document], [language])
    return _text(checked, status, asked, waivers_of(workspace, [document], [language]))


def _text(
    checked: Checked, status: DocumentStatus | None, asked: Sequence[Question], waived: Sequence[Waived]
) -> TextStatus:
    key = checked.document, checked.language.tag
    return TextStatus(
        checked,
        status,
        tuple(one for one in asked if (one.document, one.locale) == key),
        tuple(one for one in waived if (one.waiver.document, one.waiver.locale) == key),
    )
