"""The picture of the table: how far each text is goes in, one HTML page for people who would rather look comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from pressroom.pipeline.catalogs.check import Checked
from pressroom.pipeline.catalogs.questions import Question

_PARTS: Final = (("done", "translated"), ("draft", "machine draft"), ("fuzzy", "to review"), ("empty", "to translate"))


def status_page(project: str, checked: Sequence[Checked], asked: Sequence[Question]) -> str:
    """The page: a table a document, a row a locale, with the numbers beside each bar; nothing outside it is needed.

    It reads without colours and without style: every bar is said in words too (WCAG 2.2, 1.4.1 and 1.1.1).
    """
    style = Path(__file__).with_name("status.css").read_text(encoding="utf-8")
    translated = [one for one in checked if one.language.tag != "en"]
    title = f"{project}: how far the translations are"
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{style}</style></head>",
            f"<body><main>\n<h1>{escape(title)}</h1>",
            *_legend(),
            *_jump(asked),
            *_tables(translated),
            *_questions(asked),
            "</main></body>",
            "</html>",
            "",
        ]
    )


def _legend() -> Iterator[str]:
    marks = "".join(f'<li><span class="mark {name}" aria-hidden="true"></span> {text}</li>' for name, text in _PARTS)
    yield f'<ul class="legend" aria-label="What the colours of the bars mean">{marks}</ul>'


def _tables(checked: Sequence[Checked]) -> Iterator[str]:
    for document, group in groupby(checked, key=lambda one: one.document):
        heads = "".join(
            f'<th scope="col"{kind}>{text}</th>'
            for text, kind in (
                ("Locale", ""),
                ("Messages", ""),
                ("To review", ' class="number"'),
                ("To translate", ' class="number"'),
                ("Words left", ' class="number"'),
                ("Errors", ' class="number"'),
                ("State", ""),
            )
        )
        # A box that scrolls on a telephone must be reachable by keyboard (WCAG 2.2, 2.1.1).
        box = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(document)}">'
        yield f"<section><h2>{escape(document)}</h2>\n{box}<table><thead><tr>{heads}</tr></thead><tbody>"
        yield from (_row(one) for one in group)
        yield "</tbody></table></div></section>"


def _row(one: Checked) -> str:
    language = one.language
    name = (
        f'<th scope="row">{escape(language.english)} '
        f'<span lang="{language.tag}" dir="{language.direction}" class="own">{escape(language.autonym)}</span></th>'
    )
    errors = f'<td class="number{" bad" if one.errors else ""}">{one.errors}</td>'
    if one.state is None:
        return f'<tr>{name}<td colspan="4">can’t be read: run check</td>{errors}<td>{_state("unreadable")}</td></tr>'
    state = one.state
    numbers = "".join(f'<td class="number">{n}</td>' for n in (state.fuzzy, state.untranslated, one.words_left))
    return f"<tr>{name}<td>{_bar(one)}</td>{numbers}{errors}<td>{_state(state.name)}</td></tr>"


def _bar(one: Checked) -> str:
    assert one.state is not None
    state = one.state
    translated = state.messages - state.untranslated - state.fuzzy
    counts = (translated - state.machine, state.machine, state.fuzzy, state.untranslated)
    parts = "".join(
        f'<span class="{name}" style="flex-grow:{count}"></span>'
        for (name, _), count in zip(_PARTS, counts, strict=True)
        if count
    )
    said = ", ".join(f"{count} {text}" for (_, text), count in zip(_PARTS, counts, strict=True) if count)
    label = f"{translated} of {state.messages}"
    return (
        f'<div class="bar" role="img" aria-label="{escape(said or "no messages")}">{parts}</div>'
        f'<span class="count">{label}</span>'
    )


def _state(name: str) -> str:
    return f'<span class="state {escape(name)}">{escape(name)}</span>'


def _jump(asked: Sequence[Question]) -> Iterator[str]:
    if asked:
        yield f'<p class="jump"><a href="#questions">Questions from translators: {len(asked)}</a></p>'


def _questions(asked: Sequence[Question]) -> Iterator[str]:
    if not asked:
        return
    yield '<section id="questions"><h2>Questions from translators</h2>\n<ul>'
    for one in asked:
        where = f"{escape(one.document)}, {escape(one.locale)}, <code>{escape(str(one.span))}</code>"
        where += f"; answer in a note above <code>{escape(str(one.english))}</code>" if one.english else ""
        yield f'<li><p dir="auto">{escape(one.text)}</p><p class="where">on “{escape(one.message)}”: {where}</p></li>'
    yield "</ul></section>"
