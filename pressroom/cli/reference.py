"""The reference pages in Markdown: commands, diagnostics, languages, products; and the manual page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import click

from pressroom.cli.command_list import GROUPS
from pressroom.cli.examples import examples_of
from pressroom.diagnostics import Code, documented_codes
from pressroom.language import Language
from pressroom.layout import Product
from pressroom.planning.products import ProductRow
from pressroom.project.atomic import write_atomic

_MADE: Final = "<!-- Made by `python -m pressroom.cli.reference`; a test holds it to what the program does. -->"
_COMMANDS_HEAD: Final = (
    "`./press COMMAND` sets up what is missing and runs `publish.py COMMAND`.",
    "",
    "These options are accepted before the name of a command and after it: `--project FOLDER`, `--quiet` (`-q`),",
    "`--verbose` (`-v`) and `--no-color`. [Output and exit codes](output.md) explains more.",
)
_LANGUAGES_HEAD: Final = (
    "A tag is found in any form (`zh_Hans`, `ZH-hans`) and by the others that people write for it. Sizes are the",
    "smallest legible one, the usual one and, where text grows if it has the room, the largest. Hyphens are set in",
    "brochures alone. Line breaks are explained in [add a language](../how-to/add-a-language.md), fonts in",
    "[fonts](../explanation/fonts.md). A native reader signs each language's specimen before the first job.",
    "",
    "The first ones are those whose pages were looked at in whole documents. From `aa` on they are all other languages",
    "that CLDR describes, in the scripts that can be set: each can be used at once.",
)


def commands_page(group: click.Group) -> str:
    """Every command with its arguments and options, in the order of the work."""
    context = click.Context(group, info_name="publish.py", **group.context_settings)
    lines = ["# Commands", "", _MADE, "", *_COMMANDS_HEAD, ""]
    for title, names in GROUPS.items():
        lines += [f"## {title}", ""]
        for name in names:
            command = group.get_command(context, name)
            if command is not None:
                lines += list(_command(name, command, context))
    return "\n".join(lines).rstrip() + "\n"


def _command(name: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    yield from (f"### {name}", "", f"`publish.py {name} {' '.join(command.collect_usage_pieces(context))}`", "")
    # Python 3.13 removes the indentation of docstrings itself, 3.11 does not.
    paragraphs = re.split(r"\n\s*\n", (command.help or "").strip())
    yield from ("\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs), "")
    calls = [f"{call}  # {meaning}" for call, meaning in examples_of(context)]
    yield from ("<!-- not run: a test of the program reads them -->", "```sh", *calls, "```", "")
    rows = [record for parameter in command.get_params(context) if (record := parameter.get_help_record(context))]
    if not isinstance(command, click.Group) or command.invoke_without_command:
        yield from ("| option | |", "|---|---|")
        yield from (f"| `{_cell(option)}` | {_cell(text)} |" for option, text in rows)
        yield ""
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            if (found := command.get_command(context, inner)) is not None:
                yield from _command(f"{name} {inner}", found, context)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _facts(code: Code) -> str:
    """How serious a code is, what it stops, and whether it can be waived."""
    bars = f"stops a {code.bars}" if code.bars else ""
    return "; ".join(filter(None, (code.severity, bars, "can be waived" if code.waivable else "")))


def diagnostics_page() -> str:
    """Every code with its severity and why it is there, by room."""
    lines = ["# Diagnostics", "", _MADE, ""]
    lines += ["A diagnostic reads `path:line: severity[code]: message`, with a hint that is a next move.", ""]
    lines += ["An **error** stops something, a **warning** is shown, a **note** informs. Codes are stable.", ""]
    lines += ["If a finding stops a proof, no file is made at all. If it stops a release, a proof is still made.", ""]
    lines += ["A reviewer can waive some errors, but never one in a message with `{emergency}` or `{phone}`.", ""]
    room = ""
    for code in documented_codes().values():
        if code.room != room:
            room = code.room
            lines += [f"## {room}", ""]
        lines += [f"### {code.name}", "", f"{_facts(code)}. {' '.join(code.meaning.split())}", ""]
    return "\n".join(lines).rstrip() + "\n"


def languages_page() -> str:
    """Every language that can be set, and how."""
    from pressroom.language import engine_registry, every_language, languages

    lines = ["# Languages", "", _MADE, "", *_LANGUAGES_HEAD, ""]
    lines += [
        "| tag | also | English | itself | script | fonts | card, pt | brochure, pt | lines end | quotes | hyphens |"
    ]
    lines += ["|---|---|---|---|---|---|---|---|---|---|---|"]
    every = every_language(engine_registry())
    lines += [f"| {' | '.join(_language(language))} |" for language in every]
    lines += ["", "## Notes", ""]
    lines += [f"- **{language.tag}**: {language.note}" for language in languages().values() if language.note]
    return "\n".join(lines) + "\n"


def _language(language: Language) -> Iterator[str]:
    brochure = language.set_for("brochure")
    yield from (f"`{language.tag}`", ", ".join(f"`{alias}`" for alias in language.aliases), language.english)
    yield from (language.autonym, f"{language.script}, {language.direction}")
    yield ", ".join(dict.fromkeys([language.family, brochure.family]))
    for sizes in (language.type_sizes("card"), brochure.type_sizes("brochure")):
        yield "–".join(f"{size:g}" for size in dict.fromkeys(sizes))
    yield from (language.breaking, f"{language.quotes[:2]} {language.quotes[2:]}", "yes" if language.hyphenate else "")


def products_table(rows: Sequence[ProductRow]) -> str:
    """A row a product: its name, what it is, the paper, how it is finished, what it gives way to, the documents."""
    lines = ["| product | what it is | paper | finish | documents |", "|---|---|---|---|---|"]
    for row in rows:
        product = row.product
        documents = ", ".join([*(f"**{name}**" for name in row.usual), *row.possible])
        cells = (f"`{product.name}`", product.description, product.paper, finish_of(product), documents)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def finish_of(product: Product) -> str:
    """How it is finished, and what takes its place, in a few words."""
    how = {"cmyk": "press file in CMYK", "gray": "press file in black"}.get(product.inks, "as it is")
    if product.flip:
        how = f"two sides, flip on the {product.flip.replace('-', ' ')}, 100 %"
    return f"{how}; where it does not fit: `{product.otherwise}`" if product.otherwise else how


def pages() -> dict[str, str]:
    """The pages by their path in the repository."""
    from pressroom.cli.main import main
    from pressroom.cli.man_page import man_page

    return {
        "docs/man/pressroom.1": man_page(main),
        "docs/reference/commands.md": commands_page(main),
        "docs/reference/diagnostics.md": diagnostics_page(),
        "docs/reference/languages.md": languages_page(),
    }


if __name__ == "__main__":
    from pathlib import Path

    for path, text in pages().items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        write_atomic(Path(path), text.encode())
