"""What polib loses by itself. A test that fails here means that a workaround in `pressroom/catalog` can go."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.language import find_language

ROOT = Path(__file__).parents[2]
ENTRY = 'msgid "a"\nmsgstr "b"\n'
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30)


def alone(text: str) -> polib.POFile:
    """What polib reads without our help."""
    return polib.pofile("# head\n" + text, wrapwidth=0)


def test_polib_alone_drops_the_previous_text_of_obsolete_entries() -> None:
    """`syntax.py` writes `#~|` as `#|`, which polib reads."""
    found = alone('#~| msgid "old"\n#~ msgid "a"\n#~ msgstr "b"\n')
    assert found[0].previous_msgid is None
    assert alone('#| msgid "old"\n#~ msgid "a"\n#~ msgstr "b"\n')[0].previous_msgid == "old"


def test_polib_alone_drops_an_empty_comment_and_spaces_at_its_end() -> None:
    """`syntax.py` keeps the comments, and gives polib none."""
    assert alone(f'msgid "x"\nmsgstr "y"\n\n#\n# why \n{ENTRY}')[1].tcomment == "why"


def test_polib_alone_refuses_a_comment_without_its_space() -> None:
    """`syntax.py` keeps the comments, and gives polib none."""
    with pytest.raises(OSError, match="Syntax error"):
        alone(f"#why\n{ENTRY}")


def test_polib_alone_drops_the_last_entry_before_an_empty_extracted_comment() -> None:
    """`syntax.py` keeps the comments, and gives polib none."""
    assert len(alone(f"{ENTRY}#.\n")) == 0


def test_polib_alone_drops_comments_below_the_last_entry() -> None:
    """`SyntaxCheck` keeps them."""
    assert "the end" not in str(alone(f"{ENTRY}\n# the end\n"))


def test_polib_alone_ends_a_line_at_unusual_separators() -> None:
    """`PoText` does not."""
    with pytest.raises(OSError, match="Syntax error"):
        alone('msgid "a\u2028b"\nmsgstr "c"\n')
    assert polib.POEntry(msgid="a\u2028b").__unicode__(0).startswith('msgid ""\n')


def test_polib_alone_reads_no_octal_escape_and_no_bell() -> None:
    """`syntax.py` replaces them by the letters."""
    assert alone('msgid "\\303\\251\\a"\nmsgstr "b"\n')[0].msgid == "\\303\\251\\a"


def test_polib_alone_reorders_the_header() -> None:
    """`_PoFile` keeps it as an entry."""
    found = alone('msgid ""\nmsgstr "X-First: 1\\nLanguage: es\\n"\n')
    assert str(found).index("Language") < str(found).index("X-First")


def test_polib_alone_drops_the_source_comments_of_obsolete_entries() -> None:
    """`write.py` writes them: an update reads the translation before a change from there."""
    entry = polib.POEntry(msgid="a", msgstr="b", obsolete=True, comment="Translated as: c", occurrences=[("x.md", "")])
    assert "#." not in str(entry)
    assert "#:" not in str(entry)


def test_polib_alone_reads_what_the_syntax_check_refuses() -> None:
    """A string that is not closed loses its last letter: the check in front is not a luxury."""
    assert alone('msgid "abc\nmsgstr "b"\n')[0].msgid == "ab"


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_survives_polib(english: str, translation: str, comment: str) -> None:
    """Whatever the characters: written and read again, an entry is the same."""
    comments = tuple(comment.split("\n"))
    entry = Entry(english, translation, context=english, previous_msgid=translation, flags=("fuzzy",))
    gone = Entry(translation, english, previous_msgid=english, previous_context=translation, obsolete=True)
    found = Catalog("x.po", entries=(entry, gone))
    again, problems = read_catalog(write_catalog(found), "x.po", find_language("es"))
    assert again is not None, problems
    assert again.entries == found.entries
    if "\r" not in comment and "\a" not in comment:
        noted = Catalog("x.po", entries=(Entry("a", "b", comments=comments, extracted=comments),))
        again, problems = read_catalog(write_catalog(noted), "x.po", find_language("es"))
        assert again is not None, problems
        assert again.entries == noted.entries


def read(data: bytes) -> Catalog | None:
    """What the reader makes of a file."""
    return read_catalog(data, "locales/es/LC_MESSAGES/a.po", find_language("es"))[0]


@given(TEXTS, TEXTS, TEXTS, st.booleans())
def test_a_message_of_one_line_is_read_as_polib_reads_it(context: str, msgid: str, msgstr: str, fuzzy: bool) -> None:
    """The reader parses such a message itself; switched off, polib reads the very same."""
    entry = Entry(msgid, msgstr, context, flags=("fuzzy", "no-wrap") if fuzzy else (), comments=(" why ",))
    data = write_catalog(Catalog("a.po", entries=(entry, Entry("plain", "llano", extracted=("", "x")))))
    fast = read(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pressroom.catalog.syntax._PLAIN", re.compile("never"))
        assert read(data) == fast
    assert fast is not None
    assert fast.entries[0].msgstr == msgstr


@pytest.mark.parametrize("path", sorted((ROOT / "locales").glob("*/LC_MESSAGES/layouts.po")), ids=lambda p: p.parts[-3])
def test_the_projects_catalogs_are_read_as_polib_reads_them(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every entry with its lines, in every language."""
    language = find_language(path.parts[-3])
    fast, _ = read_catalog(path.read_bytes(), path.name, language)
    monkeypatch.setattr("pressroom.catalog.syntax._PLAIN", re.compile("never"))
    slow, _ = read_catalog(path.read_bytes(), path.name, language)
    assert fast is not None
    assert slow is not None
    assert fast == slow
    assert [(e.line, e.msgstr_line) for e in fast.entries] == [(e.line, e.msgstr_line) for e in slow.entries]
