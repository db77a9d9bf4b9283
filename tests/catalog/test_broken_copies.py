"""Copies that broke off, and copies in which one sign is another: nothing is lost or altered unseen."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.catalog import Catalog, Entry
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.numbers import ascii_digits
from pressroom.catalog.read import read_catalog
from pressroom.catalog.whole import missing_end
from pressroom.catalog.xliff import read_xliff, write_xliff
from pressroom.catalog.xml_tree import XmlError
from pressroom.content.parse import parse_document
from pressroom.diagnostics import Diagnostic, Severity
from pressroom.language import find_language

ROOT = Path(__file__).parents[1] / "hostile" / "project"
SPANISH, ARABIC = find_language("es"), find_language("ar")
WHOLE = {tag: (ROOT / "locales" / tag / "LC_MESSAGES" / "harm.po").read_bytes() for tag in ("es", "ar")}
DOCUMENT, _ = parse_document((ROOT / "source" / "harm.md").read_text("utf-8"), "source/harm.md")
assert DOCUMENT is not None
MESSAGES = DOCUMENT.messages
# Without the entry that ends it, as an agency's tool may send it back.
UNMARKED = re.sub(rb'"X-Pressroom-End[^\n]*\n|#~[^\n]*\n', b"", WHOLE["es"])


def read(data: bytes, tag: str = "es") -> tuple[Catalog | None, list[Diagnostic]]:
    """A catalog and its findings, each of which has a place."""
    catalog, findings = read_catalog(data, "locales/es/LC_MESSAGES/harm.po", find_language(tag))
    assert (catalog is None) is any(finding.severity is Severity.ERROR for finding in findings)
    assert all(finding.span.path and finding.span.line for finding in findings)
    return catalog, list(findings)


def said(catalog: Catalog) -> list[tuple[str, str]]:
    """The messages in use and their translations."""
    return [(entry.msgid, entry.msgstr) for entry in catalog.active]


def test_every_beginning_of_a_catalog_is_refused() -> None:
    """Wherever a copy of a catalog broke off, it is refused with its line, or has every message."""
    whole, _ = read(WHOLE["es"])
    assert whole is not None
    for end in range(len(WHOLE["es"])):
        catalog, findings = read(WHOLE["es"][:end])
        assert findings if catalog is None else said(catalog) == said(whole), WHOLE["es"][max(end - 40, 0) : end]


def test_every_beginning_of_a_catalog_without_its_mark_is_noticed() -> None:
    """Without the entry that ends it, what is left is whole, and the missing messages are a finding."""
    whole, _ = read(UNMARKED)
    assert whole is not None
    keys = [message.key for message in MESSAGES]
    for end in range(len(UNMARKED)):
        catalog, _ = read(UNMARKED[:end])
        if catalog is not None:
            left = said(catalog)
            # An entry whose msgstr is cut off is untranslated, and is printed in English, marked.
            assert [(e, t) for e, t in left if t] == said(whole)[: sum(1 for _, t in left if t)]
            assert left == said(whole) or missing_end(catalog, keys) or not left[-1][1], left[-1:]


def test_every_beginning_of_an_xliff_is_refused() -> None:
    """XML that broke off is refused, or has lost nothing but the space at its end."""
    catalog, _ = read(WHOLE["es"])
    assert catalog is not None
    data = write_xliff(catalog)
    (whole,), _ = read_xliff(data, "a.xlf")
    for end in range(0, len(data), 3):
        try:
            files, findings = read_xliff(data[:end], "a.xlf")
        except XmlError:
            continue
        assert findings or [file.catalog.entries for file in files] == [whole.catalog.entries]


SIGNS = st.sampled_from([*'0123456789"\\{}[]*<>#%\n\t.,-– aéمন', "٣", "\u202e", "\u200b", "\ufeff", "\0", "¹", "½"])


def digits(text: str) -> str:
    """The digits of a text in their order, whatever their script."""
    return "".join(re.findall(r"\d", ascii_digits(text)))


@settings(max_examples=300)
@given(st.data(), st.sampled_from(("es", "ar")), st.sampled_from(("changed", "lost", "added", "bit")))
def test_no_other_digit_is_printed_without_a_finding(data: st.DataObject, tag: str, how: str) -> None:
    """One sign changed, lost, added, or one bit turned: no traceback, and no other digit without a finding."""
    text, language = WHOLE[tag].decode(), find_language(tag)
    at = data.draw(st.integers(0, len(text) - 1), "place")
    if how == "bit":
        place, bit = data.draw(st.integers(0, len(WHOLE[tag]) - 1)), 1 << data.draw(st.integers(0, 7))
        changed = WHOLE[tag][:place] + bytes([WHOLE[tag][place] ^ bit]) + WHOLE[tag][place + 1 :]
    else:
        sign = "" if how == "lost" else data.draw(SIGNS)
        changed = (text[:at] + sign + text[at + (how != "added") :]).encode()
    whole, _ = read(WHOLE[tag], tag)
    catalog, findings = read(changed, tag)
    assert whole is not None
    if catalog is None:
        assert findings
        return
    findings += check_catalog(MESSAGES, catalog, language)
    after, keys = {entry.key: entry for entry in catalog.active}, {message.key for message in MESSAGES}
    for entry in whole.active:
        now = after.get(entry.key)
        # A message that is not there, or is not translated, is printed in English.
        if entry.key in keys and now is not None and now.msgstr and not _same(entry, now):
            lines = range(now.line, now.msgstr_line + now.msgstr.count("\n") + 4)
            assert [f for f in findings if f.span.line in lines], (entry.msgstr, now.msgstr)


@settings(max_examples=50)
@given(st.text(max_size=40), st.sampled_from(["es", "ar", "zh-Hans", "km"]))
def test_no_translation_ends_the_checks(text: str, tag: str) -> None:
    """Whatever a translation says, the rules end with findings that have a place, and count digits as they are."""
    body = "".join(f'msgid "{m.msgid}"\nmsgstr "{_escaped(text)}"\n\n' for m in MESSAGES[:4] if '"' not in m.msgid)
    catalog, findings = read_catalog(
        f'msgid ""\nmsgstr ""\n\n{body}'.encode("utf-8", "replace"), "a.po", find_language(tag)
    )
    if catalog is None:
        assert findings
        return
    found = check_catalog(MESSAGES, catalog, find_language(tag))
    assert all(finding.span.line for finding in found)
    wanted = Counter(digits(MESSAGES[3].msgid))
    (entry,) = [e for e in catalog.active if e.msgid == MESSAGES[3].msgid] or [None]
    if entry is not None and entry.msgstr and Counter(digits(entry.msgstr)) != wanted:
        assert [f for f in found if f.subject is not None and f.subject.key == entry.key]


def _same(before: Entry, now: Entry) -> bool:
    """True if no other digit is printed. Where the English says "an", a 1 may be added: a language may count it."""
    wanted, found = digits(before.msgstr), digits(now.msgstr)
    return found == wanted or (" an " in before.msgid and found == f"{wanted}1")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
