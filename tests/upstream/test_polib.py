"""What `catalog/syntax.py` and `catalog/read.py` take for true of polib; a new version that breaks one says which."""

from __future__ import annotations

import polib
import pytest

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_polib_reads_no_string_that_is_open() -> None:
    """A string without its end is read as empty or refused: the strict check must come first."""
    try:
        (entry,) = polib.pofile(HEAD + 'msgid "a"\nmsgstr "b\n')
    except OSError:
        return
    assert entry.msgstr != "b"


def test_polib_keeps_both_of_two_translations() -> None:
    """A message that is there twice is two entries, unless it is asked to check."""
    assert len(polib.pofile(HEAD + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n')) == 2


def test_polib_takes_bel_as_it_is() -> None:
    """It has no escape for BEL, so `syntax.py` writes the character itself."""
    (entry,) = polib.pofile(HEAD + 'msgid "a"\nmsgstr "\a"\n')
    assert entry.msgstr == "\a"


@pytest.mark.parametrize("mark", ["#| msgid", "#~|  msgid"])
def test_polib_reads_previous_text_above_a_message(mark: str) -> None:
    """`#|` is read above a message; `#~|` is skipped, so `syntax.py` writes the first for the second."""
    (entry,) = polib.pofile(HEAD + f'{mark} "old"\nmsgid "a"\nmsgstr "b"\n')
    assert (entry.previous_msgid == "old") == mark.startswith("#|")
