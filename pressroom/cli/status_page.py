"""The picture of the table: how far each text is goes in, one HTML page for people who would rather look comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from pressroom.commands.catalogs.check import Checked
from pressroom.commands.catalogs.questions import Question
from pressroom.commands.signing.waivers import Waived
from pressroom.language import Language

_PARTS: Final = (("done", "translated"), ("draft", "machine draft"), ("fuzzy", "to review"), ("empty", "to translate"))


@dataclass(frozen=True, slots=True)
class StatusRows:
    """All that is shown; `states` has the state in words by document and locale."""

    checked: Sequence[Checked]
    states: Mapping[tuple[str, str], str]
    asked: Sequence[Question]
    waived: Sequence[Waived]


def status_page(project: str, rows: StatusRows) -> str:
    """The page: all locales at a glance, then a table a document with the numbers; nothing outside it is needed.

    It reads without colours and without style: every bar is said in words too (WCAG 2.2, 1.4.1 and 1.1.1).
    """
    style = Path(__file__).with_name("status.css").read_text(encoding="utf-8")
    translated = [one for one in rows.checked if one.language.tag != "en"]
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
            *_jump(rows),
            *_overview(translated),
            *_tables(translated, rows.states),
            *_questions(rows.asked),
            *_waived(rows.waived),
            "</main></body>",
            "</html>",
            "",
        ]
    )


def _legend() -> Iterator[str]:
    marks = "".join(f'<li><span class="mark {name}" aria-hidden="true"></span> {text}</li>' for name, text in _PARTS)
    yield f'<ul class="legend" aria-label="What the colours of the bars mean">{marks}</ul>'


def _overview(checked: Sequence[Checked]) -> Iterator[str]:
    """Locale by document, a bar in each cell: where it is far and where it is not, without scrolling."""
    documents = list(dict.fromkeys(one.document for one in checked))
    if len(documents) < 2:
        return
    cells = {(one.language.tag, one.document): one for one in checked}
    heads = "".join(f'<th scope="col"><a href="#{escape(name)}">{escape(name)}</a></th>' for name in documents)
    box = '<div class="scroll" role="region" tabindex="0" aria-label="All at a glance">'
    yield f'<section><h2>All at a glance</h2>\n{box}<table class="all"><thead><tr><td></td>{heads}</tr></thead><tbody>'
    for language in {one.language.tag: one.language for one in checked}.values():
        row = [cells.get((language.tag, name)) for name in documents]
        yield f"<tr>{_name(language)}{''.join(f'<td>{_glance(one)}</td>' for one in row)}</tr>"
    yield "</tbody></table></div></section>"


def _glance(one: Checked | None) -> str:
    if one is None:
        return "–"
    errors = f' <span class="bad">{one.errors} {"error" if one.errors == 1 else "errors"}</span>' if one.errors else ""
    return f"can’t be read{errors}" if one.state is None else _bar(one) + errors


def _tables(checked: Sequence[Checked], states: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for document, group in groupby(checked, key=lambda one: one.document):
        heads = "".join(
            f'<th scope="col"{kind}>{text}</th>'
            for text, kind in (
                ("Locale", ""),
                ("Messages", ""),
                ("State", ""),
                ("Errors", ' class="number"'),
                ("To review", ' class="number"'),
                ("To translate", ' class="number"'),
                ("Words left", ' class="number"'),
            )
        )
        # A box that scrolls on a telephone must be reachable by keyboard (WCAG 2.2, 2.1.1).
        box = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(document)}">'
        yield f'<section id="{escape(document)}"><h2>{escape(document)}</h2>'
        yield f"{box}<table><thead><tr>{heads}</tr></thead><tbody>"
        yield from (_row(one, states.get((one.document, one.language.tag), "")) for one in group)
        yield "</tbody></table></div></section>"


def _name(language: Language) -> str:
    return (
        f'<th scope="row">{escape(language.english)} '
        f'<span lang="{language.tag}" dir="{language.direction}" class="own">{escape(language.autonym)}</span></th>'
    )


def _row(one: Checked, words: str) -> str:
    name = _name(one.language)
    errors = f'<td class="number{" bad" if one.errors else ""}">{one.errors}</td>'
    if one.state is None:
        told = f"<td>can’t be read: run check</td><td>{_state('unreadable')}</td>"
        return f'<tr>{name}{told}{errors}<td colspan="3"></td></tr>'
    state = one.state
    numbers = "".join(f'<td class="number">{n}</td>' for n in (state.fuzzy, state.untranslated, one.words_left))
    return f"<tr>{name}<td>{_bar(one)}</td><td>{_state(words or state.name)}</td>{errors}{numbers}</tr>"


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


def _state(words: str) -> str:
    return f'<span class="state {escape(words.partition(",")[0])}">{escape(words)}</span>'


def _jump(rows: StatusRows) -> Iterator[str]:
    links = [("questions", "Questions from translators", len(rows.asked)), ("waived", "Waived", len(rows.waived))]
    shown = [f'<a href="#{name}">{text}: {count}</a>' for name, text, count in links if count]
    if shown:
        yield f'<p class="jump">{" · ".join(shown)}</p>'


def _questions(asked: Sequence[Question]) -> Iterator[str]:
    if not asked:
        return
    yield '<section id="questions"><h2>Questions from translators</h2>\n<ul>'
    for one in asked:
        where = f"{escape(one.document)}, {escape(one.locale)}, <code>{escape(str(one.span))}</code>"
        where += f"; answer in a note above <code>{escape(str(one.english))}</code>" if one.english else ""
        where += "".join(f"<br>its note now: {escape(note)}" for note in one.notes)
        yield f'<li><p dir="auto">{escape(one.text)}</p><p class="where">on “{escape(one.message)}”: {where}</p></li>'
    yield "</ul></section>"


def _waived(waived: Sequence[Waived]) -> Iterator[str]:
    if not waived:
        return
    yield '<section id="waived"><h2>Waived by reviewers</h2>\n<ul>'
    for one in waived:
        waiver = one.waiver
        void = "" if one.holds else ' <span class="bad">void: the text changed since</span>'
        who = f"{waiver.name}, {waiver.qualification}, {waiver.dated}: {waiver.reason}"
        where = f"{escape(waiver.document)}, {escape(waiver.locale)}, <code>{escape(waiver.code)}</code>"
        text = f'<p lang="{escape(waiver.locale)}" dir="auto">{escape(waiver.quoted)}</p>'
        yield f'<li>{text}<p class="where">{where}{void}; {escape(who)}</p></li>'
    yield "</ul></section>"
