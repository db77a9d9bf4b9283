"""What templates print beside the document's own text: their source goes in, what must be signed with them comes out.

Read from the source, for nothing is rendered when it is asked where a piece stands; in doubt a thing is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pressroom.content import Document, Message

# `word("phone")` in a template; a name that is not written out, or the function by another name, could be any word,
# and then all are printed.
_WORD = re.compile(r"\b(?:own_)?word\b(?:\s*\(\s*(?:\"([\w-]+)\"|'([\w-]+)')\s*\))?")
# The clinic as a whole: handed on under another name, its number could be printed from there.
_WHOLE_CLINIC = re.compile(r"=\s*clinic\s*[%,)]|\bclinic\s*(?:\[|\|)|{{-?\s*clinic\s*-?}}")
_REMARK = re.compile(r"{#.*?#}", re.DOTALL)
_IMPORT = re.compile(r"{%-?\s*from\s+\S+\s+import\s+(?:(?!\sas\s)[^%])*%}")
_ENGINE_TEMPLATES: Final = Path(__file__).parents[2] / "compose" / "templates"
_NOTICE = re.compile(r"\bnotice(_slot\(\))?\s*[|}%]")
_MACRO = re.compile(r"{%-?\s*macro\s+(\w+)\(.*?endmacro", re.DOTALL)
# Printed on proofs alone.
_OF_PROOFS: Final = frozenset({"draft"})
_NUMBER: Final = "{emergency}"


def without_remarks(templates: Iterable[str]) -> tuple[str, ...]:
    """Templates without what their authors say of them."""
    return tuple(_REMARK.sub("", text) for text in templates)


def printed_words(templates: Sequence[str], words: dict[str, Message]) -> tuple[Message, ...]:
    """The layouts' own words that these templates print on a release."""
    engine = [path.read_text(encoding="utf-8") for path in sorted(_ENGINE_TEMPLATES.glob("*.html"))]
    own = [match for text in templates for match in _WORD.finditer(text)]
    named = {match[1] or match[2] for match in own}
    if None in named:
        return tuple(message for name, message in words.items() if name not in _OF_PROOFS)
    named |= {match[1] or match[2] for text in engine for match in _WORD.finditer(text)}
    return tuple(message for name, message in words.items() if name in named - _OF_PROOFS)


def prints_emergency(document: Document, words: Sequence[Message], templates: Sequence[str]) -> bool:
    """True where a piece prints the emergency number, or could: the clinic goes by another name in a template."""
    written = any(_NUMBER in message.msgid for message in (*document.messages, *words))
    return written or any("emergency" in text or _WHOLE_CLINIC.search(text) for text in templates)


def prints_places(templates: Sequence[str]) -> bool:
    """True where templates print the imprint of every clinic, not of its own alone."""
    whole = _IMPORT.sub("", "\n".join(templates))
    # A macro that nobody names prints nothing.
    for macro in _MACRO.finditer(whole):
        if len(re.findall(rf"\b{macro[1]}\b", whole)) < 2:
            whole = whole.replace(macro[0], "")
    return re.search(r"(?<![\"'\w.-])places\b(?![\"'\w-])", whole) is not None


def prints_notice(templates: Iterable[str]) -> bool:
    """True where templates have room for the clinic's notice of language services."""
    return any(_NOTICE.search(text) for text in templates)
