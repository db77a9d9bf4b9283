"""Makes a specimen of each language: one page for a native reader to check and sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pressroom.compose.specimen import Sample
from pressroom.diagnostics import Span, diagnostic
from pressroom.language import FontFamily, Language, calendar_words, families, letters_of, measures
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
    lists, paragraphs = _texts(workspace, language, "list item"), _texts(workspace, language, "paragraph")
    signs = min(
        (texts for texts in lists if len(texts) >= _LEAST_SIGNS),
        # Lists with bold words first, as a card has them, then short ones.
        key=lambda texts: ("**" not in texts[0], sum(map(len, texts))),
        default=(),
    )[:_SIGNS]
    running = max((text for texts in paragraphs for text in texts if len(text) <= _LONGEST), key=len, default="")
    numbered = max((text for texts in lists for text in texts if _NUMBER.search(text)), key=len, default="")
    stacks = {name for one in (language, *language.by_class.values()) for name in one.stack}
    return Sample(
        language=language,
        signs=signs or _named_days(language),
        running=running or " – ".join(calendar_words(language.cldr)[1])[:_LONGEST],
        numbered=numbered or ", ".join(measures(language.cldr)),
        has_texts=bool(signs or running),
        letters=letters_of(language) or tuple(sorted(letters_in_use(workspace, language))),
        fonts=tuple(_font(family) for family in families(stacks)),
        tools=tuple(f"{name} {version}" for name, version in library_versions().items() if name in _TOOLS),
        made=made,
    )


def _named_days(language: Language) -> tuple[str, ...]:
    """The days of the week in a list, the first of each row bold; empty if CLDR does not know the language."""
    days = calendar_words(language.cldr)[0]
    return tuple(f"**{days[at]}** – {' – '.join(days[at + 1 : at + 2])}".rstrip(" –") for at in range(0, len(days), 2))


def _font(family: FontFamily) -> str:
    """The font's name and its file's version."""
    from pressroom.render.fonts import locked_font

    return f"{family.name} {locked_font(family, family.faces[0]).version}"


def _texts(workspace: Workspace, language: Language, role: str) -> list[tuple[str, ...]]:
    """The translated texts of this role in each document."""
    texts = []
    for document in filter(None, (workspace.document(path).value for path in workspace.sources())):
        translation = workspace.text(document.name, language).translation
        if translation is not None:
            translated = [translation.of(message) for message in document.messages if message.role == role]
            texts.append(tuple(text.text for text in translated if text.status == "translated"))
    return texts
