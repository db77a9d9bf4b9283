"""The strict reader: what it refuses, what it reads with a word, and where it points."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.read import read_catalog
from pressroom.catalog.write import write_catalog
from pressroom.diagnostics import Diagnostic
from pressroom.language import find_language

SPANISH = find_language("es")
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def read(body: str | bytes, head: str = HEAD) -> tuple[Catalog | None, list[Diagnostic]]:
    """Read a Spanish file: these bytes, or a plain header and this body."""
    data = body if isinstance(body, bytes) else (head + body).encode()
    return read_catalog(data, "locales/es/LC_MESSAGES/card.po", SPANISH)


BROKEN = {
    "string not closed": ('msgid "a\nmsgstr "b"\n', 5, "catalog-syntax"),
    "quotation mark inside": ('msgid "a" b"\nmsgstr "b"\n', 5, "catalog-syntax"),
    "backslash at the end": ('msgid "a\\"\nmsgstr "b"\n', 5, "catalog-syntax"),
    "unknown escape": ('msgid "a\\q"\nmsgstr "b"\n', 5, "catalog-syntax"),
    "octal escape": ('msgid "a"\nmsgstr "\\101"\n', 6, "catalog-syntax"),
    "no msgstr": ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 5, "catalog-syntax"),
    "no msgid": ('msgstr "b"\n', 5, "catalog-syntax"),
    "msgstr twice": ('msgid "a"\nmsgstr "b"\nmsgstr "c"\n', 7, "catalog-syntax"),
    "string alone": ('"a"\nmsgid "a"\nmsgstr "b"\n', 5, "catalog-syntax"),
    "comment inside": ('msgid "a"\n# why\nmsgstr "b"\n', 6, "catalog-syntax"),
    "half obsolete": ('msgid "a"\n#~ msgstr "b"\n', 6, "catalog-syntax"),
    "plural forms out of order": ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\n', 7, "catalog-syntax"),
    "words of no kind": ('hello\nmsgid "a"\nmsgstr "b"\n', 5, "catalog-syntax"),
    "header twice": ('msgid "a"\nmsgstr "b"\n\nmsgid ""\nmsgstr "X: y\\n"\n', 8, "catalog-syntax"),
    "message twice": ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', 8, "message-duplicate"),
    "conflict marks": ('<<<<<<< HEAD\nmsgid "a"\n=======\nmsgid "b"\n>>>>>>> b\nmsgstr ""\n', 5, "merge-conflict"),
    "line too long": (f'msgid "{"a" * 20_000}"\nmsgstr ""\n', 5, "catalog-size"),
    "message too long": (
        "msgid ''\n".replace("''", '""') + f'"{"a" * 3_000}"\n' * 2 + 'msgstr ""\n',
        5,
        "catalog-size",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_files_are_refused_at_the_line_that_is_broken(case: str) -> None:
    """A file with a broken line gives no catalog, and an error of a stable code at that very line."""
    body, line, code = BROKEN[case]
    catalog, problems = read(body)
    assert catalog is None
    assert (problems[0].code, problems[0].span.line) == (code, line)
    assert problems[0].hint


def test_all_broken_messages_are_told_at_once() -> None:
    """After a broken message reading goes on at the next one."""
    _, problems = read('msgid "a\nmsgstr "x"\n\nmsgid "ok"\nmsgstr "ok"\n\nmsgid "b"\nmsgstr "c\\z"\n')
    assert [problem.span.line for problem in problems] == [5, 12]


def test_a_file_that_is_no_catalog_is_not_told_line_by_line() -> None:
    """After two hundred broken messages nobody reads on."""
    catalog, problems = read("".join(f'msgid "{n}\nmsgstr ""\n\n' for n in range(5_000)))
    assert catalog is None
    assert len(problems) == 200


def test_a_file_larger_than_any_document_is_refused_unread() -> None:
    """Beyond 4 MB nothing is parsed."""
    catalog, problems = read(b"# x\n" * 1_000_001)
    assert catalog is None
    assert [problem.code for problem in problems] == ["catalog-size"]


def test_too_many_messages_are_refused() -> None:
    """Beyond 20,000 messages a file is no document's catalog."""
    catalog, problems = read("".join(f'msgid "{n}"\nmsgstr ""\n\n' for n in range(20_001)))
    assert catalog is None
    assert [problem.code for problem in problems] == ["catalog-size"]


def test_a_whole_entry_is_read() -> None:
    """Every part of an entry is read, and its lines are those of msgid and msgstr."""
    catalog, problems = read(
        '# a comment\n#.  told\n#: a.md b.md:7\n#: c.md\n#, fuzzy, max-length:60\n#| msgctxt "was"\n'
        '#| msgid "old"\nmsgctxt "card"\nmsgid ""\n"one\\n"\n"two\\t\\"\\\\"\nmsgstr "uno"\n'
    )
    assert catalog is not None
    assert not problems
    assert catalog.entries == (
        Entry(
            'one\ntwo\t"\\',
            "uno",
            context="card",
            previous_msgid="old",
            previous_context="was",
            flags=("fuzzy", "max-length:60"),
            comments=("a comment",),
            extracted=(" told",),
            references=("a.md", "b.md:7", "c.md"),
        ),
    )
    assert (catalog.entries[0].line, catalog.entries[0].msgstr_line) == (13, 16)


def test_obsolete_entries_keep_their_previous_text() -> None:
    """`#~|` is read; polib drops it."""
    catalog, _ = read('#, fuzzy\n#~| msgid "old"\n#~ msgid "new"\n#~ msgstr "uno"\n')
    assert catalog is not None
    assert catalog.obsolete == (Entry("new", "uno", previous_msgid="old", flags=("fuzzy",), obsolete=True),)


def test_a_message_both_in_use_and_obsolete_is_read_with_a_warning() -> None:
    """Such files, which msgfmt refuses, are read so that an update can mend them."""
    catalog, problems = read('msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n')
    assert catalog is not None
    assert [problem.code for problem in problems] == ["obsolete-duplicate"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (codecs.BOM_UTF8 + (HEAD + 'msgid "a"\nmsgstr "é"\n').encode(), "catalog-encoding"),
        (codecs.BOM_UTF16_LE + (HEAD + 'msgid "a"\nmsgstr "é"\n').encode("utf-16-le"), "catalog-encoding"),
        ((HEAD + 'msgid "a"\nmsgstr "é"\n').replace("\n", "\r\n").encode(), "catalog-line-ends"),
        ((HEAD.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "é"\n').encode("latin-1"), "catalog-encoding"),
        ((HEAD + 'msgid "a"\nmsgstr "é"\n').replace("\n", "\r").encode(), "catalog-line-ends"),
        ((HEAD.replace("UTF-8", "ISO-8859-1") + '# Éva\nmsgid "a"\nmsgstr "é"\n').encode(), "catalog-encoding"),
        ((HEAD.replace("UTF-8", "CP1251") + '# áéíóúñü\nmsgid "a"\nmsgstr "é"\n').encode(), "catalog-encoding"),
    ],
)
def test_other_encodings_are_read_with_a_word(data: bytes, code: str) -> None:
    """A byte-order mark, CRLF and a declared older encoding are read as what they are, told, and written as UTF-8."""
    catalog, problems = read(data)
    assert catalog is not None
    assert [problem.code for problem in problems] == [code]
    assert catalog.entries[0].msgstr == "é"
    assert b"\r" not in write_catalog(catalog)
    assert write_catalog(catalog).endswith('msgstr "é"\n'.encode())


def test_octal_escapes_are_read_as_the_letters_they_are() -> None:
    """`msgcat --escape` writes the bytes of each letter so; a byte that is none is refused at its line."""
    catalog, problems = read('msgid "a"\nmsgstr "a\\303\\251\\342\\200\\223n\\n"\n')
    assert (catalog is not None and catalog.entries[0].msgstr, problems) == ("aé–n\n", [])
    for wrong in ("\\303n", "\\777\\777", "\\042", "\\303\\042"):
        catalog, problems = read(f'msgid "a"\nmsgstr "{wrong}"\n')
        assert (catalog, [(one.code, one.span.line) for one in problems]) == (None, [("catalog-syntax", 6)])


@pytest.mark.parametrize(
    "data",
    [
        (HEAD.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "\\303\\251"\n').encode(),
        (HEAD.replace("UTF-8", "UTF-7") + 'msgid "a"\nmsgstr "+AOk-"\n').encode(),
        (HEAD.replace("UTF-8", "ISO-2022-JP") + 'msgid "a"\nmsgstr "b"\n').encode(),
        (HEAD.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "é"\n').encode("utf-8"),
        (HEAD + 'msgid "a"\nmsgstr "é"\n').encode("latin-1"),
        (HEAD + 'msgid "a"\nmsgstr "b"\n').encode("utf-16-le"),
    ],
)
def test_doubtful_encodings_are_refused(data: bytes) -> None:
    """Where bytes and declaration differ, or the encoding can hide text, nothing is guessed."""
    catalog, problems = read(data)
    assert catalog is None
    assert [problem.code for problem in problems] == ["catalog-unreadable"]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("nplurals=2; plural=(n != 1);", None),
        ("nplurals=2; plural=n!=1;", None),
        ("nplurals=INTEGER; plural=EXPRESSION;", None),
        ("nplurals=3; plural=n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2;", "plural-rule"),
        ("nplurals=1000000000; plural=0;", "plural-header"),
        ("nplurals=2; plural=__import__('os');", "plural-header"),
        ("nplurals=2; plural=n;", "plural-header"),
        (f"nplurals=2; plural={'(' * 300}n;", "plural-header"),
    ],
)
def test_plural_rules_are_compared_and_never_run(rule: str, code: str | None) -> None:
    """A rule that means the same passes, another is told, and one that is no rule is refused."""
    head = HEAD.replace('UTF-8\\n"', f'UTF-8\\n"\n"Plural-Forms: {rule}\\n"')
    catalog, problems = read('msgid "a"\nmsgstr "b"\n', head)
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert (catalog is None) is (code == "plural-header")


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    """Whatever the bytes, there is either a catalog, or an error."""
    catalog, problems = read(data)
    assert (catalog is None) is any(problem.severity == "error" for problem in problems)


PIECES = [
    "msgid ",
    "msgstr ",
    "msgctxt ",
    "#~ ",
    "#| ",
    "#, fuzzy",
    "# c",
    '"a"',
    '"\\n"',
    '""',
    '"',
    "\n",
    "\n\n",
    "é",
    "\\",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_what_is_read_is_written_and_read_alike(body: str) -> None:
    """Any file that can be read has a canonical form, which reads as the same catalog."""
    catalog, _ = read(body)
    if catalog is None:
        return
    again, problems = read(write_catalog(catalog))
    assert again is not None
    assert not any(problem.severity == "error" for problem in problems)
    assert write_catalog(again) == write_catalog(catalog)


BLOCKS = [
    "# c",
    "#",
    "#. t",
    "#: a.md b",
    "#, fuzzy",
    "#,x",
    "# | x",
    'msgctxt "c"',
    'msgid "a"',
    'msgid "b"',
    'msgstr "é"',
    "",
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(BLOCKS), max_size=24).map("\n".join))
def test_the_quick_way_and_the_long_way_read_alike(body: str) -> None:
    """A space at the end of a line means nothing, and keeps an entry from being read at one stroke."""
    slow = "\n".join(f"{line} " if line.startswith("msg") else line for line in body.split("\n"))
    quick, careful = read(body), read(slow)
    assert quick == careful
    if quick[0] is not None and careful[0] is not None:
        lines = [[(entry.line, entry.msgstr_line) for entry in found.entries] for found in (quick[0], careful[0])]
        assert lines[0] == lines[1]


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n"])
def test_an_empty_file_is_no_catalog(data: bytes) -> None:
    """An editor stopped while saving leaves an empty file: it is refused, so that no update finishes the loss."""
    catalog, problems = read(data)
    assert catalog is None
    assert [problem.code for problem in problems] == ["catalog-unreadable"]


@given(st.data())
def test_cut_files_lose_no_closing_quote_unnoticed(data: st.DataObject) -> None:
    """A file cut anywhere is refused, or every message that is left of it is whole."""
    whole = HEAD + "".join(f'msgid "message {n}"\nmsgstr "mensaje número {n}"\n\n' for n in range(8))
    cut = whole.encode()[: data.draw(st.integers(0, len(whole.encode())))]
    catalog, _ = read(cut)
    if catalog is not None:
        assert all(entry.msgstr == entry.msgid.replace("message", "mensaje número") for entry in catalog.entries)
