"""What `catalog/syntax.py` and `catalog/read.py` take for true of polib."""

from __future__ import annotations

import polib
import pytest

from tests.upstream.assumption import assumed_of

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@assumed_of("polib", "catalog/syntax.py")
def test_polib_reads_no_string_that_is_open() -> None:
    """A string without its end is read as empty or refused: the strict check must come first."""
    try:
        (entry,) = polib.pofile(HEAD + 'msgid "a"\nmsgstr "b\n')
    except OSError:
        return
    assert entry.msgstr != "b"


@assumed_of("polib", "catalog/read.py")
def test_polib_keeps_both_of_two_translations() -> None:
    """A message that is there twice is two entries, unless it is asked to check."""
    assert len(polib.pofile(HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n')) == 2


@assumed_of("polib", "catalog/syntax.py")
def test_polib_takes_bel_as_it_is() -> None:
    """It has no escape for BEL, so `syntax.py` writes the character itself."""
    (entry,) = polib.pofile(HEAD + 'msgid "a"\nmsgstr "\a"\n')
    assert entry.msgstr == "\a"


@pytest.mark.parametrize("mark", ["#| msgid", "#~|  msgid"])
@assumed_of("polib", "catalog/syntax.py")
def test_polib_reads_previous_text_above_a_message(mark: str) -> None:
    """`#|` is read above a message; `#~|` is skipped, so `syntax.py` writes the first for the second."""
    (entry,) = polib.pofile(HEAD + f'{mark} "old"\nmsgid "a"\nmsgstr "b"\n')
    assert (entry.previous_msgid == "old") == mark.startswith("#|")


@assumed_of("polib", "catalog/read.py")
def test_polib_knows_the_line_of_an_entry() -> None:
    """`linenum` is the first line of an entry, its comments included, counted from 1."""
    first, second = polib.pofile(HEAD + '# note\nmsgid "a"\nmsgstr "b"\n\n#, fuzzy\nmsgid "c"\nmsgstr "d"\n')
    assert (first.linenum, second.linenum) == (5, 9)
    assert second.fuzzy
