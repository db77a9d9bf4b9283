"""The canonical form: what `msgcat --no-wrap` writes, with references one a line and foreign flags kept."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable

import pytest

from pressroom.catalog import Catalog, Entry, Header
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.language import find_language

BODIES = {
    "Arabic": 'msgid "Call {phone}"\nmsgstr "اتصل على {phone}"\n',
    "Chinese": 'msgid "Chest pain: **sharp**"\nmsgstr "**胸痛（尖锐）**可能"\n',
    "Thai": 'msgid "Swelling, usually in one leg"\nmsgstr "อาการบวม มักเป็นที่ขาข้างเดียว และอาจปวดด้วย"\n',
    "several lines": 'msgid ""\n"one\\n"\n"two\\n"\n"\\n"\n"three"\nmsgstr "uno\\n"\n',
    "wrapped by another tool": 'msgid ""\n"one "\n"two"\nmsgstr ""\n"uno "\n"dos"\n',
    "escapes": 'msgid "a\\t\\"b\\" \\\\ c"\nmsgstr "x"\n',
    "line break at the end": 'msgid "a\\n"\nmsgstr "b\\n"\n',
    "flags in two lines": '#, no-wrap\n#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "fuzzy without a translation": '#, fuzzy\nmsgid "a"\nmsgstr ""\n',
    "flags in another order": '#, python-brace-format, python-format, fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "comments": '#one\n#\n#  two\n#. told\n#: b.md a.md\nmsgid "a"\nmsgstr "b"\n',
    "previous": '#, fuzzy\n#| msgctxt "c"\n#| msgid "x\\ny"\nmsgctxt "d"\nmsgid "z"\nmsgstr "b"\n',
    "obsolete": '#~ msgid "a"\n#~ msgstr "b"\n',
    "obsolete and fuzzy": '# kept\n#, fuzzy\n#~| msgid "c"\n#~ msgctxt "x"\n#~ msgid "d\\ne"\n#~ msgstr "f"\n',
    "obsolete in between": '#~ msgid "a"\n#~ msgstr "b"\n\nmsgid "c"\nmsgstr "d"\n',
    "plural": 'msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "bs"\n',
}
needs_msgcat = pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed")


def gettext(command: list[str], data: bytes) -> str:
    """What a program of GNU gettext makes of a file."""
    ran = subprocess.run([*command, "-"], input=data, capture_output=True, check=True)
    return ran.stdout.decode()


@needs_msgcat
@pytest.mark.parametrize("case", BODIES)
def test_the_form_is_what_msgcat_writes(case: str, catalog: Callable[..., Catalog]) -> None:
    """For the same file, our bytes are those of `msgcat --no-wrap` once references are joined."""
    found = catalog(BODIES[case])
    ours = write_catalog(found)
    lines: list[str] = []
    for line in ours.decode().split("\n"):
        if line.startswith("#: ") and lines[-1].startswith("#: "):
            lines[-1] += line[2:]
        else:
            lines.append(line)
    assert "\n".join(lines) == gettext(["msgcat", "--no-wrap"], ours)


@pytest.mark.parametrize("case", BODIES)
def test_writing_is_stable(case: str, catalog: Callable[..., Catalog]) -> None:
    """What was written is read as the same catalog, and written as the same bytes."""
    found = catalog(BODIES[case])
    again, problems = read_catalog(write_catalog(found), found.path, find_language("es"))
    assert not problems
    assert again is not None
    assert write_catalog(again) == write_catalog(found)


def test_references_stand_one_a_line_in_the_order_of_the_source() -> None:
    """Two branches that add a use of a text don't change the same line."""
    found = Catalog("x.po", entries=(Entry("a", references=("z.md", "a.md")),))
    assert write_catalog(found) == b'#: z.md\n#: a.md\nmsgid "a"\nmsgstr ""\n'


def test_what_the_program_does_not_know_is_kept() -> None:
    """Unknown flags, unknown header fields and comments below the last entry are written again."""
    header = Header((("X-Poedit-Basepath", "."), ("", "no colon here"), ("Language", "es")), ("by hand",))
    found = Catalog("x.po", header, (Entry("a", "b", flags=("md-text", "fuzzy")),), ("the end",))
    assert write_catalog(found).decode() == (
        '# by hand\nmsgid ""\nmsgstr ""\n"X-Poedit-Basepath: .\\n"\n"no colon here\\n"\n"Language: es\\n"\n\n'
        '#, fuzzy, md-text\nmsgid "a"\nmsgstr "b"\n\n# the end\n'
    )


def test_unusual_line_separators_are_text() -> None:
    """U+2028 and U+0085 end no line in a catalog: the text around them stays one message."""
    found = Catalog("x.po", entries=(Entry("a\u2028b\x85c", "d"),))
    again, _ = read_catalog(write_catalog(found), "x.po", find_language("es"))
    assert again is not None
    assert again.entries == found.entries
