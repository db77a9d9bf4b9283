"""A catalog that ends too early is refused, wherever it was cut and however it was wrapped."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace

import polib
import pytest

from pressroom.catalog import Catalog
from pressroom.catalog.checks import check_catalog
from pressroom.catalog.merge import merge
from pressroom.catalog.read import read_catalog
from pressroom.catalog.whole import HEADER, missing_end
from pressroom.catalog.write import write_catalog
from pressroom.content import Message
from pressroom.language import find_language

TEXTS = {
    "After your visit": {"es": "Después de su visita", "ja": "受診のあとで", "ar": "بعد زيارتك"},
    "Call {phone} if the fever lasts.": {
        "es": "Llame al {phone} si la fiebre continúa.",
        "ja": "熱が続くときは{phone}に電話してください。",
        "ar": "اتصل على {phone} إذا استمرت الحمى.",
    },
    "Take 1 tablet each morning with a glass of water. Do not take it if you bleed or have a head injury.": {
        "es": "Tome 1 tableta cada mañana con un vaso lleno de agua. No la tome si sangra o si tiene un golpe fuerte.",
        "ja": "毎朝コップ1杯の水で1錠を飲んでください。出血しているとき、頭にけがをしたときは飲まないでください。",
        "ar": "تناول قرصًا واحدًا كل صباح مع كوب من الماء. لا تتناوله إذا كنت تنزف أو إذا أصبت في رأسك.",
    },
}
TAGS = ("es", "ja", "ar")
WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "ours": lambda data: data,
    "polib 60": lambda data: str(polib.pofile(data.decode(), wrapwidth=60)).encode(),
    "polib 79": lambda data: str(polib.pofile(data.decode(), wrapwidth=79)).encode(),
    "msgcat 60": lambda data: _msgcat(data, "60"),
    "msgcat 79": lambda data: _msgcat(data, "79"),
}
PATH = "locales/es/LC_MESSAGES/visit.po"


def _msgcat(data: bytes, width: str) -> bytes:
    if shutil.which("msgcat") is None:
        pytest.skip("gettext is not installed")
    return subprocess.run(["msgcat", "-w", width, "-"], input=data, capture_output=True, check=True).stdout


@pytest.fixture
def made(template: Callable[..., Catalog]) -> Callable[[str], Catalog]:
    """A catalog of a language as `update` makes it, all translated, with an obsolete entry and a last comment."""

    def make(tag: str) -> Catalog:
        catalog, _ = merge(template(*TEXTS), None, find_language(tag))
        entries = tuple(replace(entry, msgstr=TEXTS[entry.msgid][tag]) for entry in catalog.entries)
        gone = replace(entries[0], msgid="Gone", msgstr="Ido", obsolete=True, references=(), extracted=())
        return replace(catalog, entries=(*entries, gone), trailing=("the last comment",))

    return make


def bare(catalog: Catalog) -> Catalog:
    """The catalog as it would be without the entry that ends it, from another project."""
    header = replace(catalog.header, fields=catalog.header.replaced({HEADER: None}))
    return replace(catalog, header=header, entries=catalog.active, trailing=())


def content(catalog: Catalog) -> object:
    """Everything that a translator wrote."""
    return [(entry, entry.msgstr_line > 0) for entry in catalog.entries], catalog.trailing


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("tag", TAGS)
def test_every_cut_changes_nothing_or_is_refused(made, tag, writer):
    """Cut at any byte, the file is either refused or has all that it had."""
    language = find_language(tag)
    data = WRITERS[writer](write_catalog(made(tag)))
    whole, problems = read_catalog(data, PATH, language)
    assert whole is not None, problems
    for size in range(len(data)):
        cut, problems = read_catalog(data[:size], PATH, language)
        assert cut is None or content(cut) == content(whole), data[size - 40 : size].decode(errors="replace")
        assert cut is not None or problems


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("tag", TAGS)
def test_a_file_from_elsewhere_is_judged_by_how_it_ends(made, tag, writer):
    """Without the entry that ends it, a cut is found in the file or by the messages of the document."""
    language = find_language(tag)
    data = WRITERS[writer](write_catalog(bare(made(tag))))
    whole, problems = read_catalog(data, PATH, language)
    assert whole is not None, problems
    keys = [entry.key for entry in whole.active]
    assert missing_end(whole, keys) == []
    for size in range(len(data)):
        cut, _ = read_catalog(data[:size], PATH, language)
        if cut is not None and not missing_end(cut, keys):
            assert content(cut) == content(whole), data[size - 40 : size].decode(errors="replace")


def test_half_a_wrapped_sentence_is_refused(made):
    """The finding names the line of the end, and what to do."""
    data = WRITERS["polib 60"](write_catalog(bare(made("es"))))
    cut = data[: data.rindex(b'"', 0, len(data) - 3)]
    catalog, (problem,) = read_catalog(cut, PATH, find_language("es"))
    assert catalog is None
    assert (problem.code, problem.bars, problem.span.line) == ("catalog-cut", "proof", cut.rstrip().count(b"\n") + 1)


def test_gettext_keeps_the_end(made):
    """The entry that ends the file and the comments above it go through `msgcat`; ours reads them back."""
    catalog = made("es")
    data = _msgcat(write_catalog(catalog), "79")
    back, _ = read_catalog(data, catalog.path, find_language("es"))
    assert back is not None
    assert write_catalog(back) == write_catalog(catalog)
    assert back.trailing == ("the last comment",)


def test_a_tool_that_drops_obsolete_entries_is_told_of(made):
    """In the project such a file is refused with a way out; from an agency it is read."""
    data = write_catalog(replace(made("es"), entries=made("es").active))
    data = data[: data.index(b"\n# the last comment")]
    catalog, (problem,) = read_catalog(data, PATH, find_language("es"))
    assert catalog is None
    assert HEADER in problem.hint
    assert read_catalog(data, PATH, find_language("en"), ours=False)[0] is not None


@pytest.mark.parametrize("msgstr", ["", "fin del archivo"])
def test_the_end_may_be_translated(made, msgstr):
    """A script that translates every entry, or empties it, does not make the catalog unreadable."""
    catalog = made("es")
    data = write_catalog(catalog).replace(b'#~ msgstr "(end of the file)"', f'#~ msgstr "{msgstr}"'.encode())
    back, problems = read_catalog(data, catalog.path, find_language("es"))
    assert problems == []
    assert back is not None
    assert write_catalog(back) == write_catalog(catalog)


def test_new_english_at_the_end_is_behind(made, messages: Callable[..., list[Message]]):
    """Until an update, a catalog without the document's last message is an error of `check`; a proof is still made."""
    problems = check_catalog(messages(*TEXTS, "One more."), made("es"), find_language("es"))
    assert [(problem.code, problem.bars) for problem in problems] == [("catalog-behind", "release")]
    assert check_catalog(messages("One more.", *TEXTS), made("es"), find_language("es")) == []
