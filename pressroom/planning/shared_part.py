"""What the pieces of all clinics share: kept from an earlier build, or read from its files.

To read it takes far longer than to make sure that no file of it changed. So it is kept under the hash of all files that
it is read from, which is the hash by which a piece with its findings is kept, too. What is kept imports no parser.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from platform import python_version
from typing import TYPE_CHECKING

from pressroom.border import BorderError, border
from pressroom.diagnostics import Diagnostic
from pressroom.language import Language
from pressroom.layout import Product
from pressroom.planning.keys import of_program, shared_sources
from pressroom.project.settings import SETTINGS_FILE
from pressroom.workspace.workspace import Workspace, once

if TYPE_CHECKING:
    from pressroom.approval import TranslationState
    from pressroom.compose import Piece
    from pressroom.planning.content import Content


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A piece without its clinic (None if it is refused), the state of its words, the findings and the content.

    `printed` are the parameters of the macros of its layouts: what it may print of a clinic. `setting` is the hash of
    all that decides how it is drawn besides its words.
    """

    piece: Piece | None
    state: TranslationState | None
    diagnostics: tuple[Diagnostic, ...]
    content: Content
    printed: frozenset[str] = frozenset()
    setting: str = ""


@once
def shared_part(workspace: Workspace, path: Path, language: Language, product: Product) -> SharedPart:
    """What all clinics' pieces of the document at `path` share. A text that must not be printed refuses them."""
    if (kept := workspace.kept) is None:
        return _read(workspace, path, language, product)
    # The settings too: findings name their lines.
    files = shared_sources(workspace, path, language, product), workspace.files.hash_of(SETTINGS_FILE)
    name = f"shared part {python_version()} {of_program(workspace)} {' '.join(files)}"
    if (data := kept.get(name)) is not None:
        # One that can't be read counts as not kept.
        with suppress(BorderError), border():
            found: SharedPart = pickle.loads(data)
            return found
    part = _read(workspace, path, language, product)
    # A print shop's profile may have megabytes, which each part would hold.
    if part.piece is not None and not part.piece.profile:
        kept.put(name, pickle.dumps(part))
    return part


def _read(workspace: Workspace, path: Path, language: Language, product: Product) -> SharedPart:
    # Imported here: it brings all parsers and checks.
    from pressroom.planning.shared import read_shared_part

    return read_shared_part(workspace, path, language, product)
