"""The merge driver runs without the engine, and reads and writes a catalog as the engine does."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path

from pressroom.catalog import Catalog
from pressroom.catalog.fuzzy import made_fuzzy, origin_note
from pressroom.catalog.model import Entry, Header
from pressroom.catalog.whole import END, HEADER
from pressroom.catalog.write import write_catalog

DRIVER = runpy.run_path(str(Path(__file__).parents[2] / "setup/git-merge-po"))


def test_what_an_update_remembers_belongs_to_the_translation() -> None:
    """All that an update notes of a text stays with it in a merge, and what the template says does not."""
    message = Entry('Take 2 "large" pills', context="card", extracted=("Where: the card.",), references=("a.md:1",))
    fuzzy = made_fuzzy(message, Entry("Take 1 pill", "Tome 1\n\tpastilla", context="brochure"))
    fuzzy = replace(fuzzy, extracted=(*fuzzy.extracted, origin_note("other.po")), comments=("?: which one?", ""))
    header = Header((("Language", "es"), (HEADER, "yes")))
    gone = Entry("Gone", "Se fue", obsolete=True)
    data = write_catalog(Catalog("es.po", header, (fuzzy, gone), trailing=("At the end.",))).decode()
    entries, trailing = DRIVER["parse"](data)
    read = entries["card", message.msgid.replace('"', '\\"')]
    assert read.extracted == message.extracted
    assert read.translation[3] == fuzzy.extracted[1:]
    assert len(read.translation[3]) == 5
    assert [key for key in entries if key[1] == END] == [DRIVER["END"]]
    assert "\n".join("\n".join(entry.lines()) + "\n" for entry in entries.values()) == data
    assert not trailing
    assert DRIVER["merged"](data, data, data) == (data, False)
