"""What a signature survives: everything that tools do to a file, and nothing that anybody does to a word."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.language import find_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.commands.conftest import Bench

PO = "locales/es/LC_MESSAGES/signs.po"


def holds(bench: Bench) -> bool:
    """True where every signature stands, on both halves."""
    verdicts = bench.review_case("es").verdicts
    mine = [id for id in verdicts.jobs if id[0] == "signs"]
    return len(mine) == 2 and all(not verdicts.on_piece(id).bars for id in mine)


def text(change: Callable[[str], str], path: str = PO) -> Callable[[Bench], None]:
    """A change of a file's text."""

    def made(bench: Bench) -> None:
        file = bench.root / path
        before = file.read_bytes()
        file.write_bytes(change(before.decode()).encode())
        assert file.read_bytes() != before

    return made


def msgcat(*options: str) -> Callable[[Bench], None]:
    """A round trip of GNU gettext."""

    def made(bench: Bench) -> None:
        if shutil.which("msgcat") is None:
            pytest.skip("gettext is not installed")
        subprocess.run(["msgcat", *options, "-o", bench.root / PO, bench.root / PO], check=True)

    return made


def entries(change: Callable[[list], list]) -> Callable[[Bench], None]:
    """A change of the entries."""

    def made(bench: Bench) -> None:
        catalog, _ = read_catalog(bench.catalog.read_bytes(), PO, find_language("es"))
        bench.catalog.write_bytes(write_catalog(replace(catalog, entries=tuple(change(list(catalog.entries))))))

    return made


def wrapped(po: str) -> str:
    """Every long string broken after each word, as an editor with a narrow window does."""
    return re.sub(r'^(msgid|msgstr) "([^"]* [^"]*)"$', _broken, po, flags=re.MULTILINE)


def _broken(match: re.Match[str]) -> str:
    pieces = re.findall(r"\S+ ?", match[2])
    return f'{match[1]} ""\n' + "\n".join(f'"{piece}"' for piece in pieces)


@pytest.mark.parametrize(
    "change",
    [
        text(wrapped),
        msgcat("--width=20"),
        msgcat("--no-wrap", "--sort-output"),
        msgcat("--no-location"),
        text(lambda po: po.replace("\n", "\r\n")),
        text(lambda po: "\ufeff" + po),
        text(lambda po: unicodedata.normalize("NFD", po)),
        text(lambda po: po.replace('\\n"\n', '\\n"\n"X-Generator: Poedit 3.4.2\\n"\n', 1)),
        text(lambda po: re.sub("PO-Revision-Date: [^\\\\]*", "PO-Revision-Date: 2026-12-01 10:00+0100", po)),
        text(lambda po: re.sub("^#: .*\n", "", po, flags=re.MULTILINE)),
        text(lambda po: po.replace("#: ", "#: elsewhere.md:9 ")),
        text(lambda po: po + '\n#~ msgid "Old"\n#~ msgstr "Viejo"\n'),
        text(lambda po: po.replace('msgid "Call for help"', '# a remark\nmsgid "Call for help"')),
        entries(lambda rows: rows[::-1]),
        text(lambda md: md.replace("\n", "\r\n"), "source/signs.md"),
        text(lambda md: "\ufeff" + md, "source/signs.md"),
        text(lambda md: md.replace("**swollen**, take", "**swollen**,\ntake"), "source/signs.md"),
        text(lambda md: md.replace("# Call", "<!-- note: Short. -->\n# Call"), "source/signs.md"),
        text(lambda toml: toml.replace("\n", "\r\n"), "source/clinics.toml"),
        text(lambda css: css.replace("\n", "\r\n"), "layouts/slip/style.css"),
    ],
)
def test_a_signature_survives_tools(released, change):
    """Re-wrapping, gettext, editors' headers, ends of lines, composed letters, order and references void nothing."""
    change(released)
    assert holds(released)
    released.update()
    assert holds(released)


def test_a_signature_survives_an_update(released):
    """An update that brings no new words voids nothing, and another document none of this one's."""
    (released.root / "source" / "more.md").write_text(released.source.read_text().replace("Call for help", "Wait"))
    released.update()
    assert holds(released)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PO, "dé 2 pasos", "dé 3 pasos"),
        (PO, "hinchada", "inchada"),
        (PO, "**, dé", "** dé"),
        (PO, "atrás.", "atrás"),
        (PO, "Pida ayuda", "¡Pida ayuda!"),
        (PO, "**hinchada**", "*hinchada*"),
        (PO, "Llame al {emergency}", "Llame al {phone}"),
        ("source/signs.md", "2 steps", "3 steps"),
        ("source/signs.md", "swollen", "swelled"),
        ("source/signs.md", "**, take", "** take"),
        ("source/signs.md", "**swollen**", "*swollen*"),
        ("source/signs.md", "Call {emergency}", "Call {phone}"),
        ("source/signs.md", "# Call for help", "## Call for help!"),
    ],
)
def test_a_signature_does_not_survive_a_changed_word(released, path, old, new):
    """A digit, a word, a sign of punctuation, emphasis or a placeholder voids every signature that covered it."""
    released.edit(path, old, new)
    assert not holds(released)
    released.update()
    assert not holds(released)


@pytest.mark.parametrize(
    ("old", "new"),
    [("# Call for help", "## Call for help"), ("# Call for help", "Call for help"), ("Call {em", "- Call {em")],
)
def test_a_heading_becomes_another_block(released, old, new):
    """The same words as another heading, a paragraph or a list are looked at again, not read again."""
    released.edit(released.source, old, new)
    states = [state for tag in ("en", "es") for _, state in released.review_case(tag).cases()]
    assert [(state.name, state.outdated) for state in states] == [("approved", ())] * 2
    report = released.release("en", "es")
    assert not report.released
    assert {d.code for d in report.diagnostics} & {"look-unsigned", "preflight-headings"}
