"""Makes a specimen of each language: one page for a native reader to check and sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from pressroom.catalog import Translation
from pressroom.compose.specimen import Sample
from pressroom.content import Document, Message
from pressroom.diagnostics import Span, diagnostic
from pressroom.language import FontFamily, Language, families, letters_of
from pressroom.planning.fonts import letters_in_use, prepare_fonts
from pressroom.planning.versions import library_versions
from pressroom.project import Read
from pressroom.project.atomic import write_if_changed
from pressroom.workspace.workspace import Workspace

_SIGNS: Final = 4
_LEAST_SIGNS: Final = 3
# As many letters as a narrow column of one page holds in every script.
_LONGEST: Final = 180
# What decides where a letter is placed.
_TOOLS: Final = ("weasyprint", "pango", "harfbuzz", "icu4py")
_NUMBER = re.compile(r"\d\S*\d")


def make_specimens(workspace: Workspace, languages: Sequence[Language], output: Path, made: str) -> Read[list[Path]]:
    """Make `output`/specimens/TAG.pdf of each language, from the project's texts if it has any; returns the files.

    `made` is the day, as the page prints it. The pages are laid out in this process, which starts no other afterwards.
    """
    versions = [version for language in languages for version in (language, *language.by_class.values())]
    fonts, findings = prepare_fonts(workspace, versions)
    if not fonts:
        return Read([], findings)
    from pressroom.render.proof import render_specimen

    files: list[Path] = []
    for language in languages:
        pdf, problems = render_specimen(_sample(workspace, language, made))
        findings = (*findings, *problems)
        if pdf is None:
            continue
        path = output / "specimens" / f"{language.tag}.pdf"
        try:
            write_if_changed(path, pdf)
            files.append(path)
        except OSError as error:
            message = f"can't be written: {error.strerror}"
            findings = (*findings, diagnostic("output-unwritable", Span(str(path)), message))
    return Read(files, findings)


def _sample(workspace: Workspace, language: Language, made: str) -> Sample:
    texts = [(document, workspace.text(document.name, language).translation) for document in _documents(workspace)]
    lists = [_translated(t, (m for m in d.messages if m.role == "list item")) for d, t in texts if t is not None]
    paragraphs = [_translated(t, (m for m in d.messages if m.role == "paragraph")) for d, t in texts if t is not None]
    stacks = [language.stack, *(other.stack for other in language.by_class.values())]
    letters = letters_of(language) or tuple(sorted(letters_in_use(workspace, language)))
    short = [text for some in paragraphs for text in some if len(text) <= _LONGEST]
    items = [text for some in lists for text in some]
    return Sample(
        language=language,
        signs=min((some for some in lists if len(some) >= _LEAST_SIGNS), key=_fitness, default=())[:_SIGNS],
        running=max(short, key=len, default=""),
        numbered=max((text for text in items if _NUMBER.search(text)), key=len, default=""),
        letters=letters,
        fonts=tuple(_font(family) for family in families({name for stack in stacks for name in stack})),
        tools=tuple(f"{name} {version}" for name, version in library_versions().items() if name in _TOOLS),
        made=made,
    )


def _font(family: FontFamily) -> str:
    """The font's name and its file's version."""
    from pressroom.render.fonts import locked_font

    return f"{family.name} {locked_font(family, family.faces[0]).version}"


def _fitness(texts: tuple[str, ...]) -> tuple[bool, int]:
    """Sorts lists with bold words first, as a card has them, then short ones."""
    return "**" not in texts[0], sum(map(len, texts))


def _documents(workspace: Workspace) -> list[Document]:
    return [document for path in workspace.sources() if (document := workspace.document(path).value) is not None]


def _translated(translation: Translation, messages: Iterable[Message]) -> tuple[str, ...]:
    translated = (translation.of(message) for message in messages)
    return tuple(text.text for text in translated if text.status == "translated")
