"""Reads what a finished file says about itself: its printed control lines and the control data in its metadata."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pressroom.border import BorderError, border
from pressroom.fingerprint import content_hash
from pressroom.project.open_file import named_bytes

_LINE = re.compile(
    r"(?P<number>[^·\s]{1,40}) · (?P<locale>[A-Za-z0-9-]+) · (?P<version>[^·]{1,20}) · (?P<dated>\d{4}-\d{2})"
    r" · review by (?P<review_by>\d{4}-\d{2}) · (?P<inputs>[0-9a-f]{8})\b"
)
_TAG = re.compile(r"<[^<>]*>")
_KEYWORDS: Final = "pressroom; "
# More pages than any piece has; imposed sheets included.
_PAGES: Final = 64


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One control line, read from paper or from metadata; `version` is PROOF on a proof."""

    number: str
    locale: str
    version: str
    dated: str
    review_by: str
    inputs: str


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """A file's printed control lines, the control data of its metadata (if any), and its SHA-256."""

    printed: tuple[ControlLine, ...]
    data: ControlLine | None
    sha256: str
    drafts: bool = False

    @property
    def agree(self) -> bool:
        """True if every control line and the metadata say the same."""
        return len({*self.printed, *([self.data] if self.data else [])}) == 1 and bool(self.printed)


def identity_of_file(task: tuple[str, int]) -> FileIdentity | str:
    """The identity of a file by its path and the bytes that it may have, or why it has none; workers call this."""
    from pressroom.preflight.bounds import limit_reader

    path, limit = task
    limit_reader()
    try:
        return read_identity(named_bytes(Path(path), limit))
    except OSError as error:
        return (error.strerror or str(error)).lower()


def identity_of_bytes(task: tuple[bytes, int]) -> FileIdentity | str:
    """The same of a file that is nowhere on the disk, by its bytes and how many it may have."""
    from pressroom.preflight.bounds import limit_reader

    data, limit = task
    limit_reader()
    return read_identity(data) if len(data) <= limit else f"it is larger than {limit // 1_000_000} MB"


def read_identity(data: bytes) -> FileIdentity | str:
    """The identity of a PDF or of a web page; why not, for any other file."""
    if data.lstrip()[:9].lower() == b"<!doctype":
        words = " ".join(html.unescape(_TAG.sub(" ", data.decode(errors="replace"))).split())
        return _identity(words, "", data)
    import pikepdf

    try:
        with border(pikepdf.PasswordError):
            words, keywords = _words_of_pdf(data)
    except pikepdf.PasswordError:
        return "it is locked with a password"
    except BorderError as error:
        return f"it can't be read as a piece: {error}" if data.startswith(b"%PDF") else "it can't be read as a piece"
    return _identity(words, keywords, data)


def _words_of_pdf(data: bytes) -> tuple[str, str]:
    """The words of its first pages, and its keywords."""
    import pikepdf
    import pypdfium2

    from pressroom.preflight.bounds import as_checked, refuse_unbounded

    with pikepdf.open(io.BytesIO(data)) as document:
        refuse_unbounded(document)
        keywords = str(document.docinfo.get("/Keywords", ""))
        checked = as_checked(document, data)
    with pypdfium2.PdfDocument(checked) as pages:
        texts = [pages[number].get_textpage().get_text_range() for number in range(min(len(pages), _PAGES))]
    return " ".join(" ".join(texts).split()), keywords


def _identity(words: str, keywords: str, data: bytes) -> FileIdentity:
    printed = tuple(dict.fromkeys(control_lines(words)))
    return FileIdentity(printed, control_data(keywords), content_hash(data), "NOT FOR PATIENTS" in words)


def control_lines(text: str) -> list[ControlLine]:
    """The control lines in a page's text, white space folded."""
    return [ControlLine(**match.groupdict()) for match in _LINE.finditer(text)]


def control_data(keywords: str) -> ControlLine | None:
    """The control data in a PDF's keywords; None if another program wrote them."""
    if not keywords.startswith(_KEYWORDS):
        return None
    fields = dict(part.partition("=")[::2] for part in keywords.removeprefix(_KEYWORDS).split("; "))
    names = ("number", "locale", "version", "dated", "review-by", "inputs")
    return ControlLine(*(fields.get(name, "") for name in names))
